"""Annotated files as they come: each bad line is named and the others go in."""

import json

import pytest

from annotator.domain.marks import OriginKind, Status, Verdict
from annotator.domain.records import Problem
from annotator.formats.jsonl import read_jsonl
from annotator.formats.registry import read_file

GOOD = '{"text": "Angela Merkel spoke."}'


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "file.jsonl"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_file(path))

    return read


def lines_and_problems(items):
    texts = [(item.line, item.record.text) for item in items if not isinstance(item, Problem)]
    return texts, [(item.line, item.what) for item in items if isinstance(item, Problem)]


def test_blank_lines_windows_line_breaks_and_a_byte_order_mark_do_no_harm(read):
    items = read("\ufeff" + GOOD + "\r\n\r\n  \n" + GOOD)
    assert lines_and_problems(items) == ([(1, "Angela Merkel spoke."), (4, "Angela Merkel spoke.")], [])


BAD_LINES = {
    '{"text": "a",}': "not JSON",
    '{"text": "a"},': "Something follows",
    '{"text": "a"} {"text": "b"}': "Something follows the JSON object, at column 15",
    '{"text": "a"': "not complete",
    '{"text": "a", "text": "b"}': 'The key "text" stands twice',
    '{"text": "a", "meta": {"x": NaN}}': "NaN is not a JSON number",
    '{"text": "a", "meta": {"x": -Infinity}}': "-Infinity is not a JSON number",
    '{"text": "a", "meta": {"x": 1e999}}': "is too large",
    '{"text": "a", "meta": {"x": %s}}' % ("1" * 5000): "too many digits",
    '{"text": "a", "meta": {"x": %s}}' % ("1" * 40): "meta.x holds a number with too many digits",
    '{"text": "a", "meta": %s}' % ("[" * 200_000): "nested more than",
    '{"text": "a", "meta": {"x": ' + "[" * 150 + "]" * 150 + "}}": "meta.x is nested more than 100 levels",
    '{"text": "half \\ud83d"}': r"the lone surrogate \ud83d",
    '{"text": "a", "\\uDE00": 1}': r"the lone surrogate \ude00",
    '["text"]': "is a list, but must be an object",
    '"text"': 'is "text", but must be an object',
    "{}": "text is missing",
    '{"text": 5}': "text is 5, but must be a string",
    '{"text": "a", "id": 1.5}': "id is 1.5, but must be a string",
    '{"text": "a", "schema": "annotator/2"}': 'schema is "annotator/2"; only "annotator/1"',
    '{"text": "a", "spans": {}}': "spans is an object, but must be a list",
    '{"text": "a", "spans": [[0, 1, "P"]]}': "spans[0] is a list, but must be an object",
    '{"text": "a", "answer": "yes"}': 'answer is "yes"',
    '{"text": "a", "offset_unit": "byte"}': 'offset_unit is "byte"',
}


@pytest.mark.parametrize("line", BAD_LINES, ids=[sentence[:40] for sentence in BAD_LINES.values()])
def test_a_bad_line_is_named_and_its_neighbours_go_in(read, line):
    texts, problems = lines_and_problems(read(f"{GOOD}\n{line}\n{GOOD}\n"))
    assert [number for number, _ in texts] == [1, 3]
    assert [number for number, _ in problems] == [2]
    assert BAD_LINES[line] in problems[0][1]


def test_a_whole_emoji_written_as_two_escapes_is_one_character(read):
    (item,) = read('{"text": "\\ud83d\\ude00 Merkel", "spans": [{"start": 2, "end": 8, "label": "P"}]}')
    span = item.record.suggestions.spans[0]
    assert item.record.text[span.start : span.end] == "Merkel"


SPAN_FAULTS = {
    '"start": 3, "end": 3': "spans[1] is empty: it starts and ends at 3",
    '"start": 5, "end": 3': "spans[1] ends at 3, before its start at 5",
    '"start": 0, "end": 9999': "spans[1].end is 9999, but the text has 20 characters",
    '"start": -1, "end": 3': "spans[1].start is -1, but offsets begin at 0",
    '"start": 1.0, "end": 3': "spans[1].start is 1.0, but must be a whole number",
    '"start": "1", "end": 3': 'spans[1].start is "1", but must be a whole number',
    '"start": true, "end": 3': "spans[1].start is true, but must be a whole number",
    '"start": null, "end": 3': "spans[1].start is null, but must be a whole number",
    '"end": 3': "spans[1].start is missing",
    '"start": 0, "end": 3, "label": ""': "spans[1].label is empty",
    '"start": 0, "end": 3, "label": " "': "spans[1].label is empty",
    '"start": 0, "end": 3, "label": 7': "spans[1].label is 7, but must be a string",
    '"start": 0, "end": 3, "label": null': "spans[1].label is null, but must be a string",
    '"start": 0, "end": 6, "text": "Merkel", "label": "P"': 'spans[1].text is "Merkel", but the text has "Angela"',
}


@pytest.mark.parametrize("fault", SPAN_FAULTS, ids=list(SPAN_FAULTS.values()))
def test_a_span_that_is_wrong_is_named_by_line_and_field(read, fault):
    label = "" if "label" in fault else ', "label": "P"'
    good = '{"start": 0, "end": 6, "label": "P"}'
    line = f'{{"text": "Angela Merkel spoke.", "spans": [{good}, {{{fault}{label}}}]}}'
    _, problems = lines_and_problems(read(f"{GOOD}\n{line}"))
    assert problems[0][0] == 2
    assert SPAN_FAULTS[fault] in problems[0][1]


def test_a_span_without_a_label_is_refused(read):
    (problem,) = read('{"text": "Angela", "spans": [{"start": 0, "end": 6}]}')
    assert problem.what == "spans[0].label is missing."


@pytest.mark.parametrize("indent", [None, 1])
def test_a_json_list_is_refused_once_with_what_to_do(read, indent):
    (problem,) = read(json.dumps([{"text": "a"}, {"text": "b"}], indent=indent))
    assert problem.line is None
    assert "one JSON list" in problem.what
    assert "one JSON object a line" in problem.remedy


def test_a_pretty_printed_object_is_refused_once(read):
    (problem,) = read(json.dumps({"text": "a"}, indent=1))
    assert "one JSON object over several lines" in problem.what


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_problem_not_an_empty_success(read, content):
    (problem,) = read(content)
    assert problem.what == "The file is empty."


def test_a_line_that_is_not_utf8_is_named_with_the_byte(read):
    texts, problems = lines_and_problems(read(GOOD.encode() + b'\n{"text": "caf\xe9"}\n' + GOOD.encode()))
    assert len(texts) == 2
    assert problems == [(2, "The line is not UTF-8 (byte 14 is 0xE9).")]


def test_utf16_is_refused_for_the_whole_file(read):
    (problem,) = read(GOOD.encode("utf-16"))
    assert "UTF-16" in problem.what


def test_a_line_beyond_the_limit_is_refused_without_being_read(tmp_path):
    path = tmp_path / "file.jsonl"
    long = json.dumps({"text": "a" * 200})
    path.write_text(f"{GOOD}\n{long}\n{GOOD}\n{long}")
    texts, problems = lines_and_problems(list(read_jsonl(path, limit=100)))
    assert [number for number, _ in texts] == [1, 3]
    assert [number for number, _ in problems] == [2, 4]


def test_a_line_of_exactly_the_limit_goes_in(tmp_path):
    path = tmp_path / "file.jsonl"
    path.write_text(f"{GOOD}\r\n{GOOD}")
    assert len(list(read_jsonl(path, limit=len(GOOD)))) == 2


def test_metadata_may_stand_in_meta_or_beside_the_text(read):
    (item,) = read(
        '{"text": "a", "id": 7, "url": "https://example.org/a", "meta": {"title": "T", "views": [1, {"x": null}]}}'
    )
    meta = item.record.meta
    assert (item.record.id, meta.title, meta.url) == ("7", "T", "https://example.org/a")
    assert meta.extra == {"views": [1, {"x": None}]}


def test_keys_that_nothing_is_made_of_are_told(read):
    (item,) = read('{"text": "a", "labels": []}')
    assert item.notes == ('The key "labels" was left out.',)


def test_replaced_characters_are_told_and_spans_keep_their_words(read):
    (item,) = read('{"text": "a\\u0000\\r\\nMerkel", "spans": [{"start": 4, "end": 10, "label": "P"}]}')
    span = item.record.suggestions.spans[0]
    assert item.record.text[span.start : span.end] == "Merkel"
    assert item.notes == ("1 NUL character became “␀”.",)


PRODIGY = '{"text": "Angela Merkel", "_input_hash": 5, "tokens": [], "spans": [{"start": 0, "end": 6, "label": "P"}]%s}'


def test_an_accepted_prodigy_task_is_decided_and_done(read):
    (item,) = read(PRODIGY % ', "answer": "accept"')
    record = item.record
    assert record.status is Status.DONE
    assert [(one.verdict, one.origin.kind, one.origin.name) for one in record.decided.spans] == [
        (Verdict.ACCEPTED, OriginKind.IMPORTED, "prodigy")
    ]
    assert not record.suggestions
    assert item.notes == ()


@pytest.mark.parametrize("answer", ["", ', "answer": "reject"', ', "answer": "ignore"'])
def test_a_prodigy_task_that_was_not_accepted_holds_suggestions(read, answer):
    (item,) = read(PRODIGY % answer)
    assert item.record.status is Status.NEW
    assert not item.record.decided
    assert [one.verdict for one in item.record.suggestions.spans] == [Verdict.PENDING]


def test_equal_spans_of_a_task_have_different_ids_that_stay_the_same(read):
    span = '{"start": 0, "end": 6, "label": "P"}'
    line = f'{{"text": "Angela", "spans": [{span}, {span}]}}'
    ids = [[span.id for span in item.record.suggestions.spans] for item in read(f"{line}\n{line}")]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2
