"""Withdrawals and void receipts: told once, by who delivered the case, only while the state allows."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from registration.application import CaseState
from server.store.database import transaction
from server.store.review import Decision, decide
from sync.contract import canonical, sha256_hex
from tests.server.window import Window, changed

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NewWindow = Callable[..., Window]
WAY = {
    "accepted": ("accepted",),
    "returned": ("returned",),
    "rejected": ("rejected",),
    "registered": ("accepted", "registered"),
    "certificate_issued": ("accepted", "registered", "certificate_issued"),
    "withdrawn": ("withdrawn",),
    "received": (),
}


def notice(submitted: dict[str, Any], kind: str = "application_withdrawn", **changes: Any) -> dict[str, Any]:
    """Return an event about a case that was submitted by another."""
    body = {
        "application_id": submitted["application_id"],
        "revision": 1,
        "receipt_number": submitted["body"]["receipt_number"],
        "reason": "申请人不再办理",
        "operator_id": "demo-wang",
        "at": "2026-11-24T20:00:00+08:00",
        **changes,
    }
    return {
        "id": str(uuid.uuid4()), "kind": kind, "application_id": submitted["application_id"], "revision": 1,
        "base_revision": 1, "body": body, "body_digest": sha256_hex(canonical(body)), "digests": [],
    }  # fmt: skip


def submitted(window: Window) -> dict[str, Any]:
    pages = window.pages(size=60)
    event = window.event(pages)
    assert window.outcome(event)["result"] == "applied"
    window.upload_all(pages)
    return event


def bring(engine: Engine, application_id: str, way: tuple[str, ...]) -> None:
    for state in way:
        decision = Decision(CaseState(state), "test", reason_zh="原因", certificate_number="甘（2026）1")
        with transaction(engine) as connection:
            decide(connection, NOW, application_id, decision)


def state_of(engine: Engine, application_id: str) -> str:
    with engine.connect() as connection:
        sql = text("SELECT state FROM applications WHERE id = :id")
        return str(connection.execute(sql, {"id": application_id}).scalar_one())


@pytest.mark.parametrize("now", WAY)
def test_a_case_is_withdrawn_exactly_while_it_is_not_in_the_register(
    window: Window, engine: Engine, now: str
) -> None:
    event = submitted(window)
    bring(engine, event["application_id"], WAY[now])
    _, cursor = window.all_changes()
    told = window.outcome(notice(event))
    if now in {"received", "accepted", "returned", "withdrawn"}:
        assert told["result"] == "applied"
        assert state_of(engine, event["application_id"]) == "withdrawn"
        (status,) = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "status"]
        assert (status["state"], status["reason_zh"]) == ("withdrawn", "申请人不再办理")
    else:
        assert (told["result"], told["code"]) == ("refused", "withdrawal_forbidden")
        assert state_of(engine, event["application_id"]) == now


def test_the_same_withdrawal_twice_is_one(window: Window, engine: Engine) -> None:
    event = submitted(window)
    withdrawal = notice(event)
    assert window.outcome(withdrawal)["result"] == "applied"
    assert window.outcome(withdrawal)["result"] == "already_had"
    with engine.connect() as connection:
        sql = text("SELECT count(*) FROM history WHERE application_id = :id AND state = 'withdrawn'")
        assert connection.execute(sql, {"id": event["application_id"]}).scalar_one() == 1


def test_a_submission_and_its_withdrawal_may_come_in_one_batch(window: Window, engine: Engine) -> None:
    event = window.event(window.pages(size=60))
    answer = window.send(event, notice(event)).json
    assert [outcome["result"] for outcome in answer["outcomes"]] == ["applied", "applied"]
    assert state_of(engine, event["application_id"]) == "withdrawn"


def test_only_who_delivered_a_case_withdraws_it(new_window: NewWindow, engine: Engine) -> None:
    own, other = new_window(), new_window()
    event = submitted(own)
    told = other.outcome(notice(event))
    assert (told["result"], told["code"]) == ("refused", "unknown_application")
    assert state_of(engine, event["application_id"]) == "received"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"application_id": "another"}, "body_malformed"),
        ({"revision": 2}, "body_malformed"),
        ({"receipt_number": "620102-ZZ9-261124-0001"}, "receipt_mismatch"),
        ({"reason": 3}, "body_malformed"),
    ],
)
def test_a_withdrawal_that_does_not_say_what_it_is_about_is_refused(
    window: Window, engine: Engine, change: dict[str, Any], code: str
) -> None:
    event = submitted(window)
    told = window.outcome(notice(event, **change))
    assert (told["result"], told["code"]) == ("refused", code) and told["zh"] and told["en"]
    assert state_of(engine, event["application_id"]) == "received"


def test_a_withdrawal_of_another_revision_is_a_conflict_and_its_digest_counts(window: Window) -> None:
    event = submitted(window)
    later = changed({**notice(event), "revision": 2, "base_revision": 2}, "revision", 2)
    assert window.outcome(later)["result"] == "conflict"
    assert window.outcome({**notice(event), "body_digest": "0" * 64})["code"] == "body_digest"


def test_a_void_receipt_is_kept_with_its_first_reason(window: Window, engine: Engine) -> None:
    event = submitted(window)
    for reason in ("重复开具", "again"):
        told = window.outcome(notice(event, "receipt_voided", reason=reason))
        assert told["result"] == "applied"
    with engine.connect() as connection:
        sql = text("SELECT void_reason FROM receipt_numbers WHERE number = :number")
        number = {"number": event["body"]["receipt_number"]}
        assert connection.execute(sql, number).scalar_one() == "重复开具"
    assert state_of(engine, event["application_id"]) == "received"
