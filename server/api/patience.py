"""How much the centre puts up with: wrong codes from one address, and requests from one device."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from server.errors import RefusedError

_MOST_NAMES = 20_000  # remembered at once; the one that was quiet longest is forgotten


class Patience:
    """Bounds wrong guesses: after `limit` in `seconds` every attempt of that name waits. Thread-safe."""

    def __init__(
        self, limit: int = 20, seconds: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = max(1, limit)
        self._seconds = seconds
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, name: str) -> None:
        """Raise RefusedError too_many_attempts when too many of this name were wrong lately."""
        with self._lock:
            wrong, now = self._wrong.get(name), self._clock()
            while wrong and wrong[0] <= now - self._seconds:
                wrong.popleft()
            if wrong and len(wrong) >= self._limit:
                raise _wait("too_many_attempts", wrong[0] + self._seconds - now)

    def count_wrong(self, name: str) -> None:
        """Remember one wrong guess."""
        with self._lock:
            self._wrong.setdefault(name, deque(maxlen=self._limit)).append(self._clock())
            _forget_one(self._wrong, name)


class Pace:
    """Bounds how fast one name may go: `rate` a second in the long run, `burst` at once. Thread-safe.

    Far above what a window does: it stops a program that has gone wild, not a busy evening.
    """

    def __init__(
        self, rate: float = 200.0, burst: float = 2000.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how many, and when that was so
        self._lock = threading.Lock()

    def take(self, name: str) -> None:
        """Count one request. Raises RefusedError too_many_requests, which counts as none."""
        with self._lock:
            now = self._clock()
            left, at = self._left.get(name, (self._burst, now))
            left = min(self._burst, left + (now - at) * self._rate)
            if left < 1:
                raise _wait("too_many_requests", (1 - left) / self._rate)
            self._left[name] = (left - 1, now)
            _forget_one(self._left, name)


def _forget_one(names: OrderedDict[str, Any], latest: str) -> None:
    names.move_to_end(latest)
    if len(names) > _MOST_NAMES:
        names.popitem(last=False)


def _wait(code: str, seconds: float) -> RefusedError:
    return RefusedError(429, code, headers={"Retry-After": str(max(1, math.ceil(seconds)))})
