"""The ledger (工作台账): what stops a household or a compound, whose task it is, and what proves its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from registration.errors import InputError
from registration.evidence import Evidence, evidence_from
from registration.facts import Fact, in_order
from registration.packs import CATEGORIES, DEPARTMENTS, PackSet
from registration.parallel_tracks import VERBS as TRACK_VERBS
from registration.parallel_tracks import ParallelTrack, soonest, tracks_from

BLOCKED, LISTED, ASSIGNED, DUE_SET = "blocked", "listed", "assigned", "due_set"
NOTED, CLEARED, REOPENED = "noted", "cleared", "reopened"
_OWN = frozenset({BLOCKED, ASSIGNED, DUE_SET, NOTED, CLEARED, REOPENED}) | TRACK_VERBS
UNLISTED = "unlisted"
"""A list is taken back: what nobody has worked on since is gone."""
MOST_ROWS = 100
"""Rows of one `listed` fact: its body stays far under the 64 kB that the centre takes."""


class ObstacleState(StrEnum):
    """Where an obstacle stands."""

    OPEN = "open"
    CLEARED = "cleared"


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
    """One obstacle as its facts make it; `at` is the last of them.

    It is over once its end was written down on evidence and no track is left: a track that another laptop set
    before it heard of the end keeps it open.
    """

    id: str
    compound_id: str
    what: Obstruction
    state: ObstacleState
    evidence: tuple[Evidence, ...]
    at: datetime
    tracks: tuple[ParallelTrack, ...] = ()

    @property
    def open_tracks(self) -> tuple[ParallelTrack, ...]:
        return tuple(track for track in self.tracks if not track.done)

    @property
    def soonest(self) -> str:
        """Return the earliest ISO day of its own and of its open tracks, "" for none."""
        return soonest(self.what.due, self.tracks)


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
            evidence.append(evidence_from(found, fact.attachments))
        if fact.verb in (CLEARED, REOPENED):
            state = ObstacleState.CLEARED if fact.verb == CLEARED else ObstacleState.OPEN
    tracks = tracks_from(known)
    if any(not track.done for track in tracks):
        state = ObstacleState.OPEN
    return LedgerEntry(obstacle_id, compound_id, obstruction_from(body), state, tuple(evidence), at, tracks)


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
