"""One window per database: a second start hands its files to the first window, which comes to the front.

The two talk over a local socket that only this user can open; its name is derived from the database's real path.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)
_PATIENCE = 2000
_LONGEST = 1_000_000


def server_name(database: Path) -> str:
    """The socket's name for a database, the same by whatever path it is reached."""
    real = os.path.realpath(database)
    return f"annotator-{hashlib.sha256(os.fsencode(real)).hexdigest()[:20]}"


def hand_over(database: Path, files: Sequence[Path]) -> bool:
    """Hand files to the window that has this database open; False if there is none."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(database))
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(json.dumps([str(path.absolute()) for path in files]).encode() + b"\n")
    taken = socket.waitForBytesWritten(_PATIENCE) and socket.waitForReadyRead(_PATIENCE)
    socket.disconnectFromServer()
    return bool(taken)


class FirstInstance(QObject):
    """Listens for later starts on the same database."""

    handed_over = Signal(list)
    """Another start has handed over these files (paths as text); the list may be empty."""

    def __init__(self, database: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        name = server_name(database)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left behind by a process that was killed
            if not self._server.listen(name):
                log.warning("later starts cannot be told of this window: %s", self._server.errorString())

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _LONGEST:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        try:
            files = json.loads(bytes(socket.readLine().data()))
        except ValueError:
            socket.abort()
            return
        if not isinstance(files, list) or not all(isinstance(name, str) for name in files):
            socket.abort()
            return
        socket.write(b"taken\n")
        socket.flush()
        self.handed_over.emit(files)
