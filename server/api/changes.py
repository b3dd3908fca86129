"""GET /v1/changes: the feed down, page by page, waiting a while where there is nothing new."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.concurrency import run_in_threadpool

from server.api.access import CentreHere, InGoodStanding
from server.centre import Centre
from server.store import feed
from server.store.database import transaction
from server.store.devices import Device
from sync.contract import FeedItem, FeedPage

router = APIRouter(prefix="/v1")
MAX_WAIT_SECONDS = 25.0


@router.get("/changes", response_model=FeedPage)
async def get_changes(
    caller: InGoodStanding,
    centre: CentreHere,
    cursor: Annotated[int, Query(ge=0, le=2**62)] = 0,
    wait: Annotated[float, Query(ge=0, le=3600)] = 0.0,
) -> FeedPage:
    """Return what is new for this device after `cursor`, waiting up to `wait` seconds for something."""
    deadline = time.monotonic() + min(wait, MAX_WAIT_SECONDS)
    start = cursor
    while True:
        ring = centre.bell.next_ring()
        items, cursor, more = await run_in_threadpool(_page, centre, caller.device, cursor)
        left = deadline - time.monotonic()
        if items or left <= 0 or centre.bell.closing:
            break
        await centre.bell.wait(ring, left)
    assert cursor >= start
    now = centre.now().timestamp()
    return FeedPage(items=items, cursor=cursor, more=more, server_time=now, epoch=centre.life.epoch)


def _page(centre: Centre, device: Device, cursor: int) -> tuple[list[FeedItem], int, bool]:
    sites = None if device.sites is None else list(device.sites)
    with transaction(centre.engine) as connection:
        return feed.page(connection, device.id, sites, cursor)
