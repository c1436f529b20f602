"""What changes without a new geometry: handles and outline of the selected mark, hover, tick lines, previews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import floor

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from annotator.domain.marks import Stretch
from annotator.gui.text.geometry import bar_left
from annotator.gui.text.index import QuotationItem, Role
from annotator.gui.text.lines import Piece
from annotator.gui.text.metrics import (
    BAR_INSET,
    BAR_WIDTH,
    BOX_LEFT,
    BOX_RIGHT,
    HANDLE_DISTANCE,
    HANDLE_WIDTH,
    TICK,
    TypeMetrics,
)
from annotator.gui.text.page import Page, PlacedUnit
from annotator.gui.text.painting import MarkPainter
from annotator.gui.text.shapes import pen
from annotator.gui.theme import Theme


def handle_rects(units: Iterable[PlacedUnit], page: Page) -> Iterator[QRectF]:
    """The handles of the selected mark, in document coordinates."""
    for unit in units:
        metrics = page.unit_metrics(unit)
        marked = (*unit.geometry.boxes, *unit.geometry.bands)
        for each in marked:
            if each.item.key == page.selected:
                for rect in _piece_handles(each.piece, metrics):
                    yield rect.translated(unit.origin)


def _piece_handles(piece: Piece, metrics: TypeMetrics) -> Iterator[QRectF]:
    top = piece.line.baseline - metrics.handle_above
    height = metrics.handle_above + metrics.handle_below
    ends = (
        (piece.opens, piece.left - HANDLE_DISTANCE),
        (piece.closes, piece.right + HANDLE_DISTANCE),
    )
    for here, x in ends:
        if here:
            yield QRectF(x - HANDLE_WIDTH / 2, top, HANDLE_WIDTH, height)


def paint_handles(painter: QPainter, theme: Theme, units: Sequence[PlacedUnit], page: Page) -> None:
    """Draw the handles; they lie under the glyphs."""
    path = QPainterPath()
    for rect in handle_rects(units, page):
        path.addRoundedRect(rect, HANDLE_WIDTH / 2, HANDLE_WIDTH / 2)
    painter.fillPath(path, theme.accent)


def paint_boxes(painter: QPainter, units: Sequence[PlacedUnit], page: Page, marks: MarkPainter, hover: object) -> None:
    """The solid edge under the pointer and the outline of the selected span."""
    for unit in units:
        painter.save()
        painter.translate(unit.origin)
        for box in unit.geometry.boxes:
            if box.item.key == hover:
                marks.hover(painter, box)
            if box.item.key == page.selected:
                marks.outline(painter, box)
        painter.restore()


def paint_ticks(painter: QPainter, theme: Theme, page: Page, item: QuotationItem, column: float) -> None:
    """Thin lines from the bar to a cue or speaker that lies on a line beyond it."""
    parts = [
        (origin.y() + piece.line.baseline - metrics.band_above, metrics.pitch)
        for part in (item.content[0], item.content[-1])
        for origin, metrics, piece in page.stretch_pieces(part.start, part.end)
    ]
    if not parts:
        return
    top = min(y for y, _ in parts) + BAR_INSET
    bottom = max(y + pitch for y, pitch in parts) - BAR_INSET
    x = column + bar_left(page.lane(item.key)) + BAR_WIDTH / 2
    painter.setPen(pen(theme.accent, 1))
    for y in _outside(page, item):
        middle = floor(y) + 0.5
        if not top <= y <= bottom:
            painter.drawLine(QPointF(x, top if y < top else bottom), QPointF(x, middle))
            painter.drawLine(QPointF(x, middle), QPointF(x + TICK, middle))


def _outside(page: Page, item: QuotationItem) -> Iterator[float]:
    for role, _, stretch in item.stretches():
        if role is not Role.CONTENT:
            for origin, metrics, piece in page.stretch_pieces(stretch.start, stretch.end):
                yield origin.y() + piece.line.baseline + metrics.line_drop


def piece_rects(page: Page, start: int, end: int) -> Iterator[tuple[QRectF, Piece]]:
    """The rectangles of a stretch (Qt positions) in document coordinates, as boxes have them."""
    for origin, metrics, piece in page.stretch_pieces(start, end):
        rect = QRectF(
            piece.left - BOX_LEFT,
            piece.line.baseline - metrics.box_above,
            piece.right - piece.left + BOX_LEFT + BOX_RIGHT,
            metrics.box_above + metrics.box_below,
        )
        yield rect.translated(origin), piece


def paint_previews(painter: QPainter, page: Page, marks: MarkPainter, stretches: Iterable[Stretch]) -> None:
    """Outlines of mentions that would be marked too (Qt positions)."""
    for stretch in stretches:
        for rect, piece in piece_rects(page, stretch.start, stretch.end):
            marks.preview(painter, rect, piece.opens, piece.closes)


def paint_found(painter: QPainter, theme: Theme, page: Page, stretches: Iterable[Stretch]) -> None:
    """The ground of search hits (Qt positions)."""
    for stretch in stretches:
        for rect, _ in piece_rects(page, stretch.start, stretch.end):
            painter.fillRect(rect.adjusted(1, 0, 0, 0), theme.find)
