"""What is laid out where: visible units of lines, their geometry and its cache, lanes, hits.

One page belongs to one document and one width; it turns the index's marks into geometry on demand and forgets
what an edit or a new layout made wrong. It must not know the widget: it gets the part to show in document
coordinates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument

from annotator.gui.text.geometry import Hit, UnitGeometry, UnitInput, build_unit
from annotator.gui.text.index import MarkIndex, QuotationItem
from annotator.gui.text.lines import LINES_PER_UNIT, Piece, pieces, unit_lines
from annotator.gui.text.metrics import PageMetrics, TypeMetrics
from annotator.gui.text.nesting import assign_lanes
from annotator.gui.text.painting import MarkPainter

_SLACK = 48.0
"""How far around the exposed part units are painted: bands and labels reach beyond their lines."""

_CLUSTER_BLOCKS = 60


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit's geometry and the place of its block's top left corner in the document."""

    origin: QPointF
    geometry: UnitGeometry
    first: int
    block: int


class Page:
    """The geometry of one document's marks."""

    def __init__(self, document: QTextDocument, index: MarkIndex) -> None:
        self._document = document
        self.index = index
        self.column_width = 0.0
        self.ratio = 1.0
        self.title_end = 0
        self.selected: UUID | None = None
        self._metrics: PageMetrics | None = None
        self._painter: MarkPainter | None = None
        self._units: dict[tuple[int, int], UnitGeometry] = {}
        self._lanes: dict[UUID, int] = {}

    def configure(self, metrics: PageMetrics, painter: MarkPainter, column_width: float, ratio: float) -> None:
        """Take over new measures; everything is forgotten."""
        self._metrics, self._painter = metrics, painter
        self.column_width, self.ratio = column_width, ratio
        self.forget()

    def forget(self) -> None:
        """Drop all geometry."""
        self._units.clear()
        self._lanes.clear()

    def forget_stretches(self, changed: Sequence[tuple[int, int]]) -> None:
        """Drop the geometry of the blocks that the stretches (Qt positions) touch."""
        if len(changed) > 200:
            self._units.clear()
            return
        numbers: set[int] = set()
        for start, end in changed:
            block = self._document.findBlock(start)
            while block.isValid() and block.position() < max(end, start + 1):
                numbers.add(block.blockNumber())
                block = block.next()
        for key in [key for key in self._units if key[0] in numbers]:
            del self._units[key]

    def forget_lanes(self) -> None:
        """Drop the bars' lanes and all geometry: a quotation came, went or moved."""
        self.forget()

    def block_top(self, block: QTextBlock) -> QPointF:
        """The top left corner of a block in the document; lays out as far as that if needed."""
        return self._document.documentLayout().blockBoundingRect(block).topLeft()

    def line_top(self, position: int) -> float:
        """Where the line that holds a Qt position starts, in document coordinates."""
        block = self._document.findBlock(position)
        top = self.block_top(block).y()
        line = block.layout().lineForTextPosition(position - block.position())
        return top + line.y() if line.isValid() else top

    def type_metrics(self, block: QTextBlock) -> TypeMetrics:
        """The measures that hold in a block."""
        assert self._metrics is not None
        return self._metrics.title if block.position() < self.title_end else self._metrics.body

    def unit_metrics(self, unit: PlacedUnit) -> TypeMetrics:
        """The measures that hold in a unit."""
        return self.type_metrics(self._document.findBlockByNumber(unit.block))

    def lane(self, key: UUID) -> int:
        """The lane of a quotation that was painted."""
        return self._lanes.get(key, 0)

    def visible(self, area: QRectF) -> Iterator[PlacedUnit]:
        """The units that may draw inside ``area`` (document coordinates), from the top."""
        layout = self._document.documentLayout()
        top, bottom = area.top() - _SLACK, area.bottom() + _SLACK
        position = layout.hitTest(QPointF(area.left(), max(0.0, top)), Qt.HitTestAccuracy.FuzzyHit)
        block = self._document.findBlock(max(0, position))
        # Above the first line of a long text, in the top margin, Qt answers with a block far below.
        while block.previous().isValid() and self.block_top(block).y() > top:
            block = block.previous()
        while block.isValid():
            origin = self.block_top(block)
            if origin.y() > bottom:
                return
            yield from self._block_units(block, origin, top, bottom)
            block = block.next()

    def _block_units(self, block: QTextBlock, origin: QPointF, top: float, bottom: float) -> Iterator[PlacedUnit]:
        pitch = self.type_metrics(block).pitch
        count = block.layout().lineCount()
        low = max(0, int((top - origin.y()) / pitch) - 2)
        high = min(count, int((bottom - origin.y()) / pitch) + 2)
        for number in range(low // LINES_PER_UNIT, (max(low, high - 1)) // LINES_PER_UNIT + 1):
            first = number * LINES_PER_UNIT
            if first < count:
                yield PlacedUnit(origin, self._unit(block, first), first, block.blockNumber())

    def _unit(self, block: QTextBlock, first: int) -> UnitGeometry:
        key = (block.blockNumber(), first)
        unit = self._units.get(key)
        if unit is None:
            unit = self._units[key] = self._build(block, first)
        return unit

    def _build(self, block: QTextBlock, first: int) -> UnitGeometry:
        assert self._painter is not None
        lines = unit_lines(block, first, first + LINES_PER_UNIT, self.ratio)
        start, end = lines[0].start, lines[-1].end
        quotations = self.index.quotations.touching(start, max(end, start + 1))
        last = first + LINES_PER_UNIT >= block.layout().lineCount()
        given = UnitInput(
            lines=lines,
            block_start=block.position(),
            block_end=block.position() + block.length() - 1,
            space_below=self._space_below(block) if last else 0.0,
            column_width=self.column_width,
            metrics=self.type_metrics(block),
            spans=self.index.spans.touching(start, max(end, start + 1)),
            quotations=quotations,
            lanes=self._lanes_for(block, quotations),
            selected=self.selected,
            label_width=self._painter.label_width,
        )
        return build_unit(given)

    def _space_below(self, block: QTextBlock) -> float:
        """From the band of the block's last line to the band of the next block's first line."""
        following = block.next()
        if not following.isValid():
            return 0.0
        edges = []
        for each, number in ((block, block.layout().lineCount() - 1), (following, 0)):
            top = self.block_top(each).y()
            lines = unit_lines(each, max(0, number), number + 1, self.ratio)
            baseline = lines[0].baseline if lines else 0.0
            edges.append(top + baseline - self.type_metrics(each).band_above)
        return max(0.0, edges[1] - edges[0] - self.type_metrics(block).pitch)

    def _lanes_for(self, block: QTextBlock, quotations: Sequence[QuotationItem]) -> dict[UUID, int]:
        if any(item.key not in self._lanes for item in quotations):
            self._lanes.update(assign_lanes(self._extents(self._cluster(block))))
        return self._lanes

    def _cluster(self, block: QTextBlock) -> list[QuotationItem]:
        """The quotations of the blocks that hang together with ``block`` through quotations."""
        start, end = block.position(), block.position() + block.length()
        for _ in range(_CLUSTER_BLOCKS):
            found = self.index.quotations.touching(start, end)
            low = min((item.content_start for item in found), default=start)
            low = self._document.findBlock(low).position()
            if low >= start:
                break
            start = low
        return [item for item in self.index.quotations.touching(start, end) if item.content_start < end]

    def _extents(self, quotations: Sequence[QuotationItem]) -> list[tuple[UUID, tuple[int, int], tuple[int, int]]]:
        ordered = sorted(quotations, key=lambda item: (item.content_start, -item.content_end, item.key.int))
        return [(item.key, self._line_of(item.content_start), self._line_of(item.content_end - 1)) for item in ordered]

    def _line_of(self, position: int) -> tuple[int, int]:
        block = self._document.findBlock(position)
        if block.layout().lineCount() == 0:
            self.block_top(block)
        line = block.layout().lineForTextPosition(position - block.position())
        return block.blockNumber(), line.lineNumber() if line.isValid() else 0

    def stretch_pieces(self, start: int, end: int) -> Iterator[tuple[QPointF, TypeMetrics, Piece]]:
        """The pieces of a stretch (Qt positions) with their block's corner and measures."""
        block = self._document.findBlock(start)
        while block.isValid() and block.position() < end:
            origin = self.block_top(block)
            layout = block.layout()
            low = layout.lineForTextPosition(max(0, start - block.position()))
            first = low.lineNumber() if low.isValid() else 0
            last_position = min(end - 1 - block.position(), block.length() - 1)
            high = layout.lineForTextPosition(last_position)
            last = high.lineNumber() + 1 if high.isValid() else layout.lineCount()
            for piece in pieces(unit_lines(block, first, last, self.ratio), start, end):
                yield origin, self.type_metrics(block), piece
            block = block.next()

    def hits(self, point: QPointF) -> list[Hit]:
        """What lies under a point (document coordinates): spans inner first, then cue, speaker, content."""
        found: dict[tuple[UUID, str, int], Hit] = {}
        for unit in self.visible(QRectF(point, point)):
            local = point - unit.origin
            for hit in unit.geometry.hits:
                if hit.rect.contains(local):
                    found.setdefault((hit.key, hit.role, hit.index), hit)
        return sorted(found.values(), key=lambda hit: hit.depth)
