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
        self._rows: dict[int, list[int]] | None = None
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

    def change(self, gone: Ticks, come: Ticks) -> None:
        """Some ticks went and others came; the rest stays."""
        if self._rows is not None and self._rows_height == self.height():
            for ticks, step in ((gone, -1), (come, 1)):
                for place, decided in ticks:
                    self._count(self._rows, place, decided, step)
        self.update()

    def _count(self, rows: dict[int, list[int]], place: float, decided: bool, step: int) -> None:
        row = int(place * (self.height() - 2))
        counts = rows.setdefault(row, [0, 0])
        counts[decided] += step
        if counts == [0, 0]:
            del rows[row]

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
            rows: dict[int, list[int]] = {}
            for place, decided in self._source():
                self._count(rows, place, decided, 1)
            self._rows = rows
        return {row: not left for row, (left, _) in self._rows.items()}
