"""The one feed down: items numbered in the order of their commits, each with its audience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, and_, cast, func, insert, or_, select, text

from server.store import schema
from server.store.database import next_value
from sync.contract import FeedItem

CHANNEL = "jilai_feed"
GIVE_WAY = "jilai_give_way"  # asks whichever process holds a page, but hears nothing of it, to let go
PAGE_ITEMS = 200
_PAGE_BYTES = 2_000_000  # a page ends early when its bodies grow beyond this


@dataclass(frozen=True)
class Audience:
    """Whom an item is for: everyone, one device, or the devices that serve one compound."""

    kind: str
    name: str = ""


EVERYONE = Audience("all")


def device(device_id: str) -> Audience:
    """The audience of one device alone."""
    return Audience("device", device_id)


def site(compound_id: str) -> Audience:
    """Every device with the right to serve a compound."""
    return Audience("site", compound_id)


def append(
    connection: Connection, now: datetime, kind: str, body: Mapping[str, Any], audience: Audience = EVERYONE
) -> int:
    """Add an item in the caller's transaction and return its number.

    The number's row lock lasts until the transaction ends, so a reader who sees an item has seen
    every earlier one: a cursor can never step over an item that commits later.
    """
    seq = next_value(connection, "feed")
    connection.execute(
        insert(schema.feed).values(
            seq=seq, kind=kind, audience_kind=audience.kind, audience=audience.name, body=dict(body), at=now
        )
    )
    connection.execute(text(f"NOTIFY {CHANNEL}"))
    return seq


def page(
    connection: Connection, device_id: str, sites: list[str] | None, cursor: int
) -> tuple[list[FeedItem], int, bool]:
    """Return (items after the cursor for this device, new cursor, whether more wait).

    `sites` are the compounds the device may serve, None for all. Where nothing is left for this
    device the cursor goes to the newest item that anyone has, so that it is not searched again.
    """
    newest = int(connection.execute(select(func.coalesce(func.max(schema.feed.c.seq), 0))).scalar_one())
    if cursor >= newest:
        return [], cursor, False
    feed = schema.feed.c
    of_site = feed.audience_kind == "site"
    if sites is not None:
        of_site = and_(of_site, feed.audience.in_(sites))
    rows = connection.execute(
        select(feed.seq, feed.kind, feed.body, func.octet_length(cast(feed.body, Text)))
        .where(feed.seq > cursor, feed.seq <= newest)
        .where(
            or_(
                feed.audience_kind == "all",
                and_(feed.audience_kind == "device", feed.audience == device_id),
                of_site,
            )
        )
        .order_by(feed.seq)
        .limit(PAGE_ITEMS + 1)
    ).all()
    items: list[FeedItem] = []
    size = 0
    for row in rows:
        if len(items) == PAGE_ITEMS or (items and size + row[3] > _PAGE_BYTES):
            return items, items[-1].seq, True
        size += row[3]
        items.append(FeedItem(seq=row.seq, kind=row.kind, body=row.body))
    return items, newest, False
