"""Decisions, sets and entities as rows of JSON values, and back: the form in which edits and tables hold them.

The set that a decision belongs to is a field of its row (the set's UUID as text), so an edit carries all that
is needed to put a row back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from annotator.domain.edits import Row
from annotator.domain.marks import (
    Entity,
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
from annotator.domain.records import JSONValue


def _id(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _uuid(value: object) -> UUID | None:
    return UUID(hex=str(value)) if value else None


def _stretches(parts: tuple[Stretch, ...]) -> list[JSONValue]:
    return [[part.start, part.end] for part in parts]


def _parts(value: object) -> tuple[Stretch, ...]:
    return tuple(Stretch(start, end) for start, end in cast("list[list[int]]", value or []))


def _origin_row(origin: Origin, run: int | None) -> dict[str, JSONValue]:
    return {
        "kind": origin.kind.value,
        "name": origin.name,
        "version": origin.version,
        "rule": origin.rule,
        "score": origin.score,
        "run": run,
    }


def _origin(row: dict[str, Any]) -> Origin:
    return Origin(OriginKind(row["kind"]), row["name"], row["version"], row["rule"], row["score"])


def _span_fields_row(fields: SpanFields) -> dict[str, JSONValue]:
    return {
        "start": fields.start,
        "end": fields.end,
        "label": fields.label,
        "entity": _id(fields.entity),
    }


def _span_fields(row: dict[str, Any]) -> SpanFields:
    return SpanFields(row["start"], row["end"], row["label"], _uuid(row["entity"]))


def _quotation_fields_row(fields: QuotationFields) -> dict[str, JSONValue]:
    return {
        "start": fields.start,
        "content": _stretches(fields.content),
        "cue": _stretches(fields.cue),
        "speaker": [fields.speaker.start, fields.speaker.end] if fields.speaker else None,
        "entity": _id(fields.entity),
        "state": fields.state.value,
        "type": fields.type.value,
    }


def _quotation_fields(row: dict[str, Any]) -> QuotationFields:
    return QuotationFields(
        _parts(row["content"]),
        _parts(row["cue"]),
        Stretch(*row["speaker"]) if row["speaker"] else None,
        _uuid(row["entity"]),
        SpeakerState(row["state"]),
        QuotationType(row["type"]),
    )


def span_row(decision: SpanDecision, annotation_set: UUID) -> dict[str, JSONValue]:
    """A span decision as a row of the set."""
    return {
        "set": annotation_set.hex,
        **_span_fields_row(decision.fields),
        "note": decision.note,
        **_origin_row(decision.origin, decision.run),
        "suggestion": _id(decision.suggestion),
        "original": _span_fields_row(decision.original) if decision.original else None,
        "rejected": decision.rejected,
    }


def span_from_row(id_: UUID, row: Row) -> SpanDecision:
    """The span decision of a row."""
    values = dict(row)
    original = cast("dict[str, Any] | None", values["original"])
    return SpanDecision(
        id_,
        _span_fields(values),
        _origin(values),
        _uuid(values["suggestion"]),
        _span_fields(original) if original else None,
        bool(values["rejected"]),
        cast("str | None", values["note"]),
        cast("int | None", values["run"]),
    )


def quotation_row(decision: QuotationDecision, annotation_set: UUID) -> dict[str, JSONValue]:
    """A quotation decision as a row of the set."""
    return {
        "set": annotation_set.hex,
        **_quotation_fields_row(decision.fields),
        "note": decision.note,
        **_origin_row(decision.origin, decision.run),
        "suggestion": _id(decision.suggestion),
        "original": _quotation_fields_row(decision.original) if decision.original else None,
        "rejected": decision.rejected,
    }


def quotation_from_row(id_: UUID, row: Row) -> QuotationDecision:
    """The quotation decision of a row."""
    values = dict(row)
    original = cast("dict[str, Any] | None", values["original"])
    return QuotationDecision(
        id_,
        _quotation_fields(values),
        _origin(values),
        _uuid(values["suggestion"]),
        _quotation_fields(original) if original else None,
        bool(values["rejected"]),
        cast("str | None", values["note"]),
        cast("int | None", values["run"]),
    )


@dataclass(frozen=True, slots=True)
class AnnotationSet:
    """One annotator's set on one document in one round; ``id`` is its UUID."""

    id: UUID
    document: int
    annotator: int
    round: int = 1
    status: Status = Status.NEW
    flagged: bool = False
    note: str | None = None


def set_row(annotation_set: AnnotationSet) -> dict[str, JSONValue]:
    """An annotation set as a row."""
    return {
        "document": annotation_set.document,
        "annotator": annotation_set.annotator,
        "round": annotation_set.round,
        "status": annotation_set.status.value,
        "flagged": annotation_set.flagged,
        "note": annotation_set.note,
    }


def set_from_row(id_: UUID, row: Row) -> AnnotationSet:
    """The annotation set of a row."""
    values = cast("dict[str, Any]", dict(row))
    return AnnotationSet(
        id_,
        values["document"],
        values["annotator"],
        values["round"],
        Status(values["status"]),
        bool(values["flagged"]),
        values["note"],
    )


def entity_row(entity: Entity, project: int) -> dict[str, JSONValue]:
    """An entity of a project's register as a row."""
    return {
        "project": project,
        "name": entity.name,
        "type": entity.type,
        "aliases": list(entity.aliases),
        "kb_id": entity.kb_id,
    }


def entity_from_row(id_: UUID, row: Row) -> Entity:
    """The entity of a row."""
    values = cast("dict[str, Any]", dict(row))
    return Entity(id_, values["name"], values["type"], tuple(values["aliases"]), values["kb_id"])
