"""A ledger's sheet as it is taken in: one batch in one transaction, few facts, taken back the same way."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Topic
from registration.handover_places import Places
from registration.handover_sheet import Sheet
from registration.ledger_sheet import Key, LedgerLine, LedgerReport, parts_of, read_ledger
from registration.obstacles import LISTED, UNLISTED, obstruction_to_json
from registration.packs import PackSet
from registration.property_unit import Household
from registration.rights import Act
from storage import audit, facts, packs, reference
from storage.rights import needs
from storage.rows import as_moment, one, rows
from storage.values import Who

_TAKEN, _TAKEN_BACK = "ledger_batch_taken", "ledger_batch_taken_back"


@dataclass(frozen=True)
class LedgerBatch:
    """A sheet that was taken in on this laptop: how many obstacles, when, and whether it was taken back."""

    id: str
    at: datetime
    operator_name: str
    count: int
    taken_back: bool = False


def judge(db: Database, sheet: Sheet) -> tuple[LedgerReport, PackSet]:
    """Judge a sheet against compounds, households and ledger as they stand; nothing is stored. Slow."""
    known = packs.pack_set(db)
    report = read_ledger(sheet, reference.compounds(db), partial(_homes, db), _standing(db), known)
    return report, known


@needs(Act.LEDGER)
def take_in(
    db: Database,
    who: Who,
    now: datetime,
    entries: Sequence[LedgerLine],
    *,
    batch_id: str,
    new_id: Callable[[], str],
    progress: Callable[[int], None],
    stopped: Callable[[], bool],
) -> tuple[Changes, LedgerBatch]:
    """Write down all obstacles of a sheet, or none: one transaction, one `listed` fact for each part.

    `progress` is told on this thread how many are written, `stopped` asked after each part.
    InputError ledger_sheet_overtaken where the ledger or the households changed since the sheet was judged,
    ledger_import_stopped where somebody stopped it. ValueError without entries.
    """
    if not entries:
        raise ValueError("a batch without an entry")
    overtaken = len(_standing(db) & {entry.key for entry in entries}) + _gone(db, entries)
    if overtaken:
        raise InputError("ledger_sheet_overtaken", count=str(overtaken))
    changes, written = Changes(), 0
    for number, (compound_id, part) in enumerate(parts_of(entries)):
        listed = [{"obstacle_id": new_id(), **obstruction_to_json(what)} for what in part]
        body = {"batch": batch_id, "rows": listed}
        subject = f"{batch_id}.{number:04d}"  # its own, so that a part is folded once and not with all others
        changes |= facts.note(
            db, who, now, fact_id=new_id(), topic=Topic.LEDGER, subject=subject, verb=LISTED,
            compound_id=compound_id, body=body,
        )[0]  # fmt: skip
        written += len(part)
        progress(written)
        if stopped():
            raise InputError("ledger_import_stopped")
    audit.append(db, who, now, _TAKEN, batch_id, {"lines": written})
    return changes, LedgerBatch(batch_id, now, who.operator_name, written)


@needs(Act.LEDGER)
def take_back(
    db: Database,
    who: Who,
    now: datetime,
    batch_id: str,
    *,
    new_id: Callable[[], str],
    progress: Callable[[int], None],
) -> Changes:
    """Take a batch back, in one transaction; an obstacle that somebody has worked on stays as it is.

    KeyError for an unknown batch; once is enough: a second time changes nothing.
    """
    parts = rows(
        db,
        "SELECT subject, compound_id, json_array_length(body, '$.rows') AS n FROM facts f"
        " WHERE topic = ? AND subject >= ? AND subject < ? AND verb = ? AND NOT EXISTS"
        " (SELECT 1 FROM facts u WHERE u.topic = f.topic AND u.subject = f.subject AND u.verb = ?)"
        " ORDER BY subject",
        (Topic.LEDGER.value, f"{batch_id}.", f"{batch_id}/", LISTED, UNLISTED),
    )
    if one(db, "SELECT 1 FROM audit WHERE action = ? AND subject = ?", (_TAKEN, batch_id)) is None:
        raise KeyError(batch_id)
    changes, done = Changes(), 0
    for part in list(parts):
        changes |= facts.note(
            db, who, now, fact_id=new_id(), topic=Topic.LEDGER, subject=part["subject"], verb=UNLISTED,
            compound_id=part["compound_id"], body={"batch": batch_id},
        )[0]  # fmt: skip
        done += int(part["n"])
        progress(done)
    if done:
        audit.append(db, who, now, _TAKEN_BACK, batch_id, {"lines": done})
    return changes


def latest(db: Database) -> LedgerBatch | None:
    """Return the batch that was taken in last on this laptop, or None."""
    row = one(
        db,
        "SELECT a.at, a.operator_name, a.subject, a.details, EXISTS (SELECT 1 FROM audit u WHERE u.action = ?"
        " AND u.subject = a.subject) AS undone FROM audit a WHERE a.action = ? ORDER BY a.seq DESC LIMIT 1",
        (_TAKEN_BACK, _TAKEN),
    )
    if row is None:
        return None
    count = int(json.loads(row["details"])["lines"])
    return LedgerBatch(row["subject"], as_moment(row["at"]), row["operator_name"], count, bool(row["undone"]))


def _homes(db: Database, compound_id: str) -> Places:
    sql = "SELECT id, building, entrance, room FROM households WHERE compound_id = ?"
    return Places(
        Household(row["id"], compound_id, row["building"], row["entrance"], 0, row["room"], "", "", "")
        for row in rows(db, sql, (compound_id,))
    )


def _standing(db: Database) -> set[Key]:
    sql = "SELECT compound_id, household_id, category FROM obstacles WHERE state = 'open'"
    return {(row["compound_id"], row["household_id"], row["category"]) for row in rows(db, sql)}


def _gone(db: Database, entries: Sequence[LedgerLine]) -> int:
    """Return how many places of a sheet are not there any more."""
    gone = 0
    for compound_id in {entry.compound_id for entry in entries}:
        sql = "SELECT id FROM households WHERE compound_id = ?"
        known = {row["id"] for row in rows(db, sql, (compound_id,))}
        there = one(db, "SELECT id FROM compounds WHERE id = ?", (compound_id,)) is not None
        named = {e.what.household_id for e in entries if e.compound_id == compound_id}
        gone += len(named - known - {""}) + (0 if there else 1)
    return gone
