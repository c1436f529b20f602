"""A menu from which one chooses by typing the first letters: one key where they are enough, arrows and Enter too."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

_PAUSE = 1200
"""Milliseconds after which typing begins anew."""


class ChoiceMenu(QMenu):
    """Typing narrows the choice; the only action whose text begins with what was typed is triggered at once."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._typed = ""
        self._since = QElapsedTimer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters choose; everything else is Qt's."""
        letters = event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if not (plain and letters.isprintable() and letters.strip()):
            super().keyPressEvent(event)
            return
        if not self._since.isValid() or self._since.elapsed() > _PAUSE:
            self._typed = ""
        self._since.restart()
        found = self._beginning(self._typed + letters) or self._beginning(letters) or self._keyed(letters)
        if not found:
            super().keyPressEvent(event)
            return
        self._typed = self._typed + letters if self._beginning(self._typed + letters) else letters
        self.setActiveAction(found[0])
        if len(found) == 1:
            self.close()
            found[0].trigger()

    def _beginning(self, letters: str) -> list[QAction]:
        wanted = letters.casefold()
        return [
            action
            for action in self.actions()
            if action.isEnabled() and action.text().replace("&", "").casefold().startswith(wanted)
        ]

    def _keyed(self, key: str) -> list[QAction]:
        """The actions beside which a key stands."""
        return [
            action
            for action in self.actions()
            if action.isEnabled()
            and (action.text().partition("\t")[2] == key or action.shortcut().toString() == key.upper())
        ]
