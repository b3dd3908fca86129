"""What a centre does beside answering: forget old nonces, and in a demonstration accept whole cases."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import timedelta

from fastapi.concurrency import run_in_threadpool

from server.centre import Centre
from server.reviewer import accept_whole_cases
from server.store.database import transaction
from server.store.devices import forget_nonces

log = logging.getLogger("jilai.centre.chores")
_NONCES_EVERY = 60.0
_REVIEW_EVERY = 0.25


async def keep_house(centre: Centre) -> None:
    """Run until cancelled; a chore that fails is logged and tried again."""
    nonces_at = 0.0
    while True:
        try:
            if time.monotonic() >= nonces_at:
                await run_in_threadpool(_forget, centre)
                nonces_at = time.monotonic() + _NONCES_EVERY
            if centre.settings.demo:
                wait = timedelta(seconds=centre.settings.accept_after)
                await run_in_threadpool(accept_whole_cases, centre.engine, centre.now(), wait)
        except Exception as error:  # whatever it was, the centre goes on answering
            log.error("chore failed", extra={"fields": {"error": type(error).__name__}})
            await asyncio.sleep(2.0)
        await asyncio.sleep(_REVIEW_EVERY if centre.settings.demo else _NONCES_EVERY)


def _forget(centre: Centre) -> None:
    with transaction(centre.engine) as connection:
        forget_nonces(connection, centre.now())
