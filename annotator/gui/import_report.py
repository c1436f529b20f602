"""What became of an import, file by file: the figures, what could not be read and what to do, the remarks.

It shows a ``PastImport``, the one under way too: what the database remembers of it is all that it knows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.records import Problem
from annotator.gui.dialogs import Sheet
from annotator.gui.icons import icon
from annotator.gui.theme import (
    SELECTED_BAR_WIDTH,
    SIZE_LARGE,
    SIZE_SMALL,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_6,
    TABLE_ROW_HEIGHT,
    chrome_font,
    current_theme,
)
from annotator.gui.widgets.bars import Hairline
from annotator.gui.widgets.controls import ActionButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.words import DOT, long_date, plural
from annotator.services.library import PastImport

SHOWN = 50
"""At most so many entries of a kind are shown; the copied report has all that are remembered."""
_ICON = 16
_LONGEST_LINE = 4000


class ReportView(QWidget):
    """A column of figures and entries; ``show_report`` fills it anew."""

    line_wanted = Signal(object)
    """The line of a file that a problem is about shall be shown: a ``Problem``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._shown: PastImport | None = None
        figures = QHBoxLayout()
        figures.setSpacing(SPACE_6 * 2)
        self.figures = [_Figure("added"), _Figure("known"), _Figure("failed", "danger")]
        for figure in self.figures:
            figures.addWidget(figure)
        figures.addStretch(1)
        self._column.addLayout(figures)
        self._entries = QWidget()
        self._column.addWidget(self._entries)
        self._column.addStretch(1)

    def show_counts(self, added: int, known: int, failed: int) -> None:
        """Show the figures alone; entries of an earlier report stay."""
        words = (f"{_article(added)} added", "already here, skipped", "could not be read")
        for figure, count, what in zip(self.figures, (added, known, failed), words, strict=True):
            figure.tell(count, what)

    def clear(self) -> None:
        """Show nothing of an earlier report."""
        self._shown = None
        self.show_counts(0, 0, 0)
        self._put(QWidget())

    def _put(self, entries: QWidget) -> None:
        self._column.removeWidget(self._entries)
        self._entries.hide()
        self._entries.deleteLater()
        self._entries = entries
        self._column.insertWidget(1, entries)

    def show_report(self, past: PastImport) -> None:
        """Show what is remembered of an import; what is shown already stays as it is."""
        self.show_counts(past.added, past.known, len(past.problems))
        before, self._shown = self._shown, past
        if before is not None and _said(before) == _said(past):
            return
        self._put(self._build(past))

    def _build(self, past: PastImport) -> QWidget:
        entries = QWidget()
        column = QVBoxLayout(entries)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if past.problems:
            column.addWidget(_section(_need(past.problems)))
        for number, problem in enumerate(past.problems[:SHOWN]):
            if number:
                column.addSpacing(SPACE_3)
                column.addWidget(Hairline())
            column.addWidget(self._problem(problem))
        if past.notes:
            column.addWidget(_section("Taken in with a remark"))
        for place, note in past.notes[:SHOWN]:
            column.addWidget(_entry("info", "text3", short_place(place), note, place))
        left = max(0, len(past.problems) - SHOWN) + max(0, len(past.notes) - SHOWN)
        if left:
            column.addSpacing(SPACE_3)
            column.addWidget(PlainLabel(f"{left:,} more are in the copied report.", role="text2"))
        clean = clean_files(past) if past.finished else []
        if clean:
            column.addWidget(_section(f"Read without a remark: {plural(len(clean), 'file')}"))
            names = "\n".join(short_place(name) for name in clean[:SHOWN])
            more = f"\nand {len(clean) - SHOWN:,} more" if len(clean) > SHOWN else ""
            column.addWidget(_words(names + more, "text2"))
        return entries

    def _problem(self, problem: Problem) -> QWidget:
        place = short_place(problem.file)
        whole = problem.file if problem.line is None else f"{problem.file}, line {problem.line}"
        title = place if problem.line is None else f"{place}, line {problem.line}"
        entry = _entry("warning-circle-fill", "danger", title, problem.what, whole, problem.remedy)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(_ICON + SPACE_3, SPACE_2, 0, 0)
        buttons.setSpacing(SPACE_4)
        if problem.line is not None:
            show = ActionButton("Show the line")
            show.clicked.connect(lambda: self.line_wanted.emit(problem))
            buttons.addWidget(show)
        copy = ActionButton("Copy the message", flat=True)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(problem)))
        buttons.addWidget(copy)
        buttons.addStretch(1)
        layout = entry.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(buttons)
        return entry


class _Figure(QWidget):
    """A large number over what it counts."""

    def __init__(self, name: str, role: str = "text") -> None:
        super().__init__()
        self._role = role
        self.setAccessibleName(name)
        self.number = PlainLabel("0", size=SIZE_LARGE, semibold=True)
        self.what = PlainLabel(size=SIZE_SMALL, role="text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.number)
        column.addWidget(self.what)

    def tell(self, count: int, what: str) -> None:
        """Show another number."""
        self.number.setText(f"{count:,}")
        self.number.set_role(self._role if count else "text")
        self.what.setText(what)


class _Sign(QWidget):
    """An icon that follows the theme, as high as a line of text."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role
        self.setFixedSize(_ICON, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        icon(self._name, self._role).paint(QPainter(self), 0, 2, _ICON, _ICON)


class _Imports(QStyledItemDelegate):
    """Rows of the list of imports, drawn as rows are everywhere."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, TABLE_ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, row = current_theme(), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, theme.accent_tint)
            painter.fillRect(QRect(row.left(), row.top(), SELECTED_BAR_WIDTH, row.height()), theme.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.hover)
        font = chrome_font(tabular=True)
        painter.setFont(font)
        painter.setPen(theme.text)
        box = row.adjusted(SPACE_3, 0, -SPACE_3, 0)
        words = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


def _section(words: str) -> PlainLabel:
    label = PlainLabel(words, size=SIZE_SMALL, semibold=True, role="text2")
    label.setContentsMargins(0, SPACE_6, 0, SPACE_2)
    return label


def _words(words: str, role: str = "text", *, semibold: bool = False) -> PlainLabel:
    label = PlainLabel(words, role=role, semibold=semibold, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setMinimumWidth(80)
    return label


def _entry(icon_name: str, role: str, title: str, words: str, whole: str, remedy: str = "") -> QWidget:
    """A sign, a place, a sentence and what to do. ``whole`` is the place in full, for screen readers."""
    entry = QWidget()
    entry.setAccessibleName(f"{whole}: {words} {remedy}".strip())
    head = QHBoxLayout()
    head.setSpacing(SPACE_3)
    head.addWidget(_Sign(icon_name, role), 0, Qt.AlignmentFlag.AlignTop)
    texts = QVBoxLayout()
    texts.setSpacing(2)
    texts.addWidget(_words(title, semibold=True))
    texts.addWidget(_words(words))
    if remedy:
        texts.addWidget(_words(remedy, "text2"))
    head.addLayout(texts, 1)
    column = QVBoxLayout(entry)
    column.setContentsMargins(0, SPACE_2, 0, 0)
    column.setSpacing(0)
    column.addLayout(head)
    return entry


def _said(past: PastImport) -> tuple[object, ...]:
    """What decides which entries there are."""
    return past.id, past.finished, past.problems, past.notes


def _need(problems: Sequence[Problem]) -> str:
    lines = sum(problem.line is not None for problem in problems)
    kind = "line" if lines == len(problems) else "file" if not lines else "file or line"
    return f"1 {kind} needs you" if len(problems) == 1 else f"{len(problems):,} {kind.replace(' or', 's or')}s need you"


def _article(count: int) -> str:
    return "article" if count == 1 else "articles"


def short_place(place: str) -> str:
    """A file's name with the folder that it is in, which tells most names apart."""
    parts = Path(place).parts
    return place if len(parts) <= 2 or not parts[0].startswith(("/", "\\")) else "/".join(parts[-2:])


def clean_files(past: PastImport) -> list[str]:
    """The files that were read and of which nothing needs to be said."""
    named = {problem.file for problem in past.problems}
    for place, _ in past.notes:
        head, colon, line = place.rpartition(":")
        named |= {place, head} if colon and line.isdecimal() else {place}
    return [name for name in past.files[: past.files_done] if name not in named]


def report_title(past: PastImport) -> str:
    """When an import was, in the reader's own time, and how it ended."""
    try:
        begun = dt.datetime.fromisoformat(past.started).astimezone()
    except ValueError:
        return f"Import of {past.started}"
    state = " (not finished)" if past.finished is None else " (cancelled)" if past.cancelled else ""
    return f"Import of {long_date(begun.date().isoformat())}, {begun:%H:%M}{state}"


def report_text(past: PastImport) -> str:
    """The whole report as plain text, to be kept or sent."""
    lines = [
        report_title(past),
        f"{past.files_done} of {plural(len(past.files), 'file')} read; {plural(past.added, 'article')} added, "
        f"{past.known} already here, {len(past.problems)} could not be read.",
        *(str(problem) for problem in past.problems),
        *(f"{place}: {note}" for place, note in past.notes),
        *(f"{name}: read" for name in clean_files(past)),
        *(f"{name}: not read" for name in past.left),
    ]
    return "\n".join(lines)


def summary_line(past: PastImport) -> str:
    """One line of the list of imports."""
    begun = report_title(past).removeprefix("Import of ")
    parts = [begun, plural(len(past.files), "file"), f"{past.added:,} added"]
    parts += [f"{past.known:,} known"] if past.known else []
    parts += [f"{len(past.problems):,} failed"] if past.problems else []
    return DOT.join(parts)


class LineSheet(Sheet):
    """A line of a file as it stands there."""

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(f"Line {problem.line}", parent, width=640)
        self.text(problem.file, role="text2")
        self.text(f"{problem.what} {problem.remedy}")
        self.line = QPlainTextEdit(line_of(Path(problem.file), problem.line or 1))
        self.line.setReadOnly(True)
        self.line.setAccessibleName("The line")
        self.content.addWidget(self.line, 1)
        close = self.add_button("Close", primary=True)
        close.clicked.connect(self.accept)
        self.resize(640, 420)


def line_of(path: Path, number: int) -> str:
    """The beginning of a line of a file, whatever its bytes; a sentence where it cannot be read."""
    try:
        with path.open("rb") as file:
            count, piece = 1, file.readline(_LONGEST_LINE)
            while piece and count < number:
                count += piece.endswith(b"\n")
                piece = file.readline(_LONGEST_LINE)
            if piece:
                return piece.decode("utf-8", "replace").replace("\0", "␀").rstrip("\r\n")
    except OSError:
        pass
    return "The file cannot be read any more, or has fewer lines now."


class ReportsSheet(Sheet):
    """All imports of the project, the newest first, and the report of the chosen one."""

    def __init__(self, imports: list[PastImport], parent: QWidget | None = None) -> None:
        super().__init__("Import reports", parent, width=720)
        self._imports = imports
        self.list = QListWidget()
        self.list.setAccessibleName("Imports")
        self.list.addItems([summary_line(past) for past in imports])
        self.list.setItemDelegate(_Imports(self.list))
        self.list.setMouseTracking(True)
        self.list.setFixedHeight(min(4, max(1, len(imports))) * TABLE_ROW_HEIGHT + 4)
        self.view = ReportView()
        self.view.line_wanted.connect(lambda problem: LineSheet(problem, self).show())
        if imports:
            self.content.addWidget(self.list)
            self.content.addSpacing(SPACE_4)
            self.content.addWidget(self.view)
            self.list.currentRowChanged.connect(self._choose)
            self.list.setCurrentRow(0)
        else:
            self.text("Nothing has been imported into this project yet.")
        self.content.addStretch(1)
        copy = self.add_button("Copy the report")
        copy.setEnabled(bool(imports))
        copy.clicked.connect(self._copy)
        close = self.add_button("Close", primary=True)
        close.clicked.connect(self.accept)
        self.resize(720, 640)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._imports):
            self.view.show_report(self._imports[row])

    def _copy(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            QGuiApplication.clipboard().setText(report_text(self._imports[row]))
