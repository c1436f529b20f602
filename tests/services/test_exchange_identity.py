"""Export and import: the same database gives the same bytes, through an empty database and back too."""

import json
import random
import shutil
import tempfile
from pathlib import Path

import invariants
import pytest
from building import ARTICLE, PIPELINE, Sitting, article_prediction, at, enter, propose, reading, stored_rows
from gestures import act
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotator.domain.marks import SpeakerState, Status
from annotator.domain.records import ReadDocument
from annotator.formats.registry import read_file
from annotator.services.exchange import enter_records
from annotator.services.library import Pending, export_file
from annotator.services.session import Saving
from annotator.services.workspace import open_workspace
from annotator.storage.arrivals import Entry

SEVERAL = settings(
    max_examples=15,
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a smaller number is no smaller history
)


def take_in(workspace, path):
    """Import a file in this process (the worker has tests of its own)."""
    reads = list(read_file(path))
    assert all(isinstance(read, ReadDocument) for read in reads), reads
    return workspace.store.writer.run(lambda connection: enter_records(connection, workspace, reads))


def exported(database, path, **options):
    workspace = open_workspace(database, "Ann", options.pop("project", None))
    try:
        export_file(workspace, path, **options)
        invariants.check(workspace)
    finally:
        workspace.close()
    return path.read_bytes()


def imported(path, database, project=None):
    workspace = open_workspace(database, "Ann", project)
    try:
        return take_in(workspace, path)
    finally:
        workspace.close()


def lines(content):
    return [json.loads(line) for line in content.decode().splitlines()]


def everything(database):
    """All rows of all tables that an import could add to, but for the list of edits."""
    workspace = open_workspace(database, "Ann")
    tables = "text document document_alias run run_document suggested_entity suggested_span suggested_quotation"
    tables += " entity annotation_set span quotation label"
    try:
        with workspace.store.reading() as connection:
            return {
                name: sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {name}").all()))
                for name in tables.split()
            }
    finally:
        workspace.close()


@pytest.fixture
def worked_on(database, documents):
    """A database in which every kind of verdict stands."""
    with Sitting(database) as sitting:
        sitting.session.open(documents[0])
        sitting.session.accept([sitting.span("Anna Berg").key, sitting.quotation("“We will not sail,”").key])
        sitting.session.relabel(sitting.span("Kiel").key, sitting.label("LOC"))
        sitting.session.remove(sitting.span("Monday").key)
        sitting.session.remove(sitting.quotation("talks would resume soon").key)
        sitting.session.set_person(sitting.quotation("“Later,”").key, sitting.session.document.persons[1])
        sitting.session.label(at(ARTICLE, "Café Müller"), sitting.label("FAC"))
        key = sitting.session.add_quotation(at(ARTICLE, "Nobody in Kiel believed him"))
        sitting.session.set_note(key, "really?")
        sitting.session.set_document_note("a note")
        sitting.session.set_flag(True)
        sitting.session.set_status(Status.DONE)
        assert sitting.settle() is Saving.SAVED
    return database


def test_the_same_database_gives_the_same_bytes(worked_on, tmp_path):
    assert exported(worked_on, tmp_path / "a.jsonl") == exported(worked_on, tmp_path / "b.jsonl")


def test_an_export_says_what_was_done(worked_on, tmp_path):
    line, other = lines(exported(worked_on, tmp_path / "a.jsonl"))
    assert (line["id"], line["annotator"], line["status"], line["flagged"], line["note"]) == (
        "doc-1",
        "Ann",
        "done",
        True,
        "a note",
    )
    verdicts = {span["text"]: (span["label"], span["verdict"]) for span in line["spans"]}
    assert verdicts == {
        "Kiel": ("LOC", "changed"),
        "Anna Berg": ("PERSON", "accepted"),
        "Café Müller": ("FAC", "added"),
    }
    assert [span["text"] for span in line["rejected"]["spans"]] == ["Monday"]
    assert [one["content"][0]["text"] for one in line["rejected"]["quotations"]] == ["talks would resume soon"]
    assert [span["text"] for span in line["suggestions"]["spans"]] == ["Friday", "Berg", "Olaf Stern", "Kiel"]
    named = {entity["id"]: entity["name"] for entity in line["entities"]}
    said = {one["content"][0]["text"]: one for one in line["quotations"]}
    assert named[said["“Later,”"]["speaker_entity"]] == "Olaf Stern"
    assert said["“Later,”"]["changed"] == ["person"]
    assert said["Nobody in Kiel believed him"]["note"] == "really?"
    assert [part["text"] for part in said["“We will not sail,”"]["content"]] == [
        "“We will not sail,”",
        "“Not before Friday.”",
    ]
    assert (other["id"], other["annotator"], other["status"], other["updated"]) == ("doc-2", None, "new", None)
    assert len(other["suggestions"]["spans"]) == 3


def test_every_stretch_of_an_export_has_the_words_of_its_text(worked_on, tmp_path):
    def stretches(value):
        if isinstance(value, dict):
            if {"start", "end", "text"} <= value.keys():
                yield value
            for inner in value.values():
                yield from stretches(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from stretches(inner)

    for line in lines(exported(worked_on, tmp_path / "a.jsonl")):
        found = [one for key in line if key != "text" for one in stretches(line[key])]
        assert found
        assert all(line["text"][one["start"] : one["end"]] == one["text"] for one in found)


@pytest.mark.parametrize("pending", list(Pending))
def test_an_export_through_an_empty_database_gives_the_same_bytes(worked_on, tmp_path, pending):
    first = exported(worked_on, tmp_path / "a.jsonl", pending=pending)
    imported(tmp_path / "a.jsonl", tmp_path / "empty.sqlite3")
    assert exported(tmp_path / "empty.sqlite3", tmp_path / "b.jsonl", pending=pending) == first


@SEVERAL
@given(numbers=st.integers(0, 2**32).map(random.Random), count=st.integers(0, 30), two=st.booleans())
def test_whatever_was_done_survives_export_and_import(filled_database, numbers, count, two):
    template, documents = filled_database
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = Path(shutil.copy(template, folder / "a.sqlite3"))
        for annotator in ("Ann", "Bea") if two else ("Ann",):
            with Sitting(database, annotator) as sitting:
                for _ in range(count):
                    act(sitting, numbers, documents)
                assert sitting.settle() is Saving.SAVED
        first = exported(database, folder / "a.jsonl")
        imported(folder / "a.jsonl", folder / "b.sqlite3")
        assert exported(folder / "b.sqlite3", folder / "b.jsonl").decode() == first.decode()
        before = everything(database)
        imported(folder / "a.jsonl", database)
        assert everything(database) == before
        before = everything(folder / "b.sqlite3")
        imported(folder / "a.jsonl", folder / "b.sqlite3")
        assert everything(folder / "b.sqlite3") == before


def test_importing_an_export_into_its_own_database_adds_nothing(worked_on, tmp_path):
    exported(worked_on, tmp_path / "a.jsonl")
    before = everything(worked_on)
    entered = imported(tmp_path / "a.jsonl", worked_on)
    assert [one.entry for one in entered] == [Entry.KNOWN, Entry.KNOWN]
    assert entered[0].left_out == "has annotations by the same annotator already; those of the file were left out"
    assert everything(worked_on) == before


def test_an_import_is_seen_by_undo_as_nothing(worked_on, tmp_path):
    exported(worked_on, tmp_path / "a.jsonl")
    imported(tmp_path / "a.jsonl", tmp_path / "empty.sqlite3")
    with Sitting(tmp_path / "empty.sqlite3") as sitting:
        assert sitting.session.undo_summary is None


def test_work_goes_on_where_an_import_left_it(worked_on, tmp_path):
    exported(worked_on, tmp_path / "a.jsonl")
    (first, _) = imported(tmp_path / "a.jsonl", tmp_path / "empty.sqlite3")
    with Sitting(tmp_path / "empty.sqlite3") as sitting:
        sitting.session.open(first.document)
        assert sitting.session.status is Status.DONE
        assert not sitting.has_span("Monday")
        before = sitting.stored([first.document])
        sitting.session.accept(sitting.session.document.open_keys())
        sitting.session.remove(sitting.span("Café Müller").key)
        sitting.session.set_speaker_state(sitting.quotation("“Later,”").key, SpeakerState.UNNAMED)
        assert sitting.settle() is Saving.SAVED
        for _ in range(3):
            sitting.session.undo()
        assert sitting.settle() is Saving.SAVED
        assert sitting.stored([first.document]) == before


def test_an_import_shows_in_a_window_that_is_open(worked_on, documents, tmp_path):
    exported(worked_on, tmp_path / "a.jsonl")
    with Sitting(tmp_path / "open.sqlite3") as sitting:
        document = enter(sitting.workspace, ARTICLE, "mine", outlet="The Fjord")
        sitting.session.open(document)
        (first, _) = take_in(sitting.workspace, tmp_path / "a.jsonl")
        assert first.document == document
        sitting.session.documents_came([document])
        assert sitting.session.status is Status.DONE
        mark = sitting.span("Anna Berg")
        assert sitting.session.document.entity(mark.fields.entity).name == "Anna Berg"
        sitting.session.accept([sitting.span("Berg", 2).key])
        assert sitting.span("Berg", 2).fields.entity == mark.fields.entity
        assert sitting.settle() is Saving.SAVED


def test_redo_leaves_out_a_set_in_whose_place_an_import_has_put_another(worked_on, tmp_path):
    exported(worked_on, tmp_path / "a.jsonl")
    with Sitting(tmp_path / "b.sqlite3") as sitting:
        document = enter(sitting.workspace, ARTICLE, "mine", outlet="The Fjord")
        sitting.session.open(document)
        sitting.session.label(at(ARTICLE, "union"), sitting.label("ORG"))
        sitting.session.undo()
        assert sitting.settle() is Saving.SAVED
        take_in(sitting.workspace, tmp_path / "a.jsonl")
        sitting.session.documents_came([document])
        before = sitting.stored([document])
        sitting.session.redo()
        assert sitting.news[-1].message == "2 of 2 changes stayed as they are: they were changed since."
        assert sitting.settle() is Saving.SAVED
        assert sitting.stored([document]) == before
        sitting.session.label(at(ARTICLE, "crews"), sitting.label("ORG"))
        assert sitting.settle() is Saving.SAVED


def test_a_run_comes_whole_where_one_annotator_decided_all_and_another_nothing(database, documents, tmp_path):
    for annotator in ("Ann", "Bea"):
        with Sitting(database, annotator) as sitting:
            sitting.session.open(documents[0])
            if annotator == "Ann":
                sitting.session.accept(sitting.session.document.open_keys())
                key = sitting.quotation("“We will not sail,”").key
                sitting.session.set_person(key, sitting.session.document.persons[1])
            else:
                sitting.session.set_flag(True)
            assert sitting.settle() is Saving.SAVED
    first = exported(database, tmp_path / "a.jsonl")
    imported(tmp_path / "a.jsonl", tmp_path / "b.sqlite3")
    assert exported(tmp_path / "b.sqlite3", tmp_path / "b.jsonl") == first


def test_two_projects_hold_the_same_article_apart(worked_on, tmp_path):
    exported(worked_on, tmp_path / "a.jsonl")
    imported(tmp_path / "a.jsonl", worked_on, project="Second")
    first = lines(exported(worked_on, tmp_path / "b.jsonl", project="My articles"))
    second = lines(exported(worked_on, tmp_path / "c.jsonl", project="Second"))
    assert [line["id"] for line in first] == [line["id"] for line in second] == ["doc-1", "doc-2"]

    def without_entities(line):
        marks = {**line, "entities": [(one["name"], one["type"]) for one in line["entities"]]}
        text = json.dumps(marks)
        for entity in line["entities"]:
            text = text.replace(entity["id"], entity["name"])
        return json.loads(text)

    assert list(map(without_entities, first)) == list(map(without_entities, second))
    owners = {entity["id"] for line in first for entity in line["entities"] if entity["name"] == "Anna Berg"}
    assert owners


def test_an_id_that_belongs_to_another_text_is_a_conflict_and_changes_nothing(database, tmp_path):
    path = tmp_path / "other.jsonl"
    path.write_text(json.dumps({"id": "doc-1", "text": "Another text."}) + "\n", "utf-8")
    before = everything(database)
    (entered,) = imported(path, database)
    assert entered.entry is Entry.CONFLICT
    assert everything(database) == before


def test_the_same_text_under_another_id_is_known_under_both(database, tmp_path, documents):
    path = tmp_path / "alias.jsonl"
    path.write_text(json.dumps({"id": "theirs", "text": ARTICLE, "meta": {"outlet": "The Fjord"}}) + "\n", "utf-8")
    (entered,) = imported(path, database)
    assert (entered.entry, entered.document) == (Entry.KNOWN, documents[0])
    path.write_text(json.dumps({"id": "theirs", "text": "Another text."}) + "\n", "utf-8")
    assert imported(path, database)[0].entry is Entry.CONFLICT
    assert lines(exported(database, tmp_path / "a.jsonl"))[0]["id"] == "doc-1"


def test_the_same_text_from_another_outlet_is_a_second_document(database, tmp_path):
    path = tmp_path / "outlet.jsonl"
    path.write_text(json.dumps({"text": ARTICLE, "meta": {"outlet": "The Shore"}}) + "\n", "utf-8")
    (entered,) = imported(path, database)
    assert entered.entry is Entry.ADDED
    assert len(everything(database)["text"]) == 2


def test_a_file_that_says_the_same_twice_goes_in_once(tmp_path):
    path = tmp_path / "twice.jsonl"
    path.write_text(2 * (json.dumps({"text": "Anna Berg left.", "spans": [mark(0, 9, "PERSON")]}) + "\n"), "utf-8")
    entered = imported(path, tmp_path / "a.sqlite3")
    assert [one.entry for one in entered] == [Entry.ADDED, Entry.KNOWN]
    (line,) = lines(exported(tmp_path / "a.sqlite3", tmp_path / "out.jsonl"))
    assert len(line["suggestions"]["spans"]) == 1


def mark(start, end, label):
    return {"start": start, "end": end, "label": label}


@pytest.mark.parametrize(
    ("answer", "group"), [("accept", "spans"), ("reject", "suggestions"), ("ignore", "suggestions")]
)
def test_the_spans_of_a_prodigy_file_are_decisions_where_it_says_that_they_were_answered(tmp_path, answer, group):
    path = tmp_path / "prodigy.jsonl"
    task = {"text": "Anna Berg left Kiel.", "answer": answer, "_task_hash": 7, "tokens": []}
    task["spans"] = [{**mark(0, 9, "PERSON"), "token_start": 0}, mark(15, 19, "HARBOUR")]
    path.write_text(json.dumps(task) + "\n", "utf-8")
    imported(path, tmp_path / "a.sqlite3")
    (line,) = lines(exported(tmp_path / "a.sqlite3", tmp_path / "out.jsonl"))
    spans = line["spans"] if group == "spans" else line["suggestions"]["spans"]
    assert [(span["text"], span["label"], span["origin"]["kind"]) for span in spans] == [
        ("Anna Berg", "PERSON", "imported"),
        ("Kiel", "HARBOUR", "imported"),
    ]
    assert line["status"] == ("done" if answer == "accept" else "new")


def test_a_label_that_the_scheme_lacks_is_appended_to_it(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "Anna.", "spans": [mark(0, 4, "SAILOR")]}) + "\n", "utf-8")
    imported(path, tmp_path / "a.sqlite3")
    with Sitting(tmp_path / "a.sqlite3") as sitting:
        assert [label.name for label in sitting.session.labels][-1] == "SAILOR"
        assert len(sitting.session.labels) == 19


def test_offsets_of_a_file_are_mapped_to_the_canonical_text(tmp_path):
    path = tmp_path / "crlf.jsonl"
    text = "\ufeffFirst.\r\n\r\nAnna Berg 😀 left\u2028Kiel."
    spans = [mark(text.index("Anna"), text.index(" 😀"), "PERSON"), mark(text.index("Kiel"), len(text) - 1, "GPE")]
    path.write_text(json.dumps({"text": text, "spans": spans}) + "\n", "utf-8")
    imported(path, tmp_path / "a.sqlite3")
    (line,) = lines(exported(tmp_path / "a.sqlite3", tmp_path / "out.jsonl"))
    assert line["text"] == "First.\n\nAnna Berg 😀 left\nKiel."
    assert [span["text"] for span in line["suggestions"]["spans"]] == ["Anna Berg", "Kiel"]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({"status": Status.DONE}, ["doc-1"]),
        ({"status": Status.NEW}, ["doc-2"]),
        ({"annotator": "Ann"}, ["doc-1"]),
        ({"annotator": "Bea"}, []),
        ({}, ["doc-1", "doc-2"]),
    ],
)
def test_an_export_is_filtered_by_status_and_annotator(worked_on, tmp_path, options, ids):
    assert [line["id"] for line in lines(exported(worked_on, tmp_path / "a.jsonl", **options))] == ids


def test_pending_suggestions_stand_apart_among_the_others_or_nowhere(worked_on, tmp_path):
    apart = lines(exported(worked_on, tmp_path / "a.jsonl", pending=Pending.SEPARATE))[0]
    among = lines(exported(worked_on, tmp_path / "b.jsonl", pending=Pending.INCLUDE))[0]
    without = lines(exported(worked_on, tmp_path / "c.jsonl", pending=Pending.OMIT))[0]
    assert len(among["spans"]) == len(apart["spans"]) + len(apart["suggestions"]["spans"])
    assert {span["verdict"] for span in among["spans"]} == {"accepted", "changed", "added", "pending"}
    assert among["suggestions"] == without["suggestions"] == {"spans": [], "quotations": []}
    assert without["spans"] == apart["spans"]


def test_a_title_is_metadata_or_the_first_line_or_the_files_name(tmp_path):
    workspace = open_workspace(tmp_path / "a.sqlite3", "Ann")
    try:
        reads = [
            reading("\n A headline \n\nText."),
            reading("x" * 150 + "\nText.", file="/somewhere/my article.txt"),
            reading("A headline\nOther.", title="A headline"),
            reading("A headline\nThird.", title="Given"),
        ]
        entered = workspace.store.writer.run(lambda connection: enter_records(connection, workspace, reads))
        assert [one.title for one in entered] == ["A headline", "my article", "A headline", "Given"]
    finally:
        workspace.close()


def test_an_article_that_was_removed_comes_back_with_its_work_when_it_is_imported_again(database, documents, tmp_path):
    with Sitting(database) as sitting:
        sitting.session.open(documents[0])
        sitting.session.accept([sitting.span("Monday").key])
        sitting.session.remove_documents(documents[:1])
        assert sitting.settle() is Saving.SAVED
        reads = [reading(ARTICLE, outlet="The Fjord")]
        workspace = sitting.workspace
        (entered,) = workspace.store.writer.run(lambda connection: enter_records(connection, workspace, reads))
        assert entered.document == documents[0]
        sitting.session.open(documents[0])
        assert sitting.span("Monday").decided


def test_repeating_an_equal_run_writes_nothing(database, documents):
    before = everything(database)
    workspace = open_workspace(database, "Ann")
    try:
        propose(workspace, documents[0], article_prediction(), PIPELINE)
        assert stored_rows(workspace, documents) == {}
    finally:
        workspace.close()
    assert everything(database) == before
