"""A window's audit log at the centre: held row by row, gaps, edits and forks told, never a refusal."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from registration.audit_chain import START, row_hash
from server.store.database import transaction
from server.store.device_audit import report
from sync.contract import unb64, verify
from sync.contract.audit import PURPOSE, AuditAnswer
from tests.server.window import Window

Row = dict[str, Any]


def log(count: int, *, seq: int = 0, previous: str = START, action: str = "tested") -> list[Row]:
    rows = []
    for number in range(seq + 1, seq + count + 1):
        row: Row = {
            "seq": number, "at": "2026-11-24T11:30:00.000000+00:00", "operator_id": "o-1",
            "operator_name": "王海燕", "device_code": "A01", "action": action, "subject": f"case-{number}",
            "details": '{"n":1}', "previous": previous, "session_id": "s-1", "compound_id": None,
            "machine_at": None,
        }  # fmt: skip
        previous = row["hash"] = row_hash(row)
        rows.append(row)
    return rows


def hand_in(window: Window, rows: list[Row], head: int | None = None) -> AuditAnswer:
    head = rows[-1]["seq"] if head is None else head
    answer = window.post("/v1/audit", {"rows": rows, "head": head})
    assert answer.status == 200, answer.body
    return AuditAnswer.model_validate(answer.json)


def faults(engine: Engine, window: Window) -> list[tuple[int, str]]:
    with transaction(engine) as connection:
        found = report(connection, window.device_code)
    assert found is not None
    return [(fault["row"], fault["kind"]) for fault in found["faults"]]


def test_a_log_is_held_and_sworn_to(window: Window, engine: Engine) -> None:
    rows = log(20)
    assert hand_in(window, rows[:12]).statement.seq == 12
    answer = hand_in(window, rows[8:])  # doubled rows change nothing
    assert (answer.statement.seq, answer.statement.hash, answer.faults) == (20, rows[-1]["hash"], 0)
    key = unb64(window.answer["server_key"])
    assert verify(key, PURPOSE, answer.statement.model_dump(), answer.signature)
    assert faults(engine, window) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda rows: rows.pop(6), (7, "gap")),
        (lambda rows: rows[6].update(action="forged"), (7, "changed")),
        (
            lambda rows: rows[6].update(action="forged", hash=row_hash(rows[6] | {"action": "forged"})),
            (8, "broken"),
        ),
        (lambda rows: rows[6].update(details='{"n":2}'), (7, "changed")),
        (lambda rows: rows[6].update(session_id="s-2"), (7, "changed")),
    ],
)
def test_what_does_not_fit_is_told_and_kept(
    window: Window, engine: Engine, spoil: Callable[[list[Row]], Any], told: tuple[int, str]
) -> None:
    rows = log(12)
    spoil(rows)
    hand_in(window, rows[:5])
    answer = hand_in(window, rows[5:])
    assert answer.statement.seq == 12
    assert answer.faults == 1
    assert faults(engine, window) == [told]


def test_a_laptop_that_was_set_back_tells_another_story_and_both_are_kept(
    window: Window, engine: Engine
) -> None:
    rows = log(10)
    hand_in(window, rows)
    other = log(4, seq=6, previous=rows[5]["hash"], action="retold")
    answer = hand_in(window, rows[:6] + other[:2])
    assert (answer.statement.seq, answer.statement.hash) == (8, other[1]["hash"])
    assert hand_in(window, other[2:]).statement.seq == 10
    assert faults(engine, window) == [(7, "fork")]
    with transaction(engine) as connection:
        found = report(connection, window.device_code)
    assert found is not None
    assert (found["rows"], found["branch"]) == (14, 2)


def test_a_log_that_got_shorter_is_told_once(window: Window, engine: Engine) -> None:
    rows = log(10)
    hand_in(window, rows)
    for _ in range(2):
        assert hand_in(window, [], head=4).statement.seq == 10
    assert faults(engine, window) == [(5, "behind")]


def test_random_tampering_behind_what_is_held_is_found(window: Window, engine: Engine) -> None:
    """Each time ten new rows, one of them tampered with: each time one more fault at least."""
    rnd, seq, previous, known = random.Random(11), 0, START, 0
    for _ in range(40):
        rows = log(10, seq=seq, previous=previous)
        at = rnd.randrange(1, 9)
        kind = rnd.choice(["edit", "leave out", "swap"])
        if kind == "edit":
            rows[at][rnd.choice(["action", "subject", "at", "details", "operator_id"])] = "x"
        elif kind == "leave out":
            del rows[at]
        else:
            rows[at], rows[at - 1] = rows[at - 1] | {"seq": seq + at + 1}, rows[at] | {"seq": seq + at}
        answer = hand_in(window, rows)
        assert answer.faults > known, kind
        seq, previous, known = answer.statement.seq, answer.statement.hash, answer.faults


def test_rows_held_are_frozen(window: Window, engine: Engine) -> None:
    hand_in(window, log(3))
    for change in ("DELETE FROM device_audit", "UPDATE device_audit SET hash = ''"):
        with pytest.raises(DBAPIError, match=r"frozen|refuse|kept|changed"), engine.begin() as connection:
            connection.execute(text(change))


def test_malformed_batches_and_strangers_are_refused(window: Window) -> None:
    rows = log(3)
    assert window.post("/v1/audit", {"rows": rows[::-1], "head": 3}).status == 400
    assert window.post("/v1/audit", {"rows": [{"seq": 1}], "head": 3}).status in {400, 422}
    assert window.plain("POST", "/v1/audit", b"{}", {"Content-Type": "application/json"}).status == 401
