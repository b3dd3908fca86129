"""Papers to print: in order, counted rightly whatever the queue says, and there again after any end."""

from __future__ import annotations

import pytest

from registration.errors import InputError
from registration.receipt import Receipt
from storage import applications, audit, print_queue, receipts, session_papers, voiding
from storage.print_queue import PaperState, QueuedPaper, Wish
from storage.second_person import Alone
from tests.storage.evening import NOW, Evening


def frozen() -> pytest.RaisesExc[InputError]:
    return pytest.RaisesExc(InputError, check=lambda error: error.code == "frozen")


def wish_for(receipt: Receipt, paper_id: str = "p1", **changes) -> Wish:
    return Wish(
        paper_id,
        "receipt",
        **{"application_id": receipt.application_id, "receipt_number": receipt.number, **changes},
    )


def queue(evening: Evening, wish: Wish) -> QueuedPaper:
    return evening.write(lambda db: print_queue.queue_paper(db, evening.who, NOW, wish))[1]


def claim(evening: Evening) -> QueuedPaper | None:
    return evening.write(lambda db: print_queue.claim(db, NOW))[1]


def settle(evening: Evening, paper_id: str, state: PaperState, result: str = "") -> None:
    evening.write(lambda db: print_queue.settle(db, NOW, paper_id, state, result or state.value))


def hand_over(evening: Evening, wish: Wish) -> QueuedPaper:
    queue(evening, wish)
    taken = claim(evening)
    assert taken is not None
    evening.write(lambda db: print_queue.mark_sent(db, NOW, taken.id, "hp", 7))
    return taken


def prints(evening: Evening, receipt: Receipt) -> list[int]:
    return [p.copy_number for p in evening.read(lambda db: receipts.prints(db, receipt.number))]


def actions(evening: Evening, subject: str) -> list[str]:
    return [row.action for row in evening.read(lambda db: audit.history(db, subject))]


def test_a_paper_is_recorded_as_printed_only_when_the_queue_says_so(evening: Evening) -> None:
    receipt = evening.submitted()
    taken = hand_over(evening, wish_for(receipt))
    assert (taken.copy_number, taken.state) == (1, PaperState.SENDING)
    assert prints(evening, receipt) == []
    assert "receipt_printed" not in actions(evening, receipt.application_id)
    settle(evening, "p1", PaperState.PRINTED)
    assert prints(evening, receipt) == [1]
    (kept,) = evening.read(lambda db: receipts.prints(db, receipt.number))
    assert (kept.job, kept.result, kept.operator_name) == ("hp-7", "printed", "王海燕")
    assert actions(evening, receipt.application_id)[0] == "receipt_printed"
    assert evening.read(audit.verify) is None


def test_papers_are_taken_in_the_order_in_which_they_were_asked_for(evening: Evening) -> None:
    found = [evening.submitted() for _ in range(3)]
    for number, receipt in enumerate(found):
        queue(evening, wish_for(receipt, f"p{number}"))
    assert [paper.id for _ in found if (paper := claim(evening))] == ["p0", "p1", "p2"]
    assert claim(evening) is None


def test_a_reprint_needs_a_reason_and_is_audited_with_it_and_its_count(evening: Evening) -> None:
    receipt = evening.submitted()
    hand_over(evening, wish_for(receipt))
    settle(evening, "p1", PaperState.PRINTED)
    with pytest.raises(InputError) as caught:
        queue(evening, wish_for(receipt, "p2", reason="  "))
    assert (caught.value.code, caught.value.problem.field) == ("reprint_reason_missing", "reason")
    assert hand_over(evening, wish_for(receipt, "p2", reason="凭证遗失")).copy_number == 2
    settle(evening, "p2", PaperState.PRINTED)
    newest = evening.read(lambda db: audit.history(db, receipt.application_id))[0]
    assert (newest.action, newest.operator_name) == ("receipt_reprinted", "王海燕")
    assert newest.details["copy"] == 2
    assert newest.details["reason"] == "凭证遗失"
    assert prints(evening, receipt) == [1, 2]


@pytest.mark.parametrize("state", [PaperState.FAILED, PaperState.CANCELLED])
def test_a_copy_that_never_came_out_does_not_make_the_next_one_a_reprint(
    evening: Evening, state: PaperState
) -> None:
    receipt = evening.submitted()
    hand_over(evening, wish_for(receipt))
    settle(evening, "p1", state)
    assert prints(evening, receipt) == []
    assert hand_over(evening, wish_for(receipt, "p2")).copy_number == 1


def test_a_copy_that_may_have_come_out_makes_the_next_one_a_reprint(evening: Evening) -> None:
    receipt = evening.submitted()
    hand_over(evening, wish_for(receipt))
    settle(evening, "p1", PaperState.UNKNOWN)
    assert prints(evening, receipt) == []
    with pytest.raises(InputError):
        queue(evening, wish_for(receipt, "p2"))
    again = evening.write(lambda db: print_queue.retry(db, evening.who, NOW, "p1", "p3"))[1]
    assert again.wish.reason
    assert again.id == "p3"
    taken = claim(evening)
    assert taken is not None
    assert taken.copy_number == 2
    assert [p.state for p in evening.read(lambda db: print_queue.papers(db, PaperState.LOST))] == ["lost"]


def test_what_was_under_way_is_there_again_after_the_program_was_ended(evening: Evening) -> None:
    first, second, third = (evening.submitted() for _ in range(3))
    hand_over(evening, wish_for(first, "p1"))
    queue(evening, wish_for(second, "p2"))
    assert claim(evening) is not None  # p2: nobody knows how far this one came
    queue(evening, wish_for(third, "p3"))
    evening.reopen()
    evening.write(lambda db: print_queue.recover(db, NOW))
    states = {p.id: (p.state, p.printer, p.job) for p in evening.read(print_queue.papers)}
    assert states == {
        "p1": (PaperState.SENT, "hp", 7),
        "p2": (PaperState.UNKNOWN, "", 0),
        "p3": (PaperState.FAILED, "", 0),  # nothing prints unasked after a start
    }
    settle(evening, "p1", PaperState.PRINTED)
    assert prints(evening, first) == [1]
    assert not evening.write(lambda db: print_queue.recover(db, NOW))


def test_what_failed_is_tried_again_and_what_is_given_up_is_not(evening: Evening) -> None:
    receipt = evening.submitted()
    hand_over(evening, wish_for(receipt))
    settle(evening, "p1", PaperState.FAILED, "media-jam")
    with pytest.raises(KeyError):
        settle(evening, "p1", PaperState.PRINTED)
    retried = evening.write(lambda db: print_queue.retry(db, evening.who, NOW, "p1", "unused"))[1]
    assert (retried.id, retried.state) == ("p1", PaperState.WAITING)
    evening.write(lambda db: print_queue.give_up(db, evening.who, NOW, ["p1"]))
    assert claim(evening) is None
    assert evening.read(print_queue.papers) == []
    with pytest.raises(KeyError):
        evening.write(lambda db: print_queue.retry(db, evening.who, NOW, "p1", "unused"))
    assert actions(evening, receipt.application_id)[:2] == ["print_given_up", "print_failed"]


def test_what_the_print_system_holds_is_not_given_up_behind_its_back(evening: Evening) -> None:
    hand_over(evening, wish_for(evening.submitted()))
    evening.write(lambda db: print_queue.give_up(db, evening.who, NOW, ["p1"]))
    assert [p.state for p in evening.read(print_queue.papers)] == [PaperState.SENT]


def test_a_batch_goes_in_whole_and_is_cancelled_where_it_still_waits(evening: Evening) -> None:
    found = [evening.submitted() for _ in range(5)]
    wishes = [wish_for(receipt, f"p{n}", batch_id="b") for n, receipt in enumerate(found)]
    with pytest.raises(KeyError):
        unknown = Wish("x", "receipt", application_id=found[0].application_id, receipt_number="none")
        evening.write(lambda db: print_queue.queue_batch(db, evening.who, NOW, [*wishes, unknown]))
    assert evening.read(print_queue.papers) == []
    evening.write(lambda db: print_queue.queue_batch(db, evening.who, NOW, wishes))
    assert evening.read(lambda db: print_queue.batch_figures(db, "b")).waiting == 5
    for state in (PaperState.PRINTED, PaperState.FAILED):
        taken = claim(evening)
        assert taken is not None
        settle(evening, taken.id, state)
    claim(evening)
    evening.write(lambda db: print_queue.cancel_batch(db, evening.who, NOW, "b"))
    now = evening.read(lambda db: print_queue.batch_figures(db, "b"))
    assert (now.papers, now.printed, now.failed, now.under_way, now.cancelled) == (5, 1, 1, 1, 2)
    assert not now.ended


def test_forms_are_counted_apart_from_receipts_and_by_their_own_case_or_session(evening: Evening) -> None:
    one, two = evening.submitted(), evening.submitted()
    hand_over(evening, wish_for(one))
    settle(evening, "p1", PaperState.PRINTED)
    facts = {"applicants": "张立群", "items": [{"name": "购房发票"}]}
    notice = Wish("n1", "correction_notice", application_id=one.application_id, facts=facts)
    taken = hand_over(evening, notice)
    assert (taken.copy_number, taken.wish.facts) == (1, facts)
    settle(evening, "n1", PaperState.PRINTED)
    assert actions(evening, one.application_id)[0] == "paper_printed"
    assert prints(evening, one) == [1]
    other = Wish("n2", "correction_notice", application_id=two.application_id)
    assert evening.read(lambda db: print_queue.next_copy(db, other)) == 1
    closing = Wish("c1", "closing_sheet", session_id="s-1")
    hand_over(evening, closing)
    settle(evening, "c1", PaperState.PRINTED)
    assert evening.read(lambda db: print_queue.next_copy(db, closing)) == 2


def test_what_was_asked_for_is_frozen_and_what_is_ended_stays_so(evening: Evening) -> None:
    hand_over(evening, wish_for(evening.submitted()))
    settle(evening, "p1", PaperState.PRINTED)
    for sql in (
        "UPDATE print_queue SET state = 'waiting'",
        "DELETE FROM print_queue",
        "UPDATE print_queue SET facts = '{}', reason = 'x'",
    ):
        with frozen():
            evening.sql(sql)


def test_voiding_needs_a_reason_is_audited_and_shows_in_list_and_case(evening: Evening) -> None:
    receipt = evening.submitted()

    def void(reason: str) -> None:
        event = f"v-{reason}"
        evening.write(
            lambda db: voiding.void_receipt(
                db, evening.who, NOW, receipt.number, reason, event, Alone("一人值守")
            )
        )

    with pytest.raises(InputError) as caught:
        void(" ")
    assert caught.value.code == "void_reason_missing"
    void("姓名录入有误")
    (row,) = evening.read(applications.rows)
    assert row.voided
    detail = evening.read(lambda db: applications.detail(db, receipt.application_id))
    assert detail is not None
    assert detail.void is not None
    assert (detail.void.reason, detail.void.operator_name) == ("姓名录入有误", "王海燕")
    assert detail.receipt == receipt
    newest = detail.history[0]
    assert (newest.action, newest.details["reason"]) == ("receipt_voided", "姓名录入有误")
    with pytest.raises(InputError) as caught:
        void("again")
    assert caught.value.code == "receipt_void"
    with frozen():
        evening.sql("DELETE FROM voided_receipts")
    with pytest.raises(KeyError):
        evening.write(
            lambda db: voiding.void_receipt(db, evening.who, NOW, "none", "x", "v", Alone("一人值守"))
        )


def test_a_session_knows_which_receipts_nobody_has_in_hand(evening: Evening) -> None:
    printed, waiting, void, left = (evening.submitted() for _ in range(4))
    hand_over(evening, wish_for(printed))
    settle(evening, "p1", PaperState.PRINTED)
    queue(evening, wish_for(waiting, "p2"))
    evening.write(
        lambda db: voiding.void_receipt(db, evening.who, NOW, void.number, "重开", "v", Alone("一人值守"))
    )
    issued = {
        r.number: (r.printed, r.queued) for r in evening.read(lambda db: session_papers.issued(db, "s-1"))
    }
    assert issued == {
        printed.number: (True, False),
        waiting.number: (False, True),
        left.number: (False, False),
    }
    figures = evening.read(lambda db: session_papers.figures(db, "s-1"))
    assert (figures.receipts, figures.printed, figures.voided) == (3, 1, 1)
    assert (figures.first_number, figures.last_number) == (printed.number, left.number)
    assert figures.pages > 0
    assert evening.read(lambda db: session_papers.figures(db, "none")).receipts == 0
