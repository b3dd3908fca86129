"""Other names of compounds and households: former streets, names that people say, old house numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from storage.json_text import compact_json
from storage.rows import rows

_LONGEST = 60


def put(db: Database, fact: Mapping[str, Any]) -> None:
    """Store the other names in a `compound` item of the feed, of the compound and of its households.

    Names that an item does not give are left as they are; an empty list takes them away. The households are
    stored already. TypeError where names are no list of texts.
    """
    if "aliases" in fact:
        _replace(db, "compound", fact["id"], fact["aliases"])
    for unit in fact.get("households") or ():
        if "aliases" in unit:
            _replace(db, "household", unit["id"], unit["aliases"])


def of_compound(db: Database, compound_id: str) -> tuple[str, ...]:
    """Return a compound's other names."""
    sql = "SELECT alias FROM compound_aliases WHERE compound_id = ? ORDER BY alias"
    return tuple(row["alias"] for row in rows(db, sql, (compound_id,)))


def of_households(db: Database, compound_id: str) -> Mapping[str, tuple[str, ...]]:
    """Return the other names of a compound's households by household; those without are left out."""
    sql = (
        "SELECT a.household_id, json_group_array(a.alias) AS names FROM household_aliases a"
        " JOIN households h ON h.id = a.household_id WHERE h.compound_id = ? GROUP BY a.household_id"
    )
    found = rows(db, sql, (compound_id,))
    return {row["household_id"]: tuple(sorted(_texts(row["names"]))) for row in found}


def _replace(db: Database, whose: str, key: str, names: Sequence[str] | None) -> None:
    given = list(names or ())
    if isinstance(names, str) or not all(isinstance(name, str) for name in given):
        raise TypeError("other names are no list of texts")
    wanted = dict.fromkeys(name.strip()[:_LONGEST] for name in given if name.strip())
    if whose == "compound":
        delete, insert = (
            "DELETE FROM compound_aliases WHERE compound_id = ?",
            "INSERT INTO compound_aliases SELECT ?, value FROM json_each(?)",
        )
    else:
        delete, insert = (
            "DELETE FROM household_aliases WHERE household_id = ?",
            "INSERT INTO household_aliases SELECT ?, value FROM json_each(?)",
        )
    db.execute(delete, (key,))
    db.execute(insert, (key, compact_json(list(wanted))))


def _texts(array: str) -> list[str]:
    found: list[str] = json.loads(array)
    return found
