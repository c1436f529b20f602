"""A quotation's card while another is selected: status, speaker, some lines of it, cue and type."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.domain.marks import QuotationMark
from annotator.gui.theme import SIZE_SMALL, SPACE_4, chrome_font, current_theme, reading_font
from annotator.gui.widgets.plain import elided_lines, one_line, plain_tooltip
from annotator.gui.widgets.status import SHAPE_SIZE, Shape, paint_shape

_LEFT, _HEAD, _PITCH, _META, _EDGE = 38, 20, 18, 16, 10
_LINES = 2


def shape_of(mark: QuotationMark) -> Shape:
    """Filled: decided; dashed: suggested; dotted: unsure."""
    return Shape.TICK if mark.decided else Shape.DOTTED if mark.unsure else Shape.DASHED


class ClosedCard(QAbstractButton):
    """Painted; its height follows the number of lines."""

    def __init__(self, mark: QuotationMark, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_mark(mark, name, text)

    def show_mark(self, mark: QuotationMark, name: str, text: str) -> None:
        """Show a quotation; ``name`` is its speaker's."""
        self.mark, self.name = mark, name
        self.words = " … ".join(one_line(part.slice(text)[:400]) for part in mark.fields.content[:3])
        cue = " … ".join(one_line(part.slice(text)) for part in mark.fields.cue)
        self._meta = "  ·  ".join(each for each in (cue, mark.fields.type.value) if each)
        score = mark.origin.score
        self._score = f"{round(score * 100)} %" if score is not None and not mark.decided else ""
        self._heights: dict[int, int] = {}
        self._advance: float | None = None
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(f"{name}, {shape_of(mark).value}: {self.words[:200]}")
        self.setToolTip(plain_tooltip(f"{name}: {shape_of(mark).value}"))
        self.updateGeometry()
        self.update()

    @property
    def key(self) -> UUID:
        """The quotation's key."""
        return self.mark.key

    def words_width(self) -> float:
        """The width of the words on one line."""
        if self._advance is None:
            self._advance = QFontMetricsF(reading_font(14)).horizontalAdvance(self.words[:400])
        return self._advance

    def _lines(self, width: int) -> list[str]:
        return elided_lines(self.words, reading_font(14), width - _LEFT - SPACE_4, _LINES)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            room = width - _LEFT - SPACE_4
            one = self.words_width() <= room  # measuring is far cheaper than breaking lines, and there may be many
            self._heights[width] = 2 * _EDGE + _HEAD + (1 if one else _LINES) * _PITCH + _META + 2
        return self._heights[width]

    def sizeHint(self) -> QSize:
        return QSize(280, self.heightForWidth(self.width() or 280))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 2 * _EDGE + _HEAD + _PITCH + _META)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, width = current_theme(), QPainter(self), self.width()
        if self.underMouse():
            painter.fillRect(self.rect(), theme.hover)
        painter.fillRect(SPACE_4, self.height() - 1, width - 2 * SPACE_4, 1, theme.line)
        shape_top = _EDGE + (_HEAD - SHAPE_SIZE) // 2
        paint_shape(painter, QRectF(SPACE_4, shape_top, SHAPE_SIZE, SHAPE_SIZE), shape_of(self.mark))
        room = width - _LEFT - SPACE_4
        head = chrome_font(semibold=True)
        painter.setFont(head)
        painter.setPen(theme.text)
        name = QFontMetrics(head).elidedText(self.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(_LEFT, _EDGE, room, _HEAD), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(reading_font(14))
        lines, top = self._lines(width), _EDGE + _HEAD
        for line in lines:
            painter.drawText(QRect(_LEFT, top, room + 4, _PITCH), Qt.AlignmentFlag.AlignVCenter, line)
            top += _PITCH
        small = chrome_font(SIZE_SMALL, tabular=True)
        painter.setFont(small)
        painter.setPen(theme.text2)
        meta = QRect(_LEFT, top + 2, room, _META)
        painter.drawText(meta, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._score)
        words = QFontMetrics(small).elidedText(self._meta, Qt.TextElideMode.ElideRight, room - 40)
        painter.drawText(meta, Qt.AlignmentFlag.AlignVCenter, words)

    def enterEvent(self, event: QEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
