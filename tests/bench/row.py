"""One measured figure, and how a list of them is taken."""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of docs/benchmarks.md. `value` and `target` in `unit`; None where no target is set.

    `lower` says whether less is better; `how` says in a few words how it was taken.
    """

    what: str
    value: float
    unit: str
    target: float | None
    how: str
    lower: bool = True

    @property
    def met(self) -> bool | None:
        """Say whether the target was met; None where there is none."""
        if self.target is None:
            return None
        return self.value <= self.target if self.lower else self.value >= self.target


@dataclass(frozen=True)
class Times:
    """Sorted wall times in milliseconds, and the processor's mean time for one."""

    wall: tuple[float, ...]
    cpu: float

    def percentile(self, share: float) -> float:
        """Return the wall time that a share (0 to 1) of all runs stayed under."""
        return self.wall[min(len(self.wall) - 1, math.ceil(share * len(self.wall)) - 1)]

    @property
    def p50(self) -> float:
        return self.percentile(0.5)

    @property
    def p95(self) -> float:
        return self.percentile(0.95)


def timed(act: Callable[[], object], runs: int, *, warm: int = 1) -> Times:
    """Run `act` a few times unmeasured, then `runs` times measured."""
    for _ in range(warm):
        act()
    wall = []
    before = resource.getrusage(resource.RUSAGE_SELF)
    for _ in range(runs):
        start = time.perf_counter()
        act()
        wall.append((time.perf_counter() - start) * 1000)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000 / runs
    return Times(tuple(sorted(wall)), cpu)
