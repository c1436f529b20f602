"""Undo and redo: through all edits, in whichever article they were, after a restart, and never over others' work."""

import pytest
from building import ARTICLE, Sitting, at

from annotator.domain.edits import Edit, EditKind, RowChange, Table
from annotator.domain.errors import Refused
from annotator.domain.marks import Status, Verdict
from annotator.services.session import Saving
from annotator.storage import decisions
from annotator.storage.clock import new_id


def kinds(sitting):
    """The kinds of all edits in the database, oldest first."""
    assert sitting.settle() is Saving.SAVED
    with sitting.workspace.store.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT kind FROM edit ORDER BY id")]


def test_undo_takes_back_the_whole_edit_and_selects_its_mark(sitting, documents):
    key = sitting.span("Anna Berg").key
    sitting.session.accept([key])
    assert sitting.session.undo_summary == "accept “Anna Berg”"
    sitting.session.undo()
    assert sitting.span("Anna Berg").verdict is Verdict.PENDING
    assert sitting.news[-1].select == key
    assert sitting.session.status is Status.NEW
    assert sitting.settle() is Saving.SAVED
    assert sitting.stored(documents) == {}
    assert sitting.names == []
    assert kinds(sitting) == ["do", "undo"]


def test_redo_gives_the_same_rows_with_the_same_ids(sitting, documents):
    sitting.session.accept(sitting.session.document.open_keys())
    assert sitting.settle() is Saving.SAVED
    before = sitting.stored(documents)
    sitting.session.undo()
    sitting.session.redo()
    assert sitting.settle() is Saving.SAVED
    assert sitting.stored(documents) == before == {**sitting.session.document.rows, **entities(before)}
    assert kinds(sitting) == ["do", "undo", "redo"]


def entities(rows):
    return {key: row for key, row in rows.items() if key[0] is Table.ENTITY}


def test_nothing_to_undo_or_redo_is_said_in_a_sentence(sitting):
    assert (sitting.session.undo_summary, sitting.session.redo_summary) == (None, None)
    with pytest.raises(Refused, match=r"Nothing to undo\."):
        sitting.session.undo()
    with pytest.raises(Refused, match=r"Nothing to redo\."):
        sitting.session.redo()


def test_a_new_act_clears_redo_and_not_undo(sitting):
    sitting.session.accept([sitting.span("Monday").key])
    sitting.session.accept([sitting.span("Friday").key])
    sitting.session.undo()
    assert sitting.session.redo_summary == "accept “Friday”"
    sitting.session.accept([sitting.span("Kiel").key])
    assert sitting.session.redo_summary is None
    with pytest.raises(Refused):
        sitting.session.redo()
    sitting.session.undo()
    sitting.session.undo()
    assert sitting.session.undo_summary is None
    assert sitting.session.redo_summary == "accept “Monday”"


def test_undo_and_redo_alternate_without_end(sitting):
    sitting.session.accept([sitting.span("Monday").key])
    sitting.session.accept([sitting.span("Friday").key])
    for _ in range(3):
        sitting.session.undo()
        sitting.session.undo()
        assert not sitting.span("Monday").decided
        sitting.session.redo()
        sitting.session.redo()
        assert sitting.span("Friday").decided
    assert sitting.session.redo_summary is None
    assert sitting.session.undo_summary == "accept “Friday”"
    assert len(kinds(sitting)) == 14


def test_undo_goes_to_the_article_where_the_edit_was(sitting, documents):
    sitting.session.accept([sitting.span("Monday").key])
    sitting.session.open(documents[1])
    sitting.session.accept([sitting.span("Oslo").key])
    sitting.session.undo()
    assert sitting.session.document.id == documents[1]
    sitting.session.undo()
    assert sitting.session.document.id == documents[0]
    assert not sitting.span("Monday").decided
    sitting.session.redo()
    sitting.session.redo()
    assert sitting.session.document.id == documents[1]
    assert sitting.span("Oslo").decided


def test_undo_works_with_no_article_open(sitting, documents):
    sitting.session.accept([sitting.span("Monday").key])
    sitting.session.open(None)
    sitting.session.undo()
    assert sitting.session.document.id == documents[0]
    assert not sitting.span("Monday").decided


def test_undo_and_redo_work_after_a_restart(sitting, database, documents):
    sitting.session.accept([sitting.span("Anna Berg").key])
    sitting.session.relabel(sitting.span("Kiel").key, sitting.label("LOC"))
    sitting.session.undo()
    assert sitting.settle() is Saving.SAVED
    with Sitting(database) as again:
        assert again.session.undo_summary == "accept “Anna Berg”"
        assert again.session.redo_summary == "label “Kiel” LOC"
        again.session.redo()
        assert again.span("Kiel").fields.label == again.label("LOC")
        again.session.undo()
        again.session.undo()
        assert again.settle() is Saving.SAVED
        assert again.stored(documents) == {}


def test_an_entity_that_a_later_edit_uses_goes_only_with_the_edit_that_made_it(sitting):
    sitting.session.accept([sitting.span("Anna Berg").key])
    sitting.session.accept([sitting.span("Berg", 2).key])
    sitting.session.undo()
    assert sitting.settle() is Saving.SAVED
    assert sitting.names == ["Anna Berg"]
    sitting.session.undo()
    assert sitting.settle() is Saving.SAVED
    assert sitting.names == []


def test_an_entity_that_somebody_else_uses_stays_in_the_database(sitting, database, documents):
    sitting.session.accept([sitting.span("Anna Berg").key])
    assert sitting.settle() is Saving.SAVED
    with Sitting(database, "Bea") as other:
        other.session.open(documents[0])
        other.session.accept([other.span("Berg", 2).key])
        assert other.settle() is Saving.SAVED
    sitting.session.undo()
    assert sitting.settle() is Saving.SAVED
    assert sitting.names == ["Anna Berg"]
    with Sitting(database, "Bea") as other:
        other.session.open(documents[0])
        mark = other.span("Berg", 2)
        assert other.session.document.entity(mark.fields.entity).name == "Anna Berg"


def test_rows_that_were_changed_since_stay_and_are_named(sitting, database, documents):
    sitting.session.accept([sitting.span("Anna Berg").key])
    assert sitting.settle() is Saving.SAVED
    ((key, row),) = entities(sitting.stored(documents)).items()
    rename = RowChange(*key, None, {"name": row["name"]}, {"name": "Anna Berg-Lund"})
    with Sitting(database, "Bea") as other:
        project, annotator = other.workspace.project.id, other.workspace.annotator
        edit = Edit(new_id(), EditKind.DO, "rename", (rename,))
        other.workspace.store.writer.run(lambda c: decisions.write_edit(c, project, annotator, edit))
    with Sitting(database) as again:
        again.session.undo()
        assert again.news[-1].message == "1 of 3 changes stayed as they are: they were changed since."
        assert not again.span("Anna Berg").decided
        assert again.settle() is Saving.SAVED
        assert again.names == ["Anna Berg-Lund"]


def test_each_annotator_has_an_undo_of_their_own(sitting, database):
    sitting.session.accept([sitting.span("Monday").key])
    assert sitting.settle() is Saving.SAVED
    with Sitting(database, "Bea") as other:
        assert other.session.undo_summary is None


def test_the_first_of_many_edits_can_still_be_taken_back(sitting, documents):
    key = sitting.span("Monday").key
    labels = [sitting.label(name) for name in ("DATE", "TIME")]
    for turn in range(60):
        sitting.session.relabel(key, labels[turn % 2])
    for _ in range(60):
        sitting.session.undo()
    assert sitting.session.undo_summary is None
    assert sitting.settle() is Saving.SAVED
    assert sitting.stored(documents) == {}


def test_a_note_and_a_flag_are_undone_like_everything(sitting, documents):
    key = sitting.span("Monday").key
    sitting.session.set_note(key, "which Monday?")
    sitting.session.set_document_note("from the harbour")
    sitting.session.set_flag(True)
    assert sitting.span("Monday").note == "which Monday?"
    assert sitting.session.note == "from the harbour"
    sitting.session.undo()
    sitting.session.undo()
    assert (sitting.session.flagged, sitting.session.note) == (False, "")
    sitting.session.undo()
    assert sitting.span("Monday").verdict is Verdict.PENDING
    assert sitting.settle() is Saving.SAVED
    assert sitting.stored(documents) == {}


def test_an_act_on_several_articles_is_one_edit_and_is_undone_in_all(sitting, documents):
    sitting.session.accept([sitting.span("Monday").key])
    assert sitting.settle() is Saving.SAVED
    before = sitting.stored(documents)
    sitting.session.set_status_of(documents, Status.SKIPPED)
    assert sitting.session.status is Status.SKIPPED
    sitting.session.set_flag_of(documents, True)
    assert sitting.settle() is Saving.SAVED
    assert kinds(sitting) == ["do", "do", "do"]
    sitting.session.undo()
    sitting.session.undo()
    assert sitting.settle() is Saving.SAVED
    assert sitting.stored(documents) == before
    sitting.session.redo()
    sitting.session.redo()
    sitting.session.open(documents[1])
    assert (sitting.session.status, sitting.session.flagged) == (Status.SKIPPED, True)


def test_a_removed_article_comes_back_with_all_its_annotations(sitting, documents):
    sitting.session.accept(sitting.session.document.open_keys())
    assert sitting.settle() is Saving.SAVED
    before = sitting.stored(documents)
    sitting.session.remove_documents(documents[:1])
    assert sitting.session.document is None
    assert sitting.settle() is Saving.SAVED
    assert listed(sitting) == [documents[1]]
    sitting.session.undo()
    assert sitting.settle() is Saving.SAVED
    assert listed(sitting) == list(documents)
    assert sitting.stored(documents) == before


def listed(sitting):
    from annotator.services.library import DocumentFilter, DocumentList

    return [info.id for info in DocumentList(sitting.workspace).page(DocumentFilter())]


def test_undo_of_a_label_by_hand_takes_the_mark_away(sitting):
    key = sitting.session.label(at(ARTICLE, "union"), sitting.label("ORG"))
    sitting.session.undo()
    assert sitting.session.document.mark(key) is None
    sitting.session.redo()
    assert sitting.session.document.mark(key) is not None
