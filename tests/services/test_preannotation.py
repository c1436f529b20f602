"""Pre-annotation by the real worker and the small pipeline: order, storing, failures, stopping."""

import os
import signal
import threading
from contextlib import suppress
from dataclasses import replace

import invariants
import pytest
from building import ARTICLE, OTHER, Sitting, enter

from annotator.domain.errors import WorkerFailed
from annotator.services.library import DocumentList
from annotator.services.session import Saving
from annotator.services.suggest import PipelineRun, Preannotation
from annotator.worker.client import WorkerClient

PATIENCE = 60


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    with WorkerClient(log_path=tmp_path_factory.mktemp("worker") / "log") as worker:
        yield worker


@pytest.fixture
def sitting(tmp_path):
    with Sitting(tmp_path / "a.sqlite3") as sitting:
        project = replace(sitting.workspace.project, pipeline="en_core_web_sm")
        sitting.workspace = sitting.session.workspace = replace(sitting.workspace, project=project)
        yield sitting


class Watch:
    """Hears what pre-annotation says, and waits for it."""

    def __init__(self):
        self.read = []
        self.states = []
        self._news = threading.Condition()

    def on_read(self, documents):
        with self._news:
            self.read += documents
            self._news.notify_all()

    def on_state(self, state):
        with self._news:
            self.states.append(state)
            self._news.notify_all()

    def until(self, condition):
        with self._news:
            assert self._news.wait_for(condition, PATIENCE), (self.read, self.states)


@pytest.fixture
def started(sitting):
    """Pre-annotation under way over three articles, in a worker of its own."""
    documents = [enter(sitting.workspace, text) for text in (ARTICLE, OTHER, "Olaf Stern lives in Oslo.\n\nYes.")]
    watch = Watch()
    preannotation = Preannotation(sitting.workspace, WorkerClient(), on_read=watch.on_read, on_state=watch.on_state)
    yield documents, watch, preannotation
    preannotation.stop()


def test_one_document_is_read_and_stored_with_its_counters(sitting, worker):
    document = enter(sitting.workspace, ARTICLE)
    sitting.session.open(document)
    sitting.session.set_flag(True)
    assert sitting.settle() is Saving.SAVED
    run = PipelineRun(sitting.workspace, worker)
    assert run.info.name == "en_core_web_sm"
    assert (run.waiting(), run.left(), run.needs(document)) == ([document], 1, True)
    assert run.read(document)
    assert (run.waiting(), run.left(), run.needs(document)) == ([], 0, False)
    sitting.session.suggestions_arrived([document])
    assert sitting.has_span("Anna Berg")
    assert sitting.settle() is Saving.SAVED
    invariants.check(sitting.workspace)
    (info,) = DocumentList(sitting.workspace).infos([document])
    assert info.analysed
    assert info.n_open == len(sitting.session.document.open_keys()) > 0


def test_an_unknown_pipeline_is_told_in_a_sentence(sitting, worker):
    with pytest.raises(WorkerFailed, match="en_core_web_xl"):
        PipelineRun(sitting.workspace, worker, "en_core_web_xl")


def test_an_article_whose_worker_was_killed_is_marked_and_can_be_tried_again(sitting):
    document, other = enter(sitting.workspace, ARTICLE * 60), enter(sitting.workspace, OTHER)
    with WorkerClient() as worker:
        run = PipelineRun(sitting.workspace, worker)
        outcome = []
        reading = threading.Thread(target=lambda: outcome.append(run.read(document)))
        reading.start()
        while reading.is_alive():
            pid = worker.pid
            if pid is not None:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            reading.join(0.05)
        assert outcome == [False]
        (info,) = DocumentList(sitting.workspace).infos([document])
        assert info.failure == "The worker process was killed (SIGKILL); perhaps the computer ran out of memory."
        assert (run.waiting(), run.needs(document)) == ([other], False)
        assert run.read(other)
        sitting.session.open(document)
        assert sitting.session.document.failure == info.failure
        assert run.read(document)
        sitting.session.suggestions_arrived([document])
        assert sitting.session.document.failure is None
        assert sitting.session.document.spans


def test_all_articles_are_read_the_preferred_one_first(sitting, started):
    documents, watch, preannotation = started
    preannotation.prefer(documents[2])
    preannotation.start()
    watch.until(lambda: len(watch.read) == 3 and watch.states[-1].left == 0)
    assert watch.read == [documents[2], documents[0], documents[1]]
    assert [state.left for state in watch.states] == [3, 2, 1, 0]
    late = enter(sitting.workspace, "Kari Lund was late.\n\nShe said so.")
    preannotation.wake()
    watch.until(lambda: watch.read[-1] == late)
    assert all(info.analysed for info in DocumentList(sitting.workspace).infos([*documents, late]))


def test_stopping_in_the_middle_marks_no_article_as_failed(sitting, started):
    documents, watch, preannotation = started
    preannotation.start()
    watch.until(lambda: watch.read)
    preannotation.stop()
    assert all(info.failure is None for info in DocumentList(sitting.workspace).infos(documents))
    with sitting.workspace.store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_paused_only_the_opened_article_is_read_and_the_rest_follows_when_it_goes_on(sitting, started):
    documents, watch, preannotation = started
    preannotation.pause(True)
    preannotation.prefer(documents[1])
    preannotation.start()
    watch.until(lambda: watch.read and watch.states[-1].left == 2)
    assert watch.read == [documents[1]]
    assert watch.states[-1].paused
    preannotation.pause(False)
    watch.until(lambda: len(watch.read) == 3 and watch.states[-1].left == 0)
    assert not watch.states[-1].paused
    assert any(state.seconds for state in watch.states), "nothing was said of the time left"
