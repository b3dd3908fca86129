"""The audit chain finds every edit, deletion, insertion, move and truncation."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from sqlite_utils import Database

from storage import audit
from tests.storage.evening import NOW, Evening

ROWS = 40


@pytest.fixture
def logged(evening: Evening) -> Evening:
    for number in range(ROWS - evening.sql("SELECT max(seq) FROM audit")[0][0]):
        evening.write(audit.append, evening.who, NOW, "tested", f"case-{number}", {"n": number})
    assert evening.read(audit.verify) is None
    # Someone with the key and without scruples: the triggers are gone.
    for (name,) in evening.sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
    ):
        evening.sql(f"DROP TRIGGER {name}")
    return evening


def edit(db: Database, seq: int, rnd: random.Random) -> None:
    column = rnd.choice(["at", "operator_id", "operator_name", "device_code", "action", "subject"])
    db.execute(f"UPDATE audit SET {column} = {column} || 'x' WHERE seq = ?", (seq,))


def edit_details(db: Database, seq: int, _: random.Random) -> None:
    db.execute("UPDATE audit SET details = '{\"n\":-1}' WHERE seq = ?", (seq,))


def delete(db: Database, seq: int, _: random.Random) -> None:
    db.execute("DELETE FROM audit WHERE seq = ?", (seq,))


def delete_and_close_the_gap(db: Database, seq: int, _: random.Random) -> None:
    db.execute("DELETE FROM audit WHERE seq = ?", (seq,))
    db.execute("UPDATE audit SET seq = -seq WHERE seq > ?", (seq,))
    db.execute("UPDATE audit SET seq = -seq - 1 WHERE seq < 0")


def truncate(db: Database, seq: int, _: random.Random) -> None:
    db.execute("DELETE FROM audit WHERE seq >= ?", (seq,))


def swap(db: Database, seq: int, _: random.Random) -> None:
    other = seq % ROWS + 1
    db.execute("UPDATE audit SET seq = -1 WHERE seq = ?", (seq,))
    db.execute("UPDATE audit SET seq = ? WHERE seq = ?", (seq, other))
    db.execute("UPDATE audit SET seq = ? WHERE seq = -1", (other,))


def forge(db: Database, seq: int, _: random.Random) -> None:
    """Edit a row and give it the hash that fits."""
    from storage.rows import one

    db.execute("UPDATE audit SET action = 'forged' WHERE seq = ?", (seq,))
    row = one(db, "SELECT * FROM audit WHERE seq = ?", (seq,))
    assert row is not None
    row.pop("hash")
    db.execute("UPDATE audit SET hash = ? WHERE seq = ?", (audit._hash(row), seq))


def append(db: Database, _: int, __: random.Random) -> None:
    db.execute(
        "INSERT INTO audit SELECT seq + 1, at, operator_id, operator_name, device_code, action, subject,"
        " details, hash, previous FROM audit WHERE seq = ?",
        (ROWS,),
    )


@pytest.mark.parametrize(
    "tamper", [edit, edit_details, delete, delete_and_close_the_gap, truncate, swap, forge, append]
)
def test_every_tampering_is_found(
    logged: Evening, tamper: Callable[[Database, int, random.Random], None]
) -> None:
    rnd = random.Random(7)
    for seq in rnd.sample(range(1, ROWS + 1), 12):

        class TakeBackError(Exception):
            pass

        def job(db: Database, seq: int = seq, undo: type[Exception] = TakeBackError) -> None:
            tamper(db, seq, rnd)
            found = audit.verify(db)
            assert found is not None, (tamper.__name__, seq)
            assert found <= ROWS + 1
            raise undo

        with pytest.raises(TakeBackError):
            logged.write(job)
    assert logged.read(audit.verify) is None


def test_audit_details_hold_no_personal_data(evening: Evening) -> None:
    evening.submitted()
    text = "\n".join(str(row) for row in evening.sql("SELECT action, subject, details FROM audit"))
    for private in ("张立群", "620102198503071231", "13893104567"):
        assert private not in text
