"""What cannot be true of an event, or cannot be read at all, is refused with its reason and stops nothing."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.server.window import Window, changed


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("compound_id", "nowhere", "unknown_site"),
        ("application.type_code", "no_such_type", "unknown_type"),
        ("application.id", "another", "body_malformed"),
        ("application.revision", 7, "body_malformed"),
        ("application.household_id", "another", "body_malformed"),
        ("application.parties.0.role", "king", "body_malformed"),
        ("application.parties", 3, "body_malformed"),
        ("application.remarks", "\0", "body_malformed"),
        ("application.remarks", "\ud800", "body_malformed"),
        ("clock_offset", float("nan"), "body_malformed"),
        ("pages.0.digest", "ABC", "body_malformed"),
        ("pages.0.size", 0, "page_size"),
        ("pages.0.size", -1, "page_size"),
        ("pages.0.size", 2**62, "page_size"),
        ("pages.0.width", "wide", "body_malformed"),
        ("pages.0.item_code", "", "material_missing"),
        ("receipt", {"number": "620102-A01-261124-0002"}, "receipt_mismatch"),
        ("receipt", {"materials_digest": "0" * 64}, "receipt_mismatch"),
        ("submitted_at", None, "body_malformed"),
    ],
)
def test_a_body_that_cannot_be_true_is_refused_alone(
    window: Window, path: str, value: object, code: str
) -> None:
    good = window.event(window.pages(size=100))
    event = changed(window.event(window.pages(size=100)), path, value)
    answer = window.send(good, event)
    assert answer.status == 200, answer.body
    first, second = answer.json["outcomes"]
    assert first["result"] == "applied"
    assert (second["result"], second["code"]) == ("refused", code)


def test_digests_that_are_not_those_of_the_pages_are_refused(window: Window) -> None:
    event = window.event(window.pages())
    assert window.outcome({**event, "digests": event["digests"][1:]})["code"] == "digests_mismatch"
    assert window.outcome({**event, "digests": [*event["digests"], "0" * 64]})["code"] == "digests_mismatch"


def test_one_digest_has_one_size(window: Window) -> None:
    pages = window.pages("shared-size")
    assert window.outcome(window.event(pages))["result"] == "applied"
    lying = changed(window.event(pages), "pages.0.size", 12)
    assert window.outcome(lying)["code"] == "page_size_differs"


@pytest.mark.parametrize(
    "event_id", ["", "x\0y", "\ud800", "x" * 201], ids=["empty", "NUL", "surrogate", "long"]
)
def test_an_id_that_cannot_be_kept_is_refused(window: Window, event_id: str) -> None:
    event = {**window.event(window.pages()), "id": event_id}
    body = json.dumps({"events": [event]}).encode()
    answer = window.signed("POST", "/v1/events", body, {"Content-Type": "application/json"})
    assert answer.status == 200
    assert answer.json["outcomes"][0]["code"] == "body_malformed"


def test_a_compressed_body_is_digested_as_sent(window: Window) -> None:
    event = window.event(window.pages())
    body = gzip.compress(json.dumps({"events": [event]}).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = window.signed("POST", "/v1/events", body, headers)
    assert answer.json["outcomes"][0]["result"] == "applied"


@pytest.mark.parametrize(
    ("body", "encoding", "status"),
    [
        (b"not gzip", "gzip", 400),
        (gzip.compress(b"{}" * 1000, mtime=0)[:-9], "gzip", 400),
        (gzip.compress(bytes(64 * 1024 * 1024), mtime=0), "gzip", 413),
        (b"{}", "br", 415),
        (b"{", "identity", 400),
        (b"\xff\xfe", "identity", 400),
        (b"[" * 20000, "identity", 400),
    ],
    ids=["no gzip", "cut short", "a bomb", "unknown encoding", "no JSON", "no UTF-8", "deep"],
)
def test_a_body_that_cannot_be_read_is_refused(
    window: Window, body: bytes, encoding: str, status: int
) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    answer = window.signed("POST", "/v1/events", body, headers)
    assert answer.status == status
    assert answer.json["code"] in {"bad_request", "too_large"}
    assert answer.json["zh"]
