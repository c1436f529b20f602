"""Draws units of marks in the order of layers: bands, tints | text | bars, names, underlines, edges, labels.

A unit's outlines are gathered once into few paths, one for each pen, and kept with its geometry. It must not
know the widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.gui.text.geometry import Box, LabelText, MarginName, UnitGeometry, is_strong
from annotator.gui.text.index import QuotationItem, Role, SpanItem
from annotator.gui.text.metrics import NAME_DISTANCE, PageMetrics
from annotator.gui.text.shapes import bar_parts, box_edge, box_ground, dots, half_pixel, pen
from annotator.gui.theme import RADIUS_CONTROL, RADIUS_MARK, SIZE_SMALL, Theme, chrome_font, faded

_DECIDED_EDGE = 0.26
_SUGGESTED_EDGE = (0.75, 0.65)
_NAME_LINE = 14
_LABEL_SPACING = 0.5
_CAPITALS = 0.727
"""How tall capitals of the label face should be, per pixel of size."""


@dataclass(slots=True)
class DrawnUnit:
    """A unit's shapes, each with its brush or pen; texts with font and colour."""

    grounds: list[tuple[QPainterPath, QBrush]] = field(default_factory=list)
    bars: list[tuple[QPainterPath, QBrush]] = field(default_factory=list)
    lines: list[tuple[QPainterPath, QPen]] = field(default_factory=list)
    edges: list[tuple[QPainterPath, QPen]] = field(default_factory=list)
    texts: list[tuple[QPointF, str, QFont, QColor]] = field(default_factory=list)
    names: list[tuple[QPointF, str, QFont, QColor]] = field(default_factory=list)


class MarkPainter:
    """Paints geometry in one theme and at one reading size."""

    def __init__(self, theme: Theme, metrics: PageMetrics) -> None:
        self.theme = theme
        self._label_fonts = tuple(_label_font(metrics.label_size, strong) for strong in (False, True))
        self._label_metrics = tuple(QFontMetricsF(font) for font in self._label_fonts)
        self._suggested_edge = _SUGGESTED_EDGE[theme.dark]
        self._widths: dict[tuple[str, bool], float] = {}

    def label_width(self, text: str, strong: bool) -> float:
        """The width of a label in pixels."""
        key = (text, strong)
        if key not in self._widths:
            advance = self._label_metrics[strong].horizontalAdvance(text)
            self._widths[key] = advance - _LABEL_SPACING
        return self._widths[key]

    def under(self, painter: QPainter, unit: UnitGeometry, gutter: float, selected: object) -> None:
        """What lies under the glyphs: bands and tints."""
        for path, brush in self._drawn(unit, gutter, selected).grounds:
            painter.fillPath(path, brush)

    def bars(self, painter: QPainter, unit: UnitGeometry, gutter: float, selected: object) -> None:
        """Bars and the speakers' names in the margin."""
        drawn = self._drawn(unit, gutter, selected)
        for path, brush in drawn.bars:
            painter.fillPath(path, brush)
        _draw_texts(painter, drawn.names)

    def over(self, painter: QPainter, unit: UnitGeometry, gutter: float, selected: object) -> None:
        """Underlines, edges and labels."""
        drawn = self._drawn(unit, gutter, selected)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for path, line in (*drawn.lines, *drawn.edges):
            painter.setPen(line)
            painter.drawPath(path)
        _draw_texts(painter, drawn.texts)

    def hover(self, painter: QPainter, box: Box) -> None:
        """The solid edge of the box under the pointer."""
        painter.setPen(pen(self.theme.ink(box.item.label.hue), 1))
        painter.drawPath(box_edge(half_pixel(box.rect), RADIUS_MARK, box.opens, box.closes))

    def outline(self, painter: QPainter, box: Box) -> None:
        """The accent outline of the selected span."""
        rect = half_pixel(box.rect).adjusted(-1 if box.opens else 0, -1, 1 if box.closes else 0, 1)
        painter.setPen(pen(self.theme.accent, 2))
        painter.drawPath(box_edge(rect, RADIUS_CONTROL, box.opens, box.closes))

    def preview(self, painter: QPainter, rect: QRectF, opens: bool, closes: bool) -> None:
        """The outline of a mention that would be marked too."""
        painter.setPen(pen(self.theme.accent, 1.5))
        painter.drawPath(box_edge(half_pixel(rect), RADIUS_MARK, opens, closes))

    def _drawn(self, unit: UnitGeometry, gutter: float, selected: object) -> DrawnUnit:
        if not isinstance(unit.drawn, DrawnUnit):
            drawn = DrawnUnit()
            self._gather_grounds(drawn, unit, selected)
            self._gather_bars(drawn, unit, selected)
            self._gather_lines(drawn, unit, selected)
            self._gather_edges(drawn, unit)
            drawn.texts = [self._label(label) for label in unit.labels]
            for name in unit.names:
                drawn.names += self._name(name, gutter, selected)
            unit.drawn = drawn
        return unit.drawn

    def _gather_grounds(self, drawn: DrawnUnit, unit: UnitGeometry, selected: object) -> None:
        theme = self.theme
        order = sorted(unit.bands, key=lambda band: band.item.key == selected)
        for band in order:
            colour = theme.quote if band.item.mark.decided else theme.quote_suggested
            if band.item.key == selected:
                colour = theme.accent_tint
            path = box_ground(band.rect, RADIUS_CONTROL, band.opens, band.closes)
            drawn.grounds.append((path, QBrush(colour)))
        for box in unit.boxes:
            if box.item.mark.decided:
                colour = theme.tint(box.item.label.hue, box.item.label.strong)
                path = box_ground(box.rect, RADIUS_MARK, box.opens, box.closes)
                drawn.grounds.append((path, QBrush(colour)))

    def _gather_bars(self, drawn: DrawnUnit, unit: UnitGeometry, selected: object) -> None:
        for bar in unit.bars:
            path = QPainterPath()
            mark = bar.item.mark
            if bar.joint:
                path.addRect(bar.rect)
            else:
                for part in bar_parts(bar.rect, not mark.decided, mark.unsure):
                    path.addRoundedRect(part, 1.5, 1.5)
            colour = self.theme.accent if bar.item.key == selected else self.theme.bar
            drawn.bars.append((path, QBrush(colour)))

    def _gather_lines(self, drawn: DrawnUnit, unit: UnitGeometry, selected: object) -> None:
        paths: dict[tuple[Role, bool], QPainterPath] = {}
        for line in unit.underlines:
            path = paths.setdefault((line.role, line.item.key == selected), QPainterPath())
            inset = 0.75 if line.role is Role.CUE else 0.0
            path.moveTo(line.left + QPointF(inset, 0))
            path.lineTo(line.right)
        for (role, chosen), path in paths.items():
            drawn.lines.append((path, self._line_pen(role, chosen)))

    def _line_pen(self, role: Role, chosen: bool) -> QPen:
        colour = self.theme.accent if chosen else self.theme.bar
        if role is Role.CUE:
            return dots(colour, 2, 4.5) if chosen else dots(colour, 1.5, 4)
        if role is Role.SPEAKER:
            return pen(colour, 2 if chosen else 1.2, (5, 3))
        return pen(colour, 1)

    def _gather_edges(self, drawn: DrawnUnit, unit: UnitGeometry) -> None:
        previous: tuple[object, ...] = ()
        for box in unit.boxes:
            key, line = self._edge_pen(box)
            path = box_edge(half_pixel(box.rect), RADIUS_MARK, box.opens, box.closes)
            if key == previous:
                drawn.edges[-1][0].addPath(path)
            else:
                drawn.edges.append((path, line))
            previous = key

    def _edge_pen(self, box: Box) -> tuple[tuple[object, ...], QPen]:
        mark = box.item.mark
        ink = self.theme.ink(box.item.label.hue)
        if mark.decided:
            opacity, pattern = (1.0 if box.crossing else _DECIDED_EDGE), ()
        else:
            opacity = 1.0 if box.crossing else self._suggested_edge
            pattern = (1, 2) if mark.unsure else (3, 2)
        return (ink.rgb(), opacity, pattern), pen(faded(ink, opacity), 1, pattern)

    def _label(self, label: LabelText) -> tuple[QPointF, str, QFont, QColor]:
        item = label.item
        ink = self.theme.ink(item.label.hue) if isinstance(item, SpanItem) else self.theme.accent
        return label.place, label.text, self._label_fonts[is_strong(item)], ink

    def _name(self, name: MarginName, gutter: float, selected: object) -> list[tuple[QPointF, str, QFont, QColor]]:
        right = name.right - NAME_DISTANCE
        words = _name_words(name.items, selected)
        width = right + gutter - 8
        lines = _wrap(words, width, self._name_font)
        result = []
        for number, line in enumerate(lines):
            x = right - sum(QFontMetricsF(self._name_font(item, sel)).horizontalAdvance(t) for t, item, sel in line)
            for text, item, sel in line:
                font = self._name_font(item, sel)
                place = QPointF(x, name.baseline + number * _NAME_LINE)
                result.append((place, text, font, self._name_colour(item, sel)))
                x += QFontMetricsF(font).horizontalAdvance(text)
        return result

    def _name_font(self, item: QuotationItem, chosen: bool) -> QFont:
        font = chrome_font(SIZE_SMALL, semibold=chosen)
        if not chosen and item.mark.decided:
            font.setWeight(QFont.Weight.Medium)
        return font

    def _name_colour(self, item: QuotationItem, chosen: bool) -> QColor:
        if chosen:
            return self.theme.accent
        return self.theme.text2 if item.mark.decided else self.theme.text3


NameWord = tuple[str, QuotationItem, bool]


def _name_words(items: tuple[QuotationItem, ...], selected: object) -> list[NameWord]:
    """Names as words with the quotation that colours them; one name once, different ones parted by a dot."""
    by_name: dict[str, QuotationItem] = {}
    for item in items:
        if item.name not in by_name or item.key == selected:
            by_name[item.name] = item
    words: list[NameWord] = []
    for number, (name, item) in enumerate(by_name.items()):
        if number:
            words.append(("·", item, False))
        full = f"{name} ?" if item.mark.unsure else name
        words += [(word, item, item.key == selected) for word in full.split()]
    return words


def _wrap(words: list[NameWord], width: float, font: Callable[[QuotationItem, bool], QFont]) -> list[list[NameWord]]:
    """Words on one line, or on two if they do not fit; what does not fit on the second is cut."""
    lines: list[list[NameWord]] = [[]]
    used = 0.0
    for number, (text, item, chosen) in enumerate(words):
        metrics = QFontMetricsF(font(item, chosen))
        piece = f" {text}" if lines[-1] else text
        advance = metrics.horizontalAdvance(piece)
        if used + advance > width and lines[-1] and len(lines) == 1:
            lines.append([])
            used, piece = 0.0, text
            advance = metrics.horizontalAdvance(piece)
        if used + advance > width:
            _cut(lines[-1], words[number:], width, metrics)
            return lines
        lines[-1].append((piece, item, chosen))
        used += advance
    return lines


def _cut(line: list[NameWord], rest: list[NameWord], width: float, metrics: QFontMetricsF) -> None:
    """Put what is left of a name at the end of its last line, cut with an ellipsis."""
    before, item, chosen = line.pop() if line else ("", *rest[0][1:])
    used = sum(metrics.horizontalAdvance(text) for text, _, _ in line)
    words = " ".join(filter(None, (before, *(text for text, _, _ in rest))))
    line.append((metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, width - used)), item, chosen))


def _label_font(size: int, strong: bool) -> QFont:
    """The label's font, its capitals as tall as Inter's at ``size``: other faces have lower ones."""
    font = chrome_font(size, semibold=strong)
    tallness = QFontMetricsF(chrome_font(100)).capHeight() / 100
    font.setPixelSize(max(size, round(size * _CAPITALS / tallness)))
    if not strong:
        font.setWeight(QFont.Weight.Medium)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _LABEL_SPACING)
    return font


def _draw_texts(painter: QPainter, texts: list[tuple[QPointF, str, QFont, QColor]]) -> None:
    font = None
    for place, text, wanted, colour in texts:
        if wanted is not font:
            painter.setFont(wanted)
            font = wanted
        painter.setPen(colour)
        painter.drawText(place, text)
