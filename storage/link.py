"""How the link may be used, and the home-visit orders that came by it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.link import LinkMode, LinkSettings, MeteredRule
from registration.rights import Act
from storage import audit
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import as_moment, as_text, one, rows
from storage.values import Who


@dataclass(frozen=True)
class Order:
    """A home visit that the centre asks for; `body` as the feed brought it."""

    id: str
    body: Mapping[str, Any]
    received_at: datetime


def link_settings(db: Database) -> LinkSettings:
    row = one(db, "SELECT mode, limit_kbit, metered, proxy, authorities, pin FROM link")
    assert row is not None
    return LinkSettings(**row | {"mode": LinkMode(row["mode"]), "metered": MeteredRule(row["metered"])})


@needs(Act.MACHINE)
def set_link(db: Database, now: datetime, who: Who, **values: Any) -> Changes:
    """Change some of LinkSettings' fields, checked by the caller; audited by name, for a proxy may hold a
    password. TypeError for a field that there is not."""
    before = link_settings(db)
    after = replace(before, **values)
    if after == before:
        return Changes()
    db.execute(
        "UPDATE link SET mode = :mode, limit_kbit = :limit_kbit, metered = :metered, proxy = :proxy,"
        " authorities = :authorities, pin = :pin",
        asdict(after),
    )
    changed = [name for name in values if getattr(before, name) != getattr(after, name)]
    audit.append(db, who, now, "link_changed", "device", {"fields": changed, "mode": after.mode})
    return Changes(outbox=True)


def put_order(db: Database, now: datetime, body: Mapping[str, Any], *, seq: int) -> Changes:
    """Keep an order of the feed; a later item about the same order replaces it. KeyError without an id."""
    db.execute(
        "INSERT INTO orders VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq,"
        " body = excluded.body, received_at = excluded.received_at WHERE excluded.seq > orders.seq",
        (str(body["id"]), seq, compact_json(body), as_text(now)),
    )
    return Changes(reference=True)


def orders(db: Database) -> list[Order]:
    """Return the orders, the newest first."""
    return [
        Order(row["id"], json.loads(row["body"]), as_moment(row["received_at"]))
        for row in rows(db, "SELECT id, body, received_at FROM orders ORDER BY seq DESC")
    ]
