"""The worker process itself: reads requests from its standard input until that ends, and answers each.

The only place that imports the language room; readers of untrusted files run here too. Imports are lazy, so that
reading a file does not wait for spaCy. Knows no database and no window.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import msgspec

from annotator.domain.errors import AnnotatorError, WorkerFailed
from annotator.domain.records import Problem, ReadDocument
from annotator.worker.protocol import (
    Analyse,
    Analysed,
    AnalysedMany,
    AnalyseMany,
    Answer,
    Close,
    Done,
    Failed,
    Items,
    ListPipelines,
    Loaded,
    More,
    Pipelines,
    Read,
    Request,
    Warm,
    decode_request,
    encode,
    to_wire,
)

if TYPE_CHECKING:
    from annotator.language.pipelines import LoadedPipeline

Result = TypeVar("Result")
_BATCH_ITEMS = 64
_BATCH_CHARACTERS = 2_000_000


class Child:
    """Answers requests; keeps the pipeline that was used last, and the files that are being read."""

    def __init__(self) -> None:
        self._pipelines: dict[str | None, LoadedPipeline] = {}
        self._files: dict[int, Iterator[ReadDocument | Problem]] = {}

    def answer(self, request: Request) -> Answer:
        """Do what is asked; whatever goes wrong becomes a sentence."""
        return self._safely(lambda: self._do(request))

    @staticmethod
    def _safely(work: Callable[[], Result]) -> Result | Failed:
        """Whatever goes wrong becomes a sentence, its details go to standard error."""
        try:
            return work()
        except AnnotatorError as error:
            if error.__cause__ is not None:
                traceback.print_exc(file=sys.stderr)
            return Failed(str(error))
        except MemoryError:
            traceback.print_exc(file=sys.stderr)
            return Failed("There is not enough memory for it; close other programs or split the article.")
        except Exception as error:  # noqa: BLE001  # the last line of defence: told, logged, and the child lives
            traceback.print_exc(file=sys.stderr)
            name = type(error).__name__
            return Failed(f"An error inside the program stopped it ({name}); the log has the details.")

    def _do(self, request: Request) -> Answer:
        match request:
            case Read(path, handle):
                return self._read(path, handle)
            case More(handle):
                return self._more(handle)
            case Close(handle):
                self._files.pop(handle, None)
                return Done()
            case Analyse(text, pipeline):
                return self._analyse(text, pipeline)
            case AnalyseMany(texts, pipeline):
                return self._analyse_many(texts, pipeline)
            case Warm(pipeline):
                return Loaded(self._pipeline(pipeline).info)
            case ListPipelines():
                from annotator.language.pipelines import installed

                return Pipelines(installed())

    def _read(self, path: bytes, handle: int) -> Items:
        from annotator.formats.registry import read_file

        self._files[handle] = read_file(Path(os.fsdecode(path)))
        return self._more(handle)

    def _more(self, handle: int) -> Items:
        """The next items of a file: as many as make a line of a reasonable length, at least one."""
        if handle not in self._files:
            raise WorkerFailed("Reading the file broke off, because the worker process was started anew.")
        answer = Items([], last=False)
        characters = 0
        for item in self._files[handle]:
            answer.items.append(to_wire(item))
            characters += len(item.record.text) if isinstance(item, ReadDocument) else 0
            if len(answer.items) >= _BATCH_ITEMS or characters >= _BATCH_CHARACTERS:
                return answer
        del self._files[handle]
        answer.last = True
        return answer

    def _analyse(self, text: str, pipeline: str | None) -> Analysed:
        from annotator.language.analysis import analyse

        loaded = self._pipeline(pipeline)
        return Analysed(loaded.info, analyse(text, loaded))

    def _analyse_many(self, texts: list[str], pipeline: str | None) -> AnalysedMany:
        """All texts together; if that fails, one after the other, so that a text which fails costs only itself."""
        from annotator.language.analysis import analyse_many

        loaded = self._pipeline(pipeline)
        together = self._safely(lambda: [Analysed(loaded.info, found) for found in analyse_many(texts, loaded)])
        if not isinstance(together, Failed):
            return AnalysedMany([*together])
        return AnalysedMany([self._safely(partial(self._analyse, text, pipeline)) for text in texts])

    def _pipeline(self, name: str | None) -> LoadedPipeline:
        """The pipeline of that name, loaded once; only the one used last stays in memory."""
        from annotator.language.pipelines import load

        if name not in self._pipelines:
            loaded = load(name)
            self._pipelines = {name: loaded, loaded.info.name: loaded}
        return self._pipelines[name]


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the input ends. A request under way when it ends is dropped: nobody waits for its answer."""
    child = Child()
    for line in _read_ahead(requests):
        try:
            answer = child.answer(decode_request(line))
        except msgspec.DecodeError as error:
            answer = Failed(f"The worker does not know the request ({error}).")
        answers.write(_encoded(answer))
        answers.flush()


def _encoded(answer: Answer) -> bytes:
    try:
        return encode(answer)
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError):
        traceback.print_exc(file=sys.stderr)
        return encode(Failed("The worker's answer cannot be sent; the log has the details."))


def _read_ahead(requests: BinaryIO) -> Iterator[bytes]:
    """Lines of the input, read in a thread, so that the process ends at once when the program that asks is gone."""
    lines: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        for line in requests:
            lines.put(line)
        sys.stderr.flush()
        os._exit(0)

    threading.Thread(target=read, name="requests", daemon=True).start()
    while True:
        yield lines.get()


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for the protocol alone: what libraries print goes to standard error, what they read is empty."""
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def main() -> None:
    """Run the worker on standard input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(*_private_streams())


if __name__ == "__main__":
    main()
