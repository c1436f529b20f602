"""The strip over the article: where it stands in the list, undo, redo, flag, and the step that finishes it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.gui.action_set import ActionSet
from annotator.gui.desk import Desk
from annotator.gui.theme import PANE_HEAD_HEIGHT, SIZE_SMALL, SPACE_2, SPACE_4
from annotator.gui.widgets.controls import ActionButton, IconButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.services.changes import Changes


class ArticleStrip(QWidget):
    """48 pixels high."""

    def __init__(self, desk: Desk, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setFixedHeight(PANE_HEAD_HEIGHT)
        self.setAccessibleName("Article")
        self.previous = IconButton("caret-left")
        self.next = IconButton("caret-right")
        self.undo = IconButton("arrow-counter-clockwise")
        self.redo = IconButton("arrow-clockwise")
        self.flag = IconButton("flag")
        self.note = IconButton("note-pencil")
        self.place = PlainLabel(size=SIZE_SMALL, role="text2", tabular=True)
        self.done = ActionButton("Done, next", "Ctrl+Enter")
        self.done.setObjectName("done")
        pairs = {
            "previous_article": self.previous,
            "next_article": self.next,
            "undo": self.undo,
            "redo": self.redo,
            "flag": self.flag,
            "article_note": self.note,
            "done_next": self.done,
        }
        for id_, button in pairs.items():
            button.follow(actions[id_])
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, SPACE_4, 0)
        row.setSpacing(4)
        for widget in (self.previous, self.place, self.next):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.undo, self.redo, self.flag, self.note):
            row.addWidget(widget)
        row.addSpacing(SPACE_2)
        row.addWidget(self.done)
        desk.changed.connect(self._news)
        desk.filter_changed.connect(self._show_place)
        desk.settings_changed.connect(self._show_done)

    def minimumSizeHint(self) -> QSize:
        return QSize(360, PANE_HEAD_HEIGHT)

    def _news(self, changes: Changes) -> None:
        if changes.opened or changes.listing:
            self._show_place()
        if changes.opened or changes.marks:
            self._show_done()
            flagged = self._desk.session.flagged
            self.flag.set_icon("flag-fill" if flagged else "flag", "accent" if flagged else "text2")
            noted = bool(self._desk.session.note)
            self.note.set_icon("note-pencil", "accent" if noted else "text2")

    def _show_place(self) -> None:
        document = self._desk.document
        if document is None:
            self.place.setText("")
            return
        place, total = self._desk.documents.place(self._desk.wanted, document.id)
        self.place.setText(f"{place or '–'} of {total}")

    def _show_done(self) -> None:
        document = self._desk.document
        left = self._desk.left_open
        accepts = left and self._desk.settings.done_accepts
        finished = document is not None and document.read and not left
        self.done.set_words(f"Accept {left}, next" if accepts else "Done, next", primary=finished)
