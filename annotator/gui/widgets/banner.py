"""A strip above the text: what is wrong, why, that the work is safe, what to do. It must not know who says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.icons import icon
from annotator.gui.theme import SELECTED_BAR_WIDTH, SPACE_2, SPACE_4, SPACE_6, current_theme
from annotator.gui.widgets.controls import ActionButton
from annotator.gui.widgets.plain import PlainLabel

Choice = tuple[str, Callable[[], None]]


class Banner(QWidget):
    """Hidden until ``tell`` is called. ``danger`` colours it for work that is at risk."""

    def __init__(self, name: str, *, danger: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._danger = danger
        self.setAccessibleName(name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_6 + 28, SPACE_4, SPACE_6, SPACE_4)
        outer.setSpacing(4)
        self.title = PlainLabel(semibold=True, wrap=True)
        self.sentence = PlainLabel(wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE_2)
        self._buttons.setContentsMargins(0, SPACE_2, 0, 0)
        outer.addWidget(self.title)
        outer.addWidget(self.sentence)
        outer.addLayout(self._buttons)
        self.hide()

    def tell(self, title: str, sentence: str, choices: Sequence[Choice] = (), links: Sequence[Choice] = ()) -> None:
        """Show the banner with buttons and links for what can be done."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self._clear()
        for flat, group in ((False, choices), (True, links)):
            for words, act in group:
                if flat:
                    self._buttons.addSpacing(SPACE_2)
                button = ActionButton(words, flat=flat)
                button.clicked.connect(lambda _=False, act=act: act())
                self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self.show()

    def _clear(self) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        ground, ink = (theme.danger_ground, theme.danger) if self._danger else (theme.warn_ground, theme.warn)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        painter.fillRect(QRectF(0, 0, SELECTED_BAR_WIDTH, self.height()), ink)
        role = "danger" if self._danger else "warn"
        icon("warning-circle", role).paint(painter, SPACE_6, SPACE_4, 18, 18, Qt.AlignmentFlag.AlignCenter)
