"""Reference data: compounds with their files, building tables and checklists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from registration.checklist import Checklist, checklist_from_pack
from registration.compound_file import CompoundFile, file_from_json
from registration.packs import TYPES
from registration.property_unit import Compound, Household, ProjectRegistration
from registration.standing import standing
from storage import aliases, household_marks, packs
from storage.json_text import compact_json
from storage.rows import one, rows, scalar
from storage.values import HouseholdCell

TYPES_PACK = TYPES


def compounds(db: Database) -> list[Compound]:
    """Return all compounds by name."""
    return [_compound(row) for row in rows(db, "SELECT * FROM compounds ORDER BY name, id")]


def compound(db: Database, compound_id: str) -> Compound | None:
    row = one(db, "SELECT * FROM compounds WHERE id = ?", (compound_id,))
    return None if row is None else _compound(row)


def compound_file(db: Database, compound_id: str) -> CompoundFile:
    """Return what is known of a compound's project: its file from the centre, else what it says itself.

    KeyError for an unknown compound.
    """
    known = compound(db, compound_id)
    if known is None:
        raise KeyError(compound_id)
    text = scalar(db, "SELECT facts FROM compound_files WHERE compound_id = ?", (compound_id,))
    return file_from_json(known, json.loads(text) if text is not None else {})


def buildings(db: Database, compound_id: str) -> list[str]:
    """Return the names of a compound's buildings, 2号楼 before 10号楼."""
    sql = "SELECT DISTINCT building FROM households WHERE compound_id = ?"
    return sorted((row["building"] for row in rows(db, sql, (compound_id,))), key=_natural)


def households(db: Database, compound_id: str, building: str | None = None) -> list[HouseholdCell]:
    """Return the cells of a building table, by building, floor from the top, entrance, room.

    A cell's state is that of the household's newest case that was not withdrawn; where it stands is that
    with its survey, what is booked, and the obstacles of the ledger.
    """
    sql = (
        "SELECT h.*, coalesce(a.state, '') AS state, coalesce(a.id, '') AS application_id FROM households h"
        " LEFT JOIN applications a ON a.seq = (SELECT max(x.seq) FROM applications x"
        "   WHERE x.household_id = h.id AND x.state <> 'withdrawn')"
        " WHERE h.compound_id = :compound AND (:building IS NULL OR h.building = :building)"
    )
    names = aliases.of_households(db, compound_id)
    found = household_marks.of_compound(db, compound_id)
    known = compound(db, compound_id)
    missing = known is not None and known.project_registration is ProjectRegistration.MISSING
    cells = []
    for row in rows(db, sql, {"compound": compound_id, "building": building}):
        home, state = row["id"], row["state"]
        stopped = found.obstacles.get(home, ())
        survey, booked = found.surveys.get(home, ""), found.booked.get(home, "")
        stands = standing(
            state,
            survey,
            booked=bool(booked),
            in_hand=home in found.in_hand,
            blocked=bool(stopped),
            project_missing=missing,
        )
        cells.append(
            HouseholdCell(
                _household(row),
                state,
                row["application_id"],
                names.get(home, ()),
                stands,
                survey,
                booked,
                stopped,
            )
        )
    return sorted(cells, key=_place)


def household(db: Database, household_id: str) -> Household | None:
    row = one(db, "SELECT * FROM households WHERE id = ?", (household_id,))
    return None if row is None else _household(row)


def labels(db: Database, household_ids: Iterable[str]) -> dict[str, str]:
    """Return the short addresses of those of these households that are known."""
    sql = "SELECT * FROM households WHERE id IN (SELECT value FROM json_each(?))"
    found = rows(db, sql, (compact_json(list(household_ids)),))
    return {row["id"]: _household(row).label for row in found}


def put_compound(db: Database, fact: Mapping[str, Any]) -> None:
    """Store a `compound` item of the feed with its file and its households.

    Households that are not in it any more go, except those that a case refers to; an item without households,
    without a file or without the count of homes sold leaves what is stored.
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
    if "file" in fact:
        _put_file(db, fact["id"], fact["file"] or {})
    if isinstance(fact.get("sold"), int):
        db.execute(
            "INSERT INTO compound_counts VALUES (?, ?) ON CONFLICT (compound_id) DO UPDATE"
            " SET sold = excluded.sold",
            (fact["id"], max(fact["sold"], 0)),
        )
    given = fact.get("households")
    if given is None:
        aliases.put(db, fact)
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
    aliases.put(db, fact)


def _put_file(db: Database, compound_id: str, facts: Mapping[str, Any]) -> None:
    known = compound(db, compound_id)
    assert known is not None  # stored just before
    file_from_json(known, facts)  # TypeError or ValueError for facts that are not what they should be
    db.execute(
        "INSERT INTO compound_files VALUES (?, ?) ON CONFLICT (compound_id) DO UPDATE"
        " SET facts = excluded.facts",
        (compound_id, compact_json(facts)),
    )


def checklist(db: Database, type_code: str, version: str | None = None) -> Checklist:
    """Return a registration type's checklist, of one version or the newest. KeyError for an unknown type."""
    return checklist_from_pack(packs.pack(db, TYPES_PACK, version), type_code)


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
