"""Imported sealed packages: known by their id, so that one counts once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.postgresql import insert as upsert

from server.errors import RefusedError
from server.store.devices import Device, find_caller
from server.store.schema_packages import sealed_packages


def maker(connection: Connection, now: datetime, device_id: str) -> Device:
    """Return the device that a package names, revoked ones too. Raises RefusedError package_unknown_maker."""
    caller = find_caller(connection, now, device_id, "")
    if caller is None:
        raise RefusedError(404, "package_unknown_maker")
    return caller.device


def note(
    connection: Connection,
    now: datetime,
    package_id: str,
    device_id: str,
    digest: str,
    parts: int,
    actor: str,
) -> bool:
    """Note an import in the caller's transaction; False where the same package was imported before.

    One import of a package at a time. Raises RefusedError package_id_reused where its bytes differ.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(2, hashtext(:id))"), {"id": package_id})
    connection.execute(
        upsert(sealed_packages)
        .values(id=package_id, device_id=device_id, digest=digest, parts=parts, imported_at=now, actor=actor)
        .on_conflict_do_nothing()
    )
    row = connection.execute(select(sealed_packages).where(sealed_packages.c.id == package_id)).one()
    if row.digest != digest or row.device_id != device_id:
        raise RefusedError(409, "package_id_reused")
    return bool(row.imported_at == now)
