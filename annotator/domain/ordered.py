"""Marks kept in order of the text: neighbours and what is next are found without going through all of them.

The order is by start, longer first, a quotation before a span, then by key. A list that was handed out never
changes: every change makes a new one. It must not know where marks come from.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable
from typing import Any, Generic, TypeAlias, TypeVar

from annotator.domain.marks import QuotationMark, SpanMark

MarkT = TypeVar("MarkT", bound=SpanMark | QuotationMark)
Place: TypeAlias = tuple[int, int, int, int]


def place_of(mark: SpanMark | QuotationMark) -> Place:
    """Where a mark stands in the order."""
    fields = mark.fields
    return fields.start, -fields.end, int(isinstance(mark, SpanMark)), mark.key.int


def _first(pair: tuple[Place, object]) -> Place:
    return pair[0]


class OrderedMarks(Generic[MarkT]):
    """Marks in order; no two have the same key."""

    def __init__(self, marks: Iterable[MarkT] = ()) -> None:
        pairs = sorted(((place_of(mark), mark) for mark in marks), key=_first)
        self._places = [place for place, _ in pairs]
        self.marks: list[MarkT] = [mark for _, mark in pairs]

    @classmethod
    def merged(cls, *lists: OrderedMarks[Any]) -> OrderedMarks[Any]:
        """The marks of several lists in one."""
        return cls._of(sorted((pair for each in lists for pair in each._pairs()), key=_first))

    def only(self, wanted: Callable[[MarkT], bool]) -> OrderedMarks[MarkT]:
        """Those that are wanted."""
        return self._of([pair for pair in self._pairs() if wanted(pair[1])])

    @classmethod
    def _of(cls, pairs: list[tuple[Place, Any]]) -> OrderedMarks[Any]:
        result: OrderedMarks[Any] = cls()
        result._places, result.marks = [place for place, _ in pairs], [mark for _, mark in pairs]
        return result

    def _pairs(self) -> Iterable[tuple[Place, MarkT]]:
        return zip(self._places, self.marks, strict=True)

    def __len__(self) -> int:
        return len(self._places)

    def change(self, gone: Collection[MarkT], come: Collection[MarkT]) -> None:
        """Take marks out and put others in; many at once are sorted anew."""
        if not gone and not come:
            return
        if len(gone) + len(come) > 64:
            out = {mark.key for mark in gone}
            self.__init__([*(mark for mark in self.marks if mark.key not in out), *come])  # type: ignore[misc]
            return
        self.marks = self.marks.copy()
        for mark in gone:
            index = bisect_left(self._places, place_of(mark))
            del self._places[index], self.marks[index]
        for mark in come:
            place = place_of(mark)
            index = bisect_left(self._places, place)
            self._places.insert(index, place)
            self.marks.insert(index, mark)

    def index(self, mark: SpanMark | QuotationMark) -> int:
        """Where a mark stands, or would stand."""
        return bisect_left(self._places, place_of(mark))

    def first_from(self, start: int) -> int:
        """The index of the first mark that starts at ``start`` or behind it."""
        return bisect_left(self._places, (start,))

    def after(self, mark: SpanMark | QuotationMark) -> MarkT | None:
        """The first mark behind one (which need not be among these), wrapping around; never that one itself."""
        if not self.marks:
            return None
        found = self.marks[bisect_right(self._places, place_of(mark)) % len(self.marks)]
        return None if found.key == mark.key else found

    def on(self, start: int, end: int) -> list[MarkT]:
        """The marks that start and end just there."""
        low = bisect_left(self._places, (start, -end))
        high = bisect_left(self._places, (start, -end + 1))
        return self.marks[low:high]
