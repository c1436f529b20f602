"""The scroll bar right of the text: where marks stand in the article, and how many of them are still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from annotator.gui.theme import LIGHT, Theme

WIDTH = 16
_THUMB_LEFT, _THUMB_WIDTH, _THUMB_END = 5, 7, 2
_TICK_LEFT, _TICK_WIDTH = 6, 5

Ticks = Iterable[tuple[float, bool]]


class Overview(QScrollBar):
    """A vertical scroll bar with a tick for each mark, dark where it is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme: Theme = LIGHT
        self._source: Callable[[], Ticks] = tuple
        self._rows: dict[int, bool] | None = None
        self._rows_height = 0
        self.setAccessibleName("Article text, scroll bar")

    def set_theme(self, theme: Theme) -> None:
        """Take over a theme's colours."""
        self._theme = theme
        self.update()

    def set_source(self, source: Callable[[], Ticks]) -> None:
        """Where ticks come from: called before painting, it gives (place from 0 to 1, whether decided)."""
        self._source = source
        self.marks_changed()

    def marks_changed(self) -> None:
        """Ask the source anew at the next painting."""
        self._rows = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.page)
        if self.maximum() > self.minimum():
            thumb = self.thumb()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.chosen if self.isSliderDown() else self._theme.hover)
            painter.drawRoundedRect(thumb, _THUMB_WIDTH / 2, _THUMB_WIDTH / 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for row, decided in self.rows().items():
            colour = self._theme.line if decided else self._theme.edge
            painter.fillRect(_TICK_LEFT, row, _TICK_WIDTH, 1, colour)

    def thumb(self) -> QRect:
        """The part that shows where the viewport stands."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        slider = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        return QRect(_THUMB_LEFT, slider.top() + _THUMB_END, _THUMB_WIDTH, slider.height() - 2 * _THUMB_END)

    def rows(self) -> dict[int, bool]:
        """Pixel rows with a tick, and whether all marks there are decided."""
        if self._rows is None or self._rows_height != self.height():
            self._rows_height = self.height()
            rows: dict[int, bool] = {}
            last = self.height() - 2
            for place, decided in self._source():
                row = int(place * last)
                rows[row] = decided and rows.get(row, True)
            self._rows = rows
        return self._rows
