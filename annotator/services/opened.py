"""The open document as the annotator sees it: rows, marks, persons. No Qt, no thread, no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from annotator.domain.edits import Row, RowKey, Table
from annotator.domain.marks import (
    Entity,
    Person,
    QuotationDecision,
    QuotationMark,
    SpanDecision,
    SpanMark,
    SpeakerState,
    Stretch,
)
from annotator.domain.pending import quotation_marks, span_marks
from annotator.domain.persons import persons_of
from annotator.domain.rows import AnnotationSet, quotation_from_row, set_from_row, span_from_row
from annotator.storage.documents import Article
from annotator.storage.runs import Suggestions


class OpenDocument:
    """One article with its suggestions and my decisions; ``spans`` and ``quotations`` are the marks shown."""

    def __init__(
        self,
        article: Article,
        suggestions: Suggestions,
        rows: dict[RowKey, Row],
        register: Mapping[UUID, Entity],
        person_labels: frozenset[int],
        failure: str | None,
    ) -> None:
        self.article = article
        self.suggestions = suggestions
        self.rows = rows
        self.failure = failure
        self._register = register
        self._person_labels = person_labels
        self._decoded: dict[RowKey, tuple[Row, SpanDecision | QuotationDecision]] = {}
        self.spans: list[SpanMark] = []
        self.quotations: list[QuotationMark] = []
        self.persons: list[Person] = []
        self._by_key: dict[UUID, SpanMark | QuotationMark] = {}
        self._proposed: dict[UUID, Entity] = {}
        self.refresh()

    @property
    def id(self) -> int:
        """The document's row id."""
        return self.article.id

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.article.text

    @property
    def annotation_set(self) -> AnnotationSet | None:
        """My set on this document; None while it is new."""
        for (table, id_), row in self.rows.items():
            if table is Table.SET:
                return set_from_row(id_, row)
        return None

    def refresh(self) -> None:
        """Derive the marks and persons anew, after rows or suggestions changed."""
        spans: list[SpanDecision] = []
        quotations: list[QuotationDecision] = []
        for key, row in self.rows.items():
            decision = self._decision(key, row)
            if isinstance(decision, SpanDecision):
                spans.append(decision)
            elif isinstance(decision, QuotationDecision):
                quotations.append(decision)
        self._proposed = {entity.id: entity for entity in self.suggestions.entities}
        self.spans = span_marks(self.suggestions.spans, spans)
        self.quotations = quotation_marks(self.suggestions.quotations, quotations)
        self._by_key = {mark.key: mark for mark in self.spans} | {mark.key: mark for mark in self.quotations}
        people = [mark for mark in self.spans if mark.fields.label in self._person_labels]
        self.persons = persons_of(self.text, people, self.quotations, self.entity)

    def _decision(self, key: RowKey, row: Row) -> SpanDecision | QuotationDecision | None:
        """The decision of a row; one that did not change since is not read again."""
        known = self._decoded.get(key)
        if known and known[0] is row:
            return known[1]
        if key[0] is Table.SPAN:
            decision: SpanDecision | QuotationDecision = span_from_row(key[1], row)
        elif key[0] is Table.QUOTATION:
            decision = quotation_from_row(key[1], row)
        else:
            return None
        self._decoded[key] = (row, decision)
        return decision

    def entity(self, id_: UUID | None) -> Entity | None:
        """An entity of the register, or one that a run proposed here."""
        if id_ is None:
            return None
        return self._register.get(id_) or self._proposed.get(id_)

    def mark(self, key: UUID | None) -> SpanMark | QuotationMark | None:
        """The mark shown under a key."""
        return self._by_key.get(key) if key else None

    def in_order(self) -> list[SpanMark | QuotationMark]:
        """All marks by start, longer first; at one stretch a quotation before a span."""
        marks: list[SpanMark | QuotationMark] = [*self.quotations, *self.spans]
        return sorted(marks, key=lambda mark: (mark.fields.start, -mark.fields.end))

    def open_keys(self) -> list[UUID]:
        """Keys of the suggestions without a decision, in order."""
        return [mark.key for mark in self.in_order() if not mark.decided]

    @property
    def decided_and_all(self) -> tuple[int, int]:
        """How many marks are decided, and how many there are."""
        decided = sum(mark.decided for mark in self.spans) + sum(mark.decided for mark in self.quotations)
        return decided, len(self.spans) + len(self.quotations)

    def neighbour(self, key: UUID | None, step: int, *, after: int = 0) -> UUID | None:
        """The next or previous mark in order, wrapping around; from offset ``after`` where nothing is selected."""
        marks = self.in_order()
        if not marks:
            return None
        index = next((i for i, mark in enumerate(marks) if mark.key == key), None)
        if index is None:
            beyond = [i for i, mark in enumerate(marks) if mark.fields.start >= after]
            if step > 0:
                return marks[beyond[0] if beyond else 0].key
            return marks[(beyond[0] if beyond else len(marks)) - 1].key
        return marks[(index + step) % len(marks)].key

    def next_open(self, key: UUID | None) -> UUID | None:
        """The next suggestion without a decision behind a mark, wrapping around; None if nothing is open."""
        marks = self.in_order()
        index = next((i for i, mark in enumerate(marks) if mark.key == key), -1)
        around = [*marks[index + 1 :], *marks[: index + 1]]
        return next((mark.key for mark in around if not mark.decided and mark.key != key), None)

    def spans_at(self, stretch: Stretch) -> list[SpanMark]:
        """Spans on exactly this stretch."""
        return [mark for mark in self.spans if mark.fields.stretch == stretch]

    def speaker_name(self, mark: QuotationMark) -> str:
        """What stands in the margin: the person's name, else the mention's words, else what is known."""
        fields = mark.fields
        entity = self.entity(fields.entity)
        words = " ".join(fields.speaker.slice(self.text).split()) if fields.speaker else ""
        if fields.state is SpeakerState.AUTHOR:
            return "Author"
        if fields.state is SpeakerState.UNNAMED:
            return words or "Unnamed"
        if entity and fields.state is not SpeakerState.UNKNOWN:
            return entity.name
        return (entity.name if entity else words) or "No speaker"
