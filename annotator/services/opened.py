"""The open document as the annotator sees it: rows, marks, persons. No Qt, no thread, no SQL."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence
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
from annotator.domain.naming import NameGroup, name_groups
from annotator.domain.ordered import OrderedMarks
from annotator.domain.pending import QuotationBoard, SpanBoard
from annotator.domain.persons import PersonBoard
from annotator.domain.rows import AnnotationSet, quotation_from_row, set_from_row, span_from_row
from annotator.storage.documents import Article
from annotator.storage.runs import Suggestions

_REMEMBERED = 64
"""So many changes are remembered for those who follow them; who lags further behind takes over everything."""

AnyMark = SpanMark | QuotationMark


class OpenDocument:
    """One article with its suggestions and my decisions; ``spans`` and ``quotations`` are the marks shown.

    The lists that it hands out never change; a change makes new ones.
    """

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
        self.revision = 0
        self._log: deque[tuple[int, frozenset[UUID]]] = deque(maxlen=_REMEMBERED)
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
    def read(self) -> bool:
        """Whether a run has read it: else nothing is left open only because nothing was proposed yet."""
        return self.suggestions.runs > 0

    @property
    def annotation_set(self) -> AnnotationSet | None:
        """My set on this document; None while it is new."""
        row = self.rows.get((Table.SET, self._set)) if self._set else None
        return set_from_row(self._set, row) if self._set and row is not None else None

    # -- keeping up with rows

    def refresh(self) -> None:
        """Derive the marks and persons anew, after suggestions (or rows, nobody knows which) changed."""
        spans: list[SpanDecision] = []
        quotations: list[QuotationDecision] = []
        self._set: UUID | None = None
        for (table, id_), row in self.rows.items():
            if table is Table.SPAN:
                spans.append(span_from_row(id_, row))
            elif table is Table.QUOTATION:
                quotations.append(quotation_from_row(id_, row))
            elif table is Table.SET:
                self._set = id_
        self._proposed = {entity.id: entity for entity in self.suggestions.entities}
        self._spans = SpanBoard(self.suggestions.spans, spans)
        self._quotations = QuotationBoard(self.suggestions.quotations, quotations)
        self._ordered_spans = OrderedMarks(self._spans.marks.values())
        self._ordered_quotations = OrderedMarks(self._quotations.marks.values())
        self._ordered: OrderedMarks[AnyMark] = OrderedMarks.merged(self._ordered_quotations, self._ordered_spans)
        self._open = self._ordered.only(_is_open)
        self._names = {mark.key: self.speaker_name(mark) for mark in self.quotations}
        self._linked = {id_: self.entity(id_) for id_ in {mark.fields.entity for mark in self._ordered.marks}}
        self._persons = PersonBoard(self.text, self.entity)
        self._persons.change((), self._people(self.spans))
        self.persons: list[Person] = self._persons.persons(self.quotations)
        self._log.clear()
        self.revision += 1

    def refresh_rows(self, changed: Iterable[RowKey]) -> None:
        """Bring marks and persons up to the rows with these keys, which were put in, changed or taken out.

        Costs what the rows touch, not what the document holds.
        """
        spans: dict[UUID, SpanDecision | None] = {}
        quotations: dict[UUID, QuotationDecision | None] = {}
        entities = False
        for key in changed:
            (table, id_), row = key, self.rows.get(key)
            if table is Table.SPAN:
                spans[id_] = span_from_row(id_, row) if row is not None else None
            elif table is Table.QUOTATION:
                quotations[id_] = quotation_from_row(id_, row) if row is not None else None
            elif table is Table.SET:
                self._set = id_ if row is not None else None
            elif table is Table.ENTITY:
                entities = True
        self._take_over(spans, quotations, entities)

    def _take_over(
        self,
        spans: Mapping[UUID, SpanDecision | None],
        quotations: Mapping[UUID, QuotationDecision | None],
        entities: bool,
    ) -> None:
        gone_spans, new_spans = self._spans.change(spans)
        gone_quotations, new_quotations = self._quotations.change(quotations)
        self._ordered_spans.change(gone_spans, new_spans)
        self._ordered_quotations.change(gone_quotations, new_quotations)
        gone: list[AnyMark] = [*gone_spans, *gone_quotations]
        come: list[AnyMark] = [*new_spans, *new_quotations]
        self._ordered.change(gone, come)
        self._open.change(list(filter(_is_open, gone)), list(filter(_is_open, come)))
        touched = {mark.key for mark in (*gone, *come)}
        renamed = self._renamed(come, entities)
        touched |= self._name(gone_quotations, new_quotations, renamed)
        self._count_persons(gone_spans, new_spans, renamed, bool(gone_quotations or new_quotations))
        self.revision += 1
        self._log.append((self.revision, frozenset(touched)))

    def _renamed(self, come: Iterable[AnyMark], entities: bool) -> set[UUID | None]:
        """The entities that marks refer to and that are not what they were when this was asked last."""
        other = {id_ for id_, known in self._linked.items() if entities and self.entity(id_) != known}
        for id_ in (*other, *(mark.fields.entity for mark in come)):
            self._linked[id_] = self.entity(id_)
        return other

    def _name(
        self, gone: Iterable[QuotationMark], come: Iterable[QuotationMark], renamed: Container[UUID | None]
    ) -> set[UUID]:
        """Find speakers' names anew where they may have changed; the keys of the quotations that have others."""
        for mark in gone:
            self._names.pop(mark.key, None)
        for mark in come:
            self._names[mark.key] = self.speaker_name(mark)
        touched = set()
        for mark in self.quotations if renamed else ():
            name = self.speaker_name(mark) if mark.fields.entity in renamed else self._names[mark.key]
            if name != self._names[mark.key]:
                self._names[mark.key] = name
                touched.add(mark.key)
        return touched

    def _count_persons(
        self, gone: Sequence[SpanMark], come: Sequence[SpanMark], renamed: Container[UUID | None], said: bool
    ) -> None:
        new = {mark.key for mark in come}
        again = [
            mark
            for mark in (self._people(self.spans) if renamed else ())
            if mark.fields.entity in renamed and mark.key not in new
        ]
        gone, come = self._people([*gone, *again]), self._people([*come, *again])
        if gone or come or renamed or said:
            self._persons.change(gone, come)
            self.persons = self._persons.persons(self.quotations)

    def _people(self, spans: Iterable[SpanMark]) -> list[SpanMark]:
        return [mark for mark in spans if mark.fields.label in self._person_labels]

    def changed_since(self, revision: int) -> frozenset[UUID] | None:
        """The keys of the marks that came, changed or went since a revision; None where everything may have."""
        if revision == self.revision:
            return frozenset()
        if not self._log or self._log[0][0] > revision + 1:
            return None
        return frozenset().union(*(keys for number, keys in self._log if number > revision))

    # -- what there is

    @property
    def spans(self) -> list[SpanMark]:
        """The spans shown, in order."""
        return self._ordered_spans.marks

    @property
    def quotations(self) -> list[QuotationMark]:
        """The quotations shown, in order."""
        return self._ordered_quotations.marks

    def entity(self, id_: UUID | None) -> Entity | None:
        """An entity of the register, or one that a run proposed here."""
        if id_ is None:
            return None
        return self._register.get(id_) or self._proposed.get(id_)

    def mark(self, key: UUID | None) -> AnyMark | None:
        """The mark shown under a key."""
        if key is None:
            return None
        return self._spans.marks.get(key) or self._quotations.marks.get(key)

    def in_order(self) -> list[AnyMark]:
        """All marks by start, longer first; at one stretch a quotation before a span."""
        return self._ordered.marks

    def open_keys(self) -> list[UUID]:
        """Keys of the suggestions without a decision, in order."""
        return [mark.key for mark in self._open.marks]

    @property
    def left_open(self) -> int:
        """How many suggestions are without a decision."""
        return len(self._open)

    @property
    def decided_and_all(self) -> tuple[int, int]:
        """How many marks are decided, and how many there are."""
        return len(self._ordered) - len(self._open), len(self._ordered)

    def neighbour(self, key: UUID | None, step: int, *, after: int = 0) -> UUID | None:
        """The next or previous mark in order, wrapping around; from offset ``after`` where nothing is selected."""
        marks, mark = self._ordered.marks, self.mark(key)
        if not marks:
            return None
        if mark is not None:
            return marks[(self._ordered.index(mark) + step) % len(marks)].key
        beyond = self._ordered.first_from(after)
        if step > 0:
            return marks[beyond % len(marks)].key
        return marks[(beyond if beyond < len(marks) else len(marks)) - 1].key

    def next_open(self, key: UUID | None) -> UUID | None:
        """The next suggestion without a decision behind a mark, wrapping around; None if nothing is open."""
        mark = self.mark(key)
        if mark is None:
            return self._open.marks[0].key if self._open.marks else None
        found = self._open.after(mark)
        return found.key if found is not None else None

    def last_before(self, offset: int) -> UUID | None:
        """The last mark that starts before an offset."""
        index = self._ordered.first_from(offset)
        return self._ordered.marks[index - 1].key if index else None

    def spans_at(self, stretch: Stretch) -> list[SpanMark]:
        """Spans on exactly this stretch."""
        return self._ordered_spans.on(stretch.start, stretch.end)

    def name_groups(self) -> list[NameGroup]:
        """The names that the spans stand for, by label."""
        return name_groups(self.text, self.spans, self.entity, self._person_labels)

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


def _is_open(mark: AnyMark) -> bool:
    return not mark.decided
