"""Which marks touch a stretch of the document, in Qt positions, at a cost that does not grow with the text.

Marks lie in buckets of equal width; an edit replaces only the marks that differ. It must not know layout or
painting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from annotator.domain.marks import QuotationMark, SpanFields, SpanMark, Stretch
from annotator.domain.scheme import Hue, Label
from annotator.gui.text.positions import TextPositions

_WIDTH_BITS = 9
UNKNOWN_LABEL = Label(-1, "?", "?", Hue.NUMBERS, False)


class Role(StrEnum):
    """Which stretch of a mark is meant; a span has only one."""

    SPAN = ""
    CONTENT = "content"
    CUE = "cue"
    SPEAKER = "speaker"


@dataclass(slots=True, eq=False)
class SpanItem:
    """A span in Qt positions. Never changed; not frozen because 20,000 are made at once."""

    key: UUID
    start: int
    end: int
    mark: SpanMark
    label: Label


@dataclass(frozen=True, slots=True, eq=False)
class QuotationItem:
    """A quotation in Qt positions; ``start`` to ``end`` covers all its stretches, cue and speaker too."""

    key: UUID
    start: int
    end: int
    mark: QuotationMark
    name: str
    content: tuple[Stretch, ...]
    cue: tuple[Stretch, ...]
    speaker: Stretch | None

    @property
    def content_start(self) -> int:
        """Where its bar starts."""
        return self.content[0].start

    @property
    def content_end(self) -> int:
        """Where its bar ends."""
        return self.content[-1].end

    def stretches(self) -> Iterator[tuple[Role, int, Stretch]]:
        """Every stretch with its role and index."""
        for index, part in enumerate(self.content):
            yield Role.CONTENT, index, part
        for index, part in enumerate(self.cue):
            yield Role.CUE, index, part
        if self.speaker is not None:
            yield Role.SPEAKER, 0, self.speaker


ItemT = TypeVar("ItemT", SpanItem, QuotationItem)


class Buckets(Generic[ItemT]):
    """Items by key, found by the stretch that they touch."""

    def __init__(self) -> None:
        self.items: dict[UUID, ItemT] = {}
        self._buckets: dict[int, list[ItemT]] = {}

    def add(self, item: ItemT) -> None:
        """Put an item in; one with the same key must have been removed before."""
        self.items[item.key] = item
        for number in _numbers(item.start, item.end):
            self._buckets.setdefault(number, []).append(item)

    def remove(self, key: UUID) -> ItemT:
        """Take an item out."""
        item = self.items.pop(key)
        for number in _numbers(item.start, item.end):
            self._buckets[number].remove(item)
        return item

    def touching(self, start: int, end: int) -> list[ItemT]:
        """Items that share a character with ``[start, end)``, by start, longer first."""
        found: dict[UUID, ItemT] = {}
        for number in _numbers(start, end):
            for item in self._buckets.get(number, ()):
                if item.start < end and item.end > start:
                    found[item.key] = item
        return sorted(found.values(), key=lambda item: (item.start, -item.end, item.key.int))


def _numbers(start: int, end: int) -> range:
    return range(start >> _WIDTH_BITS, (max(start, end - 1) >> _WIDTH_BITS) + 1)


class MarkIndex:
    """The marks of one document."""

    def __init__(self, positions: TextPositions) -> None:
        self._positions = positions
        self._labels: dict[int, Label] = {}
        self.spans: Buckets[SpanItem] = Buckets()
        self.quotations: Buckets[QuotationItem] = Buckets()

    def update(
        self,
        spans: Sequence[SpanMark],
        quotations: Sequence[QuotationMark],
        labels: Mapping[int, Label],
        speakers: Mapping[UUID, str],
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Take over the marks; return the changed stretches of spans and of quotations, in Qt positions."""
        same_labels = labels == self._labels
        self._labels = dict(labels)
        return (
            self._update_spans(spans, same_labels),
            self._update_quotations(quotations, speakers),
        )

    def change(
        self, changed: Mapping[UUID, SpanMark | QuotationMark | None], speakers: Mapping[UUID, str]
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Take over only these marks (None: gone), labels as before; returns what ``update`` returns."""
        fresh_spans: list[SpanItem] = []
        fresh_quotations: list[QuotationItem] = []
        for key, mark in changed.items():
            if mark is None or _rejected(mark):
                continue
            if isinstance(mark.fields, SpanFields):
                fresh_spans.append(self._span_item(mark))  # type: ignore[arg-type]
            elif mark.fields.content:
                fresh_quotations.append(self._quotation_item(mark, speakers.get(key, "")))  # type: ignore[arg-type]
        kept = {item.key for item in (*fresh_spans, *fresh_quotations)}
        return (
            _replace(self.spans, [key for key in changed if key in self.spans.items and key not in kept], fresh_spans),
            _replace(
                self.quotations,
                [key for key in changed if key in self.quotations.items and key not in kept],
                fresh_quotations,
            ),
        )

    def _update_spans(self, marks: Iterable[SpanMark], same_labels: bool) -> list[tuple[int, int]]:
        old = self.spans.items
        if not old:
            return _replace(self.spans, (), [self._span_item(mark) for mark in marks if not _rejected(mark)])
        seen: set[UUID] = set()
        fresh: list[SpanItem] = []
        for mark in marks:
            if _rejected(mark):
                continue
            seen.add(mark.key)
            before = old.get(mark.key)
            if before is None or not same_labels or not (before.mark is mark or before.mark == mark):
                fresh.append(self._span_item(mark))
        return _replace(self.spans, old.keys() - seen, fresh)

    def _span_item(self, mark: SpanMark) -> SpanItem:
        to_qt = self._positions.to_qt
        label = self._labels.get(mark.fields.label, UNKNOWN_LABEL)
        return SpanItem(mark.key, to_qt(mark.fields.start), to_qt(mark.fields.end), mark, label)

    def _update_quotations(self, marks: Iterable[QuotationMark], speakers: Mapping[UUID, str]) -> list[tuple[int, int]]:
        old = self.quotations.items
        seen: set[UUID] = set()
        fresh: list[QuotationItem] = []
        for mark in marks:
            if _rejected(mark) or not mark.fields.content:
                continue
            seen.add(mark.key)
            before = old.get(mark.key)
            name = speakers.get(mark.key, "")
            if before is None or before.name != name or not (before.mark is mark or before.mark == mark):
                fresh.append(self._quotation_item(mark, name))
        return _replace(self.quotations, old.keys() - seen, fresh)

    def _quotation_item(self, mark: QuotationMark, name: str) -> QuotationItem:
        def convert(stretch: Stretch) -> Stretch:
            return Stretch(self._positions.to_qt(stretch.start), self._positions.to_qt(stretch.end))

        content = tuple(sorted(map(convert, mark.fields.content)))
        cue = tuple(map(convert, mark.fields.cue))
        speaker = convert(mark.fields.speaker) if mark.fields.speaker else None
        everything = [*content, *cue, *([speaker] if speaker else [])]
        return QuotationItem(
            mark.key,
            min(each.start for each in everything),
            max(each.end for each in everything),
            mark,
            name,
            content,
            cue,
            speaker,
        )

    def __getitem__(self, key: UUID) -> SpanItem | QuotationItem:
        return self.spans.items[key] if key in self.spans.items else self.quotations.items[key]

    def get(self, key: UUID | None) -> SpanItem | QuotationItem | None:
        """The item with this key, or None."""
        if key is None:
            return None
        return self.spans.items.get(key) or self.quotations.items.get(key)


def _rejected(mark: SpanMark | QuotationMark) -> bool:
    return mark.decision is not None and mark.decision.rejected


def _replace(buckets: Buckets[ItemT], gone: Iterable[UUID], fresh: Sequence[ItemT]) -> list[tuple[int, int]]:
    changed: list[tuple[int, int]] = []
    again = [item.key for item in fresh if item.key in buckets.items] if buckets.items else []
    for key in [*gone, *again]:
        item = buckets.remove(key)
        changed.append((item.start, item.end))
    for item in fresh:
        buckets.add(item)
        changed.append((item.start, item.end))
    return changed
