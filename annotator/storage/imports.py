"""Imports as the database remembers them: to go on after a crash, and to read their reports again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from annotator.domain.records import Problem
from annotator.storage.clock import now
from annotator.storage.tables import ImportRow, row_id

REMEMBERED = 2000
"""At most so many problems and notes of one import are kept."""


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import: when it ran, its files, how far it came, and what was said of them."""

    id: int
    started: str
    finished: str | None
    cancelled: bool
    files: tuple[str, ...]
    files_done: int
    added: int
    known: int
    problems: tuple[Problem, ...]
    notes: tuple[tuple[str, str], ...]

    @property
    def left(self) -> tuple[str, ...]:
        """The files that were not read."""
        return self.files[self.files_done :]


def begin_import(connection: Connection, project: int, files: Sequence[str]) -> int:
    """Remember that an import of these files begins; returns its id."""
    return row_id(
        connection.execute(
            insert(ImportRow).values(
                project=project, started=now(), finished=None, files=list(files), problems=[], notes=[]
            )
        )
    )


def advance_import(
    connection: Connection,
    import_: int,
    *,
    files_done: int,
    added: int,
    known: int,
    problems: Sequence[Problem],
    notes: Sequence[tuple[str, str]],
) -> None:
    """Remember how far an import has come."""
    told = [[one.file, one.line, one.what, one.remedy] for one in problems[:REMEMBERED]]
    connection.execute(
        update(ImportRow)
        .where(ImportRow.id == import_)
        .values(
            n_files_done=files_done,
            n_added=added,
            n_known=known,
            problems=told,
            notes=[list(note) for note in notes[:REMEMBERED]],
        )
    )


def finish_import(connection: Connection, import_: int, *, cancelled: bool) -> None:
    """Remember that an import is over."""
    connection.execute(update(ImportRow).where(ImportRow.id == import_).values(finished=now(), cancelled=cancelled))


def past_imports(
    connection: Connection, project: int, *, unfinished: bool = False, limit: int = 50
) -> list[PastImport]:
    """A project's imports, the newest first; only those that broke off if ``unfinished``."""
    query = select(ImportRow.__table__).where(ImportRow.project == project)
    if unfinished:
        query = query.where(ImportRow.finished.is_(None))
    rows = connection.execute(query.order_by(ImportRow.id.desc()).limit(limit))
    return [
        PastImport(
            row.id,
            row.started,
            row.finished,
            row.cancelled,
            tuple(row.files),
            row.n_files_done,
            row.n_added,
            row.n_known,
            tuple(Problem(*one) for one in row.problems),
            tuple((place, note) for place, note in row.notes),
        )
        for row in rows
    ]
