"""The open document keeps its marks up to date row by row; after any sequence of changes a full reading is equal."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path
from uuid import UUID

from building import Sitting
from gestures import act
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.edits import Table
from annotator.domain.marks import (
    Entity,
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
)
from annotator.domain.records import Metadata
from annotator.domain.rows import quotation_row, span_row
from annotator.services.opened import OpenDocument
from annotator.storage.documents import Article
from annotator.storage.runs import Suggestions

TEXT = "Anna Berg met Berg and Ole Stern in Kiel on Monday, said Ole."
ORIGINS = (Origin(OriginKind.PIPELINE, "md", "1"), Origin(OriginKind.MEMORY, "memory"))
SET = UUID(int=5)
PERSON = 1
ENTITIES = tuple(Entity(UUID(int=700 + n), name, "PERSON") for n, name in enumerate(("Anna Berg", "Ole Stern")))

stretches = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda pair: Stretch(pair[0], sum(pair)))
contents = st.lists(stretches, min_size=1, max_size=2).map(lambda parts: tuple(sorted(parts)))
entities = st.sampled_from([None, *(entity.id for entity in ENTITIES)])
span_fields = st.builds(
    lambda stretch, label, entity: SpanFields(stretch.start, stretch.end, label, entity),
    stretches,
    st.integers(1, 3),
    entities,
)
quotation_fields = st.builds(QuotationFields, contents, entity=entities)


@st.composite
def suggestions(draw):
    spans = draw(st.lists(st.tuples(span_fields, st.sampled_from(ORIGINS)), max_size=8))
    quotations = draw(st.lists(st.tuples(quotation_fields, st.sampled_from(ORIGINS)), max_size=6))
    return Suggestions(
        tuple(SpanSuggestion(UUID(int=100 + n), *each) for n, each in enumerate(spans)),
        tuple(QuotationSuggestion(UUID(int=200 + n), *each) for n, each in enumerate(quotations)),
        ENTITIES,
        0,
    )


def state(document):
    """All that a document says of its marks."""
    keys = [mark.key for mark in document.in_order()]
    return (
        document.spans,
        document.quotations,
        document.in_order(),
        document.open_keys(),
        document.left_open,
        document.decided_and_all,
        document.persons,
        [document.neighbour(key, step) for key in keys for step in (1, -1)],
        [document.neighbour(None, step, after=place) for place in range(0, 20, 3) for step in (1, -1)],
        [document.next_open(key) for key in (None, *keys)],
        [document.last_before(place) for place in range(0, 20, 3)],
        [document.spans_at(mark.fields.stretch) for mark in document.spans],
        [document.mark(key) for key in keys],
        [document.speaker_name(mark) for mark in document.quotations],
    )


def opened(suggested, rows, register=None):
    article = Article(1, "doc", TEXT, "title", Metadata(), None)
    return OpenDocument(article, suggested, rows, {} if register is None else register, frozenset({PERSON}), None)


class Hand:
    """Changes rows at random, as edits and their undoing do, and says which."""

    def __init__(self, data, suggested):
        self.draw = data.draw
        self.spans = {UUID(int=500 + n): each for n, each in enumerate((*suggested.spans, None, None))}
        self.quotations = {UUID(int=600 + n): each for n, each in enumerate((*suggested.quotations, None, None))}

    def change(self, rows):
        changed = set()
        for _ in range(self.draw(st.integers(1, 3))):
            is_span = self.draw(st.booleans())
            pool, table = (self.spans, Table.SPAN) if is_span else (self.quotations, Table.QUOTATION)
            id_ = self.draw(st.sampled_from(sorted(pool)))
            changed.add((table, id_))
            if (table, id_) in rows and self.draw(st.booleans()):
                del rows[table, id_]
                continue
            rows[table, id_] = self.row(pool[id_], id_, is_span)
        return changed

    def rename(self, register):
        """Now and then an entity comes into the register, gets another name, or goes."""
        if self.draw(st.booleans()):
            return set()
        id_ = self.draw(st.sampled_from([entity.id for entity in ENTITIES]))
        name = self.draw(st.sampled_from(["Anna Berg", "Berg", "Ole Stern", None]))
        if name is None:
            register.pop(id_, None)
        else:
            register[id_] = Entity(id_, name, "PERSON")
        return {(Table.ENTITY, id_)}

    def row(self, suggestion, id_, is_span):
        fields_of, kind, row_of = (
            (span_fields, SpanDecision, span_row) if is_span else (quotation_fields, QuotationDecision, quotation_row)
        )
        if suggestion is None:
            return row_of(kind(id_, self.draw(fields_of), ORIGINS[0]), SET)
        fields = self.draw(st.one_of(st.just(suggestion.fields), fields_of))
        rejected = self.draw(st.booleans())
        return row_of(kind(id_, fields, ORIGINS[0], suggestion.id, suggestion.fields, rejected), SET)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), suggested=suggestions())
def test_marks_kept_up_to_date_row_by_row_equal_a_full_reading(data, suggested):
    rows, register = {}, {}
    document, hand = opened(suggested, rows, register), Hand(data, suggested)
    for _ in range(data.draw(st.integers(1, 6))):
        before, revision, kept = marks_of(document), document.revision, document.in_order().copy()
        handed_out = document.in_order()
        document.refresh_rows(hand.change(rows) | hand.rename(register))
        assert state(document) == state(opened(suggested, dict(rows), register))
        assert handed_out == kept, "a list that was handed out has changed"
        now, said = marks_of(document), document.changed_since(revision)
        assert said is not None
        assert {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)} <= said


def marks_of(document):
    """The marks with all that is shown of them."""
    named = {mark.key: document.speaker_name(mark) for mark in document.quotations}
    return {mark.key: (mark, named.get(mark.key)) for mark in document.in_order()}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(numbers=st.integers(0, 2**32).map(random.Random))
def test_after_any_gestures_the_open_document_equals_one_read_anew(filled_database, numbers):
    template, documents = filled_database
    with tempfile.TemporaryDirectory() as folder:
        database = Path(shutil.copy(template, Path(folder) / "a.sqlite3"))
        with Sitting(database) as sitting:
            for _ in range(25):
                act(sitting, numbers, documents)
                document = sitting.session.document
                if document is not None:
                    kept = state(document)
                    document.refresh()
                    assert kept == state(document)


def test_who_lags_behind_too_far_is_told_that_everything_may_have_changed():
    document = opened(Suggestions((), (), (), 0), {})
    start = document.revision
    for number in range(100):
        id_ = UUID(int=500 + number)
        document.rows[Table.SPAN, id_] = span_row(SpanDecision(id_, SpanFields(number, number + 1, 1), ORIGINS[0]), SET)
        document.refresh_rows([(Table.SPAN, id_)])
    assert document.changed_since(start) is None
    assert document.changed_since(document.revision - 2) == {UUID(int=598), UUID(int=599)}
    assert document.changed_since(document.revision) == frozenset()


def test_a_full_reading_says_that_everything_may_have_changed():
    document = opened(Suggestions((), (), (), 0), {})
    start = document.revision
    document.refresh()
    assert document.changed_since(start) is None


def test_a_new_name_in_the_register_changes_the_quotations_of_that_person():
    anna = Entity(UUID(int=900), "Anna", "PERSON")
    fields = QuotationFields((Stretch(0, 4),), entity=anna.id, state=SpeakerState.NAMED)
    key = UUID(int=601)
    rows = {(Table.QUOTATION, key): quotation_row(QuotationDecision(key, fields, ORIGINS[0]), SET)}
    register = {anna.id: anna}
    document = opened(Suggestions((), (), (), 0), rows, register)
    revision = document.revision
    register[anna.id] = Entity(anna.id, "Anna Berg", "PERSON")
    document.refresh_rows([(Table.ENTITY, anna.id)])
    assert document.changed_since(revision) == {key}
    assert [person.name for person in document.persons] == ["Anna Berg"]
