"""The real worker process: what it answers, how it dies, and that the next request finds it alive again."""

import fcntl
import os
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path

import pytest

from annotator.domain.errors import WorkerFailed
from annotator.domain.records import Problem
from annotator.formats.registry import read_file
from annotator.worker.client import WorkerClient
from annotator.worker.protocol import ListPipelines, Pipelines, decode_answer, encode

PATIENCE = 30.0
CHILD = [sys.executable, "-P", "-m", "annotator.worker.child"]
RICH_LINE = (
    '{"schema": "annotator/1", "id": "x", "text": "a\\u0000 \\ud83d\\ude00 Merkel\\r\\nsaid so", "annotator": "Ann",'
    ' "meta": {"title": "T", "big": 12345678901234, "deep": [{"x": [null, true, 1.5, "é"]}]}, "status": "done",'
    ' "spans": [{"start": 5, "end": 11, "label": "P", "entity": "m", "verdict": "changed", "changed": ["label"],'
    ' "original": {"start": 5, "end": 11, "label": "ORG"}, "origin": {"kind": "memory", "name": "n", "score": 1}}],'
    ' "quotations": [{"content": [{"start": 0, "end": 4}], "cue": [{"start": 13, "end": 17}],'
    ' "speaker": {"start": 5, "end": 11}, "speaker_entity": "m", "verdict": "added"}],'
    ' "entities": [{"id": "m", "name": "Merkel", "type": "PERSON", "aliases": ["AM"]}]}'
)


@pytest.fixture
def client(tmp_path):
    with WorkerClient(log_path=tmp_path / "worker.log") as client:
        yield client


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text("Text.")
    return path


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        threading.Event().wait(0.01)


def states(pid):
    """The states of a process's threads, as the kernel's letters; empty where it is gone."""
    try:
        tasks = [(task / "stat").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except (FileNotFoundError, ProcessLookupError):
        return set()
    return {task.rsplit(")", 1)[1].split()[0] for task in tasks}


def is_gone(pid):
    return states(pid) <= {"Z", "X"}


class Asking(threading.Thread):
    """A request made in a thread, and the error that it ended with."""

    def __init__(self, request):
        super().__init__(daemon=True)
        self._request = request
        self.error = None
        self.start()

    def run(self):
        try:
            self._request()
        except WorkerFailed as error:
            self.error = error

    def sentence(self):
        self.join(PATIENCE)
        assert not self.is_alive()
        return str(self.error)


def waiting_bytes(pipe):
    """How many bytes were written to a pipe that nobody has read yet."""
    (count,) = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))
    return count


def held_request(client, article):
    """A request to a child that is halted, so that it surely has not answered yet."""
    assert list(client.read(article))
    pid = client.pid
    os.kill(pid, signal.SIGSTOP)
    wait_until(lambda: states(pid) == {"T"})
    asking = Asking(lambda: list(client.read(article)))
    wait_until(lambda: waiting_bytes(client._process.stdin) > 0)
    return asking


def test_what_is_read_through_the_process_equals_what_the_reader_yields(client, tmp_path):
    path = tmp_path / "file.jsonl"
    path.write_text(f'{RICH_LINE}\nnonsense\n{{"text": "plain", "spans": [{{"start": 0, "end": 5, "label": "L"}}]}}\n')
    items = list(client.read(path))
    assert items == list(read_file(path))
    assert [isinstance(item, Problem) for item in items] == [False, True, False]


def test_a_bad_file_is_a_problem_and_not_a_failure(client, tmp_path):
    (problem,) = client.read(tmp_path / "no.txt")
    assert problem == Problem(str(tmp_path / "no.txt"), None, "The file does not exist.", "Check the name.")


def test_names_of_files_that_are_no_text_cross(client, tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("Text.")
    (item,) = client.read(path)
    assert item.record.text == "Text."


def test_a_long_file_comes_in_pieces_and_other_requests_may_stand_between(client, tmp_path, article):
    path = tmp_path / "file.jsonl"
    path.write_text("".join(f'{{"text": "number {number}"}}\n' for number in range(300)))
    seen = []
    for item in client.read(path):
        seen.append(item.record.text)
        if len(seen) % 50 == 0:
            assert next(client.read(article)).record.text == "Text."
    assert seen == [f"number {number}" for number in range(300)]


def test_a_reading_that_was_given_up_does_not_disturb_the_next(client, tmp_path, article):
    path = tmp_path / "file.jsonl"
    path.write_text('{"text": "a"}\n' * 300)
    for _ in range(3):
        items = client.read(path)
        next(items)
        items.close()
    assert next(client.read(article)).record.text == "Text."


def test_a_text_of_many_megabytes_crosses(client, tmp_path):
    path = tmp_path / "long.txt"
    text = "“Grüße,” he said. 😀\n" * 300_000
    path.write_text(text)
    (item,) = client.read(path)
    assert item.record.text == text


def test_a_killed_child_is_told_and_the_next_request_starts_another(client, article):
    asking = held_request(client, article)
    first = client.pid
    os.kill(first, signal.SIGKILL)
    assert "was killed (SIGKILL); perhaps the computer ran out of memory" in asking.sentence()
    assert next(client.read(article)).record.text == "Text."
    assert client.pid != first


def test_a_crash_is_told_by_the_name_of_its_signal(client, article):
    asking = held_request(client, article)
    os.kill(client.pid, signal.SIGSEGV)
    os.kill(client.pid, signal.SIGCONT)
    assert "crashed (SIGSEGV)" in asking.sentence()


def test_a_child_that_died_between_two_requests_is_not_noticed(client, article):
    assert list(client.read(article))
    os.kill(client.pid, signal.SIGKILL)
    wait_until(lambda: client.pid is None)
    assert list(client.read(article))


def test_a_reading_whose_process_died_between_two_pieces_says_so(client, tmp_path):
    path = tmp_path / "file.jsonl"
    path.write_text('{"text": "a"}\n' * 300)
    items = client.read(path)
    next(items)
    os.kill(client.pid, signal.SIGKILL)
    with pytest.raises(WorkerFailed):
        list(items)


def test_stopping_from_another_thread_ends_the_request_that_waits(client, article):
    asking = held_request(client, article)
    client.stop()
    assert asking.sentence() == "The worker process was stopped."
    assert list(client.read(article))


def test_a_closed_client_starts_nothing_any_more(client, article):
    assert list(client.read(article))
    pid = client.pid
    client.close()
    wait_until(lambda: is_gone(pid))
    with pytest.raises(WorkerFailed, match="closing"):
        next(client.read(article))


def test_the_child_ends_when_its_input_ends():
    child = subprocess.Popen(CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    out, _ = child.communicate(timeout=PATIENCE)
    assert (child.returncode, out) == (0, b"")


def test_the_child_ends_when_the_program_is_killed():
    script = (
        "from annotator.worker.client import WorkerClient; from pathlib import Path\n"
        "client = WorkerClient(); list(client.read(Path('no.txt'))); print(client.pid, flush=True); input()"
    )
    program = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    pid = int(program.stdout.readline())
    assert not is_gone(pid)
    program.kill()
    program.communicate(timeout=PATIENCE)
    wait_until(lambda: is_gone(pid))


def test_ctrl_c_in_the_terminal_does_not_reach_the_child(client, article):
    assert list(client.read(article))
    pid = client.pid
    assert os.getsid(pid) != os.getsid(0)
    os.kill(pid, signal.SIGINT)
    assert list(client.read(article))
    assert client.pid == pid


def test_what_a_library_prints_goes_to_standard_error():
    script = (
        "import os; from annotator.worker.child import _private_streams, serve\n"
        "streams = _private_streams(); print('noise', flush=True); os.write(1, b'noise')\n"
        "os.system('echo noise'); assert os.read(0, 10) == b''; serve(*streams)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    child.stdin.write(encode(ListPipelines()))
    child.stdin.flush()
    answer = child.stdout.readline()
    out, err = child.communicate(timeout=PATIENCE)
    assert isinstance(decode_answer(answer), Pipelines)
    assert (out, err.count(b"noise")) == (b"", 3)


def test_nonsense_on_the_pipe_is_answered_and_survived():
    child = subprocess.Popen(CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    child.stdin.write(b'nonsense\n{"type": "Other"}\n' + encode(ListPipelines()))
    child.stdin.flush()
    kinds = [type(decode_answer(child.stdout.readline())).__name__ for _ in range(3)]
    child.communicate(timeout=PATIENCE)
    assert kinds == ["Failed", "Failed", "Pipelines"]


def test_modules_in_the_folder_of_work_are_never_imported(tmp_path, monkeypatch):
    (tmp_path / "msgspec.py").write_text("raise SystemExit('imported from the folder of work')")
    (tmp_path / "a.txt").write_text("Text.")
    monkeypatch.chdir(tmp_path)
    with WorkerClient() as client:
        assert list(client.read(tmp_path / "a.txt"))


def test_requests_of_many_threads_get_their_own_answers(client, tmp_path):
    paths = [tmp_path / f"{number}.txt" for number in range(20)]
    for path in paths:
        path.write_text(f"Text of {path.name}.")
    answers = {}

    def ask(path):
        answers[path] = next(client.read(path)).record.text

    threads = [threading.Thread(target=ask, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert answers == {path: f"Text of {path.name}." for path in paths}


@pytest.fixture
def pipeline(client):
    found = client.pipelines()
    if not found:
        pytest.skip("no language pipeline is installed")
    return found[0]


def test_a_short_text_is_analysed_by_the_real_pipeline(client, pipeline):
    text = "“We will win,” Barack Obama said in Paris."
    assert client.warm() == pipeline
    analysis = client.analyse(text, pipeline.name)
    assert analysis.info == pipeline
    assert "Barack Obama" in {text[span.start : span.end] for span in analysis.prediction.spans}


def test_an_unknown_pipeline_is_a_sentence_and_the_child_lives(client, pipeline, article):
    with pytest.raises(WorkerFailed, match="nothing_like_it"):
        client.analyse("Text.", "nothing_like_it")
    pid = client.pid
    assert list(client.read(article))
    assert client.pid == pid
