"""One case for the windows that carry it, and for no other."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from registration.application import CaseState
from server.store import review
from server.store.database import transaction
from server.store.devices import revoke_device
from server.store.review import Decision, ItemToMend
from tests.server.window import Window

NewWindow = Callable[..., Window]


def submitted(window: Window) -> dict[str, Any]:
    event = window.event(window.pages(size=40))
    assert window.outcome(event)["result"] == "applied"
    return event


def asked(window: Window, application_id: Any) -> tuple[int, dict[str, Any]]:
    answer = window.signed("GET", f"/v1/applications/{application_id}")
    return answer.status, answer.json


def by_row(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(pages, key=lambda page: (page["item_code"], page["ordinal"], page["id"]))


def test_a_window_sees_its_own_case_as_the_centre_has_it(window: Window, engine: Engine) -> None:
    event = submitted(window)
    with transaction(engine) as connection:
        items = (ItemToMend("invoice", "看不清", "Cannot be read"),)
        decision = Decision(CaseState.RETURNED, "test", items=items)
        review.decide(connection, datetime.now(UTC), str(event["application_id"]), decision)
    status, case = asked(window, event["application_id"])
    body = event["body"]
    assert status == 200
    assert case["application"] == body["application"]
    assert (case["revision"], case["device_code"]) == (1, window.device_code)
    assert [page["id"] for page in case["pages"]] == [page["id"] for page in by_row(body["pages"])]
    said = case["status"]
    assert (said["state"], said["items"][0]["item_code"]) == ("returned", "invoice")


def test_the_newest_revision_is_shown_whoever_sent_it(new_window: NewWindow, engine: Engine) -> None:
    first, other = new_window(), new_window()
    event = submitted(first)
    again = other.event(
        other.pages(size=40),
        application_id=str(event["application_id"]),
        revision=2,
        base_revision=1,
        receipt_number=event["body"]["receipt_number"],
        remarks="另一台",
    )
    assert other.outcome(again)["result"] == "applied"
    status, case = asked(first, event["application_id"])
    assert (status, case["revision"], case["device_code"]) == (200, 2, other.device_code)
    assert case["application"]["remarks"] == "另一台"


def test_another_sites_window_learns_nothing(new_window: NewWindow) -> None:
    event = submitted(new_window())
    stranger = new_window(sites=["demo-longfang"])
    status, case = asked(stranger, event["application_id"])
    assert (status, case["code"]) == (404, "unknown_application")
    assert asked(stranger, uuid.uuid4())[1]["code"] == case["code"]  # no telling the two apart
    same_site = new_window(sites=["demo-jinhewan"])
    assert asked(same_site, event["application_id"])[0] == 200


def test_a_revoked_window_is_shown_nothing_of_its_own(window: Window, engine: Engine) -> None:
    event = submitted(window)
    with transaction(engine) as connection:
        revoke_device(connection, datetime.now(UTC), window.device_code, actor="test")
    status, answer = asked(window, event["application_id"])
    assert (status, answer["code"]) == (403, "revoked")


def test_an_impossible_name_is_an_unknown_case(window: Window) -> None:
    for name in ("%00", "a%00b", "..", "x" * 300):
        assert asked(window, name)[0] == 404
