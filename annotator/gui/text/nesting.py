"""How spans lie to one another: how far a box grows around those inside it, and which boxes cross. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from annotator.gui.text.metrics import GROWTH_LEVELS


class Extent(Protocol):
    """Anything with a key and a stretch."""

    @property
    def key(self) -> UUID: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


ExtentT = TypeVar("ExtentT", bound=Extent)


def nesting(items: Sequence[Extent]) -> tuple[dict[UUID, int], set[UUID]]:
    """Levels of growth (0 to 3) by key, and the keys of those that cross another.

    ``items`` must come by start, longer first; of two equal stretches the first is the outer one.
    """
    levels = {item.key: 0 for item in items}
    crossing: set[UUID] = set()
    open_items: list[Extent] = []
    parents: list[tuple[Extent, Extent]] = []
    for item in items:
        open_items = [other for other in open_items if other.end > item.start]
        around = [other for other in open_items if other.end >= item.end]
        for other in open_items:
            if other.end < item.end and other.start < item.start:
                crossing.update((other.key, item.key))
        if around:
            parents.append((around[-1], item))
        open_items.append(item)
    for outer, inner in reversed(parents):
        levels[outer.key] = min(GROWTH_LEVELS, max(levels[outer.key], levels[inner.key] + 1))
    return levels, crossing


def assign_lanes(extents: Sequence[tuple[UUID, tuple[int, int], tuple[int, int]]]) -> dict[UUID, int]:
    """A lane for each bar, so that no two bars in one lane share a line.

    Each is (key, first line, last line), a line being (block number, line number), in order of the text.
    """
    lanes: dict[UUID, int] = {}
    busy: list[tuple[int, int]] = []
    for key, first, last in extents:
        lane = next((number for number, until in enumerate(busy) if until < first), len(busy))
        busy[lane:] = [last, *busy[lane + 1 :]]
        lanes[key] = lane
    return lanes


def place_labels(wanted: Sequence[tuple[float, float]], right_edge: float, gap: float) -> list[float]:
    """Where labels on one line start: each is (x wanted, width), by x; pushed right, pulled left at the edge."""
    places: list[float] = []
    free = float("-inf")
    for x, width in wanted:
        places.append(max(x, free))
        free = places[-1] + width + gap
    limit = right_edge
    for number in range(len(places) - 1, -1, -1):
        places[number] = min(places[number], limit - wanted[number][1])
        limit = places[number] - gap
    return places
