"""Several texts in one request to the real worker process: order, a death in the middle, being stopped."""

import fcntl
import os
import signal
import struct
import termios
import threading
import time

import pytest

from annotator.domain.errors import WorkerFailed
from annotator.worker.client import WorkerClient

TEXTS = ["“We will win,” Barack Obama said in Paris.", "", "Nothing was said in Oslo.", "Angela Merkel met Joe Biden."]
PATIENCE = 60.0


@pytest.fixture
def client(tmp_path):
    with WorkerClient(log_path=tmp_path / "worker.log") as client:
        if not client.pipelines():
            pytest.skip("no language pipeline is installed")
        client.warm()
        yield client


class Asking(threading.Thread):
    """A batch asked for in a thread; the child is halted, and the request waits in its pipe."""

    def __init__(self, client):
        super().__init__(daemon=True)
        self._client = client
        self.texts = [" ".join(TEXTS) * 200, "Nothing was said in Oslo."]
        self.results = self.error = None
        os.kill(client.pid, signal.SIGSTOP)
        self.start()
        end = time.monotonic() + PATIENCE
        while not self._waiting_bytes():
            assert time.monotonic() < end, "the request was never sent"
            threading.Event().wait(0.01)

    def _waiting_bytes(self):
        (count,) = struct.unpack("i", fcntl.ioctl(self._client._process.stdin, termios.FIONREAD, b"\0" * 4))
        return count

    def run(self):
        try:
            self.results = self._client.analyse_many(self.texts)
        except WorkerFailed as error:
            self.error = error


def test_a_batch_gives_what_each_text_alone_gives_in_the_same_order(client):
    together = client.analyse_many(TEXTS)
    assert together == [client.analyse(text) for text in TEXTS]
    assert client.analyse_many([]) == []


def test_after_a_death_each_text_is_tried_alone(client):
    asking = Asking(client)
    os.kill(client.pid, signal.SIGKILL)
    asking.join(PATIENCE)
    assert asking.error is None
    assert asking.results == [client.analyse(text) for text in asking.texts]


def test_a_batch_that_is_stopped_is_not_tried_again(client):
    asking = Asking(client)
    client.stop()
    asking.join(PATIENCE)
    assert "stopped" in str(asking.error)
    assert client.pid is None


def test_an_unknown_pipeline_fails_the_whole_batch(client):
    with pytest.raises(WorkerFailed, match="nothing_like_it"):
        client.analyse_many(TEXTS, "nothing_like_it")
