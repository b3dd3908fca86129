"""The ledger as stored: obstacles of households and compounds, their owners, their days and their ends."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.evidence import Evidence, check_evidence, evidence_to_json
from registration.facts import Attachment, Fact, Topic
from registration.obstacles import (
    ASSIGNED,
    BLOCKED,
    CLEARED,
    DUE_SET,
    LISTED,
    MOST_ROWS,
    NOTED,
    REOPENED,
    UNLISTED,
    LedgerEntry,
    ObstacleState,
    Obstruction,
    check,
    check_department,
    check_due,
    entry_of,
    obstruction_to_json,
    rows_of,
)
from registration.rights import Act
from storage import audit, facts, packs
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import as_text, one, rows, scalar
from storage.values import Who

_LINES = (
    "SELECT o.*, coalesce(c.name, '') AS compound, coalesce(h.building, '') AS building,"
    " coalesce(h.entrance, '') AS entrance, coalesce(h.room, '') AS room FROM obstacles o"
    " LEFT JOIN compounds c ON c.id = o.compound_id LEFT JOIN households h ON h.id = o.household_id"
)


@dataclass(frozen=True)
class Wanted:
    """What the ledger shows; "" and None mean all. `text` is looked for in place, note and case number.

    `department` has the obstacle as its task, or an open track of it.
    """

    text: str = ""
    compound_id: str = ""
    department: str = ""
    category: str = ""
    state: ObstacleState | None = ObstacleState.OPEN
    overdue: bool = False


@dataclass(frozen=True)
class LedgerRow:
    """One line of the ledger; `place` is the household without its compound, "" for the compound itself.

    `soonest` is the earliest ISO day of its own and of its open tracks, "" for none.
    """

    id: str
    compound_id: str
    compound: str
    place: str
    what: Obstruction
    state: ObstacleState
    evidence: int
    soonest: str = ""
    tracks: int = 0
    tracks_open: int = 0


@needs(Act.LEDGER)
def block(
    db: Database,
    who: Who,
    now: datetime,
    *,
    fact_id: str,
    obstacle_id: str,
    compound_id: str,
    what: Obstruction,
) -> Changes:
    """Write down what stops a household or, without one, its compound.

    InputError as `registration.obstacles.check`; KeyError for a household that the compound does not have.
    """
    check(what, packs.pack_set(db))
    _place(db, compound_id, what.household_id)
    return note(db, who, now, fact_id, obstacle_id, BLOCKED, compound_id, obstruction_to_json(what))


@needs(Act.LEDGER)
def block_many(
    db: Database,
    who: Who,
    now: datetime,
    *,
    batch_id: str,
    fact_ids: Sequence[str],
    compound_id: str,
    given: Sequence[tuple[str, Obstruction]],
) -> Changes:
    """Write many obstacles of one compound at once, each (id, what): all of them or none.

    One fact holds up to MOST_ROWS; `fact_ids` has one for each such part. InputError and KeyError as `block`.
    """
    known, changes = packs.pack_set(db), Changes()
    parts = [given[at : at + MOST_ROWS] for at in range(0, len(given), MOST_ROWS)]
    for what in {what.household_id: what for _, what in given}.values():
        _place(db, compound_id, what.household_id)
    for what in {(w.category, w.department, w.due, w.court_number): w for _, w in given}.values():
        check(what, known)
    for fact_id, part in zip(fact_ids, parts, strict=True):
        listed = [{"obstacle_id": key, **obstruction_to_json(what)} for key, what in part]
        changes |= note(db, who, now, fact_id, batch_id, LISTED, compound_id, {"rows": listed})
    return changes


@needs(Act.LEDGER)
def assign(
    db: Database, who: Who, now: datetime, *, fact_id: str, obstacle_id: str, department: str, due: str
) -> Changes:
    """Give an open obstacle to a department until a day, an ISO date or "".

    InputError obstacle_department, date_malformed, obstacle_cleared where it is over already.
    """
    check_department(department, packs.pack_set(db))
    check_due(due)
    known = open_entry(db, obstacle_id)
    verb = ASSIGNED if department != known.what.department else DUE_SET
    body = {**about(known), "department": department, "due": due}
    return note(db, who, now, fact_id, obstacle_id, verb, known.compound_id, body)


@needs(Act.LEDGER)
def remark(db: Database, who: Who, now: datetime, *, fact_id: str, obstacle_id: str, words: str) -> Changes:
    """Add a note to an obstacle's history. InputError obstacle_note for no words."""
    if not words.strip():
        raise InputError("obstacle_note", field="ledger.note")
    known = known_entry(db, obstacle_id)
    body = {**about(known), "words": words.strip()}
    return note(db, who, now, fact_id, obstacle_id, NOTED, known.compound_id, body)


@needs(Act.LEDGER)
def clear(
    db: Database, who: Who, now: datetime, *, fact_id: str, obstacle_id: str, evidence: Evidence
) -> Changes:
    """End an obstacle (销号) on evidence; the files of it are sealed already.

    InputError obstacle_evidence where it proves nothing, obstacle_tracks while a department's track is open,
    obstacle_cleared where it is over already.
    """
    check_evidence(evidence)
    known = open_entry(db, obstacle_id)
    if known.open_tracks:
        raise InputError("obstacle_tracks", count=str(len(known.open_tracks)))
    body = {**about(known), "evidence": evidence_to_json(evidence)}
    return note(db, who, now, fact_id, obstacle_id, CLEARED, known.compound_id, body, evidence.files)


@needs(Act.LEDGER)
def reopen(db: Database, who: Who, now: datetime, *, fact_id: str, obstacle_id: str, words: str) -> Changes:
    """Take an end back, with the reason. InputError obstacle_open, obstacle_note without a reason."""
    known = known_entry(db, obstacle_id)
    if known.state is ObstacleState.OPEN:
        raise InputError("obstacle_open")
    if not words.strip():
        raise InputError("obstacle_note", field="ledger.note")
    body = {**about(known), "words": words.strip()}
    return note(db, who, now, fact_id, obstacle_id, REOPENED, known.compound_id, body)


@needs(Act.LEDGER)
def note_export(db: Database, who: Who, now: datetime, *, department: str, lines: int) -> Changes:
    """Put into the audit log that a list of obstacles leaves as a file; `department` "" for all of them."""
    audit.append(db, who, now, "ledger_exported", department or "ledger", {"lines": lines})
    return Changes()


def homes(db: Database, compound_id: str, words: str, limit: int = 500) -> list[str]:
    """Return the households of a compound whose building, entrance or room holds all of these words."""
    parts, given = ["compound_id = :compound"], dict[str, Any](compound=compound_id, limit=limit)
    for number, word in enumerate(words.split()):
        parts.append(f"instr('-' || building || '-' || entrance || '-' || room || '-', :word{number}) > 0")
        given[f"word{number}"] = word
    where = " AND ".join(parts)
    sql = f"SELECT id FROM households WHERE {where} ORDER BY building, entrance, room LIMIT :limit"  # noqa: S608
    return [row["id"] for row in rows(db, sql, given)]


def count(db: Database, wanted: Wanted, today: date) -> int:
    where, given = where_of(wanted, today)
    return int(scalar(db, f"SELECT count(*) FROM obstacles o {joins_of(wanted)} WHERE {where}", given))  # noqa: S608


def listed(db: Database, wanted: Wanted, today: date, *, limit: int, offset: int = 0) -> list[LedgerRow]:
    """Return lines of the ledger, open before cleared, the earliest day first, those without one last."""
    where, given = where_of(wanted, today)
    order = "ORDER BY o.state DESC, (o.soonest = ''), o.soonest, o.id LIMIT :limit OFFSET :offset"
    sql = f"{_LINES} WHERE {where} {order}"
    return [_row(row) for row in rows(db, sql, {**given, "limit": limit, "offset": offset})]


def entry(db: Database, obstacle_id: str) -> tuple[LedgerEntry | None, list[Fact]]:
    """Return an obstacle and its own facts in order; (None, []) for an unknown one."""
    known = facts.of_subject(db, Topic.LEDGER, obstacle_id)
    text = scalar(db, "SELECT body FROM obstacle_rows WHERE obstacle_id = ?", (obstacle_id,))
    return entry_of(obstacle_id, known, json.loads(text) if text is not None else None), known


def fold(db: Database, subject: str, known: Sequence[Fact]) -> None:
    """Write the rows of an obstacle, or of all that a list brought, anew."""
    withdrawn = any(fact.verb == UNLISTED for fact in known)
    for fact in known:
        for obstacle_id, given in rows_of(fact):
            row = {**given, "withdrawn": True} if withdrawn else given
            if put_row(db, obstacle_id, row):
                _write(db, obstacle_id)
    if any(fact.verb not in (LISTED, UNLISTED) for fact in known):
        _write(db, subject)


def put_row(db: Database, obstacle_id: str, row: Mapping[str, Any]) -> bool:
    """Keep the row of a list that an obstacle came with; say whether it is another than was known."""
    found = db.execute(
        "INSERT INTO obstacle_rows VALUES (?, ?) ON CONFLICT (obstacle_id) DO UPDATE SET body = excluded.body"
        " WHERE body <> excluded.body",
        (obstacle_id, compact_json(row)),
    )
    return bool(found.rowcount)


def put_line(db: Database, found: LedgerEntry, batch: str = "") -> None:
    """Write an obstacle's line anew; while its `batch` is under way nobody sees it."""
    what = found.what
    db.execute(
        "INSERT OR REPLACE INTO obstacle_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            found.id,
            found.compound_id,
            what.household_id,
            what.category,
            what.department,
            what.due,
            what.court_number,
            what.note,
            found.state.value,
            len(found.evidence),
            as_text(found.at),
            found.soonest,
            len(found.tracks),
            len(found.open_tracks),
            batch,
        ),
    )


def _write(db: Database, obstacle_id: str) -> None:
    found, _ = entry(db, obstacle_id)
    db.execute("DELETE FROM obstacle_tracks WHERE obstacle_id = ?", (obstacle_id,))
    if found is None:
        db.execute("DELETE FROM obstacle_lines WHERE id = ?", (obstacle_id,))
        return
    put_line(db, found)
    for track in found.tracks:
        db.execute(
            "INSERT INTO obstacle_tracks VALUES (?, ?, ?, ?, ?)",
            (obstacle_id, track.id, track.department, track.due, int(track.done)),
        )


def joins_of(wanted: Wanted) -> str:
    """Return what `where_of` needs beside the obstacles `o`."""
    return "LEFT JOIN households h ON h.id = o.household_id" if wanted.text.strip() else ""


def where_of(wanted: Wanted, today: date) -> tuple[str, dict[str, Any]]:
    """Return a condition on obstacles `o`, and its parameters by name."""
    parts, given = ["1"], dict[str, Any]()
    for name in ("compound_id", "category"):
        if value := getattr(wanted, name):
            parts.append(f"o.{name} = :{name}")
            given[name] = value
    if wanted.department:
        tracked = "SELECT obstacle_id FROM obstacle_tracks WHERE department = :department AND done = 0"
        parts.append(f"(o.department = :department OR o.id IN ({tracked}))")
        given["department"] = wanted.department
    if wanted.state is not None:
        parts.append("o.state = :state")
        given["state"] = wanted.state.value
    if wanted.overdue:
        parts.append("o.state = 'open' AND o.soonest <> '' AND o.soonest < :today")
        given["today"] = today.isoformat()
    for number, word in enumerate(wanted.text.split()):
        name = f"word{number}"
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        given[name] = f"%{escaped}%"
        held = "coalesce(h.building || h.entrance || h.room, '') || ' ' || o.note || ' ' || o.court_number"
        parts.append(f"{held} LIKE :{name} ESCAPE '\\'")
    return " AND ".join(parts), given


def _row(row: Mapping[str, Any]) -> LedgerRow:
    names = ("category", "department", "household_id", "due", "court_number", "note")
    place = "-".join(filter(None, (row["building"], row["entrance"], row["room"])))
    return LedgerRow(
        row["id"],
        row["compound_id"],
        row["compound"],
        place,
        Obstruction(**{name: row[name] for name in names}),
        ObstacleState(row["state"]),
        row["evidence"],
        row["soonest"],
        row["tracks"],
        row["tracks_open"],
    )


def _place(db: Database, compound_id: str, household_id: str) -> None:
    if household_id:
        found = one(db, "SELECT compound_id FROM households WHERE id = ?", (household_id,))
        if found is None or found["compound_id"] != compound_id:
            raise KeyError(household_id)
    elif one(db, "SELECT id FROM compounds WHERE id = ?", (compound_id,)) is None:
        raise KeyError(compound_id)


def known_entry(db: Database, obstacle_id: str) -> LedgerEntry:
    """Return an obstacle; KeyError for an unknown one."""
    found = entry(db, obstacle_id)[0]
    if found is None:
        raise KeyError(obstacle_id)
    return found


def open_entry(db: Database, obstacle_id: str) -> LedgerEntry:
    """Return an obstacle that is open; KeyError for an unknown one, InputError obstacle_cleared."""
    found = known_entry(db, obstacle_id)
    if found.state is not ObstacleState.OPEN:
        raise InputError("obstacle_cleared")
    return found


def about(known: LedgerEntry) -> dict[str, str]:
    """Return what every fact of an obstacle says again, so that each stands for itself."""
    what = known.what
    return {"household_id": what.household_id, "category": what.category, "department": what.department}


@needs(Act.LEDGER)
def note(
    db: Database,
    who: Who,
    now: datetime,
    fact_id: str,
    subject: str,
    verb: str,
    compound_id: str,
    body: Mapping[str, Any],
    files: Sequence[Attachment] = (),
) -> Changes:
    """Write a fact of the ledger."""
    return facts.note(
        db,
        who,
        now,
        fact_id=fact_id,
        topic=Topic.LEDGER,
        subject=subject,
        verb=verb,
        compound_id=compound_id,
        body=body,
        attachments=files,
    )[0]
