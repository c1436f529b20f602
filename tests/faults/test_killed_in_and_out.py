"""Faults 2 and 3: the program is killed at any moment while it imports and while it exports.

``ANNOTATOR_KILLS=50`` kills each fifty times; ten take less than half a minute.
"""

import json
import multiprocessing
import os
import random
import signal
import time

import invariants
import pytest

from annotator.services.library import (
    DocumentFilter,
    DocumentList,
    add_text,
    export_file,
    past_imports,
    unfinished_imports,
)
from annotator.services.workspace import open_workspace

TRIALS = int(os.environ.get("ANNOTATOR_KILLS", "10"))
PATIENCE = 30.0
FILES, LINES = 700, 150


@pytest.fixture(scope="module")
def forks():
    """Processes forked from one that has all modules loaded and nothing open."""
    if not hasattr(signal, "SIGKILL"):
        pytest.skip("this system has no SIGKILL")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["transfer_child"])
    return context


def texts_of(number):
    return f"Headline {number}\n\n" + f"Paragraph of article {number}.\n\n" * (1 + number % 40)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with many articles, some of them in one file."""
    root = tmp_path_factory.mktemp("articles")
    for number in range(FILES):
        (root / f"{number:04}.txt").write_text(texts_of(number), "utf-8")
    lines = [json.dumps({"id": f"line-{n}", "text": texts_of(n)}) for n in range(FILES, FILES + LINES)]
    (root / "0300-many.jsonl").write_text("\n".join(lines), "utf-8")
    return root


def kill_after(forks, target, *arguments, seconds):
    """Start a child, kill it after so many seconds from its first word; all that it told."""
    here, there = forks.Pipe(duplex=False)
    child = forks.Process(target=target, args=(*arguments, there))
    child.start()
    there.close()
    messages = []
    until = None
    try:
        while here.poll(PATIENCE if until is None else max(0.0, until - time.monotonic())):
            messages.append(here.recv())
            until = until or time.monotonic() + seconds
            if messages[-1] == "done":
                break
        else:
            assert messages, "the child never began"
    except EOFError:
        pass
    child.kill()
    child.join(PATIENCE)
    try:
        while here.poll(0):
            messages.append(here.recv())
    except EOFError:
        pass
    return messages


def articles(workspace):
    with workspace.store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT t.body FROM document d JOIN text t ON t.id = d.text WHERE NOT d.removed"
        ).all()
    return [row[0] for row in rows]


def test_02_an_import_that_is_killed_is_gone_on_with_and_nothing_comes_in_twice(forks, folder, tmp_path):
    from transfer_child import import_or_resume

    whole = {texts_of(number) for number in range(FILES + LINES)}
    numbers = random.Random(20261124)
    interrupted = 0
    database, before = tmp_path / "0.sqlite3", 0
    for trial in range(TRIALS):
        messages = kill_after(forks, import_or_resume, database, folder, seconds=numbers.uniform(0.0, 0.12))
        workspace = open_workspace(database, "Ann")
        try:
            found = articles(workspace)
            assert len(found) == len(set(found)), "an article came in twice"
            assert set(found) <= whole, "half an article came in"
            counts = [message for message in messages if isinstance(message, int)]
            assert len(found) >= before + max(counts, default=0) - LINES, "an acknowledged batch is gone"
            with workspace.store.reading() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            broken = [past for past in unfinished_imports(workspace) if past.left]
            before = len(found)
            if broken:
                interrupted += 1
                (past,) = broken
                assert len(past.left) < len(past.files) or past.added <= LINES
            else:
                assert set(found) == whole
                invariants.check(workspace)
                database, before = tmp_path / f"{trial + 1}.sqlite3", 0
        finally:
            workspace.close()
    assert interrupted > TRIALS // 2
    kill_after(forks, import_or_resume, database, folder, seconds=PATIENCE)
    workspace = open_workspace(database, "Ann")
    assert sorted(articles(workspace)) == sorted(whole)
    assert unfinished_imports(workspace) == []
    workspace.close()


def test_02_what_is_left_is_named_when_the_program_starts_again(forks, folder, tmp_path):
    from transfer_child import import_or_resume

    database = tmp_path / "a.sqlite3"
    kill_after(forks, import_or_resume, database, folder, seconds=0.0)
    workspace = open_workspace(database, "Ann")
    (past,) = unfinished_imports(workspace)
    assert past.finished is None
    assert past.files_done + len(past.left) == FILES + 1
    assert past_imports(workspace)[0] == past
    workspace.close()


def test_03_an_export_that_is_killed_leaves_the_old_file_and_its_temporary_file_goes(forks, tmp_path):
    from transfer_child import export_for_ever

    database, out = tmp_path / "a.sqlite3", tmp_path / "out" / "all.jsonl"
    out.parent.mkdir()
    workspace = open_workspace(database, "Ann")
    for number in range(300):
        add_text(workspace, texts_of(number) * 5)
    export_file(workspace, tmp_path / "whole.jsonl")
    assert len(DocumentList(workspace).page(DocumentFilter(), size=1000)) == 300
    workspace.close()
    whole, old = (tmp_path / "whole.jsonl").read_bytes(), b"the old file\n"
    numbers = random.Random(3)
    left_over = 0
    for _ in range(TRIALS):
        out.write_bytes(old)
        kill_after(forks, export_for_ever, database, out, seconds=numbers.uniform(0.0, 0.08))
        assert out.read_bytes() in (whole, old)
        parts = [path for path in out.parent.iterdir() if path != out]
        assert len(parts) <= 1, "an earlier temporary file was not removed"
        left_over += bool(parts)
    assert left_over
    workspace = open_workspace(database, "Ann")
    export_file(workspace, out)
    workspace.close()
    assert out.read_bytes() == whole
    assert [path.name for path in out.parent.iterdir()] == ["all.jsonl"]
