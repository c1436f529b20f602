"""Somebody at the real window, for tests: what they do and what they see."""

from __future__ import annotations

from pathlib import Path

from building import at
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.marks import QuotationMark, SpanMark
from annotator.gui.desk import Desk
from annotator.gui.window import MainWindow
from annotator.services.session import Saving
from annotator.services.settings import Settings
from annotator.services.workspace import open_workspace
from annotator.worker.client import WorkerClient


class Seat:
    """Somebody at the window: presses keys, clicks words, and looks."""

    def __init__(self, qtbot: QtBot, database: Path, settings: Settings | None = None) -> None:
        self.bot = qtbot
        self.left = False
        self.workspace = open_workspace(database, "Ann")
        self.desk = Desk(self.workspace, settings or Settings())
        self.reader = WorkerClient()
        self.window = MainWindow(self.desk, lambda: self.reader, None)
        if not self.desk.settings.window_geometry:
            self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow, timeout=10_000)
        self.window.open_first()
        self.text = self.window.page.text

    def close(self) -> None:
        """Leave, once."""
        if self.left:
            return
        self.left = True
        self.saved()
        self.window.errands.finish()
        if self.window.isVisible():
            self.window.close()
        self.reader.close()
        self.workspace.close()
        self.window.deleteLater()
        QApplication.processEvents()

    # -- what is done

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys where the keyboard is."""
        for key in keys:
            target = QApplication.focusWidget() or self.window
            self.bot.keyClick(target, key, modifier)

    def select(self, words: str, nth: int = 1) -> None:
        """Select words in the text as the mouse would leave them."""
        self.text.select_text(at(self.body, words, nth))
        self.text.selectionSettled.emit(self.text.selected_stretch())

    def place_of(self, words: str, nth: int = 1) -> QPoint:
        """The middle of some words in the text's viewport."""
        stretch = at(self.body, words, nth)
        self.text.reveal(stretch)
        return self.text.stretch_rect(stretch).center()

    def click(self, words: str, nth: int = 1) -> None:
        """Click on words in the text."""
        self.bot.mouseClick(self.text.viewport(), Qt.MouseButton.LeftButton, pos=self.place_of(words, nth))

    def saved(self) -> None:
        """Wait until all is saved."""
        self.bot.waitUntil(lambda: self.desk.session.saving is not Saving.UNDER_WAY, timeout=10_000)
        self.desk.workspace.store.writer.flush()
        QApplication.processEvents()

    # -- what is seen

    @property
    def body(self) -> str:
        """The open article's text."""
        assert self.desk.document is not None
        return self.desk.document.text

    def span(self, words: str, nth: int = 1) -> SpanMark | None:
        """The span on some words."""
        assert self.desk.document is not None
        return next(iter(self.desk.document.spans_at(at(self.body, words, nth))), None)

    def quotation(self, words: str) -> QuotationMark:
        """The quotation with some words as a part."""
        assert self.desk.document is not None
        return next(
            mark
            for mark in self.desk.document.quotations
            if any(part.slice(self.body) == words for part in mark.fields.content)
        )

    def label(self, mark: SpanMark | None) -> str:
        """A span's label."""
        assert mark is not None
        return self.desk.labels[mark.fields.label].name

    @property
    def message(self) -> str:
        """The sentence in the status line."""
        return self.window.status.message
