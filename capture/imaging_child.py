"""One imaging process as the program sees it: started, given a job, and ended when it oversteps its time."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from capture.imaging_wire import BrokenFrameError, Head, read_frame, write_frame

START_SECONDS = 30.0
_KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
# One arena and no thread pools: each thread's stack and arena would count against the memory limit.
_OWN_ENVIRONMENT = {"MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class ChildLostError(Exception):
    """The imaging process ended, or was ended, before it answered.

    overdue: it had overstepped its time. gave_up: it ended itself, which is what libraries without a way to
    report it do when they get no more memory. killed: somebody else ended it, so the job is not to blame.
    """

    def __init__(self, overdue: bool, signal_number: int = 0) -> None:
        super().__init__("overdue" if overdue else "ended")
        self.overdue = overdue
        self.gave_up = signal_number == signal.SIGABRT
        self.killed = not overdue and signal_number == getattr(signal, "SIGKILL", None)


class ImagingChild:
    """A running imaging process; used by one thread at a time, ended by any."""

    def __init__(self, module: str = "capture.imaging_process") -> None:
        """Start the module as a process and wait until it is ready. Raises ChildLostError if it never is."""
        environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        # A new program image, not a fork: nothing of this process's memory, keys included, reaches it.
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=Path(__file__).resolve().parent.parent,
            env={**environment, **_OWN_ENVIRONMENT},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._overdue = False
        try:
            self.receive(START_SECONDS)
        except ChildLostError:
            self.end()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def send(self, head: Head, blobs: Sequence[bytes], seconds: float) -> None:
        """Hand over one job. Raises ChildLostError when it is not taken in `seconds`."""
        assert self._process.stdin is not None
        with self._ended_after(seconds):
            try:
                write_frame(self._process.stdin, head, blobs)
            except (OSError, ValueError) as error:
                raise ChildLostError(self._overdue, self._signal()) from error

    def receive(self, seconds: float) -> tuple[dict[str, Any], list[bytes]]:
        """Wait for one frame. Raises ChildLostError when none comes in `seconds`, or it makes no sense."""
        assert self._process.stdout is not None
        with self._ended_after(seconds):
            try:
                return read_frame(self._process.stdout)
            except (OSError, ValueError, BrokenFrameError) as error:
                raise ChildLostError(self._overdue, self._signal()) from error

    def end(self) -> None:
        """End the process at once and free what it held; harmless when it has ended already."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # bytes still to be flushed have no reader any more
                    pipe.close()

    def _signal(self) -> int:
        """The signal that ended it, 0 when it ended in another way or has not."""
        with contextlib.suppress(subprocess.TimeoutExpired):  # its pipe closes a moment before it has ended
            return max(0, -self._process.wait(1.0))
        return 0

    @contextlib.contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        watchdog = threading.Timer(seconds, self._end_overdue)
        watchdog.daemon = True
        watchdog.start()
        try:
            yield
        finally:
            watchdog.cancel()

    def _end_overdue(self) -> None:
        self._overdue = True
        self._process.kill()
