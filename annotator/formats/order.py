"""The one order of marks in files, and the names of what can be changed in them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from annotator.domain.records import QuotationRecord, SpanRecord

SPAN_CHANGES: Final = ("bounds", "label")
QUOTATION_CHANGES: Final = ("content", "cue", "speaker", "person", "type")


def by_place(span: SpanRecord) -> tuple[int, int, str, UUID]:
    """Spans by start, end, label, id."""
    return span.start, span.end, span.label, span.id


def by_type(quotation: QuotationRecord) -> tuple[int, int, str, UUID]:
    """Quotations by start, end, type, id."""
    content = quotation.content
    return min(content).start, max(part.end for part in content), quotation.type.value, quotation.id
