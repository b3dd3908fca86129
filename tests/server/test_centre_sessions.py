"""What the centre tells of a session: its receipts by device and number, to those who serve the compound."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, text

from server.store.database import transaction
from tests.server.window import Page, Window, wrap

NewWindow = Callable[..., Window]


def taken_in(window: Window, session: str, pages: list[Page]) -> dict[str, Any]:
    made = window.event(pages)
    event = wrap({**made["body"], "session": {"id": session}}, str(made["application_id"]), 1, 0)
    assert window.outcome(event)["result"] == "applied"
    return event


def asked(window: Window, session: str) -> list[dict[str, Any]]:
    answer = window.signed("GET", f"/v1/sessions/{session}")
    assert answer.status == 200, answer.body
    receipts: list[dict[str, Any]] = answer.json["receipts"]
    return receipts


def test_a_colleague_learns_which_receipts_of_a_session_arrived_and_how_whole_they_are(
    new_window: NewWindow, engine: Engine
) -> None:
    dead, colleague = new_window(), new_window()
    session = str(uuid.uuid4())
    pages = dead.pages(size=50)
    whole, lacking = taken_in(dead, session, pages), taken_in(dead, session, dead.pages(size=60))
    taken_in(dead, str(uuid.uuid4()), dead.pages(size=70))  # another evening's
    dead.upload_all(pages)
    found = asked(colleague, session)
    numbers = [event["body"]["receipt_number"] for event in (whole, lacking)]
    assert [one["receipt_number"] for one in found] == sorted(numbers)
    by_id = {one["application_id"]: one for one in found}
    first, second = by_id[whole["application_id"]], by_id[lacking["application_id"]]
    assert first["files_held"] == first["files"] == len(whole["digests"])
    assert (second["files_held"], second["files"]) == (0, len(lacking["digests"]))
    assert {(one["device_code"], one["voided"], one["state"]) for one in found} == {
        (dead.device_code, False, "received")
    }
    with transaction(engine) as connection:
        seen = "SELECT details FROM audit WHERE action = 'session_read' AND subject = :session"
        (row,) = connection.execute(text(seen), {"session": session}).all()
    assert row.details["receipts"] == 2


def test_another_sites_window_and_an_unknown_session_name_nothing(new_window: NewWindow) -> None:
    session = str(uuid.uuid4())
    taken_in(here := new_window(), session, here.pages(size=40))
    assert asked(new_window(sites=["demo-longfang"]), session) == []
    assert asked(here, str(uuid.uuid4())) == []
    assert here.signed("GET", "/v1/sessions/a%00b").status == 404
