"""Random tampering with an audit log by somebody who holds the open database: what is found, and what not.

`make tamper` runs 10,000; each acts on a copy in memory, so that nothing is left of it.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlcipher3 import dbapi2
from sqlite_utils import Database

from registration.audit_chain import FIELDS, PLACE, START, row_hash
from storage import audit
from storage.rows import one, rows

Tamper = Callable[[Database, int, random.Random], None]
_TABLES = ("device", "clock_offsets", "sessions", "audit", "audit_head", "audit_anchors")


def copy_of(db: Database) -> Database:
    """Return a copy of all that the log is judged by, in memory, without the triggers that guard it."""
    copy = Database(dbapi2.connect(":memory:", isolation_level=None))
    for table in _TABLES:
        kept = list(rows(db, f"SELECT * FROM {table}"))
        names = [row["name"] for row in rows(db, f"SELECT name FROM pragma_table_info('{table}')")]
        copy.execute(f"CREATE TABLE {table} ({', '.join(names)})")
        for row in kept:
            copy.execute(f"INSERT INTO {table} VALUES ({', '.join(':' + name for name in names)})", row)
    return copy


def length(db: Database) -> int:
    return audit.head(db).seq


def edit(db: Database, seq: int, rnd: random.Random) -> None:
    column = rnd.choice([name for name in (*FIELDS[1:], *PLACE, "hash") if name != "details"])
    db.execute(f"UPDATE audit SET {column} = coalesce({column}, '') || 'x' WHERE seq = ?", (seq,))


def edit_details(db: Database, seq: int, _: random.Random) -> None:
    db.execute("UPDATE audit SET details = '{\"n\":-1}' WHERE seq = ?", (seq,))


def forget_the_place(db: Database, seq: int, _: random.Random) -> None:
    """As if an older program had written the row."""
    db.execute(
        "UPDATE audit SET session_id = NULL, compound_id = NULL, machine_at = NULL WHERE seq = ?", (seq,)
    )


def delete(db: Database, seq: int, _: random.Random) -> None:
    db.execute("DELETE FROM audit WHERE seq = ?", (seq,))


def delete_and_close_the_gap(db: Database, seq: int, _: random.Random) -> None:
    db.execute("DELETE FROM audit WHERE seq = ?", (seq,))
    db.execute("UPDATE audit SET seq = seq - 1 WHERE seq > ?", (seq,))


def truncate(db: Database, seq: int, _: random.Random) -> None:
    db.execute("DELETE FROM audit WHERE seq >= ?", (seq,))


def swap(db: Database, seq: int, rnd: random.Random) -> None:
    other = rnd.choice([number for number in range(1, length(db) + 1) if number != seq])
    db.execute("UPDATE audit SET seq = ? - seq WHERE seq IN (?, ?)", (seq + other, seq, other))


def double(db: Database, seq: int, _: random.Random) -> None:
    columns = ", ".join((*FIELDS[1:], *PLACE, "hash"))
    db.execute("UPDATE audit SET seq = seq + 1 WHERE seq > ?", (seq,))
    db.execute(
        f"INSERT INTO audit (seq, {columns}) SELECT seq + 1, {columns} FROM audit WHERE seq = ?", (seq,)
    )


def append(db: Database, _: int, __: random.Random) -> None:
    """Add a row at the end that fits, without the head knowing of it."""
    end = audit.head(db)
    row = one(db, "SELECT * FROM audit WHERE seq = ?", (end.seq,))
    assert row is not None
    row |= {"seq": end.seq + 1, "previous": end.hash, "action": "forged"}
    row["hash"] = row_hash(row)
    _put(db, row)


def forge(db: Database, seq: int, _: random.Random) -> None:
    """Edit a row and give it the hash that fits."""
    row = one(db, "SELECT * FROM audit WHERE seq = ?", (seq,))
    assert row is not None
    row["action"] = "forged"
    db.execute("UPDATE audit SET action = ?, hash = ? WHERE seq = ?", (row["action"], row_hash(row), seq))


def forge_all_after(db: Database, seq: int, _: random.Random) -> None:
    """Edit a sworn row and make every later hash, and the head, fit."""
    _rewrite(db, _sworn(db, seq), lambda row: row | {"action": "forged"})


def leave_out_and_rewrite(db: Database, seq: int, rnd: random.Random) -> None:
    """Leave a sworn row out and make everything after it fit, head too."""
    seq = _sworn(db, seq)
    delete_and_close_the_gap(db, seq, rnd)
    _rewrite(db, seq, lambda row: row)


def truncate_with_the_head(db: Database, seq: int, _: random.Random) -> None:
    """Cut off sworn rows and set the head back to fit."""
    _cut(db, _sworn(db, seq))


def turn_an_oath(db: Database, seq: int, _: random.Random) -> None:
    """Cut off sworn rows, take the later oaths away and bend the first to the new head, without the key."""
    _cut(db, _sworn(db, seq))
    end = audit.head(db)
    db.execute("DELETE FROM audit_anchors WHERE seq > ? AND id > 1", (end.seq,))
    db.execute(
        "UPDATE audit_anchors SET seq = ?, hash = ?, statement = json_set(statement, '$.seq', ?, '$.hash', ?)"
        " WHERE by = 'device'",
        (end.seq, end.hash, end.seq, end.hash),
    )


KINDS: tuple[Tamper, ...] = (
    edit, edit_details, forget_the_place, delete, delete_and_close_the_gap, truncate, swap, double, append,
    forge, forge_all_after, leave_out_and_rewrite, truncate_with_the_head, turn_an_oath,
)  # fmt: skip


def tamper_once(db: Database, kind: Tamper, rnd: random.Random) -> audit.Verdict:
    """Tamper with the copy, examine it, and take the tampering back.

    Whoever cuts off the end with every oath about it leaves a log that stands by itself. What the centre held
    before, it misses then (as tests/server/test_centre_device_audit.py shows): code "missed_by_the_centre".
    """
    held = audit.head(db)
    db.execute("SAVEPOINT before")
    try:
        kind(db, rnd.randint(2, length(db)), rnd)
        verdict = audit.examine(db)
        if verdict.broken is None and audit.hash_at(db, held.seq) != held.hash:
            return audit.Verdict(verdict.rows, verdict.rows + 1, "missed_by_the_centre")
        return verdict
    finally:
        db.execute("ROLLBACK TO before")
        db.execute("RELEASE before")


def _sworn(db: Database, seq: int) -> int:
    last = one(db, "SELECT max(seq) AS seq FROM audit_anchors")
    assert last is not None
    return max(2, min(seq, int(last["seq"])))


def _cut(db: Database, seq: int) -> None:
    db.execute("DELETE FROM audit WHERE seq >= ?", (seq,))
    db.execute("UPDATE audit_head SET seq = ?, hash = ?", (seq - 1, audit.hash_at(db, seq - 1) or START))


def _rewrite(db: Database, start: int, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    previous, end = audit.hash_at(db, start - 1) or START, start - 1
    for kept in audit.rows_after(db, start - 1, 1_000_000):
        row = (change(kept) if kept["seq"] == start else kept) | {"previous": previous}
        row["hash"] = previous = row_hash(row)
        end = row["seq"]
        db.execute("DELETE FROM audit WHERE seq = ?", (end,))
        _put(db, row)
    db.execute("UPDATE audit_head SET seq = ?, hash = ?", (end, previous))


def _put(db: Database, row: dict[str, Any]) -> None:
    db.execute(
        f"INSERT INTO audit ({', '.join(row)}) VALUES ({', '.join(':' + name for name in row)})",
        row,
    )


def made_up(count: int) -> Database:
    """Return a log of `count` rows in memory, with an oath after every tenth."""
    from datetime import UTC, datetime, timedelta

    from storage.values import Who

    db = Database(dbapi2.connect(":memory:", isolation_level=None))
    db.executescript(
        "CREATE TABLE device (signing_key); CREATE TABLE clock_offsets (seq, offset);"
        " CREATE TABLE sessions (id, compound_id, closed_at); CREATE TABLE audit_head (seq, hash);"
        f" CREATE TABLE audit ({', '.join((*FIELDS, *PLACE, 'hash'))});"
        " CREATE TABLE audit_anchors (id INTEGER PRIMARY KEY, by, seq, hash, at, statement, signature);"
        f" INSERT INTO audit_head VALUES (0, '{START}'); INSERT INTO sessions VALUES ('s-1', 'c-1', NULL);"
        " INSERT INTO clock_offsets VALUES (1, 90.5);"
    )
    key = Ed25519PrivateKey.generate().private_bytes_raw()
    db.execute("INSERT INTO device VALUES (?)", (key,))
    who, now = Who("o-1", "王海燕", "A03"), datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
    for number in range(1, count + 1):
        action = "tested" if number % 10 else "acknowledged"
        audit.append(db, who, now + timedelta(seconds=number), action, f"case-{number}", {"n": number})
    return db


def main() -> int:
    """Tamper and report; 1 where anything was not found."""
    parser = argparse.ArgumentParser(prog="python -m tests.storage.tampering")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rnd, db = random.Random(given.seed), made_up(60)
    assert audit.examine(db) == audit.Verdict(60)
    made: Counter[str] = Counter()
    by_centre = 0
    for _ in range(given.count):
        kind = rnd.choice(KINDS)
        verdict = tamper_once(db, kind, rnd)
        by_centre += verdict.code == "missed_by_the_centre"
        if verdict.broken is None:
            print(f"not found: {kind.__name__}, seed {given.seed}")
            return 1
        made[kind.__name__] += 1
    for name, count in sorted(made.items()):
        print(f"{name:26} {count:6} found")
    print(f"{by_centre} of them only by what the centre holds")
    print(f"{given.count} of {given.count} found; the log itself stands: {audit.examine(db).broken is None}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
