"""The one writer: order, what is committed when, and that nothing that fails ends it."""

import os
import shutil
import sqlite3
import subprocess
import threading
from contextlib import suppress

import pytest

from annotator.domain.errors import NotSaved
from annotator.storage import database as storage_database
from annotator.storage.store import Store


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "a.sqlite3")
    yield store
    store.close()


def add(name):
    return lambda connection: connection.exec_driver_sql("INSERT INTO annotator (name) VALUES (?)", (name,)) and name


def names(store):
    with store.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT name FROM annotator ORDER BY id")]


def test_tasks_are_carried_out_in_the_order_in_which_they_were_given(store):
    futures = [store.writer.submit(add(f"n{number}")) for number in range(50)]
    store.writer.flush()
    assert all(future.done() for future in futures)
    assert names(store) == [f"n{number}" for number in range(50)]


def test_a_task_that_is_done_is_committed(store):
    assert store.writer.run(add("x")) == "x"
    other = sqlite3.connect(store.path)
    assert other.execute("SELECT name FROM annotator").fetchall() == [("x",)]
    other.close()


def test_a_task_from_any_thread_is_carried_out_in_the_writers(store):
    seen = []
    threads = [
        threading.Thread(target=lambda: seen.append(store.writer.run(lambda _: threading.current_thread().name)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == ["writer"] * 4


def test_a_task_that_fails_leaves_nothing_and_the_next_one_works(store):
    def fail(connection):
        add("half")(connection)
        raise KeyError("mine")

    failed = store.writer.submit(fail)
    after = store.writer.submit(add("whole"))
    with pytest.raises(KeyError, match="mine"):
        failed.result(10)
    assert after.result(10) == "whole"
    assert names(store) == ["whole"]


def test_a_wrong_statement_is_told_as_not_saved_and_the_next_one_works(store):
    with pytest.raises(NotSaved, match="The database could not take your last change, so it is not saved"):
        store.writer.run(lambda connection: connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)"))
    store.writer.run(add("x"))
    assert names(store) == ["x"]


def test_a_database_that_another_program_holds_is_told_and_works_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr(storage_database, "BUSY_TIMEOUT", 50)
    store = Store(tmp_path / "a.sqlite3")
    other = sqlite3.connect(store.path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSaved, match=r"Another program is using the database.*Close it, then try again\."):
            store.writer.run(add("x"))
        other.execute("ROLLBACK")
        store.writer.run(add("y"))
        assert names(store) == ["y"]
    finally:
        other.close()
        store.close()


def test_a_database_that_may_not_be_written_to_is_told(store):
    store.writer.run(lambda connection: connection.exec_driver_sql("PRAGMA query_only = ON"))
    with pytest.raises(NotSaved, match=r"may not be written to.*Check the file's permissions"):
        store.writer.run(add("x"))


def test_closing_waits_for_what_was_handed_in(tmp_path):
    store = Store(tmp_path / "a.sqlite3")
    for number in range(30):
        store.writer.submit(add(f"n{number}"))
    store.close()
    again = Store(tmp_path / "a.sqlite3")
    assert len(names(again)) == 30
    again.close()


def test_the_log_is_folded_back_when_nothing_is_waiting(store):
    store.writer.run(add("x"))
    wal = store.path.with_name(store.path.name + "-wal")
    written = threading.Event()
    for _ in range(500):
        connection = sqlite3.connect(f"file:{store.path}?immutable=1", uri=True)  # the file alone, without its log
        found = connection.execute("SELECT count(*) FROM annotator").fetchone()[0]
        connection.close()
        if found:
            break
        written.wait(0.02)
    assert found == 1
    assert wal.exists()


@pytest.fixture
def small_disk(tmp_path):
    """A file system of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no small disk can be mounted here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_is_told_loses_nothing_and_works_when_there_is_room_again(small_disk):
    store = Store(small_disk / "a.sqlite3")
    filler = small_disk / "filler"
    try:
        store.writer.run(add("before"))
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        outcomes = [store.writer.submit(add(f"{number}" + "x" * 20_000)).exception(30) for number in range(30)]
        assert {str(outcome) for outcome in outcomes if outcome} == {
            "The disk is full, so your last change is not saved. Make room, then try again."
        }
        kept = names(store)
        assert kept[0] == "before"
        filler.unlink()
        store.writer.run(add("after"))
        assert names(store) == [*kept, "after"]
        with store.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    finally:
        store.close()
