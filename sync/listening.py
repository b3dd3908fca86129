"""The standing request: one connection held open for the feed, so that news arrives at once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Awaitable, Callable

from registration.errors import JilaiError
from sync.engine import Engine
from sync.report import place_of
from sync.transport import Transport

log = logging.getLogger(__name__)


class Listener:
    """`begin` while in contact, `drop` when the road closes; outgoing work goes on beside it.

    `seconds` is how long the centre may hold a request, 0 for no standing request. `heard` is awaited after
    each answer, `broken` called when a pass has to find out what the matter is.
    """

    def __init__(
        self, engine: Engine, seconds: int, heard: Callable[[], Awaitable[None]], broken: Callable[[], None]
    ) -> None:
        self._engine, self._seconds, self._heard, self._broken = engine, seconds, heard, broken
        self._task: asyncio.Task[None] | None = None

    def begin(self, transport: Transport) -> None:
        if self._task is None and self._seconds:
            self._task = asyncio.get_running_loop().create_task(self._listen(transport))

    async def drop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _listen(self, transport: Transport) -> None:
        began = time.monotonic()
        try:
            while True:
                began = time.monotonic()
                taken = await self._engine.take_feed(transport, wait=self._seconds)
                await self._heard()
                if not taken and time.monotonic() - began < 1.0:
                    await asyncio.sleep(random.uniform(1.0, 3.0))  # this centre does not hold requests
        except Exception as error:
            if not isinstance(error, JilaiError):
                name = type(error).__name__
                log.error("the standing request failed unexpectedly: %s at %s", name, place_of(error))
            if time.monotonic() - began < 1.0:
                await asyncio.sleep(random.uniform(1.0, 3.0))
            self._broken()
        finally:
            self._task = None
