"""A row of which one is chosen, each with a count where there is room. It must not know what is chosen from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from annotator.gui.theme import BUTTON_HEIGHT, RADIUS_CONTROL, SIZE_SMALL, chrome_font, current_theme, mixed
from annotator.gui.widgets.plain import plain_tooltip

_PAD, _GAP = 8, 6


class Segment(QAbstractButton):
    """One choice."""

    def __init__(self, words: str, value: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.words, self.value = words, value
        self.count: int | None = None
        self.with_count = True
        self.setCheckable(True)
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(words))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def width_for(self, with_count: bool) -> int:
        """The width with or without the count."""
        width = QFontMetrics(chrome_font(SIZE_SMALL, semibold=True)).horizontalAdvance(self.words) + 2 * _PAD
        if with_count and self.count is not None:
            figures = QFontMetrics(chrome_font(SIZE_SMALL, tabular=True))
            width += _GAP + figures.horizontalAdvance(str(self.count))
        return width

    def sizeHint(self) -> QSize:
        return QSize(self.width_for(self.with_count), BUTTON_HEIGHT)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.chosen if self.isChecked() else mixed(theme.hover, theme.panel, 0.6))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CONTROL, RADIUS_CONTROL)
        font = chrome_font(SIZE_SMALL, semibold=True)
        painter.setFont(font)
        painter.setPen(theme.text if self.isChecked() else theme.text2)
        area = QRectF(self.rect()).adjusted(_PAD, 0, -_PAD, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.words)
        if self.with_count and self.count is not None:
            painter.setFont(chrome_font(SIZE_SMALL, tabular=True))
            painter.setPen(theme.text2)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self.count))

    def enterEvent(self, event: QEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class Segments(QWidget):
    """The row. One stop of Tab; the arrows move inside."""

    chosen = Signal(object)
    """A person has chosen; the value of the segment."""

    def __init__(self, name: str, choices: Sequence[tuple[str, Any]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._segments = [Segment(words, value, self) for words, value in choices]
        for segment in self._segments:
            segment.clicked.connect(lambda _=False, each=segment: self._pick(each))
            row.addWidget(segment)
        row.addStretch(1)
        self.set_value(choices[0][1])

    @property
    def segments(self) -> list[Segment]:
        """The choices in order."""
        return self._segments

    @property
    def value(self) -> Any:
        """What is chosen."""
        return next(segment.value for segment in self._segments if segment.isChecked())

    def set_value(self, value: Any) -> None:
        """Show a choice without telling anybody."""
        for segment in self._segments:
            segment.setChecked(segment.value == value)
            focus = Qt.FocusPolicy.TabFocus if segment.isChecked() else Qt.FocusPolicy.NoFocus
            segment.setFocusPolicy(focus)

    def set_counts(self, counts: Mapping[Any, int]) -> None:
        """Show how many there are of each value."""
        for segment in self._segments:
            segment.count = counts.get(segment.value)
            segment.setToolTip(plain_tooltip(f"{segment.words}: {segment.count}"))
        self._fit()

    def _pick(self, segment: Segment) -> None:
        had_focus = any(each.hasFocus() for each in self._segments)
        self.set_value(segment.value)
        if had_focus:
            segment.setFocus()
        self.chosen.emit(segment.value)

    def _fit(self) -> None:
        room = self.width() - 2 * (len(self._segments) - 1)
        fits = sum(segment.width_for(True) for segment in self._segments) <= room
        for segment in self._segments:
            segment.with_count = fits
            segment.updateGeometry()
            segment.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(
            sum(segment.width_for(False) for segment in self._segments) + 2 * (len(self._segments) - 1), BUTTON_HEIGHT
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        index = next(i for i, segment in enumerate(self._segments) if segment.isChecked())
        self._pick(self._segments[(index + step) % len(self._segments)])
