"""How cases end: every move of the table and no other, none without its paper, and the centre is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from registration.application import CaseState
from registration.central_checks import CheckResult, checks_for
from registration.checklist import Payer, Track
from registration.errors import InputError
from registration.legacy import CaseSource
from registration.outcomes import Outcome
from registration.packs import shipped
from registration.parties import Party
from registration.states import may_become
from registration.tracks import TrackState
from storage import applications, audit, closing, feed, operations, outbox, print_queue, voiding
from storage.ids import new_id
from storage.print_queue import PaperState, Wish
from storage.second_person import Alone
from tests.storage.evening import PERSON, TYPE, Evening

# By which statuses of the centre a submitted case comes into a state.
WAY = {
    CaseState.RECEIVED: (),
    CaseState.ACCEPTED: ("accepted",),
    CaseState.RETURNED: ("returned",),
    CaseState.REJECTED: ("rejected",),
    CaseState.REGISTERED: ("accepted", "registered"),
    CaseState.CERTIFICATE_ISSUED: ("accepted", "registered", "certificate_issued"),
    CaseState.WITHDRAWN: ("withdrawn",),
}


class Desk:
    """The centre's word, item by item."""

    def __init__(self, evening: Evening) -> None:
        self.evening, self.seq = evening, 1

    def says(self, application_id: str, state: str, **more: Any) -> None:
        self.seq += 1
        body = {"application_id": application_id, "revision": 1, "state": state, **more}
        item = {"seq": self.seq, "kind": "status", "body": body}
        self.evening.write(feed.apply_feed, self.evening.now, [item], self.seq)


def state_of(evening: Evening, application_id: str) -> CaseState:
    detail = evening.read(applications.detail, application_id)
    assert detail is not None
    return detail.state


def in_state(evening: Evening, desk: Desk, state: CaseState) -> str:
    """Return a case that is in a state, by the way that leads there."""
    draft = evening.complete()
    if state is not CaseState.DRAFT:
        evening.submit(draft.id)
        for step in WAY[state]:
            desk.says(draft.id, step)
    assert state_of(evening, draft.id) is state
    return draft.id


def refuse(
    evening: Evening, application_id: str, outcome: Outcome = Outcome.REFUSE, wish: Wish | None = None
) -> None:
    wish = wish or evening.paper(application_id, "refusal")
    evening.write(
        lambda db: operations.refuse_application(
            db, evening.who, evening.now, application_id, outcome=outcome, reason="缺发票", wish=wish
        )
    )


def withdraw(evening: Evening, application_id: str, reason: str = "暂不办理") -> None:
    wish, event = evening.paper(application_id), new_id(evening.now)
    evening.write(
        lambda db: operations.withdraw_application(
            db, evening.who, evening.now, application_id, reason=reason, wish=wish, event_id=event
        )
    )


@pytest.mark.parametrize("now", CaseState)
def test_the_centre_moves_a_case_exactly_where_the_table_lets_it(evening: Evening, now: CaseState) -> None:
    desk = Desk(evening)
    for then in CaseState:
        case = in_state(evening, desk, now)
        kept = len(evening.sql("SELECT 1 FROM feed_kept"))
        desk.says(case, then.value)
        allowed = now is not CaseState.DRAFT and (may_become(now, then) or now is then)
        assert state_of(evening, case) is (then if allowed else now), then
        assert len(evening.sql("SELECT 1 FROM feed_kept")) == kept + (not allowed)
    assert evening.read(audit.verify) is None


@pytest.mark.parametrize("now", CaseState)
def test_the_window_moves_a_case_exactly_where_the_table_lets_it(evening: Evening, now: CaseState) -> None:
    desk = Desk(evening)
    moves: dict[CaseState, Callable[[str], object]] = {
        CaseState.RECEIVED: evening.submit,
        CaseState.REJECTED: lambda case: refuse(evening, case),
        CaseState.WITHDRAWN: lambda case: (
            evening.discard(case) if now is CaseState.DRAFT else withdraw(evening, case)
        ),
    }
    for then, move in moves.items():
        case = in_state(evening, desk, now)
        by_window = then is CaseState.WITHDRAWN or now is CaseState.DRAFT
        if may_become(now, then) and by_window:
            move(case)
            assert state_of(evening, case) is then
            continue
        events, papers = len(evening.sql("SELECT 1 FROM outbox")), evening.read(print_queue.papers)
        try:
            move(case)
        except InputError as error:
            assert error.code in {"move_forbidden", "not_a_draft"}
        assert state_of(evening, case) is now, "a second submission gives the same receipt and moves nothing"
        assert len(evening.sql("SELECT 1 FROM outbox")) == events
        assert evening.read(print_queue.papers) == papers


def test_a_refusal_ends_a_draft_with_its_notice_in_the_queue(evening: Evening) -> None:
    draft = replace(evening.start(), parties=(PERSON,))
    evening.save(draft)
    refuse(evening, draft.id)
    detail = evening.read(applications.detail, draft.id)
    assert detail is not None and detail.state is CaseState.REJECTED and detail.receipt is None
    assert detail.closing is not None
    assert (detail.closing.outcome, detail.closing.reason) == ("refuse", "缺发票")
    (paper,) = evening.read(print_queue.papers, PaperState.WAITING, application_id=draft.id)
    assert (paper.wish.document, paper.id) == ("refusal", detail.closing.paper_id)
    assert detail.history[0].action == "application_refused"
    assert evening.read(outbox.pending_counts).applications == 0, "nothing of it goes to the centre"
    assert [row.id for row in evening.read(lambda db: applications.rows(db, state="rejected"))] == [draft.id]


def test_a_case_of_another_body_is_refused_with_where_to_go(evening: Evening) -> None:
    draft = evening.complete()
    refuse(evening, draft.id, Outcome.ELSEWHERE)
    ended = evening.read(closing.closing, draft.id)
    assert ended is not None and ended.outcome == "elsewhere"
    with pytest.raises(ValueError, match="refusal"):
        refuse(evening, evening.start().id, Outcome.ACCEPT)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"document": "withdrawal"}, "paper_missing"),
        ({"application_id": "another"}, "paper_missing"),
        ({}, ""),
    ],
)
def test_only_its_own_notice_ends_a_case(evening: Evening, change: dict[str, Any], code: str) -> None:
    draft = evening.complete()
    try:
        refuse(evening, draft.id, wish=replace(evening.paper(draft.id, "refusal"), **change))
    except InputError as error:
        assert error.code == code
    assert state_of(evening, draft.id) is (CaseState.DRAFT if code else CaseState.REJECTED)


def test_an_ending_without_a_reason_is_none(evening: Evening) -> None:
    receipt, draft = evening.submitted(), evening.complete()
    for end in (
        lambda: withdraw(evening, receipt.application_id, " "),
        lambda: evening.discard(draft.id, ""),
    ):
        with pytest.raises(InputError) as refused:
            end()
        assert refused.value.code == "closing_reason_missing"
    assert evening.read(print_queue.papers) == []


@pytest.mark.parametrize("party", [Party(name="张"), Party(document_number="6201"), Party(phone="138")])
def test_a_draft_somebody_applied_in_is_not_dropped_without_a_paper(evening: Evening, party: Party) -> None:
    empty, named, listed = evening.start(), evening.start(), evening.start()
    evening.save(replace(named, parties=(party,)))
    evening.save(replace(listed, parties=(party,), source=CaseSource.ON_DELIVERY))
    for draft, goes in ((empty, True), (named, False), (listed, True)):
        try:
            evening.write(operations.discard_draft, evening.who, evening.now, draft.id, "误开")
        except InputError as error:
            assert error.code == "paper_missing" and error.problem.params["paper_zh"] == "撤回申请书"
        assert state_of(evening, draft.id) is (CaseState.WITHDRAWN if goes else CaseState.DRAFT)
    evening.add(listed_page := evening.start().id, "identity")
    with pytest.raises(InputError):
        evening.write(operations.discard_draft, evening.who, evening.now, listed_page, "误开")


def test_a_withdrawal_goes_to_the_centre_behind_the_submission(evening: Evening) -> None:
    receipt = evening.submitted()
    withdraw(evening, receipt.application_id)
    (first,) = evening.write(outbox.claim, evening.now, 5)
    assert first.kind == outbox.SUBMITTED
    evening.write(outbox.settle, evening.now, first.id, "applied", 1)
    (second,) = evening.write(outbox.claim, evening.now, 5)
    assert (second.kind, second.revision, second.digests) == (closing.WITHDRAWN_EVENT, 1, ())
    assert second.body["receipt_number"] == receipt.number and second.body["reason"] == "暂不办理"
    assert evening.read(outbox.unacknowledged) == [receipt.application_id]
    evening.write(outbox.settle, evening.now, second.id, "applied", 1)
    assert evening.write(outbox.claim, evening.now, 5) == []
    assert not evening.read(closing.withdrawal_open, receipt.application_id)
    assert evening.sql("SELECT state FROM outbox WHERE kind <> 'fact_noted' ORDER BY seq") == [
        ("settled",),
        ("told",),
    ]


def test_until_the_centre_knows_of_a_withdrawal_its_word_counts(evening: Evening) -> None:
    desk, receipt = Desk(evening), evening.submitted()
    withdraw(evening, receipt.application_id)
    desk.says(receipt.application_id, "accepted", acceptance_number="1")
    assert state_of(evening, receipt.application_id) is CaseState.ACCEPTED
    with pytest.raises(InputError) as refused:
        withdraw(evening, receipt.application_id)
    assert refused.value.code == "withdrawal_under_way"
    for row in (*evening.write(outbox.claim, evening.now, 1), *evening.write(outbox.claim, evening.now, 1)):
        evening.write(outbox.settle, evening.now, row.id, "applied", 1)
    (told,) = evening.write(outbox.claim, evening.now, 1)
    evening.write(outbox.settle, evening.now, told.id, "applied", 1)
    desk.says(receipt.application_id, "withdrawn")
    desk.says(receipt.application_id, "registered")
    assert state_of(evening, receipt.application_id) is CaseState.WITHDRAWN


def test_a_void_receipt_is_told_to_the_centre(evening: Evening) -> None:
    receipt = evening.submitted()
    evening.write(
        voiding.void_receipt,
        evening.who,
        evening.now,
        receipt.number,
        "重复开具",
        new_id(evening.now),
        Alone("一人值守"),
    )
    (row,) = evening.sql("SELECT kind, json_extract(body, '$.reason') FROM outbox ORDER BY seq DESC LIMIT 1")
    assert row == ("receipt_voided", "重复开具")


def test_what_the_centre_finds_and_where_the_tracks_stand_comes_with_a_status(evening: Evening) -> None:
    desk, receipt = Desk(evening), evening.submitted()
    before = evening.read(applications.detail, receipt.application_id)
    assert before is not None
    assert before.checks == checks_for(TYPE, shipped()) and before.checks
    assert {check.result for check in before.checks} == {CheckResult.WAITING}
    assert before.tracks[0].track is Track.REGISTRATION
    first = before.checks[0].code
    desk.says(
        receipt.application_id,
        "received",
        checks=[
            {"code": first, "result": "stops", "note": "已查封"},
            {"code": "drone", "result": "passed", "zh": "航拍", "en": "Drone"},
        ],
        tracks=[{"track": "tax", "state": "held_up", "owed_by": "developer", "note": "欠税"}],
    )
    after = evening.read(applications.detail, receipt.application_id)
    assert after is not None and after.state is CaseState.RECEIVED
    assert (after.checks[0].result, after.checks[0].note) == (CheckResult.STOPS, "已查封")
    assert after.checks[0].zh == before.checks[0].zh and after.checks[-1].zh == "航拍"
    tax = next(status for status in after.tracks if status.track is Track.TAX)
    assert (tax.state, tax.owed_by, tax.note) == (TrackState.HELD_UP, Payer.DEVELOPER, "欠税")
    assert after.history[0].action == "status_news"
    desk.says(receipt.application_id, "accepted", tracks=[{"track": "tax", "state": "vanished"}])
    assert state_of(evening, receipt.application_id) is CaseState.RECEIVED, "all of an item or nothing"
    desk.says(receipt.application_id, "accepted")
    last = evening.read(applications.detail, receipt.application_id)
    assert last is not None and (last.checks, last.tracks) == (after.checks, after.tracks)
