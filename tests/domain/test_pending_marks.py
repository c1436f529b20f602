"""Which suggestions are pending: what a decision hides, and that a newer run never brings anything back."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.marks import (
    Origin,
    OriginKind,
    QuotationDecision,
    QuotationFields,
    QuotationSuggestion,
    SpanDecision,
    SpanFields,
    SpanSuggestion,
    SpeakerState,
    Stretch,
    Verdict,
)
from annotator.domain.pending import pending_quotations, pending_spans, quotation_marks, span_marks

MD = Origin(OriginKind.PIPELINE, "md", "1")
MEMORY = Origin(OriginKind.MEMORY, "memory")
HAND = Origin(OriginKind.PERSON, "Ann")
PERSON, ORG = 1, 2


def span(number, start, end, label=PERSON, origin=MD):
    return SpanSuggestion(UUID(int=number), SpanFields(start, end, label), origin)


def decided(suggestion, *, rejected=False, **fields):
    """A decision on a span suggestion: kept, or with other fields."""
    now = SpanFields(**{"start": suggestion.fields.start, "end": suggestion.fields.end, "label": PERSON, **fields})
    return SpanDecision(UUID(int=900), now, MD, suggestion.id, suggestion.fields, rejected)


def quotation(number, *content, origin=MD):
    return QuotationSuggestion(UUID(int=number), QuotationFields(tuple(Stretch(*part) for part in content)), origin)


def decided_quotation(suggestion, *content, rejected=False):
    parts = tuple(Stretch(*part) for part in content) or suggestion.fields.content
    return QuotationDecision(UUID(int=901), QuotationFields(parts), MD, suggestion.id, suggestion.fields, rejected)


def test_without_decisions_everything_is_pending():
    suggestions = [span(1, 0, 4), span(2, 5, 9)]
    assert pending_spans(suggestions, []) == suggestions


@pytest.mark.parametrize("rejected", [False, True])
def test_a_decision_decides_its_suggestion(rejected):
    assert pending_spans([span(1, 0, 4)], [decided(span(1, 0, 4), rejected=rejected)]) == []


@pytest.mark.parametrize("rejected", [False, True])
@pytest.mark.parametrize("label", [PERSON, ORG])
def test_a_decision_hides_a_newer_suggestion_on_its_stretch_whatever_the_label(rejected, label):
    assert pending_spans([span(2, 0, 4, label)], [decided(span(1, 0, 4), rejected=rejected)]) == []


def test_a_moved_span_hides_what_stands_on_its_original_and_its_present_stretch():
    decision = decided(span(1, 0, 4), end=9)
    newer = [span(2, 0, 4), span(3, 0, 9, ORG), span(4, 0, 6)]
    assert pending_spans(newer, [decision]) == [newer[2]]


def test_a_span_by_hand_hides_the_suggestion_on_its_stretch():
    by_hand = SpanDecision(UUID(int=900), SpanFields(0, 4, PERSON), HAND)
    assert pending_spans([span(1, 0, 4, ORG), span(2, 0, 5)], [by_hand]) == [span(2, 0, 5)]


def test_equal_pending_spans_of_two_sources_show_once():
    first, again, other = span(1, 0, 4), span(2, 0, 4, origin=MEMORY), span(3, 0, 4, ORG)
    assert pending_spans([first, again, other], []) == [first, other]


@pytest.mark.parametrize(
    ("newer", "hidden"),
    [
        (((0, 10),), True),
        (((0, 20),), True),
        (((0, 21),), False),
        (((5, 15),), True),
        (((6, 16),), False),
        (((0, 5),), True),
        (((0, 4),), False),
        (((10, 20),), False),
        (((0, 4), (6, 10)), True),
        (((0, 2), (30, 40)), False),
    ],
)
@pytest.mark.parametrize("rejected", [False, True])
def test_a_quotation_is_hidden_where_half_of_its_content_is_decided(newer, hidden, rejected):
    decision = decided_quotation(quotation(1, (0, 10)), rejected=rejected)
    assert (pending_quotations([quotation(2, *newer)], [decision]) == []) is hidden


def test_a_moved_quotation_hides_on_its_original_and_its_present_content():
    decision = decided_quotation(quotation(1, (0, 10)), (20, 30))
    newer = [quotation(2, (0, 10)), quotation(3, (20, 31)), quotation(4, (10, 20))]
    assert pending_quotations(newer, [decision]) == [newer[2]]


def test_equal_pending_quotations_of_two_sources_show_once():
    first, again = quotation(1, (0, 10)), quotation(2, (0, 10), origin=MEMORY)
    assert pending_quotations([first, again], []) == [first]


def test_a_rejection_shows_no_mark_and_a_decision_takes_its_suggestions_key():
    kept, gone, open_ = span(1, 0, 4), span(2, 5, 9), span(3, 10, 14)
    decisions = [decided(kept), decided(gone, rejected=True)]
    marks = span_marks([kept, gone, open_], decisions)
    assert [(mark.key, mark.verdict) for mark in marks] == [
        (kept.id, Verdict.ACCEPTED),
        (open_.id, Verdict.PENDING),
    ]
    assert [mark.decided for mark in marks] == [True, False]


def test_marks_stand_by_start_and_the_longer_first():
    marks = span_marks([span(1, 5, 9), span(2, 0, 4), span(3, 0, 9)], [])
    assert [(mark.fields.start, mark.fields.end) for mark in marks] == [(0, 9), (0, 4), (5, 9)]


def test_quotation_marks_keep_the_suggestions_key_through_a_change():
    suggestion = quotation(1, (0, 10))
    (mark,) = quotation_marks([suggestion], [decided_quotation(suggestion, (0, 12))])
    assert (mark.key, mark.verdict, mark.decision.changed) == (suggestion.id, Verdict.CHANGED, ("content",))


SPANS = st.builds(span, st.integers(1, 30), st.integers(0, 5), st.integers(6, 9), st.sampled_from((PERSON, ORG)))


@given(st.lists(SPANS, unique_by=lambda one: one.id), st.lists(SPANS), st.data())
def test_a_newer_run_never_brings_back_what_was_decided(old, new, data):
    chosen = data.draw(st.lists(st.sampled_from(old), unique_by=lambda one: one.id)) if old else []
    decisions = [decided(one, rejected=data.draw(st.booleans()), end=one.fields.end + 1) for one in chosen]
    places = {(one.fields.start, one.fields.end) for one in chosen}
    places |= {(one.fields.start, one.fields.end) for one in decisions}
    pending = pending_spans(new, decisions)
    assert not places & {(one.fields.start, one.fields.end) for one in pending}
    # And nothing else is kept from the annotator.
    shown = {(one.fields.start, one.fields.end, one.fields.label) for one in pending}
    ids = {one.suggestion for one in decisions}
    for one in new:
        if one.id not in ids and (one.fields.start, one.fields.end) not in places:
            assert (one.fields.start, one.fields.end, one.fields.label) in shown


@given(st.lists(SPANS, unique_by=lambda one: one.id))
def test_pending_is_the_same_however_often_it_is_asked(suggestions):
    once = pending_spans(suggestions, [])
    assert pending_spans(once, []) == once


def test_the_verdict_of_a_decision_is_a_function_of_its_row():
    fields = SpanFields(0, 4, PERSON)
    original = span(1, 0, 4)
    assert SpanDecision(UUID(int=1), fields, HAND).verdict is Verdict.ADDED
    assert decided(original).verdict is Verdict.ACCEPTED
    assert decided(original, end=5).verdict is Verdict.CHANGED
    assert decided(original, rejected=True).verdict is Verdict.REJECTED


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        (SpanFields(0, 4, PERSON, UUID(int=5)), ()),
        (SpanFields(0, 5, PERSON), ("bounds",)),
        (SpanFields(0, 4, ORG), ("label",)),
        (SpanFields(1, 4, ORG), ("bounds", "label")),
    ],
)
def test_a_spans_changed_fields_are_named(now, changed):
    assert now.changed_from(SpanFields(0, 4, PERSON)) == changed


def test_a_quotations_changed_fields_are_named_in_order():
    before = QuotationFields((Stretch(0, 4),))
    after = QuotationFields(
        (Stretch(0, 5),), (Stretch(6, 9),), Stretch(10, 12), UUID(int=1), SpeakerState.NAMED, type="direct"
    )
    assert after.changed_from(before) == ("content", "cue", "speaker", "person", "type")
    assert before.changed_from(before) == ()


def test_only_a_pending_mark_with_a_low_score_is_unsure():
    low, high = Origin(OriginKind.RULE, "r", score=0.49), Origin(OriginKind.RULE, "r", score=0.5)
    marks = span_marks([span(1, 0, 1, origin=low), span(2, 1, 2, origin=high), span(3, 2, 3)], [])
    assert [mark.unsure for mark in marks] == [True, False, False]
    taken = SpanDecision(UUID(int=9), SpanFields(0, 1, PERSON), low, UUID(int=1), SpanFields(0, 1, PERSON))
    assert not span_marks([], [taken])[0].unsure
