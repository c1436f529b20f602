"""Which suggestions are pending, and which marks the window shows: a pure function of suggestions and decisions.

A decision, a rejection too, hides all other suggestions on its original and its present stretch (a span: the
same stretch whatever the label; a quotation: content shared by half), whenever they were made: a newer pipeline
reaches half-corrected documents and never brings back what was moved or rejected.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Generic, TypeAlias, TypeVar
from uuid import UUID

from annotator.domain.marks import (
    QuotationDecision,
    QuotationFields,
    QuotationMark,
    QuotationSuggestion,
    SpanDecision,
    SpanMark,
    SpanSuggestion,
    Stretch,
)
from annotator.domain.ordered import place_of
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


def span_marks(suggestions: Iterable[SpanSuggestion], decisions: Iterable[SpanDecision]) -> list[SpanMark]:
    """The spans that the window shows, by start, longer first."""
    decisions = list(decisions)
    marks = [_span_mark(decision) for decision in decisions if not decision.rejected]
    marks += [_span_mark(suggestion) for suggestion in pending_spans(suggestions, decisions)]
    return sorted(marks, key=place_of)


def quotation_marks(
    suggestions: Iterable[QuotationSuggestion], decisions: Iterable[QuotationDecision]
) -> list[QuotationMark]:
    """The quotations that the window shows, by start, longer first."""
    decisions = list(decisions)
    marks = [_quotation_mark(decision) for decision in decisions if not decision.rejected]
    marks += [_quotation_mark(suggestion) for suggestion in pending_quotations(suggestions, decisions)]
    return sorted(marks, key=place_of)


def _span_mark(shown: SpanDecision | SpanSuggestion) -> SpanMark:
    if isinstance(shown, SpanDecision):
        return SpanMark(_key(shown), shown.fields, shown.origin, shown)
    return SpanMark(shown.id, shown.fields, shown.origin, None, shown)


def _quotation_mark(shown: QuotationDecision | QuotationSuggestion) -> QuotationMark:
    if isinstance(shown, QuotationDecision):
        return QuotationMark(_key(shown), shown.fields, shown.origin, shown)
    return QuotationMark(shown.id, shown.fields, shown.origin, None, shown)


def _key(decision: SpanDecision | QuotationDecision) -> UUID:
    return decision.suggestion or decision.id


SuggestionT = TypeVar("SuggestionT", SpanSuggestion, QuotationSuggestion)
DecisionT = TypeVar("DecisionT", SpanDecision, QuotationDecision)
MarkT = TypeVar("MarkT", SpanMark, QuotationMark)
_Place: TypeAlias = tuple[int, int]
_Content: TypeAlias = tuple[Stretch, ...]


class Board(ABC, Generic[SuggestionT, DecisionT, MarkT]):
    """The marks that the window shows by key, kept up to date as decisions change.

    Always equal to what ``span_marks`` or ``quotation_marks`` make of all decisions, but a change costs only what
    it touches. No two decisions are about one suggestion.
    """

    def __init__(self, suggestions: Iterable[SuggestionT], decisions: Iterable[DecisionT]) -> None:
        self._suggestions: dict[UUID, SuggestionT] = {suggestion.id: suggestion for suggestion in suggestions}
        self._rows: dict[UUID, DecisionT] = {}
        self._decided: dict[UUID, DecisionT] = {}
        """By the key under which they are shown."""
        for decision in decisions:
            self._put(decision)
        self.marks: dict[UUID, MarkT] = {}

    def change(self, changed: Mapping[UUID, DecisionT | None]) -> tuple[list[MarkT], list[MarkT]]:
        """Decisions came, changed or (None) went, by their ids; returns the marks that went and those that came."""
        keys: set[UUID] = set()
        for id_, decision in changed.items():
            before = self._rows.get(id_)
            if before is not None:
                keys |= self._touched(before)
                self._take(before)
            if decision is not None:
                self._put(decision)
                keys |= self._touched(decision)
        gone: list[MarkT] = []
        come: list[MarkT] = []
        for key in keys:
            old, new = self.marks.get(key), self._shown(key)
            if old == new:
                continue
            if old is not None:
                gone.append(self.marks.pop(key))
            if new is not None:
                come.append(new)
                self.marks[key] = new
        return gone, come

    def _put(self, decision: DecisionT) -> None:
        self._rows[decision.id] = decision
        self._decided[_key(decision)] = decision

    def _take(self, decision: DecisionT) -> None:
        del self._rows[decision.id], self._decided[_key(decision)]

    def _shown(self, key: UUID) -> MarkT | None:
        decision, suggestion = self._decided.get(key), self._suggestions.get(key)
        if decision is not None:
            return None if decision.rejected else self._mark(decision)
        return self._mark(suggestion) if suggestion is not None and self._is_pending(suggestion) else None

    @abstractmethod
    def _mark(self, shown: DecisionT | SuggestionT) -> MarkT:
        """The mark of a decision or a pending suggestion."""

    @abstractmethod
    def _touched(self, decision: DecisionT) -> set[UUID]:
        """The keys of the marks that this decision shows, hides or lets through."""

    @abstractmethod
    def _is_pending(self, suggestion: SuggestionT) -> bool:
        """Whether a suggestion that is not decided is shown."""


class SpanBoard(Board[SpanSuggestion, SpanDecision, SpanMark]):
    """The spans that the window shows."""

    def __init__(self, suggestions: Iterable[SpanSuggestion], decisions: Iterable[SpanDecision]) -> None:
        suggestions, decisions = list(suggestions), list(decisions)
        self._at: dict[_Place, list[SpanSuggestion]] = {}
        self._hidden: Counter[_Place] = Counter()
        for suggestion in suggestions:
            self._at.setdefault(_place(suggestion.fields.stretch), []).append(suggestion)
        super().__init__(suggestions, decisions)
        self.marks = {mark.key: mark for mark in span_marks(suggestions, decisions)}

    def _put(self, decision: SpanDecision) -> None:
        super()._put(decision)
        self._hidden.update(_places(decision))

    def _take(self, decision: SpanDecision) -> None:
        super()._take(decision)
        self._hidden.subtract(_places(decision))

    def _mark(self, shown: SpanDecision | SpanSuggestion) -> SpanMark:
        return _span_mark(shown)

    def _touched(self, decision: SpanDecision) -> set[UUID]:
        places = _places(decision)
        suggestion = self._suggestions.get(_key(decision))
        if suggestion is not None:
            places.add(_place(suggestion.fields.stretch))
        return {_key(decision), *(each.id for place in places for each in self._at.get(place, ()))}

    def _is_pending(self, suggestion: SpanSuggestion) -> bool:
        place = _place(suggestion.fields.stretch)
        rivals = (each for each in self._at[place] if each.id not in self._decided)
        first = next(each for each in rivals if each.fields.label == suggestion.fields.label)
        return first is suggestion and not self._hidden[place]


class QuotationBoard(Board[QuotationSuggestion, QuotationDecision, QuotationMark]):
    """The quotations that the window shows."""

    def __init__(self, suggestions: Iterable[QuotationSuggestion], decisions: Iterable[QuotationDecision]) -> None:
        suggestions, decisions = list(suggestions), list(decisions)
        self._with: dict[_Content, list[QuotationSuggestion]] = {}
        for suggestion in suggestions:
            self._with.setdefault(suggestion.fields.content, []).append(suggestion)
        super().__init__(suggestions, decisions)
        self.marks = {mark.key: mark for mark in quotation_marks(suggestions, decisions)}

    def _mark(self, shown: QuotationDecision | QuotationSuggestion) -> QuotationMark:
        return _quotation_mark(shown)

    def _touched(self, decision: QuotationDecision) -> set[UUID]:
        acts = _acts(decision)
        keys = {_key(decision)}
        suggestion = self._suggestions.get(_key(decision))
        for content, group in self._with.items():
            start, end = content[0].start, content[-1].end
            mine = suggestion is not None and suggestion.fields.content == content
            if mine or any(act.start < end and start < act.end for act in acts):
                keys.update(each.id for each in group)
        return keys

    def _is_pending(self, suggestion: QuotationSuggestion) -> bool:
        fields = suggestion.fields
        first = next(each for each in self._with[fields.content] if each.id not in self._decided)
        return first is suggestion and not any(
            act.start < fields.end and fields.start < act.end and same_quotation(act, fields)
            for decision in self._rows.values()
            for act in _acts(decision)
        )


def _place(stretch: Stretch) -> _Place:
    return stretch.start, stretch.end


def _places(decision: SpanDecision) -> set[_Place]:
    fields, original = decision.fields, decision.original
    return {(fields.start, fields.end), *({(original.start, original.end)} if original else ())}


def _acts(decision: QuotationDecision) -> tuple[QuotationFields, ...]:
    fields, original = decision.fields, decision.original
    return (fields,) if original is None or original == fields else (fields, original)
