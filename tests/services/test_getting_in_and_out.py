"""Folders, pasted text, imports that are cancelled or break off, exports of some articles or cancelled ones."""

import json
from pathlib import Path

import pytest

from annotator.domain.marks import Status
from annotator.formats import atomic
from annotator.services.library import (
    DocumentFilter,
    DocumentList,
    ExportCancelled,
    add_text,
    article_files,
    export_file,
    import_files,
    past_imports,
    unfinished_imports,
)
from annotator.services.session import Session
from annotator.services.workspace import open_workspace
from annotator.worker.client import WorkerClient


@pytest.fixture
def workspace(tmp_path):
    made = open_workspace(tmp_path / "annotator.sqlite3", "Ann")
    yield made
    made.close()


@pytest.fixture(scope="module")
def reader():
    with WorkerClient() as worker:
        yield worker


@pytest.fixture
def folder(tmp_path):
    """A folder with 120 articles, some of them in folders in it."""
    root = tmp_path / "in"
    for number in range(120):
        place = root / ("early" if number % 3 else "late/still later")
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:03}.txt").write_text(f"Headline {number}\n\nBody {number}.\n", "utf-8")
    (root / ".hidden").mkdir()
    (root / ".hidden" / "no.txt").write_text("no", "utf-8")
    (root / "picture.png").write_bytes(b"\x89PNG")
    return root


def titles(workspace):
    return [info.title for info in DocumentList(workspace).page(DocumentFilter(), size=10_000)]


def test_a_folder_comes_in_with_the_folders_in_it_but_nothing_hidden(workspace, reader, folder):
    report = import_files(workspace, [folder], reader)
    assert len(report.added) == len(article_files([folder])) == 120
    assert not report.problems
    assert sorted(titles(workspace)) == sorted(f"Headline {number}" for number in range(120))


def test_progress_counts_files_and_lines_and_what_came_of_them(workspace, reader, tmp_path):
    lines = tmp_path / "many.jsonl"
    lines.write_text("".join(json.dumps({"text": f"Text {n}"}) + "\n" for n in range(200)), "utf-8")
    told = []
    import_files(workspace, [lines], reader, advanced=told.append)
    assert [one.added for one in told] == sorted(one.added for one in told)
    assert told[-1].added == 200
    assert told[-1].share == 1.0
    assert any(0 < one.share < 1 for one in told)
    assert told[0].files == 1


def test_a_cancelled_import_keeps_what_is_done_and_is_not_offered_again(workspace, reader, folder):
    seen = []
    report = import_files(
        workspace, [folder], reader, advanced=seen.append, cancelled=lambda: bool(seen) and seen[-1].added >= 50
    )
    assert report.cancelled
    assert 50 <= len(report.added) < 120
    assert len(titles(workspace)) == len(report.added)
    assert unfinished_imports(workspace) == []
    (past,) = past_imports(workspace)
    assert past.cancelled
    assert past.added == len(report.added)


def test_an_import_that_the_end_of_the_program_breaks_off_is_offered_and_gone_on_with(workspace, reader, folder):
    seen = []
    import_files(
        workspace,
        [folder],
        reader,
        advanced=seen.append,
        cancelled=lambda: bool(seen) and seen[-1].added >= 50,
        paused=lambda: True,
    )
    (broken,) = unfinished_imports(workspace)
    assert 0 < len(broken.left) <= 71
    report = import_files(workspace, [Path(name) for name in broken.left], reader, resumes=[broken])
    assert unfinished_imports(workspace) == []
    assert len(titles(workspace)) == len(set(titles(workspace))) == 120
    assert not report.problems


def test_a_guess_of_title_or_paragraphs_is_told_in_the_report(workspace, reader, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text("He left on Monday.\n\nShe stayed.\nThey met.\nNobody knew.\nAll went.\n", "utf-8")
    report = import_files(workspace, [path], reader)
    notes = [note for place, note in report.notes if place == str(path)]
    assert any("reads like a sentence" in note for note in notes)
    assert any("end like a paragraph" in note for note in notes)


def test_pasted_text_is_an_article_by_the_same_rules(workspace):
    report = add_text(workspace, "A headline\r\n\r\n«\u00a0Oui\u00a0», dit-elle.\0")
    (document,) = report.added
    assert titles(workspace) == ["A headline"]
    session = Session(workspace)
    session.open(document)
    assert session.document.text == "A headline\n\n«\u00a0Oui\u00a0», dit-elle.␀"
    assert report.notes == [("pasted text", "1 NUL character became “␀”.")]
    (past,) = past_imports(workspace)
    assert (past.added, past.files, past.finished is not None) == (1, ("pasted text",), True)


def test_pasted_text_takes_the_title_that_was_typed_and_is_not_added_twice(workspace):
    first = add_text(workspace, "Just words.", "My title")
    again = add_text(workspace, "Just words.", "Another title")
    assert titles(workspace) == ["My title"]
    assert again.known == first.added
    assert "already in the project" in again.notes[0][1]


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff", "\u200b"])
def test_pasting_nothing_is_told_and_adds_nothing(workspace, text):
    report = add_text(workspace, text)
    assert report.problems[0].what == "There is no text in it."
    assert titles(workspace) == []


def test_chosen_articles_are_exported_in_the_order_of_import(workspace, reader, folder, tmp_path):
    ids = import_files(workspace, [folder], reader).added
    report = export_file(workspace, tmp_path / "out.jsonl", documents=[ids[7], ids[3], ids[90]])
    lines = [json.loads(line) for line in report.path.read_text("utf-8").splitlines()]
    expected = [info.title for info in DocumentList(workspace).infos([ids[3], ids[7], ids[90]])]
    assert [line["meta"]["title"] or line["text"].splitlines()[0] for line in lines] == expected
    assert export_file(workspace, tmp_path / "none.jsonl", documents=[]).lines == 0
    assert export_file(workspace, tmp_path / "done.jsonl", documents=ids[:3], status=Status.DONE).lines == 0


def test_a_cancelled_export_leaves_the_old_file_and_no_other(workspace, reader, folder, tmp_path):
    import_files(workspace, [folder], reader)
    out = tmp_path / "out" / "old.jsonl"
    out.parent.mkdir()
    out.write_text("old", "utf-8")
    seen = []
    with pytest.raises(ExportCancelled, match="cancelled"):
        export_file(workspace, out, progress=lambda done, total: seen.append(done), cancelled=lambda: len(seen) > 60)
    assert out.read_text("utf-8") == "old"
    assert list(out.parent.iterdir()) == [out]


def test_temporary_files_of_killed_exports_go_at_the_next_one_but_not_those_under_way(tmp_path):
    stale, empty = tmp_path / ".annotator-0123.part", tmp_path / ".annotator-4567.part"
    stale.write_text("half a line", "utf-8")
    empty.write_text("", "utf-8")
    other = tmp_path / ".annotator-note.txt"
    other.write_text("mine", "utf-8")

    def lines():
        # Another export into the same folder while this one is being written.
        yield "one"
        atomic.write_lines(tmp_path / "second.jsonl", ["two"])
        yield "three"

    assert atomic.write_lines(tmp_path / "first.jsonl", lines()) == 2
    assert (tmp_path / "first.jsonl").read_text("utf-8") == "one\nthree\n"
    assert not stale.exists()
    assert not empty.exists()
    assert other.exists()
