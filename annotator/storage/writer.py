"""The one writer: a thread that carries out every writing transaction, in the order in which it was given.

A task gets an open connection inside ``BEGIN IMMEDIATE`` and is committed when it returns; what it returns is
the result of the future that was handed out. The write-ahead log is folded back when nothing is waiting.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from annotator.domain.errors import NotSaved, Refused

Result = TypeVar("Result")
_IDLE_SECONDS = 1.0
log = logging.getLogger(__name__)


class Writer:
    """Owns the writing connection; ``close`` waits for what was handed in."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._tasks: SimpleQueue[tuple[Callable[[Connection], Any], Future[Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def submit(self, task: Callable[[Connection], Result]) -> Future[Result]:
        """Queue ``task``; the future is done when its transaction is committed (or has failed as NotSaved)."""
        future: Future[Result] = Future()
        self._tasks.put((task, future))
        return future

    def run(self, task: Callable[[Connection], Result]) -> Result:
        """Like ``submit``, and wait for it."""
        return self.submit(task).result()

    def flush(self) -> None:
        """Wait until everything that was handed in so far is committed."""
        self.run(lambda connection: None)

    def close(self) -> None:
        """Finish what was handed in, fold the log back, and let go of the file."""
        self._tasks.put(None)
        self._thread.join()

    def _work(self) -> None:
        dirty = True
        while True:
            try:
                item = self._tasks.get(timeout=_IDLE_SECONDS if dirty else None)
            except Empty:
                self._checkpoint("PASSIVE")
                dirty = False
                continue
            if item is None:
                break
            self._carry_out(*item)
            dirty = True
        self._checkpoint("TRUNCATE")
        self._engine.dispose()

    def _carry_out(self, task: Callable[[Connection], Any], future: Future[Any]) -> None:
        try:
            with self._engine.begin() as connection:
                result = task(connection)
        except DBAPIError as error:
            log.exception("a transaction failed")
            failure = NotSaved(_sentence(error))
            failure.__cause__ = error
            future.set_exception(failure)
        except BaseException as error:  # noqa: BLE001 - the caller gets it; this thread must live
            future.set_exception(error)
        else:
            future.set_result(result)

    def _checkpoint(self, mode: str) -> None:
        try:
            with self._engine.connect() as connection:
                connection.connection.driver_connection.execute(  # type: ignore[union-attr]
                    f"PRAGMA wal_checkpoint({mode})"
                )
        except (DBAPIError, sqlite3.Error) as error:
            log.warning("the write-ahead log could not be folded back: %s", error)


class NoWriter(Writer):
    """Stands for the writer of a database that may not be written to: refuses every task."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def submit(self, task: Callable[[Connection], Result]) -> Future[Result]:
        """A future that has failed as Refused."""
        future: Future[Result] = Future()
        future.set_exception(Refused(read_only_sentence(self._path)))
        return future

    def flush(self) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing to finish."""


def read_only_sentence(path: Path) -> str:
    """Why nothing can be changed, and what to do."""
    return (
        f"Nothing can be changed here: {path} or its folder may not be written to. "
        "To work on it, copy the file into a folder of yours and open the copy."
    )


def _sentence(error: DBAPIError) -> str:
    reason = str(error.orig)
    if "full" in reason:
        return "The disk is full, so your last change is not saved. Make room, then try again."
    if "locked" in reason or "busy" in reason:
        return "Another program is using the database, so your last change is not saved. Close it, then try again."
    if "readonly" in reason:
        return "The database may not be written to, so your last change is not saved. Check the file's permissions."
    return "The database could not take your last change, so it is not saved. Try again; the log says more."
