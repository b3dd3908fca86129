"""Gives hostile files to capture and notes what each cost: its outcome, its time, and the memory it took."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as OverdueError
from dataclasses import dataclass
from pathlib import Path

from capture.errors import CaptureError
from capture.imaging import ImagingPool
from capture.sources.files import kind_of

ANSWER_SECONDS = 60.0


@dataclass(frozen=True)
class Endured:
    """What came of one file: its pages or the code that refused it, or "no answer"; the most seconds between
    two signs of life; bytes that its process held at its largest so far (0 where it was gone by then); and
    the file that the words of a refusal name."""

    name: str
    outcome: int | str
    seconds: float
    memory: int
    words_for: str = ""


def endured(pool: ImagingPool, files: Iterable[tuple[str, bytes]]) -> Iterator[Endured]:
    """Give the files to capture one by one, as if each had been dropped on the window."""
    for name, data in files:
        beats = [time.monotonic()]

        def beat(done: int, total: int, beats: list[float] = beats) -> None:
            beats.append(time.monotonic())

        words = ""
        watch = MemoryWatch(pool)
        try:
            kind_of(data, name)
            outcome: int | str = len(pool.submit_file(data, name, beat).result(ANSWER_SECONDS).pages)
        except CaptureError as error:
            outcome, words = error.code, error.problem.params["file"]
        except OverdueError:
            outcome = "no answer"
        memory = watch.end()
        beats.append(time.monotonic())
        longest = max(after - before for before, after in itertools.pairwise(beats))
        yield Endured(name, outcome, longest, memory, str(words))


class MemoryWatch:
    """The largest resident size of the imaging processes since it was made, looked at often."""

    def __init__(self, pool: ImagingPool) -> None:
        self._pool = pool
        self._most = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> int:
        """Stop looking; returns bytes."""
        self._stop.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while True:
            for pid in self._pool.child_pids():
                self._most = max(self._most, resident_peak(pid))
            if self._stop.wait(0.02):
                return


def resident_peak(pid: int) -> int:
    """The most bytes that a process has held in memory at once (Linux), 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)
