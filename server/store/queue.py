"""The desk's queue: cases by place and state, found by number or person, and others of the same home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from registration.application import CaseState
from server.store.schema import PEOPLE

_MOST_WORDS = 100
_UNIT = "coalesce(concat_ws(' ', h.building, nullif(h.entrance, ''), h.room), '') AS unit"
_COLUMNS = (
    "a.id, a.receipt_number, a.acceptance_number, a.state, a.revision, a.type_code, a.received_at, "
    f"a.whole_at, a.after_revocation, c.name AS compound, c.division, d.code AS device, {_UNIT}"
)
_TABLES = (
    "applications a JOIN compounds c ON c.id = a.compound_id "
    "LEFT JOIN households h ON h.id = a.household_id JOIN devices d ON d.id = a.device_id"
)


@dataclass(frozen=True)
class Filter:
    """What a list shall hold, "" for any. `words`: a number, or a person's whole name or document number."""

    state: str = ""
    division: str = ""  # six digits
    compound: str = ""  # id
    words: str = ""


def rows(connection: Connection, wanted: Filter, *, limit: int, offset: int = 0) -> list[dict[str, Any]]:
    """Return cases, no names: those that wait for the desk oldest first, others newest first."""
    where, given = _where(wanted)
    order = "a.received_at, a.id" if wanted.state == CaseState.RECEIVED else "a.received_at DESC, a.id"
    query = f"SELECT {_COLUMNS} FROM {_TABLES} WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset"  # noqa: S608
    found = connection.execute(text(query), {**given, "limit": limit, "offset": offset})
    return [dict(row._mapping) for row in found]


def totals(connection: Connection, wanted: Filter) -> dict[str, int]:
    """Return how many cases there are by state, whatever state the filter names."""
    where, given = _where(Filter("", wanted.division, wanted.compound, wanted.words))
    query = (
        "SELECT a.state, count(*) FROM applications a JOIN compounds c ON c.id = a.compound_id "  # noqa: S608
        f"WHERE {where} GROUP BY a.state"
    )
    found = connection.execute(text(query), given)
    return {row[0]: int(row[1]) for row in found}


def places(connection: Connection) -> list[tuple[str, str, str]]:
    """Return (division, compound id, name) of every compound, by division and name."""
    found = connection.execute(text("SELECT division, id, name FROM compounds ORDER BY division, name, id"))
    return [(row.division, row.id, row.name) for row in found]


def concerning(connection: Connection, case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return other living cases of the same home, or of one of the same persons, wherever they were taken in.

    Each row says with `same_home` and `same_person` why it is here. `case` as `review.case` returns it.
    """
    numbers = [str(party["document_number"]) for party in case["facts"].get("parties", ())]
    anybody = " OR ".join(_person(f"person{at}") for at in range(len(numbers))) or "false"
    query = (
        f"WITH people AS (SELECT r.application_id FROM revisions r WHERE {anybody}) "  # noqa: S608 (own words)
        f"SELECT {_COLUMNS}, a.household_id = :home AS same_home, "
        f"a.id IN (SELECT application_id FROM people) AS same_person FROM {_TABLES} "
        "WHERE (a.household_id = :home OR a.id IN (SELECT application_id FROM people)) AND a.id <> :id "
        "AND a.state NOT IN ('withdrawn', 'rejected') ORDER BY a.received_at, a.id LIMIT 50"
    )
    given = {"home": case["household_id"], "id": case["id"]}
    found = connection.execute(
        text(query), {**given, **{f"person{at}": number for at, number in enumerate(numbers)}}
    )
    return [dict(row._mapping) for row in found]


def _person(name: str) -> str:
    """Return SQL that holds for revisions `r` with a person of this name or document number, a bound text."""
    return f"({PEOPLE.replace('facts', 'r.facts')}) @> jsonb_build_array(CAST(:{name} AS text))"


def _where(wanted: Filter) -> tuple[str, dict[str, Any]]:
    clauses: list[str] = []
    given: dict[str, Any] = {}
    for value, clause in (
        (wanted.state, "a.state = :state"),
        (wanted.division, "c.division = :division"),
        (wanted.compound, "a.compound_id = :compound"),
    ):
        if value:
            clauses.append(clause)
            given[clause.rpartition(":")[2]] = value
    if words := " ".join(wanted.words.replace("\0", "").split())[:_MOST_WORDS]:
        clauses.append(
            "a.id IN (SELECT application_id FROM receipt_numbers WHERE number = upper(:words) "  # noqa: S608
            "UNION SELECT id FROM applications WHERE acceptance_number = upper(:words) OR id = :words "
            "UNION SELECT id FROM applications WHERE certificate_number = :words "
            f"UNION SELECT r.application_id FROM revisions r WHERE {_person('words')})"
        )
        given["words"] = words
    return " AND ".join(clauses) or "true", given
