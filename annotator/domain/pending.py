"""Which suggestions are pending, and which marks the window shows: a pure function of suggestions and decisions.

A decision, a rejection too, hides all other suggestions on its original and its present stretch (a span: the
same stretch whatever the label; a quotation: content shared by half), whenever they were made: a newer pipeline
reaches half-corrected documents and never brings back what was moved or rejected.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.marks import (
    QuotationDecision,
    QuotationFields,
    QuotationMark,
    QuotationSuggestion,
    SpanDecision,
    SpanMark,
    SpanSuggestion,
)
from annotator.domain.quotations import same_quotation


def pending_spans(suggestions: Iterable[SpanSuggestion], decisions: Iterable[SpanDecision]) -> list[SpanSuggestion]:
    """Suggestions that no decision decides or hides; equal ones of two sources stand once."""
    decided = set()
    hidden = set()
    for decision in decisions:
        decided.add(decision.suggestion)
        hidden.add((decision.fields.start, decision.fields.end))
        if decision.original:
            hidden.add((decision.original.start, decision.original.end))
    pending = []
    seen = set()
    for suggestion in suggestions:
        fields = suggestion.fields
        place = (fields.start, fields.end, fields.label)
        if suggestion.id not in decided and place[:2] not in hidden and place not in seen:
            seen.add(place)
            pending.append(suggestion)
    return pending


def pending_quotations(
    suggestions: Iterable[QuotationSuggestion], decisions: Iterable[QuotationDecision]
) -> list[QuotationSuggestion]:
    """Suggestions that no decision decides or hides; equal ones of two sources stand once."""
    decided = set()
    acts: list[QuotationFields] = []
    for decision in decisions:
        decided.add(decision.suggestion)
        acts.append(decision.fields)
        if decision.original and decision.original != decision.fields:
            acts.append(decision.original)
    pending: list[QuotationSuggestion] = []
    seen = set()
    for suggestion in suggestions:
        if suggestion.id in decided or suggestion.fields.content in seen:
            continue
        if any(
            act.start < suggestion.fields.end
            and suggestion.fields.start < act.end
            and same_quotation(act, suggestion.fields)
            for act in acts
        ):
            continue
        seen.add(suggestion.fields.content)
        pending.append(suggestion)
    return pending


def _order(mark: SpanMark | QuotationMark) -> tuple[int, int, bytes]:
    return mark.fields.start, -mark.fields.end, mark.key.bytes


def span_marks(suggestions: Iterable[SpanSuggestion], decisions: Iterable[SpanDecision]) -> list[SpanMark]:
    """The spans that the window shows, by start, longer first."""
    decisions = list(decisions)
    marks = [
        SpanMark(decision.suggestion or decision.id, decision.fields, decision.origin, decision)
        for decision in decisions
        if not decision.rejected
    ]
    marks += [
        SpanMark(suggestion.id, suggestion.fields, suggestion.origin, None, suggestion)
        for suggestion in pending_spans(suggestions, decisions)
    ]
    return sorted(marks, key=_order)


def quotation_marks(
    suggestions: Iterable[QuotationSuggestion], decisions: Iterable[QuotationDecision]
) -> list[QuotationMark]:
    """The quotations that the window shows, by start, longer first."""
    decisions = list(decisions)
    marks = [
        QuotationMark(decision.suggestion or decision.id, decision.fields, decision.origin, decision)
        for decision in decisions
        if not decision.rejected
    ]
    marks += [
        QuotationMark(suggestion.id, suggestion.fields, suggestion.origin, None, suggestion)
        for suggestion in pending_quotations(suggestions, decisions)
    ]
    return sorted(marks, key=_order)
