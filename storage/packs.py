"""Data packs as stored: what the centre sent, beside what is shipped, and what drafts are pinned to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from registration.application import Application, CaseState, application_from_json, application_to_json
from registration.changes import Changes
from registration.errors import InputError
from registration.pack_check import check_pack
from registration.packs import TYPES, Body, PackSet, shipped, version_key
from registration.rights import Act
from storage import audit
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import as_micros, as_text, one, rows
from storage.values import Who


def put(db: Database, now: datetime, fact: Mapping[str, Any]) -> bool:
    """Store a `pack` item of the feed; return whether it was new. A version once stored never changes.

    InputError pack_malformed where this program's rules would stumble over it: the one before stays.
    """
    body = {**fact["body"], **{key: str(fact[key]) for key in _ENVELOPE if key in fact}}
    check_pack(body)
    return _insert(db, now, body, shipped=False)


def pack_set(
    db: Database, versions: Mapping[str, str] | None = None, *, today: date | None = None
) -> PackSet:
    """Return all packs: of each the newest that is in force, or the version that `versions` names.

    In force is what has no later day of effect than `today`; where no day is given, every pack. A stored pack
    that this program cannot use is passed over.
    KeyError where a named version is neither stored nor shipped.
    """
    packs = shipped()
    for name, version in _newest(db, today).items():
        body = _stored(db, name, version)
        if body is not None:
            packs = packs.renewed_by(body)
    for name, version in (versions or {}).items():
        if packs.versions().get(name) != version:
            packs = packs.with_pack(pack(db, name, version))
    return packs


def pack(db: Database, name: str, version: str | None = None) -> Body:
    """Return one pack, of one version or the newest. KeyError where there is no such pack or version."""
    if version is None:
        return pack_set(db)[name]
    ours = shipped().bodies.get(name)
    if ours is not None and str(ours["version"]) == version:
        return ours
    body = _stored(db, name, version)
    if body is None:
        raise KeyError(f"no pack {name} {version}")
    return body


def pin(db: Database, now: datetime) -> Mapping[str, str]:
    """Keep the packs that an application is judged by as they are now, so that a draft reopens in them.

    Returns name -> version, as `Application.pack_versions`. `now` decides what is in force.
    """
    packs = pack_set(db, today=now.date())
    versions = packs.rule_versions()
    for name in versions:
        _insert(db, now, packs[name], shipped=True)
    return versions


def newer_versions(db: Database, application: Application, today: date) -> dict[str, tuple[str, str]]:
    """Return the packs that are newer than a draft: name -> (its own version, the one in force)."""
    now, began = pack_set(db, today=today).rule_versions(), application.pack_versions
    return {
        name: (began[name], version)
        for name, version in now.items()
        if name in began and version_key(began[name]) < version_key(version)
    }


@needs(Act.DRAFT)
def renew(db: Database, who: Who, now: datetime, application_id: str) -> tuple[Changes, Application]:
    """Judge a draft by the packs that are in force now instead of those that it began with; audited.

    InputError not_a_draft; type_gone where the newer pack does not know the draft's type any more; KeyError
    for an unknown application.
    """
    row = one(
        db,
        "SELECT a.seq, a.state, b.body FROM applications a JOIN application_bodies b ON b.application = a.seq"
        " WHERE a.id = ?",
        (application_id,),
    )
    if row is None:
        raise KeyError(application_id)
    if row["state"] != CaseState.DRAFT:
        raise InputError("not_a_draft")
    stored = json.loads(row["body"])
    before, versions = dict(stored["pack_versions"]), pin(db, now)
    application = application_from_json({**stored, "pack_versions": versions})
    types = pack(db, TYPES, versions[TYPES])["types"]
    if application.type_code not in types:
        raise InputError("type_gone", field="type.type")
    if before == versions:
        return Changes(), application
    db.execute(
        "UPDATE application_bodies SET body = ? WHERE application = ?",
        (compact_json(application_to_json(application)), row["seq"]),
    )
    entry = types[application.type_code]
    db.execute(
        "UPDATE applications SET type_zh = ?, type_en = ?, updated_at = ? WHERE seq = ?",
        (entry["zh"], entry["en"], as_micros(now), row["seq"]),
    )
    details = {n: [before.get(n, ""), v] for n, v in versions.items() if before.get(n) != v}
    audit.append(db, who, now, "draft_renewed", application_id, {"packs": details})
    return Changes(applications=frozenset({application_id})), application


_ENVELOPE = ("name", "version", "source", "effective_from")


def _newest(db: Database, today: date | None) -> dict[str, str]:
    """Return name -> version of the newest stored pack in force, of the names that this program knows."""
    found: dict[str, str] = {}
    sql = (
        "SELECT name, version FROM packs WHERE name IN (SELECT value FROM json_each(:names))"
        " AND (:today IS NULL OR effective_from <= :today)"
    )
    given = {"names": compact_json(sorted(shipped().bodies)), "today": today.isoformat() if today else None}
    for row in rows(db, sql, given):
        before = found.get(row["name"])
        if before is None or version_key(before) < version_key(row["version"]):
            found[row["name"]] = row["version"]
    return {
        name: version
        for name, version in found.items()
        if version_key(version) > version_key(str(shipped()[name]["version"]))
    }


def _stored(db: Database, name: str, version: str) -> Body | None:
    row = one(db, "SELECT body FROM packs WHERE name = ? AND version = ?", (name, version))
    return None if row is None else _usable(row["body"])


@lru_cache(maxsize=32)
def _usable(text: str) -> Body | None:
    """Read a stored pack; None for one that this program cannot use, as an older one may have stored it."""
    body: Body = json.loads(text)
    try:
        check_pack(body)
    except InputError:
        return None
    return body


def _insert(db: Database, now: datetime, body: Mapping[str, Any], *, shipped: bool) -> bool:
    before = db.execute("SELECT total_changes()").fetchone()[0]
    db.execute(
        "INSERT INTO packs (name, version, source, effective_from, body, received_at, shipped)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name, version) DO NOTHING",
        (
            body["name"],
            body["version"],
            body["source"],
            body["effective_from"],
            compact_json(body),
            as_text(now),
            int(shipped),
        ),
    )
    return bool(db.execute("SELECT total_changes()").fetchone()[0] != before)
