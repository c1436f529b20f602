"""Faults 12, 29, 30, 33, 40 to 43, 59 to 62: what the person gets, word for word.

2 and 3 are in ``test_killed_in_and_out``, 16 and 17 in ``test_faults_by_number``. What a reader makes of single lines
is proved beside the readers; here the whole way is gone, as a person goes it.
"""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from commandline import CommandLine

from annotator.services.library import DocumentFilter, DocumentList, files_left, import_files, past_imports
from annotator.services.settings import read_settings
from annotator.services.workspace import open_workspace
from annotator.worker.client import WorkerClient

GOOD = "A good article\n\nIt has a text of two lines.\n\nAnd more.\n"


@pytest.fixture
def annotator(tmp_path):
    return CommandLine(tmp_path)


def texts(annotator):
    return [line["text"] for line in annotator.export()]


# 12 and 33 need a window; they are in the acceptance tests, and the parts of 12 here.


@pytest.mark.parametrize("name", ["with blanks", "a#b%20c?d", "🚢 ferry", "n" * 120 + "/" + "m" * 150, 'it\'s "so"'])
def test_29_files_databases_and_exports_may_be_called_anything(annotator, name):
    folder = annotator.folder / name
    folder.mkdir(parents=True)
    (folder / "a #%?.txt").write_text(GOOD, "utf-8")
    database, out = folder / "my #%? data.db", folder / "out #%?.jsonl"
    assert annotator.run("import", folder, "--database", database).returncode == 0
    assert annotator.run("export", "-o", out, "--database", database).returncode == 0
    assert json.loads(out.read_text("utf-8"))["text"] == GOOD
    assert database.is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_29_a_name_that_is_no_text_comes_in_and_its_import_can_be_read_again(annotator):
    name = os.fsencode(annotator.folder) + b"/caf\xe9.txt"
    Path(os.fsdecode(name)).write_bytes(b"Text without a headline that is short enough. " * 10)
    done = subprocess.run(
        [sys.executable, "-m", "annotator.cli.main", "import", "--data-dir", str(annotator.data), name],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (line,) = annotator.export()
    assert line["text"].startswith("Text without a headline")
    workspace = open_workspace(annotator.data / "annotator.sqlite3")
    (past,) = past_imports(workspace)
    assert [os.fsencode(path) for path in files_left(replace(past, files_done=0))] == [name]
    assert [info.title for info in DocumentList(workspace).page(DocumentFilter())] == ["caf�"]
    workspace.close()


def test_30_without_a_home_that_can_be_written_to_one_sentence_says_so(annotator):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-m", "annotator.cli.main", "import", annotator.write("a.txt", GOOD)],
        capture_output=True,
        text=True,
        check=False,
        env={**environment, "HOME": "/dev/null"},
    )
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "cannot be created" in done.stderr
    assert "Choose a folder that you can write to." in done.stderr


def test_30_broken_settings_are_kept_and_replaced_and_the_work_goes_on(annotator):
    annotator.data.mkdir()
    path = annotator.data / "settings.json"
    path.write_bytes(b'{"theme": "dar')
    loaded = read_settings(path)
    assert loaded.trouble == (
        f"The settings file was damaged, so all settings are new. The old file was kept as {path}.bad."
    )
    path.write_bytes(b"\xff\xfe\x00")
    annotator.write("a.txt", GOOD)
    assert annotator.run("import", "a.txt").returncode == 0
    assert (annotator.data / "settings.json.bad").read_bytes() == b"\xff\xfe\x00"


def test_40_utf16_comes_in_by_its_mark_and_without_one_it_is_told(annotator):
    annotator.write("le.txt", b"\xff\xfe" + GOOD.replace("good", "little").encode("utf-16-le"))
    annotator.write("be.txt", b"\xfe\xff" + GOOD.replace("good", "big").encode("utf-16-be"))
    annotator.write("bare.txt", GOOD.encode("utf-16-le"))
    done = annotator.run("import", "le.txt", "be.txt", "bare.txt")
    assert done.returncode == 0
    assert done.stderr == ("bare.txt: Read as UTF-16-LE; the file has no byte order mark, check the text.\n")
    assert texts(annotator) == [GOOD.replace("good", "little"), GOOD.replace("good", "big"), GOOD]


def test_41_another_encoding_is_guessed_and_named(annotator):
    article = "The café\n\n“Ça va,” said Müller – and left.\n\nMore.\n"
    annotator.write("old.txt", article.encode("cp1252"))
    done = annotator.run("import", "old.txt")
    assert done.stderr == ("old.txt: Read as windows-1252; the file is not UTF-8, check accents and quotation marks.\n")
    assert texts(annotator) == [article]


def test_42_broken_bytes_are_counted_and_cost_only_themselves(annotator):
    annotator.write("broken.txt", "Ça va à Köln\n\nUn été.\n".encode() + b"\xff and \xfe\n\nMore.\n")
    done = annotator.run("import", "broken.txt")
    assert done.returncode == 0
    assert done.stderr == "broken.txt: 2 pieces that are not valid UTF-8 became “�”.\n"
    assert texts(annotator) == ["Ça va à Köln\n\nUn été.\n� and �\n\nMore.\n"]


def test_43_nul_is_made_visible_and_other_controls_stay(annotator):
    annotator.write("nul.txt", b"A head\n\nOne\0two and a bell\x07.\n\nMore.\n")
    done = annotator.run("import", "nul.txt")
    assert done.stderr == "nul.txt: 1 NUL character became “␀”.\n"
    assert texts(annotator) == ["A head\n\nOne␀two and a bell\x07.\n\nMore.\n"]


def test_59_bad_lines_cost_themselves_and_are_named_by_number(annotator):
    annotator.write(
        "a.jsonl",
        '{"text": "One.\\nA."}\r\n\r\n{"text": "Two.\\nB.",}\n'
        '{"text": "3\\nC."}{"text": "4\\nD."}\n{"text": "Five.\\nE."}',
    )
    done = annotator.run("import", "a.jsonl")
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert [line.partition(": ")[0] for line in said] == ["a.jsonl:3", "a.jsonl:4"]
    assert "column" in said[0]
    assert texts(annotator) == ["One.\nA.", "Five.\nE."]


def test_59_a_list_instead_of_lines_is_refused_once_with_what_to_do(annotator):
    annotator.write("list.jsonl", json.dumps([{"text": "One."}, {"text": "Two."}], indent=1))
    done = annotator.run("import", "list.jsonl")
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert "JSONL" in done.stderr or "line" in done.stderr


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('{"a":' * 200_000, "deep"),
        ('{"text": "x", "n": ' + "9" * 5000 + "}", "digits"),
        ('{"text": "x", "n": NaN}', "NaN"),
        ('{"text": "x", "n": -Infinity}', "Infinity"),
        ('{"text": "x", "text": "y"}', "twice"),
    ],
    ids=["deep", "long number", "NaN", "Infinity", "a key twice"],
)
def test_60_json_that_harms_programs_costs_its_line_only(annotator, line, word):
    annotator.write("a.jsonl", f'{line}\n{{"text": "Good.\\nYes."}}\n')
    done = annotator.run("import", "a.jsonl")
    assert done.returncode == 1
    assert done.stderr.startswith("a.jsonl:1: ")
    assert len(done.stderr.splitlines()) == 1
    assert word in done.stderr
    assert texts(annotator) == ["Good.\nYes."]


def test_61_a_line_without_end_is_refused_by_its_size(annotator):
    path = annotator.write("huge.jsonl", b"")
    with path.open("wb") as file:
        file.write(b'{"text": "Good.\\nYes."}\n{"text": "')
        file.seek(500_000_000)
        file.write(b'"}\n{"text": "Later.\\nYes."}\n')
    done = annotator.run("import", path)
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert said.startswith(f"{path}:2: ")
    assert "50 MB" in said
    assert "Good.\nYes." in texts(annotator)


def test_62_the_same_again_is_skipped_linked_or_a_conflict_and_always_told(tmp_path):
    first = {"id": "a-1", "text": "The text.\nIt is one.", "meta": {"outlet": "Courier"}}
    lines = {
        "first": first,
        "again": first,
        "other id": {**first, "id": "a-2"},
        "other outlet": {**first, "id": "a-3", "meta": {"outlet": "Ledger"}},
        "other text": {**first, "text": "Another text.\nIt is two."},
    }
    paths = []
    for name, line in lines.items():
        paths.append(tmp_path / f"{name}.jsonl")
        paths[-1].write_text(json.dumps(line) + "\n", "utf-8")
    workspace = open_workspace(tmp_path / "a.sqlite3", "Ann")
    with WorkerClient() as worker:
        report = import_files(workspace, paths, worker)
    assert len(report.added) == 2
    assert report.known == [report.added[0]] * 2
    assert [place.rpartition("/")[2] for place, _ in report.notes] == ["again.jsonl:1", "other id.jsonl:1"]
    assert all("already in the project" in note for _, note in report.notes)
    (problem,) = report.problems
    assert (problem.what, problem.remedy) == (
        "The id 'a-1' belongs to another text in this project.",
        "Give it another id, or import it into another project.",
    )
    assert len(DocumentList(workspace).page(DocumentFilter())) == 2
    workspace.close()
