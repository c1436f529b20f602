"""A worker process that does not answer is ended, and only what it was busy with is lost."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import WorkerFailed
from annotator.worker.client import Analysis, WorkerClient

TEXT = "“We will win,” Barack Obama said in Paris."
LOADING = 30.0


@pytest.fixture
def client(tmp_path: Path) -> Iterator[WorkerClient]:
    with WorkerClient(log_path=tmp_path / "worker.log", patience=LOADING) as made:
        if not made.pipelines():
            pytest.skip("no language pipeline is installed")
        made.warm()
        made._patience = 0.5
        yield made


def hang(client: WorkerClient) -> None:
    """The process stands still, as if it went round in circles."""
    assert client.pid is not None
    os.kill(client.pid, signal.SIGSTOP)


def test_a_text_that_takes_too_long_fails_with_the_reason_and_the_next_one_is_read(client: WorkerClient) -> None:
    hang(client)
    begun = time.monotonic()
    with pytest.raises(WorkerFailed, match="took too long"):
        client.analyse(TEXT)
    assert time.monotonic() - begun < 10
    client._patience = LOADING
    assert client.analyse(TEXT).prediction.quotations


def test_after_a_batch_that_took_too_long_each_text_is_tried_alone(client: WorkerClient) -> None:
    hang(client)
    client._patience = LOADING
    slow = threading.Timer(0.2, lambda: client._process is not None and client._end_late(client._process))
    slow.start()
    results = client.analyse_many([TEXT, TEXT])
    assert all(isinstance(one, Analysis) for one in results)


def test_an_answer_in_time_ends_nothing(client: WorkerClient) -> None:
    client._patience = LOADING
    before = client.pid
    client.analyse(TEXT)
    assert client.pid == before
    for timer in [each for each in threading.enumerate() if isinstance(each, threading.Timer)]:
        timer.join(10)
        assert not timer.is_alive()


def test_longer_texts_have_more_time(client: WorkerClient) -> None:
    assert client._limit("a" * 1000) == pytest.approx(client._limit("") + 1)


def test_a_log_that_cannot_be_written_does_not_keep_the_process_from_starting(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    with WorkerClient(log_path=tmp_path / "home" / "annotator.log") as client:
        assert isinstance(client.pipelines(), tuple)
        assert client.pid is not None
