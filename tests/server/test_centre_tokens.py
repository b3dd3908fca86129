"""Every request is signed for itself alone: forged, stale, repeated and redirected ones are refused."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, update

from server.store import devices, review, schema
from server.store.database import transaction
from sync.contract import Claims, b64, request_token
from tests.server.window import Answer, Window

NewWindow = Callable[..., Window]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PATH = "/v1/changes?cursor=0&wait=0"


def _get(window: Window, claims: Claims, key: Ed25519PrivateKey | None = None, path: str = PATH) -> Answer:
    return window.plain("GET", path, b"", {"Authorization": request_token(key or window.key, claims)})


def _code(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["code"]


def test_a_signed_request_is_answered(window: Window) -> None:
    assert _get(window, window.claims("GET", PATH)).status == 200


def test_a_request_without_a_token_is_refused(window: Window) -> None:
    assert _code(window.plain("GET", PATH)) == (401, "token_missing")


@pytest.mark.parametrize(
    "header",
    [
        "Bearer abc",
        "Jilai",
        "Jilai .",
        "Jilai a.b.c",
        "Jilai e30.AAAA",
        "Jilai %%%.%%%",
        "Jilai " + "A" * 9000 + ".x",
    ],
)
def test_a_malformed_token_is_refused(window: Window, header: str) -> None:
    answer = window.plain("GET", PATH, b"", {"Authorization": header})
    assert answer.status in {400, 401, 431}
    assert answer.status != 401 or answer.json["code"] == "token_malformed"


def test_another_key_is_refused(window: Window) -> None:
    assert _code(_get(window, window.claims("GET", PATH), Ed25519PrivateKey.generate())) == (
        401,
        "bad_signature",
    )


def test_an_unknown_device_is_refused(window: Window) -> None:
    claims = window.claims("GET", PATH).model_copy(update={"device": "nobody"})
    assert _code(_get(window, claims)) == (401, "unknown_device")


def test_an_unknown_operator_is_refused(window: Window) -> None:
    claims = window.claims("GET", PATH).model_copy(update={"operator": "nobody"})
    assert _code(_get(window, claims)) == (403, "unknown_operator")


@pytest.mark.parametrize(
    "change",
    [{"path": "/v1/changes?cursor=5&wait=0"}, {"path": "/v1/changes"}, {"method": "POST"}],
)
def test_a_token_for_another_request_is_refused(window: Window, change: dict[str, str]) -> None:
    claims = window.claims("GET", PATH).model_copy(update=change)
    assert _code(_get(window, claims)) == (401, "wrong_target")


def test_another_body_than_the_signed_one_is_refused(window: Window) -> None:
    claims = window.claims("POST", "/v1/acknowledgements", b'{"application_ids":[]}')
    answer = window.plain(
        "POST",
        "/v1/acknowledgements",
        b'{"application_ids":["x"]}',
        {"Authorization": request_token(window.key, claims), "Content-Type": "application/json"},
    )
    assert _code(answer) == (400, "body_mismatch")


@pytest.mark.parametrize("skew", [-86400 * 700, -301.5, 301.5, 86400 * 700, float("inf"), float("nan")])
def test_a_clock_that_is_off_is_told_the_centres_time(window: Window, skew: float) -> None:
    claims = window.claims("GET", PATH).model_copy(update={"issued_at": time.time() + skew})
    if skew != skew or skew == float("inf"):
        assert _get(window, claims).status == 401
        return
    answer = _get(window, claims)
    assert _code(answer) == (401, "clock_skew")
    assert abs(answer.json["server_time"] - time.time()) < 5


@pytest.mark.parametrize("skew", [-290, 290])
def test_a_clock_within_tolerance_is_accepted(window: Window, skew: float) -> None:
    claims = window.claims("GET", PATH).model_copy(update={"issued_at": time.time() + skew})
    assert _get(window, claims).status == 200


def test_a_token_is_used_once_even_when_doubled_at_the_same_moment(window: Window) -> None:
    claims = window.claims("GET", PATH)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: _get(window, claims), range(6)))
    assert sorted(answer.status for answer in answers) == [200] + [401] * 5
    assert {answer.json["code"] for answer in answers if answer.status == 401} == {"replayed"}


def test_two_devices_may_use_the_same_nonce(new_window: NewWindow) -> None:
    one, two = new_window(), new_window()
    nonce = "0123456789abcdef"
    for window in (one, two):
        claims = window.claims("GET", PATH).model_copy(update={"nonce": nonce})
        assert _get(window, claims).status == 200


def test_a_revoked_device_learns_it_and_may_still_hand_over(engine: Engine, window: Window) -> None:
    event = window.event(window.pages())
    with transaction(engine) as connection:
        devices.revoke_device(connection, NOW, window.device_code, actor="test")
    assert _code(window.signed("GET", PATH)) == (403, "revoked")
    assert window.send(event).json["outcomes"][0]["result"] == "applied"
    with transaction(engine) as connection:
        assert review.case(connection, event["application_id"])["after_revocation"] is True


def test_a_revoked_person_learns_it_and_what_was_queued_still_goes(
    engine: Engine, new_window: NewWindow
) -> None:
    with transaction(engine) as connection:
        devices.add_operator(connection, NOW, "sun", "孙丽", "operator")
    window = new_window(account="sun")
    with transaction(engine) as connection:
        devices.set_operator_active(connection, NOW, "sun", False, actor="test")
    assert _code(window.signed("GET", PATH)) == (403, "operator_revoked")
    assert window.send(window.event(window.pages())).json["outcomes"][0]["result"] == "applied"
    with transaction(engine) as connection:
        devices.set_operator_active(connection, NOW, "sun", True, actor="test")
    assert window.signed("GET", PATH).status == 200


def test_a_person_whose_last_day_has_passed_is_told_what_a_revoked_one_is(
    engine: Engine, new_window: NewWindow
) -> None:
    with transaction(engine) as connection:
        devices.add_operator(connection, NOW, "he", "何平", "operator", until=NOW + timedelta(days=1))
    window = new_window(account="he")
    event = window.event(window.pages())
    assert window.signed("GET", PATH).status == 200
    table = schema.operators
    with transaction(engine) as connection:
        ended = update(table).where(table.c.id == window.operator).values(valid_until=NOW - timedelta(1))
        connection.execute(ended)
    assert _code(window.signed("GET", PATH)) == (403, "operator_revoked")
    assert _code(window.signed("GET", "/v1/applications/any")) == (403, "operator_revoked")
    assert window.send(event).json["outcomes"][0]["result"] == "applied"
    with transaction(engine) as connection:
        assert review.case(connection, event["application_id"])["after_revocation"] is True


def test_a_revoked_key_is_published_to_the_others(engine: Engine, new_window: NewWindow) -> None:
    lost, other = new_window(), new_window()
    _, cursor = other.all_changes()
    with transaction(engine) as connection:
        devices.revoke_device(connection, NOW, lost.device_code, actor="test")
    items, _ = other.all_changes(cursor)
    assert [(i["kind"], i["body"]["device_code"], i["body"]["status"]) for i in items] == [
        ("device_key", lost.device_code, "revoked")
    ]


def test_claims_of_wrong_types_are_refused(window: Window) -> None:
    body = b64(json.dumps({"device": 1, "operator": [], "issued_at": "x"}).encode())
    answer = window.plain("GET", PATH, b"", {"Authorization": f"Jilai {body}.AAAA"})
    assert _code(answer) == (401, "token_malformed")
