"""The three panes side by side and their widths: those of the look, or those that the user has drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QStackedWidget, QWidget

from annotator.gui.theme import current_theme

_WIDE = 1200
_WITH_NAMES = 1434
"""From this width on there is room for names beside lines of the usual length, and for wide sides."""
_LEFT = {True: 264, False: 208}
_RIGHT = {True: 344, False: 296}


class _Handle(QSplitterHandle):
    """A hairline; the reach for the mouse is the splitter's."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().line)


class PaneSplitter(QSplitter):
    """Articles, page (or the empty page), cards."""

    changed = Signal()
    """A pane was shown or hidden."""

    def __init__(self, left: QWidget, page: QWidget, empty: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(empty)
        self._sides = {0: left, 2: right}
        self._wanted = {0: True, 2: True}
        self._wide: bool | None = None
        self._drawn = False
        self._empty = False
        self.names_need: Callable[[], int] = lambda: 0
        """How wide the page must be for the names in its margin."""
        self.setHandleWidth(1)
        for number, pane in enumerate((left, self._stack, right)):
            self.addWidget(pane)
            self.setStretchFactor(number, int(number == 1))
            self.setCollapsible(number, False)
        self.splitterMoved.connect(self._remember)

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)

    def _remember(self) -> None:
        self._drawn = True

    def restore(self, sizes: Sequence[int], width: int) -> None:
        """Panes as they were left (0: hidden), else as the look says."""
        if len(sizes) == 3:
            for side in self._wanted:
                self._wanted[side] = sizes[side] > 0
        self._apply()
        self._wide = width >= _WIDE
        if len(sizes) == 3 and all(sizes):
            looks = [(_LEFT[wide], _RIGHT[wide]) for wide in (True, False)]
            self._drawn = (sizes[0], sizes[2]) not in (*looks, self._side_widths(sum(sizes) + 2))
        if self._drawn:
            self.setSizes(list(sizes))
        else:
            self._look(width)

    def kept(self) -> tuple[int, ...]:
        """The widths to come back to; 0 for a hidden pane."""
        left, middle, right = self.sizes()
        if self._empty:
            right = _RIGHT[bool(self._wide)]
        return (left if self._wanted[0] else 0, middle, right if self._wanted[2] else 0)

    def fit(self, width: int) -> None:
        """Take the look's widths for a window of this width, unless the user has drawn others."""
        self._wide = width >= _WIDE
        if not self._drawn:
            self._look(width)

    def _look(self, width: int) -> None:
        left, right = self._side_widths(width)
        shown = {0: left if self._wanted[0] else 0, 2: right if self._wanted[2] and not self._empty else 0}
        sizes = [left, max(1, width - sum(shown.values()) - 2), right]
        if sizes != self.sizes():
            self.setSizes(sizes)

    def _side_widths(self, width: int) -> tuple[int, int]:
        """The sides give way before the names in the page's margin go, down to the narrow look."""
        most, least = (_LEFT[True], _RIGHT[True]), (_LEFT[False], _RIGHT[False])
        spare = width - 2 - self.names_need() - sum(least)
        if spare < 0:  # no room for names, whatever the sides do
            return least if width < _WITH_NAMES else most
        share = min(1.0, spare / (sum(most) - sum(least)))
        left, right = (low + int(share * (high - low)) for low, high in zip(least, most, strict=True))
        return left, right

    def shows(self, side: int) -> bool:
        """Whether the left (0) or right (2) pane is wanted."""
        return self._wanted[side]

    def toggle(self, side: int) -> None:
        """Show or hide a pane."""
        self._wanted[side] = not self._wanted[side]
        self._apply()
        self.changed.emit()

    def show_empty(self, empty: bool) -> None:
        """Show the empty page instead of article and cards."""
        if empty == self._empty and self._stack.currentIndex() == int(empty):
            return
        self._empty = empty
        self._stack.setCurrentIndex(int(empty))
        self._apply()
        if not self._drawn and self.width() > 100:
            self._look(self.width())

    def _apply(self) -> None:
        self._sides[0].setVisible(self._wanted[0])
        self._sides[2].setVisible(self._wanted[2] and not self._empty)
