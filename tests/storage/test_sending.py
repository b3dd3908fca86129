"""What is on its way, item by item: what needs a person first, and any page of the list without the rest."""

from __future__ import annotations

from datetime import timedelta

from storage import audit, outbox, sending
from storage.sending import SendingCounts, Standing
from tests.storage.evening import NOW, Evening
from tests.storage.test_outbox import acknowledgement
from tests.storage.test_revisions import begin, returned


def filled(evening: Evening) -> list[str]:
    """Return five cases: held, parked, failed, with pages to come, waiting; in the order of their events."""
    receipts = [evening.submitted() for _ in range(5)]
    held, parked, failed, pages = evening.write(lambda db: outbox.claim(db, NOW, 4))
    evening.write(lambda db: outbox.settle(db, NOW, held.id, "applied", 1))
    evening.write(lambda db: outbox.apply_acknowledgement(db, NOW, acknowledgement(held, receipts[0])))
    evening.write(
        lambda db: outbox.park(db, NOW, parked.id, "centre_refused", "没有这一户。", "No such home.")
    )
    later = NOW + timedelta(seconds=40)
    evening.write(lambda db: outbox.reschedule(db, NOW, failed.id, "offline", later))
    evening.write(lambda db: outbox.settle(db, NOW, pages.id, "applied", 1))
    evening.write(lambda db: outbox.set_missing(db, pages.application_id, pages.digests[:1]))
    return [receipt.application_id for receipt in receipts]


def test_what_needs_a_person_is_first_and_what_is_held_last(evening: Evening) -> None:
    held, parked, failed, pages, waiting = filled(evening)
    totals = evening.read(sending.counts)
    assert totals == SendingCounts(1, 1, 1, 1, 1) and totals.whole == 5
    found = evening.read(lambda db: sending.page(db, 0, 10, totals))
    assert [row.application_id for row in found] == [parked, failed, waiting, pages, held]
    assert [row.standing for row in found] == list(Standing)
    assert (found[0].error_zh, found[0].error_en) == ("没有这一户。", "No such home.")
    assert found[0].next_try_at is None
    assert (found[1].error_code, found[1].attempts) == ("offline", 1)
    assert found[1].next_try_at == NOW + timedelta(seconds=40)
    half = found[3]
    assert half.pages - half.pages_held == 1 and 0 < half.bytes - half.bytes_held < half.bytes
    assert found[4].pages == found[4].pages_held > 0
    assert all(row.receipt_number for row in found)


def test_a_corrected_case_has_the_number_of_its_receipt_in_the_list(evening: Evening) -> None:
    receipt = returned(evening)
    begin(evening, receipt)
    evening.submit(receipt.application_id)
    totals = evening.read(sending.counts)
    found = evening.read(lambda db: sending.page(db, 0, 10, totals))
    assert [(row.standing, row.receipt_number) for row in found] == [
        (Standing.WAITING, receipt.number),
        (Standing.HELD, receipt.number),
    ]


def test_any_part_of_the_list_is_the_same_as_of_the_whole(evening: Evening) -> None:
    filled(evening)
    filled(evening)
    totals = evening.read(sending.counts)
    whole = evening.read(lambda db: sending.page(db, 0, 100, totals))
    assert len(whole) == totals.whole == 10
    for offset in range(12):
        for limit in (1, 3, 20):
            part = evening.read(lambda db, o=offset, n=limit: sending.page(db, o, n, totals))  # type: ignore[misc]
            assert part == whole[offset : offset + limit]


def test_retrying_all_takes_what_is_parked_or_put_off_and_says_so_once(evening: Evening) -> None:
    _, parked, failed, pages, _ = filled(evening)
    changes = evening.write(lambda db: sending.retry_all(db, evening.who, NOW))
    assert changes.applications == {parked, failed} and changes.outbox
    assert {row.application_id for row in evening.write(lambda db: outbox.claim(db, NOW, 10))} >= {
        parked,
        failed,
    }
    assert evening.read(outbox.unacknowledged) == [pages]
    (said,) = [
        row for row in evening.read(lambda db: audit.history(db, "device")) if row.action == "events_retried"
    ]
    assert said.action == "events_retried"
