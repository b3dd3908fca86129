"""A signal from outside closes the window in order, also while nothing happens in it."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer


def leave_on_signals(app: QCoreApplication) -> None:
    """Quit `app`'s loop on SIGINT (Ctrl-C) and SIGTERM (a session that ends, `kill`).

    Python runs its handlers between two steps of Python code, and an idle window takes none: the signal's
    number, written to a socket that Qt watches, wakes it.
    """
    heard, told = socket.socketpair()
    for end in (heard, told):
        end.setblocking(False)
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(heard.fileno(), QSocketNotifier.Type.Read, app)
    # Both ends live as long as the connection that holds them: as long as the application.
    notifier.activated.connect(lambda *_: (heard.recv(64), told)[0])
    for number in (signal.SIGINT, signal.SIGTERM):
        # Posted, not called: a signal that comes before the loop has begun would quit nothing.
        signal.signal(number, lambda *_: QTimer.singleShot(0, app.quit))
