"""Events up: applied once, refused one by one with words, conflicts kept, no batch lost to one bad event."""

from __future__ import annotations

import contextlib
import copy
import gzip
import json
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from registration.application import CaseState
from registration.receipt import materials_digest
from server.store import review
from server.store.database import transaction
from server.store.intake_rules import Submission, read_submission
from server.store.review import Decision
from sync.contract import Event, canonical, sha256_hex
from tests.server.window import Window

NewWindow = Callable[..., Window]


def outcome(window: Window, event: dict[str, Any]) -> dict[str, Any]:
    answer = window.send(event)
    assert answer.status == 200, answer.body
    (only,) = answer.json["outcomes"]
    assert only["id"] == event["id"]
    assert isinstance(only, dict)
    return only


def changed(
    window: Window, event: dict[str, Any], change: Callable[[dict[str, Any]], object]
) -> dict[str, Any]:
    """Return the event with its body changed and sealed again."""
    body = copy.deepcopy(event["body"])
    change(body)
    again = window.wrap(body, event["application_id"], event["revision"], event["base_revision"])
    return {**again, "id": event["id"]}


def count(engine: Engine, sql: str, **parameters: object) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(sql), parameters).scalar_one())


def test_an_event_is_applied_once_and_lists_what_is_missing(window: Window, engine: Engine) -> None:
    pages = window.pages()
    event = window.event(pages)
    first = window.send(event).json
    assert first["outcomes"][0]["result"] == "applied"
    assert first["outcomes"][0]["server_revision"] == 1
    assert sorted(first["missing"]) == sorted(event["digests"])
    assert first["acknowledgements"] == []
    for _ in range(2):
        again = window.send(event).json
        assert again["outcomes"][0]["result"] == "already_had"
        assert sorted(again["missing"]) == sorted(event["digests"])
    assert (
        count(engine, "SELECT count(*) FROM revisions WHERE application_id = :id", id=event["application_id"])
        == 1
    )


def test_one_event_posted_eight_times_at_once_is_applied_once(window: Window, engine: Engine) -> None:
    event = window.event(window.pages())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: window.send(event), range(8)))
    assert {answer.status for answer in answers} == {200}
    results = sorted(answer.json["outcomes"][0]["result"] for answer in answers)
    assert results == ["already_had"] * 7 + ["applied"]
    assert (
        count(engine, "SELECT count(*) FROM history WHERE application_id = :id", id=event["application_id"])
        == 1
    )


def test_batches_in_opposite_orders_do_not_stop_each_other(window: Window) -> None:
    events = [window.event(window.pages(size=200)) for _ in range(12)]
    batches = [events, events[::-1], events[6:] + events[:6], events[::-1]]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda batch: window.send(*batch), batches))
    assert [answer.status for answer in answers] == [200] * 4
    for event in events:
        results = [o["result"] for a in answers for o in a.json["outcomes"] if o["id"] == event["id"]]
        assert sorted(results) == ["already_had"] * 3 + ["applied"]


def test_one_bad_event_spoils_no_other(window: Window) -> None:
    good, bad, last = (window.event(window.pages(size=100)) for _ in range(3))
    bad = changed(window, bad, lambda body: body["application"]["parties"][0].update(name=""))
    results = [o["result"] for o in window.send(good, bad, last).json["outcomes"]]
    assert results == ["applied", "refused", "applied"]


def test_the_same_id_with_another_body_is_refused_and_quarantined(window: Window, engine: Engine) -> None:
    event = window.event(window.pages())
    assert outcome(window, event)["result"] == "applied"
    forged = changed(window, event, lambda body: body["application"].update(remarks="another body"))
    refused = outcome(window, forged)
    assert (refused["result"], refused["code"]) == ("refused", "id_reused")
    assert refused["zh"]
    assert refused["en"]
    sql = (
        "SELECT count(*) FROM quarantine WHERE event_id = :id AND code = 'id_reused' "
        "AND body LIKE '%another body%'"
    )
    assert count(engine, sql, id=event["id"]) == 1
    assert outcome(window, event)["result"] == "already_had"


def test_rules_are_checked_here_too_with_every_reason_in_both_languages(
    window: Window, engine: Engine
) -> None:
    pages = window.pages()[:-2]  # invoice and maintenance fund are not there
    event = window.event(pages)
    event = changed(window, event, lambda body: body["application"]["parties"][0].update(phone="123"))
    refused = outcome(window, event)
    assert (refused["result"], refused["code"]) == ("refused", "rules_not_met")
    assert "购房发票" in refused["zh"]
    assert "住宅专项维修资金凭证" in refused["zh"]
    assert "Purchase invoice" in refused["en"]
    assert "Maintenance fund receipt" in refused["en"]
    assert count(engine, "SELECT count(*) FROM applications WHERE id = :id", id=event["application_id"]) == 0
    assert count(engine, "SELECT count(*) FROM quarantine WHERE event_id = :id", id=event["id"]) == 1


def test_a_refused_event_may_come_again_mended_under_its_id(window: Window) -> None:
    event = window.event(window.pages())
    bad = changed(
        window, event, lambda body: body["application"]["parties"][0].update(document_number="620102")
    )
    assert outcome(window, bad)["code"] == "id_number_length"
    assert outcome(window, event)["result"] == "applied"


def test_another_base_revision_is_a_conflict_and_both_versions_are_kept(
    window: Window, engine: Engine
) -> None:
    pages = window.pages()
    event = window.event(pages)
    assert outcome(window, event)["result"] == "applied"
    other = window.event(
        pages, application_id=event["application_id"], receipt_number=event["body"]["receipt_number"]
    )
    conflict = outcome(window, other)
    assert (conflict["result"], conflict["code"], conflict["server_revision"]) == ("conflict", "conflict", 1)
    early = window.event(window.pages(), revision=2, base_revision=1)
    conflict = outcome(window, early)
    assert (conflict["result"], conflict["server_revision"]) == ("conflict", 0)
    assert (
        count(
            engine,
            "SELECT count(*) FROM quarantine WHERE code = 'conflict' AND event_id = :id",
            id=other["id"],
        )
        == 1
    )


def test_a_returned_case_is_submitted_again_and_an_unreturned_one_is_not(
    window: Window, engine: Engine
) -> None:
    event = window.event(window.pages())
    number = event["body"]["receipt_number"]
    assert outcome(window, event)["result"] == "applied"
    second = window.event(
        window.pages(),
        application_id=event["application_id"],
        revision=2,
        base_revision=1,
        receipt_number=number,
    )
    refused = outcome(window, second)
    assert (refused["result"], refused["code"]) == ("refused", "state_forbids")
    with transaction(engine) as connection:
        decision = Decision(CaseState.RETURNED, "test", reason_zh="缺签章页")
        review.decide(connection, datetime.now(UTC), event["application_id"], decision)
    assert outcome(window, second)["result"] == "applied"
    with transaction(engine) as connection:
        case = review.case(connection, event["application_id"])
    assert (case["revision"], case["state"]) == (2, "received")


def test_a_receipt_number_belongs_to_one_application(window: Window) -> None:
    first = window.event(window.pages())
    assert outcome(window, first)["result"] == "applied"
    second = window.event(window.pages(), receipt_number=first["body"]["receipt_number"])
    assert outcome(window, second)["code"] == "receipt_number_used"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("620102-{own}-261124-9999", "receipt_number_block"),
        ("620102-ZZ9-261124-0001", "receipt_number_foreign"),
        ("0001", "receipt_number_shape"),
        ("620102-{own}-261124-0001\n", "receipt_number_shape"),
    ],
)
def test_a_receipt_number_comes_from_the_devices_own_block(window: Window, number: str, code: str) -> None:
    event = window.event(window.pages(), receipt_number=number.format(own=window.device_code))
    assert outcome(window, event)["code"] == code


def test_a_site_that_the_device_does_not_serve_is_refused(new_window: NewWindow) -> None:
    window = new_window(sites=["demo-longfang"])
    assert outcome(window, window.event(window.pages()))["code"] == "site_forbidden"
    mill = window.event(window.pages(), compound="demo-longfang", household="demo-longfang-1-1-101")
    assert outcome(window, mill)["result"] == "applied"


def _set(path: str, value: object) -> Callable[[dict[str, Any]], object]:
    def change(body: dict[str, Any]) -> None:
        at: Any = body
        *parts, last = path.split(".")
        for part in parts:
            at = at[int(part)] if isinstance(at, list) else at[part]
        at[int(last) if isinstance(at, list) else last] = value

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_set("compound_id", "nowhere"), "unknown_site"),
        (_set("application.type_code", "no_such_type"), "unknown_type"),
        (_set("application.id", "another"), "body_malformed"),
        (_set("application.revision", 7), "body_malformed"),
        (_set("application.household_id", "another"), "body_malformed"),
        (_set("application.parties.0.role", "king"), "body_malformed"),
        (_set("application.parties", 3), "body_malformed"),
        (_set("application.remarks", "\0"), "body_malformed"),
        (_set("application.remarks", "\ud800"), "body_malformed"),
        (_set("clock_offset", float("nan")), "body_malformed"),
        (_set("pages.0.digest", "ABC"), "body_malformed"),
        (_set("pages.0.size", 0), "page_size"),
        (_set("pages.0.size", -1), "page_size"),
        (_set("pages.0.size", 2**62), "page_size"),
        (_set("pages.0.width", "wide"), "body_malformed"),
        (_set("pages.0.item_code", ""), "material_missing"),
        (_set("receipt", {"number": "620102-A01-261124-0002"}), "receipt_mismatch"),
        (_set("receipt", {"materials_digest": "0" * 64}), "receipt_mismatch"),
        (_set("submitted_at", None), "body_malformed"),
    ],
)
def test_a_body_that_cannot_be_true_is_refused_alone(
    window: Window, change: Callable[[dict[str, Any]], object], code: str
) -> None:
    good = window.event(window.pages(size=100))
    event = changed_unsealed(window.event(window.pages(size=100)), change)
    answer = window.send(good, event)
    assert answer.status == 200, answer.body
    first, second = answer.json["outcomes"]
    assert first["result"] == "applied"
    assert (second["result"], second["code"]) == ("refused", code)


def changed_unsealed(event: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Change the body and, where it can be, its digest; the list of digests follows the pages."""
    event = copy.deepcopy(event)
    change(event["body"])
    with contextlib.suppress(UnicodeEncodeError):  # no canonical form: the old digest stays
        event["body_digest"] = sha256_hex(canonical(event["body"]))
    return event


def test_an_unknown_household_is_refused(window: Window) -> None:
    event = window.event(window.pages(), household="demo-longfang-1-1-101")  # of the other compound
    assert outcome(window, event)["code"] == "unknown_household"


def test_a_wrong_body_digest_is_refused(window: Window) -> None:
    event = {**window.event(window.pages()), "body_digest": "0" * 64}
    assert outcome(window, event)["code"] == "body_digest"


def test_digests_that_are_not_those_of_the_pages_are_refused(window: Window) -> None:
    event = window.event(window.pages())
    assert outcome(window, {**event, "digests": event["digests"][1:]})["code"] == "digests_mismatch"
    assert outcome(window, {**event, "digests": [*event["digests"], "0" * 64]})["code"] == "digests_mismatch"


def test_one_digest_has_one_size(window: Window) -> None:
    pages = window.pages("shared-size")
    assert outcome(window, window.event(pages))["result"] == "applied"
    lying = changed(window, window.event(pages), _set("pages.0.size", 12))
    assert outcome(window, lying)["code"] == "page_size_differs"


@pytest.mark.parametrize("event_id", ["", "x\0y", "\ud800", "x" * 201])
def test_an_id_that_cannot_be_kept_is_refused(window: Window, event_id: str) -> None:
    event = {**window.event(window.pages()), "id": event_id}
    body = json.dumps({"events": [event]}).encode()
    answer = window.signed("POST", "/v1/events", body, {"Content-Type": "application/json"})
    assert answer.status == 200
    assert answer.json["outcomes"][0]["code"] == "body_malformed"


def test_an_unknown_kind_is_a_refusal_of_the_request(window: Window) -> None:
    answer = window.send({**window.event(window.pages()), "kind": "application_burned"})
    assert (answer.status, answer.json["code"]) == (400, "bad_request")


def test_a_batch_has_a_bound(window: Window) -> None:
    event = window.event(window.pages(size=10))
    answer = window.send(*[event] * 201)
    assert (answer.status, answer.json["code"]) == (400, "bad_request")


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
        (gzip.compress(b"{}" * 1000)[:-9], "gzip", 400),
        (gzip.compress(bytes(64 * 1024 * 1024)), "gzip", 413),
        (b"{}", "br", 415),
        (b"{", "identity", 400),
        (b"\xff\xfe", "identity", 400),
        (b"[" * 20000, "identity", 400),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    window: Window, body: bytes, encoding: str, status: int
) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    answer = window.signed("POST", "/v1/events", body, headers)
    assert answer.status == status
    assert answer.json["code"] in {"bad_request", "too_large"}
    assert answer.json["zh"]


def test_the_centre_reads_what_the_window_froze(window: Window) -> None:
    event = Event.model_validate(window.event(window.pages()))
    submission = read_submission(event)
    assert isinstance(submission, Submission)
    receipt = {"materials_digest": materials_digest(submission.pages)}
    sealed = changed(window, event.model_dump(), _set("receipt", receipt))
    assert outcome(window, sealed)["result"] == "applied"


def test_another_device_may_send_the_same_event_after_the_first_broke(new_window: NewWindow) -> None:
    broken, spare = new_window(), new_window()
    pages = broken.pages()
    event = broken.event(pages)
    assert outcome(broken, event)["result"] == "applied"
    stranger = spare.create(pages[0].data)
    assert (stranger.status, stranger.json["code"]) == (403, "not_announced")
    assert outcome(spare, event)["result"] == "already_had"
    spare.upload_all(pages)
    assert len(spare.acknowledgements(event["application_id"])["acknowledgements"]) == 1


def test_ids_are_whatever_the_window_chose(window: Window) -> None:
    event = window.event(window.pages(), application_id=f"应用-{uuid.uuid4()}")
    assert outcome(window, event)["result"] == "applied"
