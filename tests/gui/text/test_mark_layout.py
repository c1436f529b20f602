"""The pure parts of drawing marks: nesting, lanes, label places, the index."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import Qt

from annotator.domain.marks import Decision, Mark, Origin, OriginKind, SpanFields
from annotator.domain.scheme import Hue, Label
from annotator.gui.text.index import Buckets, MarkIndex
from annotator.gui.text.metrics import page_metrics
from annotator.gui.text.nesting import assign_lanes, nesting, place_labels
from annotator.gui.text.positions import TextPositions
from annotator.gui.text.shapes import bar_parts
from annotator.gui.text.tips import plain

LABELS = {1: Label(1, "PERSON", "PER", Hue.PEOPLE, True)}


@dataclass(frozen=True)
class Extent:
    key: UUID
    start: int
    end: int


def extents(*pairs: tuple[int, int]) -> list[Extent]:
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    return [Extent(UUID(int=number), *pair) for number, pair in enumerate(ordered)]


def test_an_outer_box_grows_one_level_for_each_level_inside_it_at_most_three() -> None:
    items = extents((0, 50), (0, 40), (5, 30), (6, 20), (7, 10))
    levels, crossing = nesting(items)
    assert [levels[item.key] for item in items] == [3, 3, 2, 1, 0]
    assert crossing == set()


def test_boxes_that_cross_are_told_from_boxes_that_nest() -> None:
    items = extents((0, 10), (5, 15), (20, 30), (22, 25))
    levels, crossing = nesting(items)
    assert crossing == {items[0].key, items[1].key}
    assert [levels[item.key] for item in items] == [0, 0, 1, 0]


def test_of_two_labels_on_one_stretch_one_is_drawn_around_the_other() -> None:
    items = extents((3, 9), (3, 9))
    assert sorted(nesting(items)[0].values()) == [0, 1]


lines = st.tuples(st.integers(0, 5), st.integers(0, 4))


@given(st.lists(st.tuples(lines, lines), max_size=12))
def test_no_two_bars_in_one_lane_share_a_line(pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    bars = [(UUID(int=number), *sorted(pair)) for number, pair in enumerate(sorted(map(sorted, pairs)))]
    lanes = assign_lanes(bars)
    for key, first, last in bars:
        for other, first2, last2 in bars:
            if key != other and lanes[key] == lanes[other]:
                assert last < first2 or last2 < first


def test_a_single_quotation_takes_the_lane_next_to_the_text() -> None:
    assert assign_lanes([(UUID(int=1), (0, 0), (0, 2))]) == {UUID(int=1): 0}


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(1, 60)), max_size=8))
def test_labels_on_a_line_never_overlap_and_end_at_the_columns_edge(wanted: list[tuple[float, float]]) -> None:
    wanted.sort()
    places = place_labels(wanted, 560, 5)
    boxes = [(x, x + width) for x, (_, width) in zip(places, wanted, strict=True)]
    assert all(right + 5 <= left + 1e-6 for (_, right), (left, _) in pairwise(boxes))
    assert all(right <= 560 + 1e-6 for _, right in boxes)


def test_a_label_with_room_stands_where_its_box_starts() -> None:
    assert place_labels([(10, 30), (100, 30)], 560, 5) == [10, 100]
    assert place_labels([(10, 30), (20, 30)], 560, 5) == [10, 45]
    assert place_labels([(550, 30)], 560, 5) == [530]


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 1500)), max_size=30), st.integers(0, 4000))
def test_the_index_finds_what_touches_a_stretch(pairs: list[tuple[int, int]], start: int) -> None:
    buckets: Buckets = Buckets()
    items = extents(*((low, low + length) for low, length in pairs))
    for item in items:
        buckets.add(item)
    for item in items[::3]:
        buckets.remove(item.key)
    kept = [item for number, item in enumerate(items) if number % 3]
    end = start + 40
    assert buckets.touching(start, end) == [item for item in kept if item.start < end and item.end > start]


def span(number: int, start: int, end: int, *, rejected: bool = False) -> Mark[SpanFields]:
    key, fields, origin = UUID(int=number), SpanFields(start, end, 1), Origin(OriginKind.PIPELINE, "p")
    decision = Decision(key, fields, origin, key, fields, rejected=True) if rejected else None
    return Mark(key, fields, origin, decision)


def test_an_update_reports_only_what_changed() -> None:
    index = MarkIndex(TextPositions("x" * 100))
    marks = [span(1, 0, 5), span(2, 10, 15), span(3, 20, 25)]
    assert len(index.update(marks, [], LABELS, {})[0]) == 3
    assert index.update([span(1, 0, 5), *marks[1:]], [], dict(LABELS), {}) == ([], [])
    assert index.update([marks[0], span(2, 11, 15)], [], LABELS, {})[0] == [(20, 25), (10, 15), (11, 15)]


def test_a_rejected_mark_is_not_shown() -> None:
    index = MarkIndex(TextPositions("x" * 100))
    index.update([span(1, 0, 5, rejected=True)], [], LABELS, {})
    assert index.get(UUID(int=1)) is None


@given(st.floats(3, 400))
def test_a_dashed_bar_fills_its_height_with_whole_dashes(height: float) -> None:
    parts = list(bar_parts(QRectF(0, 10, 3, height), dashed=True, dotted=False))
    assert parts[0].top() == 10
    assert abs(parts[-1].bottom() - (10 + height)) < 1e-6


def test_measures_at_the_default_size_are_the_looks(qtbot) -> None:
    metrics = page_metrics(17)
    body = metrics.body
    assert (body.pitch, body.box_above, body.box_below, body.band_above) == (34, 16, 6, 20)
    assert (body.label_drop, body.line_drop, body.handle_above, body.handle_below) == (15, 4.5, 18, 8)
    assert (metrics.gap, metrics.label_size, metrics.title.size) == (12, 9, 24)


def test_small_type_keeps_room_for_labels(qtbot) -> None:
    for size in (10, 12, 14, 17, 24, 40):
        body = page_metrics(size).body
        assert body.pitch >= 1.25 * size + 11
        assert body.label_drop < body.pitch - body.box_above


def test_a_tooltip_shows_markup_as_it_is_written() -> None:
    for hostile in ("<img src=x><b>y", "&lt;b&gt;", "<script>", "Tom & Jerry"):
        assert not Qt.mightBeRichText(plain(hostile))
        assert plain(hostile).replace("\u2060", "") == hostile
