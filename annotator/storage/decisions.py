"""A person's work in the database: reading it as rows, and carrying out edits on it.

An edit arrives as row changes of JSON values; this module alone knows which column each field goes to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, and_, delete, exists, insert, select, update
from sqlalchemy.orm import aliased

from annotator.domain.edits import PAYLOAD_VERSION, Edit, EditKind, Row, RowChange, RowKey, Table
from annotator.domain.marks import (
    Origin,
    OriginKind,
    QuotationDecision,
    QuotationFields,
    QuotationType,
    SpanDecision,
    SpanFields,
    SpeakerState,
    Status,
    Stretch,
)
from annotator.domain.pending import pending_quotations, pending_spans
from annotator.domain.rows import (
    AnnotationSet,
    quotation_from_row,
    quotation_row,
    set_from_row,
    set_row,
    span_from_row,
    span_row,
)
from annotator.storage.arrivals import Arrivals
from annotator.storage.clock import now
from annotator.storage.projects import name_key
from annotator.storage.runs import Suggestions
from annotator.storage.tables import (
    AnnotationSetRow,
    Annotator,
    ChangeRow,
    Document,
    EditRow,
    EntityRow,
    QuotationRow,
    SpanRow,
    row_id,
)

_ORIGIN_FIELDS = ("note", "kind", "name", "version", "rule", "score", "run", "suggestion", "original", "rejected")
_SPAN_FIELDS = ("start", "end", "label", "entity", *_ORIGIN_FIELDS)
_QUOTATION_FIELDS = ("start", "content", "cue", "speaker", "entity", "state", "type", *_ORIGIN_FIELDS)
_SET_FIELDS = ("document", "annotator", "round", "status", "flagged", "note")
_ENTITY_FIELDS = ("project", "name", "type", "aliases", "kb_id")
_IDS = frozenset({"entity", "suggestion"})
_SETS_AT_ONCE = 500
"""Fewer than a statement may have parameters."""

_DECISIONS: dict[Table, type[SpanRow] | type[QuotationRow]] = {Table.SPAN: SpanRow, Table.QUOTATION: QuotationRow}


def _to_json(row: Any, fields: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in fields}
    return {name: value.hex if isinstance(value, UUID) else value for name, value in values.items()}


def document_rows(connection: Connection, document: int, annotator: int) -> dict[RowKey, Row]:
    """The annotator's set on a document (round 1) and all its decisions, as rows."""
    rows: dict[RowKey, Row] = {}
    found = connection.execute(
        select(AnnotationSetRow.__table__).where(
            AnnotationSetRow.document == document, AnnotationSetRow.annotator == annotator, AnnotationSetRow.round == 1
        )
    ).first()
    if found is None:
        return rows
    rows[Table.SET, found.uid] = _to_json(found, _SET_FIELDS)
    return {**rows, **set_rows(connection, found.id, found.uid)}


def set_rows(connection: Connection, set_id: int, uid: UUID) -> dict[RowKey, Row]:
    """All decisions of a set, as rows."""
    rows: dict[RowKey, Row] = {}
    for row in connection.execute(select(SpanRow.__table__).where(SpanRow.set == set_id)):
        rows[Table.SPAN, row.id] = {"set": uid.hex, **_to_json(row, _SPAN_FIELDS)}
    for row in connection.execute(select(QuotationRow.__table__).where(QuotationRow.set == set_id)):
        rows[Table.QUOTATION, row.id] = {"set": uid.hex, **_to_json(row, _QUOTATION_FIELDS)}
    return rows


def register_rows(connection: Connection, project: int) -> dict[RowKey, Row]:
    """The project's register of entities, as rows."""
    found = connection.execute(select(EntityRow.__table__).where(EntityRow.project == project))
    return {(Table.ENTITY, row.id): _to_json(row, _ENTITY_FIELDS) for row in found}


def decisions_of(rows: dict[RowKey, Row]) -> tuple[list[SpanDecision], list[QuotationDecision]]:
    """The decisions among rows."""
    spans = [span_from_row(id_, row) for (table, id_), row in rows.items() if table is Table.SPAN]
    quotations = [quotation_from_row(id_, row) for (table, id_), row in rows.items() if table is Table.QUOTATION]
    return spans, quotations


def count_marks(
    suggestions: Suggestions, spans: Iterable[SpanDecision], quotations: Iterable[QuotationDecision]
) -> tuple[int, int]:
    """How many marks are decided, and how many suggestions are open."""
    spans, quotations = list(spans), list(quotations)
    decided = sum(not span.rejected for span in spans) + sum(not quotation.rejected for quotation in quotations)
    pending = pending_spans(suggestions.spans, spans), pending_quotations(suggestions.quotations, quotations)
    return decided, len(pending[0]) + len(pending[1])


def recount(connection: Connection, document: int, suggestions: Suggestions) -> None:
    """Write anew the counters of every set on a document, after its suggestions changed."""
    sets = connection.execute(
        select(AnnotationSetRow.id, AnnotationSetRow.uid).where(AnnotationSetRow.document == document)
    ).all()
    for found in sets:
        decided, pending = count_marks(suggestions, *decisions_of(set_rows(connection, found.id, found.uid)))
        set_counters(connection, found.uid, decided, pending)


def set_counters(connection: Connection, uid: UUID, decided: int, pending: int) -> None:
    """Write a set's counters."""
    connection.execute(
        update(AnnotationSetRow).where(AnnotationSetRow.uid == uid).values(n_decided=decided, n_open=pending)
    )


def add_set(
    arrivals: Arrivals,
    annotation_set: AnnotationSet,
    decisions: Iterable[SpanDecision | QuotationDecision],
    *,
    updated: str,
    n_open: int,
) -> None:
    """Add a whole set that comes from a file (an import's baseline: no edit is recorded for its rows)."""
    decisions = list(decisions)
    key = arrivals.next_key(AnnotationSetRow)
    values = {
        **set_row(annotation_set),
        "id": key,
        "uid": annotation_set.id,
        "project": arrivals.project,
        "updated": updated,
        "n_decided": sum(not decision.rejected for decision in decisions),
        "n_open": n_open,
    }
    arrivals.add(AnnotationSetRow, [values])
    for decision in decisions:
        changed = ",".join(decision.changed)
        if isinstance(decision, SpanDecision):
            row = span_row(decision, annotation_set.id)
        else:
            row = quotation_row(decision, annotation_set.id)
        ids = {"id": decision.id, "entity": decision.fields.entity, "suggestion": decision.suggestion}
        whole = {**row, **ids, "set": key, "changed": changed}
        arrivals.add(SpanRow if isinstance(decision, SpanDecision) else QuotationRow, [whole])


def has_set(connection: Connection, document: int, annotator: int, round_: int) -> bool:
    """Whether an annotator has a set on a document in a round."""
    query = select(AnnotationSetRow.id).where(
        AnnotationSetRow.document == document,
        AnnotationSetRow.annotator == annotator,
        AnnotationSetRow.round == round_,
    )
    return connection.scalar(query) is not None


@dataclass(frozen=True, slots=True)
class StoredSet:
    """One annotation set of a document with all its decisions, whoever made it."""

    annotator: str
    info: AnnotationSet
    updated: str
    spans: tuple[SpanDecision, ...]
    quotations: tuple[QuotationDecision, ...]


def stored_sets(connection: Connection, document: int) -> list[StoredSet]:
    """All sets of a document, by annotator's name and round."""
    return stored_sets_on(connection, (document,))[document]


def stored_sets_on(connection: Connection, documents: Iterable[int]) -> dict[int, list[StoredSet]]:
    """What ``stored_sets`` gives for each of the documents (some hundreds at most), in one query a table."""
    stored: dict[int, list[StoredSet]] = {document: [] for document in documents}
    found = connection.execute(
        select(AnnotationSetRow.__table__, Annotator.name.label("annotator_name"))
        .join(Annotator, Annotator.id == AnnotationSetRow.annotator)
        .where(AnnotationSetRow.document.in_(stored))
        .order_by(AnnotationSetRow.document, Annotator.name, AnnotationSetRow.round)
    ).all()
    ids = [row.id for row in found]
    spans: dict[int, list[SpanDecision]] = defaultdict(list)
    quotations: dict[int, list[QuotationDecision]] = defaultdict(list)
    for begin in range(0, len(ids), _SETS_AT_ONCE):
        some = ids[begin : begin + _SETS_AT_ONCE]
        for set_, *values in connection.execute(select(SpanRow.__table__).where(SpanRow.set.in_(some))):
            spans[set_].append(_span_decision(*values))
        for set_, *values in connection.execute(select(QuotationRow.__table__).where(QuotationRow.set.in_(some))):
            quotations[set_].append(_quotation_decision(*values))
    for row in found:
        info = AnnotationSet(row.uid, row.document, row.annotator, row.round, Status(row.status), row.flagged, row.note)
        decided = tuple(spans[row.id]), tuple(quotations[row.id])
        stored[row.document].append(StoredSet(row.annotator_name, info, row.updated, *decided))
    return stored


def _span_decision(
    id_: UUID, start: int, end: int, label: int, entity: UUID | None, note: str | None, *values: Any
) -> SpanDecision:
    """The decision of a row of ``span``; the same as by way of its JSON values, in a third of the time."""
    *origin, run, suggestion, original, rejected, _ = values
    before = None
    if original:
        before = SpanFields(original["start"], original["end"], original["label"], _uuid(original["entity"]))
    fields = SpanFields(start, end, label, entity)
    return SpanDecision(id_, fields, _origin(*origin), suggestion, before, rejected, note, run)


def _quotation_decision(
    id_: UUID,
    _: int,
    content: list[list[int]],
    cue: list[list[int]],
    speaker: list[int] | None,
    entity: UUID | None,
    state: str,
    type_: str,
    note: str | None,
    *values: Any,
) -> QuotationDecision:
    """The decision of a row of ``quotation``."""
    *origin, run, suggestion, original, rejected, _changed = values
    before = None
    if original:
        places = original["content"], original["cue"], original["speaker"]
        before = _quotation_fields(*places, _uuid(original["entity"]), original["state"], original["type"])
    fields = _quotation_fields(content, cue, speaker, entity, state, type_)
    return QuotationDecision(id_, fields, _origin(*origin), suggestion, before, rejected, note, run)


def _quotation_fields(
    content: list[list[int]],
    cue: list[list[int]],
    speaker: list[int] | None,
    entity: UUID | None,
    state: str,
    type_: str,
) -> QuotationFields:
    return QuotationFields(
        tuple(Stretch(*part) for part in content),
        tuple(Stretch(*part) for part in cue or ()),
        Stretch(*speaker) if speaker else None,
        entity,
        SpeakerState(state),
        QuotationType(type_),
    )


@lru_cache(maxsize=4096)
def _origin(kind: str, name: str, version: str | None, rule: str | None, score: float | None) -> Origin:
    return Origin(OriginKind(kind), name, version, rule, score)


def _uuid(value: str | None) -> UUID | None:
    return UUID(hex=value) if value else None


class _Sets:
    """The sets that a transaction changes: finds their integer keys, once each, and remembers them."""

    def __init__(self, connection: Connection, annotator: int) -> None:
        self._connection = connection
        self._annotator = annotator
        self._by_uid: dict[str, int] = {}
        self._by_document: dict[int | None, int] = {}

    def with_uid(self, uid: str) -> int:
        if uid not in self._by_uid:
            query = select(AnnotationSetRow.id).where(AnnotationSetRow.uid == UUID(hex=uid))
            self._by_uid[uid] = self._connection.execute(query).scalar_one()
        return self._by_uid[uid]

    def on_document(self, document: int | None) -> int:
        if document not in self._by_document:
            query = select(AnnotationSetRow.id).where(
                AnnotationSetRow.document == document,
                AnnotationSetRow.annotator == self._annotator,
                AnnotationSetRow.round == 1,
            )
            self._by_document[document] = self._connection.execute(query).scalar_one()
        return self._by_document[document]

    def touch(self) -> None:
        """Write the time into every set that was looked up."""
        ids = {*self._by_uid.values(), *self._by_document.values()}
        if ids:
            self._connection.execute(
                update(AnnotationSetRow).where(AnnotationSetRow.id.in_(sorted(ids))).values(updated=now())
            )


def write_edit(connection: Connection, project: int, annotator: int, edit: Edit) -> None:
    """Record an edit and carry out its row changes, all in the caller's transaction."""
    key = row_id(
        connection.execute(
            insert(EditRow).values(
                uid=edit.id,
                project=project,
                annotator=annotator,
                kind=edit.kind.value,
                target=edit.target,
                document=edit.document,
                summary=edit.summary,
                version=PAYLOAD_VERSION,
                created=now(),
            )
        )
    )
    if edit.changes:
        connection.execute(
            insert(ChangeRow),
            [
                {
                    "edit": key,
                    "ord": order,
                    "table": change.table.value,
                    "document": change.document,
                    "row": change.row,
                    "before": change.before,
                    "after": change.after,
                }
                for order, change in enumerate(edit.changes)
            ],
        )
    carry_out(connection, project, annotator, edit.changes)


def carry_out(connection: Connection, project: int, annotator: int, changes: Iterable[RowChange]) -> None:
    """Carry out row changes without recording an edit (an import's baseline)."""
    sets = _Sets(connection, annotator)
    inserted: list[dict[str, Any]] = []
    table: Table | None = None
    for change in changes:
        is_insertion = change.table in _DECISIONS and change.before is None
        if inserted and not (is_insertion and change.table is table):
            connection.execute(insert(_DECISIONS[cast(Table, table)]), inserted)
            inserted = []
        if change.table is Table.DOCUMENT:
            _change_document(connection, change)
        elif is_insertion:
            table = change.table
            inserted.append(_insertion(sets, change))
        elif change.table is Table.ENTITY:
            _change_entity(connection, change)
        elif change.table is Table.SET:
            _change_set(connection, project, change)
        else:
            _change_decision(connection, sets, change)
    if inserted:
        connection.execute(insert(_DECISIONS[cast(Table, table)]), inserted)
    sets.touch()


def _change_document(connection: Connection, change: RowChange) -> None:
    """Only whether a document is removed is a person's work; its text and metadata never change."""
    assert change.after is not None
    removed = bool(change.after["removed"])
    connection.execute(update(Document).where(Document.key == change.row).values(removed=removed))


def document_states(connection: Connection, ids: Iterable[int]) -> dict[RowKey, Row]:
    """Whether the given documents are removed, as rows."""
    query = select(Document.key, Document.removed).where(Document.id.in_(list(ids)))
    return {(Table.DOCUMENT, row.key): {"removed": row.removed} for row in connection.execute(query)}


def sets_on(connection: Connection, annotator: int, ids: Iterable[int]) -> dict[int, AnnotationSet]:
    """The annotator's sets (round 1) on the given documents, by document."""
    query = select(AnnotationSetRow.__table__).where(
        AnnotationSetRow.document.in_(list(ids)),
        AnnotationSetRow.annotator == annotator,
        AnnotationSetRow.round == 1,
    )
    return {row.document: set_from_row(row.uid, _to_json(row, _SET_FIELDS)) for row in connection.execute(query)}


def _change_entity(connection: Connection, change: RowChange) -> None:
    if change.after is None:
        # Somebody else's decision may name it by now: then it stays.
        named = [exists().where(table.entity == change.row) for table in (SpanRow, QuotationRow)]
        connection.execute(delete(EntityRow).where(EntityRow.id == change.row, *(~use for use in named)))
        return
    values: dict[str, Any] = dict(change.after)
    if "name" in values:
        values["name_key"] = name_key(values["name"])
    if change.before is None:
        values |= {"id": change.row, "root_id": change.row, "merged_into": None}
        connection.execute(insert(EntityRow).prefix_with("OR IGNORE", dialect="sqlite").values(values))
    else:
        connection.execute(update(EntityRow).where(EntityRow.id == change.row).values(**values))


def _change_set(connection: Connection, project: int, change: RowChange) -> None:
    if change.after is None:
        connection.execute(delete(AnnotationSetRow).where(AnnotationSetRow.uid == change.row))
    elif change.before is None:
        connection.execute(
            insert(AnnotationSetRow).values(uid=change.row, project=project, updated=now(), **change.after)
        )
    else:
        connection.execute(
            update(AnnotationSetRow).where(AnnotationSetRow.uid == change.row).values(updated=now(), **change.after)
        )


def _insertion(sets: _Sets, change: RowChange) -> dict[str, Any]:
    assert change.after is not None
    return {
        **_columns(change.after),
        "set": sets.with_uid(str(change.after["set"])),
        "id": change.row,
        "changed": _changed(change.table, change.row, change.after),
    }


def _change_decision(connection: Connection, sets: _Sets, change: RowChange) -> None:
    table = _DECISIONS[change.table]
    if change.after is None:
        assert change.before is not None
        here = and_(table.id == change.row, table.set == sets.with_uid(str(change.before["set"])))
        connection.execute(delete(table).where(here))
        return
    here = and_(table.set == sets.on_document(change.document), table.id == change.row)
    connection.execute(update(table).where(here).values(**_columns(change.after)))
    fields = _SPAN_FIELDS if change.table is Table.SPAN else _QUOTATION_FIELDS
    whole = _to_json(connection.execute(select(table.__table__).where(here)).one(), fields)
    connection.execute(update(table).where(here).values(changed=_changed(change.table, change.row, whole)))


def _columns(row: Row) -> dict[str, Any]:
    return {
        name: UUID(hex=str(value)) if name in _IDS and value is not None else value
        for name, value in row.items()
        if name != "set"
    }


def _changed(table: Table, id_: UUID, row: Row) -> str:
    read = span_from_row if table is Table.SPAN else quotation_from_row
    return ",".join(read(id_, row).changed)


def newest_undoable(connection: Connection, project: int, annotator: int) -> Edit | None:
    """My newest do or redo that no edit has taken back."""
    return _newest(connection, project, annotator, (EditKind.DO, EditKind.REDO))


def newest_redoable(connection: Connection, project: int, annotator: int) -> Edit | None:
    """My newest undo since my last do, that no redo has taken back."""
    last_do = connection.scalar(
        select(EditRow.id)
        .where(EditRow.project == project, EditRow.annotator == annotator, EditRow.kind == EditKind.DO.value)
        .order_by(EditRow.id.desc())
        .limit(1)
    )
    return _newest(connection, project, annotator, (EditKind.UNDO,), after=last_do or 0)


def _newest(
    connection: Connection, project: int, annotator: int, kinds: tuple[EditKind, ...], after: int = 0
) -> Edit | None:
    later = aliased(EditRow)
    row = connection.execute(
        select(EditRow.__table__)
        .where(
            EditRow.project == project,
            EditRow.annotator == annotator,
            EditRow.kind.in_([kind.value for kind in kinds]),
            EditRow.version == PAYLOAD_VERSION,
            EditRow.id > after,
            ~exists().where(later.target == EditRow.uid),
        )
        .order_by(EditRow.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    changes = connection.execute(
        select(ChangeRow.__table__).where(ChangeRow.edit == row.id).order_by(ChangeRow.ord)
    ).all()
    return Edit(
        row.uid,
        EditKind(row.kind),
        row.summary,
        tuple(RowChange(Table(c.table), c.row, c.document, c.before, c.after) for c in changes),
        row.document,
        row.target,
    )
