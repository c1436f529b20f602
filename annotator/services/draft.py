"""A draft of one edit on the open document: each gesture as the rows it changes. Pure but for new ids.

The session turns a finished draft into an edit, applies it and hands it to the writer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from annotator.domain.edits import Row, RowChange, RowKey, Table, change_row
from annotator.domain.marks import (
    Entity,
    Origin,
    OriginKind,
    Person,
    QuotationDecision,
    QuotationFields,
    QuotationMark,
    SpanDecision,
    SpanFields,
    SpanMark,
    SpeakerState,
    Status,
    Stretch,
)
from annotator.domain.persons import person_key
from annotator.domain.quotations import quotation_type
from annotator.domain.rows import AnnotationSet, entity_row, quotation_row, set_row, span_row
from annotator.services.opened import OpenDocument
from annotator.services.workspace import Workspace
from annotator.storage.clock import new_id


class Draft:
    """Collects the row changes of one edit on ``document``."""

    def __init__(self, document: OpenDocument, workspace: Workspace, register: Mapping[UUID, Entity]) -> None:
        self._document = document
        self._workspace = workspace
        self._register = register
        self._new: dict[RowKey, Row | None] = {}
        self._made_entities: dict[tuple[str, str], UUID] = {}
        existing = document.annotation_set
        self._set = existing or AnnotationSet(new_id(), document.id, workspace.annotator)
        self._set_exists = existing is not None

    @property
    def changes(self) -> tuple[RowChange, ...]:
        """The row changes, in the order in which they can be carried out."""
        found = []
        for key, row in self._new.items():
            document = None if key[0] is Table.ENTITY else self._document.id
            change = change_row(key, document, self._document.rows.get(key), row)
            if change:
                found.append(change)
        return tuple(found)

    # -- the set

    def change_set(self, *, status: Status | None = None, flagged: bool | None = None, note: str | None = None) -> None:
        """Set the document's status, flag or note ("" takes the note away)."""
        self._set = replace(
            self._set,
            status=self._set.status if status is None else status,
            flagged=self._set.flagged if flagged is None else flagged,
            note=self._set.note if note is None else note or None,
        )
        self._new[Table.SET, self._set.id] = set_row(self._set)

    def _begin(self) -> None:
        """The first decision makes the set, and a new document is in progress from then on."""
        if self._set.status is Status.NEW:
            self.change_set(status=Status.IN_PROGRESS)
        elif not self._set_exists:
            self._new.setdefault((Table.SET, self._set.id), set_row(self._set))

    # -- decisions

    def _put_span(self, decision: SpanDecision) -> None:
        self._begin()
        self._new[Table.SPAN, decision.id] = span_row(decision, self._set.id)

    def _put_quotation(self, decision: QuotationDecision) -> None:
        self._begin()
        self._new[Table.QUOTATION, decision.id] = quotation_row(decision, self._set.id)

    def _decide_span(self, mark: SpanMark) -> SpanDecision:
        if mark.decision:
            return mark.decision
        suggestion = mark.suggestion
        assert suggestion is not None
        return SpanDecision(
            new_id(), suggestion.fields, suggestion.origin, suggestion.id, suggestion.fields, run=suggestion.run
        )

    def _decide_quotation(self, mark: QuotationMark) -> QuotationDecision:
        if mark.decision:
            return mark.decision
        suggestion = mark.suggestion
        assert suggestion is not None
        return QuotationDecision(
            new_id(), suggestion.fields, suggestion.origin, suggestion.id, suggestion.fields, run=suggestion.run
        )

    def accept(self, mark: SpanMark | QuotationMark) -> None:
        """Keep a suggestion as it is; its entity is linked or made."""
        if mark.decided:
            return
        if isinstance(mark, SpanMark):
            self.change_span(mark, mark.fields)
        else:
            self.change_quotation(mark, mark.fields)

    def remove(self, mark: SpanMark | QuotationMark) -> None:
        """Reject a suggestion, or a decision that came from one; take away what was added by hand.

        A rejection names no entity: what the run proposed stays in ``original`` and never enters the register.
        """
        if mark.decision and mark.decision.original is None:
            self._begin()
            table = Table.SPAN if isinstance(mark, SpanMark) else Table.QUOTATION
            self._new[table, mark.decision.id] = None
        elif isinstance(mark, SpanMark):
            span = self._decide_span(mark)
            self._put_span(replace(span, fields=replace(span.original or span.fields, entity=None), rejected=True))
        else:
            quotation = self._decide_quotation(mark)
            fields = replace(quotation.original or quotation.fields, entity=None)
            self._put_quotation(replace(quotation, fields=fields, rejected=True))

    def change_span(self, mark: SpanMark, fields: SpanFields, note: str | None = None) -> None:
        """Decide a span with these fields; a mention of a decided quotation that stood on it moves along.

        ``note`` None keeps the note, "" takes it away.
        """
        decision = self._decide_span(mark)
        if note is not None:
            decision = replace(decision, note=note or None)
        entity = self.link(fields.entity)
        original = decision.original
        if original and original.entity and self._same_entity(original.entity, entity):
            original = replace(original, entity=entity)
        self._put_span(replace(decision, fields=replace(fields, entity=entity), original=original))
        if fields.stretch != mark.fields.stretch:
            self._move_mentions(mark.fields.stretch, fields.stretch)

    def _move_mentions(self, old: Stretch, new: Stretch) -> None:
        for quotation in self._document.quotations:
            if quotation.decision and quotation.fields.speaker == old:
                self.change_quotation(quotation, replace(quotation.fields, speaker=new))

    def add_span(self, fields: SpanFields) -> UUID:
        """A new span by hand; returns its key."""
        decision = SpanDecision(new_id(), fields, self._by_hand())
        self._put_span(decision)
        return decision.id

    def change_quotation(self, mark: QuotationMark, fields: QuotationFields, note: str | None = None) -> None:
        """Decide a quotation with these fields; its type follows the content unless it was overridden."""
        decision = self._decide_quotation(mark)
        if note is not None:
            decision = replace(decision, note=note or None)
        if fields.content != mark.fields.content and fields.type == mark.fields.type:
            computed = quotation_type(self._document.text, mark.fields.content)
            if computed == mark.fields.type:
                fields = replace(fields, type=quotation_type(self._document.text, fields.content))
        entity = self.link(fields.entity)
        original = decision.original
        if original and original.entity and self._same_entity(original.entity, entity):
            original = replace(original, entity=entity)
        self._put_quotation(replace(decision, fields=replace(fields, entity=entity), original=original))

    def add_quotation(self, stretch: Stretch) -> UUID:
        """A new quotation by hand; returns its key."""
        type_ = quotation_type(self._document.text, (stretch,))
        decision = QuotationDecision(new_id(), QuotationFields((stretch,), type=type_), self._by_hand())
        self._put_quotation(decision)
        return decision.id

    def set_note(self, mark: SpanMark | QuotationMark, note: str) -> None:
        """Write a note on a mark, deciding it."""
        if isinstance(mark, SpanMark):
            self.change_span(mark, mark.fields, note=note)
        else:
            self.change_quotation(mark, mark.fields, note=note)

    def _by_hand(self) -> Origin:
        return Origin(OriginKind.PERSON, self._workspace.annotator_name)

    # -- entities

    def link(self, entity: UUID | None) -> UUID | None:
        """The register's entity for one that a run proposed; made if it is not there."""
        if entity is None or entity in self._register or entity in self._made_entities.values():
            return entity
        proposed = self._document.entity(entity)
        return self._ensure_entity(proposed) if proposed else None

    def person(self, person: Person) -> UUID:
        """The register's entity for a person of the article."""
        linked = self.link(person.entity)
        return linked or self._ensure_entity(Entity(new_id(), person.name, "PERSON"))

    def _ensure_entity(self, wanted: Entity) -> UUID:
        key = (wanted.type, person_key(wanted.name))
        known = self._made_entities.get(key)
        if known is None:
            known = next(
                (id_ for id_, e in self._register.items() if (e.type, person_key(e.name)) == key),
                None,
            )
        if known is None:
            known = self._made_entities[key] = new_id()
            made = Entity(known, wanted.name, wanted.type, wanted.aliases, wanted.kb_id)
            self._new[Table.ENTITY, known] = entity_row(made, self._workspace.project.id)
        return known

    def _same_entity(self, proposed: UUID, linked: UUID | None) -> bool:
        if linked is None or proposed == linked:
            return False
        entity = self._document.entity(proposed)
        if entity is None:
            return False
        key = (entity.type, person_key(entity.name))
        other = self._register.get(linked)
        if other:
            return (other.type, person_key(other.name)) == key
        return self._made_entities.get(key) == linked


def named(fields: QuotationFields, entity: UUID) -> QuotationFields:
    """The quotation with a named speaker."""
    return replace(fields, entity=entity, state=SpeakerState.NAMED)
