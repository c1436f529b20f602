"""The page of an import: how far it is, how long it will take, what came of it, what needs a person. Afterwards its
report. It must not know how an import is done."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.marks import Status
from annotator.gui.articles.delegate import shape_of
from annotator.gui.articles.model import figures_of
from annotator.gui.import_report import ReportView, report_title
from annotator.gui.theme import SIZE_SMALL, SPACE_2, SPACE_3, SPACE_6, chrome_font, reading_font
from annotator.gui.widgets.bars import ProgressLine
from annotator.gui.widgets.controls import ActionButton
from annotator.gui.widgets.plain import ElidedLabel, PlainLabel
from annotator.gui.widgets.status import SHAPE_SIZE, paint_shape
from annotator.gui.words import about, plural
from annotator.services.library import DocumentInfo, ImportProgress, PastImport

_COLUMN = 704
_LATEST = 4
_SURE_AFTER = 2.0
"""Seconds after which the time left can be told."""


def time_left(share: float, seconds: float) -> str:
    """“about 9 seconds left”, from the share that is done after so many seconds; empty while nobody can know."""
    if share <= 0.01 or seconds < _SURE_AFTER or share >= 1:
        return ""
    left = seconds * (1 - share) / share
    return f"{about(left)} left"


class _Latest(QWidget):
    """An article that came in a moment ago: its status, title, outlet, suggestions."""

    def __init__(self, info: DocumentInfo) -> None:
        super().__init__()
        self._info = info
        self.setFixedHeight(28)
        row = QHBoxLayout(self)
        row.setContentsMargins(SHAPE_SIZE + SPACE_3, 0, 0, 0)
        row.setSpacing(SPACE_3)
        row.addWidget(ElidedLabel(info.title), 3)
        row.addWidget(ElidedLabel(info.outlet or "", font=chrome_font(SIZE_SMALL), role="text2"), 1)
        waiting = not info.analysed and not info.failure and info.status is Status.NEW
        figures = figures_of(info) if waiting or info.failure else plural(info.n_open, "suggestion")
        label = ElidedLabel(
            figures, font=chrome_font(SIZE_SMALL, tabular=True), role="text2", align=Qt.AlignmentFlag.AlignRight
        )
        row.addWidget(label, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        shape, share = shape_of(self._info)
        top = (self.height() - SHAPE_SIZE) / 2
        paint_shape(QPainter(self), QRectF(0, top, SHAPE_SIZE, SHAPE_SIZE), shape, share)


class ImportPage(QWidget):
    """One column, as wide as the look's; Esc cancels, or closes the report."""

    cancelled = Signal()
    """The import shall end early."""
    closed = Signal()
    """The report has been read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.setAccessibleName("Import")
        self.heading = PlainLabel(wrap=True)
        self.heading.setFont(reading_font(24, semibold=True))
        self.stop = ActionButton("Cancel", "Esc")
        self.line = ProgressLine("Progress of the import", height=6)
        self.count = PlainLabel(semibold=True, tabular=True)
        self.left = PlainLabel(role="text2", tabular=True)
        self.hint = PlainLabel("You can go on reading meanwhile.", role="text2")
        self.report = ReportView()
        self.latest_title = PlainLabel("Latest", size=SIZE_SMALL, semibold=True, role="text2")
        self._latest = QVBoxLayout()
        self._begun = 0.0
        self.running = False
        self._build()
        self.stop.clicked.connect(self._stop)

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 40, SPACE_2, SPACE_6)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        column.addSpacing(SPACE_6)
        column.addWidget(self.line)
        self._numbers = QWidget()
        numbers = QHBoxLayout(self._numbers)
        numbers.setContentsMargins(0, SPACE_2, 0, 0)
        numbers.setSpacing(SPACE_3)
        numbers.addWidget(self.count)
        numbers.addWidget(self.left)
        numbers.addStretch(1)
        numbers.addWidget(self.hint)
        column.addWidget(self._numbers)
        column.addSpacing(SPACE_6)
        column.addWidget(self.report)
        column.addSpacing(SPACE_6)
        column.addWidget(self.latest_title)
        column.addSpacing(SPACE_2)
        self._latest.setSpacing(0)
        column.addLayout(self._latest)
        column.addStretch(1)
        self._area(inner)

    def _area(self, inner: QWidget) -> None:
        """The column in the middle of a page that scrolls."""
        inner.setMaximumWidth(_COLUMN)
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(SPACE_6, 0, SPACE_6, 0)
        row.addStretch(1)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        for widget in (page, area.viewport()):
            widget.setAutoFillBackground(True)
            widget.setBackgroundRole(self.palette().ColorRole.Base)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    # -- what happens

    def begin(self, files: int) -> None:
        """An import of so many files begins."""
        self._begun, self.running = time.monotonic(), True
        self.stop.set_words("Cancel")
        self.stop.setEnabled(True)
        self.show_latest([])
        for widget in (self.line, self._numbers):
            widget.show()
        self.report.clear()
        self.tell(ImportProgress(0, files, 0.0, 0, 0, 0))

    def tell(self, progress: ImportProgress) -> None:
        """It has come so far."""
        files = "file" if progress.files == 1 else "files"
        self.heading.setText(f"Importing {progress.files:,} {files}")
        self.report.show_counts(progress.added, progress.known, progress.failed)
        self.line.set_share(progress.share)
        self.count.setText(f"{progress.files_done:,} of {progress.files:,}")
        self.left.setText(time_left(progress.share, time.monotonic() - self._begun))

    def show_report(self, past: PastImport) -> None:
        """What came of it so far."""
        self.report.show_report(past)

    def show_latest(self, infos: Sequence[DocumentInfo]) -> None:
        """The articles that came in last."""
        while (item := self._latest.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for info in infos[:_LATEST]:
            self._latest.addWidget(_Latest(info))
        self.latest_title.setVisible(bool(infos))

    def end(self, past: PastImport) -> None:
        """It is over: the page is its report now."""
        self.running = False
        self.heading.setText(report_title(past))
        self.stop.set_words("Close")
        self.stop.setEnabled(True)
        for widget in (self.line, self._numbers):
            widget.hide()
        self.show_report(past)

    def _stop(self) -> None:
        if self.running:
            self.stop.setEnabled(False)
            self.left.setText("ending…")
            self.cancelled.emit()
        else:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stop.isEnabled():
            self._stop()
            return
        super().keyPressEvent(event)
