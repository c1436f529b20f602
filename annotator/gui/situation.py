"""What is open and selected, as the table of actions asks for it. It must not know widgets."""

from __future__ import annotations

from annotator.domain.marks import QuotationFields, Stretch
from annotator.gui.actions import Situation
from annotator.gui.desk import Desk


def situation(desk: Desk, words: Stretch | None, can_undo: bool, can_redo: bool) -> Situation:
    """The present situation; ``words`` are those selected in the text."""
    document, mark = desk.document, desk.mark
    fields = mark.fields if mark else None
    quotation = fields if isinstance(fields, QuotationFields) else None
    return Situation(
        article=document is not None,
        articles=desk.counts.total > 0,
        marks=bool(document and (document.spans or document.quotations)),
        span=fields is not None and quotation is None,
        quotation=quotation is not None,
        words=words is not None,
        parts=len(quotation.content) if quotation else 0,
        cue=bool(quotation and quotation.cue),
        mention=bool(quotation and quotation.speaker),
        left_open=desk.left_open,
        can_undo=can_undo,
        can_redo=can_redo,
        unread=bool(document and document.failure) or bool(desk.reading.failure),
        read_only=desk.workspace.read_only,
    )
