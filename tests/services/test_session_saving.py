"""Saving: what is called saved is committed, and a failure holds everything back until it is mended."""

import sqlite3
from dataclasses import replace

import invariants
import pytest
from building import NEWER, Sitting, article_prediction, propose

from annotator.domain.errors import NotSaved
from annotator.domain.predictions import PredictedSpan
from annotator.services.library import DocumentList
from annotator.services.session import Saving
from annotator.storage import database as storage_database

LOCKED = "Another program is using the database, so your last change is not saved. Close it, then try again."


@pytest.fixture
def impatient(monkeypatch, database, documents):
    """A sitting that gives up waiting for another program after 50 ms."""
    monkeypatch.setattr(storage_database, "BUSY_TIMEOUT", 50)
    with Sitting(database) as sitting:
        sitting.session.open(documents[0])
        yield sitting


@pytest.fixture
def intruder(database):
    """Another program that can hold the database."""
    connection = sqlite3.connect(database, isolation_level=None)
    yield connection
    connection.close()


def count_of_edits(database):
    connection = sqlite3.connect(database)
    try:
        return connection.execute("SELECT count(*) FROM edit").fetchone()[0]
    finally:
        connection.close()


def test_an_edit_is_under_way_until_it_is_committed(sitting, database):
    sitting.session.accept([sitting.span("Monday").key])
    assert sitting.session.saving is Saving.UNDER_WAY
    assert sitting.span("Monday").decided
    assert sitting.settle() is Saving.SAVED
    assert count_of_edits(database) == 1
    assert [news.saving for news in sitting.news[-2:]] == [True, True]


def test_a_database_that_another_program_holds_keeps_the_change_for_retry(impatient, intruder, database):
    intruder.execute("BEGIN IMMEDIATE")
    impatient.session.accept([impatient.span("Monday").key])
    assert impatient.settle() is Saving.FAILED
    assert impatient.session.failure == LOCKED
    assert impatient.span("Monday").decided
    assert count_of_edits(database) == 0
    intruder.execute("ROLLBACK")
    impatient.session.retry()
    assert impatient.settle() is Saving.SAVED
    assert impatient.session.failure is None
    assert count_of_edits(database) == 1


def test_later_edits_are_refused_until_saving_works_again(impatient, intruder):
    intruder.execute("BEGIN IMMEDIATE")
    impatient.session.accept([impatient.span("Monday").key])
    impatient.settle()
    with pytest.raises(NotSaved, match="Another program"):
        impatient.session.accept([impatient.span("Friday").key])
    for act in (impatient.session.undo, impatient.session.redo):
        with pytest.raises(NotSaved):
            act()
    with pytest.raises(NotSaved):
        impatient.session.remove_documents([1])
    assert not impatient.span("Friday").decided
    intruder.execute("ROLLBACK")
    impatient.session.retry()
    impatient.settle()
    impatient.session.accept([impatient.span("Friday").key])
    assert impatient.settle() is Saving.SAVED


def test_edits_that_were_made_before_the_failure_was_known_are_saved_in_order(impatient, intruder, documents):
    intruder.execute("BEGIN IMMEDIATE")
    for words in ("Monday", "Friday", "Kiel"):
        impatient.session.accept([impatient.span(words).key])
    impatient.session.relabel(impatient.span("Kiel").key, impatient.label("LOC"))
    assert impatient.settle() is Saving.FAILED
    assert impatient.session.failure == LOCKED
    intruder.execute("ROLLBACK")
    impatient.session.retry()
    assert impatient.settle() is Saving.SAVED
    with impatient.workspace.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT summary FROM edit ORDER BY id")
        assert [row[0] for row in rows] == [
            "accept “Monday”",
            "accept “Friday”",
            "accept “Kiel”",
            "label “Kiel” LOC",
        ]
    stored = impatient.stored(documents)
    assert impatient.session.document.rows.items() <= stored.items()


def test_a_retry_that_fails_again_says_so_again(impatient, intruder):
    intruder.execute("BEGIN IMMEDIATE")
    impatient.session.accept([impatient.span("Monday").key])
    impatient.settle()
    impatient.session.retry()
    assert impatient.settle() is Saving.FAILED
    assert impatient.session.failure == LOCKED
    intruder.execute("ROLLBACK")
    impatient.session.retry()
    assert impatient.settle() is Saving.SAVED


def test_an_unsaved_change_stays_on_the_screen_when_the_article_is_opened_again(impatient, intruder, documents):
    intruder.execute("BEGIN IMMEDIATE")
    impatient.session.accept([impatient.span("Monday").key])
    impatient.session.accept([impatient.span("Anna Berg").key])
    impatient.settle()
    impatient.session.open(documents[1])
    impatient.session.open(documents[0])
    assert impatient.span("Monday").decided
    assert impatient.session.document.entity(impatient.span("Anna Berg").fields.entity).name == "Anna Berg"
    intruder.execute("ROLLBACK")
    impatient.session.retry()
    assert impatient.settle() is Saving.SAVED
    impatient.session.accept([impatient.span("Friday").key])
    assert impatient.settle() is Saving.SAVED
    assert impatient.session.document.rows.items() <= impatient.stored(documents).items()


def test_undo_never_takes_back_an_older_edit_than_the_one_that_just_failed(impatient, intruder):
    impatient.session.accept([impatient.span("Monday").key])
    assert impatient.settle() is Saving.SAVED
    intruder.execute("BEGIN IMMEDIATE")
    impatient.session.accept([impatient.span("Friday").key])
    with pytest.raises(NotSaved):  # the failure is known to the writer, its news is still on the way
        impatient.session.undo()
    assert impatient.span("Monday").decided
    intruder.execute("ROLLBACK")
    impatient.settle()
    impatient.session.retry()
    assert impatient.settle() is Saving.SAVED
    impatient.session.undo()
    assert impatient.span("Monday").decided
    assert not impatient.span("Friday").decided


def test_reading_goes_on_while_another_program_holds_the_database(impatient, intruder, documents):
    intruder.execute("BEGIN IMMEDIATE")
    impatient.session.open(documents[1])
    assert impatient.has_span("Oslo")
    intruder.execute("ROLLBACK")


def test_counters_are_right_when_an_edit_and_a_run_cross(sitting, documents):
    """The run is stored, the window has not heard of it, and the annotator goes on."""
    sitting.session.accept([sitting.span("Monday").key])
    assert sitting.settle() is Saving.SAVED
    text = sitting.text
    more = replace(article_prediction(), spans=(*article_prediction().spans, PredictedSpan(0, 5, "ORG")))
    propose(sitting.workspace, documents[0], more, NEWER)
    sitting.session.accept([sitting.span("Friday").key])
    sitting.settle()
    sitting.session.suggestions_arrived(documents[:1])
    assert sitting.settle() is Saving.SAVED
    assert sitting.has_span(text[:5])
    invariants.check(sitting.workspace)
    (info,) = DocumentList(sitting.workspace).infos(documents[:1])
    assert (info.n_decided, info.n_open) == (2, 9)


def test_an_act_on_an_article_that_is_not_open_leaves_its_suggestions_open(sitting, documents):
    sitting.session.set_flag_of(documents, True)
    assert sitting.settle() is Saving.SAVED
    infos = DocumentList(sitting.workspace).infos(documents)
    assert [(info.n_open, info.flagged) for info in infos] == [(10, True), (4, True)]
    invariants.check(sitting.workspace)
    sitting.session.undo()
    sitting.session.redo()
    assert sitting.settle() is Saving.SAVED
    invariants.check(sitting.workspace)
