"""The top margin: a title that is not part of the text, the meta line, the figures."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout, QTextOption

from annotator.gui.text.metrics import PageMetrics
from annotator.gui.theme import SIZE_SMALL, Theme, chrome_font, reading_font

_META_BASELINE, _TITLE_BASELINE, _TITLE_TO_META = 40, 52, 36
_META_TO_TEXT, _META_TO_TITLE = 28, 14
_BARE = 24
_TITLE_PITCH = 1.4


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the text. ``title`` is empty where the text begins with it."""

    meta: str = ""
    figures: str = ""
    title: str = ""
    title_in_text: bool = False

    def height(self, metrics: PageMetrics, width: float) -> int:
        """The top margin that it needs in a column of ``width``."""
        if not (self.meta or self.figures or self.title):
            return _BARE
        below = _META_TO_TITLE if self.title_in_text else _META_TO_TEXT
        return self._meta_baseline(metrics, width) + below

    def _meta_baseline(self, metrics: PageMetrics, width: float) -> int:
        if not self.title:
            return _META_BASELINE
        lines = len(self._title_lines(metrics, width))
        return round(_TITLE_BASELINE + (lines - 1) * _TITLE_PITCH * metrics.title.size + _TITLE_TO_META)

    def _title_lines(self, metrics: PageMetrics, width: float) -> list[str]:
        layout = QTextLayout(self.title, reading_font(metrics.title.size, semibold=True))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid() and len(lines) < 6:
            line.setLineWidth(width)
            encoded = self.title.encode("utf-16-le", "replace")
            start, length = line.textStart(), line.textLength()
            lines.append(encoded[2 * start : 2 * (start + length)].decode("utf-16-le", "replace"))
        layout.endLayout()
        return lines

    def paint(self, painter: QPainter, theme: Theme, metrics: PageMetrics, left: float, width: float) -> None:
        """Draw it; ``left`` is the column's left edge, the painter stands at the document's top."""
        if self.title:
            painter.setFont(reading_font(metrics.title.size, semibold=True))
            painter.setPen(theme.text)
            for number, line in enumerate(self._title_lines(metrics, width)):
                y = _TITLE_BASELINE + number * _TITLE_PITCH * metrics.title.size
                painter.drawText(QPointF(left, round(y)), line)
        font = chrome_font(SIZE_SMALL, tabular=True)
        measure = QFontMetricsF(font)
        baseline = self._meta_baseline(metrics, width)
        painter.setFont(font)
        painter.setPen(theme.text2)
        figures = measure.horizontalAdvance(self.figures)
        room = max(0.0, width - figures - 16)
        meta = measure.elidedText(self.meta, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left, baseline), meta)
        painter.drawText(QPointF(left + width - figures, baseline), self.figures)
