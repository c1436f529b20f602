"""Bringing an older database up to date by Alembic, with a backup first and proof afterwards.

Foreign keys are off on this connection before the transaction begins (a batch migration with them on would
delete by cascade), everything is one transaction, and no row may be lost: rows are counted before and after.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import URL, Connection, create_engine, event, inspect
from sqlalchemy.pool import NullPool

from annotator.domain.errors import DatabaseRefused
from annotator.storage.migrations.versions import STEPS
from annotator.storage.tables import SCHEMA_VERSION


def upgrade(path: Path, version: int) -> Path:
    """Lead the database at ``path`` from schema ``version`` to the present one; return the backup's path.

    Raises:
        DatabaseRefused: it could not be done; the file is as it was.
    """
    backup = path.with_name(f"{path.name}.schema-{version}.backup")
    _back_up(path, backup)
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = OFF")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with engine.begin() as connection:
            before = _row_counts(connection)
            operations = Operations(MigrationContext.configure(connection))
            for step in range(version, SCHEMA_VERSION):
                STEPS[step](operations)
            _prove(connection, before)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except Exception as error:
        raise DatabaseRefused(
            f"{path} could not be brought up to date, so it was left as it was. A copy is in {backup}."
        ) from error
    finally:
        engine.dispose()
    return backup


def _back_up(path: Path, backup: Path) -> None:
    try:
        with sqlite3.connect(path) as source, sqlite3.connect(backup) as copy:
            source.backup(copy)
    except (sqlite3.Error, OSError) as error:
        raise DatabaseRefused(f"{path} is older and needs a backup before it is updated: {error}.") from error
    finally:
        source.close()
        copy.close()
    shutil.copymode(path, backup)


def _row_counts(connection: Connection) -> dict[str, int]:
    tables = inspect(connection).get_table_names()
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in tables}


def _prove(connection: Connection, before: dict[str, int]) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    after = _row_counts(connection)
    lost = {name: count for name, count in before.items() if after.get(name, 0) < count}
    if broken or lost:
        raise DatabaseRefused(f"The update would lose rows: {lost or broken[:3]}.")
