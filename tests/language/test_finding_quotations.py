"""Quotations found in plain sentences about invented people: contents, cues, speakers."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.attrs import LANG
from spacy.tokens import Doc
from spacy.vocab import Vocab

from annotator.domain.marks import UNSURE_BELOW, QuotationType, SpeakerState
from annotator.domain.predictions import PredictedQuotation, Prediction
from annotator.domain.quotations import check_stretch
from annotator.language.analysis import analyse
from annotator.language.pipelines import LoadedPipeline
from annotator.language.quotations.extract import extract_quotations
from annotator.language.quotations.surface import surface_quotations
from annotator.language.settings import Settings

Predict = Callable[[str], Prediction]


def told(text: str, quotation: PredictedQuotation) -> tuple[list[str], str | None, list[str]]:
    """Contents, speaker mention and cues in words."""
    return (
        [part.slice(text) for part in quotation.content],
        quotation.speaker.slice(text) if quotation.speaker else None,
        [part.slice(text) for part in quotation.cue],
    )


def only(predict: Predict, text: str) -> tuple[list[str], str | None, list[str]]:
    quotations = predict(text).quotations
    assert len(quotations) == 1, [told(text, one) for one in quotations]
    return told(text, quotations[0])


def test_a_frame_after_the_marks(predict: Predict) -> None:
    text = "“The harbour will stay open,” Mayor Ana Brock said on Monday."
    assert only(predict, text) == (["“The harbour will stay open,”"], "Mayor Ana Brock", ["said"])


def test_an_inverted_frame_has_the_apposition_and_no_relative_clause(predict: Predict) -> None:
    text = "“The harbour will stay open,” said Ana Brock, the mayor of Orle, who took office in May."
    assert only(predict, text) == (["“The harbour will stay open,”"], "Ana Brock, the mayor of Orle", ["said"])


def test_a_split_quotation_is_one_with_two_parts(predict: Predict) -> None:
    text = "“The harbour will stay open,” she said. “Nobody has to leave.”"
    contents, speaker, cue = only(predict, text)
    assert contents == ["“The harbour will stay open,”", "“Nobody has to leave.”"]
    assert (speaker, cue) == ("she", ["said"])


def test_a_sentence_that_goes_on_after_the_frame_is_one_quotation(predict: Predict) -> None:
    text = "“The harbour,” she said, “will stay open until the winter.”"
    contents, _, _ = only(predict, text)
    assert contents == ["“The harbour,”", "“will stay open until the winter.”"]


@pytest.mark.parametrize("pause", [",", ":"])
def test_a_frame_before_the_marks(predict: Predict, pause: str) -> None:
    text = f"On Monday, Mayor Ana Brock told reporters{pause} “The harbour will stay open.”"
    assert only(predict, text) == (["“The harbour will stay open.”"], "Mayor Ana Brock", ["told"])


def test_several_paragraphs_in_marks_are_one_quotation(predict: Predict) -> None:
    text = (
        "“We came to the harbour before dawn and waited,” Ana Brock said. “The boats were gone.\n"
        "“Nobody told us where they had gone.”"
    )
    contents, speaker, _ = only(predict, text)
    assert len(contents) == 3
    assert contents[2] == "“Nobody told us where they had gone.”"
    assert speaker == "Ana Brock"


@pytest.mark.parametrize(
    ("opener", "closer"), [("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("''", "''"), ("«", "»")]
)
def test_the_style_of_marks_does_not_matter(predict: Predict, opener: str, closer: str) -> None:
    text = f"{opener}The workers’ ferry will run again,{closer} Ana Brock said."
    contents, speaker, _ = only(predict, text)
    assert contents == [f"{opener}The workers’ ferry will run again,{closer}"]
    assert speaker == "Ana Brock"


@pytest.mark.parametrize(
    "text",
    [
        "The film “Winter Harbour” won three prizes.",
        "The so-called “green wave” never came to Orle.",
        "‘Barbaric night’",
        "He read “The Long Way Home” and “Orle” on the train.",
        "The town lies between two rivers.",
    ],
)
def test_titles_and_scare_quotes_are_no_quotations(predict: Predict, text: str) -> None:
    assert predict(text).quotations == ()


def test_a_reported_clause(predict: Predict) -> None:
    text = "The mayor said that the harbour would stay open until winter."
    assert only(predict, text) == (["that the harbour would stay open until winter"], "The mayor", ["said"])
    assert predict(text).quotations[0].type is QuotationType.INDIRECT


def test_a_reported_clause_with_a_marked_phrase_is_mixed(predict: Predict) -> None:
    text = "Minister Ivo Lenk said the “next step” would be a meeting in Orle."
    assert only(predict, text) == (
        ["the “next step” would be a meeting in Orle"],
        "Minister Ivo Lenk",
        ["said"],
    )
    assert predict(text).quotations[0].type is QuotationType.MIXED


def test_a_report_before_its_frame(predict: Predict) -> None:
    text = "The harbour will stay open until winter, the ministry said."
    assert only(predict, text) == (["The harbour will stay open until winter"], "the ministry", ["said"])


def test_a_report_around_its_frame(predict: Predict) -> None:
    text = "The talks, she said, were held in a small room in Orle."
    contents, speaker, _ = only(predict, text)
    assert contents == ["The talks", "were held in a small room in Orle"]
    assert speaker == "she"


@pytest.mark.parametrize(
    "text",
    [
        "According to the ministry, the harbour will stay open.",
        "The harbour will stay open, according to the ministry.",
    ],
)
def test_according_to(predict: Predict, text: str) -> None:
    contents, speaker, cue = only(predict, text)
    assert contents[0].lower() == "the harbour will stay open"
    assert speaker == "the ministry"
    assert cue[0].lower() == "according to"


def test_a_second_report_starts_its_own_quotation(predict: Predict) -> None:
    text = "“The harbour is safe,” Lenk said, adding that the boats would return on Friday."
    first, second = predict(text).quotations
    assert told(text, first)[0] == ["“The harbour is safe,”"]
    assert told(text, second) == (["that the boats would return on Friday"], "Lenk", ["adding"])


def test_only_the_marked_words_are_the_content_of_a_description(predict: Predict) -> None:
    text = "Brock described the plan as “a cruel joke on the town”."
    assert only(predict, text) == (["“a cruel joke on the town”"], "Brock", ["described"])


def test_a_name_under_marks_signs_them(predict: Predict) -> None:
    text = "“I have never seen such a storm in my life.” — Ana Brock"
    assert only(predict, text) == (["“I have never seen such a storm in my life.”"], "Ana Brock", [])


def test_labels_of_a_transcript_are_speakers(predict: Predict) -> None:
    text = "BROCK: When did you leave?\nLENK: On Monday.\nBROCK: And why?"
    quotations = predict(text).quotations
    assert [told(text, one)[:2] for one in quotations] == [
        (["When did you leave?"], "BROCK"),
        (["On Monday."], "LENK"),
        (["And why?"], "BROCK"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry did not say that the harbour was closed.",
        "Nobody said that the harbour was closed.",
        "The ministry did not respond to a request for comment.",
    ],
)
def test_a_denial_of_speech_is_at_most_an_unsure_suggestion(predict: Predict, text: str) -> None:
    (quotation,) = predict(text).quotations
    assert quotation.rule == "denied report"
    assert quotation.score is not None
    assert quotation.score < UNSURE_BELOW


def test_a_heading_with_a_colon_is_no_speaker(predict: Predict) -> None:
    assert predict("EXCLUSIVE: Harbour in Orle closes for good.").quotations == ()


def test_every_quotation_names_its_rule_and_has_a_score(predict: Predict) -> None:
    text = "“We are leaving,” Ana Brock said. Lenk said the boats were gone."
    for quotation in predict(text).quotations:
        assert quotation.rule
        assert quotation.score is not None
        assert 0 < quotation.score <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "“",
        "”",
        "“”",
        "''",
        "‘’’’",
        "😀" * 40,
        "␀�",
        "\u200b\u200b",
        ":",
        "said",
        "“ ” said he",
        "- - -",
    ],
)
def test_odd_texts_are_taken(predict: Predict, text: str) -> None:
    check_prediction(text, predict(text))


PIECES = [
    "“", "”", '"', "‘", "’", "'", "''", "«", "»", " ", "\n", "\n\n", ", ", ". ", "? ", ": ", "— ", "said ", "he ",
    "Ana Brock ", "Lenk ", "Mayor ", "that ", "We are leaving", "The boats were gone", "according to ", "adding ",
    "who ", "told ", "the ministry ", "(", ")", "😀", "\u00a0", "told reporters on Monday", "’s ", "CAPITALS: ",
]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_gives_a_sound_prediction_twice_the_same(pipeline: LoadedPipeline, text: str) -> None:
    prediction = analyse(text, pipeline)
    check_prediction(text, prediction)
    assert analyse(text, pipeline) == prediction


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_arbitrary_characters_are_taken(pipeline: LoadedPipeline, text: str) -> None:
    check_prediction(text, analyse(text, pipeline))


def check_prediction(text: str, prediction: Prediction) -> None:
    """Everything lies inside the text, in order, and refers to what exists."""
    for span in prediction.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert span.entity is None or 0 <= span.entity < len(prediction.entities)
    keys = [(span.start, span.end) for span in prediction.spans]
    assert keys == sorted(keys)
    for quotation in prediction.quotations:
        assert quotation.content
        for part in (*quotation.content, *quotation.cue, *filter(None, [quotation.speaker])):
            check_stretch(part, len(text))
        for before, after in zip(quotation.content, quotation.content[1:], strict=False):
            assert before.end <= after.start
        assert quotation.entity is None or 0 <= quotation.entity < len(prediction.entities)
        assert (quotation.entity is None) or quotation.state is SpeakerState.NAMED
    starts = [(one.content[0].start, one.content[-1].end) for one in prediction.quotations]
    assert starts == sorted(starts)


def test_the_article_that_was_asked_for(predict: Predict, seed_article: str) -> None:
    prediction = predict(seed_article)
    check_prediction(seed_article, prediction)
    named = {prediction.entities[one.entity].name for one in prediction.quotations if one.entity is not None}
    assert {"Donald Trump", "Dmitry Peskov", "Zelenskyy", "Andrii Sybiha"} <= named
    contents = [part.slice(seed_article) for one in prediction.quotations for part in one.content]
    assert sum(content.startswith("“") for content in contents) >= 8
    assert "‘Barbaric war crime’" not in contents


def test_the_title_of_a_programme_is_no_quotation_of_its_guest(predict: Predict) -> None:
    text = "On the radio show “Morning in Orle,” Susan Brock said that the harbour would stay open."
    assert only(predict, text)[0] == ["that the harbour would stay open"]


def test_a_quotation_that_begins_before_its_marks_is_mixed_and_whole(predict: Predict) -> None:
    text = "The new plan is “not worth the paper it is written on,” Susan Brock said."
    assert only(predict, text)[0] == ["The new plan is “not worth the paper it is written on,”"]
    assert predict(text).quotations[0].type is QuotationType.MIXED


def test_marks_that_go_on_after_a_report_belong_to_it(predict: Predict) -> None:
    text = "Lenk said the ministry considered the visit possible, “but only if both sides agree on a date”."
    assert only(predict, text)[0] == [
        "the ministry considered the visit possible, “but only if both sides agree on a date”"
    ]


def test_a_colon_above_introduces_the_paragraph_in_marks(predict: Predict) -> None:
    text = "Susan Brock wrote in a letter to the town on Monday:\n“The boats will return in spring.”"
    contents, speaker, cue = only(predict, text)
    assert (contents, speaker, cue) == (["“The boats will return in spring.”"], "Susan Brock", ["wrote"])


def test_a_whole_sentence_in_marks_takes_the_person_of_the_sentence_before(predict: Predict) -> None:
    text = "Susan Brock shook her head. “The boats have been gone for three days now.”"
    contents, speaker, cue = only(predict, text)
    assert (speaker, cue) == ("Susan Brock", [])
    assert contents == ["“The boats have been gone for three days now.”"]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Susan Brock cited a letter from the navy.", "a letter from the navy", "Susan Brock"),
        ("Susan Brock warned of a long winter.", "a long winter", "Susan Brock"),
        ("Susan Brock accused the navy of sinking two boats on Monday.", None, "Susan Brock"),
        ("Susan Brock denied sinking the boats.", "sinking the boats", "Susan Brock"),
    ],
)
def test_a_noun_phrase_that_a_cue_governs(predict: Predict, text: str, content: str | None, speaker: str) -> None:
    contents, found, _ = only(predict, text)
    assert found == speaker
    assert contents == [content] if content else contents[0].startswith("the navy of sinking two boats")


def test_asked_without_by_has_no_speaker(predict: Predict) -> None:
    text = "Asked whether the harbour would close, Susan Brock said: “Not before the winter comes.”"
    first = predict(text).quotations[0]
    assert first.speaker is None


def test_what_was_quoted_as_said(predict: Predict) -> None:
    text = "“The boats will return,” Susan Brock was quoted as saying."
    assert only(predict, text) == (["“The boats will return,”"], "Susan Brock", ["saying"])


def test_a_verb_before_the_frame_has_its_complement_after_it(predict: Predict) -> None:
    contents, speaker, _ = only(predict, "The harbour was, she said, quite empty.")
    assert (contents, speaker) == (["The harbour was", "quite empty"], "she")


def test_an_embedded_post_without_marks(predict: Predict) -> None:
    text = (
        "The mayor had shared the letter of the navy on Monday, to the surprise of many people in the old town.\n"
        "We must keep the harbour open for everyone\n"
        "— Susan Brock (@brock) May 4, 2019\n"
    )
    assert only(predict, text) == (["We must keep the harbour open for everyone"], "Susan Brock", [])


def test_a_report_that_goes_on_in_the_next_sentence_in_marks(predict: Predict) -> None:
    text = "Susan Brock said the harbour would close. The boats could stay “until the ice comes back”."
    contents = [part.slice(text) for one in predict(text).quotations for part in one.content]
    assert contents == ["the harbour would close", "The boats could stay “until the ice comes back”"]


def test_lines_of_a_text_with_long_lines_are_paragraphs_of_their_own(predict: Predict) -> None:
    text = (
        "Brock Says The Harbour Will Stay Open Until The Next Winter Comes\n"
        + "Susan Brock defended herself on Monday against many people who had called the plan far too dear. " * 2
        + "\n\nThe end."
    )
    contents = [part.slice(text) for one in predict(text).quotations for part in one.content]
    assert contents[0] == "The Harbour Will Stay Open Until The Next Winter Comes"


def test_attitudes_are_off_unless_asked_for(pipeline: LoadedPipeline) -> None:
    text = "Susan Brock believes that the harbour will close in May."
    assert analyse(text, pipeline).quotations == ()
    (quotation,) = analyse(text, pipeline, Settings(attitudes=True)).quotations
    assert quotation.rule == "attitude"


def test_a_rule_can_be_switched_off(pipeline: LoadedPipeline) -> None:
    text = "Susan Brock said that the harbour would close."
    assert len(analyse(text, pipeline).quotations) == 1
    assert analyse(text, pipeline, Settings(without=frozenset(["that clause"]))).quotations == ()


@pytest.mark.parametrize("unit", ['"', "“a” ", "'' ", "“We go,” he said. "])
def test_a_megabyte_of_marks_ends_in_seconds(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begin = perf_counter()
    surface_quotations(text)
    small = unit * (60_000 // len(unit))
    words = small.split()[:20_000]
    vocab = Vocab(lex_attr_getters={LANG: lambda _: "en"})
    heads = [place - place % 10 for place in range(len(words))]
    doc = Doc(vocab, words=words, heads=heads, deps=["dep"] * len(words))
    extract_quotations(doc.text, doc, ())
    assert perf_counter() - begin < 60  # seconds on an idle machine; quadratic work would take hours
