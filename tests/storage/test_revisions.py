"""The correction loop: a returned case is a draft again, submitted anew or given up; nothing is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from registration.application import CaseState, Delivery
from registration.errors import InputError
from registration.receipt import Receipt
from storage import (
    applications,
    corrections,
    feed,
    operations,
    outbox,
    page_rows,
    print_queue,
    receipts,
    reminders,
    revisions,
    session_papers,
    sessions,
    voiding,
)
from storage.ids import new_id
from storage.print_queue import Wish
from storage.reminders import About
from storage.revisions import Why
from storage.second_person import Alone
from tests.storage.evening import Evening, end_session, signed

ITEMS = [{"item_code": "invoice", "zh": "发票看不清", "en": "The invoice cannot be read"}]


def status(receipt: Receipt, state: str, revision: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "application_id": receipt.application_id,
        "revision": revision,
        "state": state,
        "receipt_number": receipt.number,
        **more,
    }


def tell(evening: Evening, body: dict[str, Any]) -> None:
    cursor = evening.read(feed.cursor) + 1
    item = {"seq": cursor, "kind": "status", "body": body}
    evening.write(lambda db: feed.apply_feed(db, evening.now, [item], cursor))


def acknowledged(evening: Evening, receipt: Receipt) -> None:
    rows = evening.write(lambda db: outbox.claim(db, evening.now, 10))
    for row in rows:
        evening.write(outbox.settle, evening.now, row.id, "applied", row.revision)
        statement = {
            "application_id": row.application_id,
            "revision": row.revision,
            "receipt_number": receipt.number,
            "device_id": "d-1",
            "digests": list(row.digests),
            "server_time": evening.now.timestamp(),
        }
        ack = {"statement": statement, "signature": f"s-{row.revision}"}
        evening.write(outbox.apply_acknowledgement, evening.now, ack)


def returned(evening: Evening, **more: Any) -> Receipt:
    receipt = evening.submitted()
    acknowledged(evening, receipt)
    tell(evening, status(receipt, "returned", items=ITEMS, reason_zh="请补正", reason_en="Mend it", **more))
    return receipt


def begin(evening: Evening, receipt: Receipt) -> Any:
    case = receipt.application_id
    return evening.write(lambda db: operations.begin_revision(db, evening.who, evening.now, case))[1]


def give_up(evening: Evening, receipt: Receipt) -> None:
    case = receipt.application_id
    evening.write(lambda db: operations.give_up_revision(db, evening.who, evening.now, case))


def detail(evening: Evening, receipt: Receipt) -> Any:
    return evening.read(applications.detail, receipt.application_id)


def test_a_returned_case_says_what_the_centre_wants_at_which_row(evening: Evening) -> None:
    receipt = returned(evening, due="2026-12-10")
    wanted = detail(evening, receipt).correction
    assert [(item.item_code, item.en) for item in wanted.items] == [("invoice", "The invoice cannot be read")]
    assert (wanted.revision, wanted.reason_en, wanted.due) == (1, "Mend it", "2026-12-10")


def test_it_is_mended_as_the_next_revision_with_all_that_was_there(evening: Evening) -> None:
    receipt = returned(evening)
    before = detail(evening, receipt)
    draft = begin(evening, receipt)
    assert draft == replace(before.application, revision=2)
    now = detail(evening, receipt)
    assert (now.state, now.delivery, now.mending) == (CaseState.DRAFT, Delivery.DRAFT, True)
    assert now.pages == before.pages
    assert begin(evening, receipt) == draft  # asked twice, begun once

    evening.add(receipt.application_id, "invoice")
    second = evening.submit(receipt.application_id)
    assert (second.number, second.revision) == (receipt.number, 2)
    after = detail(evening, receipt)
    assert (after.state, after.delivery) == (CaseState.RECEIVED, Delivery.ON_DISK)
    assert len(after.pages) == len(before.pages) + 1
    assert (after.problem_zh, after.receipt) == ("", second)
    [event] = evening.write(lambda db: outbox.claim(db, evening.now, 10))
    assert (event.revision, event.base_revision) == (2, 1)
    assert event.body["receipt"]["revision"] == 2
    acknowledged(evening, receipt)


def test_the_acknowledgement_of_the_second_revision_lights_the_lamp(evening: Evening) -> None:
    receipt = returned(evening)
    begin(evening, receipt)
    evening.submit(receipt.application_id)
    acknowledged(evening, receipt)
    assert detail(evening, receipt).delivery is Delivery.HELD


def test_the_former_revision_stays_readable_with_its_pages(evening: Evening) -> None:
    receipt = returned(evening)
    before = detail(evening, receipt)
    begin(evening, receipt)
    invoice = next(page for page in before.pages if page.item_code == "invoice")
    evening.write(lambda db: operations.remove_page(db, evening.who, evening.now, invoice.id))
    evening.add(receipt.application_id, "invoice")
    evening.submit(receipt.application_id)
    [former] = detail(evening, receipt).revisions
    assert (former.number, former.why, former.state) == (1, Why.RETURNED, CaseState.RETURNED)
    assert former.application == before.application
    assert evening.read(revisions.pages_of, receipt.application_id, 1) == before.pages
    assert evening.read(revisions.thumbnail, receipt.application_id, 1, invoice.id).startswith(b"\xff\xd8")
    known = evening.read(page_rows.known_digests)
    assert {invoice.digest, invoice.original_digest} <= known  # its files are nobody's orphans
    assert evening.read(receipts.receipt_for_application, receipt.application_id, 1) == receipt


def test_given_up_the_case_is_what_it_was(evening: Evening) -> None:
    receipt = returned(evening)
    before = detail(evening, receipt)
    draft = begin(evening, receipt)
    gone = before.pages[0]
    evening.write(lambda db: operations.remove_page(db, evening.who, evening.now, gone.id))
    added = evening.add(receipt.application_id, "invoice")
    evening.save(replace(draft, remarks="写错"))
    give_up(evening, receipt)
    after = detail(evening, receipt)
    assert (after.state, after.application, after.pages) == (
        CaseState.RETURNED,
        before.application,
        before.pages,
    )
    assert (after.delivery, after.problem_zh) == (Delivery.HELD, before.problem_zh)
    assert added.digest in evening.read(page_rows.known_digests)  # what was photographed is not thrown away
    [kept] = after.revisions
    assert (kept.why, kept.application.remarks) == (Why.GIVEN_UP, "写错")
    # and it can be mended again, under a number of its own
    assert begin(evening, receipt).revision == 3
    evening.submit(receipt.application_id)
    [event] = evening.write(lambda db: outbox.claim(db, evening.now, 10))
    assert (event.revision, event.base_revision) == (3, 1)


def test_a_draft_of_a_revision_outlives_the_program(evening: Evening) -> None:
    receipt = returned(evening)
    end_session(evening)
    draft = replace(begin(evening, receipt), remarks="第二次")
    evening.save(draft, '{"step": "materials"}')
    evening.reopen()
    found = evening.read(applications.latest_draft)
    assert found is not None and found == (draft, '{"step": "materials"}')


def test_a_case_that_is_mended_does_not_keep_the_session_open(evening: Evening) -> None:
    receipt = returned(evening)
    begin(evening, receipt)
    assert evening.read(sessions.figures, "s-1").drafts == 0
    assert evening.read(session_papers.figures, "s-1").receipts == 1
    end_session(evening)


def test_a_case_that_is_mended_is_found_by_its_receipt_number(evening: Evening) -> None:
    receipt = returned(evening)
    draft = begin(evening, receipt)
    evening.save(replace(draft, parties=(replace(draft.parties[0], phone="13900001111"),)))
    [row] = evening.read(lambda db: applications.rows(db, search=receipt.number))
    assert (row.id, row.mending) == (receipt.application_id, True)


def test_what_the_centre_says_meanwhile_is_kept_and_stops_the_submission(evening: Evening) -> None:
    receipt = returned(evening)
    begin(evening, receipt)
    tell(evening, status(receipt, "rejected", reason_zh="逾期", reason_en="Too late"))
    assert detail(evening, receipt).state is CaseState.DRAFT
    with pytest.raises(InputError) as refused:
        evening.submit(receipt.application_id)
    assert refused.value.code == "correction_overtaken"
    give_up(evening, receipt)
    after = detail(evening, receipt)
    assert (after.state, after.problem_en) == (CaseState.REJECTED, "Too late")


def test_what_changed_in_a_signed_text_wants_a_new_signature(evening: Evening) -> None:
    receipt = returned(evening)
    draft = begin(evening, receipt)
    other = replace(draft, parties=(replace(draft.parties[0], name="张立军"),))
    evening.save(other)
    with pytest.raises(Exception, match="rules_not_met"):
        evening.submit(receipt.application_id)
    evening.save(signed(evening, replace(other, signatures=(), answers=())))
    assert evening.submit(receipt.application_id).revision == 2


def test_an_accepted_case_is_not_opened_unless_the_centre_returns_it(evening: Evening) -> None:
    receipt = evening.submitted()
    acknowledged(evening, receipt)
    number, at = "620102-2026-000001", evening.now.isoformat()
    tell(evening, status(receipt, "accepted", acceptance_number=number, accepted_at=at))
    with pytest.raises(InputError) as refused:
        begin(evening, receipt)
    assert refused.value.code == "correction_not_wanted"
    tell(evening, status(receipt, "returned", items=ITEMS))
    begin(evening, receipt)
    evening.submit(receipt.application_id)
    assert detail(evening, receipt).acceptance_number == "620102-2026-000001"


def test_a_refused_submission_is_put_right_on_what_the_centre_has(evening: Evening) -> None:
    receipt = evening.submitted()
    [row] = evening.write(lambda db: outbox.claim(db, evening.now, 10))
    evening.write(lambda db: outbox.park(db, evening.now, row.id, "centre_refused", "不对", "Wrong", 0))
    begin(evening, receipt)
    give_up(evening, receipt)
    assert detail(evening, receipt).delivery is Delivery.PARKED  # given up, it still waits for a person
    begin(evening, receipt)
    evening.submit(receipt.application_id)
    [event] = evening.write(lambda db: outbox.claim(db, evening.now, 10))
    assert (event.revision, event.base_revision) == (3, 0)
    assert evening.read(outbox.pending_counts).parked == 0


def test_a_void_number_is_not_issued_again(evening: Evening) -> None:
    receipt = returned(evening)
    event = new_id(evening.now)
    evening.write(
        lambda db: voiding.void_receipt(
            db, evening.who, evening.now, receipt.number, "印坏", event, Alone("一人值守")
        )
    )
    begin(evening, receipt)
    second = evening.submit(receipt.application_id)
    assert second.number != receipt.number
    assert detail(evening, receipt).void is None


def test_the_first_copy_of_the_second_issue_needs_no_reason(evening: Evening) -> None:
    receipt = returned(evening)

    def ask(number: int) -> None:
        wish = Wish(f"w-{number}", "receipt", application_id=receipt.application_id,
                    receipt_number=receipt.number)  # fmt: skip
        evening.write(lambda db: print_queue.queue_paper(db, evening.who, evening.now, wish))
        evening.write(lambda db: print_queue.claim(db, evening.now))

    ask(1)
    evening.now += timedelta(minutes=5)
    begin(evening, receipt)
    evening.submit(receipt.application_id)
    ask(2)
    with pytest.raises(InputError) as refused:
        ask(3)
    assert refused.value.code == "reprint_reason_missing"


def test_only_a_revision_set_aside_can_become_a_draft(evening: Evening) -> None:
    receipt = returned(evening)
    for sql in (
        "UPDATE applications SET state = 'draft' WHERE id = ?",
        "UPDATE applications SET state = 'draft', revision = 2 WHERE id = ?",
        "UPDATE applications SET revision = 2 WHERE id = ?",
    ):
        with pytest.raises(Exception, match="frozen"):
            evening.sql(sql, receipt.application_id)
    begin(evening, receipt)
    evening.submit(receipt.application_id)
    for sql in ("DELETE FROM revisions", "DELETE FROM receipt_issues", "UPDATE revisions SET body = '{}'"):
        with pytest.raises(Exception, match="frozen"):
            evening.sql(sql)


def test_the_phone_list_has_whom_to_call_and_what_was_said(evening: Evening) -> None:
    late = returned(evening, due="2026-12-10")
    soon = returned(evening, due="2026-11-30")
    case, said = late.application_id, corrections.CallOutcome
    evening.write(
        lambda db: corrections.note_call(db, evening.who, evening.now, case, said.REACHED, "周五来")
    )
    begin(evening, late)
    first, second = evening.read(corrections.phone_list)
    assert (first.application_id, first.last_call) == (soon.application_id, None)
    assert (second.phone, second.mending) == ("13893104567", True)
    assert second.last_call is not None and second.last_call.note == "周五来"
    details = [
        json.loads(row[0]) for row in evening.sql("SELECT details FROM audit WHERE action = 'call_noted'")
    ]
    assert details == [{"outcome": "reached"}]  # the words are with the case, not in the log
    evening.submit(late.application_id)
    assert [one.application_id for one in evening.read(corrections.phone_list)] == [soon.application_id]


def test_what_is_overdue_is_called_to_mind(evening: Evening) -> None:
    due = returned(evening, due="2026-11-20")
    waiting = returned(evening)
    today = evening.now.date()
    assert [one.about for one in evening.read(reminders.reminders, today)] == [About.CORRECTION_OVERDUE]
    later = evening.read(reminders.reminders, today + timedelta(days=7))
    assert [(one.about, one.application_id) for one in later] == [
        (About.CORRECTION_OVERDUE, due.application_id),
        (About.CORRECTION_WAITING, waiting.application_id),
    ]
    begin(evening, due)
    assert len(evening.read(reminders.reminders, today)) == 1  # begun is not done
    evening.submit(due.application_id)
    assert evening.read(reminders.reminders, today) == []
