"""Data packs at the centre: every version is kept; a case is judged by those that it was taken in with."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select

from registration.errors import InputError
from registration.pack_check import check_pack
from registration.packs import RULE_PACKS, Body, PackSet, shipped, version_key
from server.store import schema
from server.store.reference import pilots

log = logging.getLogger("jilai.centre.packs")
Versions = frozenset[tuple[str, str]]


def versions_of(pack_versions: Mapping[str, str]) -> Versions:
    """Return the versions of rule packs that an application names; others do not judge it."""
    return frozenset((name, version) for name, version in pack_versions.items() if name in RULE_PACKS)


def pack_set(connection: Connection, versions: Versions, today: date) -> PackSet | None:
    """Return all packs, those named in these versions and the others as they are in force; None if unknown.

    A version that is still a pilot is in force only for those who name it.
    None means that the centre has never had one of the versions, or that this program cannot read it. A pack
    in force that it cannot read, left by a newer program for instance, is passed over.
    """
    packs = _in_force(connection, today)
    for name, version in sorted(versions):
        if packs.versions().get(name) == version:
            continue
        body = _body(connection, name, version)
        if body is None:
            return None
        packs = packs.with_pack(body)
    return packs


def _in_force(connection: Connection, today: date) -> PackSet:
    table = schema.packs.c
    known = connection.execute(
        select(table.name, table.version).where(
            table.name.in_(sorted(shipped().bodies)),
            table.effective_from <= today.isoformat(),
            ~pilots(table.name, table.version),
        )
    ).all()
    packs = shipped()
    for name, version in sorted(known, key=lambda row: version_key(row.version)):
        if version_key(version) > version_key(str(shipped()[name]["version"])):
            body = _body(connection, name, version)
            packs = packs if body is None else packs.renewed_by(body)
    return packs


def _body(connection: Connection, name: str, version: str) -> Body | None:
    ours = shipped().bodies.get(name)
    if ours is not None and str(ours["version"]) == version:
        return ours  # a version never changes, so what is shipped need not be read
    table = schema.packs.c
    body: Body | None = connection.execute(
        select(table.body).where(table.name == name, table.version == version)
    ).scalar()
    if body is None:
        return None
    try:
        check_pack(body)
    except InputError:
        log.error("pack unreadable", extra={"fields": {"name": name, "version": version}})
        return None
    return body
