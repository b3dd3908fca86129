"""One start of the program, timed from the birth of its process; prints seconds, seconds, megabytes."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path


def _born() -> float:
    """Return when this process began, in seconds since the machine's start."""
    fields = Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()
    return int(fields[19]) / 100


def start(data: Path) -> None:
    """Open the window as main does, wait until it takes keys, unlock by keys."""
    import main
    from tests.driving import press, tend, wait_until, write
    from ui.app import build_application
    from ui.command_line import arguments
    from ui.desk import Desk
    from ui.settings import Settings
    from ui.signals import Signals

    found = arguments(["--data-dir", str(data), "--centre", "http://127.0.0.1:9"])
    settings = Settings(data / "settings.json")
    app = build_application(["jilai"], settings)
    signals = Signals()
    office = main.make_office(found, settings, signals)
    office.start()
    desk = Desk(office, settings, signals)
    desk.show()
    desk.activateWindow()
    wait_until(lambda: app.focusWidget() is not None, "the unlock page")
    ready = time.clock_gettime(time.CLOCK_BOOTTIME) - _born()
    office.warm()
    write("wang")
    press("Return")
    tend(1.0)  # nobody types a password faster
    write("lanzhou cold evening")
    before = time.monotonic()
    press("Return")
    wait_until(lambda: not desk.locked(), "the home screen")
    unlocked = time.monotonic() - before
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    desk.close()
    office.close()
    print(ready, unlocked, size)


if __name__ == "__main__":
    start(Path(sys.argv[1]))
