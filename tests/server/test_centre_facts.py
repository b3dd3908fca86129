"""Facts of a window as they come in: what is none is refused by itself, and nothing falls over it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from registration.facts import Attachment, Fact, Topic, fact_to_json
from server.store import evenings
from sync.contract import canonical, sha256_hex
from tests.server.window import Window, changed

DIGEST = "cd" * 32


def event_of(window: Window, *attached: Attachment) -> dict[str, Any]:
    fact = Fact(
        str(uuid.uuid4()),
        Topic.VISIT,
        str(uuid.uuid4()),
        "witnessed",
        "demo-jinhewan",
        datetime.now(UTC),
        window.answer["device_code"],
        "",
        "",
        {"why": "bed"},
        attached,
    )
    body = fact_to_json(fact)
    return {
        "id": fact.id,
        "kind": "fact_noted",
        "application_id": fact.id,
        "revision": 1,
        "base_revision": 1,
        "body": body,
        "body_digest": sha256_hex(canonical(body)),
        "digests": [one.digest for one in attached],
    }


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("attachments.0.size", float("inf")),
        ("attachments.0.size", "many"),
        ("attachments.0", "a photo"),
        ("at", "0001-01-01T00:00:00+14:00"),
        ("at", "9999-12-31T23:59:59+00:00"),
        ("body", {"why": float("nan")}),
        ("body", ["bed"]),
        ("topic", ["visit"]),
    ],
)
def test_what_is_no_fact_is_refused_and_its_neighbours_come_in(
    window: Window, engine: Engine, path: str, value: object
) -> None:
    wrong = changed(event_of(window, Attachment(DIGEST, 1234, "image/jpeg")), path, value)
    right = event_of(window)
    answer = window.send(wrong, right)
    assert answer.status == 200, answer.body
    results = {one["id"]: (one["result"], one["code"]) for one in answer.json["outcomes"]}
    assert results == {wrong["id"]: ("refused", "body_malformed"), right["id"]: ("applied", "")}
    with engine.connect() as connection:
        kept = connection.execute(
            text("SELECT id FROM facts WHERE id = ANY(:ids)"), {"ids": [wrong["id"], right["id"]]}
        )
        assert list(kept.scalars()) == [right["id"]]


def test_a_rating_without_a_body_does_not_stop_the_page_of_the_evenings(
    window: Window, engine: Engine
) -> None:
    event = event_of(window)
    body = {**event["body"], "topic": "rating", "verb": "given"}
    del body["body"]
    event |= {"body": body, "body_digest": sha256_hex(canonical(body))}
    assert window.outcome(event)["result"] == "applied"
    with engine.connect() as connection:
        found = evenings.evenings(connection, datetime.now(UTC))
    assert sum(one.ratings[""] for one in found) == 1


def test_a_fact_under_the_id_of_an_application_does_not_touch_it(new_window: Callable[..., Window]) -> None:
    owner, other = new_window(), new_window()
    pages = owner.pages(size=40)
    case = owner.event(pages)
    assert owner.outcome(case)["result"] == "applied"
    name = case["application_id"]
    event = event_of(other, Attachment(DIGEST, 1234, "image/jpeg"))
    body = {**event["body"], "id": name}
    event |= {"id": name, "application_id": name, "body": body, "body_digest": sha256_hex(canonical(body))}
    outcome = other.outcome(event)
    assert (outcome["result"], outcome["code"]) == ("refused", "id_reused")
    owner.upload_all(pages)
    (held,) = owner.acknowledgements(name)["acknowledgements"]
    assert held["statement"]["digests"] == sorted(case["digests"])
