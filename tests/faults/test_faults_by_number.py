"""The faults that the first release answers for, by their numbers: what the person gets, word for word.

1 is in ``test_killed_while_editing``, 79 in the tests of the window; 6 and 14 are proved at the writer, too.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import suppress

import pytest
from building import Sitting, fill
from commandline import CommandLine

from annotator.domain.errors import NotSaved
from annotator.services.session import Saving
from annotator.storage import database as storage_database
from annotator.storage.tables import APPLICATION_ID, SCHEMA_VERSION

GOOD = "A good article\n\nIt has a text of two lines.\n"


@pytest.fixture
def annotator(tmp_path):
    return CommandLine(tmp_path)


def refused(annotator, database, *command):
    """What is said of a database that is refused; not a byte of its folder changed."""

    def state():
        return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in database.parent.iterdir()}

    before = state()
    done = annotator.run(*(command or ("import", annotator.write("good.txt", GOOD))), "--database", database)
    assert (done.returncode, done.stdout) == (3, "")
    assert state() == before
    return done.stderr


@pytest.fixture
def database(tmp_path):
    folder = tmp_path / "databases"
    folder.mkdir()
    return folder / "my.db"


def sqlite_file(path, application_id, version):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {application_id}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("CREATE TABLE theirs (id INTEGER PRIMARY KEY, words TEXT)")
    connection.execute("INSERT INTO theirs VALUES (1, 'theirs')")
    connection.commit()
    connection.close()


def test_16_an_empty_file_is_never_taken_for_a_new_database(annotator, database):
    database.write_bytes(b"")
    assert refused(annotator, database) == (
        f"annotator: {database} is empty (0 bytes), so it is damaged or was never an Annotator database. "
        "Restore it from a copy, or choose a new name to start an empty one.\n"
    )


def test_17_a_truncated_database_is_refused_and_kept(annotator, database):
    fill(database)
    whole = database.read_bytes()
    database.write_bytes(whole[: len(whole) // 2])
    assert "is damaged and cannot be opened" in refused(annotator, database)


def test_20_a_picture_is_no_database(annotator, database):
    database.write_bytes(bytes.fromhex("ffd8ffe000104a464946") + bytes(5000))
    assert refused(annotator, database) == (
        f"annotator: {database} is not a database of Annotator. Choose another file; this one was not changed.\n"
    )


@pytest.mark.parametrize("application_id", [0, 0x0F055112])
def test_21_another_programs_database_is_not_touched(annotator, database, application_id):
    sqlite_file(database, application_id, 0)
    assert refused(annotator, database) == (
        f"annotator: {database} is a database of another program. Choose another file; this one was not changed.\n"
    )


def test_22_a_newer_schema_is_refused_and_byte_for_byte_the_same(annotator, database):
    sqlite_file(database, APPLICATION_ID, SCHEMA_VERSION + 1)
    assert refused(annotator, database) == (
        f"annotator: {database} was made by a newer version of Annotator (its schema is {SCHEMA_VERSION + 1}, this "
        f"program knows {SCHEMA_VERSION}). Update the program to open it; the file was not changed.\n"
    )
    assert "newer version" in refused(annotator, database, "export", "-o", "out.jsonl")
    assert not (annotator.folder / "out.jsonl").exists()


def test_38_empty_files_are_named_and_the_batch_goes_on(annotator):
    for name, content in {
        "empty.txt": b"",
        "blank.txt": b" \n\t\xc2\xa0\n",
        "mark.txt": b"\xef\xbb\xbf",
        "empty.md": b"",
        "empty.jsonl": b"",
        "good.txt": GOOD.encode(),
    }.items():
        annotator.write(name, content)
    names = ["empty.txt", "blank.txt", "mark.txt", "empty.md", "empty.jsonl"]
    done = annotator.run("import", *names, "good.txt")
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert [line.partition(": ")[0] for line in said] == names
    assert "The file holds only blanks." in said[1]
    assert all("The file is empty." in said[index] for index in (0, 2, 3, 4))
    assert [line["text"] for line in annotator.export()] == [GOOD]


def test_39_a_byte_order_mark_is_dropped_and_offsets_count_without_it(annotator):
    annotator.write("mark.txt", b"\xef\xbb\xbfAnna Berg left.\n")
    line = {"text": "\ufeffAnna Berg left Kiel.", "spans": [{"start": 1, "end": 10, "label": "PERSON"}]}
    annotator.write("mark.jsonl", b"\xef\xbb\xbf" + json.dumps(line).encode() + b"\n")
    assert annotator.run("import", "mark.txt", "mark.jsonl").returncode == 0
    first, second = annotator.export()
    assert first["text"] == "Anna Berg left.\n"
    assert second["text"] == "Anna Berg left Kiel."
    (span,) = second["suggestions"]["spans"]
    assert (span["start"], span["end"], span["text"]) == (0, 9, "Anna Berg")


def test_44_a_lone_surrogate_costs_its_line_only(annotator):
    annotator.write("a.jsonl", '{"text": "One\\n1."}\n{"text": "Half \\ud83d a smile."}\n{"text": "Three\\n😀."}\n')
    done = annotator.run("import", "a.jsonl")
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert said.startswith("a.jsonl:2: ")
    assert "surrogate" in said
    assert [line["text"] for line in annotator.export()] == ["One\n1.", "Three\n😀."]


def test_45_line_breaks_of_every_kind_become_one_and_offsets_follow(annotator):
    text = "One.\r\nTwo.\rThree.\u2028Four.\u2029Five.\u0085Anna Berg left."
    annotator.write("a.txt", text)
    start = text.index("Anna")
    line = {"text": text, "spans": [{"start": start, "end": start + 9, "label": "PERSON", "text": "Anna Berg"}]}
    line["meta"] = {"outlet": "elsewhere"}
    annotator.write("a.jsonl", json.dumps(line) + "\n")
    assert annotator.run("import", "a.txt", "a.jsonl").returncode == 0
    first, second = annotator.export()
    assert first["text"] == second["text"] == "One.\nTwo.\nThree.\nFour.\nFive.\nAnna Berg left."
    assert [span["text"] for span in second["suggestions"]["spans"]] == ["Anna Berg"]


BAD_OFFSETS = {
    '{"start": 3, "end": 3, "label": "X"}': "spans[0]",
    '{"start": 4, "end": 2, "label": "X"}': "spans[0]",
    '{"start": 0, "end": 9999, "label": "X"}': "spans[0].end",
    '{"start": -1, "end": 2, "label": "X"}': "spans[0].start",
    '{"start": 0.0, "end": 2, "label": "X"}': "spans[0].start",
    '{"start": "0", "end": 2, "label": "X"}': "spans[0].start",
    '{"start": false, "end": 2, "label": "X"}': "spans[0].start",
    '{"start": 0, "end": true, "label": "X"}': "spans[0].end",
    '{"start": 0, "end": null, "label": "X"}': "spans[0].end",
    '{"start": 0, "label": "X"}': "spans[0].end",
    '{"start": 0, "end": 1e2, "label": "X"}': "spans[0].end",
    '{"start": 0, "end": 99999999999999999999999, "label": "X"}': "spans[0].end",
}


def test_54_wrong_offsets_are_told_by_line_and_field_and_the_other_lines_go_in(annotator):
    lines = [f'{{"text": "Line\\n{number}.", "spans": [{span}]}}' for number, span in enumerate(BAD_OFFSETS)]
    annotator.write("a.jsonl", "\n".join(['{"text": "First\\n."}', *lines, '{"text": "Last\\n."}']) + "\n")
    done = annotator.run("import", "a.jsonl")
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert len(said) == len(BAD_OFFSETS)
    for number, (line, field) in enumerate(zip(said, BAD_OFFSETS.values(), strict=True), start=2):
        assert line.startswith(f"a.jsonl:{number}: {field} "), line
    assert [line["text"] for line in annotator.export()] == ["First\n.", "Last\n."]


@pytest.fixture
def small_disk(tmp_path):
    """A file system of three megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_06_a_full_disk_keeps_the_change_on_the_screen_until_a_retry_works(small_disk):
    database = small_disk / "a.sqlite3"
    documents = fill(database)
    filler = small_disk / "filler"
    with Sitting(database) as sitting:
        sitting.session.open(documents[0])
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(1024)):
                pass
        key = sitting.span("Monday").key
        turns = 0
        while sitting.session.saving is not Saving.FAILED:
            turns += 1
            assert turns < 200, "the disk is full and nothing was told"
            sitting.session.set_note(key, f"{turns} " + "x" * 5000)
            sitting.settle()
        note = sitting.session.document.mark(key).note
        assert (
            sitting.session.failure == "The disk is full, so your last change is not saved. Make room, then try again."
        )
        assert note.startswith(f"{turns} ")
        with pytest.raises(NotSaved):
            sitting.session.set_flag(True)
        filler.unlink()
        sitting.session.retry()
        assert sitting.settle() is Saving.SAVED
    with Sitting(database) as again:
        again.session.open(documents[0])
        assert again.session.document.mark(key).note == note


def test_14_another_programs_lock_keeps_the_change_for_a_retry(tmp_path, monkeypatch):
    monkeypatch.setattr(storage_database, "BUSY_TIMEOUT", 50)
    database = tmp_path / "a.sqlite3"
    documents = fill(database)
    other = sqlite3.connect(database, isolation_level=None)
    with Sitting(database) as sitting:
        sitting.session.open(documents[0])
        other.execute("BEGIN IMMEDIATE")
        sitting.session.accept([sitting.span("Monday").key])
        assert sitting.settle() is Saving.FAILED
        assert sitting.session.failure.startswith("Another program is using the database")
        other.execute("ROLLBACK")
        sitting.session.retry()
        assert sitting.settle() is Saving.SAVED
    other.close()


def test_37_a_bulk_act_is_undone_and_redone_to_the_same_state_after_a_restart(tmp_path):
    database = tmp_path / "a.sqlite3"
    documents = fill(database)
    with Sitting(database) as sitting:
        sitting.session.open(documents[0])
        sitting.session.accept(sitting.session.document.open_keys())
        assert sitting.settle() is Saving.SAVED
        everything = sitting.stored(documents)
    with Sitting(database) as sitting:
        sitting.session.undo()
        assert sitting.settle() is Saving.SAVED
        assert sitting.stored(documents) == {}
    with Sitting(database) as sitting:
        sitting.session.redo()
        assert sitting.settle() is Saving.SAVED
        assert sitting.stored(documents) == everything
