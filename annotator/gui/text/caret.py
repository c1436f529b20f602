"""Keyboard selection: where the caret goes for a key, in code points. Pure but for asking Qt about lines.

It never stops inside a surrogate pair or a user-perceived character.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from annotator.domain.text import next_border, next_character, snap_to_graphemes
from annotator.gui.text.positions import TextPositions

_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_OTHER = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_LINES = {
    Qt.Key.Key_Up: QTextCursor.MoveOperation.Up,
    Qt.Key.Key_Down: QTextCursor.MoveOperation.Down,
}
_ENDS = {
    Qt.Key.Key_Home: (QTextCursor.MoveOperation.StartOfLine, QTextCursor.MoveOperation.Start),
    Qt.Key.Key_End: (QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveOperation.End),
}


def moves_caret(event: QKeyEvent) -> bool:
    """Whether a key moves the caret: arrows, with Shift and Ctrl; Home and End with Shift."""
    modifiers = event.modifiers()
    if modifiers & _OTHER:
        return False
    key = event.key()  # an int: letters of many scripts are no Qt.Key
    if key in _LINES:
        return not modifiers & _CTRL
    return key in _SIDEWAYS or (key in _ENDS and bool(modifiers & _SHIFT))


def move_caret(cursor: QTextCursor, event: QKeyEvent, text: str, positions: TextPositions) -> None:
    """Move ``cursor`` for a key that ``moves_caret``; with Shift the anchor stays."""
    key, modifiers = event.key(), event.modifiers()
    keep = QTextCursor.MoveMode.KeepAnchor if modifiers & _SHIFT else QTextCursor.MoveMode.MoveAnchor
    if key in _SIDEWAYS:
        move = next_border if modifiers & _CTRL else next_character
        step = _SIDEWAYS[key]
        here = positions.to_text(cursor.position())
        if cursor.hasSelection() and not modifiers & _SHIFT:
            here = positions.to_text(cursor.selectionStart() if step < 0 else cursor.selectionEnd())
            move = _stay
        cursor.setPosition(positions.to_qt(move(text, here, step)), keep)
        return
    cursor.movePosition(_LINES[key] if key in _LINES else _ENDS[key][bool(modifiers & _CTRL)], keep)
    offset = positions.to_text(cursor.position())
    whole = positions.to_qt(snap_to_graphemes(text, offset, offset)[0])
    if whole != cursor.position():
        cursor.setPosition(whole, keep)


def _stay(_text: str, offset: int, _step: int) -> int:
    return offset
