"""Closing a session: counted in four blocks, refused over whatever does not agree, kept as a fact."""

from __future__ import annotations

from typing import Any

import pytest

from registration.closing_sheet import BLOCK_OF, Block, ClosingSheet, Count, Said, Verdict
from registration.errors import InputError
from registration.facts import Topic
from registration.packs import shipped
from registration.paper_form import Form
from registration.queue import rules_from
from storage import facts, print_queue, receipts, session_closing, sessions
from storage import line as waiting
from storage.ids import new_id
from storage.print_queue import PaperState, Wish
from tests.storage.evening import Evening

RULES = rules_from(shipped())
REASONS = dict.fromkeys((Count.RECEIPTS, Count.NOTICES, Count.NUMBERS), "停电，手写凭证")


def sheet(evening: Evening, said: Said | None = None) -> ClosingSheet:
    return evening.read(lambda db: session_closing.sheet(db, "s-1", said or Said()))


def close(evening: Evening, said: Said) -> ClosingSheet:
    return evening.write(
        lambda db: session_closing.close_session(
            db, evening.who, evening.now, session_id="s-1", fact_id=new_id(evening.now), said=said
        )
    )[1]


def print_one(evening: Evening, wish: Wish) -> None:
    """Queue a paper and let the printer say that it came out."""
    evening.write(print_queue.queue_paper, evening.who, evening.now, wish)
    evening.write(print_queue.claim, evening.now)
    evening.write(print_queue.settle, evening.now, wish.id, PaperState.PRINTED, "ok")


def print_receipt(evening: Evening, receipt: Any) -> None:
    wish = Wish(new_id(evening.now), print_queue.RECEIPT, receipt_number=receipt.number,
                application_id=receipt.application_id)  # fmt: skip
    print_one(evening, wish)


def originals(evening: Evening) -> int:
    numbers = [row[0] for row in evening.sql("SELECT number FROM receipts")]
    found = [evening.read(receipts.receipt, number) for number in numbers]
    return sum(line.copies for one in found if one for line in one.lines if line.form is Form.ORIGINAL)


def test_an_evening_in_order_closes_and_its_sheet_is_a_fact(evening: Evening) -> None:
    given = [evening.submitted() for _ in range(3)]
    for receipt in given:
        print_receipt(evening, receipt)
    counted = originals(evening)
    assert counted > 0
    closed = close(evening, Said(counted))
    assert {BLOCK_OF[line.count] for line in closed.lines} == set(Block)
    assert (closed.first, closed.last) == (given[0].number, given[-1].number)
    assert closed.line(Count.NUMBERS).expected == closed.line(Count.NUMBERS).counted == 3
    assert closed.line(Count.PAGES).counted == 15
    assert evening.read(sessions.current) is None
    _, fact = evening.read(lambda db: facts.of_subject(db, Topic.SESSION, "s-1"))
    assert (fact.verb, fact.compound_id, fact.body["first"]) == ("closed", "c1", given[0].number)
    assert {line["count"]: line["counted"] for line in fact.body["lines"]}["originals"] == counted


def test_what_is_unsent_is_listed_and_keeps_nothing_open(evening: Evening) -> None:
    receipt = evening.submitted()
    print_receipt(evening, receipt)
    held = sheet(evening).line(Count.HELD)
    assert (held.verdict, held.expected, held.counted) == (Verdict.LISTED, 1, 0)
    assert [item.application_id for item in held.items] == [receipt.application_id]
    households = sheet(evening).line(Count.HOUSEHOLDS)  # that not all have a case yet is said
    assert households.counted == 1 < households.expected and households.verdict is Verdict.LISTED
    close(evening, Said(originals(evening)))


def test_a_draft_keeps_the_session_open_and_is_named(evening: Evening) -> None:
    draft = evening.start()
    line = sheet(evening).line(Count.OUTCOMES)
    assert [(item.application_id, item.draft) for item in line.items] == [(draft.id, True)]
    with pytest.raises(InputError, match="drafts_open"):
        close(evening, Said(0, {Count.OUTCOMES: "no reason can stand here"}))
    assert evening.read(sessions.current) is not None


def test_a_receipt_without_paper_needs_the_paper_or_a_reason(evening: Evening) -> None:
    receipt = evening.submitted()
    line = sheet(evening).line(Count.RECEIPTS)
    assert [item.label for item in line.items] == [receipt.number]
    counted = originals(evening)
    with pytest.raises(InputError, match="session_mismatch"):
        close(evening, Said(counted))
    closed = close(evening, Said(counted, REASONS))
    assert closed.line(Count.RECEIPTS).verdict is Verdict.EXPLAINED


def test_a_paper_that_did_not_come_out_is_printed_or_given_up_first(evening: Evening) -> None:
    receipt = evening.submitted()
    wish = Wish(new_id(evening.now), print_queue.RECEIPT, receipt_number=receipt.number,
                application_id=receipt.application_id)  # fmt: skip
    evening.write(print_queue.queue_paper, evening.who, evening.now, wish)
    evening.write(print_queue.claim, evening.now)
    evening.write(print_queue.settle, evening.now, wish.id, PaperState.FAILED, "no paper")
    said = Said(originals(evening), {**REASONS, Count.QUEUE: "no reason can stand here"})
    with pytest.raises(InputError, match="session_mismatch"):
        close(evening, said)
    evening.write(print_queue.give_up, evening.who, evening.now, [wish.id])
    close(evening, said)


def test_a_refusal_counts_and_its_notice_too(evening: Evening) -> None:
    draft = evening.complete()
    evening.discard(draft.id)
    (paper,) = evening.read(print_queue.papers)
    line = sheet(evening).line(Count.NOTICES)
    assert (line.expected, line.counted) == (1, 0)
    evening.write(print_queue.claim, evening.now)
    evening.write(print_queue.settle, evening.now, paper.id, PaperState.PRINTED, "ok")
    assert sheet(evening).line(Count.NOTICES).verdict is Verdict.AGREES


def test_a_number_without_a_receipt_needs_its_reason(evening: Evening) -> None:
    first = evening.submitted()
    evening.sql("UPDATE number_blocks SET next = next + 1")  # one that went with a paper that jammed
    last = evening.submitted()
    line = sheet(evening).line(Count.NUMBERS)
    assert (line.expected, line.counted) == (3, 2)
    (gap,) = (item.label for item in line.items)
    assert first.number < gap < last.number
    for receipt in (first, last):
        print_receipt(evening, receipt)
    counted = originals(evening)
    with pytest.raises(InputError, match="session_mismatch"):
        close(evening, Said(counted))
    assert close(evening, Said(counted, REASONS)).line(Count.NUMBERS).reason == REASONS[Count.NUMBERS]


def test_originals_are_counted_by_a_person(evening: Evening) -> None:
    print_receipt(evening, evening.submitted())
    counted = originals(evening)
    for said in (Said(), Said(counted - 1), Said(None, {Count.ORIGINALS: "nobody has counted"})):
        with pytest.raises(InputError, match="session_mismatch"):
            close(evening, said)
    line = sheet(evening, Said(counted - 1)).line(Count.ORIGINALS)
    assert (line.expected, line.counted, len(line.items)) == (counted, counted - 1, 1)
    close(evening, Said(counted - 1, {Count.ORIGINALS: "旧证收存归档"}))


def test_who_still_waits_is_served_or_has_been_told_something(evening: Evening) -> None:
    slip = evening.write(
        lambda db: waiting.issue(
            db, evening.who, evening.now, fact_id=new_id(evening.now), slip_id="slip-1", rules=RULES
        )
    )[1]
    line = sheet(evening).line(Count.SLIPS)
    assert (line.expected, line.counted, [item.label for item in line.items]) == (1, 0, [slip.number])
    with pytest.raises(InputError, match="session_mismatch"):
        close(evening, Said(0))
    closed = close(evening, Said(0, {Count.SLIPS: "已约明晚"}))
    assert closed.line(Count.SLIPS).verdict is Verdict.EXPLAINED
