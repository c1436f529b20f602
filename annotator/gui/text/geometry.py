"""What is to be drawn for a unit of lines: boxes, bands, bars, underlines, labels, names, and what can be hit.

Everything is block-local, so it outlives scrolling and is kept until layout, zoom or a mark in it changes. It
knows where things are, not how they are coloured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF

from annotator.domain.marks import Stretch
from annotator.gui.text.index import QuotationItem, Role, SpanItem
from annotator.gui.text.lines import Line, Piece, pieces
from annotator.gui.text.metrics import (
    BAND_PAD,
    BAR_DISTANCE,
    BAR_INSET,
    BAR_WIDTH,
    BOX_LEFT,
    BOX_RIGHT,
    GROWTH,
    LABEL_GAP,
    LABEL_NARROW,
    LANE,
    NAME_DISTANCE,
    TypeMetrics,
)
from annotator.gui.text.nesting import nesting, place_labels

_NAME_WIDTH = 90
"""How much of the margin beside a quotation's first line can be clicked as its name."""


@dataclass(frozen=True, slots=True)
class Box:
    """An entity's box on one line; its ends are open where the mark goes on on another line."""

    item: SpanItem
    rect: QRectF
    opens: bool
    closes: bool
    crossing: bool
    piece: Piece


@dataclass(frozen=True, slots=True)
class Band:
    """A quotation's ground on one line."""

    item: QuotationItem
    rect: QRectF
    opens: bool
    closes: bool
    piece: Piece


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a quotation's bar, or (``joint``) the thin line between two of them."""

    item: QuotationItem
    rect: QRectF
    joint: bool


@dataclass(frozen=True, slots=True)
class Underline:
    """A cue's or speaker's line; role CONTENT stands for the thin line that joins the two."""

    item: QuotationItem
    role: Role
    left: QPointF
    right: QPointF


@dataclass(frozen=True, slots=True)
class LabelText:
    """A label in the lane under a line; ``item`` is the quotation for CUE and SPEAKER."""

    item: SpanItem | QuotationItem
    text: str
    place: QPointF
    width: float


@dataclass(frozen=True, slots=True)
class MarginName:
    """Names of the quotations that start on one line; ``right`` and the baseline give their place."""

    items: tuple[QuotationItem, ...]
    right: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a mark can be clicked. ``depth`` orders: spans before cue and speaker before content."""

    rect: QRectF
    key: UUID
    role: Role
    index: int
    depth: tuple[int, int]


@dataclass(slots=True)
class UnitGeometry:
    """All that stands on one unit of lines."""

    height: float
    boxes: list[Box] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    underlines: list[Underline] = field(default_factory=list)
    labels: list[LabelText] = field(default_factory=list)
    names: list[MarginName] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    drawn: object = None
    """What the painter keeps between two paintings."""


@dataclass(frozen=True, slots=True)
class UnitInput:
    """What a unit's geometry is computed from.

    ``block_start`` and ``block_end`` are the block's Qt positions, ``space_below`` the distance from the last
    line's band to the next block's first.
    """

    lines: Sequence[Line]
    block_start: int
    block_end: int
    space_below: float
    column_width: float
    metrics: TypeMetrics
    spans: Sequence[SpanItem]
    quotations: Sequence[QuotationItem]
    lanes: Mapping[UUID, int]
    selected: UUID | None
    label_width: Callable[[str, bool], float]


def build_unit(given: UnitInput) -> UnitGeometry:
    """Measure everything that stands on the unit."""
    last = given.lines[-1].baseline if given.lines else 0.0
    geometry = UnitGeometry(last + given.metrics.pitch)
    wanted: dict[int, list[tuple[float, SpanItem | QuotationItem, str]]] = {}
    for quotation in given.quotations:
        _add_bands(geometry, given, quotation)
        _add_bars(geometry, given, quotation)
        _add_underlines(geometry, given, quotation, wanted)
    _add_names(geometry, given)
    _add_boxes(geometry, given, wanted)
    _add_labels(geometry, given, wanted)
    return geometry


def label_text(item: SpanItem) -> str:
    """What stands under a span: the label's short name, and whether the suggestion is unsure."""
    short = item.label.short or item.label.name
    short = (short if len(short) <= 14 else short[:13] + "…").upper()
    return f"{short} ?" if item.mark.unsure else short


def _words_rect(piece: Piece, metrics: TypeMetrics) -> QRectF:
    baseline = piece.line.baseline
    return QRectF(
        piece.left - BOX_LEFT,
        baseline - metrics.box_above,
        piece.right - piece.left + BOX_LEFT + BOX_RIGHT,
        metrics.box_above + metrics.box_below,
    )


def _add_boxes(
    geometry: UnitGeometry,
    given: UnitInput,
    wanted: dict[int, list[tuple[float, SpanItem | QuotationItem, str]]],
) -> None:
    levels, crossing = nesting(given.spans)
    for item in given.spans:
        grow = levels[item.key] * GROWTH
        label_line = _label_line(given.lines, item)
        for piece in pieces(given.lines, item.start, item.end):
            rect = _words_rect(piece, given.metrics).adjusted(
                -grow if piece.opens else 0, -grow, grow if piece.closes else 0, grow
            )
            geometry.boxes.append(Box(item, rect, piece.opens, piece.closes, item.key in crossing, piece))
            geometry.hits.append(Hit(rect, item.key, Role.SPAN, 0, (0, item.end - item.start)))
            if piece.line.number == label_line:
                wanted.setdefault(label_line, []).append((piece.left, item, label_text(item)))


def _add_bands(geometry: UnitGeometry, given: UnitInput, item: QuotationItem) -> None:
    metrics = given.metrics
    length = item.content_end - item.content_start
    for index, part in enumerate(item.content):
        for piece in pieces(given.lines, part.start, part.end):
            left = piece.left - BAND_PAD if piece.opens else -BAND_PAD
            right = (piece.right if piece.closes else given.column_width) + BAND_PAD
            top = piece.line.baseline - metrics.band_above
            rect = QRectF(left, top, right - left, metrics.pitch)
            geometry.bands.append(Band(item, rect, piece.opens, piece.closes, piece))
            geometry.hits.append(Hit(rect, item.key, Role.CONTENT, index, (2, length)))


def bar_left(lane: int) -> float:
    """Where the bar of a lane starts, from the column's left edge."""
    return -BAR_DISTANCE - lane * LANE


def _add_bars(geometry: UnitGeometry, given: UnitInput, item: QuotationItem) -> None:
    if not given.lines or item.content_start >= given.lines[-1].end or item.content_end <= given.lines[0].start:
        return
    left = bar_left(given.lanes.get(item.key, 0))
    segments = _segments(given, item)
    for top, bottom in segments:
        rect = QRectF(left, top, BAR_WIDTH, bottom - top)
        geometry.bars.append(Bar(item, rect, False))
        geometry.hits.append(Hit(rect.adjusted(-2, 0, 2, 0), item.key, Role.CONTENT, 0, (2, 0)))
    for top, bottom in _joints(given, item, segments):
        geometry.bars.append(Bar(item, QRectF(left + 1, top, 1, bottom - top), True))


def _segments(given: UnitInput, item: QuotationItem) -> list[tuple[float, float]]:
    metrics = given.metrics
    touched = sorted(
        {piece.line.number: piece.line for part in item.content for piece in _pieces(given, part)}.values(),
        key=lambda line: line.number,
    )
    runs: list[list[Line]] = []
    for line in touched:
        if runs and line.number == runs[-1][-1].number + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    first, last = given.lines[0], given.lines[-1]
    result = []
    for run in runs:
        goes_up = run[0] is first and first.start > max(given.block_start, item.content_start)
        goes_down = run[-1] is last and last.end < min(given.block_end, item.content_end)
        top = run[0].baseline - metrics.band_above + (0 if goes_up else BAR_INSET)
        bottom = run[-1].baseline - metrics.band_above + metrics.pitch - (0 if goes_down else BAR_INSET)
        result.append((top, bottom))
    return result


def _pieces(given: UnitInput, stretch: Stretch) -> list[Piece]:
    return list(pieces(given.lines, stretch.start, stretch.end))


def _joints(
    given: UnitInput, item: QuotationItem, segments: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    metrics, first, last = given.metrics, given.lines[0], given.lines[-1]
    ends = [
        *((first.baseline - metrics.band_above,) if item.content_start < first.start else ()),
        *(edge for segment in segments for edge in segment),
        *(
            (last.baseline - metrics.band_above + metrics.pitch + given.space_below,)
            if item.content_end > last.end
            else ()
        ),
    ]
    if item.content_start >= first.start:
        ends = ends[1:]
    pairs = zip(ends[0::2], ends[1::2], strict=False)
    return [(top, bottom) for top, bottom in pairs if bottom > top]


def _add_underlines(
    geometry: UnitGeometry,
    given: UnitInput,
    item: QuotationItem,
    wanted: dict[int, list[tuple[float, SpanItem | QuotationItem, str]]],
) -> None:
    by_line: dict[int, list[tuple[float, float, float]]] = {}
    for role, index, stretch in item.stretches():
        if role is Role.CONTENT:
            continue
        for piece in _pieces(given, stretch):
            y = piece.line.baseline + given.metrics.line_drop
            geometry.underlines.append(Underline(item, role, QPointF(piece.left, y), QPointF(piece.right, y)))
            rect = _words_rect(piece, given.metrics)
            geometry.hits.append(Hit(rect, item.key, role, index, (1, len(stretch))))
            by_line.setdefault(piece.line.number, []).append((piece.left, piece.right, y))
            if item.key == given.selected and piece.starts:
                wanted.setdefault(piece.line.number, []).append((piece.left, item, role.value.upper()))
    if item.key == given.selected:
        for stretches in by_line.values():
            stretches.sort()
            for (_, right, y), (left, _, _) in pairwise(stretches):
                if left > right:
                    geometry.underlines.append(Underline(item, Role.CONTENT, QPointF(right, y), QPointF(left, y)))


def _add_labels(
    geometry: UnitGeometry,
    given: UnitInput,
    wanted: Mapping[int, list[tuple[float, SpanItem | QuotationItem, str]]],
) -> None:
    baselines = {line.number: line.baseline for line in given.lines}
    for number, labels in wanted.items():
        labels.sort(key=lambda label: (label[0], isinstance(label[1], QuotationItem)))
        widths = [given.label_width(text, is_strong(item)) for _, item, text in labels]
        places = place_labels(
            [(x, width) for (x, _, _), width in zip(labels, widths, strict=True)],
            given.column_width + BAND_PAD,
            LABEL_GAP,
        )
        y = baselines[number] + given.metrics.label_drop
        for (_, item, text), x, width in zip(labels, places, widths, strict=True):
            geometry.labels.append(LabelText(item, text, QPointF(x, y), width))


def is_strong(item: SpanItem | QuotationItem) -> bool:
    """Whether a label is set semi-bold: a decided span, or CUE and SPEAKER."""
    return isinstance(item, QuotationItem) or item.mark.decided


def _add_names(geometry: UnitGeometry, given: UnitInput) -> None:
    for line in given.lines:
        starting = tuple(item for item in given.quotations if line.start <= item.content_start < line.end and item.name)
        if not starting:
            continue
        lanes = [
            given.lanes.get(item.key, 0)
            for item in given.quotations
            if item.content_start < line.end and item.content_end > line.start
        ]
        name = MarginName(starting, bar_left(max(lanes)), line.baseline)
        geometry.names.append(name)
        rect = QRectF(name.right - NAME_DISTANCE - _NAME_WIDTH, line.baseline - 12, _NAME_WIDTH, 16)
        geometry.hits += [Hit(rect, item.key, Role.CONTENT, 0, (2, 0)) for item in starting]


def _label_line(lines: Sequence[Line], item: SpanItem) -> int:
    """The line for the label: the first, or the longest if that is too narrow; -1 if it starts elsewhere."""
    found = list(pieces(lines, item.start, item.end))
    if not found or not found[0].starts:
        return -1
    if found[0].right - found[0].left >= LABEL_NARROW:
        return found[0].line.number
    return max(found, key=lambda piece: piece.right - piece.left).line.number
