"""A database that is open: its one writer and its readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from annotator.storage.database import open_database, open_read_only
from annotator.storage.guard import may_be_written
from annotator.storage.writer import NoWriter, Writer


class Store:
    """Hand writing tasks to ``writer``; read inside ``with store.reading() as connection``.

    Where file or folder may not be written to it is ``read_only``: all can be read, every task is refused.
    """

    def __init__(self, path: Path) -> None:
        """Open or create the database.

        Raises:
            DatabaseRefused: see ``open_database``.
        """
        self.path = path = path.expanduser().absolute()
        self.read_only = path.is_file() and not may_be_written(path)
        self.writer: Writer
        if self.read_only:
            self._readers = open_read_only(path)
            self.writer = NoWriter(path)
        else:
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
