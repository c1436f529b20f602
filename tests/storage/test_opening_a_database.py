"""Opening, creating and refusing database files: what is not ours keeps every byte."""

import hashlib
import shutil
import sqlite3

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from annotator.domain.errors import DatabaseRefused, NotSaved
from annotator.storage import database as storage_database
from annotator.storage.migrations.upgrade import upgrade
from annotator.storage.store import Store
from annotator.storage.tables import APPLICATION_ID, SCHEMA_VERSION, Base, TextBody

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + bytes(2000)


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "a.sqlite3")
    yield store
    store.close()


def pragma(connection, name):
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def sqlite_file(path, application_id=APPLICATION_ID, version=SCHEMA_VERSION, table=True):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {application_id}")
    connection.execute(f"PRAGMA user_version = {version}")
    if table:
        connection.execute("CREATE TABLE theirs (id INTEGER PRIMARY KEY)")
    connection.commit()
    connection.close()


def refused(path):
    """The sentence with which a file is refused; it and its folder are as they were."""
    folder = path.parent if path.parent.is_dir() else path.parent.parent
    before = {each.name: digest(each) for each in folder.iterdir()}
    with pytest.raises(DatabaseRefused) as caught:
        Store(path)
    assert {each.name: digest(each) for each in folder.iterdir()} == before
    return str(caught.value)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def test_a_new_database_says_whose_it_is(store):
    with store.reading() as connection:
        assert pragma(connection, "application_id") == APPLICATION_ID
        assert pragma(connection, "user_version") == SCHEMA_VERSION
        assert set(inspect(connection).get_table_names()) == set(Base.metadata.tables)
    assert store.path.read_bytes()[68:72] == b"Annt"


def test_both_connections_are_set_up_as_claimed(store):
    wanted = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "trusted_schema": 0, "wal_autocheckpoint": 0}

    def found(connection):
        return {name: pragma(connection, name) for name in wanted}

    assert store.writer.run(found) == wanted
    with store.reading() as connection:
        assert found(connection) == wanted


def test_readers_cannot_write(store):
    with store.reading() as connection, pytest.raises(DBAPIError, match="readonly"):
        connection.exec_driver_sql("INSERT INTO annotator (name) VALUES ('x')")


def test_a_reader_sees_one_state_from_begin_to_end(store):
    def add(connection):
        connection.exec_driver_sql("INSERT INTO annotator (name) VALUES ('x')")

    def count(connection):
        return connection.exec_driver_sql("SELECT count(*) FROM annotator").scalar_one()

    with store.reading() as connection:
        assert count(connection) == 0
        store.writer.run(add)
        assert count(connection) == 0
    with store.reading() as connection:
        assert count(connection) == 1


def test_a_writing_transaction_holds_the_lock_from_its_first_moment(store):
    """Read first, write later: with a deferred transaction another writer in between would make it fail."""

    def task(connection):
        connection.exec_driver_sql("SELECT count(*) FROM annotator").scalar_one()
        other = sqlite3.connect(store.path, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
        connection.exec_driver_sql("INSERT INTO annotator (name) VALUES ('x')")

    store.writer.run(task)


def test_a_failed_transaction_leaves_no_table_behind(store):
    def task(connection):
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        connection.exec_driver_sql("INSERT INTO half VALUES (1)")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.writer.run(task)
    with store.reading() as connection:
        assert "half" not in inspect(connection).get_table_names()


def test_foreign_keys_are_enforced(store):
    def task(connection):
        connection.exec_driver_sql("INSERT INTO run_document VALUES (99, 99, 'pipeline', 1, 0, 0)")

    with pytest.raises(NotSaved) as caught:
        store.writer.run(task)
    assert "FOREIGN KEY" in str(caught.value.__cause__)


def test_closing_leaves_one_file(tmp_path):
    store = Store(tmp_path / "a.sqlite3")
    store.writer.run(lambda connection: connection.exec_driver_sql("INSERT INTO annotator (name) VALUES ('x')"))
    store.close()
    assert [each.name for each in tmp_path.iterdir()] == ["a.sqlite3"]


def test_a_folder_that_is_missing_is_made(tmp_path):
    Store(tmp_path / "new" / "folder" / "a.sqlite3").close()
    assert (tmp_path / "new" / "folder" / "a.sqlite3").is_file()


@pytest.mark.parametrize("name", ["a b", "50%", "what?", "a#b", "ships 🚢", "é", "a'b", 'a"b', "-x"])
def test_a_path_may_have_any_name(tmp_path, name):
    path = tmp_path / name / f"{name}.sqlite3"
    Store(path).close()
    assert path.is_file()
    store = Store(path)
    store.close()
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name]


def test_a_place_where_no_file_can_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    sentence = refused(tmp_path / "file" / "a.sqlite3")
    assert "cannot be created" in sentence or "cannot be read" in sentence


def test_a_folder_is_refused(tmp_path):
    (tmp_path / "folder").mkdir()
    assert refused(tmp_path / "folder").endswith("is a folder, not a database. Choose a file.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty (0 bytes)"),
        (JPEG, "is not a database of Annotator"),
        (b"Just a letter.\n" * 100, "is not a database of Annotator"),
        (b"SQLite format 3\x00", "is not a database of Annotator"),
    ],
)
def test_what_is_no_database_is_refused_and_kept(tmp_path, content, words):
    path = tmp_path / "a.sqlite3"
    path.write_bytes(content)
    assert words in refused(path)


@pytest.mark.parametrize("application_id", [0, 0x47504B47])
def test_a_database_of_another_program_is_refused_and_kept(tmp_path, application_id):
    path = tmp_path / "a.sqlite3"
    sqlite_file(path, application_id)
    assert "is a database of another program" in refused(path)


def test_a_newer_schema_is_refused_and_kept(tmp_path):
    path = tmp_path / "a.sqlite3"
    sqlite_file(path, version=SCHEMA_VERSION + 1)
    sentence = refused(path)
    assert "was made by a newer version of Annotator" in sentence
    assert "Update the program" in sentence


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_truncated_database_is_refused_and_kept(tmp_path, kept):
    path = tmp_path / "a.sqlite3"
    store = Store(path)
    store.writer.run(
        lambda connection: connection.execute(
            TextBody.__table__.insert(), {"sha256": "x", "length": 1, "body": "x" * 200_000, "changes": []}
        )
    )
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    assert "damaged" in refused(path)


def test_a_database_that_another_program_keeps_to_itself_is_not_called_damaged(tmp_path, monkeypatch):
    monkeypatch.setattr(storage_database, "BUSY_TIMEOUT", 50)
    path = tmp_path / "a.sqlite3"
    Store(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseRefused, match="is in use by another program"):
        Store(path)
    other.close()
    Store(path).close()


def test_a_killed_program_leaves_a_log_from_which_everything_comes_back(tmp_path):
    """The database and its log as they lie on the disk when a program is killed."""
    store = Store(tmp_path / "a.sqlite3")
    store.writer.run(lambda connection: connection.exec_driver_sql("INSERT INTO annotator (name) VALUES ('x')"))
    other = tmp_path / "copy"
    other.mkdir()
    for name in ("a.sqlite3", "a.sqlite3-wal"):
        shutil.copy(tmp_path / name, other / name)
    store.close()
    again = Store(other / "a.sqlite3")
    with again.reading() as connection:
        assert connection.exec_driver_sql("SELECT name FROM annotator").scalar_one() == "x"
    again.close()


# -- migrations


def schema(path):
    """The definitions of a database's tables and indexes, blanks apart."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    connection.close()
    return {(kind, name): inspected(sql) for kind, name, sql in rows}


def inspected(sql):
    """A definition's columns and constraints, in any order, with what stands before and behind them."""
    head, _, body = " ".join(sql.split()).partition(" (")
    depth, part, parts = 0, "", set()
    for place, character in enumerate(body):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return head, frozenset({*parts, part.strip()}), body[place + 1 :]
        if character == "," and not depth:
            parts.add(part.strip())
            part = ""
        else:
            part += character
    raise AssertionError(sql)


def test_the_steps_make_the_same_schema_as_the_tables(tmp_path):
    made, migrated = tmp_path / "made.sqlite3", tmp_path / "migrated.sqlite3"
    Store(made).close()
    sqlite_file(migrated, version=0, table=False)
    Store(migrated).close()
    assert schema(migrated) == schema(made)


def test_an_older_database_is_copied_first_and_loses_no_row(tmp_path):
    path = tmp_path / "a.sqlite3"
    sqlite_file(path, version=0)
    connection = sqlite3.connect(path)
    connection.executemany("INSERT INTO theirs VALUES (?)", [(1,), (2,)])
    connection.commit()
    connection.close()
    before = digest(path)
    backup = upgrade(path, 0)
    assert backup == tmp_path / "a.sqlite3.schema-0.backup"
    for each, version in ((path, SCHEMA_VERSION), (backup, 0)):
        connection = sqlite3.connect(each)
        assert connection.execute("SELECT count(*) FROM theirs").fetchone() == (2,)
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
    assert digest(path) != before


def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path):
    path = tmp_path / "a.sqlite3"
    sqlite_file(path, version=0, table=False)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE span (mine INTEGER)")  # stands in the way of the first schema's table
    connection.commit()
    connection.close()
    before = schema(path)
    with pytest.raises(DatabaseRefused, match="could not be brought up to date, so it was left as it was"):
        Store(path)
    assert schema(path) == before
    assert (tmp_path / "a.sqlite3.schema-0.backup").is_file()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.close()


def test_a_current_database_is_opened_without_alembic(tmp_path):
    import subprocess
    import sys

    code = f"""
import sys
from pathlib import Path
from annotator.storage.store import Store
Store(Path({str(tmp_path / "a.sqlite3")!r})).close()
sys.exit("alembic" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
