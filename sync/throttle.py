"""A limit on what goes up: one bucket of bytes that all connections draw from."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

_PIECES_A_SECOND = 8.0  # how finely a limited body is cut: often enough that nothing looks stalled
_SMALLEST_PIECE, _LARGEST_PIECE = 512, 64 * 1024
_BURST_SECONDS = 0.25  # what may be saved up: more would be a wave that drowns a slow line


class Throttle:
    """`rate` is bytes a second for everything together, 0 for no limit; it may be changed at any time."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock  # seconds, monotonic
        self.rate = 0.0
        self._free_at = 0.0

    async def take(self, size: int) -> None:
        """Wait until `size` bytes may go; those who ask first go first."""
        if self.rate <= 0:
            return
        now = self._clock()
        begin = max(self._free_at, now - _BURST_SECONDS)
        self._free_at = begin + size / self.rate
        if self._free_at > now:
            await asyncio.sleep(self._free_at - now)

    async def pieces(self, content: bytes) -> AsyncIterator[bytes]:
        """Yield `content` no faster than the limit allows."""
        at = 0
        while at < len(content):
            size = int(self.rate / _PIECES_A_SECOND) if self.rate > 0 else _LARGEST_PIECE
            piece = content[at : at + max(_SMALLEST_PIECE, min(size, _LARGEST_PIECE))]
            await self.take(len(piece))
            yield piece
            at += len(piece)
