"""Reading a line of ``annotator/1``: every field is checked, every reference followed, nothing converted in silence.

Writing is ``annotator_write``; both are offered by ``annotator_jsonl``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import TypeAlias, TypeVar
from uuid import UUID

from annotator.domain.marks import Entity, Origin, OriginKind, QuotationType, SpeakerState, Status, Verdict
from annotator.domain.quotations import quotation_type
from annotator.domain.records import (
    DocumentRecord,
    JSONValue,
    MarkRecords,
    QuotationOriginal,
    QuotationRecord,
    SpanOriginal,
    SpanRecord,
)
from annotator.domain.text import CanonicalText
from annotator.formats.fields import Fields
from annotator.formats.frame import Frame
from annotator.formats.ids import Ids
from annotator.formats.metadata import read_metadata
from annotator.formats.order import QUOTATION_CHANGES, SPAN_CHANGES, by_place, by_type
from annotator.formats.problems import CORRECT_LINE, Unreadable

_EXACT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_UNDECIDED = (None, Verdict.PENDING)
Item = TypeVar("Item", bound=SpanRecord | QuotationRecord)
Place: TypeAlias = tuple[int, int, str, UUID]


def read_document(values: Mapping[str, JSONValue]) -> tuple[DocumentRecord, CanonicalText]:
    """The record of a line, and how its text became canonical.

    Raises:
        Unreadable: a field is missing or wrong; the sentence names it.
    """
    line = Fields(values)
    frame = Frame(line)
    annotator, number = line.optional_text("annotator"), line.integer("round", 1)
    if number < 1:
        raise line.bad("round", "1 or more")
    reader = _LineReader(line, frame, Ids(line.identifier("id"), frame.raw, annotator, number))
    decided, suggestions, rejected = reader.marks()
    record = DocumentRecord(
        id=line.identifier("id"),
        text=frame.canonical.text,
        meta=read_metadata(line),
        annotator=annotator,
        round=number,
        status=line.choice("status", Status) or Status.NEW,
        flagged=line.flag("flagged"),
        note=line.optional_text("note"),
        updated=_time(line),
        decided=decided,
        entities=tuple(sorted(reader.entities.values(), key=lambda entity: entity.id)),
        suggestions=suggestions,
        rejected=rejected,
    )
    return record, frame.canonical


class _LineReader:
    """Reads the marks of one line; ``entities`` are those that it declares, by the id that the line uses."""

    def __init__(self, line: Fields, frame: Frame, ids: Ids) -> None:
        self._line = line
        self._frame = frame
        self._ids = ids
        self.entities: dict[str, Entity] = {}
        for item in line.items("entities"):
            self._declare(item)

    def _declare(self, item: Fields) -> None:
        key = item.identifier("id") or item.words("name")
        if key in self.entities:
            raise Unreadable(f"{item.name('id')} stands twice among the entities.", CORRECT_LINE)
        self.entities[key] = Entity(
            id=self._ids.given("entity", key),
            name=item.words("name"),
            type=item.words("type"),
            aliases=item.names("aliases"),
            kb_id=item.optional_text("kb_id"),
        )

    def marks(self) -> tuple[MarkRecords, MarkRecords, MarkRecords]:
        """Decided, pending and rejected marks: an item of the main lists goes where its verdict says."""
        apart, out = self._line.inner("suggestions"), self._line.inner("rejected")
        spans = _sorted_out(
            self._group(self._line, "spans", self._span, None),
            self._group(apart, "spans", self._span, Verdict.PENDING),
            self._group(out, "spans", self._span, Verdict.REJECTED),
            by_place,
        )
        quotations = _sorted_out(
            self._group(self._line, "quotations", self._quotation, None),
            self._group(apart, "quotations", self._quotation, Verdict.PENDING),
            self._group(out, "quotations", self._quotation, Verdict.REJECTED),
            by_type,
        )
        decided, pending, rejected = map(MarkRecords, spans, quotations)
        return decided, pending, rejected

    def _group(
        self, holder: Fields, key: str, read: Callable[[Fields, Verdict | None], Item], only: Verdict | None
    ) -> list[Item]:
        return [read(fields, self._verdict(fields, only)) for fields in holder.items(key)]

    def _verdict(self, item: Fields, only: Verdict | None) -> Verdict | None:
        verdict = item.choice("verdict", Verdict)
        if only is not None and verdict not in (None, only):
            raise item.bad("verdict", f'"{only}" here')
        if verdict is Verdict.CHANGED and not item.has("original"):
            what = f'{item.name("original")} is missing, although the verdict is "changed".'
            raise Unreadable(what, CORRECT_LINE)
        if verdict is None or only is not None:
            return only or Verdict.PENDING
        return verdict

    def _span(self, item: Fields, verdict: Verdict | None) -> SpanRecord:
        stretch, label = self._frame.stretch(item), item.words("label")
        original = None
        if item.has("original"):
            before = item.inner("original")
            place = self._frame.stretch(before)
            original = SpanOriginal(place.start, place.end, before.words("label"))
        return SpanRecord(
            id=self._ids.item("span", item.identifier("id"), verdict, stretch, label),
            start=stretch.start,
            end=stretch.end,
            label=label,
            origin=_origin(item),
            entity=self._entity(item, "entity"),
            note=item.optional_text("note"),
            verdict=verdict,
            changed=_changed(item, SPAN_CHANGES),
            original=original,
        )

    def _quotation(self, item: Fields, verdict: Verdict | None) -> QuotationRecord:
        said = self._said(item)
        original = self._said(item.inner("original")) if item.has("original") else None
        return QuotationRecord(
            id=self._ids.item("quotation", item.identifier("id"), verdict, *said.content),
            type=said.type,
            content=said.content,
            origin=_origin(item),
            cue=said.cue,
            speaker=said.speaker,
            speaker_entity=said.speaker_entity,
            speaker_state=said.speaker_state,
            note=item.optional_text("note"),
            verdict=verdict,
            changed=_changed(item, QUOTATION_CHANGES),
            original=original,
        )

    def _said(self, item: Fields) -> QuotationOriginal:
        content = tuple(sorted(map(self._frame.stretch, item.items("content"))))
        if not content:
            raise Unreadable(f"{item.name('content')} is empty; a quotation needs a part.", CORRECT_LINE)
        if any(one.overlaps(other) for one, other in pairwise(content)):
            raise Unreadable(f"{item.name('content')} has parts that overlap.", CORRECT_LINE)
        entity = self._entity(item, "speaker_entity")
        state = SpeakerState.NAMED if entity else SpeakerState.UNKNOWN
        return QuotationOriginal(
            content=content,
            cue=tuple(sorted(map(self._frame.stretch, item.items("cue")))),
            speaker=self._frame.stretch(item.inner("speaker")) if item.has("speaker") else None,
            speaker_entity=entity,
            speaker_state=item.choice("speaker_state", SpeakerState) or state,
            type=item.choice("type", QuotationType) or quotation_type(self._frame.canonical.text, content),
        )

    def _entity(self, item: Fields, key: str) -> UUID | None:
        identifier = item.identifier(key)
        if not identifier:
            return None
        if identifier not in self.entities:
            raise Unreadable(f"{item.name(key)} is not among the line's entities.", CORRECT_LINE)
        return self.entities[identifier].id


def _sorted_out(
    main: list[Item], apart: list[Item], out: list[Item], order: Callable[[Item], Place]
) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]:
    pending = [*apart, *(item for item in main if item.verdict in _UNDECIDED)]
    rejected = [*out, *(item for item in main if item.verdict is Verdict.REJECTED)]
    decided = [item for item in main if item.verdict not in (*_UNDECIDED, Verdict.REJECTED)]
    return _ordered(decided, order), _ordered(pending, order), _ordered(rejected, order)


def _ordered(items: list[Item], order: Callable[[Item], Place]) -> tuple[Item, ...]:
    seen: set[UUID] = set()
    for item in items:
        if item.id in seen:
            raise Unreadable(f"The id {item.id} stands twice among marks of one kind.", CORRECT_LINE)
        seen.add(item.id)
    return tuple(sorted(items, key=order))


def _origin(item: Fields) -> Origin:
    if not item.has("origin"):
        return Origin(OriginKind.IMPORTED, "annotator")
    origin = item.inner("origin")
    kind, score = origin.choice("kind", OriginKind), origin.number("score")
    if kind is None:
        raise origin.bad("kind", f"one of {', '.join(OriginKind)}")
    if score is not None and not 0 <= score <= 1:
        raise origin.bad("score", "between 0 and 1")
    version, rule = origin.optional_text("version"), origin.optional_text("rule")
    return Origin(kind, origin.text("name"), version, rule, score)


def _changed(item: Fields, known: tuple[str, ...]) -> tuple[str, ...]:
    names = item.names("changed")
    for name in names:
        if name not in known:
            raise item.bad("changed", f"a list of {', '.join(known)}")
    return tuple(name for name in known if name in names)


def _time(line: Fields) -> str | None:
    """A time in UTC with milliseconds: as it stands if it is one, else converted."""
    value = line.optional_text("updated")
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise line.bad("updated", "a time such as 2026-11-24T10:00:00.000Z") from None
    if _EXACT.fullmatch(value):
        return value
    if moment.tzinfo is None:
        raise line.bad("updated", "a time with its zone, such as 2026-11-24T10:00:00.000Z")
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
