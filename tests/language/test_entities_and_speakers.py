"""Named entities cleaned and agreed within a document, and persons tied to the quotations they speak."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.domain.marks import SpeakerState
from annotator.domain.predictions import PredictedSpan, Prediction
from annotator.language.entities.brackets import read_brackets
from annotator.language.entities.capitals import name_capitals
from annotator.language.entities.ends import clean_ends
from annotator.language.entities.heads import label_by_head
from annotator.language.entities.votes import agree_on_labels
from annotator.language.speakers.names import Gender, compatible, display_name, parse_name
from annotator.language.speakers.persons import cluster_persons
from annotator.language.speakers.pronouns import Candidate, resolve

Predict = Callable[[str], Prediction]


def spans_of(text: str, *names: tuple[str, str]) -> list[PredictedSpan]:
    """Spans for names in their order in the text."""
    spans, position = [], 0
    for name, label in names:
        position = text.index(name, position)
        spans.append(PredictedSpan(position, position + len(name), label))
        position += len(name)
    return spans


@pytest.mark.parametrize(
    ("raw", "label", "clean"),
    [
        ("Orle’s", "GPE", "Orle"),
        ("Orle's", "GPE", "Orle"),
        ("“Harbour News", "ORG", "Harbour News"),
        ("Brock 6-4", "PERSON", "Brock"),
        ("Mr. Lenk", "PERSON", "Lenk"),
        ("Ministry.", "ORG", "Ministry"),
        ("Harbour Inc.", "ORG", "Harbour Inc."),
        ("U.S.", "GPE", "U.S."),
        (" Ana Brock\n", "PERSON", "Ana Brock"),
        ("Orle)", "GPE", "Orle"),
    ],
)
def test_ends_are_the_name_itself(raw: str, label: str, clean: str) -> None:
    text = f"x {raw} y"
    (span,) = clean_ends(text, [PredictedSpan(2, 2 + len(raw), label)])
    assert text[span.start : span.end] == clean
    assert span.rule == (None if raw == clean else "ends")


def test_a_span_never_crosses_a_paragraph_border() -> None:
    text = "Ana Brock\nIvo Lenk"
    (span,) = clean_ends(text, [PredictedSpan(0, len(text), "PERSON")])
    assert text[span.start : span.end] == "Ana Brock"


def test_a_span_of_marks_alone_is_dropped() -> None:
    assert clean_ends("x “ ” y", [PredictedSpan(2, 5, "ORG")]) == []


def test_the_surname_of_a_full_name_is_that_person_everywhere() -> None:
    text = "Ana Brock left. Brock slept. Brock ate. Brock sang."
    raw = spans_of(text, ("Ana Brock", "PERSON"), ("Brock", "ORG"), ("Brock", "ORG"), ("Brock", "ORG"))
    agreed = agree_on_labels(text, raw)
    assert [span.label for span in agreed] == ["PERSON"] * 4
    assert [span.rule for span in agreed] == [None, "surname", "surname", "surname"]


def test_one_name_has_one_label_and_a_tie_changes_nothing() -> None:
    text = "Orle won. The Orle lost. Orle drew. Umm ran. Umm sat."
    raw = spans_of(text, ("Orle", "GPE"), ("Orle", "GPE"), ("Orle", "ORG"), ("Umm", "ORG"), ("Umm", "GPE"))
    assert [span.label for span in agree_on_labels(text, raw)] == ["GPE", "GPE", "GPE", "ORG", "GPE"]


def test_party_and_state_in_brackets() -> None:
    text = "Rep. Ana Brock (D-Minn.) left."
    found = read_brackets(text, [])
    assert [(text[span.start : span.end], span.label) for span in found] == [("D", "NORP"), ("Minn.", "GPE")]


def test_a_telling_last_word_decides_the_label() -> None:
    text = "Orle Airport and the Harbour Ministry"
    raw = spans_of(text, ("Orle Airport", "ORG"), ("Harbour Ministry", "FAC"))
    assert [span.label for span in label_by_head(text, raw)] == ["FAC", "ORG"]


def test_names_are_taken_apart() -> None:
    assert parse_name("Mrs. Ana Maria Brock Jr.").surname == "brock"
    assert parse_name("Mr Lenk").gender is Gender.MALE
    assert display_name("President Ana Brock") == "Ana Brock"
    assert compatible(parse_name("A. Brock"), parse_name("Ana Brock"))
    assert compatible(parse_name("Ana M. Brock"), parse_name("Ana Brock"))
    assert not compatible(parse_name("Ivo Brock"), parse_name("Ana Brock"))


def test_a_bare_surname_means_the_last_bearer_named_before_it() -> None:
    text = "Ana Brock met Ivo Lenk. Brock left. Ivo Brock came. Brock sang."
    raw = spans_of(
        text,
        ("Ana Brock", "PERSON"),
        ("Ivo Lenk", "PERSON"),
        ("Brock", "PERSON"),
        ("Ivo Brock", "PERSON"),
        ("Brock", "PERSON"),
    )
    people = cluster_persons(text, raw)
    assert [person.entity.name for person in people] == ["Ana Brock", "Ivo Lenk", "Ivo Brock"]
    assert [person.spans for person in people] == [[0, 2], [1], [3, 4]]
    assert people[0].entity.aliases == ("Brock",)


def test_a_pronoun_takes_a_subject_rather_than_a_nearer_object_and_respects_gender() -> None:
    subject = Candidate(100, 0, 1, subject=True, speaker=False, reported=False)
    nearer = Candidate(200, 1, 1, subject=False, speaker=False, reported=False)
    assert resolve(Gender.FEMALE, 300, 1, [subject, nearer], {}) == 0
    assert resolve(Gender.FEMALE, 300, 1, [subject, nearer], {0: Gender.MALE}) == 1
    assert resolve(Gender.FEMALE, 50, 1, [subject, nearer], {}) is None


def speaker_names(prediction: Prediction) -> list[str | None]:
    return [None if one.entity is None else prediction.entities[one.entity].name for one in prediction.quotations]


def test_a_surname_and_a_pronoun_mean_the_person_named_in_full(predict: Predict) -> None:
    text = (
        "Mayor Susan Brock opened the harbour in Orle on Monday.\n"
        "“The boats will return,” Brock said.\n"
        "“Nobody has to leave,” she said."
    )
    assert speaker_names(predict(text)) == ["Susan Brock", "Susan Brock"]


def test_a_definite_description_means_its_only_bearer(predict: Predict) -> None:
    text = "Senator Susan Brock visited Orle. “The boats will return,” the senator said."
    assert speaker_names(predict(text)) == ["Susan Brock"]


def test_who_speaks_in_a_possessive_is_not_its_owner(predict: Predict) -> None:
    text = "Susan Brock was silent. “The boats will return,” Brock’s lawyer said."
    (quotation,) = predict(text).quotations
    assert quotation.entity is None
    assert quotation.state is SpeakerState.UNNAMED


def test_an_organisation_can_speak(predict: Predict) -> None:
    text = "NATO said that the exercise in the Baltic Sea would end on Friday. NATO has 32 members."
    prediction = predict(text)
    (quotation,) = prediction.quotations
    assert quotation.entity is not None
    assert prediction.entities[quotation.entity].type == "ORG"
    assert quotation.state is SpeakerState.NAMED
    assert sum(span.entity == quotation.entity for span in prediction.spans) == 2


def test_the_author_speaks_in_the_first_person(predict: Predict) -> None:
    (quotation,) = predict("I said that the harbour would stay open.").quotations
    assert quotation.state is SpeakerState.AUTHOR


def test_missed_repeats_of_a_surname_are_marked(predict: Predict) -> None:
    text = "Susan Brock came to Paris. The mayor thanked Brock. “We will see,” Brock said. Brock left."
    prediction = predict(text)
    found = [text[span.start : span.end] for span in prediction.spans if span.label == "PERSON"]
    assert found == ["Susan Brock", "Brock", "Brock", "Brock"]


def test_common_words_of_a_shout_are_no_names(predict: Predict) -> None:
    text = "“WE WANT A CEASEFIRE NOW AND A GOOD DAY FOR ALL OF YOU,” Susan Brock wrote in Paris."
    found = [text[span.start : span.end] for span in predict(text).spans]
    assert found == ["Susan Brock", "Paris"]


def test_the_object_that_is_led_to_speak_is_the_speaker(predict: Predict) -> None:
    text = "The storm led Susan Brock to say that the harbour would close."
    assert speaker_names(predict(text)) == ["Susan Brock"]


def test_a_participle_after_a_report_has_the_reporter_as_speaker(predict: Predict) -> None:
    text = "Susan Brock said that the navy could be sent to the harbour, warning: “They will not wait for long.”"
    assert speaker_names(predict(text)) == ["Susan Brock", "Susan Brock"]


def test_the_place_of_a_dateline_and_countries_in_capitals_are_marked() -> None:
    text = "ORLE (Newsline) — The cup was played.\nSPAIN BEAT ITALY\nThe ORLE team lost."
    found = {(text[span.start : span.end], span.label) for span in name_capitals(text, [])}
    assert found == {("ORLE", "GPE"), ("SPAIN", "GPE"), ("ITALY", "GPE")}


def test_a_personal_title_makes_a_name_a_person() -> None:
    text = "Ms. Orle came. Orle spoke."
    raw = spans_of(text, ("Orle", "GPE"), ("Orle", "GPE"))
    assert [span.label for span in agree_on_labels(text, raw)] == ["PERSON", "PERSON"]


def test_it_means_the_organisation_that_spoke_last(predict: Predict) -> None:
    text = "NATO said that the exercise would end on Friday. “The ships will leave,” it added."
    first, second = predict(text).quotations
    assert first.entity is not None
    assert second.entity == first.entity


def test_no_score_or_number_stays_in_a_name() -> None:
    text = "Brock 114 runs"
    (span,) = clean_ends(text, [PredictedSpan(0, 9, "PERSON")])
    assert text[span.start : span.end] == "Brock"
