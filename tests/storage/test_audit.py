"""The audit chain finds every edit, deletion, insertion, move and truncation; what it says of each row."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from registration.audit_chain import FIELDS, row_hash
from storage import audit, outbox
from storage.rows import rows
from tests.storage.evening import NOW, Evening, end_session
from tests.storage.tampering import KINDS, Tamper, copy_of, made_up, tamper_once


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_tampering_is_found(kind: Tamper) -> None:
    db, rnd = made_up(30), random.Random(7)
    assert audit.examine(db) == audit.Verdict(30)
    for _ in range(40):
        verdict = tamper_once(db, kind, rnd)
        assert verdict.broken is not None and verdict.code
        assert verdict.broken <= 32
    assert audit.examine(db) == audit.Verdict(30)


def test_a_real_evening_is_tampered_with_in_vain(evening: Evening) -> None:
    evening.submitted()
    end_session(evening)
    db, rnd = evening.read(copy_of), random.Random(3)
    assert audit.examine(db).code == ""
    for kind in KINDS:
        assert tamper_once(db, kind, rnd).broken is not None, kind.__name__


def test_a_row_says_who_where_and_by_which_clocks(evening: Evening) -> None:
    evening.sql("INSERT INTO clock_offsets (at, offset, standing) VALUES ('x', 90.0, 'centre')")
    case = evening.start()
    (row,) = evening.read(lambda db: list(rows(db, "SELECT * FROM audit WHERE subject = ?", (case.id,))))
    assert (row["operator_id"], row["device_code"]) == ("o-1", "A03")
    assert (row["session_id"], row["compound_id"]) == ("s-1", "c1")
    assert row["at"] == "2026-11-24T11:30:00.000000+00:00"
    assert row["machine_at"] == "2026-11-24T11:31:30.000000+00:00"


def test_rows_of_an_older_program_stand(evening: Evening) -> None:
    """Their hash was made without the place and the second clock."""
    (first,) = evening.read(lambda db: list(rows(db, "SELECT * FROM audit WHERE seq = 1")))
    older = {name: first[name] for name in FIELDS}
    db = made_up(3)
    db.execute("DELETE FROM audit")
    db.execute("DELETE FROM audit_anchors")
    older |= {"hash": row_hash(older)}
    db.execute(
        f"INSERT INTO audit ({', '.join(older)}) VALUES ({', '.join('?' for _ in older)})",
        tuple(older.values()),
    )
    db.execute("UPDATE audit_head SET seq = 1, hash = ?", (older["hash"],))
    assert audit.examine(db) == audit.Verdict(1)


def test_the_device_swears_to_the_head_when_a_session_closes(evening: Evening) -> None:
    end_session(evening)
    assert evening.sql("SELECT by, seq = (SELECT seq FROM audit_head) FROM audit_anchors") == [("device", 1)]


def test_an_operation_taken_back_leaves_no_row(evening: Evening) -> None:
    before = evening.read(audit.head)
    with pytest.raises(ZeroDivisionError):
        evening.write(lambda db: audit.append(db, evening.who, NOW, "tested", "x") // 0)
    assert evening.read(audit.head) == before


def test_audit_details_hold_no_personal_data(evening: Evening) -> None:
    evening.submitted()
    (event,) = evening.write(lambda db: outbox.claim(db, evening.now, 5))
    evening.write(
        lambda db: outbox.park(db, evening.now + timedelta(1), event.id, "centre_refused", "x", "y")
    )
    text = "\n".join(str(row) for row in evening.sql("SELECT action, subject, details FROM audit"))
    for private in ("张立群", "620102198503071231", "13893104567"):
        assert private not in text
