"""Which pipelines are listed and loaded, and how a text of any length becomes one document."""

from __future__ import annotations

import warnings
from types import SimpleNamespace

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import WorkerFailed
from annotator.language import pipelines
from annotator.language.analysis import RULES_VERSION, analyse, analyse_many
from annotator.language.pipelines import LoadedPipeline
from annotator.language.reading import chunks, parse_many


def test_installed_pipelines_are_listed_by_their_own_names_the_default_first() -> None:
    found = pipelines.installed()
    if not found:
        pytest.skip("no language pipeline is installed")
    assert [info.name for info in found] == sorted((info.name for info in found), key=lambda n: n != "en_core_web_md")
    assert all(info.rules_version == RULES_VERSION and info.version for info in found)


@pytest.mark.parametrize("name", ["os", "en_core_web_trf", "", "../evil", "spacy"])
def test_a_name_that_is_not_on_the_list_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(WorkerFailed, match="not installed") as caught:
        pipelines.load(name)
    assert "\n" not in str(caught.value)


def test_a_missing_default_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipelines, "_KNOWN", (("en_core_web_md", "no_such_package_for_sure"),))
    assert pipelines.installed() == ()
    with pytest.raises(WorkerFailed, match="set-up"):
        pipelines.load(None)


def test_loading_by_package_name_gives_the_same_pipeline_without_a_warning(pipeline: LoadedPipeline) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loaded = pipelines.load(pipeline.info.package)
    assert loaded.info == pipeline.info


def test_sentences_end_with_paragraphs_and_not_at_wrapped_lines(pipeline: LoadedPipeline) -> None:
    text = (
        "The council met on Monday\n\n"
        "The mayor of the small town said on Tuesday that\nAnna Brock would open the new bridge over the\n"
        "Orle in spring. Nobody objected."
    )
    doc = next(parse_many([text], pipeline.nlp))
    sentences = [sentence.text.strip() for sentence in doc.sents]
    assert sentences[0] == "The council met on Monday"
    assert sentences[1].startswith("The mayor")
    assert sentences[1].endswith("in spring.")
    assert sentences[2] == "Nobody objected."


@given(st.text(alphabet="ab. \n“”", max_size=120), st.integers(1, 40))
def test_chunks_put_together_are_the_text_and_none_is_too_long(text: str, limit: int) -> None:
    pieces = chunks(text, limit)
    assert "".join(pieces) == text
    assert all(len(piece) <= limit for piece in pieces)


def test_a_long_text_is_cut_between_paragraphs() -> None:
    assert chunks("aaaa\nbbbb\ncccc", 10) == ["aaaa\nbbbb\n", "cccc"]


def test_a_text_longer_than_the_limit_is_parsed_whole_with_the_same_result(pipeline: LoadedPipeline) -> None:
    paragraph = "“We will rebuild the harbour,” Mayor Ana Brock told the council in Orle on Monday."
    text = "\n".join([paragraph] * 12 + [paragraph.replace(".", ",") * 6])
    small = SimpleNamespace(pipe=pipeline.nlp.pipe, max_length=300)
    doc = next(parse_many([text], small))
    assert doc.text == text
    prediction = analyse(text, LoadedPipeline(pipeline.info, small))
    assert len(prediction.quotations) >= 12


def test_many_texts_give_what_each_gives_alone(pipeline: LoadedPipeline) -> None:
    texts = ["", "“It works,” said Ana Brock.", "\n\n", "Brock said the bridge was safe.", "x" * 300]
    assert list(analyse_many(texts, pipeline)) == [analyse(text, pipeline) for text in texts]
    assert list(analyse_many(iter(texts), pipeline)) == list(analyse_many(texts, pipeline))


def test_twenty_thousand_marks_without_a_blank_are_taken_in_reasonable_time(pipeline: LoadedPipeline) -> None:
    text = '"' * 20_000
    assert max(map(len, chunks(text, 50_000))) <= 1_000
    assert analyse(text, pipeline).quotations == ()


def test_a_pipeline_without_a_parser_still_finds_marks_and_says_what_is_missing(pipeline: LoadedPipeline) -> None:
    bare = LoadedPipeline(pipeline.info, spacy.blank("en"))
    text = "“The boats will return in spring,” said Ana Brock. Lenk wrote: “Nobody has to leave.”"
    quotations = analyse(text, bare).quotations
    found = [(one.content[0].slice(text), one.speaker and one.speaker.slice(text)) for one in quotations]
    assert found == [("“The boats will return in spring,”", "Ana Brock"), ("“Nobody has to leave.”", "Lenk")]
    assert bare.missing is not None
    assert "parser" in bare.missing
    assert pipeline.missing is None


@pytest.mark.parametrize(
    ("language", "text", "content", "speaker"),
    [
        ("fr", "« Les bateaux vont partir », a dit Jeanne Dupont.", "« Les bateaux vont partir »", "Jeanne Dupont"),
        ("de", "„Die Boote kommen zurück“, sagte Anna Brück.", "„Die Boote kommen zurück“", "Anna Brück"),
        ("de", "Anna Brück sagte: »Die Boote kommen zurück.«", "»Die Boote kommen zurück.«", "Anna Brück"),
        ("xx", "「船は春に戻ります。」と Ana Brock", "「船は春に戻ります。」", "Ana Brock"),
    ],
)
def test_other_languages_have_their_own_marks(
    pipeline: LoadedPipeline, language: str, text: str, content: str, speaker: str
) -> None:
    other = LoadedPipeline(pipeline.info, spacy.blank(language))
    (quotation,) = analyse(text, other).quotations
    assert quotation.content[0].slice(text) == content
    assert quotation.speaker is not None
    assert quotation.speaker.slice(text) == speaker
