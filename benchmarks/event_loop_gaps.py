"""How long the window's event loop is held up while the worker process reads articles and their marks are stored.

A precise timer fires every 2 ms in the window's thread; a gap is the time between two of its firings. The real window
is open on an article, pre-annotation goes on beside it as in use: texts go to the worker, predictions come back, are
stored by the writer thread, and the list shows the new counts. The baseline is the same idle window.
"""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from annotator.domain.records import DocumentRecord
from annotator.services.suggest import Preannotation, ReadingState
from annotator.worker.client import WorkerClient
from benchmarks import corpus, desktop, measuring

_TICK = 2


class Gaps:
    """Milliseconds between firings of a timer in the window's thread."""

    def __init__(self) -> None:
        self.found: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.found.append((now - self._last) * 1000)
        self._last = now

    def start(self) -> None:
        """Begin to measure."""
        self.found.clear()
        self._last = time.perf_counter()
        self._timer.start(_TICK)

    def stop(self) -> list[float]:
        """End measuring; the gaps."""
        self._timer.stop()
        return list(self.found)


def main() -> None:
    """Print the table."""
    parser = measuring.options(__doc__ or "", repetitions=3)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each is watched")
    given = measuring.parsed(parser)
    length = 1.0 if given.small else given.seconds
    desktop.application()
    records = [
        DocumentRecord(f"real-{n}", text) for n, text in enumerate(corpus.real_texts(4 if given.small else None))
    ]
    idle, busy = [], []
    for _ in range(given.repetitions):
        with desktop.scratch() as folder:
            seat = desktop.Seat(desktop.database(folder, records, [corpus.first_article()[1]]))
            seat.window.open_first()
            seat.settle()
            idle.append(_watch(length))
            busy.append(_watch_reading(seat, length))
            seat.close()
    measuring.table(
        f"Gaps of the event loop ({measuring.machine()})",
        ("", "99 %", "99.9 %", "longest"),
        [_row("idle window", idle), _row("while articles are read", busy)],
    )


def _watch(length: float) -> list[float]:
    gaps = Gaps()
    gaps.start()
    end = time.monotonic() + length
    _run_loop(lambda: time.monotonic() > end)
    return gaps.stop()


def _run_loop(over: object) -> None:
    """Run Qt's own loop (not ``processEvents`` in a loop, which would never sleep)."""
    assert callable(over)
    look = QTimer()
    look.timeout.connect(lambda: over() and QApplication.exit())
    look.start(50)
    QApplication.exec()


def _watch_reading(seat: desktop.Seat, length: float) -> list[float]:
    """The gaps from when the pipeline is loaded, at most ``length`` seconds."""
    desk, gaps = seat.desk, Gaps()
    states: list[ReadingState] = []

    def show(state: ReadingState) -> None:
        states.append(state)
        desk.set_reading(state)

    reading = Preannotation(
        seat.workspace,
        WorkerClient(),
        on_read=lambda ids: desk.post(lambda: desk.session.suggestions_arrived(ids)),
        on_state=lambda state: desk.post(lambda: show(state)),
    )
    reading.start()
    _run_loop(lambda: bool(states))
    gaps.start()
    end = time.monotonic() + length
    _run_loop(lambda: time.monotonic() > end or states[-1].left == 0)
    found = gaps.stop()
    reading.stop()
    return found


def _row(name: str, runs: list[list[float]]) -> list[str]:
    cells = [measuring.median([measuring.percentile(run, share) for run in runs]) for share in (0.99, 0.999, 1.0)]
    return [name, *(f"{cell:.1f} ms" for cell in cells)]


if __name__ == "__main__":
    main()
