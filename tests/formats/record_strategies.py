"""Arbitrary valid records in their canonical order, as a database would hand them to the writer."""

from uuid import UUID

from hypothesis import strategies as st

from annotator.domain.marks import (
    Entity,
    Origin,
    OriginKind,
    QuotationType,
    SpeakerState,
    Status,
    Stretch,
    Verdict,
)
from annotator.domain.records import (
    DocumentRecord,
    MarkRecords,
    Metadata,
    QuotationOriginal,
    QuotationRecord,
    SpanOriginal,
    SpanRecord,
)
from annotator.domain.text import canonicalise
from annotator.formats.metadata import KEYS
from annotator.formats.order import QUOTATION_CHANGES, SPAN_CHANGES, by_place, by_type

ALPHABET = st.one_of(
    st.sampled_from('ab “”’\n\u00a0é́😀👩‍👩‍👧🇩🇪\u202e\u200b\ufeff\u2028\t\x07"\\'),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
)
WORDS = st.text(ALPHABET, max_size=8)
NAMES = st.text(ALPHABET, min_size=1, max_size=8).filter(lambda text: text.strip() != "")
MAYBE = st.none() | WORDS
UUIDS = st.integers(1, 2**128 - 1).map(lambda number: UUID(int=number))
SCORES = st.none() | st.integers(0, 10_000).map(lambda number: number / 10_000)
EXTRAS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
TIMES = st.datetimes().map(lambda moment: f"{moment.isoformat(timespec='milliseconds')}Z")
ORIGINS = st.builds(Origin, st.sampled_from(OriginKind), WORDS, MAYBE, MAYBE, SCORES)


@st.composite
def stretches(draw: st.DrawFn, text: str) -> Stretch:
    start = draw(st.integers(0, len(text) - 1))
    return Stretch(start, draw(st.integers(start + 1, len(text))))


@st.composite
def parts(draw: st.DrawFn, text: str) -> tuple[Stretch, ...]:
    """Content parts: in order, none overlapping, at least one."""
    places = st.integers(0, len(text))
    borders = sorted(draw(st.lists(places, min_size=2, max_size=6, unique=True)))
    return tuple(Stretch(*pair) for pair in zip(borders[::2], borders[1::2], strict=False))


def changes(known: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(known)).map(lambda found: tuple(name for name in known if name in found))


@st.composite
def spans(draw: st.DrawFn, text: str, entities: list[Entity], verdict: Verdict) -> SpanRecord:
    place, before = draw(stretches(text)), draw(stretches(text))
    original = SpanOriginal(before.start, before.end, draw(NAMES))
    return SpanRecord(
        id=draw(UUIDS),
        start=place.start,
        end=place.end,
        label=draw(NAMES),
        origin=draw(ORIGINS),
        entity=draw(st.sampled_from([None, *(entity.id for entity in entities)])),
        note=draw(MAYBE),
        verdict=verdict,
        changed=draw(changes(SPAN_CHANGES)),
        original=original if verdict is Verdict.CHANGED or draw(st.booleans()) else None,
    )


@st.composite
def said(draw: st.DrawFn, text: str, entities: list[Entity]) -> QuotationOriginal:
    return QuotationOriginal(
        content=draw(parts(text)),
        cue=tuple(sorted(draw(st.lists(stretches(text), max_size=2)))),
        speaker=draw(st.none() | stretches(text)),
        speaker_entity=draw(st.sampled_from([None, *(entity.id for entity in entities)])),
        speaker_state=draw(st.sampled_from(SpeakerState)),
        type=draw(st.sampled_from(QuotationType)),
    )


@st.composite
def quotations(draw: st.DrawFn, text: str, entities: list[Entity], verdict: Verdict) -> QuotationRecord:
    now, before = draw(said(text, entities)), draw(said(text, entities))
    return QuotationRecord(
        id=draw(UUIDS),
        type=now.type,
        content=now.content,
        origin=draw(ORIGINS),
        cue=now.cue,
        speaker=now.speaker,
        speaker_entity=now.speaker_entity,
        speaker_state=now.speaker_state,
        note=draw(MAYBE),
        verdict=verdict,
        changed=draw(changes(QUOTATION_CHANGES)),
        original=before if verdict is Verdict.CHANGED or draw(st.booleans()) else None,
    )


@st.composite
def marks(draw: st.DrawFn, text: str, entities: list[Entity], verdicts: list[Verdict]) -> MarkRecords:
    def some(kind: object) -> object:
        one = st.sampled_from(verdicts).flatmap(lambda verdict: kind(text, entities, verdict))  # type: ignore[operator]
        return draw(st.lists(one, max_size=3, unique_by=lambda item: item.id))

    return MarkRecords(tuple(sorted(some(spans), key=by_place)), tuple(sorted(some(quotations), key=by_type)))


@st.composite
def records(draw: st.DrawFn) -> DocumentRecord:
    """A record as storage makes it: entities are those that its marks refer to."""
    text = draw(st.text(ALPHABET, min_size=2, max_size=40).map(lambda raw: canonicalise("Ab" + raw).text))
    entity = st.builds(Entity, UUIDS, NAMES, NAMES, st.lists(WORDS, max_size=2).map(tuple), MAYBE)
    entities = draw(st.lists(entity, max_size=3, unique_by=lambda entity: entity.id))
    decided = draw(marks(text, entities, [Verdict.ACCEPTED, Verdict.CHANGED, Verdict.ADDED]))
    suggestions = draw(marks(text, entities, [Verdict.PENDING]))
    rejected = draw(marks(text, entities, [Verdict.REJECTED]))
    used = set().union(*map(referred, (decided, suggestions, rejected)))
    known = {key: draw(MAYBE) for key in KEYS}
    extra = draw(st.dictionaries(WORDS.filter(lambda key: key not in KEYS), EXTRAS, max_size=3))
    return DocumentRecord(
        id=draw(WORDS),
        text=text,
        meta=Metadata(**known, extra=extra),
        annotator=draw(MAYBE),
        round=draw(st.integers(1, 9)),
        status=draw(st.sampled_from(Status)),
        flagged=draw(st.booleans()),
        note=draw(MAYBE),
        updated=draw(st.none() | TIMES),
        decided=decided,
        entities=tuple(sorted((entity for entity in entities if entity.id in used), key=lambda entity: entity.id)),
        suggestions=suggestions,
        rejected=rejected,
    )


def referred(marks: MarkRecords) -> set[UUID]:
    found = {span.entity for span in marks.spans}
    found.update(one.speaker_entity for one in marks.quotations)
    found.update(one.original.speaker_entity for one in marks.quotations if one.original)
    return found - {None}
