"""A second start on the same data folder: the window that is open comes to the front."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

_WAIT = 500  # milliseconds


def _name(folder: Path) -> str:
    """Return the bell's name: short, this user's alone, one for each data folder."""
    told = f"{os.getuid()} {folder.resolve()}"
    return f"jilai-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


class Bell(QObject):
    """Listens while the window is open; whoever rings brings it to the front. `close` before the end."""

    def __init__(self, folder: Path, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._server = QLocalServer(self)
        # No file that a killed program could leave; anybody may ring, and all that happens is that it shows.
        self._server.setSocketOptions(QLocalServer.SocketOption.AbstractNamespaceOption)
        self._server.newConnection.connect(self._rung)
        self._server.listen(_name(folder))

    def close(self) -> None:
        self._server.close()

    def _rung(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnectFromServer()
        state = self._window.windowState() & ~Qt.WindowState.WindowMinimized
        self._window.setWindowState(state | Qt.WindowState.WindowActive)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


def ring(folder: Path) -> bool:
    """Ask the program that has the folder to come to the front; say whether it answered."""
    socket = QLocalSocket()
    socket.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
    socket.connectToServer(_name(folder))
    answered = socket.waitForConnected(_WAIT)
    if answered and socket.isValid():
        socket.waitForDisconnected(_WAIT)
    socket.abort()
    return answered
