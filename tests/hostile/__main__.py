"""`python -m tests.hostile`: a thousand hostile files through the real imaging process, and their cost."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections import Counter

from capture.child_limits import MOST_MEMORY
from capture.errors import CaptureCode
from capture.imaging import PAGE_SECONDS, ImagingPool
from tests.hostile.bombs import bombs
from tests.hostile.endure import Endured, endured
from tests.hostile.make_hostile import every_file
from tests.hostile.mutations import mutated

RESTART_SECONDS = 3.0  # a page whose process died is tried again in a new one, which has to start


class Heartbeat:
    """The longest time for which a thread beside the work did not get its turn, as a window would feel it."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        last = time.monotonic()
        while not self._stop.wait(0.005):
            now = time.monotonic()
            self.longest, last = max(self.longest, now - last), now


def main(arguments: list[str] | None = None) -> int:
    """Run the corpus; 0 when every file ended as pages or in words within the limits."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    own = [(name, frozenset({due}), data) for name, due, data in every_file()] + list(bombs())
    dues = {name: due for name, due, _ in own}
    files = [(name, data) for name, _, data in own]
    files += mutated(max(0, options.count - len(files)), options.seed)
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest, most = 0.0, 0
    pool = ImagingPool()
    heart = Heartbeat()
    try:
        for one in endured(pool, files):
            outcomes["pages" if isinstance(one.outcome, int) else one.outcome] += 1
            slowest, most = max(slowest, one.seconds), max(most, one.memory)
            fault = fault_of(one, dues.get(one.name))
            if fault:
                wrong.append(f"{one.name}: {fault}")
    finally:
        heart.end()
        pool.close()
    for outcome, count in outcomes.most_common():
        print(f"{count:5}  {outcome}")
    print(
        f"{len(files)} files: slowest page {slowest:.1f} s, largest process {most / 2**20:.0f} MB, "
        f"longest stall of a thread beside it {heart.longest * 1000:.0f} ms"
    )
    print("\n".join(wrong) or "every file ended as pages or in words, within the limits")
    return 1 if wrong else 0


def fault_of(one: Endured, due: frozenset[int | str] | None) -> str:
    """What is wrong with how a file ended, empty when nothing is. due: the outcomes it may have, if known."""
    if one.outcome == CaptureCode.IMAGING_CRASHED or one.outcome not in (due or {one.outcome}):
        return f"ended as {one.outcome}"
    if isinstance(one.outcome, str):
        if one.outcome not in set(CaptureCode):
            return f"ended as {one.outcome}"
        if one.words_for != one.name:
            return "its words name another file"
    if one.memory > MOST_MEMORY:
        return f"took {one.memory / 2**20:.0f} MB"
    if one.seconds > PAGE_SECONDS + RESTART_SECONDS:
        return f"took {one.seconds:.1f} s"
    return ""


if __name__ == "__main__":
    sys.exit(main())
