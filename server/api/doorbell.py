"""Wakes those who wait for the feed: PostgreSQL notifies after a commit, from whichever process."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress

import psycopg
from sqlalchemy import Engine

from server.store.feed import CHANNEL, GIVE_WAY

log = logging.getLogger("jilai.centre.doorbell")
_RECONNECT_SECONDS = 1.0


class Doorbell:
    """One listening connection on its own thread; waiters are asyncio tasks of one loop."""

    def __init__(self, engine: Engine, *, on_give_way: Callable[[str], None] = lambda _: None) -> None:
        self._on_give_way = on_give_way
        self._url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._rung = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to listen; rings are delivered to `loop`."""
        self._loop = loop
        self._thread = threading.Thread(target=self._listen, name="doorbell", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Wake everyone for good: the centre is closing. Callable from any thread."""
        self._closing.set()
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring)

    def join(self) -> None:
        """Wait for the thread to end."""
        if self._thread is not None:
            self._thread.join(5)

    @property
    def closing(self) -> bool:
        return self._closing.is_set()

    def next_ring(self) -> asyncio.Event:
        """Return the ring to wait for; ask before looking at the feed, so that none is missed between."""
        return self._rung

    async def wait(self, ring: asyncio.Event, seconds: float) -> None:
        """Return at the ring, or after `seconds`."""
        with suppress(TimeoutError):
            await asyncio.wait_for(ring.wait(), seconds)

    def _ring(self) -> None:
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    connection.execute(f"LISTEN {GIVE_WAY}")
                    self._ring_from_thread()  # whatever was notified before we listened
                    while not self._closing.is_set():
                        for notice in connection.notifies(timeout=0.25):
                            if notice.channel == GIVE_WAY:
                                self._give_way_from_thread(notice.payload)
                            else:
                                self._ring_from_thread()
            except psycopg.Error as error:
                log.warning("listening interrupted", extra={"fields": {"error": type(error).__name__}})
                self._closing.wait(_RECONNECT_SECONDS)

    def _ring_from_thread(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring)

    def _give_way_from_thread(self, digest: str) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._on_give_way, digest)
