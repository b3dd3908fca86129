"""A pack goes to a few windows first: to listed compounds or to a share of the devices, then to everyone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from server.errors import RefusedError
from server.store import audit, feed, reference, schema
from server.store.schema_people import pack_rollouts

EVERYBODY = 100


def publish(
    connection: Connection,
    now: datetime,
    pack: Mapping[str, Any],
    *,
    sites: Sequence[str] = (),
    share: int = EVERYBODY,
    actor: str,
) -> bool:
    """Publish a version to every window, or as a pilot to these compounds or `share` per cent of devices.

    With compounds named, a share of 100 means those compounds alone. False where the version is known.
    Raises RefusedError pack_malformed, unknown_site, share_wrong.
    """
    if not 0 <= share <= EVERYBODY or (share == 0 and not sites):
        raise RefusedError(400, "share_wrong")
    if set(sites) - set(reference.compounds(connection, sites)):
        raise RefusedError(404, "unknown_site")
    if not sites and share == EVERYBODY:
        new = reference.add_pack(connection, now, pack)
    else:
        share = 0 if share == EVERYBODY else share
        new = reference.keep_pack(connection, now, pack)
        if new:
            _begin(connection, now, pack, sites, share)
    if new:
        details = {"version": pack["version"], "sites": list(sites), "share": share}
        audit.append(connection, now, actor, "pack_published", pack["name"], details)
    return new


def complete(connection: Connection, now: datetime, name: str, version: str, *, actor: str) -> bool:
    """Give a pilot to every window; False where every window has it. Raises RefusedError unknown_pack."""
    table, packs = pack_rollouts, schema.packs.c
    body = connection.execute(select(packs.body).where(packs.name == name, packs.version == version)).scalar()
    if body is None:
        raise RefusedError(404, "unknown_pack")
    done = connection.execute(
        update(table)
        .where(table.c.name == name, table.c.version == version, table.c.completed_at.is_(None))
        .values(completed_at=now)
    ).rowcount
    if not done:
        return False
    feed.append(connection, now, "pack", reference.pack_item(body))
    audit.append(connection, now, actor, "pack_rolled_out", name, {"version": version})
    return True


def listing(connection: Connection) -> list[dict[str, Any]]:
    """Return every version of every pack, newest first within a name, with how far it is rolled out."""
    rows = connection.execute(
        text(
            "SELECT p.name, p.version, p.source, p.effective_from, p.added_at, r.sites, r.share, "
            "r.name IS NOT NULL AND r.completed_at IS NULL AS pilot "
            "FROM packs p LEFT JOIN pack_rollouts r ON r.name = p.name AND r.version = p.version "
            "ORDER BY p.name, p.added_at DESC"
        )
    )
    return [dict(row._mapping) for row in rows]


def is_chosen(device_id: str, name: str, version: str, share: int) -> bool:
    """Say whether a device is among `share` per cent: the same for a version, others for the next."""
    drawn = hashlib.sha256(f"{name}\0{version}\0{device_id}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") * EVERYBODY < share << 64


def _begin(
    connection: Connection, now: datetime, pack: Mapping[str, Any], sites: Sequence[str], share: int
) -> None:
    name, version = pack["name"], pack["version"]
    connection.execute(
        insert(pack_rollouts).values(
            name=name, version=version, sites=list(sites), share=share, begun_at=now, completed_at=None
        )
    )
    audiences = [feed.site(compound) for compound in dict.fromkeys(sites)]
    devices = schema.devices.c
    active = connection.execute(select(devices.id).where(devices.status == "active")).scalars()
    audiences += [feed.device(device) for device in active if is_chosen(device, name, version, share)]
    for audience in audiences:
        feed.append(connection, now, "pack", reference.pack_item(pack), audience)
