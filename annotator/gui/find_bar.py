"""The bar for finding words in the open article: field, which hit of how many, previous and next, two options.

It lies over the page's top right and knows of the text pane only how to mark, select and reveal stretches.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from annotator.domain.finding import find_all
from annotator.domain.marks import Stretch
from annotator.gui.action_set import ActionSet
from annotator.gui.theme import (
    BUTTON_HEIGHT,
    RADIUS_CONTROL,
    SIZE_SMALL,
    SPACE_1,
    SPACE_2,
    chrome_font,
    current_theme,
    mixed,
)
from annotator.gui.widgets.controls import IconButton
from annotator.gui.widgets.plain import PlainLabel, plain_tooltip

_PAUSE = 120
"""Milliseconds without a key after which a long article is searched."""
_LONG = 100_000
_OFFERED_AT_MOST = 100
_FIELD = 190


class FoundText(Protocol):
    """What the bar asks of the text pane."""

    def show_found(self, stretches: list[Stretch]) -> None:
        """Give hits their ground."""

    def select_text(self, stretch: Stretch) -> None:
        """Select words."""

    def reveal(self, stretch: Stretch) -> None:
        """Scroll to words."""

    def selected_stretch(self) -> Stretch | None:
        """The selected words."""

    @property
    def caret(self) -> int:
        """Where the caret stands."""


class Option(QAbstractButton):
    """A small word that is on or off."""

    def __init__(self, words: str, tip: str) -> None:
        super().__init__()
        self.setText(words)
        self.setCheckable(True)
        self.setAccessibleName(tip)
        self.setToolTip(plain_tooltip(tip))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(chrome_font(SIZE_SMALL, semibold=True)).horizontalAdvance(self.text()) + 14, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isChecked()
        painter.setPen(QPen(theme.accent, 1) if on else Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(theme.accent_tint if on else theme.hover)
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setFont(chrome_font(SIZE_SMALL, semibold=True))
        painter.setPen(theme.text if on else theme.text2)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def enterEvent(self, event: QEvent) -> None:
        super().enterEvent(event)  # type: ignore[arg-type]
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class FindBar(QWidget):
    """Hidden until it is asked for; while it is shown, the hits are marked."""

    found = Signal()
    """Another hit is selected in the text."""
    closed = Signal()
    """The bar is gone; the keyboard belongs to the text again."""

    def __init__(self, text: FoundText, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self._body = ""
        self.hits: list[Stretch] = []
        self.current = -1
        self.setAccessibleName("Find in the article")
        self.field = QLineEdit()
        self.field.setAccessibleName("Find in the article")
        self.field.setPlaceholderText("Find in the article")
        self.field.setMinimumWidth(_FIELD)
        self.count = PlainLabel(size=SIZE_SMALL, role="text2", tabular=True)
        self.previous = IconButton("caret-up", size=16)
        self.next = IconButton("caret-down", size=16)
        self.whole = Option("Words", "Whole words only")
        self.case = Option("Aa", "Match case")
        self.close_button = IconButton("x", "Close", size=14)
        self.previous.follow(actions["find_previous"])
        self.next.follow(actions["find_next"])
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._search)
        self._build()
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.whole.toggled.connect(lambda _: self._search())
        self.case.toggled.connect(lambda _: self._search())
        self.close_button.clicked.connect(self.dismiss)
        self.hide()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_2, SPACE_1 + 1, SPACE_1, SPACE_1 + 1)
        row.setSpacing(2)
        width = QFontMetrics(chrome_font(SIZE_SMALL, tabular=True)).horizontalAdvance("00,000 of 00,000")
        self.count.setFixedWidth(width)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self.field)
        row.addWidget(self.count)
        for widget in (self.whole, self.case, self.previous, self.next, self.close_button):
            row.addWidget(widget)
        self.field.setFixedHeight(BUTTON_HEIGHT)

    # -- what people do

    def ask(self) -> None:
        """Show the bar for the selected words, or those sought last; the keyboard goes into the field."""
        words = self._text.selected_stretch()
        offered = words.slice(self._body) if words and len(words) <= _OFFERED_AT_MOST else ""
        self.show()
        self.raise_()
        if offered and "\n" not in offered and offered != self.field.text():
            self.field.setText(offered)
        self._search(move=bool(self.field.text()))
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def dismiss(self) -> None:
        """Hide the bar and take the marks off; the hit stays selected."""
        if self.isVisible():
            self._timer.stop()
            self.hide()
            self._text.show_found([])
            self.closed.emit()

    def step(self, step: int) -> None:
        """Go to the next or previous hit, wrapping around; without a bar, show it."""
        if self.isHidden():
            self.ask()
            return
        if self._timer.isActive():
            self._timer.stop()
            self._search(move=False)
        if not self.hits:
            return
        words = self._text.selected_stretch()
        here = self.hits[self.current] if 0 <= self.current < len(self.hits) else None
        if words is not None and words == here:
            number = self.current + step
        else:
            place = words.start if words else self._text.caret
            number = bisect_left(self.hits, place, key=lambda hit: hit.start) - (step < 0)
        self._go(number % len(self.hits))

    # -- the article

    def show_article(self, body: str) -> None:
        """Another article: the same words are sought in it, and nothing moves."""
        self._body = body
        if self.isVisible():
            self._search(move=False)

    def _typed(self, words: str) -> None:
        if len(self._body) > _LONG and words:
            self._timer.start(_PAUSE)
        else:
            self._search()

    def _search(self, move: bool = True) -> None:
        self._timer.stop()
        if self.isHidden():
            return
        self.hits = find_all(
            self._body, self.field.text(), case=self.case.isChecked(), whole_words=self.whole.isChecked()
        )
        self.current = -1
        self._text.show_found(self.hits)
        if self.hits and move:
            words = self._text.selected_stretch()
            place = words.start if words else self._text.caret
            self._go(bisect_left(self.hits, place, key=lambda hit: hit.start) % len(self.hits))
        else:
            self._tell()

    def _go(self, number: int) -> None:
        self.current = number
        hit = self.hits[number]
        self._text.select_text(hit)
        self._text.reveal(hit)
        self._tell()
        self.found.emit()

    def _tell(self) -> None:
        if not self.field.text().strip():
            words = ""
        elif not self.hits:
            words = "No hits"
        elif self.current < 0:
            words = f"{len(self.hits):,} hits" if len(self.hits) > 1 else "1 hit"
        else:
            words = f"{self.current + 1:,} of {len(self.hits):,}"
        self.count.set_role("danger" if words == "No hits" else "text2")
        self.count.setText(words)
        self.field.setAccessibleDescription(words)

    # -- keys and looks

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in enter:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(mixed(theme.edge, theme.panel, 0.6), 1))
        painter.setBrush(theme.panel)
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
