"""What is looked at before a database file is written to: whether it may be written, and whether its schema is ours.

A file from a stranger may carry triggers, views or computed columns that run when we write. So the schema is read
first, without changing a byte, and compared with the one that this program makes. It must not know what rows mean.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.domain.errors import DatabaseRefused
from annotator.storage.tables import SCHEMA_VERSION, Base

_HIDDEN = 1
"""``table_xinfo``: from here on a column is virtual or computed; 0 is a plain one."""


def may_be_written(path: Path) -> bool:
    """Whether the database file and its folder (which takes the log beside it) can be written to."""
    try:
        with path.open("r+b"):
            pass
    except OSError:
        return False
    effective = os.access in os.supports_effective_ids
    return os.access(path.parent, os.W_OK | os.X_OK, effective_ids=effective)


def reading_uri(path: Path) -> str:
    """SQLite's name of a file that shall only be read and beside which nothing shall be made.

    While another program has it open there is a log beside it, which has to be read too; without one the file
    alone is the database and is taken as it is.
    """
    logged = any(path.with_name(path.name + end).exists() for end in ("-wal", "-shm"))
    return f"{path.absolute().as_uri()}?{'mode=ro' if logged else 'immutable=1'}"


def check_schema(path: Path, version: int) -> None:
    """Compare a database of ours, of the given schema, with what this program would have made.

    Raises:
        DatabaseRefused: something in it is not ours; it was not changed.
        sqlite3.Error: it cannot be read.
    """
    with closing(sqlite3.connect(reading_uri(path), uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        foreign = _foreign(connection, version)
    if foreign:
        raise DatabaseRefused(
            f"{path} holds something that Annotator did not make ({foreign}) and that could act when you work. "
            "It was not changed. Ask whoever gave you the file for an export instead."
        )


def _foreign(connection: sqlite3.Connection, version: int) -> str:
    """What does not belong into the schema, in words; empty if all is ours."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    tables = {table.name: {column.name for column in table.columns} for table in Base.metadata.tables.values()}
    indexes = {str(index.name) for table in Base.metadata.tables.values() for index in table.indexes}
    current = version == SCHEMA_VERSION
    for kind, name, sql in rows.fetchall():
        if kind in ("trigger", "view"):
            return f"the {kind} {name}"
        if kind == "index" and current and name not in indexes:
            return f"the index {name}"
        if kind != "table":
            continue
        if "virtual" in str(sql).split("(")[0].lower().split():
            return f"the virtual table {name}"
        columns = connection.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (name,)).fetchall()
        computed = [column for column, hidden in columns if hidden >= _HIDDEN]
        if computed:
            return f"the computed column {name}.{computed[0]}"
        if current and (name not in tables or {column for column, _ in columns} != tables[name]):
            return f"the table {name}"
    return ""
