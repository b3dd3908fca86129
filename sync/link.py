"""What has been learned about the road: how much to put on it at once, and how fast it is."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

SMALLEST_CHUNK = 32 * 1024
LARGEST_CHUNK = 8 * 1024 * 1024
CHUNK_SECONDS = 4.0  # long enough that a round trip of 0.6 s is small beside it
SMALLEST_BATCH, LARGEST_BATCH = 1, 100
MOST_UPLOADS = 6

_TRIAL_SECONDS = 2.0  # a trial of one number of uploads lasts at least so long,
_TRIAL_CHUNKS = 2  # and at least so many chunks of each of them
_BETTER, _WORSE = 1.1, 0.7  # of the rate before: worth another upload; worth half as many
_REST_TRIALS = 8  # trials without another attempt after one that brought nothing
_METER_SECONDS = 15.0


@dataclass
class Link:
    """Not worth keeping: a pass learns it again. `clock` gives monotonic seconds."""

    chunk: int = 128 * 1024  # bytes; small first, in case the link is slow
    batch: int = 25  # events
    uploads: int = 2  # pages on their way at once
    clock: Callable[[], float] = time.monotonic
    places: dict[str, str] = field(default_factory=dict)  # by digest: where an upload that has begun stands
    _began: float = 0.0
    _since: float = 0.0
    _bytes: int = 0
    _chunks: int = 0
    _before: float = 0.0  # bytes a second with the number of uploads before
    _raised: bool = False
    _rest: int = 0
    _lately: deque[tuple[float, int]] = field(default_factory=deque)

    def begin(self) -> None:
        """Uploads begin after a pause, which is no sign of a slow road."""
        self._began, self._bytes, self._chunks = self.clock(), 0, 0
        self._forget()
        self._since = self._lately[0][0] if self._lately else self._began

    def chunk_arrived(self, size: int, seconds: float) -> None:
        """Aim at CHUNK_SECONDS per chunk, at most doubling or halving: one outlier is no verdict."""
        self._count(size)
        if size < self.chunk and seconds < CHUNK_SECONDS:
            return  # the tail of a page says nothing about a full chunk
        fits = int(size * CHUNK_SECONDS / max(seconds, 0.001))
        wanted = max(self.chunk // 2, min(fits, self.chunk * 2))
        self.chunk = max(SMALLEST_CHUNK, min(wanted, LARGEST_CHUNK))

    def chunk_failed(self) -> None:
        self.chunk = max(self.chunk // 2, SMALLEST_CHUNK)
        self.uploads = max(self.uploads // 2, 1)
        self._raised, self._before = False, 0.0

    def batch_arrived(self) -> None:
        self.batch = min(self.batch * 2, LARGEST_BATCH)

    def batch_failed(self, size: int) -> None:
        """Half of what was sent, which may have been fewer than allowed."""
        self.batch = max(min(self.batch, size) // 2, SMALLEST_BATCH)

    def rate(self) -> float:
        """Return the bytes a second of page content that arrived lately; 0 where nothing did."""
        self._forget()
        if not self._lately:
            return 0.0
        now = self.clock()
        seconds = now - max(self._since, now - _METER_SECONDS)
        return sum(size for _, size in self._lately) / max(seconds, 0.5)

    def _forget(self) -> None:
        while self._lately and self._lately[0][0] < self.clock() - _METER_SECONDS:
            self._lately.popleft()

    def _count(self, size: int) -> None:
        now = self.clock()
        self._lately.append((now, size))
        self._bytes += size
        self._chunks += 1
        seconds = now - self._began
        if seconds >= _TRIAL_SECONDS and self._chunks >= _TRIAL_CHUNKS * self.uploads:
            self._judge(self._bytes / seconds)
            self._began, self._bytes, self._chunks = now, 0, 0

    def _judge(self, rate: float) -> None:
        """One upload more while that makes the whole faster, one fewer where not, half where it hurt."""
        if self._raised and rate < self._before * _BETTER:
            self.uploads = self.uploads // 2 if rate < self._before * _WORSE else self.uploads - 1
            self._raised, self._rest = False, _REST_TRIALS
        elif self._rest:
            self._rest -= 1
            self._before = rate
        elif self.uploads < MOST_UPLOADS:
            self.uploads += 1
            self._raised, self._before = True, rate
        self.uploads = max(self.uploads, 1)
