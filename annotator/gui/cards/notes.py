"""Notes: one on the article, and those on its marks with a way to each. It must not know the text pane."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.marks import QuotationMark, SpanMark
from annotator.gui.desk import Desk
from annotator.gui.theme import (
    SELECTED_BAR_WIDTH,
    SIZE_SMALL,
    SPACE_2,
    SPACE_4,
    chrome_font,
    current_theme,
    reading_font,
)
from annotator.gui.widgets.bars import Hairline
from annotator.gui.widgets.plain import PlainLabel, elided_lines, one_line, plain_tooltip
from annotator.services.changes import Changes
from annotator.services.opened import OpenDocument

_EDGE, _HEAD, _PITCH, _LINES = 8, 20, 17, 3
_FIELD_HEIGHT = 112
NOTE_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class MarkNote:
    """A mark's words and its note."""

    key: UUID
    words: str
    note: str


class NoteField(QPlainTextEdit):
    """Some lines of plain text; leaving it tells what it holds, Esc puts back what it held."""

    left = Signal(str)
    """The field was left and holds other words than before."""
    dropped = Signal()
    """Esc: the words are as they were."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFont(chrome_font())

    def show_note(self, note: str) -> None:
        """Show a note, unless the field holds words that are not kept yet."""
        if not self.changed:
            self._kept = note
            if note != self.toPlainText():
                self.setPlainText(note)

    def drop_for(self, note: str) -> None:
        """Show a note, whatever stands in the field."""
        self._kept = note
        self.setPlainText(note)

    @property
    def changed(self) -> bool:
        """Whether it holds words that are not kept yet."""
        return self.words != self._kept.strip()

    @property
    def words(self) -> str:
        """What it holds, without blanks around."""
        return self.toPlainText().strip()

    def keep(self) -> None:
        """Tell what it holds, if that changed."""
        if self.changed:
            self._kept = self.words
            self.left.emit(self._kept)

    def drop(self) -> None:
        """Put back what it held."""
        self.setPlainText(self._kept)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.keep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
            self.dropped.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: object) -> None:
        """Only words come in, whatever is pasted or dropped."""
        self.insertPlainText(source.text())  # type: ignore[attr-defined]


class NoteModel(QAbstractListModel):
    """The marks with a note, in order of the text."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[MarkNote] = []

    def show_notes(self, notes: list[MarkNote]) -> None:
        """Show other notes."""
        if notes != self.notes:
            self.beginResetModel()
            self.notes = notes
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.notes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        note = self.notes[index.row()]
        if role == NOTE_ROLE:
            return note
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{note.words}: {note.note}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(note.note)
        return None


class NoteDelegate(QStyledItemDelegate):
    """The mark's words in the article's face, the note under them."""

    def _lines(self, note: MarkNote, width: int) -> list[str]:
        return elided_lines(note.note, chrome_font(), width - 2 * SPACE_4, _LINES)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        return QSize(0, 2 * _EDGE + _HEAD + _PITCH * max(1, len(self._lines(index.data(NOTE_ROLE), width))))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        note: MarkNote = index.data(NOTE_ROLE)
        theme, row = current_theme(), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, theme.accent_tint)
            painter.fillRect(QRect(row.left(), row.top(), SELECTED_BAR_WIDTH, row.height()), theme.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.hover)
        painter.fillRect(QRect(row.left() + SPACE_4, row.bottom(), row.width() - 2 * SPACE_4, 1), theme.line)
        area = row.adjusted(SPACE_4, _EDGE, -SPACE_4, 0)
        area.setHeight(_HEAD)
        font = reading_font(14)
        painter.setFont(font)
        painter.setPen(theme.text2)
        words = QFontMetrics(font).elidedText(note.words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(chrome_font())
        painter.setPen(theme.text)
        area = QRect(area.left(), area.bottom() + 1, area.width(), _PITCH)
        for line in self._lines(note, row.width()):
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, line)
            area.translate(0, _PITCH)
        painter.restore()


class NoteList(QListView):
    """The notes on marks; a click or Enter goes to the mark."""

    wanted = Signal(object)
    """The mark of a row is wanted: its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(NoteDelegate(self))
        self.setAccessibleName("Notes on marks")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.wanted.emit(index.data(NOTE_ROLE).key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.wanted.emit(self.currentIndex().data(NOTE_ROLE).key)
            return
        super().keyPressEvent(event)


class NotesTab(QWidget):
    """The article's note as a field, the marks' notes as a list."""

    counted = Signal(int)
    """How many notes there are."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._document: int | None = None
        self._seen: tuple[OpenDocument | None, int] = (None, 0)
        self._noted: set[UUID] = set()
        self.setAccessibleName("Notes")
        self.field = NoteField("Note on the article", "Write a note on this article")
        self.field.setFixedHeight(_FIELD_HEIGHT)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.model = NoteModel()
        self.list = NoteList()
        self.list.setModel(self.model)
        self.hint = PlainLabel("Select a mark and press N to write a note on it.", role="text2", wrap=True)
        self._build()
        self.field.left.connect(self._write)
        self.field.dropped.connect(desk.wants_text)
        self.list.wanted.connect(lambda key: desk.choose(key))
        desk.changed.connect(self._news)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_4, 0, 0)
        column.setSpacing(SPACE_2)
        inset = QVBoxLayout()
        inset.setContentsMargins(SPACE_4, 0, SPACE_4, SPACE_2)
        inset.setSpacing(SPACE_2)
        inset.addWidget(PlainLabel("On the article", size=SIZE_SMALL, semibold=True))
        inset.addWidget(self.field)
        column.addLayout(inset)
        column.addWidget(Hairline())
        head = QVBoxLayout()
        head.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, 0)
        head.addWidget(PlainLabel("On marks", size=SIZE_SMALL, semibold=True))
        head.addWidget(self.hint)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addStretch()  # while the list is hidden

    @property
    def stop(self) -> QWidget:
        """Where the keyboard goes."""
        return self.list if self.model.notes else self.field

    def keep(self) -> None:
        """Write the article's note if it was changed: before anything else is done."""
        self.field.keep()

    # -- news

    def _news(self, changes: Changes) -> None:
        document = self._desk.document
        if changes.opened:
            self._leave(document.id if document else None)
        if changes.opened or changes.marks:
            self.field.setEnabled(document is not None)
            self.field.setReadOnly(bool(self._desk.session.workspace.read_only))
            self.field.show_note(self._desk.session.note)
            self._find_notes(document)

    def _leave(self, document: int | None) -> None:
        """Another article is open: what stands in the field belongs to the one before."""
        before, self._document = self._document, document
        if before == document:
            return
        if before is not None and self.field.changed:
            words, session = self.field.words, self._desk.session
            QTimer.singleShot(0, lambda: self._desk.attempt(lambda: session.set_note_of([before], words)))
        self.field.drop_for(self._desk.session.note)

    def _find_notes(self, document: OpenDocument | None) -> None:
        changed = document.changed_since(self._seen[1]) if document and document is self._seen[0] else None
        if document is None:
            self._noted = set()
        elif changed is None:
            self._noted = {mark.key for mark in document.in_order() if mark.note}
        else:
            self._noted -= changed
            self._noted |= {key for key in changed if (mark := document.mark(key)) is not None and mark.note}
        self._seen = (document, document.revision if document else 0)
        self.counted.emit(len(self._noted) + bool(self._desk.session.note))
        if self.isVisible():
            self._show_notes()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_notes()

    def _show_notes(self) -> None:
        document = self._desk.document
        marks = [mark for key in self._noted if document and (mark := document.mark(key)) is not None]
        marks.sort(key=lambda mark: (mark.fields.start, -mark.fields.end))
        text = document.text if document else ""
        self.model.show_notes([MarkNote(mark.key, _words(mark, text), mark.note or "") for mark in marks])
        self.hint.setVisible(not marks)
        self.list.setVisible(bool(marks))

    def _write(self, note: str) -> None:
        self._desk.attempt(lambda: self._desk.session.set_document_note(note))


def _words(mark: SpanMark | QuotationMark, text: str) -> str:
    stretch = mark.fields.stretch if isinstance(mark, SpanMark) else mark.fields.content[0]
    return one_line(stretch.slice(text)[:300])
