"""The end from outside: a logout, a shutdown, SIGTERM, Ctrl+C in a terminal. The window closes as by its own button.

Python runs its signal handlers only when its interpreter gets a turn, which Qt's loop may not give it: so a byte on a
socket wakes the loop. It must not know what closing does.
"""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)
_NAMES = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


class Endings(QObject):
    """Calls ``end`` in the window's thread when somebody outside ends the program."""

    def __init__(self, app: QApplication, end: Callable[[], None]) -> None:
        super().__init__(app)
        self._end = end
        self._reader, self._writer = socket.socketpair()
        for one in (self._reader, self._writer):
            one.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, _note)
        app.commitDataRequest.connect(self._session_ends)

    def _woken(self) -> None:
        try:
            self._reader.recv(64)
        except BlockingIOError:
            return
        self._end()

    def _session_ends(self, session: QSessionManager) -> None:
        session.setRestartHint(QSessionManager.RestartHint.RestartNever)
        self._end()


def _note(number: int, _frame: object) -> None:
    log.info("ended from outside by %s", signal.Signals(number).name)
