"""A database that is open: its one writer and its readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from annotator.storage.database import open_database
from annotator.storage.writer import Writer


class Store:
    """Hand writing tasks to ``writer``; read inside ``with store.reading() as connection``."""

    def __init__(self, path: Path) -> None:
        """Open or create the database.

        Raises:
            DatabaseRefused: see ``open_database``.
        """
        self.path = path
        writing, self._readers = open_database(path)
        self.writer = Writer(writing)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database and cannot write."""
        with self._readers.begin() as connection:
            yield connection

    def close(self) -> None:
        """Commit what was handed in and let go of the file."""
        self._readers.dispose()
        self.writer.close()
