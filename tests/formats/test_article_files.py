"""Article files: whatever the encoding, the text comes in or a sentence says why not."""

import os

import pytest

from annotator.domain.errors import BadInput
from annotator.domain.records import Problem, ReadDocument
from annotator.formats import source
from annotator.formats.registry import read_file, reader_for

SAMPLE = "“Das wäre schön,” sagte Jürgen Müller. Café – naïve… l’été à Köln kostet 5 €."


def read(path, data=None):
    if data is not None:
        path.write_bytes(data)
    (item,) = read_file(path)
    return item


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_texts_with_a_known_encoding_come_in_whole_and_without_a_note(tmp_path, codec):
    item = read(tmp_path / "a.txt", SAMPLE.encode(codec))
    assert item.record.text == SAMPLE
    assert item.notes == ()


def test_utf16_of_both_byte_orders_is_read_by_its_mark(tmp_path):
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert read(tmp_path / "a.txt", mark + SAMPLE.encode(codec)).record.text == SAMPLE


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_guessed_and_told(tmp_path, codec):
    item = read(tmp_path / "a.txt", SAMPLE.encode(codec))
    assert item.record.text == SAMPLE
    assert codec.upper() in item.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        SAMPLE,
        "He said: “No.”",
        "The café’s owner declined.",
        "“We can’t,” she said – and left the room. " * 40,
    ],
)
def test_windows_text_is_read_as_such_and_told(tmp_path, text):
    item = read(tmp_path / "a.txt", text.encode("cp1252"))
    assert item.record.text == text
    assert item.notes == ("Read as windows-1252; the file is not UTF-8, check accents and quotation marks.",)


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1251", "Президент заявил, что переговоры продолжатся на следующей неделе в Москве. "),
        ("koi8-r", "Президент заявил, что переговоры продолжатся на следующей неделе в Москве. "),
        ("cp1253", "Ο πρωθυπουργός δήλωσε ότι η κυβέρνηση δεν θα αλλάξει την πολιτική της. "),
        ("cp1250", "Premier Donald Tusk powiedział, że rząd nie zgodzi się na żadne zmiany. "),
        ("gb18030", "国家主席在会议上表示，将继续推进改革开放，并强调合作的重要性。"),
    ],
)
def test_texts_of_other_languages_are_not_taken_for_western(tmp_path, codec, text):
    item = read(tmp_path / "a.txt", (text * 5).encode(codec))
    assert item.record.text == text * 5
    assert item.notes[0].startswith("Read as ")


def test_a_few_broken_bytes_in_utf8_cost_only_themselves(tmp_path):
    item = read(tmp_path / "a.txt", SAMPLE.encode() + b"\xff end")
    assert item.record.text == SAMPLE + "� end"
    assert item.notes == ("1 piece that is not valid UTF-8 became “�”.",)


def test_line_breaks_are_made_one_and_nothing_else_is_touched(tmp_path):
    item = read(tmp_path / "a.md", "# T\r\n\r\n*a*\u00a0b\re\u0301\u200b\n".encode())
    assert item.record.text == "# T\n\n*a*\u00a0b\ne\u0301\u200b\n"
    assert item.record.text == item.canonical.text
    assert item.notes == ()


def test_control_characters_stay_but_nul_becomes_visible_and_is_told(tmp_path):
    item = read(tmp_path / "a.txt", b"an ordinary text\0 with\x07 two\0")
    assert item.record.text == "an ordinary text␀ with\x07 two␀"
    assert item.notes == ("2 NUL characters became “␀”.",)


def test_the_title_is_left_to_the_library(tmp_path):
    item = read(tmp_path / "a.txt", b"A headline\n\nText.")
    assert item.record.meta.title is None
    assert item.record.id == ""


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b"\xff\xfe", "The file is empty."),
        (b" \r\n\t \xc2\xa0", "The file holds only blanks."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xfe\x80", "The file is not a text file."),
        (bytes(range(256)) * 20, "The file is not a text file."),
    ],
)
def test_a_file_without_text_is_a_problem_with_a_remedy(tmp_path, data, what):
    item = read(tmp_path / "a.txt", data)
    assert item.what == what
    assert item.remedy
    assert str(item).startswith(f"{tmp_path / 'a.txt'}: {what}")


def test_a_missing_file_a_folder_and_a_pipe_are_told_apart(tmp_path):
    folder, pipe = tmp_path / "x.txt", tmp_path / "p.txt"
    folder.mkdir()
    os.mkfifo(pipe)
    assert "does not exist" in read(tmp_path / "no.txt").what
    assert "a folder" in read(folder).what
    assert "a folder" in read(tmp_path).what
    assert "not a regular file" in read(pipe).what


def test_a_link_that_leads_back_to_itself_is_a_problem(tmp_path):
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    assert "leads back to itself" in read(loop).what


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_a_problem(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("a")
    path.chmod(0)
    assert "no permission" in read(path).what


def test_a_file_beyond_the_limit_is_refused_by_its_size(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(source.LIMIT + 1)
    assert "the limit is 50 MB" in read(path).what


def test_names_that_are_hard_for_programs_are_read(tmp_path):
    path = tmp_path / "a #%?😀 'b'.TXT"
    assert isinstance(read(path, b"Text."), ReadDocument)
    broken = tmp_path / os.fsdecode(b"caf\xe9.txt")
    assert isinstance(read(broken, b"Text."), ReadDocument)


@pytest.mark.parametrize("name", ["photo.png", "article", "article.json", os.fsdecode(b"\xff.doc")])
def test_a_file_of_another_kind_is_refused_with_the_list_of_what_can_be_read(tmp_path, name):
    (problem,) = read_file(tmp_path / name)
    assert isinstance(problem, Problem)
    assert str(problem).endswith("is not a file that Annotator reads; it reads .txt, .md and .jsonl.")
    with pytest.raises(BadInput):
        reader_for(tmp_path / name)
