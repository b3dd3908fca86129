"""Sheets that come into the ledger or leave it by portions: unseen until whole, and no write waits long."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import JilaiError
from registration.facts import Fact, Topic, fact_from_json, fact_to_json
from registration.obstacles import entry_of, rows_of
from storage import facts, obstacles
from storage.database import Store
from storage.json_text import compact_json
from storage.rows import as_moment, as_text, one, rows

PORTION = 2
"""Parts (facts of up to 100 rows each) that one transaction writes."""

_live = set[str]()  # batches that this program is writing at the moment: what else is 'writing' was cut off


def write_whole(
    store: Store,
    batch_id: str,
    parts: Sequence[Fact],
    *,
    progress: Callable[[int], None],
    stopped: Callable[[], bool],
) -> bool:
    """Write the lines of a sheet by portions, hidden; return False, and leave nothing, where it was stopped.

    What is written is seen once `reveal` says so. Blocks, so not for the main or the store thread; whatever
    goes wrong, what was written is taken away again and the error goes on.
    """
    _live.add(batch_id)
    try:
        store.write(lambda db: _open(db, batch_id, "writing")).result()
        written = 0
        for at in range(0, len(parts), PORTION):
            portion = parts[at : at + PORTION]
            store.write(lambda db, at=at, portion=portion: _stage(db, batch_id, at, portion)).result()  # type: ignore[misc]
            written += sum(len(list(rows_of(part))) for part in portion)
            progress(written)
            if stopped():
                drop(store, batch_id)
                return False
    except BaseException:
        with suppress(JilaiError, RuntimeError):  # a full disk, a store that closes: the next opening does it
            drop(store, batch_id)
        raise
    finally:
        _live.discard(batch_id)
    return True


def reveal(db: Database, batch_id: str) -> None:
    """Show a batch that is written: from here on its obstacles are in the ledger, and its facts may leave."""
    db.execute("UPDATE ledger_batches SET state = 'telling' WHERE id = ?", (batch_id,))


def hide(db: Database, batch_id: str, parts: Iterable[Fact]) -> None:
    """Hide a batch whose parts are to be taken back by these `unlisted` facts."""
    _open(db, batch_id, "leaving")
    for number, fact in enumerate(parts):
        _put_part(db, batch_id, number, fact)


def tell_all(store: Store, clock: Callable[[], datetime]) -> None:
    """Hand the facts of batches that are whole, or leave, to the outbox by portions, until none is left.

    Blocks. Safe to run twice at once, and after a kill.
    """
    while store.write(lambda db: _tell(db, clock())).result()[1]:
        pass


def drop(store: Store, batch_id: str) -> None:
    """Take away what was written of a batch that nobody has seen, by portions. Blocks."""
    while store.write(lambda db: _drop(db, batch_id)).result():
        pass


def look_after(store: Store, clock: Callable[[], datetime]) -> None:
    """Take away what a kill cut off, and hand on what is whole; one read where there is neither. Blocks."""
    states = store.read(_states)
    for batch_id, state in states.items():
        if state == "writing" and batch_id not in _live:
            drop(store, batch_id)
    if set(states.values()) & {"telling", "leaving"}:
        tell_all(store, clock)


def is_under_way(db: Database, batch_id: str) -> bool:
    """Say whether a batch is still being written, told or taken back."""
    return one(db, "SELECT 1 FROM ledger_batches WHERE id = ?", (batch_id,)) is not None


def _states(db: Database) -> dict[str, str]:
    return {row["id"]: row["state"] for row in rows(db, "SELECT id, state FROM ledger_batches")}


def _open(db: Database, batch_id: str, state: str) -> None:
    db.execute("INSERT INTO ledger_batches VALUES (?, ?)", (batch_id, state))


def _put_part(db: Database, batch_id: str, number: int, fact: Fact) -> None:
    text = compact_json(fact_to_json(fact))
    db.execute("INSERT INTO ledger_parts VALUES (?, ?, ?)", (batch_id, number, text))


def _stage(db: Database, batch_id: str, first: int, portion: Sequence[Fact]) -> None:
    for number, fact in enumerate(portion, start=first):
        _put_part(db, batch_id, number, fact)
        as_stored = replace(fact, at=as_moment(as_text(fact.at)))  # so that its own fold finds nothing to do
        for obstacle_id, row in rows_of(as_stored):
            obstacles.put_row(db, obstacle_id, row)
            entry = entry_of(obstacle_id, (), row)
            if entry is not None:
                obstacles.put_line(db, entry, batch_id)


def _tell(db: Database, now: datetime) -> tuple[Changes, int]:
    """Hand a portion to the outbox; (what changed, how many parts). A batch that has none left is over."""
    sql = (
        "SELECT p.batch, p.number, p.fact FROM ledger_parts p JOIN ledger_batches b ON b.id = p.batch"
        " WHERE b.state IN ('telling', 'leaving') ORDER BY p.batch, p.number LIMIT ?"
    )
    portion = list(rows(db, sql, (PORTION,)))
    changes = Changes()
    for part in portion:
        changes |= facts.put(db, now, fact_from_json(json.loads(part["fact"])))
        db.execute("DELETE FROM ledger_parts WHERE batch = ? AND number = ?", (part["batch"], part["number"]))
    ended = db.execute(
        "DELETE FROM ledger_batches WHERE state IN ('telling', 'leaving')"
        " AND NOT EXISTS (SELECT 1 FROM ledger_parts p WHERE p.batch = ledger_batches.id)"
    )
    # the lines are as they were: screens hear once, at the end, and not with each portion
    topics = frozenset({Topic.LEDGER.value}) if ended.rowcount else frozenset[str]()
    return Changes(outbox=changes.outbox, topics=topics), len(portion)


def _drop(db: Database, batch_id: str) -> bool:
    sql = "SELECT number, fact FROM ledger_parts WHERE batch = ? ORDER BY number LIMIT ?"
    portion = list(rows(db, sql, (batch_id, PORTION)))
    for part in portion:
        for obstacle_id, _ in rows_of(fact_from_json(json.loads(part["fact"]))):
            db.execute("DELETE FROM obstacle_lines WHERE id = ?", (obstacle_id,))
            db.execute("DELETE FROM obstacle_rows WHERE obstacle_id = ?", (obstacle_id,))
        db.execute("DELETE FROM ledger_parts WHERE batch = ? AND number = ?", (batch_id, part["number"]))
    if not portion:
        db.execute("DELETE FROM ledger_batches WHERE id = ?", (batch_id,))
    return bool(portion)
