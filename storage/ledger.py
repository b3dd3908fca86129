"""The centre's ledger as far as this window has it: which households and persons have a case elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from registration.states import CaseState
from storage.json_text import compact_json
from storage.rows import rows

_FACTS = ("household_id", "type_code", "state", "receipt_number", "device_code")


def put(db: Database, fact: Mapping[str, Any]) -> None:
    """Store a `ledger` item of the feed: a case with its household and the keys of its persons.

    An item about a known case replaces what was known. KeyError or ValueError where it is malformed.
    """
    row = {"application_id": str(fact["application_id"]), **{name: str(fact[name]) for name in _FACTS}}
    CaseState(row["state"])
    if not row["application_id"]:
        raise ValueError("a case of the ledger without its id")
    db.execute("DELETE FROM ledger_people WHERE application_id = ?", (row["application_id"],))
    db.execute(
        "INSERT INTO ledger VALUES (:application_id, :household_id, :type_code, :state, :receipt_number,"
        " :device_code) ON CONFLICT (application_id) DO UPDATE SET household_id = excluded.household_id,"
        " type_code = excluded.type_code, state = excluded.state, receipt_number = excluded.receipt_number,"
        " device_code = excluded.device_code",
        row,
    )
    for person in dict.fromkeys(str(person) for person in fact.get("people", ())):
        db.execute("INSERT INTO ledger_people VALUES (?, ?)", (person, row["application_id"]))


def cases_of(
    db: Database, household_id: str, people: Sequence[str], states: Sequence[str], limit: int
) -> list[dict[str, Any]]:
    """Return at most `limit` ledger rows of a household or of any of these persons, in these states.

    Cases that this window has itself are left out. Each row has `same_household` and `same_person` as 0 or 1.
    """
    sql = (
        "WITH persons AS (SELECT DISTINCT application_id FROM ledger_people"
        "   WHERE person IN (SELECT value FROM json_each(:people))),"
        " found AS (SELECT application_id FROM ledger"
        "   WHERE household_id = :household AND household_id <> '' UNION SELECT application_id FROM persons)"
        " SELECT l.*, l.household_id = :household AND l.household_id <> '' AS same_household,"
        " l.application_id IN persons AS same_person,"
        " coalesce(h.building || ' ' || h.entrance || ' ' || h.room, '') AS place"
        " FROM found JOIN ledger l USING (application_id) LEFT JOIN households h ON h.id = l.household_id"
        " WHERE l.state IN (SELECT value FROM json_each(:states))"
        " AND NOT EXISTS (SELECT 1 FROM applications a WHERE a.id = l.application_id)"
        " ORDER BY same_household DESC, l.receipt_number DESC LIMIT :limit"
    )
    params = {
        "household": household_id,
        "people": compact_json(list(people)),
        "states": compact_json(list(states)),
        "limit": limit,
    }
    return list(rows(db, sql, params))
