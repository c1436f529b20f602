"""The queue of edits on their way to the database: what is saved, what is not, and trying again.

An edit that fails holds back all later ones, so that the database never has an edit without those before it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import Enum
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import Connection

from annotator.domain.edits import Edit, Table
from annotator.domain.errors import NotSaved
from annotator.services.workspace import Workspace
from annotator.storage import decisions, runs

log = logging.getLogger(__name__)

Counters: TypeAlias = tuple[UUID, int, int]
"""A set's id with how many marks are decided and how many suggestions are open."""


_UNEXPECTED = "Your last change is not saved, because something went wrong inside the program. The log says more."


class Saving(Enum):
    """The state of saving: everything is committed, something is on its way, or something failed."""

    SAVED = "saved"
    UNDER_WAY = "under way"
    FAILED = "failed"


class SaveQueue:
    """Hands edits to the writer and keeps those that are not committed.

    ``post`` carries a callable to the session's thread; ``finished`` is called there after each edit, saved or not.
    """

    def __init__(
        self,
        workspace: Workspace,
        post: Callable[[Callable[[], None]], None],
        finished: Callable[[Edit], None],
    ) -> None:
        self.workspace = workspace
        self._post = post
        self._finished = finished
        self._blocked = threading.Event()
        self._attempt = 0
        self._in_flight = 0
        self._unsaved: list[tuple[Edit, Counters | None]] = []
        self._committed: set[UUID] = set()
        self.failure: str | None = None

    @property
    def state(self) -> Saving:
        """Whether everything is committed."""
        if self.failure is not None:
            return Saving.FAILED
        return Saving.UNDER_WAY if self._in_flight else Saving.SAVED

    @property
    def blocked(self) -> bool:
        """Whether an edit has failed, also before its news has come here."""
        return self.failure is not None or self._blocked.is_set()

    @property
    def unsaved(self) -> tuple[Edit, ...]:
        """The edits that are not committed, in order; also right before the news of a commit has come here."""
        return tuple(edit for edit, _ in self._unsaved if edit.id not in self._committed)

    def save(self, edit: Edit, counters: Counters | None) -> None:
        """Hand an edit to the writer."""
        self._unsaved.append((edit, counters))
        self._submit(edit, counters)

    def retry(self) -> None:
        """Hand everything that is not saved to the writer again, in order."""
        self.failure = None
        self._attempt += 1  # what is still queued from before must not overtake what is handed in now
        self._blocked.clear()
        for edit, counters in list(self._unsaved):
            self._submit(edit, counters)

    def recount(self, document: int) -> None:
        """Count a document's marks anew: an edit may have been counted before suggestions arrived, and saved after."""
        label_of = self.workspace.label_ids.get

        def task(connection: Connection) -> None:
            decisions.recount(connection, document, runs.suggestions(connection, document, label_of))

        self.workspace.store.writer.submit(task)

    def _submit(self, edit: Edit, counters: Counters | None) -> None:
        workspace, attempt = self.workspace, self._attempt

        def task(connection: Connection) -> None:
            if self._blocked.is_set() or attempt != self._attempt:
                raise NotSaved("An earlier change is not saved yet.")
            decisions.write_edit(connection, workspace.project.id, workspace.annotator, edit)
            if counters:
                decisions.set_counters(connection, *counters)
            self._count_elsewhere(connection, edit, counters)

        def done(future: Future[None]) -> None:
            error = future.exception()
            if error is None:
                self._committed.add(edit.id)
            if error is not None and attempt == self._attempt:
                self._blocked.set()  # in the writer's thread: the next task must see it
                log.error("an edit could not be saved", exc_info=error)
            self._post(lambda: self._acknowledge(edit, error, attempt))

        self._in_flight += 1
        workspace.store.writer.submit(task).add_done_callback(done)

    def _count_elsewhere(self, connection: Connection, edit: Edit, counters: Counters | None) -> None:
        """Count for the sets that an edit made on documents which are not open."""
        mine = counters[0] if counters else None
        made = [c for c in edit.changes if c.table is Table.SET and c.before is None and c.row != mine]
        ids = [change.document for change in made if change.document is not None]
        for begin in range(0, len(ids), 200):
            some = ids[begin : begin + 200]
            found = runs.suggestions_on(connection, some, self.workspace.label_ids.get)
            for document in some:
                decisions.recount(connection, document, found[document])

    def _acknowledge(self, edit: Edit, error: BaseException | None, attempt: int) -> None:
        self._in_flight -= 1
        if error is None:
            self._unsaved = [waiting for waiting in self._unsaved if waiting[0] is not edit]
            self._committed.discard(edit.id)
        elif self.failure is None and attempt == self._attempt:
            self.failure = str(error) if isinstance(error, NotSaved) else _UNEXPECTED
        self._finished(edit)
