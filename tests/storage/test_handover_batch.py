"""A developer's batch: all its households or none, taken back while untouched, kept for the next session."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from registration.application import CaseState
from registration.errors import InputError
from registration.handover import HandoverCase
from registration.legacy import CaseSource
from registration.parties import Party
from registration.shares import CoOwnership
from storage import applications, audit, feed, handover, operations, sessions
from storage.handover import Batch
from tests.storage.evening import COMPOUND, REQUIRED, Evening, end_session, signed

HOMES = [unit["id"] for unit in COMPOUND["households"]]
ZHANG = Party(name="张立群", document_number="620102198503071231", phone="13893104567", share="1/3")
WEI = Party(name="魏秀英", document_number="620102196203041226", phone="13893104568", share="2/3")


def case(number: int, **changes: Any) -> HandoverCase:
    made = HandoverCase(
        HOMES[number],
        (replace(ZHANG, share=""),),
        None,
        f"HT-{number}",
        "2026-03-01",
        "2026-11-20",
        "",
        (number + 2,),
    )
    return replace(made, **changes)


def start(evening: Evening, *cases: HandoverCase, batch_id: str = "b-1", session_id: str = "s-1") -> Batch:
    numbers = count(1)
    return evening.write(
        lambda db: handover.start_batch(
            db, evening.who, evening.now, cases, batch_id=batch_id, session_id=session_id,
            new_id=lambda: f"{batch_id}-{next(numbers):04}",
        )
    )[1]  # fmt: skip


def undo(evening: Evening, batch_id: str = "b-1") -> int:
    return evening.write(handover.undo_batch, evening.who, evening.now, batch_id, "wrong sheet")[1]


def test_every_household_becomes_a_draft_with_its_people_and_shares(evening: Evening):
    shared = case(1, parties=(ZHANG, WEI), co_ownership=CoOwnership.BY_SHARES, remarks="地下室另计")
    batch = start(evening, case(0), shared)
    assert (batch.drafts, batch.untouched) == (2, 2)
    found = evening.read(applications.draft, "b-1-0002")
    assert found is not None
    draft, _ = found
    assert draft.source is CaseSource.ON_DELIVERY
    assert draft.parties == (ZHANG, WEI)
    assert draft.co_ownership is CoOwnership.BY_SHARES
    assert draft.household_id == HOMES[1]
    assert draft.remarks == "合同编号：HT-1；合同日期：2026-03-01；交房日期：2026-11-20；备注：地下室另计"
    assert "registration_types" in draft.pack_versions
    (row,) = evening.read(applications.rows, search="weixiuying")
    assert (row.id, row.applicant_name, row.state) == (draft.id, "张立群、魏秀英", CaseState.DRAFT)
    assert evening.read(audit.verify) is None


def test_the_progress_reaches_the_last_case(evening: Evening):
    told: list[int] = []
    numbers = count()
    evening.write(
        lambda db: handover.start_batch(
            db, evening.who, evening.now, [case(n) for n in range(3)], batch_id="b-1", session_id="s-1",
            new_id=lambda: f"x{next(numbers)}", progress=told.append,
        )
    )  # fmt: skip
    assert told[-1] == 3


def test_one_household_that_got_a_case_meanwhile_and_nothing_is_made(evening: Evening):
    evening.start(HOMES[2])
    before = evening.read(audit.verify), evening.sql("SELECT count(*) FROM audit")
    with pytest.raises(InputError) as caught:
        start(evening, case(0), case(1), case(2))
    assert caught.value.code == "batch_overtaken"
    assert evening.read(applications.count) == 1
    assert (evening.read(audit.verify), evening.sql("SELECT count(*) FROM audit")) == before


def test_a_failure_in_the_middle_leaves_nothing(evening: Evening):
    with pytest.raises(Exception, match="UNIQUE"):
        evening.write(
            lambda db: handover.start_batch(
                db, evening.who, evening.now, [case(0), case(1)], batch_id="b-1", session_id="s-1",
                new_id=lambda: "the same",
            )
        )  # fmt: skip
    assert evening.read(applications.count) == 0
    assert evening.read(applications.rows, search="张立群") == []
    assert evening.read(handover.latest_batch, "c1") is None


def test_a_session_must_run_at_the_compound(evening: Evening):
    with pytest.raises(InputError, match="batch_elsewhere"):
        start(evening, case(0, household_id="elsewhere"))
    end_session(evening)
    with pytest.raises(InputError, match="no_session"):
        start(evening, case(0))


def test_a_withdrawn_case_does_not_keep_its_household_from_the_batch(evening: Evening):
    old = evening.start(HOMES[0])
    assert evening.read(handover.open_households, "c1") == {HOMES[0]}
    evening.write(operations.discard_draft, evening.who, evening.now, old.id, "again")
    assert evening.read(handover.open_households, "c1") == frozenset()
    assert start(evening, case(0)).drafts == 1


def test_what_nobody_touched_is_taken_back_together_and_the_rest_stays(evening: Evening):
    start(evening, *(case(n) for n in range(4)))
    evening.now += timedelta(minutes=1)
    draft = evening.read(applications.application, "b-1-0002")
    assert draft is not None
    evening.save(replace(draft, reason="changed"))
    evening.add("b-1-0003", "identity")
    batch = evening.read(handover.latest_batch, "c1")
    assert batch is not None
    assert (batch.id, batch.drafts, batch.untouched, batch.operator_name) == ("b-1", 4, 2, "王海燕")
    assert undo(evening) == 2
    states = dict(evening.sql("SELECT id, state FROM applications"))
    assert [states[f"b-1-000{n}"] for n in (1, 2, 3, 4)] == ["withdrawn", "draft", "draft", "withdrawn"]
    assert undo(evening) == 0
    assert len(evening.read(applications.rows, search="张立群", state=CaseState.DRAFT)) == 2
    assert evening.read(audit.verify) is None


def test_a_draft_of_a_batch_is_completed_and_submitted_as_what_it_is(evening: Evening):
    new = {**COMPOUND, "categories": []}
    evening.write(feed.apply_feed, evening.now, [{"seq": 600, "kind": "compound", "body": new}], 600)
    start(evening, case(0))
    draft = evening.read(applications.application, "b-1-0001")
    assert draft is not None
    evening.save(signed(evening, draft))
    for item_code in REQUIRED:
        evening.add(draft.id, item_code)
    receipt = evening.submit(draft.id)
    assert receipt.number
    ((body,),) = evening.sql("SELECT body FROM outbox WHERE application_id = ?", draft.id)
    assert json.loads(body)["application"]["source"] == "on_delivery"


def test_an_ordinary_draft_is_none_of_a_batch(evening: Evening):
    ordinary = evening.start(HOMES[5])
    start(evening, case(0))
    assert undo(evening) == 1
    assert evening.read(applications.draft, ordinary.id) is not None
    with pytest.raises(KeyError):
        undo(evening, "none")


def test_a_session_closes_over_untouched_drafts_and_they_wait_for_the_next(evening: Evening):
    start(evening, case(0), case(1))
    evening.now += timedelta(minutes=1)
    assert evening.read(sessions.figures, "s-1").drafts == 0
    touched = evening.read(applications.application, "b-1-0002")
    assert touched is not None
    evening.save(replace(touched, reason="changed"))
    assert evening.read(sessions.figures, "s-1").drafts == 1
    with pytest.raises(InputError, match="drafts_open"):
        end_session(evening)
    evening.write(operations.discard_draft, evening.who, evening.now, "b-1-0002", "not now")
    end_session(evening)
    with pytest.raises(InputError, match="no_session"):
        evening.write(handover.bring_into_session, evening.who, evening.now, "b-1-0001")

    evening.open_session("s-2")
    changes = evening.write(handover.bring_into_session, evening.who, evening.now, "b-1-0001")
    assert changes.applications == {"b-1-0001"}
    moved = evening.read(applications.application, "b-1-0001")
    assert moved is not None and moved.session_id == "s-2"
    assert [row.id for row in evening.read(applications.rows, session_id="s-2")] == ["b-1-0001"]
    assert [row.id for row in evening.read(applications.rows, search="张立群", session_id="s-2")] == [
        "b-1-0001"
    ]
    assert not evening.write(handover.bring_into_session, evening.who, evening.now, "b-1-0001")


def test_a_draft_goes_into_no_session_of_another_compound(evening: Evening):
    start(evening, case(0))
    end_session(evening)
    other = {**COMPOUND, "id": "c2", "name": "陇纺家属院", "households": []}
    evening.write(feed.apply_feed, evening.now, [{"seq": 700, "kind": "compound", "body": other}], 700)
    evening.write(
        lambda db: operations.open_session(
            db, evening.who, evening.now, session_id="s-2", fact_id="f-2", compound_id="c2", title="",
            starts="18:30", ends="21:00", helper_name="",
        )
    )  # fmt: skip
    with pytest.raises(InputError, match="batch_elsewhere"):
        evening.write(handover.bring_into_session, evening.who, evening.now, "b-1-0001")


def test_the_draft_under_way_is_found_beside_a_fresh_batch(evening: Evening):
    under_way = evening.start(HOMES[5])
    evening.now += timedelta(seconds=1)
    evening.save(replace(under_way, reason="typed"), '{"step": 2}')
    evening.now += timedelta(minutes=1)
    start(evening, case(0))
    latest = evening.read(applications.latest_draft)
    assert latest is not None and latest[0].id == under_way.id
