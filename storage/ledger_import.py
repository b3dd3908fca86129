"""A ledger's sheet as it is taken in: a batch that is seen whole or not at all, and taken back as one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError, JilaiError
from registration.facts import Fact, Topic
from registration.handover_places import Places
from registration.handover_sheet import Sheet
from registration.ledger_sheet import Key, LedgerLine, LedgerReport, parts_of, read_ledger
from registration.obstacles import LISTED, UNLISTED, obstruction_to_json
from registration.packs import PackSet
from registration.property_unit import Household
from registration.rights import Act
from storage import audit, ledger_batches, packs, reference
from storage.database import Store
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import as_moment, one, rows, scalar
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
    store: Store,
    who: Who,
    now: datetime,
    entries: Sequence[LedgerLine],
    *,
    batch_id: str,
    new_id: Callable[[], str],
    progress: Callable[[int], None],
    stopped: Callable[[], bool],
) -> LedgerBatch:
    """Write down all obstacles of a sheet, or none: by portions that nobody sees, then shown as one.

    Other writes go on between the portions. Their facts wait for `ledger_batches.tell_all`. Blocks, so not
    for the main or the store thread; `progress` is told how many are written, `stopped` asked after each.
    InputError ledger_sheet_overtaken where the ledger or the households changed since the sheet was judged,
    ledger_import_stopped where somebody stopped it. ValueError without entries.
    """
    if not entries:
        raise ValueError("a batch without an entry")
    overtaken, mark = store.read(lambda db: (_overtaken(db, entries), _mark(db)))
    if overtaken:
        raise InputError("ledger_sheet_overtaken", count=str(overtaken))
    parts = [
        _part(who, now, new_id(), f"{batch_id}.{number:04d}", LISTED, compound_id, {
            "batch": batch_id,
            "rows": [{"obstacle_id": new_id(), **obstruction_to_json(what)} for what in part],
        })
        for number, (compound_id, part) in enumerate(parts_of(entries))
    ]  # fmt: skip
    if not ledger_batches.write_whole(store, batch_id, parts, progress=progress, stopped=stopped):
        raise InputError("ledger_import_stopped")
    batch = LedgerBatch(batch_id, now, who.operator_name, len(entries))
    try:
        store.write(lambda db: keep(db, who, now, batch=batch, mark=mark)).result()
    except JilaiError:
        with suppress(JilaiError):  # what cannot go now goes with the next opening
            ledger_batches.drop(store, batch_id)
        raise
    return batch


@needs(Act.LEDGER)
def keep(db: Database, who: Who, now: datetime, *, batch: LedgerBatch, mark: int) -> Changes:
    """Show a batch that is written whole, unless another obstacle of its places was written down meanwhile.

    `mark` is how far the facts had come before. InputError ledger_sheet_overtaken.
    """
    doubled = _doubled(db, batch.id, mark)
    if doubled:
        raise InputError("ledger_sheet_overtaken", count=str(doubled))
    ledger_batches.reveal(db, batch.id)
    audit.append(db, who, now, _TAKEN, batch.id, {"lines": batch.count})
    return Changes(topics=frozenset({Topic.LEDGER.value}))


@needs(Act.LEDGER)
def take_back(db: Database, who: Who, now: datetime, batch_id: str, *, new_id: Callable[[], str]) -> Changes:
    """Take a batch back: it is hidden at once, and `ledger_batches.tell_all` says so to the centre.

    An obstacle that somebody has worked on stays as it is. KeyError for an unknown batch, or one whose facts
    are still being told; once is enough: a second time changes nothing.
    """
    taken = one(db, "SELECT details FROM audit WHERE action = ? AND subject = ?", (_TAKEN, batch_id))
    if taken is None or ledger_batches.is_under_way(db, batch_id):
        raise KeyError(batch_id)
    parts = rows(
        db,
        "SELECT subject, compound_id FROM facts f"
        " WHERE topic = ? AND subject >= ? AND subject < ? AND verb = ? AND NOT EXISTS"
        " (SELECT 1 FROM facts u WHERE u.topic = f.topic AND u.subject = f.subject AND u.verb = ?)"
        " ORDER BY subject",
        (Topic.LEDGER.value, f"{batch_id}.", f"{batch_id}/", LISTED, UNLISTED),
    )
    body = {"batch": batch_id}
    back = [
        _part(who, now, new_id(), part["subject"], UNLISTED, part["compound_id"], body)
        for part in list(parts)
    ]
    if not back:
        return Changes()
    ledger_batches.hide(db, batch_id, back)
    audit.append(db, who, now, _TAKEN_BACK, batch_id, {"lines": int(json.loads(taken["details"])["lines"])})
    return Changes(topics=frozenset({Topic.LEDGER.value}))


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


def _part(
    who: Who, now: datetime, fact_id: str, subject: str, verb: str, compound_id: str, body: dict[str, Any]
) -> Fact:
    """Return one part of a batch, with a subject of its own, so that it is folded once and not with all."""
    said = (who.device_code, who.operator_id, who.operator_name, body)
    return Fact(fact_id, Topic.LEDGER, subject, verb, compound_id, now, *said)


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


def _overtaken(db: Database, entries: Sequence[LedgerLine]) -> int:
    return len(_standing(db) & {entry.key for entry in entries}) + _gone(db, entries)


def _mark(db: Database) -> int:
    return int(scalar(db, "SELECT coalesce(max(rowid), 0) FROM facts"))


def _doubled(db: Database, batch_id: str, mark: int) -> int:
    """Return how many open obstacles that came after `mark` stand where the batch has one."""
    since = rows(
        db, "SELECT subject, body, verb FROM facts WHERE rowid > ? AND topic = ?", (mark, Topic.LEDGER)
    )
    ids = set[str]()
    for fact in since:
        ids.add(fact["subject"])
        if fact["verb"] == LISTED:
            ids |= {str(row.get("obstacle_id")) for row in json.loads(fact["body"]).get("rows", ())}
    sql = (
        "SELECT count(*) FROM json_each(?) j JOIN obstacles o ON o.id = j.value AND o.state = 'open'"
        " JOIN obstacle_lines l ON l.compound_id = o.compound_id AND l.state = 'open'"
        " AND l.household_id = o.household_id AND l.category = o.category AND l.batch = ?"
    )
    return int(scalar(db, sql, (compact_json(sorted(ids)), batch_id)))
