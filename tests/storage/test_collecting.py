"""Certificates to hand over: once, with what has to come back for them, the same on every laptop."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from registration.collection import (
    CollectionState,
    HandOver,
    Taker,
    Way,
    digest_of,
    hand_over_to_json,
    receipt_text,
)
from registration.errors import InputError
from registration.facts import Fact, Topic, fact_to_json
from registration.receipt import Receipt
from storage import collecting, facts, feed, household_marks
from storage.second_person import Alone
from tests.storage.evening import NOW, Evening
from tests.storage.test_revisions import status, tell

NUMBER = "甘（2026）兰州市不动产权第0012345号"
STROKES = (tuple((0.1 + n / 20, 0.5, n * 40) for n in range(12)),)


def certified(evening: Evening) -> Receipt:
    """Return the receipt of a case whose certificate the centre has made."""
    receipt = evening.submitted()
    for state in ("received", "accepted", "registered"):
        tell(evening, status(receipt, state))
    tell(evening, status(receipt, "certificate_issued", certificate_number=NUMBER))
    return receipt


def hand_over(receipt: Receipt, **changes: Any) -> HandOver:
    given = HandOver(
        household_id="", receipt_number=receipt.number, certificates=(NUMBER,),
        place=receipt.property_label, taker_name="张立群", identity_seen=True, receipt_returned=True,
        receipt_typed=receipt.number, strokes=STROKES,
    )  # fmt: skip
    given = replace(given, **changes)
    return replace(given, text_digest=changes.get("text_digest") or digest_of(receipt_text(given, "zh")))


def give(evening: Evening, receipt: Receipt, given: HandOver, fact_id: str = "f-1") -> None:
    evening.write(
        collecting.hand_out, evening.who, evening.now, fact_id=fact_id,
        application_id=receipt.application_id, given=given,
    )  # fmt: skip


def test_a_certificate_goes_into_its_owners_hand_once(evening: Evening) -> None:
    receipt = certified(evening)
    (row,) = evening.read(collecting.waiting)
    assert (row.certificate_number, row.state) == (NUMBER, CollectionState.WAITING)
    evening.write(
        collecting.notify, evening.who, evening.now, fact_id="f-0", application_id=receipt.application_id
    )
    assert evening.read(collecting.waiting)[0].state is CollectionState.NOTIFIED
    give(evening, receipt, hand_over(receipt))
    assert evening.read(collecting.waiting) == []
    (row,) = evening.read(collecting.handed_out)
    assert row.application_id == receipt.application_id
    given = evening.read(collecting.of_case, receipt.application_id).given
    assert given is not None and given.strokes == STROKES and given.household_id == row.household_id
    assert evening.read(household_marks.of_compound, "c1").in_hand == {row.household_id: NUMBER}
    with pytest.raises(InputError, match="collection_done"):
        give(evening, receipt, hand_over(receipt), "f-2")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"certificates": (" ",)}, "certificate_missing"),
        ({"taker_name": " "}, "taker_missing"),
        ({"identity_seen": False}, "identity_not_seen"),
        ({"taker": Taker.AGENT}, "mandate_not_seen"),
        ({"receipt_typed": "SJ-X"}, "receipt_differs"),
        ({"receipt_returned": False}, "receipt_not_returned"),
        ({"way": Way.POST}, "post_number_missing"),
        ({"strokes": ()}, "hand_over_unsigned"),
        ({"text_digest": "0" * 64}, "hand_over_text_changed"),
        ({"certificates": (NUMBER, NUMBER)}, "hand_over_text_changed"),  # signed for two
        ({"strokes": (((0.1, 0.1, 0),),)}, "hand_over_unsigned"),
    ],
)
def test_what_lacks_something_does_not_go_out(evening: Evening, changes: dict[str, Any], code: str) -> None:
    receipt = certified(evening)
    with pytest.raises(InputError, match=code):
        give(evening, receipt, hand_over(receipt, **changes))
    assert evening.read(lambda db: facts.of_topic(db, Topic.COLLECTION)) == []


def test_lost_receipt_paper_signature_and_post_are_ways_too(evening: Evening) -> None:
    receipt = certified(evening)
    lost = {"receipt_returned": False, "receipt_typed": "", "receipt_lost": "遗失，已写说明"}
    give(evening, receipt, hand_over(receipt, strokes=(), way=Way.POST, post_number="EMS1", **lost))
    assert evening.read(collecting.of_case, receipt.application_id).state is CollectionState.IN_HAND


def test_what_is_not_made_is_not_handed_out(evening: Evening) -> None:
    receipt = evening.submitted()
    with pytest.raises(InputError, match="certificate_not_made"):
        give(evening, receipt, hand_over(receipt))


def test_a_hand_over_is_taken_back_by_two(evening: Evening) -> None:
    receipt = certified(evening)
    given: dict[str, Any] = {"application_id": receipt.application_id, "second": Alone("夜间一人")}
    with pytest.raises(InputError, match="collection_not_done"):
        evening.write(collecting.take_back, evening.who, evening.now, fact_id="f-9", why="错发", **given)
    give(evening, receipt, hand_over(receipt))
    with pytest.raises(InputError, match="collection_reason_missing"):
        evening.write(collecting.take_back, evening.who, evening.now, fact_id="f-9", why=" ", **given)
    later = evening.now + timedelta(minutes=1)
    evening.write(collecting.take_back, evening.who, later, fact_id="f-2", why="错发给邻居", **given)
    (row,) = evening.read(collecting.waiting)
    assert row.state is CollectionState.TAKEN_BACK
    assert evening.read(household_marks.of_compound, "c1").in_hand == {}
    evening.now += timedelta(minutes=2)
    give(evening, receipt, hand_over(receipt), "f-3")
    assert evening.read(collecting.of_case, receipt.application_id).given == hand_over(
        receipt, household_id=row.household_id
    )


def test_two_laptops_that_hand_out_are_told_of_each_other(evening: Evening) -> None:
    receipt = certified(evening)
    give(evening, receipt, hand_over(receipt))
    earlier = NOW - timedelta(minutes=5)
    body = hand_over_to_json(hand_over(receipt, taker_name="张母"))
    other = Fact("f-0", Topic.COLLECTION, receipt.application_id, "handed_out", "c1", earlier, "B01", "o-9",
                 "李", body)  # fmt: skip
    evening.write(facts.take, evening.now, fact_to_json(other))
    found = evening.read(collecting.of_case, receipt.application_id)
    assert found.twice and found.given is not None and found.given.taker_name == "张母"
    assert evening.sql("SELECT state, twice FROM collections") == [("in_hand", 1)]


@pytest.mark.parametrize(
    "strange", [{"way": "drone"}, {"certificates": None}, {"strokes": [[[10**400, 0.1, 0]]]}]
)
def test_what_a_newer_program_handed_out_is_not_handed_out_again(
    evening: Evening, strange: dict[str, Any]
) -> None:
    receipt = certified(evening)
    body = {**hand_over_to_json(hand_over(receipt)), **strange}
    other = Fact("f-0", Topic.COLLECTION, receipt.application_id, "handed_out", "c1", NOW, "B01", "o-9",
                 "李", body)  # fmt: skip
    evening.write(facts.take, evening.now, fact_to_json(other))
    found = evening.read(collecting.of_case, receipt.application_id)
    assert (found.state, found.given, found.by) == (CollectionState.IN_HAND, None, "李")
    with pytest.raises(InputError, match="collection_done"):
        give(evening, receipt, hand_over(receipt), "f-2")


def test_a_case_of_another_window_waits_without_a_name(evening: Evening) -> None:
    item = {"application_id": "x-1", "household_id": "h-2-101", "type_code": "new_housing_transfer",
            "state": "certificate_issued", "receipt_number": "R-1", "device_code": "B02"}  # fmt: skip
    evening.write(feed.apply_feed, evening.now, [{"seq": 5, "kind": "ledger", "body": item}], 5)
    (row,) = evening.read(collecting.waiting)
    assert (row.application_id, row.applicant_name, row.compound_id) == ("x-1", "", "c1")
