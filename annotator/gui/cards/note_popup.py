"""A small field at a mark for its note. It must not know the session: it says what was written."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.gui.cards.notes import NoteField
from annotator.gui.theme import RADIUS_CONTROL, SIZE_SMALL, SPACE_1, SPACE_2, current_theme
from annotator.gui.widgets.plain import PlainLabel

_WIDTH, _HEIGHT, _BELOW = 300, 116, 22


class NotePopup(QWidget):
    """Lies over the text under the mark; Enter or leaving it writes, Esc drops, Shift+Enter begins a line."""

    written = Signal(object, str)
    """The note on a mark is another one: its key and the note."""
    closed = Signal()
    """The keyboard can go back to where it was."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._key: UUID | None = None
        self.field = NoteField("Note on the mark", "Write a note on this mark")
        self.field.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_1)
        column.setSpacing(SPACE_1)
        column.addWidget(self.field, 1)
        column.addWidget(PlainLabel("Enter keeps it, Esc drops it", size=SIZE_SMALL, role="text2"))
        self.setFixedSize(_WIDTH, _HEIGHT)
        self.field.left.connect(self._write)
        self.field.dropped.connect(self._close)
        self.hide()

    def open_at(self, rect: QRect, key: UUID, note: str) -> None:
        """Show the note of a mark that lies at ``rect`` in the parent."""
        self._key = key
        self.field.drop_for(note)
        room = self.parentWidget().rect().adjusted(4, 4, -4, -4)
        place = QPoint(rect.left(), rect.bottom() + _BELOW)
        if place.y() + _HEIGHT > room.bottom():
            place.setY(rect.top() - _HEIGHT - 6)
        place.setX(max(room.left(), min(place.x(), room.right() - _WIDTH)))
        place.setY(max(room.top(), min(place.y(), room.bottom() - _HEIGHT)))
        self.move(place)
        self.show()
        self.raise_()
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Keep what was written, and go."""
        if self.isVisible():
            self.field.keep()
            self._key = None
            self.hide()

    def _write(self, note: str) -> None:
        if self._key is not None:
            self.written.emit(self._key, note)

    def _close(self) -> None:
        self._key = None
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
                self.field.keep()
                self._close()
                return True
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.field.keep()
            if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:  # type: ignore[attr-defined]
                self._key = None
                self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.edge, 1))
        painter.setBrush(theme.panel)
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
