"""The program's own dialogs: plain text, selectable, one answer each. No message box of Qt, which reads markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.gui.actions import ActionSpec
from annotator.gui.keys import shown
from annotator.gui.theme import SIZE_SMALL, SPACE_2, SPACE_4, SPACE_6
from annotator.gui.widgets.bars import Hairline
from annotator.gui.widgets.controls import ActionButton, KeyCap
from annotator.gui.widgets.focus_ring import FocusRing
from annotator.gui.widgets.plain import PlainLabel


class Sheet(QDialog):
    """A heading, a column of content that scrolls, and buttons at the foot."""

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 560) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        self.content = QVBoxLayout()
        self.content.setSpacing(SPACE_2)
        inner = QWidget()
        inner.setLayout(self.content)
        self.content.setContentsMargins(SPACE_6, SPACE_2, SPACE_6, SPACE_4)
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        self._buttons.setSpacing(SPACE_2)
        self._buttons.addStretch(1)
        self.heading = PlainLabel(title, size=24, semibold=True, wrap=True)
        self.heading.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.area, 1)
        column.addWidget(Hairline())
        column.addLayout(self._buttons)
        self._ring = FocusRing(self)

    def add_button(self, words: str, *, primary: bool = False) -> ActionButton:
        """A button at the foot, from left to right."""
        button = ActionButton(words, primary=primary)
        button.setAutoDefault(primary)
        button.setDefault(primary)
        self._buttons.addWidget(button)
        return button

    def text(self, words: str, *, semibold: bool = False, role: str = "text", size: int = 13) -> PlainLabel:
        """A paragraph of the content; it can be selected with the mouse."""
        label = PlainLabel(words, semibold=semibold, role=role, size=size, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.content.addWidget(label)
        return label


class QuestionSheet(Sheet):
    """A question with its answers; ``exec`` gives the number of the answer, from 1; 0 for Esc."""

    def __init__(
        self, title: str, sentences: Sequence[str], answers: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent, width=480)
        for sentence in sentences:
            self.text(sentence)
        self.content.addStretch(1)
        for number, answer in enumerate(answers, start=1):
            button = self.add_button(answer, primary=number == 1)
            button.clicked.connect(lambda _=False, number=number: self.done(number))


class KeySheet(Sheet):
    """All keys, from the one table of actions."""

    def __init__(self, specs: Iterable[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__("Keys", parent, width=640)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.rows: list[tuple[str, str]] = []
        menu, row = "", 0
        for spec in specs:
            place = spec.menu.partition("/")[0]
            if not spec.keys:
                continue
            if place != menu:
                menu = place
                title = PlainLabel(menu, size=SIZE_SMALL, semibold=True, role="text2")
                title.setContentsMargins(0, SPACE_4 if row else 0, 0, 0)
                grid.addWidget(title, row, 0, 1, 2)
                row += 1
            caps = QHBoxLayout()
            caps.setSpacing(4)
            for key in spec.keys:
                caps.addWidget(KeyCap(shown(key)))
            caps.addStretch(1)
            grid.addLayout(caps, row, 0)
            grid.addWidget(PlainLabel(spec.tip or spec.text.replace("&", ""), wrap=True), row, 1)
            self.rows.append((shown(spec.keys[0]), spec.tip))
            row += 1
        self.content.addLayout(grid)
        self.text("Shift and the arrows select text by characters, with Ctrl by words.", role="text2")
        self.text("Letters and digits act in the text, the cards and the list, not in fields.", role="text2")
        close = self.add_button("Close", primary=True)
        close.clicked.connect(self.accept)
        self.resize(640, 640)


class AboutSheet(Sheet):
    """Version and licences."""

    def __init__(self, version: str, database: str, parent: QWidget | None = None) -> None:
        super().__init__("Annotator", parent, width=560)
        self.text(f"Version {version}. Free software under the MIT licence.")
        self.text(f"Database: {database}", role="text2")
        self.text("Made with", semibold=True, role="text2", size=SIZE_SMALL)
        for line in (
            "Qt and PySide6: LGPL 3",
            "spaCy and its English pipelines: MIT",
            "SQLAlchemy and Alembic: MIT",
            "Source Serif and Source Sans by Adobe: SIL Open Font License 1.1",
            "Phosphor icons and QtAwesome: MIT",
        ):
            self.text(line)
        self.text("The whole texts are in THIRD_PARTY_LICENSES.md, which comes with the program.", role="text2")
        self.content.addStretch(1)
        close = self.add_button("Close", primary=True)
        close.clicked.connect(self.accept)
        self.resize(560, 420)
