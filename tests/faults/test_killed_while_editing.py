"""Fault 1: the program is killed fifty times, at any moment, while somebody edits. Nothing acknowledged is lost."""

import multiprocessing
import random
import signal
import time

import invariants
import pytest
from building import fill, stored_rows
from editing_child import digest, edit_for_ever

from annotator.domain.edits import Table
from annotator.services.workspace import open_workspace

TRIALS = 50
PATIENCE = 20.0


@pytest.fixture(scope="module")
def forks():
    """Processes forked from one that has all modules loaded and nothing open."""
    if not hasattr(signal, "SIGKILL"):
        pytest.skip("this system has no SIGKILL")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["editing_child"])
    return context


def told(news, until):
    """What a child told before the pipe broke or ``until``."""
    messages = []
    try:
        while news.poll(max(0.0, until - time.monotonic())):
            messages.append(news.recv())
    except EOFError:
        pass
    return messages


def one_trial(forks, database, documents, seed, seconds):
    """Start a child, kill it after a while, and give back all that it told."""
    news, told_here = forks.Pipe(duplex=False)
    child = forks.Process(target=edit_for_ever, args=(database, documents, seed, told_here))
    child.start()
    told_here.close()
    assert news.poll(PATIENCE), "the child never began"
    messages = [news.recv()]
    messages += told(news, time.monotonic() + seconds)
    child.kill()
    child.join(PATIENCE)
    assert child.exitcode == -signal.SIGKILL
    messages += told(news, time.monotonic() + PATIENCE)
    news.close()
    return messages


def check(database, documents, messages, *, replay):
    """Reopen as the user does, and compare with what was acknowledged; the number of edits that are there."""
    assert all(kind != "failed" for kind, *_ in messages), messages
    workspace = open_workspace(database, "Ann")
    try:
        invariants.check(workspace)
        stored = stored_rows(workspace, documents)
        with workspace.store.reading() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM edit").scalar_one()
        acknowledged = max(number for kind, number, *_ in messages if kind in ("ready", "saved"))
        made = max(number for _, number, *_ in messages)
        assert acknowledged <= count <= made + 2, (acknowledged, count, made)
        for _, number, document, state in messages:
            if number == count and document:
                assert digest(rows_on(workspace, document)) == state
        if replay:
            assert invariants.replayed(workspace) == stored
        return count
    finally:
        workspace.close()


def rows_on(workspace, document):
    return {key: row for key, row in stored_rows(workspace, [document]).items() if key[0] is not Table.ENTITY}


def test_nothing_acknowledged_is_lost_in_fifty_kills(forks, tmp_path):
    database = tmp_path / "a.sqlite3"
    documents = fill(database)
    numbers = random.Random(20261124)
    counts = [0]
    for trial in range(TRIALS):
        messages = one_trial(forks, database, documents, trial, numbers.uniform(0.0, 0.2))
        counts.append(check(database, documents, messages, replay=trial % 10 == 9))
    assert counts == sorted(counts)
    assert counts[-1] > TRIALS, "the children hardly came to edit anything"
