"""A bound on how often one address may look receipts up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_MOST_ADDRESSES = 20_000


class Turnstile:
    """Lets `tokens` look-ups through at once and as many again each `seconds`, by address. Thread-safe.

    What was not believed costs five, so that trying out is slower than looking.
    """

    def __init__(
        self, tokens: float = 60, seconds: float = 60, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = tokens
        self._rate = tokens / seconds
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}  # address -> (tokens, when)
        self._lock = threading.Lock()

    def take(self, address: str) -> float:
        """Take one from an address; return how many seconds it has to wait, 0 where it may go on."""
        with self._lock:
            now = self._clock()
            left, at = self._left.pop(address, (self._most, now))
            left = min(left + (now - at) * self._rate, self._most)
            wait = 0.0 if left > 0 else (1 - left) / self._rate
            self._left[address] = (left if wait else left - 1, now)
            while len(self._left) > _MOST_ADDRESSES:
                self._left.pop(next(iter(self._left)))  # whoever has been away the longest
            return wait

    def charge(self, address: str, cost: float) -> None:
        """Take more from an address that was let through."""
        with self._lock:
            left, at = self._left.get(address, (self._most, self._clock()))
            self._left[address] = (max(left - cost, -self._most), at)
