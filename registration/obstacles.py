"""The ledger (工作台账): what stops a household or a compound, whose task it is, and what proves its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from registration.errors import InputError
from registration.facts import Attachment, Fact, in_order
from registration.packs import CATEGORIES, DEPARTMENTS, PackSet

BLOCKED, LISTED, ASSIGNED, DUE_SET = "blocked", "listed", "assigned", "due_set"
NOTED, CLEARED, REOPENED = "noted", "cleared", "reopened"
_OWN = frozenset({BLOCKED, ASSIGNED, DUE_SET, NOTED, CLEARED, REOPENED})
UNLISTED = "unlisted"
"""A list is taken back: what nobody has worked on since is gone."""
MOST_ROWS = 100
"""Rows of one `listed` fact: its body stays far under the 64 kB that the centre takes."""


class ObstacleState(StrEnum):
    """Where an obstacle stands."""

    OPEN = "open"
    CLEARED = "cleared"


class EvidenceKind(StrEnum):
    """What an obstacle is cleared on."""

    DOCUMENT = "document"
    MINUTES = "minutes"
    PHOTO = "photo"


@dataclass(frozen=True)
class Evidence:
    """What proves an end: a document or minutes by title and number, a photo by its sealed file."""

    kind: EvidenceKind
    title: str = ""
    number: str = ""
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Obstruction:
    """What stops one household, or with `household_id` "" its whole compound, as it is first written down.

    `category` and `department` are codes of their packs, `due` an ISO date or "".
    """

    category: str
    department: str
    household_id: str = ""
    due: str = ""
    court_number: str = ""
    note: str = ""


@dataclass(frozen=True)
class LedgerEntry:
    """One obstacle as its facts make it; `at` is the last of them."""

    id: str
    compound_id: str
    what: Obstruction
    state: ObstacleState
    evidence: tuple[Evidence, ...]
    at: datetime


def check(given: Obstruction, packs: PackSet) -> None:
    """Raise InputError where an obstacle is not one that can be worked on.

    obstacle_category, obstacle_department for codes outside the packs, obstacle_court_number where a court
    leads and the number of its case is missing, date_malformed for a day that is none.
    """
    category = packs[CATEGORIES]["categories"].get(given.category)
    if category is None:
        raise InputError("obstacle_category", field="ledger.category", category=given.category)
    check_department(given.department, packs)
    if category["lead"] == "court" and not given.court_number.strip():
        raise InputError("obstacle_court_number", field="ledger.court_number")
    check_due(given.due)


def check_department(code: str, packs: PackSet) -> None:
    if code not in packs[DEPARTMENTS]["departments"]:
        raise InputError("obstacle_department", field="ledger.department", department=code)


def check_due(day: str) -> None:
    """Raise InputError date_malformed for what is neither "" nor an ISO date."""
    try:
        if day:
            date.fromisoformat(day)
    except ValueError:
        raise InputError("date_malformed", field="ledger.due", date=day) from None


def check_evidence(given: Evidence) -> None:
    """Raise InputError obstacle_evidence where nobody could look up later what is named.

    Source: 销号 takes the paper that shows it: a number, minutes, a photo; nobody's word alone.
    """
    named = bool(given.title.strip() and given.number.strip())
    if not (bool(given.files) if given.kind is EvidenceKind.PHOTO else named):
        raise InputError("obstacle_evidence", field="ledger.evidence")


def lead_of(category: str, packs: PackSet) -> str:
    """Return the department that leads in a category, "" for an unknown one."""
    return str(packs[CATEGORIES]["categories"].get(category, {}).get("lead", ""))


def stopped_types(category: str, packs: PackSet) -> tuple[str, ...]:
    """Return the codes of the registration types that a category can stop, each once."""
    blocks = packs[CATEGORIES]["categories"].get(category, {}).get("blocks", ())
    return tuple(dict.fromkeys(code for block in blocks for code in block["types"]))


def entry_of(obstacle_id: str, facts: Iterable[Fact], listed: Mapping[str, Any] | None) -> LedgerEntry | None:
    """Return an obstacle from its own facts and the row of the list that it came with; None for neither.

    `listed` is a row as `rows_of` yields it, or with "withdrawn" where its list was taken back. What a newer
    program says by other verbs is passed over.
    """
    known = [fact for fact in in_order(facts) if fact.verb in _OWN]
    if not known and (listed is None or listed.get("withdrawn")):
        return None
    body: dict[str, Any] = dict(listed or {})
    compound_id = str(body.get("compound_id", ""))
    at = datetime.fromisoformat(body["at"]) if body else known[-1].at
    state, evidence = ObstacleState.OPEN, list[Evidence]()
    for fact in known:
        compound_id, at = compound_id or fact.compound_id, max(at, fact.at)
        if fact.verb in (BLOCKED, ASSIGNED, DUE_SET):
            body.update(fact.body)
        if fact.verb == CLEARED and isinstance(found := fact.body.get("evidence"), Mapping):
            evidence.append(_evidence(found, fact.attachments))
        if fact.verb in (CLEARED, REOPENED):
            state = ObstacleState.CLEARED if fact.verb == CLEARED else ObstacleState.OPEN
    return LedgerEntry(obstacle_id, compound_id, obstruction_from(body), state, tuple(evidence), at)


def rows_of(fact: Fact) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield (obstacle id, row) of a `listed` fact; a row has the fact's compound and time."""
    rows = fact.body.get("rows") if fact.verb == LISTED else None
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, Mapping) and row.get("obstacle_id"):
            about = {"compound_id": fact.compound_id, "at": fact.at.isoformat()}
            yield str(row["obstacle_id"]), {**row, **about}


def obstruction_from(body: Mapping[str, Any]) -> Obstruction:
    """Read an obstacle from a fact's body or a listed row; what is missing is ""."""
    names = ("category", "department", "household_id", "due", "court_number", "note")
    return Obstruction(**{name: str(body.get(name) or "") for name in names})


def obstruction_to_json(what: Obstruction) -> dict[str, str]:
    """Inverse of `obstruction_from`."""
    return {
        "category": what.category,
        "department": what.department,
        "household_id": what.household_id,
        "due": what.due,
        "court_number": what.court_number.strip(),
        "note": what.note.strip(),
    }


def evidence_to_json(given: Evidence) -> dict[str, str]:
    """Return evidence as a fact's body has it; its files are the fact's attachments."""
    return {"kind": given.kind.value, "title": given.title.strip(), "number": given.number.strip()}


def _evidence(found: Mapping[str, Any], files: tuple[Attachment, ...]) -> Evidence:
    kind = str(found.get("kind", ""))
    known = EvidenceKind(kind) if kind in set(EvidenceKind) else EvidenceKind.DOCUMENT
    return Evidence(known, str(found.get("title", "")), str(found.get("number", "")), files)
