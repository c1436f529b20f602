"""Decisions, sets and entities survive the way through rows and JSON."""

import json
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

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
from annotator.domain.rows import (
    AnnotationSet,
    entity_from_row,
    entity_row,
    quotation_from_row,
    quotation_row,
    set_from_row,
    set_row,
    span_from_row,
    span_row,
)

IDS = st.uuids()
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
MAYBE = st.none() | WORDS
NUMBERS = st.integers(0, 2**40)
STRETCHES = st.tuples(NUMBERS, st.integers(1, 99)).map(lambda pair: Stretch(pair[0], sum(pair)))
ORIGINS = st.builds(Origin, st.sampled_from(OriginKind), WORDS, MAYBE, MAYBE, st.none() | st.floats(0, 1))
SPANS = st.builds(
    lambda stretch, label, entity: SpanFields(stretch.start, stretch.end, label, entity),
    STRETCHES,
    st.integers(1, 99),
    st.none() | IDS,
)
QUOTATIONS = st.builds(
    QuotationFields,
    st.lists(STRETCHES, min_size=1, max_size=3).map(tuple),
    st.lists(STRETCHES, max_size=2).map(tuple),
    st.none() | STRETCHES,
    st.none() | IDS,
    st.sampled_from(SpeakerState),
    st.sampled_from(QuotationType),
)


def decisions(kind, fields):
    return st.builds(
        kind, IDS, fields, ORIGINS, st.none() | IDS, st.none() | fields, st.booleans(), MAYBE, st.none() | NUMBERS
    )


def through_json(row):
    return json.loads(json.dumps(row, ensure_ascii=False))


@given(decisions(SpanDecision, SPANS), IDS)
def test_a_span_comes_back_from_its_row(decision, set_):
    row = through_json(span_row(decision, set_))
    assert UUID(hex=row["set"]) == set_
    assert span_from_row(decision.id, row) == decision


@given(decisions(QuotationDecision, QUOTATIONS), IDS)
def test_a_quotation_comes_back_from_its_row(decision, set_):
    row = through_json(quotation_row(decision, set_))
    assert row["start"] == decision.fields.content[0].start
    assert quotation_from_row(decision.id, row) == decision


@given(st.builds(AnnotationSet, IDS, NUMBERS, NUMBERS, NUMBERS, st.sampled_from(Status), st.booleans(), MAYBE))
def test_a_set_comes_back_from_its_row(one):
    assert set_from_row(one.id, through_json(set_row(one))) == one


@given(st.builds(Entity, IDS, WORDS, WORDS, st.lists(WORDS, max_size=3).map(tuple), MAYBE), NUMBERS)
def test_an_entity_comes_back_from_its_row(entity, project):
    row = through_json(entity_row(entity, project))
    assert row["project"] == project
    assert entity_from_row(entity.id, row) == entity
