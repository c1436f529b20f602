"""The native format: lossless both ways, the same bytes each time, and every written line fits its schema."""

import json
from dataclasses import replace
from importlib import resources
from uuid import UUID

import pytest
from hypothesis import given, settings
from record_strategies import records

from annotator.domain.errors import AnnotatorError, BadInput, InvalidStretch
from annotator.domain.marks import Entity, Origin, OriginKind, QuotationType, SpeakerState, Stretch, Verdict
from annotator.domain.records import DocumentRecord, MarkRecords, Metadata, QuotationRecord, SpanRecord
from annotator.formats.annotator_jsonl import Pending, read_line, write_line

TEXT = "“We will go,” Dmitry Peskov said."
PERSON = UUID("00000000-0000-5000-8000-000000000001")
PIPELINE = Origin(OriginKind.PIPELINE, "en_core_web_md", "3.7.1", "frame after", 0.97)


def example() -> DocumentRecord:
    span = SpanRecord(UUID(int=1), 14, 27, "PERSON", PIPELINE, PERSON, verdict=Verdict.ACCEPTED)
    quotation = QuotationRecord(
        id=UUID(int=2),
        type=QuotationType.DIRECT,
        content=(Stretch(0, 13),),
        origin=PIPELINE,
        cue=(Stretch(28, 32),),
        speaker=Stretch(14, 27),
        speaker_entity=PERSON,
        speaker_state=SpeakerState.NAMED,
        verdict=Verdict.PENDING,
    )
    return DocumentRecord(
        id="one",
        text=TEXT,
        meta=Metadata(title="A title", outlet="Reuters", extra={"b": 1, "a": [None]}),
        annotator="Ann",
        decided=MarkRecords((span,)),
        entities=(Entity(PERSON, "Dmitry Peskov", "PERSON", ("Peskov",)),),
        suggestions=MarkRecords((), (quotation,)),
    )


def as_object(record: DocumentRecord, pending: Pending = Pending.SEPARATE) -> dict:
    return json.loads(write_line(record, pending=pending))


@given(records())
@settings(max_examples=40)
def test_what_was_written_is_read_back_whole(record):
    assert read_line(json.loads(write_line(record))) == record


@given(records())
@settings(max_examples=40)
def test_writing_what_was_read_gives_the_same_bytes(record):
    line = write_line(record)
    assert write_line(read_line(json.loads(line))) == line


@given(records())
@settings(max_examples=40)
def test_pending_marks_among_the_others_are_suggestions_again_when_read(record):
    assert read_line(as_object(record, Pending.INCLUDE)) == record


@given(records())
@settings(max_examples=40)
def test_every_written_line_fits_the_schema(record):
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads(resources.files("annotator.resources").joinpath("annotator-1.schema.json").read_text())
    for pending in Pending:
        jsonschema.Draft202012Validator(schema).validate(as_object(record, pending))


@given(records())
@settings(max_examples=40)
def test_every_stretch_carries_its_words(record):
    line = as_object(record)
    for group in (line, line["suggestions"], line["rejected"]):
        for one in group["quotations"]:
            for stretch in (*one["content"], *one["cue"], *filter(None, [one["speaker"]])):
                assert record.text[stretch["start"] : stretch["end"]] == stretch["text"]
        for span in group["spans"]:
            assert record.text[span["start"] : span["end"]] == span["text"]


def test_keys_stand_in_the_order_of_the_design():
    line = as_object(example())
    assert list(line) == [
        *("schema", "id", "text", "text_sha256", "offset_unit", "meta", "annotator", "round", "status"),
        *("flagged", "note", "updated", "spans", "quotations", "entities", "suggestions", "rejected"),
    ]
    assert list(line["meta"]) == [*("title", "outlet", "url", "author", "published", "language", "source", "a", "b")]
    assert list(line["spans"][0]) == [
        *("id", "start", "end", "label", "text", "entity", "note", "verdict", "changed", "original", "origin")
    ]
    assert list(line["suggestions"]["quotations"][0]) == [
        *("id", "type", "content", "cue", "speaker", "speaker_entity", "speaker_state", "note"),
        *("verdict", "changed", "original", "origin"),
    ]


def test_letters_beyond_ascii_are_written_as_they_are():
    assert "“We will go,”" in write_line(example())


def test_pending_marks_can_be_left_out_and_their_entities_with_them():
    line = as_object(replace(example(), decided=MarkRecords()), Pending.OMIT)
    assert line["suggestions"] == {"spans": [], "quotations": []}
    assert line["entities"] == []


def test_pending_marks_can_stand_among_the_others_with_their_verdict():
    line = as_object(example(), Pending.INCLUDE)
    assert [one["verdict"] for one in line["quotations"]] == ["pending"]
    assert line["suggestions"]["quotations"] == []


def test_a_prediction_has_the_verdict_null_and_comes_in_as_suggestions():
    span = replace(example().decided.spans[0], verdict=None)
    line = as_object(replace(example(), decided=MarkRecords((span,)), suggestions=MarkRecords()))
    assert line["spans"][0]["verdict"] is None
    record = read_line(line)
    assert not record.decided
    assert [one.verdict for one in record.suggestions.spans] == [Verdict.PENDING]


def test_scores_are_rounded_to_four_digits():
    origin = replace(PIPELINE, score=0.123456)
    record = replace(example(), decided=MarkRecords((replace(example().decided.spans[0], origin=origin),)))
    assert as_object(record)["spans"][0]["origin"]["score"] == 0.1235


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 5), (-1, 5), (0, 99)])
def test_the_writer_refuses_a_stretch_that_the_text_does_not_have(start, end):
    span = replace(example().decided.spans[0], start=start, end=end)
    with pytest.raises(InvalidStretch, match="A title"):
        write_line(replace(example(), decided=MarkRecords((span,))))


def test_the_writer_refuses_an_entity_that_the_record_does_not_have():
    with pytest.raises(AnnotatorError, match="has no entity"):
        write_line(replace(example(), entities=()))


def test_ids_of_other_programs_become_the_same_uuids_each_time():
    line = as_object(example())
    line["entities"][0]["id"] = line["spans"][0]["entity"] = "e1"
    line["suggestions"]["quotations"][0]["speaker_entity"] = "e1"
    line["spans"][0]["id"] = "T1"
    del line["suggestions"]["quotations"][0]["id"]
    first, second = read_line(line), read_line(line)
    assert first == second
    assert first.decided.spans[0].entity == first.entities[0].id
    assert first.suggestions.quotations[0].id.version == 5


def test_offsets_are_moved_with_the_text_when_line_breaks_become_one_character():
    line = {"schema": "annotator/1", "text": "One\r\n\r\nPeskov", "spans": [{"start": 7, "end": 13, "label": "P"}]}
    span = read_line(line).suggestions.spans[0]
    assert (span.start, span.end) == (5, 11)


BAD = [
    (lambda line: line.pop("text"), "text is missing"),
    (lambda line: line.update(text=" \n"), "text is empty"),
    (lambda line: line.update(text_sha256="0" * 64), "text_sha256 does not fit"),
    (lambda line: line.update(offset_unit="utf16"), "offset_unit"),
    (lambda line: line.update(status="finished"), 'status is "finished", but must be one of new, in progress'),
    (lambda line: line.update(round=0), "round is 0"),
    (lambda line: line.update(round=True), "round is true"),
    (lambda line: line.update(flagged=1), "flagged is 1, but must be true or false"),
    (lambda line: line.update(updated="yesterday"), "updated"),
    (lambda line: line.update(meta=[]), "meta is a list"),
    (lambda line: line["meta"].update(title=[]), "meta.title is a list"),
    (lambda line: line["spans"][0].update(end=9999), r"spans\[0\]\.end is 9999, but the text has 33 characters"),
    (lambda line: line["spans"][0].update(text="Nobody"), r"spans\[0\]\.text"),
    (lambda line: line["spans"][0].update(verdict="maybe"), r"spans\[0\]\.verdict"),
    (lambda line: line["spans"][0].update(verdict="changed"), r"spans\[0\]\.original is missing"),
    (lambda line: line["spans"][0].update(changed=["cue"]), r"spans\[0\]\.changed"),
    (lambda line: line["spans"][0].update(entity="nobody"), r"spans\[0\]\.entity is not among"),
    (lambda line: line["spans"][0]["origin"].update(kind="model"), r"spans\[0\]\.origin\.kind"),
    (lambda line: line["spans"][0]["origin"].update(score=2), r"spans\[0\]\.origin\.score is 2"),
    (lambda line: line["spans"].append(line["spans"][0]), "The id 00000000-0000-0000-0000-000000000001 stands twice"),
    (lambda line: line["entities"].append(line["entities"][0]), r"entities\[1\]\.id stands twice"),
    (
        lambda line: line["suggestions"]["quotations"][0].update(content=[]),
        r"suggestions\.quotations\[0\]\.content is empty",
    ),
    (
        lambda line: line["suggestions"]["quotations"][0].update(
            content=[{"start": 0, "end": 5}, {"start": 4, "end": 8}]
        ),
        r"suggestions\.quotations\[0\]\.content has parts that overlap",
    ),
    (
        lambda line: line["suggestions"]["quotations"][0].update(verdict="accepted"),
        r"suggestions\.quotations\[0\]\.verdict is \"accepted\"",
    ),
    (
        lambda line: line["suggestions"]["quotations"][0]["cue"][0].update(start="28"),
        r"suggestions\.quotations\[0\]\.cue\[0\]\.start is \"28\"",
    ),
]


@pytest.mark.parametrize(("spoil", "sentence"), BAD, ids=[sentence for _, sentence in BAD])
def test_a_wrong_field_is_refused_by_its_name(spoil, sentence):
    line = as_object(example())
    spoil(line)
    with pytest.raises(BadInput, match=sentence):
        read_line(line)
