"""Reference data: compounds, building tables, data packs and checklists."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib import resources
from typing import Any

from sqlite_utils import Database

from registration.checklist import Checklist, checklist_from_pack
from registration.property_unit import Compound, Household, ProjectRegistration
from storage.json_text import compact_json
from storage.rows import as_text, one, rows
from storage.values import HouseholdCell

TYPES_PACK = "registration_types"


def compounds(db: Database) -> list[Compound]:
    """Return all compounds by name."""
    return [_compound(row) for row in rows(db, "SELECT * FROM compounds ORDER BY name, id")]


def compound(db: Database, compound_id: str) -> Compound | None:
    row = one(db, "SELECT * FROM compounds WHERE id = ?", (compound_id,))
    return None if row is None else _compound(row)


def buildings(db: Database, compound_id: str) -> list[str]:
    """Return the names of a compound's buildings, 2号楼 before 10号楼."""
    sql = "SELECT DISTINCT building FROM households WHERE compound_id = ?"
    return sorted((row["building"] for row in rows(db, sql, (compound_id,))), key=_natural)


def households(db: Database, compound_id: str, building: str | None = None) -> list[HouseholdCell]:
    """Return the cells of a building table, by building, floor from the top, entrance, room.

    A cell's state is that of the household's newest case that was not withdrawn.
    """
    sql = (
        "SELECT h.*, coalesce(a.state, '') AS state, coalesce(a.id, '') AS application_id FROM households h"
        " LEFT JOIN applications a ON a.seq = (SELECT max(x.seq) FROM applications x"
        "   WHERE x.household_id = h.id AND x.state <> 'withdrawn')"
        " WHERE h.compound_id = :compound AND (:building IS NULL OR h.building = :building)"
    )
    cells = [
        HouseholdCell(_household(row), row["state"], row["application_id"])
        for row in rows(db, sql, {"compound": compound_id, "building": building})
    ]
    return sorted(cells, key=_place)


def household(db: Database, household_id: str) -> Household | None:
    row = one(db, "SELECT * FROM households WHERE id = ?", (household_id,))
    return None if row is None else _household(row)


def put_compound(db: Database, fact: Mapping[str, Any]) -> None:
    """Store a `compound` item of the feed with its households.

    Households that are not in it any more go, except those that a case refers to.
    """
    db.execute(
        "INSERT INTO compounds VALUES (:id, :name, :division, :address, :developer, :project_registration,"
        " :categories, :archetype, :arrears_separation) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " division = excluded.division, address = excluded.address, developer = excluded.developer,"
        " project_registration = excluded.project_registration, categories = excluded.categories,"
        " archetype = excluded.archetype, arrears_separation = excluded.arrears_separation",
        {
            "id": fact["id"],
            "name": fact["name"],
            "division": fact["division"],
            "address": fact.get("address", ""),
            "developer": fact.get("developer", ""),
            "project_registration": fact["project_registration"],
            "categories": compact_json(list(fact.get("categories", ()))),
            "archetype": fact.get("archetype", ""),
            "arrears_separation": int(fact.get("arrears_separation", False)),
        },
    )
    given = fact.get("households")
    if given is None:
        return
    ids = compact_json([unit["id"] for unit in given])
    db.execute(
        "DELETE FROM households WHERE compound_id = ? AND id NOT IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM applications a WHERE a.household_id = households.id)",
        (fact["id"], ids),
    )
    for unit in given:
        db.execute(
            "INSERT INTO households VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " compound_id = excluded.compound_id, building = excluded.building, entrance = excluded.entrance,"
            " floor = excluded.floor, room = excluded.room, unit_code = excluded.unit_code,"
            " area = excluded.area, address = excluded.address",
            (
                unit["id"],
                fact["id"],
                unit["building"],
                unit.get("entrance", ""),
                int(unit["floor"]),
                unit["room"],
                unit.get("unit_code", ""),
                str(unit.get("area", "")),
                unit.get("address", ""),
            ),
        )


def pack(db: Database, name: str, version: str | None = None) -> dict[str, Any]:
    """Return a data pack: the given version, or the newest that the centre sent, or the shipped one.

    KeyError where there is no such pack or version.
    """
    row = one(
        db,
        "SELECT body FROM packs WHERE name = :name AND CASE WHEN :version IS NULL THEN NOT shipped"
        " ELSE version = :version END ORDER BY seq DESC LIMIT 1",
        {"name": name, "version": version},
    )
    if row is not None:
        body: dict[str, Any] = json.loads(row["body"])
        return body
    shipped = _shipped(name)
    if shipped is None or version not in (None, str(shipped["version"])):
        raise KeyError(f"no pack {name} {version or ''}".strip())
    return shipped


def put_pack(db: Database, now: datetime, fact: Mapping[str, Any]) -> bool:
    """Store a `pack` item of the feed; return whether it was new. A version once stored never changes."""
    return _insert_pack(db, now, fact, shipped=False)


def pin_pack(db: Database, now: datetime, name: str) -> str:
    """Keep the pack that is current now, so that a draft reopens in it; return its version."""
    current = pack(db, name)
    _insert_pack(db, now, {**current, "name": name, "body": current}, shipped=True)
    return str(current["version"])


def checklist(db: Database, type_code: str, version: str | None = None) -> Checklist:
    """Return a registration type's checklist, of one version or the newest. KeyError for an unknown type."""
    return checklist_from_pack(pack(db, TYPES_PACK, version), type_code)


def _insert_pack(db: Database, now: datetime, fact: Mapping[str, Any], *, shipped: bool) -> bool:
    before = db.execute("SELECT total_changes()").fetchone()[0]
    body = {**fact["body"], "name": fact["name"], "version": fact["version"]}
    db.execute(
        "INSERT INTO packs (name, version, source, effective_from, body, received_at, shipped)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name, version) DO NOTHING",
        (
            fact["name"],
            str(fact["version"]),
            fact.get("source", ""),
            str(fact.get("effective_from", "")),
            compact_json(body),
            as_text(now),
            int(shipped),
        ),
    )
    return bool(db.execute("SELECT total_changes()").fetchone()[0] != before)


@lru_cache(maxsize=16)
def _shipped(name: str) -> dict[str, Any] | None:
    if not name.isidentifier():
        return None
    file = resources.files("registration.reference").joinpath(f"{name}.json")
    if not file.is_file():
        return None
    body: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return body


def _compound(row: Mapping[str, Any]) -> Compound:
    return Compound(
        id=row["id"],
        name=row["name"],
        division=row["division"],
        address=row["address"],
        developer=row["developer"],
        project_registration=ProjectRegistration(row["project_registration"]),
        categories=tuple(json.loads(row["categories"])),
        archetype=row["archetype"],
        arrears_separation=bool(row["arrears_separation"]),
    )


def _household(row: Mapping[str, Any]) -> Household:
    return Household(
        id=row["id"],
        compound_id=row["compound_id"],
        building=row["building"],
        entrance=row["entrance"],
        floor=row["floor"],
        room=row["room"],
        unit_code=row["unit_code"],
        area=row["area"],
        address=row["address"],
    )


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    parts: list[tuple[int, int, str]] = []
    digits = ""
    for character in [*text, ""]:
        if character.isdecimal():
            digits += character
            continue
        if digits:
            parts.append((0, int(digits), ""))
            digits = ""
        if character:
            parts.append((1, 0, character))
    return tuple(parts)


def _place(cell: HouseholdCell) -> tuple[Any, ...]:
    unit = cell.household
    return (_natural(unit.building), -unit.floor, _natural(unit.entrance), _natural(unit.room))
