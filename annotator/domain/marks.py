"""Spans, quotations, suggestions and decisions: what stands on a text, and who put it there.

A *suggestion* is what a run proposed and never changes. A *decision* is what the annotator keeps, or a
rejection; it points at its suggestion and keeps a copy of it. A *mark* is what the window shows: a decision
that was not rejected, or a suggestion that no decision hides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

UNSURE_BELOW = 0.5
"""A suggestion with a score below this is shown as unsure; no score is shown as suggested."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A stretch ``[start, end)`` of a canonical text, in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def slice(self, text: str) -> str:
        """The words of this stretch."""
        return text[self.start : self.end]

    def overlaps(self, other: Stretch) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Stretch) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class OriginKind(StrEnum):
    """What kind of source proposed or made a mark."""

    PIPELINE = "pipeline"
    RULE = "rule"
    MEMORY = "memory"
    IMPORTED = "imported"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a mark comes from: the run's kind, name and version, the rule in it, and its score (0 to 1)."""

    kind: OriginKind
    name: str
    version: str | None = None
    rule: str | None = None
    score: float | None = None


class SpeakerState(StrEnum):
    """What is known of a quotation's speaker."""

    NAMED = "named"
    UNNAMED = "unnamed"
    AUTHOR = "author"
    UNKNOWN = "unknown"


class QuotationType(StrEnum):
    """How speech is reported: in marks, without marks, or partly in marks."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Verdict(StrEnum):
    """What an annotator did with a mark; PENDING for a suggestion without a decision."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    ADDED = "added"
    REJECTED = "rejected"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class SpanFields:
    """What a span says. ``label`` is a label's id in the scheme; ``entity`` an entity's id."""

    start: int
    end: int
    label: int
    entity: UUID | None = None

    @property
    def stretch(self) -> Stretch:
        """The labelled stretch."""
        return Stretch(self.start, self.end)

    def changed_from(self, original: SpanFields) -> tuple[str, ...]:
        """Names of what differs from ``original``: bounds, label (in this order)."""
        changed = []
        if (self.start, self.end) != (original.start, original.end):
            changed.append("bounds")
        if self.label != original.label:
            changed.append("label")
        return tuple(changed)


@dataclass(frozen=True, slots=True)
class QuotationFields:
    """What a quotation says: content (1..n parts), cue (0..n), speaker mention (0..1), speaker, type."""

    content: tuple[Stretch, ...]
    cue: tuple[Stretch, ...] = ()
    speaker: Stretch | None = None
    entity: UUID | None = None
    state: SpeakerState = SpeakerState.UNKNOWN
    type: QuotationType = QuotationType.INDIRECT

    @property
    def start(self) -> int:
        """Where the first content part starts."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """Where the last content part ends."""
        return self.content[-1].end

    def changed_from(self, original: QuotationFields) -> tuple[str, ...]:
        """Names of what differs from ``original``: content, cue, speaker, person, type (in this order)."""
        pairs = (
            ("content", self.content, original.content),
            ("cue", self.cue, original.cue),
            ("speaker", self.speaker, original.speaker),
            ("person", (self.entity, self.state), (original.entity, original.state)),
            ("type", self.type, original.type),
        )
        return tuple(name for name, mine, theirs in pairs if mine != theirs)


Fields = TypeVar("Fields", SpanFields, QuotationFields)


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[Fields]):
    """An immutable row that a run proposed for a document."""

    id: UUID
    fields: Fields
    origin: Origin
    run: int = 0


@dataclass(frozen=True, slots=True)
class Decision(Generic[Fields]):
    """A span or quotation that the annotator keeps, or the rejection of a suggestion.

    ``suggestion`` is the id of what it decides (None if added by hand) and ``original`` a copy of its fields.
    """

    id: UUID
    fields: Fields
    origin: Origin
    suggestion: UUID | None = None
    original: Fields | None = None
    rejected: bool = False
    note: str | None = None
    run: int | None = None

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of the fields in which it differs from what was suggested; a rejection changes none."""
        if self.original is None or self.rejected:
            return ()
        return self.fields.changed_from(self.original)

    @property
    def verdict(self) -> Verdict:
        """A pure function of the row."""
        if self.rejected:
            return Verdict.REJECTED
        if self.original is None:
            return Verdict.ADDED
        return Verdict.CHANGED if self.changed else Verdict.ACCEPTED


@dataclass(frozen=True, slots=True)
class Mark(Generic[Fields]):
    """What the window shows of a span or a quotation.

    ``key`` is the suggestion's id, or the decision's where it was added by hand: it stays the same through
    accepting, changing and undoing, so a selection survives.
    """

    key: UUID
    fields: Fields
    origin: Origin
    decision: Decision[Fields] | None = None
    suggestion: Suggestion[Fields] | None = None

    @property
    def decided(self) -> bool:
        """Whether the annotator has decided on it."""
        return self.decision is not None

    @property
    def unsure(self) -> bool:
        """Whether it is a suggestion with a low score."""
        return not self.decided and self.origin.score is not None and self.origin.score < UNSURE_BELOW

    @property
    def verdict(self) -> Verdict:
        """The decision's verdict, or PENDING."""
        return self.decision.verdict if self.decision else Verdict.PENDING

    @property
    def note(self) -> str | None:
        """The annotator's note on it."""
        return self.decision.note if self.decision else None


@dataclass(frozen=True, slots=True)
class SpanSuggestion(Suggestion[SpanFields]):
    """A span that a run proposed."""


@dataclass(frozen=True, slots=True)
class QuotationSuggestion(Suggestion[QuotationFields]):
    """A quotation that a run proposed."""


@dataclass(frozen=True, slots=True)
class SpanDecision(Decision[SpanFields]):
    """A decision on a span."""


@dataclass(frozen=True, slots=True)
class QuotationDecision(Decision[QuotationFields]):
    """A decision on a quotation."""


@dataclass(frozen=True, slots=True)
class SpanMark(Mark[SpanFields]):
    """A span as the window shows it."""

    decision: SpanDecision | None = None
    suggestion: SpanSuggestion | None = None


@dataclass(frozen=True, slots=True)
class QuotationMark(Mark[QuotationFields]):
    """A quotation as the window shows it."""

    decision: QuotationDecision | None = None
    suggestion: QuotationSuggestion | None = None


class Status(StrEnum):
    """Where an annotation set stands; a document without a set is NEW."""

    NEW = "new"
    IN_PROGRESS = "in progress"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place: in the project's register, or proposed by a run."""

    id: UUID
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    kb_id: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the open article who can be picked as a speaker, in order of first appearance.

    ``entity`` is the register's entity, or the run's proposed one, or None if only a name stands there;
    ``quotations`` counts the article's quotations by them.
    """

    name: str
    letter: str
    entity: UUID | None = None
    quotations: int = 0
    mentions: tuple[Stretch, ...] = field(default=(), repr=False)
