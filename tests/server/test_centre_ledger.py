"""The ledger that windows get: every decision tells those that serve the compound, with keys for persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from registration.application import CaseState
from registration.person_key import person_key
from server.store.database import transaction
from server.store.review import Decision, decide
from tests.server.window import Window

NOW = datetime(2026, 12, 30, 9, 0, tzinfo=UTC)


def decided(engine: Engine, application_id: str, state: CaseState, **more: Any) -> None:
    with transaction(engine) as connection:
        decide(connection, NOW, application_id, Decision(state, "test", **more))


def ledger_of(window: Window, cursor: int, application_id: str) -> list[dict[str, Any]]:
    items = [item["body"] for item in window.all_changes(cursor)[0] if item["kind"] == "ledger"]
    return [body for body in items if body["application_id"] == application_id]


def test_another_window_of_the_compound_learns_of_the_case_without_its_persons_numbers(
    new_window: Callable[..., Window], engine: Engine
) -> None:
    here, there = new_window(), new_window()
    _, cursor = there.all_changes()
    pages = here.pages(size=60)
    event = here.event(pages)
    assert here.send(event).json["outcomes"][0]["result"] == "applied"
    here.upload_all(pages)
    application_id = str(event["application_id"])
    decided(engine, application_id, CaseState.ACCEPTED)
    decided(engine, application_id, CaseState.REJECTED, reason_zh="查封在先")
    first, last = ledger_of(there, cursor, application_id)
    party = event["body"]["application"]["parties"][0]
    assert first["people"] == [person_key(party["document_number"])]
    assert party["document_number"] not in str(first) and party["name"] not in str(first)
    assert (first["household_id"], first["state"]) == (event["body"]["household_id"], "accepted")
    assert last["state"] == "rejected" and last["receipt_number"] == event["body"]["receipt_number"]


def test_a_window_of_another_compound_learns_nothing(
    new_window: Callable[..., Window], engine: Engine
) -> None:
    here, elsewhere = new_window(), new_window(sites=["demo-longfang"])
    _, cursor = elsewhere.all_changes()
    pages = here.pages(size=60)
    event = here.event(pages)
    here.send(event)
    here.upload_all(pages)
    decided(engine, str(event["application_id"]), CaseState.ACCEPTED)
    assert ledger_of(elsewhere, cursor, str(event["application_id"])) == []
