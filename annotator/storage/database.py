"""Opening, creating and guarding the database file, and the engines with the right defaults.

SQLAlchemy's defaults for SQLite are wrong for us (foreign keys off, DDL outside transactions, deferred writing
transactions), so isolation and pragmas are set in engine events. A file is looked at byte by byte before SQLite
may touch it: what is not ours, is newer or is damaged stays exactly as it is.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool, StaticPool

from annotator.domain.errors import DatabaseRefused
from annotator.storage.guard import check_schema, may_be_written, reading_uri
from annotator.storage.tables import APPLICATION_ID, SCHEMA_VERSION, Base

_MAGIC = b"SQLite format 3\x00"
BUSY_TIMEOUT = 5000
"""Milliseconds to wait for another program that holds the file."""


def open_database(path: Path) -> tuple[Engine, Engine]:
    """Open (or create) the database and return the engines (for the one writer, for readers).

    Raises:
        DatabaseRefused: the file is empty, damaged, of another program, or made by a newer version; it was not
            changed.
    """
    path = path.expanduser().absolute()
    if path.exists():
        _check_file(path)
    else:
        _create(path)
    writer, readers = _engine(path, writing=True), _engine(path, writing=False)
    try:
        _bring_up_to_date(writer, path)
    except BaseException as error:
        writer.dispose()
        readers.dispose()
        if isinstance(error, DatabaseError):
            raise DatabaseRefused(_why(path, str(error.orig))) from error
        raise
    return writer, readers


def open_read_only(path: Path) -> Engine:
    """An engine on a database that may not be written to; nothing is made beside it either.

    Raises:
        DatabaseRefused: as for ``open_database``, or its schema is older and cannot be brought up to date here.
    """
    path = path.expanduser().absolute()
    version = _check_file(path)
    if version < SCHEMA_VERSION:
        raise DatabaseRefused(
            f"{path} was made by an older version and may not be written to, so it cannot be brought up to date. "
            "Copy it into a folder that you can write to, then open the copy."
        )
    engine = create_engine(
        "sqlite://",
        poolclass=QueuePool,
        creator=lambda: sqlite3.connect(
            reading_uri(path), uri=True, check_same_thread=False, timeout=BUSY_TIMEOUT / 1000
        ),
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = None
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _check_file(path: Path) -> int:
    """Look at an existing file without changing it; return its schema's version."""
    version = _check_header(path)
    try:
        check_schema(path, version)
    except sqlite3.Error as error:
        raise DatabaseRefused(_why(path, str(error))) from error
    return version


def _why(path: Path, reason: str) -> str:
    if "locked" in reason or "busy" in reason:
        return f"{path} is in use by another program. Close that, then try again."
    log = path.with_name(f"{path.name}-wal")
    if "unable to open" in reason and log.exists() and not may_be_written(path):
        return (
            f"{path} cannot be read where it is: its last changes are in {log.name}, and the folder cannot be written "
            "to. Copy both files into a folder of yours, then open the copy."
        )
    if "readonly" in reason or "unable to open" in reason:
        return f"{path} cannot be opened for writing ({reason}). Check the permissions of the file and its folder."
    return f"{path} is damaged and cannot be opened ({reason}). Restore it from a copy, or open another database."


def _check_header(path: Path) -> int:
    if path.is_dir():
        raise DatabaseRefused(f"{path} is a folder, not a database. Choose a file.")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise DatabaseRefused(f"{path} cannot be read: {error.strerror}.") from error
    if not header:
        raise DatabaseRefused(
            f"{path} is empty (0 bytes), so it is damaged or was never an Annotator database. "
            "Restore it from a copy, or choose a new name to start an empty one."
        )
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise DatabaseRefused(f"{path} is not a database of Annotator. Choose another file; this one was not changed.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise DatabaseRefused(
            f"{path} is a database of another program. Choose another file; this one was not changed."
        )
    version = int.from_bytes(header[60:64], "big")
    _refuse_newer(version, path)
    return version


def _refuse_newer(version: int, path: Path) -> None:
    if version > SCHEMA_VERSION:
        raise DatabaseRefused(
            f"{path} was made by a newer version of Annotator (its schema is {version}, this program knows "
            f"{SCHEMA_VERSION}). Update the program to open it; the file was not changed."
        )


def _create(path: Path) -> None:
    """Make a complete empty database under a temporary name, then put it in place at once."""
    half = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        engine = _engine(half, writing=True, journal="DELETE")
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
        engine.dispose()
        half.replace(path)
    except (OSError, DatabaseError) as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise DatabaseRefused(
            f"The database {path} cannot be created: {getattr(error, 'strerror', None) or error}. "
            "Choose a folder that you can write to."
        ) from error


def _bring_up_to_date(writer: Engine, path: Path) -> None:
    with writer.connect() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    _refuse_newer(version, path)
    if version < SCHEMA_VERSION:
        # Alembic is imported here alone: starting with a current schema does not pay for it.
        from annotator.storage.migrations.upgrade import upgrade

        upgrade(path, version)


def _engine(path: Path, *, writing: bool, journal: str = "WAL") -> Engine:
    """An engine whose transactions are ours to begin: BEGIN IMMEDIATE for the writer, BEGIN for readers."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool if writing else QueuePool,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT / 1000},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = None
        pragmas = [
            f"busy_timeout = {BUSY_TIMEOUT}",
            f"journal_mode = {journal}",
            "synchronous = FULL",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "wal_autocheckpoint = 0",
        ]
        if not writing:
            pragmas.append("query_only = ON")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
