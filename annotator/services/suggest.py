"""Pre-annotation: running the project's pipeline over its documents in the worker, the open one first."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

from sqlalchemy import Connection

from annotator.domain.errors import AnnotatorError, NotSaved, WorkerFailed
from annotator.domain.predictions import PipelineInfo
from annotator.services.workspace import Workspace
from annotator.storage import decisions, documents, runs
from annotator.storage.runs import RunIdentity
from annotator.worker.client import Analysis, WorkerClient

log = logging.getLogger(__name__)
BATCH = 10
"""Documents at most in one transaction of a run: more would make an edit that comes meanwhile wait."""
BATCH_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class ReadingState:
    """How pre-annotation stands: documents left, the pipeline (None until it is loaded), what went wrong.

    ``seconds`` is about how long the rest will take, None while nothing is known of the pace.
    """

    left: int = 0
    pipeline: PipelineInfo | None = None
    failure: str | None = None
    seconds: float | None = None
    paused: bool = False


class PipelineRun:
    """One pipeline over a project's documents; each document is stored as soon as it is read."""

    def __init__(self, workspace: Workspace, worker: WorkerClient, pipeline: str | None = None) -> None:
        """Load the pipeline (None: the project's) in the worker.

        Raises:
            WorkerFailed: it is not installed, or the worker cannot run.
        """
        self._workspace = workspace
        self._worker = worker
        self.info = worker.warm(pipeline or workspace.project.pipeline)
        self._identity = RunIdentity.of_pipeline(self.info)
        self._run = workspace.store.writer.run(
            lambda connection: runs.ensure_run(connection, workspace.project.id, self._identity)
        )

    def waiting(self, limit: int = 1) -> list[int]:
        """Documents that this run has not read yet, in the order of import."""
        with self._workspace.store.reading() as connection:
            return list(documents.without_run(connection, self._workspace.project.id, self._run, limit=limit))

    def left(self) -> int:
        """How many documents this run has not read yet."""
        with self._workspace.store.reading() as connection:
            return documents.count_without_run(connection, self._workspace.project.id, self._run)

    def needs(self, document: int) -> bool:
        """Whether this run has not read a document yet."""
        with self._workspace.store.reading() as connection:
            return documents.lacks_run(connection, document, self._run)

    def read(
        self,
        document: int,
        worker: WorkerClient | None = None,
        *,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Read one document and store what was found; False if it failed (the reason is kept with it).

        Once ``cancelled`` a failure is not the document's: it is left as it was.
        """
        return self.read_many((document,), worker, cancelled=cancelled)[0]

    def batches(self, ids: Sequence[int]) -> list[list[int]]:
        """Documents, in their order, in the batches that ``read_many`` takes."""
        with self._workspace.store.reading() as connection:
            return list(documents.batches(connection, ids, documents=BATCH, characters=BATCH_CHARACTERS))

    def read_many(
        self,
        ids: Sequence[int],
        worker: WorkerClient | None = None,
        *,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[bool]:
        """Like ``read`` for a batch of documents, stored in one transaction; one that fails costs only itself."""
        with self._workspace.store.reading() as connection:
            articles = documents.articles(connection, ids)
        known = [id_ for id_ in ids if id_ in articles]
        texts = [articles[id_].text for id_ in known]
        results: list[Analysis | WorkerFailed]
        try:
            results = (worker or self._worker).analyse_many(texts, self.info.package)
        except WorkerFailed as error:
            results = [error] * len(known)
        if cancelled() and not any(isinstance(one, Analysis) for one in results):
            return [False] * len(ids)
        found = dict(zip(known, results, strict=True))
        self._workspace.store.writer.run(lambda connection: self._store_all(connection, found, cancelled()))
        return [isinstance(found.get(id_), Analysis) for id_ in ids]

    def bring_back(self) -> list[int]:
        """Let this run's suggestions hold again where it has read a document and another run did after it.

        Returns those documents.
        """
        with self._workspace.store.reading() as connection:
            ids = runs.without_effect(connection, self._run)
        for first in range(0, len(ids), BATCH):
            batch = ids[first : first + BATCH]
            self._workspace.store.writer.run(partial(self._bring_back, batch=batch))
        return ids

    def _bring_back(self, connection: Connection, batch: Sequence[int]) -> None:
        for document in batch:
            runs.bring_back(connection, document, self._run, self._identity.kind)
            decisions.recount(
                connection, document, runs.suggestions(connection, document, self._workspace.label_ids.get)
            )

    def _store_all(
        self, connection: Connection, found: Mapping[int, Analysis | WorkerFailed], is_cancelled: bool
    ) -> None:
        for document, result in found.items():
            if isinstance(result, Analysis):
                self._store(connection, document, result)
            elif not is_cancelled:
                documents.set_failure(connection, document, str(result))

    def _store(self, connection: Connection, document: int, analysis: Analysis) -> None:
        if runs.add_prediction(connection, document, self._run, self._identity, analysis.prediction):
            current = runs.suggestions(connection, document, self._workspace.label_ids.get)
            decisions.recount(connection, document, current)


class Preannotation:
    """Reads the project's documents in a thread of its own; the window never waits for it.

    ``on_read`` gets the ids of documents that are done (or failed), ``on_state`` the state; both are called in
    that thread.
    """

    def __init__(
        self,
        workspace: Workspace,
        worker: WorkerClient,
        *,
        on_read: Callable[[tuple[int, ...]], None],
        on_state: Callable[[ReadingState], None],
    ) -> None:
        self._workspace = workspace
        self._worker = worker
        self._on_read = on_read
        self._on_state = on_state
        self._wake = threading.Event()
        self._stopping = False
        self._preferred: int | None = None
        self._chosen: str | None = None
        self._paused = False
        self._pace: deque[float] = deque(maxlen=20)
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="preannotation", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """There may be new documents."""
        self._wake.set()

    def prefer(self, document: int | None) -> None:
        """Read this document next, if it is not read yet."""
        with self._lock:
            self._preferred = document
        self._wake.set()

    @property
    def paused(self) -> bool:
        """Whether only the open document is read."""
        return self._paused

    def pause(self, paused: bool) -> None:
        """Read only what is opened for now, or go on with the rest; what was read stays."""
        self._paused = paused
        self._wake.set()

    def use(self, pipeline: str) -> None:
        """Read all documents by another pipeline (its own name) from now on; one that read them before comes back."""
        with self._lock:
            self._chosen = pipeline
        self._wake.set()

    def retry(self, document: int) -> None:
        """Try a failed document again."""
        self._workspace.store.writer.run(lambda connection: documents.set_failure(connection, document, None))
        self.prefer(document)

    def stop(self) -> None:
        """End the thread; a document that is being read is read again next time."""
        self._stopping = True
        self._wake.set()
        self._worker.close()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        run: PipelineRun | None = None
        for _ in count():
            self._wake.clear()
            try:
                if self._chosen is not None:
                    run = None  # should the other one not load
                    run = self._change()
                elif run is None:
                    run = PipelineRun(self._workspace, self._worker)
                self._read_all(run)
            except AnnotatorError as error:
                if not self._stopping:
                    log.warning("pre-annotation stopped: %s", error)
                    self._on_state(ReadingState(failure=str(error)))
            if self._stopping:
                return
            self._wake.wait()
            if self._stopping:
                return

    def _change(self) -> PipelineRun:
        with self._lock:
            pipeline, self._chosen = self._chosen, None
        self._workspace = replace(self._workspace, project=replace(self._workspace.project, pipeline=pipeline))
        run = PipelineRun(self._workspace, self._worker)
        project = self._workspace.project.id
        self._workspace.store.writer.run(lambda connection: documents.forget_failures(connection, project))
        back = run.bring_back()
        if back:
            self._on_read(tuple(back))
        return run

    def _read_all(self, run: PipelineRun) -> None:
        while not self._stopping and self._chosen is None:
            document = self._next(run)
            left = run.left()
            pace = sum(self._pace) / len(self._pace) if self._pace else None
            seconds = None if pace is None else pace * left
            self._on_state(ReadingState(left, run.info, seconds=seconds, paused=self._paused))
            if document is None:
                return
            begun = time.monotonic()
            try:
                run.read(document, cancelled=lambda: self._stopping)
            except NotSaved as error:
                self._on_state(ReadingState(left, run.info, str(error)))
                return
            self._pace.append(time.monotonic() - begun)
            if not self._stopping:
                self._on_read((document,))

    def _next(self, run: PipelineRun) -> int | None:
        with self._lock:
            preferred, self._preferred = self._preferred, None
        if preferred is not None and run.needs(preferred):
            return preferred
        waiting = [] if self._paused else run.waiting()
        return waiting[0] if waiting else None
