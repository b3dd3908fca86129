"""Events up: applied once, refused one by one with words, conflicts kept, no batch lost to one bad event."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from registration.application import CaseState
from registration.receipt import materials_digest
from server.store import review
from server.store.database import transaction
from server.store.intake_rules import Submission, read_submission
from server.store.review import Decision
from sync.contract import Event
from tests.server.window import Window, changed

NewWindow = Callable[..., Window]


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


def test_one_bad_event_spoils_no_other(window: Window) -> None:
    good, bad, last = (window.event(window.pages(size=100)) for _ in range(3))
    bad = changed(bad, "application.parties.0.name", "")
    results = [o["result"] for o in window.send(good, bad, last).json["outcomes"]]
    assert results == ["applied", "refused", "applied"]


def test_the_same_id_with_another_body_is_refused_and_quarantined(window: Window, engine: Engine) -> None:
    event = window.event(window.pages())
    assert window.outcome(event)["result"] == "applied"
    forged = changed(event, "application.remarks", "another body")
    refused = window.outcome(forged)
    assert (refused["result"], refused["code"]) == ("refused", "id_reused")
    assert refused["zh"]
    assert refused["en"]
    sql = (
        "SELECT count(*) FROM quarantine WHERE event_id = :id AND code = 'id_reused' "
        "AND body LIKE '%another body%'"
    )
    assert count(engine, sql, id=event["id"]) == 1
    assert window.outcome(event)["result"] == "already_had"


def test_rules_are_checked_here_too_with_every_reason_in_both_languages(
    window: Window, engine: Engine
) -> None:
    pages = window.pages()[:-2]  # invoice and maintenance fund are not there
    event = window.event(pages)
    event = changed(event, "application.parties.0.phone", "123")
    refused = window.outcome(event)
    assert (refused["result"], refused["code"]) == ("refused", "rules_not_met")
    assert "购房发票" in refused["zh"]
    assert "住宅专项维修资金凭证" in refused["zh"]
    assert "Purchase invoice" in refused["en"]
    assert "Maintenance fund receipt" in refused["en"]
    assert count(engine, "SELECT count(*) FROM applications WHERE id = :id", id=event["application_id"]) == 0
    assert count(engine, "SELECT count(*) FROM quarantine WHERE event_id = :id", id=event["id"]) == 1


def test_a_refused_event_may_come_again_mended_under_its_id(window: Window) -> None:
    pages = window.pages()
    event = window.event(pages)
    case, number = event["application_id"], event["body"]["receipt_number"]
    party = {**event["body"]["application"]["parties"][0], "document_number": "620102"}
    other = window.event(pages, application_id=case, receipt_number=number, parties=[party])
    bad = {**other, "id": event["id"]}
    assert "公民身份号码应为 18 位" in window.outcome(bad)["zh"]
    assert window.outcome(event)["result"] == "applied"


def test_another_base_revision_is_a_conflict_and_both_versions_are_kept(
    window: Window, engine: Engine
) -> None:
    pages = window.pages()
    event = window.event(pages)
    assert window.outcome(event)["result"] == "applied"
    other = window.event(
        pages, application_id=event["application_id"], receipt_number=event["body"]["receipt_number"]
    )
    conflict = window.outcome(other)
    assert (conflict["result"], conflict["code"], conflict["server_revision"]) == ("conflict", "conflict", 1)
    early = window.event(window.pages(), revision=2, base_revision=1)
    conflict = window.outcome(early)
    assert (conflict["result"], conflict["server_revision"]) == ("conflict", 0)
    assert (
        count(
            engine,
            "SELECT count(*) FROM quarantine WHERE code = 'conflict' AND event_id = :id",
            id=other["id"],
        )
        == 1
    )


def test_a_returned_case_is_submitted_again_and_an_accepted_one_is_not(
    window: Window, engine: Engine
) -> None:
    pages = window.pages()
    event = window.event(pages)
    number = event["body"]["receipt_number"]
    assert window.outcome(event)["result"] == "applied"
    window.upload_all(pages)
    assert window.acknowledgements(event["application_id"])["acknowledgements"]
    with transaction(engine) as connection:
        decision = Decision(CaseState.ACCEPTED, "test")
        review.decide(connection, datetime.now(UTC), event["application_id"], decision)
    second = window.event(
        window.pages(),
        application_id=event["application_id"],
        revision=2,
        base_revision=1,
        receipt_number=number,
    )
    refused = window.outcome(second)
    assert (refused["result"], refused["code"]) == ("refused", "state_forbids")
    with transaction(engine) as connection:
        decision = Decision(CaseState.RETURNED, "test", reason_zh="缺签章页")
        review.decide(connection, datetime.now(UTC), event["application_id"], decision)
    assert window.outcome(second)["result"] == "applied"
    with transaction(engine) as connection:
        case = review.case(connection, event["application_id"])
    assert (case["revision"], case["state"]) == (2, "received")


def test_a_receipt_number_belongs_to_one_application(window: Window) -> None:
    first = window.event(window.pages())
    assert window.outcome(first)["result"] == "applied"
    second = window.event(window.pages(), receipt_number=first["body"]["receipt_number"])
    assert window.outcome(second)["code"] == "receipt_number_used"


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
    assert window.outcome(event)["code"] == code


def test_a_site_that_the_device_does_not_serve_is_refused(new_window: NewWindow) -> None:
    window = new_window(sites=["demo-longfang"])
    assert window.outcome(window.event(window.pages()))["code"] == "site_forbidden"
    mill = window.event(window.pages(), compound="demo-longfang", household="demo-longfang-1-1-101")
    assert window.outcome(mill)["result"] == "applied"


def test_an_unknown_household_is_refused(window: Window) -> None:
    event = window.event(window.pages(), household="demo-longfang-1-1-101")  # of the other compound
    assert window.outcome(event)["code"] == "unknown_household"


def test_a_wrong_body_digest_is_refused(window: Window) -> None:
    event = {**window.event(window.pages()), "body_digest": "0" * 64}
    assert window.outcome(event)["code"] == "body_digest"


def test_an_unknown_kind_is_a_refusal_of_the_request(window: Window) -> None:
    answer = window.send({**window.event(window.pages()), "kind": "application_burned"})
    assert (answer.status, answer.json["code"]) == (400, "bad_request")


def test_a_batch_has_a_bound(window: Window) -> None:
    event = window.event(window.pages(size=10))
    answer = window.send(*[event] * 201)
    assert (answer.status, answer.json["code"]) == (400, "bad_request")


def test_the_centre_reads_what_the_window_froze(window: Window) -> None:
    event = Event.model_validate(window.event(window.pages()))
    submission = read_submission(event)
    assert isinstance(submission, Submission)
    receipt = {"materials_digest": materials_digest(submission.pages)}
    sealed = changed(event.model_dump(), "receipt", receipt)
    assert window.outcome(sealed)["result"] == "applied"


def test_another_device_may_send_the_same_event_after_the_first_broke(new_window: NewWindow) -> None:
    broken, spare = new_window(), new_window()
    pages = broken.pages()
    event = broken.event(pages)
    assert broken.outcome(event)["result"] == "applied"
    stranger = spare.create(pages[0].data)
    assert (stranger.status, stranger.json["code"]) == (403, "not_announced")
    assert spare.outcome(event)["result"] == "already_had"
    spare.upload_all(pages)
    assert len(spare.acknowledgements(event["application_id"])["acknowledgements"]) == 1


def test_ids_are_whatever_the_window_chose(window: Window) -> None:
    event = window.event(window.pages(), application_id=f"应用-{uuid.uuid4()}")
    assert window.outcome(event)["result"] == "applied"


def test_two_revisions_in_one_batch_are_judged_in_their_order(window: Window) -> None:
    first = window.event(window.pages(size=30))
    second = window.event(
        window.pages(size=30),
        application_id=first["application_id"],
        revision=2,
        base_revision=1,
        receipt_number=first["body"]["receipt_number"],
    )
    results = [(o["result"], o["code"]) for o in window.send(first, second, first).json["outcomes"]]
    assert results == [("applied", ""), ("applied", ""), ("already_had", "")]


def test_a_pack_that_this_program_cannot_read_keeps_nobody_out(window: Window, engine: Engine) -> None:
    body = json.dumps({"types": {"new_housing_transfer": {"items": ["rows of a later program"]}}})
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO packs VALUES ('registration_types', '2999.1', 'x', '2999-01-01', :body, now())"
            ),
            {"body": body},
        )
    try:
        assert window.outcome(window.event(window.pages(size=30)))["result"] == "applied"
    finally:
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM packs WHERE version = '2999.1'"))
