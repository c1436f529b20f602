"""PySide 6.12 takes a reference from None in every call of a method that returns nothing, until CPython 3.11 aborts.

See docs/decisions/0001-pyside-pin.md. On Python 3.12 and later None is immortal and the count never changes.
"""

import sys

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QTextEdit


def test_qt_methods_that_return_nothing_take_no_reference_from_none(qapp: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(300):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 100, "this PySide breaks CPython: see docs/decisions/0001-pyside-pin.md"


def test_sixty_thousand_calls_in_one_process_do_not_end_it(qapp: QApplication) -> None:
    text = QPlainTextEdit()
    text.setPlainText("Ministers said on Monday that talks would go on.")
    cursor, calls = text.textCursor(), 0
    for number in range(9000):
        cursor.setPosition(number % 40)
        cursor.setPosition(number % 40 + 5, QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, QTextCharFormat()
        text.setTextCursor(cursor)
        text.setExtraSelections([selection])
        text.setWindowTitle(str(number))
        text.setReadOnly(number % 2 == 0)
        qapp.processEvents()
        calls += 7
    assert calls >= 60_000
    assert text.windowTitle() == "8999"
