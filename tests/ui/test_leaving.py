"""An idle window leaves when it is told to from outside, by its own orderly way out."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import sys
from PySide6.QtGui import QGuiApplication
from ui.leaving import leave_on_signals
app = QGuiApplication([])
leave_on_signals(app)
print("idle", flush=True)
status = app.exec()
print("left in order", flush=True)
sys.exit(status)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a POSIX system")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_window_leaves_in_order(number: signal.Signals):
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "idle\n"
        window.send_signal(number)
        assert window.stdout.read() == "left in order\n"
        assert window.wait(20) == 0
