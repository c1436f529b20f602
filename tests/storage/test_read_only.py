"""A database that may not be written to is opened to be read; one that holds what is not ours is not opened at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from building import fill

from annotator.domain.errors import DatabaseRefused, Refused
from annotator.domain.marks import Status
from annotator.services.library import export_file
from annotator.services.session import Session
from annotator.services.workspace import open_workspace
from annotator.storage.database import open_database

NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others can reach, too: root ignores permissions, so a test as root works as somebody else."""
    made = Path(tempfile.mkdtemp(prefix="annotator-read-only-"))
    made.chmod(0o755)
    fill(made / "work.sqlite3")
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


@contextmanager
def locked(path: Path, mode: int) -> Iterator[None]:
    """``path`` with other permissions, seen by somebody who may not ignore them."""
    before, root = stat.S_IMODE(path.stat().st_mode), hasattr(os, "geteuid") and os.geteuid() == 0
    path.chmod(mode)
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        path.chmod(before)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("what", ["the file", "the folder"])
def test_what_may_not_be_written_is_opened_to_be_read_and_exported(folder: Path, what: str) -> None:
    database = folder / "work.sqlite3"
    before = contents(folder)
    out = Path(tempfile.mkdtemp())
    out.chmod(0o777)
    with locked(database, 0o444) if what == "the file" else locked(folder, 0o555):
        workspace = open_workspace(database, "Ann")
        assert workspace.read_only
        session = Session(workspace)
        session.open(1)
        assert session.document is not None
        assert session.document.quotations
        with pytest.raises(Refused, match="Nothing can be changed here"):
            session.set_status(Status.DONE)
        with pytest.raises(Refused, match="copy the file"):
            session.undo()
        report = export_file(workspace, out / "all.jsonl")
        workspace.close()
    assert report.lines == 2
    assert len((out / "all.jsonl").read_text("utf-8").splitlines()) == 2
    assert contents(folder) == before
    shutil.rmtree(out)


def test_an_annotator_who_is_not_in_it_reads_with_no_sets_of_their_own(folder: Path) -> None:
    database = folder / "work.sqlite3"
    with locked(database, 0o444):
        workspace = open_workspace(database, "Somebody new")
        session = Session(workspace)
        session.open(1)
        assert session.document is not None
        assert session.document.annotation_set is None
        assert session.undo_summary is None
        workspace.close()


def test_an_older_one_that_cannot_be_written_is_refused_with_what_to_do(folder: Path) -> None:
    database = folder / "work.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 0")
        connection.commit()
    with locked(database, 0o444), pytest.raises(DatabaseRefused, match="Copy it into a folder"):
        open_workspace(database, "Ann")


def test_last_changes_in_a_log_that_cannot_be_read_there_are_told_with_what_to_do(folder: Path) -> None:
    workspace = open_workspace(folder / "work.sqlite3", "Ann")
    session = Session(workspace)
    session.open(1)
    session.set_status(Status.DONE)
    workspace.store.writer.flush()
    copied = folder / "copied"
    copied.mkdir()
    for name in ("work.sqlite3", "work.sqlite3-wal"):  # as a backup made at a bad moment has them
        shutil.copy(folder / name, copied / name)
    session.close()
    workspace.close()
    before = contents(copied)
    with locked(copied, 0o555), pytest.raises(DatabaseRefused, match="Copy both files"):
        open_workspace(copied / "work.sqlite3", "Ann")
    assert contents(copied) == before
    copied.chmod(0o755)


HOSTILE = {
    "a trigger": "CREATE TRIGGER steal AFTER INSERT ON edit BEGIN DELETE FROM document; END",
    "a view": "CREATE VIEW everything AS SELECT body FROM text",
    "a virtual table": "CREATE VIRTUAL TABLE words USING fts5(body)",
    "a foreign table": "CREATE TABLE payload (x)",
    "a computed column": "ALTER TABLE project ADD COLUMN evil GENERATED ALWAYS AS (abs(id)) VIRTUAL",
    "a foreign column": "ALTER TABLE project ADD COLUMN evil DEFAULT 1",
    "a foreign index": "CREATE INDEX slow ON document (abs(id))",
}


@pytest.mark.parametrize("statement", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_database_with_what_we_never_make_is_refused_and_stays_as_it_was(folder: Path, statement: str) -> None:
    database = folder / "work.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(statement)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.commit()
    before = contents(folder)
    with pytest.raises(DatabaseRefused, match="something that Annotator did not make"):
        open_database(database)
    assert contents(folder) == before


def test_a_trigger_in_an_older_database_is_refused_before_it_is_brought_up_to_date(folder: Path) -> None:
    database = folder / "work.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(HOSTILE["a trigger"])
        connection.execute("PRAGMA user_version = 0")
        connection.commit()
    before = contents(folder)
    with pytest.raises(DatabaseRefused, match="the trigger steal"):
        open_database(database)
    assert contents(folder) == before


def test_statistics_that_sqlite_keeps_itself_are_no_reason_to_refuse(folder: Path) -> None:
    database = folder / "work.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("ANALYZE")
        connection.commit()
    open_workspace(database, "Ann").close()


def test_a_database_that_another_window_has_open_can_be_opened_with_its_log(folder: Path) -> None:
    database = folder / "work.sqlite3"
    first = open_workspace(database, "Ann")
    session = Session(first)
    session.open(1)
    session.set_status(Status.DONE)
    second = open_workspace(database, "Ann")
    with second.store.reading() as connection:
        status = connection.exec_driver_sql("SELECT count(*) FROM annotation_set WHERE status = 'done'").scalar()
    assert status == 1
    second.close()
    session.close()
    first.close()
