"""A bound on guessing enrolment codes."""

from __future__ import annotations

import threading
import time
from collections import deque

from server.errors import RefusedError


class Patience:
    """Bounds wrong guesses: after `limit` in `seconds` every attempt waits. Thread-safe."""

    def __init__(self, limit: int = 20, seconds: float = 60.0) -> None:
        self._limit = limit
        self._seconds = seconds
        self._wrong: deque[float] = deque()
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raise RefusedError too_many_attempts when too many were wrong lately."""
        with self._lock:
            now = time.monotonic()
            while self._wrong and self._wrong[0] < now - self._seconds:
                self._wrong.popleft()
            if len(self._wrong) >= self._limit:
                wait = int(self._wrong[0] + self._seconds - now) + 1
                raise RefusedError(429, "too_many_attempts", headers={"Retry-After": str(wait)})

    def count_wrong(self) -> None:
        """Remember one wrong guess."""
        with self._lock:
            self._wrong.append(time.monotonic())
