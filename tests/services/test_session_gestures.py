"""Every gesture on the open article: what it changes, that it is one edit, and that the database says the same."""

import pytest
from building import ARTICLE, NEWER, Sitting, article_prediction, at, propose

from annotator.domain.errors import InvalidStretch, Refused
from annotator.domain.marks import QuotationType, SpanFields, SpeakerState, Status, Stretch, Verdict
from annotator.services.session import Saving, Side, Unit


@pytest.fixture
def reopened(sitting, database, documents):
    """Ends the sitting, starts the next one, and proves that it shows the same as the last."""

    def reopen():
        document = sitting.session.document
        before = document.spans, document.quotations, document.persons, sitting.session.status, document.rows
        assert sitting.settle() is Saving.SAVED
        with Sitting(database) as again:
            again.session.open(documents[0])
            now = again.session.document
            assert (now.spans, now.quotations, now.persons, again.session.status, now.rows) == before

    return reopen


def edits(sitting):
    """How many edits the database holds."""
    assert sitting.settle() is Saving.SAVED
    with sitting.workspace.store.reading() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM edit").scalar_one()


def listed(sitting, document):
    from annotator.services.library import DocumentList

    sitting.settle()
    return DocumentList(sitting.workspace).infos([document])[0]


def test_opening_writes_nothing(sitting, documents):
    assert edits(sitting) == 0
    assert sitting.stored(documents) == {}
    assert sitting.session.status is Status.NEW
    assert len(sitting.session.document.spans) == 7
    assert len(sitting.session.document.quotations) == 3


def test_accepting_keeps_the_key_and_makes_the_entity_in_the_same_edit(sitting, reopened):
    mark = sitting.span("Anna Berg")
    sitting.session.accept([mark.key])
    now = sitting.span("Anna Berg")
    assert (now.key, now.verdict) == (mark.key, Verdict.ACCEPTED)
    assert sitting.session.document.entity(now.fields.entity).name == "Anna Berg"
    assert edits(sitting) == 1
    assert sitting.names == ["Anna Berg"]
    reopened()


def test_accepting_a_second_mention_links_the_same_entity(sitting, reopened):
    sitting.session.accept([sitting.span("Anna Berg").key])
    sitting.session.accept([sitting.span("Berg", 2).key])
    assert sitting.span("Anna Berg").fields.entity == sitting.span("Berg", 2).fields.entity
    assert edits(sitting) == 2
    assert sitting.names == ["Anna Berg"]
    reopened()


def test_accepting_everything_is_one_edit_and_changes_nothing_of_the_marks(sitting, documents, reopened):
    document = sitting.session.document
    sitting.session.accept(document.open_keys())
    assert document.open_keys() == []
    assert {mark.verdict for mark in (*document.spans, *document.quotations)} == {Verdict.ACCEPTED}
    assert edits(sitting) == 1
    assert sitting.names == ["Anna Berg", "Kiel", "Olaf Stern"]
    info = listed(sitting, documents[0])
    assert (info.n_decided, info.n_open, info.status) == (10, 0, Status.IN_PROGRESS)
    reopened()


def test_accepting_what_is_decided_is_no_edit(sitting):
    key = sitting.span("Monday").key
    sitting.session.accept([key])
    sitting.session.accept([key])
    assert edits(sitting) == 1


@pytest.mark.parametrize("words", ["Anna Berg", "Monday", "Kiel"])
def test_rejecting_a_suggested_span_takes_it_away_for_good(sitting, documents, reopened, words):
    mark = sitting.span(words)
    sitting.session.remove(mark.key)
    assert not sitting.has_span(words)
    assert edits(sitting) == 1
    assert sitting.names == []
    propose(sitting.workspace, documents[0], article_prediction(), NEWER)
    sitting.session.suggestions_arrived(documents[:1])
    assert not sitting.has_span(words)
    assert listed(sitting, documents[0]).n_open == 9
    reopened()


@pytest.mark.parametrize("words", ["“We will not sail,”", "“Later,”"])
def test_rejecting_a_suggested_quotation_takes_it_away_for_good(sitting, documents, reopened, words):
    sitting.session.remove(sitting.quotation(words).key)
    assert len(sitting.session.document.quotations) == 2
    assert edits(sitting) == 1
    propose(sitting.workspace, documents[0], article_prediction(), NEWER)
    sitting.session.suggestions_arrived(documents[:1])
    assert len(sitting.session.document.quotations) == 2
    reopened()


def test_removing_an_accepted_mark_rejects_its_suggestion(sitting, reopened):
    key = sitting.span("Anna Berg").key
    sitting.session.accept([key])
    sitting.session.remove(key)
    assert not sitting.has_span("Anna Berg")
    decision = next(
        row for (table, _), row in sitting.session.document.rows.items() if table.value == "span" and row["rejected"]
    )
    assert decision["suggestion"] == key.hex
    assert edits(sitting) == 2
    reopened()


def test_removing_a_moved_mark_keeps_its_original_away_too(sitting, reopened):
    key = sitting.span("Anna Berg").key
    sitting.session.move_end(key, "span", 0, Side.END, Unit.WORD, 1)
    sitting.session.remove(key)
    assert not sitting.has_span("Anna Berg")
    assert not sitting.has_span("Anna Berg said")
    assert edits(sitting) == 2
    reopened()


def test_removing_what_was_added_by_hand_leaves_no_row(sitting, reopened):
    key = sitting.session.label(at(ARTICLE, "union"), sitting.label("ORG"))
    sitting.session.remove(key)
    assert not sitting.has_span("union")
    assert [table.value for table, _ in sitting.session.document.rows] == ["annotation_set"]
    reopened()


def test_labelling_a_selection_makes_a_span_of_mine(sitting, reopened):
    key = sitting.session.label(at(ARTICLE, "union"), sitting.label("ORG"))
    mark = sitting.span("union")
    assert (mark.key, mark.verdict, mark.origin.name) == (key, Verdict.ADDED, "Ann")
    assert edits(sitting) == 1
    reopened()


def test_labelling_the_words_of_a_known_person_links_the_entity(sitting, reopened):
    sitting.session.accept([sitting.span("Anna Berg").key])
    text = sitting.text
    stretch = Stretch(at(text, "Berg leads").start, at(text, "Berg leads").end)
    key = sitting.session.add_label(stretch, sitting.label("PERSON"))
    assert sitting.session.span(key).fields.entity == sitting.span("Anna Berg").fields.entity
    reopened()


def test_labelling_a_stretch_that_has_a_span_relabels_it(sitting, reopened):
    before = sitting.span("Kiel")
    key = sitting.session.label(before.fields.stretch, sitting.label("LOC"))
    after = sitting.span("Kiel")
    assert key == after.key == before.key
    assert (after.verdict, after.decision.changed) == (Verdict.CHANGED, ("label",))
    assert len(sitting.session.document.spans_at(before.fields.stretch)) == 1
    reopened()


def test_relabelling_lets_go_an_entity_of_another_type(sitting, reopened):
    sitting.session.relabel(sitting.span("Kiel").key, sitting.label("LOC"))
    assert sitting.span("Kiel").fields.entity is None
    assert sitting.names == []
    sitting.session.relabel(sitting.span("Anna Berg").key, sitting.label("PERSON"))
    assert sitting.span("Anna Berg").fields.entity is not None
    reopened()


def test_relabelling_with_the_same_label_accepts(sitting, reopened):
    sitting.session.label(at(ARTICLE, "Monday"), sitting.label("DATE"))
    assert sitting.span("Monday").verdict is Verdict.ACCEPTED
    reopened()


def test_a_second_label_on_the_same_stretch_deletes_nothing(sitting, reopened):
    first = sitting.span("Kiel")
    sitting.session.accept([first.key])
    second = sitting.session.add_label(first.fields.stretch, sitting.label("LOC"))
    assert {mark.key for mark in sitting.session.document.spans_at(first.fields.stretch)} == {first.key, second}
    reopened()


def test_a_decided_stretch_that_gets_its_own_label_again_stays_accepted(sitting, reopened):
    first = sitting.span("Kiel")
    sitting.session.accept([first.key])
    sitting.session.label(first.fields.stretch, sitting.label("GPE"))
    assert sitting.session.span(first.key).verdict is Verdict.ACCEPTED
    assert edits(sitting) == 1
    reopened()


def test_a_span_may_lie_in_another_and_cross_it(sitting, reopened):
    sitting.session.label(at(ARTICLE, "Berg said"), sitting.label("EVENT"))
    sitting.session.label(at(ARTICLE, "Anna"), sitting.label("PERSON"))
    assert all(sitting.has_span(words) for words in ("Anna Berg", "Berg said", "Anna"))
    reopened()


@pytest.mark.parametrize("stretch", [Stretch(3, 3), Stretch(5, 4), Stretch(-1, 2), Stretch(0, 10_000)])
def test_a_stretch_outside_the_text_is_refused_and_nothing_changes(sitting, documents, stretch):
    with pytest.raises(InvalidStretch):
        sitting.session.label(stretch, sitting.label("ORG"))
    with pytest.raises(InvalidStretch):
        sitting.session.add_quotation(stretch)
    with pytest.raises(InvalidStretch):
        sitting.session.set_cue(sitting.quotation("“Later,”").key, [stretch])
    assert sitting.stored(documents) == {}


@pytest.mark.parametrize(
    ("side", "unit", "step", "words"),
    [
        (Side.END, Unit.WORD, 1, "Anna Berg said"),
        (Side.END, Unit.WORD, -1, "Anna"),
        (Side.END, Unit.CHARACTER, 1, "Anna Berg "),
        (Side.END, Unit.CHARACTER, -1, "Anna Ber"),
        (Side.START, Unit.WORD, 1, "Berg"),
        (Side.START, Unit.CHARACTER, 1, "nna Berg"),
        (Side.START, Unit.CHARACTER, -1, " Anna Berg"),
    ],
)
def test_an_end_moves_by_a_word_or_a_character(sitting, reopened, side, unit, step, words):
    key = sitting.span("Anna Berg").key
    sitting.session.move_end(key, "span", 0, side, unit, step)
    mark = sitting.session.span(key)
    assert mark.fields.stretch.slice(ARTICLE) == words
    assert mark.decision.changed == ("bounds",)
    reopened()


def test_an_end_that_cannot_move_stays_and_makes_no_edit(sitting):
    key = sitting.session.label(at(ARTICLE, "Ferry"), sitting.label("ORG"))
    sitting.session.move_end(key, "span", 0, Side.START, Unit.WORD, -1)
    sitting.session.move_end(key, "span", 0, Side.END, Unit.WORD, -1)
    assert sitting.has_span("Ferry")
    assert edits(sitting) == 1


def test_moving_a_span_moves_the_mention_of_decided_quotations_only(sitting, reopened):
    key = sitting.quotation("“We will not sail,”").key
    sitting.session.move_end(sitting.span("Anna Berg").key, "span", 0, Side.END, Unit.WORD, 1)
    assert sitting.session.quotation(key).fields.speaker.slice(ARTICLE) == "Anna Berg"
    sitting.session.accept([key])
    sitting.session.undo()
    sitting.session.undo()
    sitting.session.accept([key])
    sitting.session.move_end(sitting.span("Anna Berg").key, "span", 0, Side.START, Unit.WORD, 1)
    mark = sitting.session.quotation(key)
    assert mark.fields.speaker.slice(ARTICLE) == "Berg"
    assert mark.decision.changed == ("speaker",)
    reopened()


def test_deleting_the_span_of_a_name_leaves_the_mention(sitting, reopened):
    key = sitting.quotation("“We will not sail,”").key
    sitting.session.accept([key])
    sitting.session.remove(sitting.span("Anna Berg").key)
    assert sitting.session.quotation(key).fields.speaker.slice(ARTICLE) == "Anna Berg"
    reopened()


def test_a_selection_becomes_a_quotation_of_its_type(sitting, reopened):
    key = sitting.session.add_quotation(at(ARTICLE, "Nobody in Kiel believed him"))
    mark = sitting.session.quotation(key)
    assert (mark.verdict, mark.fields.type, mark.fields.state) == (
        Verdict.ADDED,
        QuotationType.INDIRECT,
        SpeakerState.UNKNOWN,
    )
    assert edits(sitting) == 1
    reopened()


def test_a_selection_that_is_a_suggested_quotation_accepts_it(sitting, reopened):
    mark = sitting.quotation("“Later,”")
    assert sitting.session.add_quotation(at(ARTICLE, "“Later,”")) == mark.key
    assert sitting.session.quotation(mark.key).verdict is Verdict.ACCEPTED
    reopened()


def test_parts_are_added_in_order_and_joined_where_they_touch(sitting, reopened):
    key = sitting.session.add_quotation(at(ARTICLE, "Nobody in"))
    sitting.session.add_part(key, at(ARTICLE, "him"))
    sitting.session.add_part(key, at(ARTICLE, " Kiel believed"))
    parts = sitting.session.quotation(key).fields.content
    assert [part.slice(ARTICLE) for part in parts] == ["Nobody in Kiel believed", "him"]
    reopened()


def test_the_type_follows_the_content_until_it_is_overridden(sitting, reopened):
    key = sitting.quotation("“Later,”").key
    sitting.session.add_part(key, at(ARTICLE, "guests"))
    assert sitting.session.quotation(key).fields.type is QuotationType.MIXED
    sitting.session.set_type(key, QuotationType.INDIRECT)
    sitting.session.remove_part(key, 1)
    assert sitting.session.quotation(key).fields.type is QuotationType.INDIRECT
    reopened()


def test_the_only_part_of_a_quotation_stays(sitting):
    with pytest.raises(Refused, match="Remove the quotation instead"):
        sitting.session.remove_part(sitting.quotation("“Later,”").key, 0)


def test_a_part_is_taken_away(sitting, reopened):
    key = sitting.quotation("“We will not sail,”").key
    sitting.session.remove_part(key, 0)
    assert [part.slice(ARTICLE) for part in sitting.session.quotation(key).fields.content] == ["“Not before Friday.”"]
    reopened()


@pytest.mark.parametrize(
    ("role", "index", "words"),
    [("content", 1, "“Not before Friday"), ("cue", 0, "said on"), ("speaker", 0, "Anna Berg said")],
)
def test_the_stretches_of_a_quotation_move_alone(sitting, reopened, role, index, words):
    key = sitting.quotation("“We will not sail,”").key
    sitting.session.set_stretch(key, role, index, at(ARTICLE, words))
    fields = sitting.session.quotation(key).fields
    found = {"content": fields.content[1], "cue": fields.cue[0], "speaker": fields.speaker}
    assert found[role].slice(ARTICLE) == words
    assert sitting.has_span("Anna Berg")
    assert edits(sitting) == 1
    reopened()


def test_cues_are_set_and_taken_away(sitting, reopened):
    key = sitting.quotation("“Later,”").key
    sitting.session.set_cue(key, [at(ARTICLE, "guests"), at(ARTICLE, "told")])
    assert [cue.slice(ARTICLE) for cue in sitting.session.quotation(key).fields.cue] == ["told", "guests"]
    sitting.session.set_cue(key, [])
    assert sitting.session.quotation(key).fields.cue == ()
    reopened()


def test_a_mention_of_a_person_names_the_speaker(sitting, reopened):
    key = sitting.quotation("“Later,”").key
    sitting.session.set_mention(key, at(ARTICLE, "Olaf Stern"))
    fields = sitting.session.quotation(key).fields
    assert sitting.session.document.entity(fields.entity).name == "Olaf Stern"
    assert fields.state is SpeakerState.NAMED
    assert edits(sitting) == 1
    assert sitting.names == ["Olaf Stern"]
    reopened()


def test_another_mention_lets_go_the_speaker_that_the_old_one_implied(sitting, reopened):
    key = sitting.quotation("talks would resume soon").key
    sitting.session.set_mention(key, at(ARTICLE, "The mayor"))
    fields = sitting.session.quotation(key).fields
    assert (fields.entity, fields.state) == (None, SpeakerState.UNKNOWN)
    reopened()


def test_another_mention_keeps_a_speaker_that_was_picked_apart(sitting, reopened):
    key = sitting.quotation("talks would resume soon").key
    anna = next(person for person in sitting.session.document.persons if person.name == "Anna Berg")
    sitting.session.set_person(key, anna)
    sitting.session.set_mention(key, at(ARTICLE, "The mayor"))
    assert sitting.session.document.entity(sitting.session.quotation(key).fields.entity).name == "Anna Berg"
    reopened()


def test_a_mention_is_taken_away(sitting, reopened):
    key = sitting.quotation("“Later,”").key
    sitting.session.set_mention(key, None)
    assert sitting.session.quotation(key).fields.speaker is None
    reopened()


def test_a_persons_letter_names_the_speaker_and_makes_the_entity(sitting, reopened):
    persons = sitting.session.document.persons
    assert [(person.letter, person.name) for person in persons] == [("D", "Anna Berg"), ("F", "Olaf Stern")]
    key = sitting.quotation("“Later,”").key
    sitting.session.set_person(key, persons[1])
    fields = sitting.session.quotation(key).fields
    assert fields.state is SpeakerState.NAMED
    assert sitting.session.document.entity(fields.entity).name == "Olaf Stern"
    assert sitting.session.document.persons[1].quotations == 2
    assert edits(sitting) == 1
    reopened()


@pytest.mark.parametrize("state", [SpeakerState.UNNAMED, SpeakerState.AUTHOR, SpeakerState.UNKNOWN])
def test_a_state_without_a_person_lets_the_person_go(sitting, reopened, state):
    key = sitting.quotation("“We will not sail,”").key
    sitting.session.set_speaker_state(key, state)
    fields = sitting.session.quotation(key).fields
    assert (fields.state, fields.entity) == (state, None)
    assert sitting.session.quotation(key).decision.changed == ("person",)
    reopened()


def test_done_accepts_what_is_open_in_the_same_edit(sitting, documents, reopened):
    sitting.session.set_status(Status.DONE, sitting.session.document.open_keys())
    assert sitting.session.status is Status.DONE
    assert sitting.session.document.open_keys() == []
    assert edits(sitting) == 1
    assert listed(sitting, documents[0]).status is Status.DONE
    reopened()


def test_editing_a_done_article_leaves_it_done(sitting, reopened):
    sitting.session.set_status(Status.DONE)
    sitting.session.accept([sitting.span("Monday").key])
    assert sitting.session.status is Status.DONE
    reopened()


def test_a_flag_leaves_a_new_article_new_and_a_decision_begins_it(sitting, documents, reopened):
    sitting.session.set_flag(True)
    assert (sitting.session.flagged, sitting.session.status) == (True, Status.NEW)
    sitting.session.accept([sitting.span("Monday").key])
    assert sitting.session.status is Status.IN_PROGRESS
    sitting.session.set_flag(False)
    assert not listed(sitting, documents[0]).flagged
    reopened()


def test_every_gesture_tells_the_mark_to_select_and_the_documents_it_touched(sitting, documents):
    key = sitting.session.label(at(ARTICLE, "union"), sitting.label("ORG"))
    told = sitting.news[-1]
    assert told.select == key
    assert told.documents == {documents[0]}
    assert told.marks


def test_gestures_without_an_article_or_a_mark_are_refused_in_a_sentence(sitting):
    with pytest.raises(Refused, match="Select a quotation first"):
        sitting.session.set_person(sitting.span("Kiel").key, sitting.session.document.persons[0])
    with pytest.raises(Refused, match="Select an entity first"):
        sitting.session.relabel(sitting.quotation("“Later,”").key, sitting.label("ORG"))
    sitting.session.open(None)
    with pytest.raises(Refused, match="No article is open"):
        sitting.session.label(Stretch(0, 5), sitting.label("ORG"))
    with pytest.raises(Refused, match="no longer in the database"):
        sitting.session.open(99)


def test_a_newer_pipeline_reaches_a_half_corrected_article(sitting, documents, reopened):
    sitting.session.accept([sitting.span("Anna Berg").key])
    sitting.session.relabel(sitting.span("Kiel").key, sitting.label("LOC"))
    assert sitting.settle() is Saving.SAVED
    open_before = len(sitting.session.document.open_keys())
    propose(sitting.workspace, documents[0], article_prediction(), NEWER)
    sitting.session.suggestions_arrived(documents[:1])
    document = sitting.session.document
    assert len(document.open_keys()) == open_before
    assert {mark.origin.version for mark in document.spans if not mark.decided} == {"2.0"}
    assert sitting.span("Kiel").fields.label == sitting.label("LOC")
    reopened()


def test_marks_are_walked_in_order_and_around(sitting):
    document = sitting.session.document
    order = [mark.key for mark in document.in_order()]
    assert document.neighbour(None, 1) == order[0]
    assert document.neighbour(None, -1) == order[-1]
    assert document.neighbour(order[-1], 1) == order[0]
    assert document.neighbour(order[0], -1) == order[-1]
    assert document.neighbour(None, 1, after=sitting.span("Olaf Stern").fields.start) == sitting.span("Olaf Stern").key
    sitting.session.accept(order[1:-1])
    assert document.next_open(order[0]) == order[-1]
    assert document.next_open(order[-1]) == order[0]
    sitting.session.accept([order[0], order[-1]])
    assert document.next_open(order[0]) is None


def test_the_margin_says_who_speaks(sitting):
    document = sitting.session.document
    assert document.speaker_name(sitting.quotation("“We will not sail,”")) == "Anna Berg"
    key = sitting.quotation("“Later,”").key
    assert document.speaker_name(sitting.session.quotation(key)) == "he"
    sitting.session.set_mention(key, None)
    assert document.speaker_name(sitting.session.quotation(key)) == "No speaker"
    sitting.session.set_speaker_state(key, SpeakerState.AUTHOR)
    assert document.speaker_name(sitting.session.quotation(key)) == "Author"
    sitting.session.set_speaker_state(key, SpeakerState.UNNAMED)
    assert document.speaker_name(sitting.session.quotation(key)) == "Unnamed"


def test_two_annotators_decide_apart(sitting, database, documents):
    sitting.session.remove(sitting.span("Monday").key)
    assert sitting.settle() is Saving.SAVED
    with Sitting(database, "Bea") as other:
        other.session.open(documents[0])
        assert other.has_span("Monday")
        other.session.accept([other.span("Anna Berg").key])
        assert other.settle() is Saving.SAVED
    assert not sitting.span("Anna Berg").decided


def test_span_fields_name_their_stretch():
    assert SpanFields(1, 4, 1).stretch == Stretch(1, 4)
