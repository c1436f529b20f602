"""Writing a line of ``annotator/1``: fixed keys in a fixed order, so that equal records give equal bytes.

Nothing is written that could not be read again: every stretch must lie in the text, every entity be declared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from annotator.domain.errors import AnnotatorError, InvalidStretch
from annotator.domain.marks import Origin, Stretch, Verdict
from annotator.domain.quotations import check_stretch
from annotator.domain.records import (
    DocumentRecord,
    MarkRecords,
    QuotationOriginal,
    QuotationRecord,
    SpanOriginal,
    SpanRecord,
)
from annotator.domain.text import text_digest
from annotator.formats.metadata import meta_object
from annotator.formats.order import by_place, by_type

SCHEMA = "annotator/1"
_SCORE_DIGITS = 4


class Pending(StrEnum):
    """Where suggestions without a decision go: under ``suggestions``, among the others, or nowhere."""

    SEPARATE = "separate"
    INCLUDE = "include"
    OMIT = "omit"


def write_line(record: DocumentRecord, *, pending: Pending = Pending.SEPARATE) -> str:
    """One line of ``annotator/1``, without a line break at its end.

    Raises:
        InvalidStretch: a stretch is empty or outside the text.
        AnnotatorError: a mark refers to an entity that the record does not have.
    """
    try:
        values = _LineWriter(record, pending).values()
    except InvalidStretch as error:
        raise InvalidStretch(f"The document {_title(record)} cannot be written: {error}") from error
    return json.dumps(values, ensure_ascii=False, allow_nan=False)


class _LineWriter:
    def __init__(self, record: DocumentRecord, pending: Pending) -> None:
        self._record = record
        self._text = record.text
        self._declared = {entity.id for entity in record.entities}
        self._used: set[UUID] = set()
        self._suggestions = MarkRecords() if pending is Pending.OMIT else _judged(record.suggestions)
        self._decided = record.decided
        if pending is Pending.INCLUDE:
            self._decided = MarkRecords(
                (*record.decided.spans, *self._suggestions.spans),
                (*record.decided.quotations, *self._suggestions.quotations),
            )
            self._suggestions = MarkRecords()

    def values(self) -> dict[str, Any]:
        record = self._record
        marks = self._marks(self._decided)
        suggestions = self._marks(self._suggestions)
        rejected = self._marks(_judged(record.rejected, Verdict.REJECTED))
        return {
            "schema": SCHEMA,
            "id": record.id,
            "text": record.text,
            "text_sha256": text_digest(record.text),
            "offset_unit": "codepoint",
            "meta": meta_object(record.meta),
            "annotator": record.annotator,
            "round": record.round,
            "status": record.status.value,
            "flagged": record.flagged,
            "note": record.note,
            "updated": record.updated,
            **marks,
            "entities": self._entities(),
            "suggestions": suggestions,
            "rejected": rejected,
        }

    def _marks(self, marks: MarkRecords) -> dict[str, Any]:
        return {
            "spans": [self._span(span) for span in sorted(marks.spans, key=by_place)],
            "quotations": [self._quotation(one) for one in sorted(marks.quotations, key=by_type)],
        }

    def _span(self, span: SpanRecord) -> dict[str, Any]:
        return {
            "id": str(span.id),
            "start": span.start,
            "end": span.end,
            "label": span.label,
            "text": self._words(Stretch(span.start, span.end)),
            "entity": self._entity(span.entity),
            **_judgement(span, self._span_original(span.original)),
        }

    def _span_original(self, original: SpanOriginal | None) -> dict[str, Any] | None:
        if original is None:
            return None
        self._words(Stretch(original.start, original.end))
        return {"start": original.start, "end": original.end, "label": original.label}

    def _quotation(self, one: QuotationRecord) -> dict[str, Any]:
        return {
            "id": str(one.id),
            "type": one.type.value,
            **self._said(one),
            **_judgement(one, self._quotation_original(one.original)),
        }

    def _quotation_original(self, original: QuotationOriginal | None) -> dict[str, Any] | None:
        return None if original is None else {**self._said(original), "type": original.type.value}

    def _said(self, one: QuotationRecord | QuotationOriginal) -> dict[str, Any]:
        return {
            "content": self._stretches(one.content),
            "cue": self._stretches(one.cue),
            "speaker": None if one.speaker is None else self._stretch(one.speaker),
            "speaker_entity": self._entity(one.speaker_entity),
            "speaker_state": one.speaker_state.value,
        }

    def _stretches(self, stretches: Iterable[Stretch]) -> list[dict[str, Any]]:
        return [self._stretch(stretch) for stretch in sorted(stretches)]

    def _stretch(self, stretch: Stretch) -> dict[str, Any]:
        return {"start": stretch.start, "end": stretch.end, "text": self._words(stretch)}

    def _words(self, stretch: Stretch) -> str:
        return check_stretch(stretch, len(self._text)).slice(self._text)

    def _entity(self, entity: UUID | None) -> str | None:
        if entity is None:
            return None
        if entity not in self._declared:
            raise AnnotatorError(f"The document {_title(self._record)} cannot be written: it has no entity {entity}.")
        self._used.add(entity)
        return str(entity)

    def _entities(self) -> list[dict[str, Any]]:
        """Those that a written mark refers to, ordered by id."""
        return [
            {
                "id": str(entity.id),
                "name": entity.name,
                "type": entity.type,
                "aliases": list(entity.aliases),
                "kb_id": entity.kb_id,
            }
            for entity in sorted(self._record.entities, key=lambda entity: entity.id)
            if entity.id in self._used
        ]


def _judged(marks: MarkRecords, verdict: Verdict = Verdict.PENDING) -> MarkRecords:
    verdicts = {span.verdict for span in marks.spans} | {one.verdict for one in marks.quotations}
    if verdicts <= {verdict}:
        return marks
    return MarkRecords(
        tuple(replace(span, verdict=verdict) for span in marks.spans),
        tuple(replace(quotation, verdict=verdict) for quotation in marks.quotations),
    )


def _judgement(item: SpanRecord | QuotationRecord, original: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "note": item.note,
        "verdict": None if item.verdict is None else item.verdict.value,
        "changed": list(item.changed),
        "original": original,
        "origin": _origin(item.origin),
    }


def _origin(origin: Origin) -> dict[str, Any]:
    score = None if origin.score is None else round(float(origin.score), _SCORE_DIGITS)
    return {
        "kind": origin.kind.value,
        "name": origin.name,
        "version": origin.version,
        "rule": origin.rule,
        "score": score,
    }


def _title(record: DocumentRecord) -> str:
    return f"“{record.meta.title or record.id}”"
