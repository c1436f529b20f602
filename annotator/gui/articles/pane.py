"""The left pane: project, progress, filter, the list of articles. It asks the desk to open what is pressed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.marks import Status
from annotator.gui.articles.delegate import ArticleDelegate
from annotator.gui.articles.model import ArticleModel
from annotator.gui.desk import Desk
from annotator.gui.icons import icon
from annotator.gui.theme import PANE_HEAD_HEIGHT, SIZE_SMALL, SPACE_2, SPACE_4, chrome_font
from annotator.gui.widgets.bars import ProgressLine
from annotator.gui.widgets.controls import ActionButton
from annotator.gui.widgets.plain import ElidedLabel, PlainLabel
from annotator.gui.widgets.segments import Segments
from annotator.services.changes import Changes
from annotator.services.library import DocumentFilter

_SEGMENTS = (("All", None), ("New", Status.NEW), ("Open", Status.IN_PROGRESS), ("Done", Status.DONE))
_FILTER_DELAY = 150
_ICON = 14


class ArticleList(QListView):
    """Enter or a click opens; the current row follows the open article."""

    opened = Signal(QModelIndex)

    def __init__(self, model: ArticleModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(ArticleDelegate(self))
        self.setAccessibleName("Articles")
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are gestures here, not a search."""


class FilterField(QLineEdit):
    """Words that titles must hold; Esc clears them."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Filter titles")
        self.setAccessibleName("Filter titles")
        self.setToolTip("Only articles whose titles hold these words")
        self.setTextMargins(_ICON + 6, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        icon("funnel").paint(QPainter(self), 9, (self.height() - _ICON) // 2, _ICON, _ICON)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.selectAll()


class ArticlesPane(QWidget):
    """Project head, filter, segments, list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName("Articles")
        self.model = ArticleModel(desk.documents)
        self.list = ArticleList(self.model)
        self.field = FilterField()
        self.segments = Segments("Status", _SEGMENTS)
        self.count = PlainLabel(size=SIZE_SMALL, role="text2", tabular=True)
        self.line = ProgressLine("Share of articles that are done")
        self.name = ElidedLabel(desk.workspace.project.name, font=chrome_font(semibold=True))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FILTER_DELAY)
        self._build()
        self.list.opened.connect(self._open)
        self.field.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._filter)
        self.field.returnPressed.connect(self._filter)
        self.segments.chosen.connect(self._filter)
        desk.changed.connect(self._news)
        desk.rows_changed.connect(self._rows)
        self.reload()

    def sizeHint(self) -> QSize:
        return QSize(264, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 200)

    def _build(self) -> None:
        head = QWidget()
        head.setFixedHeight(PANE_HEAD_HEIGHT - 2)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name, 1)
        row.addWidget(self.count)
        self._filters = QWidget()
        filters = QVBoxLayout(self._filters)
        filters.setContentsMargins(0, 12, 0, SPACE_2)
        filters.setSpacing(SPACE_2)
        filters.addWidget(self.field)
        segments = QHBoxLayout()
        segments.setContentsMargins(0, 0, 0, 0)
        segments.addWidget(self.segments)
        filters.addLayout(segments)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._no_hit())
        self._none = PlainLabel("Articles will be listed here.", role="text2", wrap=True)
        top = QVBoxLayout()
        top.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        top.setSpacing(0)
        for widget in (head, self.line, self._filters, self._none):
            top.addWidget(widget)
        self._none.setContentsMargins(0, SPACE_4, 0, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(self._pages, 1)
        self._filler = QWidget()
        outer.addWidget(self._filler, 1)

    def _no_hit(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, 0)
        self.no_hit = PlainLabel("No article matches the filter.", role="text2", wrap=True)
        self.clear = ActionButton("Clear filter", flat=True)
        self.clear.clicked.connect(self.clear_filter)
        column.addWidget(self.no_hit)
        column.addWidget(self.clear)
        column.addStretch(1)
        return page

    # -- news

    def reload(self) -> None:
        """Read the list anew for the desk's filter."""
        self.model.show(self._desk.wanted)
        self._show_counts()
        self._show_current()

    def _news(self, changes: Changes) -> None:
        if changes.listing:
            self.model.grow()
        if changes.opened:
            self._show_current()

    def _rows(self, ids: frozenset[int]) -> None:
        self.model.refresh(ids)
        self._show_counts()

    def _show_counts(self) -> None:
        counts = self._desk.counts
        self.count.setText(f"{counts.done} of {counts.total} done")
        self.line.set_share(counts.done / counts.total if counts.total else 0.0)
        self.segments.set_counts(
            {
                None: counts.total,
                Status.NEW: counts.new,
                Status.IN_PROGRESS: counts.in_progress,
                Status.DONE: counts.done,
            }
        )
        empty = counts.total == 0
        self.count.setVisible(not empty)
        for widget in (self._none, self._filler):
            widget.setVisible(empty)
        for widget in (self._filters, self._pages):
            widget.setVisible(not empty)
        self._pages.setCurrentIndex(0 if self.model.rowCount() else 1)

    def _show_current(self) -> None:
        document = self._desk.document
        row = self.model.place_of(document.id, load=True) if document else None
        if row is None:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
            return
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    # -- what people do

    def _open(self, index: QModelIndex) -> None:
        info = self.model.info(index.row())
        if info is not None and (self._desk.document is None or self._desk.document.id != info.id):
            self._desk.attempt(lambda: self._desk.session.open(info.id))
        self._desk.wants_text.emit()

    def _filter(self, _: object = None) -> None:
        self._timer.stop()
        wanted = DocumentFilter(self.field.text(), self.segments.value)
        if wanted != self._desk.wanted:
            self._desk.set_filter(wanted)
            self.reload()

    def clear_filter(self) -> None:
        """Show all articles."""
        self.field.clear()
        self.segments.set_value(None)
        self._filter()
