"""What the sync thread asks of the store: one transaction at a time, on the store's own thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from registration.changes import Changes
from registration.errors import JilaiError
from storage import outbox
from storage.database import Store

T = TypeVar("T")


class Books:
    """The store as the engine writes in it; `clock` gives aware time."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self.clock = clock
        self.own_changes: Changes | None = None  # the newest that the engine itself made

    async def ask(self, fn: Callable[[Any], T], *, aloud: bool = False) -> T:
        """Run `fn` on the store thread in one transaction; `aloud`: the worker wakes by what it changed."""

        def noted(db: Any) -> T:
            result = fn(db)
            changes = result[0] if isinstance(result, tuple) and result else result
            if isinstance(changes, Changes) and not aloud:
                self.own_changes = changes
            return result

        return await asyncio.wrap_future(self._store.write(noted))

    async def park(self, outbox_id: str, error: JilaiError) -> None:
        """Set an event aside with the reason until a person lets it go again."""
        now, words = self.clock(), error.problem.params
        zh, en = words.get("reason_zh", ""), words.get("reason_en", "")
        refusal = words.get("server_code", "")
        await self.ask(lambda db: outbox.park(db, now, outbox_id, error.code, zh, en, refusal=refusal))
