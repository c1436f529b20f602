"""The program's end of the worker: starts the process when it is first needed, asks, and says plainly if it died.

Knows the protocol, never a library that works in the child. One request at a time; any thread may ask.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import IO, TypeVar

import msgspec

from annotator.domain.errors import WorkerFailed
from annotator.domain.predictions import PipelineInfo, Prediction
from annotator.domain.records import Problem, ReadDocument
from annotator.worker.protocol import (
    Analyse,
    Analysed,
    AnalysedMany,
    AnalyseMany,
    Answer,
    Close,
    Failed,
    Items,
    ListPipelines,
    Loaded,
    More,
    Pipelines,
    Read,
    Request,
    Warm,
    decode_answer,
    encode,
    from_wire,
)

FROZEN_ARGUMENT = "--worker-child"
"""What a frozen program's entry point passes on to ``annotator.worker.child.main``."""
_LOG_LIMIT = 5_000_000
_GRACE = 5.0
PATIENCE = 60.0
"""Seconds that the pipeline has for a text, the time to load it included; longer texts have more."""
_LOADING = 300.0
"""Seconds that loading a pipeline may take."""
_PER_CHARACTER = 0.001
"""Seconds more for each character: some dozens of times what reading takes."""
Kind = TypeVar("Kind", bound=Answer)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a pipeline found in a text, and which pipeline it was."""

    info: PipelineInfo
    prediction: Prediction


class _Died(WorkerFailed):
    """The process ended while it was asked."""


class _Stopped(WorkerFailed):
    """The process was stopped by the program itself."""


class WorkerClient:
    """Asks the worker process; a process that died is started anew by the next request."""

    def __init__(self, *, log_path: Path | None = None, patience: float = PATIENCE) -> None:
        """``log_path`` takes the child's standard error; None drops it. Nothing is started yet.

        A process that takes longer over a text than ``patience`` seconds and one more for each thousand characters is
        ended.
        """
        self._log_path = log_path
        self._patience = patience
        self._asking = threading.Lock()
        self._changing = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped: subprocess.Popen[bytes] | None = None
        self._late: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._handles = count(1)
        self._abandoned: deque[int] = deque()

    def __enter__(self) -> WorkerClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the child that lives, or None."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def read(self, path: Path) -> Iterator[ReadDocument | Problem]:
        """Yield the documents and problems of a file, in order; other requests may be made between.

        Raises:
            WorkerFailed: the process died or was stopped; what was yielded before is whole.
        """
        handle = next(self._handles)
        coming: Future[Items] | None = None
        answer = self._ask(Read(os.fsencode(path), handle), Items)
        try:
            while True:
                # The next piece is read while the caller works on this one.
                coming = None if answer.last else self._ask_aside(More(handle))
                for item in answer.items:
                    yield from_wire(item, path)
                if coming is None:
                    return
                answer = coming.result()
        finally:
            if coming is not None:
                coming.add_done_callback(lambda future: self._abandon(handle, future))

    def _ask_aside(self, request: More) -> Future[Items]:
        """Ask in a thread of its own."""
        future: Future[Items] = Future()

        def ask() -> None:
            try:
                future.set_result(self._ask(request, Items))
            except BaseException as error:  # noqa: BLE001 - whoever waits gets it
                future.set_exception(error)

        threading.Thread(target=ask, name="reading ahead", daemon=True).start()
        return future

    def _abandon(self, handle: int, future: Future[Items]) -> None:
        """Note a file that is not read to its end; told with the next request, since any thread may be asking."""
        if future.exception() is None and not future.result().last:
            self._abandoned.append(handle)

    def analyse(self, text: str, pipeline: str | None = None) -> Analysis:
        """Run a pipeline (by its name or its package's; None: the default one) over a canonical text.

        Raises:
            WorkerFailed: it could not be done, or the process died or was stopped.
        """
        answer = self._ask(Analyse(text, pipeline), Analysed, self._limit(text))
        return Analysis(answer.info, answer.prediction)

    def analyse_many(self, texts: Sequence[str], pipeline: str | None = None) -> list[Analysis | WorkerFailed]:
        """Run a pipeline over several texts together, which is faster; a text that fails has the reason in its place.

        Should the process die of one of them, each is tried alone.

        Raises:
            WorkerFailed: none could be done (the pipeline cannot be loaded, say), or the process was stopped.
        """
        try:
            answer = self._ask(AnalyseMany([*texts], pipeline), AnalysedMany, self._limit(*texts))
        except _Died:
            return [self._analyse_alone(text, pipeline) for text in texts]
        return [
            WorkerFailed(one.sentence) if isinstance(one, Failed) else Analysis(one.info, one.prediction)
            for one in answer.results
        ]

    def _analyse_alone(self, text: str, pipeline: str | None) -> Analysis | WorkerFailed:
        try:
            return self.analyse(text, pipeline)
        except _Stopped:
            raise
        except WorkerFailed as error:
            return error

    def pipelines(self) -> tuple[PipelineInfo, ...]:
        """The installed pipelines, the default one first.

        Raises:
            WorkerFailed: the process died or was stopped.
        """
        return self._ask(ListPipelines(), Pipelines).pipelines

    def warm(self, pipeline: str | None = None) -> PipelineInfo:
        """Load a pipeline ahead of its first use, and say which it is.

        Raises:
            WorkerFailed: it is not installed or cannot be loaded, or the process died or was stopped.
        """
        return self._ask(Warm(pipeline), Loaded, _LOADING).info

    def stop(self) -> None:
        """Kill the process, from any thread; a call that waits for it raises, the next request starts another."""
        with self._changing:
            process = self._process
            if process is None:
                return
            self._stopped = process
            process.kill()

    def close(self) -> None:
        """End the process for good; later requests raise."""
        with self._changing:
            self._closed = True
        self.stop()
        with self._asking, self._changing:
            self._release()

    def _limit(self, *texts: str) -> float:
        return self._patience + _PER_CHARACTER * sum(map(len, texts))

    def _ask(self, request: Request, kind: type[Kind], limit: float | None = None) -> Kind:
        """Ask, and end the process if it takes longer than ``limit`` seconds."""
        with self._asking:
            process = self._living()
            self._close_abandoned(process)
            timer = None if limit is None else threading.Timer(limit, self._end_late, (process,))
            if timer is not None:
                timer.daemon = True
                timer.start()
            try:
                answer = self._exchange(process, encode(request))
            finally:
                if timer is not None:
                    timer.cancel()
        if isinstance(answer, Failed):
            raise WorkerFailed(answer.sentence)
        if not isinstance(answer, kind):
            raise WorkerFailed("The worker process answered something else than it was asked.")
        return answer

    def _end_late(self, process: subprocess.Popen[bytes]) -> None:
        self._late = process
        process.kill()

    def _close_abandoned(self, process: subprocess.Popen[bytes]) -> None:
        while self._abandoned:
            self._exchange(process, encode(Close(self._abandoned.popleft())))

    def _exchange(self, process: subprocess.Popen[bytes], request: bytes) -> Answer:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(request)
            process.stdin.flush()
            line = process.stdout.readline()
        except (OSError, ValueError):  # a broken pipe, or closed under us
            line = b""
        if not line.endswith(b"\n"):
            raise self._obituary(process)
        try:
            return decode_answer(line)
        except msgspec.DecodeError as error:
            self._kill(process)
            raise WorkerFailed("The worker process gave an answer that cannot be read.") from error

    def _living(self) -> subprocess.Popen[bytes]:
        with self._changing:
            if self._closed:
                raise _Stopped("The worker process was stopped because the program is closing.")
            if self._process is None or self._process.poll() is not None or self._stopped is self._process:
                self._release()
                self._process = self._start()
            return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        """A new child in a session of its own, so that Ctrl+C in the terminal does not reach it."""
        log: IO[bytes] | int = subprocess.DEVNULL
        try:
            if self._log_path is not None:
                with suppress(OSError):  # a home that cannot be written to must not end the work
                    log = _open_log(self._log_path)
            return subprocess.Popen(
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else "unknown reason"
            raise WorkerFailed(f"The worker process cannot be started ({reason}).") from error
        finally:
            if not isinstance(log, int):
                log.close()

    def _release(self) -> None:
        """Let go of a process that is dead or to be dead: no zombie, no open pipe."""
        process, self._process = self._process, None
        if process is None:
            return
        self._kill(process)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    @staticmethod
    def _kill(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)

    def _obituary(self, process: subprocess.Popen[bytes]) -> WorkerFailed:
        """Why a process died, in a sentence. Its pipe broke: if it lives, it can do nothing any more."""
        try:
            status = process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._kill(process)
            return _Died("The worker process no longer answered and was ended.")
        if self._stopped is process:
            return _Stopped("The worker process was stopped.")
        if self._late is process:
            return _Died("It took too long, so the worker process was ended.")
        if status >= 0:
            return _Died(f"The worker process ended by itself (exit status {status}); the log may say why.")
        return _Died(f"The worker process {_by_signal(-status)}.")


def _command() -> list[str]:
    """How the child is started. ``-P``: no module in the folder that the person works in is ever imported.

    A frozen program has no ``-m``; its entry point starts the child when it sees this one argument.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_ARGUMENT]
    return [sys.executable, "-P", "-m", "annotator.worker.child"]


def _by_signal(number: int) -> str:
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    if name == "SIGKILL":
        return f"was killed ({name}); perhaps the computer ran out of memory"
    if name in ("SIGTERM", "SIGHUP", "SIGINT"):
        return f"was ended from outside ({name})"
    return f"crashed ({name})"


def _open_log(path: Path) -> IO[bytes]:
    """The log, to be appended to; a very long one begins anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    too_long = path.exists() and path.stat().st_size > _LOG_LIMIT
    return path.open("wb" if too_long else "ab")
