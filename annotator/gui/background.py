"""Long work in a thread of its own, with progress and the result told in the window's thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from annotator.domain.errors import AnnotatorError

log = logging.getLogger(__name__)
Work = Callable[[Callable[[int, int], None], Callable[[], bool]], Any]


class Job(QObject):
    """Runs ``work(progress, cancelled)`` once; the signals arrive in the thread that made the job."""

    progressed = Signal(int, int)
    """Done and in all."""
    finished = Signal(object)
    """The result."""
    failed = Signal(str)
    """A sentence that says why there is none."""
    _ended = Signal(object, object)

    def __init__(self, name: str, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancel = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to end early; it still finishes with a result."""
        self._cancel.set()

    @property
    def running(self) -> bool:
        """Whether the thread lives."""
        return self._thread.is_alive()

    def wait(self) -> None:
        """Wait until the thread has ended."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        result: object = None
        error: BaseException | None = None
        try:
            result = self._work(self.progressed.emit, self._cancel.is_set)
        except Exception as caught:  # noqa: BLE001  it is told in the window's thread
            error = caught
        self._ended.emit(result, error)

    def _tell(self, result: object, error: BaseException | None) -> None:
        if error is None:
            self.finished.emit(result)
            return
        if not isinstance(error, AnnotatorError):
            log.error("background work failed", exc_info=error)
        said = str(error) if isinstance(error, AnnotatorError) else f"It could not be done: {error}."
        self.failed.emit(said)
