"""The outbox: claimed in order, settled, parked, acknowledged by evidence alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from registration.application import Delivery
from registration.receipt import Receipt
from storage import applications, audit, operations, outbox, sessions
from storage.values import OutboxRow
from tests.storage.evening import NOW, PERSON, Evening


def claim(evening: Evening, now: datetime = NOW, limit: int = 10) -> list[OutboxRow]:
    return evening.write(lambda db: outbox.claim(db, now, limit))


def delivery(evening: Evening, application_id: str) -> Delivery:
    detail = evening.read(lambda db: applications.detail(db, application_id))
    assert detail is not None
    return detail.delivery


def acknowledgement(row: OutboxRow, receipt: Receipt, **changes: Any) -> dict[str, Any]:
    statement = {
        "application_id": row.application_id, "revision": row.revision, "receipt_number": receipt.number,
        "device_id": "d-1", "digests": list(row.digests), "server_time": NOW.timestamp(), **changes,
    }  # fmt: skip
    return {"statement": statement, "signature": "signature"}


def test_the_lamp_follows_the_event_from_disk_to_centre(evening: Evening) -> None:
    receipt = evening.submitted()
    case = receipt.application_id
    assert delivery(evening, case) is Delivery.ON_DISK
    (row,) = claim(evening)
    assert (row.application_id, row.attempts) == (case, 1)
    assert delivery(evening, case) is Delivery.SENDING
    later = NOW + timedelta(minutes=1)
    evening.write(lambda db: outbox.reschedule(db, NOW, row.id, "offline", later))
    assert delivery(evening, case) is Delivery.ON_DISK
    assert claim(evening) == [] and evening.read(outbox.next_try_at) == later
    (again,) = claim(evening, later)
    assert again == replace(row, attempts=2)
    evening.write(lambda db: outbox.settle(db, later, row.id, "applied", 1))
    assert delivery(evening, case) is Delivery.SENDING, "facts are there, pages are not: not yet held"
    assert evening.read(outbox.unacknowledged) == [case]
    changes = evening.write(lambda db: outbox.apply_acknowledgement(db, later, acknowledgement(row, receipt)))
    assert changes.applications == {case} and changes.outbox
    assert delivery(evening, case) is Delivery.HELD
    assert evening.read(lambda db: applications.lamps(db, case)) == applications.Lamps(True, False, True)
    assert evening.read(outbox.unacknowledged) == []
    assert evening.read(outbox.pending_counts) == outbox.Pending(0, 0, 0, 0)
    assert evening.read(lambda db: sessions.figures(db, "s-1")).held == 1
    assert not evening.write(
        lambda db: outbox.apply_acknowledgement(db, later, acknowledgement(row, receipt))
    )


def test_an_acknowledgement_alone_settles_when_the_answer_was_lost(evening: Evening) -> None:
    receipt = evening.submitted()
    (row,) = claim(evening)
    evening.write(lambda db: outbox.apply_acknowledgement(db, NOW, acknowledgement(row, receipt)))
    assert delivery(evening, receipt.application_id) is Delivery.HELD
    evening.write(lambda db: outbox.settle(db, NOW, row.id, "applied", 1))  # a late answer
    evening.write(lambda db: outbox.park(db, NOW, row.id, "refused", "", ""))
    assert delivery(evening, receipt.application_id) is Delivery.HELD
    assert claim(evening, NOW + timedelta(days=1)) == []


def test_an_acknowledgement_of_other_pages_or_another_receipt_lights_nothing(evening: Evening) -> None:
    receipt = evening.submitted()
    (row,) = claim(evening)
    other = evening.submitted(replace(PERSON, name="李芳"))
    wrong: list[dict[str, Any]] = [{"digests": row.digests[1:]}, {"receipt_number": other.number}]
    for changes in wrong:
        ack = acknowledgement(row, receipt, **changes)
        evening.write(outbox.apply_acknowledgement, NOW, ack)
        assert delivery(evening, receipt.application_id) is Delivery.PARKED
    (problem,) = evening.read(lambda db: outbox.problems(db, receipt.application_id))
    assert problem.code == "conflict" and problem.parked
    elsewhere: list[dict[str, Any]] = [{"application_id": "unknown"}, {"revision": 2}]
    for changes in elsewhere:
        ack = acknowledgement(row, receipt, **changes)
        assert not evening.write(outbox.apply_acknowledgement, NOW, ack)
    evening.write(lambda db: outbox.apply_acknowledgement(db, NOW, acknowledgement(row, receipt)))
    assert delivery(evening, receipt.application_id) is Delivery.HELD, "the right one still counts"


def test_a_refused_event_is_parked_with_its_reason_and_the_rest_goes_on(evening: Evening) -> None:
    refused, fine = evening.submitted(), evening.submitted()
    rows = {row.application_id: row for row in claim(evening)}
    bad = rows[refused.application_id]
    evening.write(lambda db: outbox.park(db, NOW, bad.id, "bad_unit", "单元号不存在", "No such unit"))
    evening.write(lambda db: outbox.release(db, NOW))
    assert [row.application_id for row in claim(evening, NOW + timedelta(days=9))] == [fine.application_id]
    (row,) = (r for r in evening.read(applications.rows) if r.id == refused.application_id)
    assert (row.delivery, row.problem_zh, row.problem_en) == (Delivery.PARKED, "单元号不存在", "No such unit")
    detail = evening.read(lambda db: applications.detail(db, refused.application_id))
    assert detail is not None
    (problem,) = detail.problems
    assert (problem.outbox_id, problem.code, problem.parked) == (bad.id, "bad_unit", True)
    assert problem.next_try_at is None
    counts = evening.read(outbox.pending_counts)
    assert (counts.applications, counts.parked) == (1, 1)

    evening.write(lambda db: operations.retry_parked(db, evening.who, NOW, bad.id))
    assert delivery(evening, refused.application_id) is Delivery.ON_DISK
    (again,) = (row for row in claim(evening) if row.id == bad.id)
    assert again.body == bad.body and again.attempts == 2
    history = evening.read(lambda db: audit.history(db, refused.application_id))
    assert [row.action for row in history[:2]] == ["event_retried", "event_parked"]


def test_events_that_were_being_sent_when_the_program_died_go_again(evening: Evening) -> None:
    receipt = evening.submitted()
    (row,) = claim(evening)
    evening.reopen()
    (again,) = claim(evening)
    assert (again.id, again.body_digest, again.attempts) == (row.id, row.body_digest, 2)
    evening.write(lambda db: outbox.release(db, NOW))
    assert delivery(evening, receipt.application_id) is Delivery.ON_DISK


def test_a_clock_that_jumps_back_does_not_hold_events_for_years(evening: Evening) -> None:
    evening.submitted()
    (row,) = claim(evening)
    future = NOW + timedelta(days=700)
    evening.write(lambda db: outbox.reschedule(db, future, row.id, "offline", future + timedelta(seconds=30)))
    assert [r.id for r in claim(evening)] == [row.id]


def test_claims_come_oldest_first_up_to_the_limit(evening: Evening) -> None:
    cases = [evening.submitted().application_id for _ in range(5)]
    assert [row.application_id for row in claim(evening, limit=3)] == cases[:3]


def test_a_later_revision_waits_for_the_earlier_one(evening: Evening) -> None:
    receipt = evening.submitted()
    stamp = "2026-11-24T11:30:00.000000+00:00"
    evening.sql(
        "INSERT INTO outbox (id, kind, application_id, revision, base_revision, body, body_digest, digests,"
        " created_at, next_try_at, changed_at) SELECT 'second', kind, application_id, 2, 1, body,"
        " body_digest, digests, ?, ?, ? FROM outbox WHERE kind = 'application_submitted'",
        stamp, stamp, stamp,
    )  # fmt: skip
    (first,) = claim(evening)
    assert first.revision == 1
    evening.write(lambda db: outbox.park(db, NOW, first.id, "bad", "", ""))
    assert claim(evening) == []
    evening.write(lambda db: outbox.retry(db, NOW, first.id))
    claim(evening)
    evening.write(lambda db: outbox.settle(db, NOW, first.id, "applied", 1))
    assert [row.id for row in claim(evening)] == ["second"]
    assert receipt.revision == 1


def test_pages_are_needed_until_the_centre_says_it_holds_them(evening: Evening) -> None:
    receipt = evening.submitted()
    case = receipt.application_id
    (row,) = claim(evening)

    def needed() -> set[str]:
        return {need.digest for need in evening.read(lambda db: outbox.needed_pages(db, [case]))}

    assert needed() == set(row.digests) and len(row.digests) == 10
    counts = evening.read(outbox.pending_counts)
    assert (counts.pages, counts.bytes) == (10, 5 * 300 + 5 * 500)
    evening.write(lambda db: outbox.set_missing(db, case, row.digests[:3]))
    assert needed() == set(row.digests[:3])
    evening.write(lambda db: outbox.mark_digest_held(db, row.digests[0]))
    assert needed() == set(row.digests[1:3])
    evening.write(lambda db: outbox.set_missing(db, case, row.digests[:1]))  # the centre's disk was restored
    assert needed() == {row.digests[0]}
    sizes = {n.digest: n.size for n in evening.read(lambda db: outbox.needed_pages(db, [case]))}
    assert len(evening.pages.get(row.digests[0])) == sizes[row.digests[0]]


def test_a_page_shared_by_two_cases_is_needed_once(evening: Evening) -> None:
    cases = []
    for _ in range(2):
        draft = evening.complete()
        page = evening.new_page(draft.id, "identity", b"the same deed")
        evening.write(operations.add_page, evening.who, NOW, page)
        evening.submit(draft.id)
        cases.append(draft.id)
    digests = [need.digest for need in evening.read(lambda db: outbox.needed_pages(db, cases))]
    assert len(digests) == len(set(digests)) == 2 * 12 - 1 == evening.read(outbox.pending_counts).pages
