"""Home visits: what is asked before, two persons at the door, and promises until they are kept."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from registration.checklist import checklist_from_pack
from registration.errors import InputError
from registration.facts import Attachment, Topic, fact_to_json
from registration.packs import TYPES, shipped
from registration.visits import (
    Booking,
    Promise,
    PromiseKind,
    VisitState,
    booking_from_json,
    clashes,
    missing_papers,
    papers_to_bring,
    rules_from,
)
from storage import facts, feed, visits
from storage.page_rows import known_digests
from tests.storage.evening import NOW, TYPE, Evening

RULES = rules_from(shipped())
CHECKLIST = checklist_from_pack(shipped()[TYPES], TYPE)
PAPERS = tuple(item.code for item in papers_to_bring(CHECKLIST))
BOOKING = Booking(
    compound_id="c1", household_id="h-3-101", name="马玉兰", phone="13893104567", address="3号楼2单元101",
    reason="elderly", type_code=TYPE, day="2026-11-25", time="19:00", papers=PAPERS,
)  # fmt: skip
TODAY = date(2026, 11, 25)
_ids = itertools.count(1)


def do(evening: Evening, operation: Any, *, minutes: int = 0, **given: Any) -> Any:
    now = NOW + timedelta(minutes=minutes)
    return evening.write(operation, evening.who, now, fact_id=f"f-{next(_ids):06d}", **given)


def book(evening: Evening, visit_id: str = "v-1", **changes: Any) -> Any:
    booking = replace(BOOKING, **changes)
    return do(evening, visits.book, visit_id=visit_id, booking=booking, rules=RULES, checklist=CHECKLIST)


def state(evening: Evening, visit_id: str = "v-1") -> VisitState:
    found = evening.read(visits.visit, visit_id)
    assert found is not None
    return found.state


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "visit_name_missing"),
        ({"phone": "12"}, "phone_number"),
        ({"address": ""}, "visit_place_missing"),
        ({"reason": "bored"}, "visit_reason_missing"),
        ({"reason": "disabled"}, "visit_proof_missing"),
        ({"day": "tomorrow"}, "visit_day_invalid"),
        ({"time": "25:00"}, "visit_day_invalid"),
        ({"papers": PAPERS[1:]}, "visit_papers_missing"),
    ],
)
def test_a_visit_is_booked_with_what_the_door_needs(
    evening: Evening, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(InputError) as refused:
        book(evening, **changes)
    assert refused.value.code == code
    assert evening.sql("SELECT count(*) FROM facts WHERE topic <> 'session'") == [(0,)]


def test_a_visit_goes_with_papers_missing_only_where_it_is_said_why(evening: Evening) -> None:
    book(evening, papers=PAPERS[1:], accepted_missing="发票由女儿当天送来")
    found = evening.read(visits.visit, "v-1")
    assert found is not None and found.booking.minutes == RULES.minutes
    assert [item.code for item in missing_papers(found.booking, CHECKLIST)] == [PAPERS[0]]


def test_nobody_enters_a_home_alone(evening: Evening) -> None:
    book(evening)
    for second, code in (("", "visit_second_missing"), ("王海燕", "visit_second_same")):
        with pytest.raises(InputError) as refused:
            do(evening, visits.begin, visit_id="v-1", second_name=second)
        assert refused.value.code == code
    do(evening, visits.begin, visit_id="v-1", second_name="李小兰")
    found = evening.read(visits.visit, "v-1")
    assert found is not None
    assert (found.state, found.operator_name, found.second_name) == (VisitState.UNDERWAY, "王海燕", "李小兰")
    book(evening, "v-2", time="21:00")
    with pytest.raises(InputError) as refused:
        do(evening, visits.begin, visit_id="v-2", second_name="李小兰")
    assert refused.value.code == "visit_another_underway"


def test_what_happens_at_the_door_needs_a_visit_under_way(evening: Evening) -> None:
    book(evening)
    photo = Attachment("ab" * 32, 99, "image/jpeg", "witness")
    at_the_door: tuple[tuple[Any, dict[str, Any]], ...] = (
        (visits.consent, {"text_digest": "cd" * 32}),
        (visits.witness, {"photo": photo}),
        (visits.end, {"met": True}),
    )
    for operation, given in at_the_door:
        with pytest.raises(InputError) as refused:
            do(evening, operation, visit_id="v-1", **given)
        assert refused.value.code == "visit_not_underway"


def test_a_visit_from_the_call_to_the_kept_promise(evening: Evening) -> None:
    book(evening)
    do(evening, visits.begin, visit_id="v-1", second_name="李小兰", minutes=10)
    do(evening, visits.consent, visit_id="v-1", text_digest="cd" * 32, minutes=12)
    photo = Attachment("ab" * 32, 99, "image/jpeg", "witness")
    do(evening, visits.witness, visit_id="v-1", photo=photo, minutes=13)
    promises = [
        Promise("p-1", PromiseKind.DELIVER, "2026-12-10", "送证上门"),
        Promise("p-2", PromiseKind.PAPER, "2026-11-25"),
    ]
    do(
        evening, visits.end, visit_id="v-1", met=True, application_id="a-1", promises=promises, minutes=45
    )  # fmt: skip
    found = evening.read(visits.visit, "v-1")
    assert found is not None
    assert (found.state, found.minutes, found.application_id) == (VisitState.DONE, 35, "a-1")
    assert (found.photos, found.consent_digest) == (("ab" * 32,), "cd" * 32)
    assert "ab" * 32 in evening.read(known_digests)
    assert [one.promise_id for one in evening.read(visits.due, TODAY)] == ["p-2"]
    (later,) = evening.read(visits.due, date(2026, 12, 11))[1:]
    assert (later.kind, later.name, later.note) == (PromiseKind.DELIVER, "马玉兰", "送证上门")
    do(evening, visits.keep_promise, visit_id="v-1", promise_id="p-2", minutes=50)
    assert evening.read(visits.due, TODAY) == []
    assert not do(evening, visits.keep_promise, visit_id="v-1", promise_id="p-2", minutes=51)
    too_late: tuple[tuple[Any, dict[str, Any]], ...] = (
        (visits.begin, {"second_name": "李小兰"}),
        (visits.cancel, {"words": ""}),
        (visits.postpone, {"day": "2026-12-01", "hour": "", "words": ""}),
    )
    for operation, given in too_late:
        with pytest.raises(InputError, match="visit_begun"):
            do(evening, operation, visit_id="v-1", **given)


def test_nobody_was_met_and_another_day_is_found(evening: Evening) -> None:
    book(evening)
    do(evening, visits.begin, visit_id="v-1", second_name="李小兰", minutes=1)
    with pytest.raises(InputError, match="visit_note_missing"):
        do(evening, visits.end, visit_id="v-1", met=False, minutes=5)
    do(evening, visits.end, visit_id="v-1", met=False, note="敲门无人", minutes=6)
    assert state(evening) is VisitState.NOT_MET
    assert [one.id for one in evening.read(visits.behind, date(2026, 11, 26))] == ["v-1"]
    with pytest.raises(InputError, match="visit_day_past"):
        do(evening, visits.postpone, visit_id="v-1", day="2026-11-23", hour="", words="", minutes=7)
    do(evening, visits.postpone, visit_id="v-1", day="2026-11-27", hour="18:30", words="女儿在家", minutes=8)
    found = evening.read(visits.visit, "v-1")
    assert found is not None
    assert (found.state, found.booking.day, found.booking.time) == (VisitState.PLANNED, "2026-11-27", "18:30")
    assert evening.read(visits.behind, date(2026, 11, 26)) == []


def test_an_order_of_the_centre_waits_until_it_is_answered(evening: Evening) -> None:
    order = {
        "id": "w-1", "compound_id": "c1", "household_id": "h-3-101", "name": "马玉兰", "phone": "13893104567",
        "address": "3号楼2单元101", "reason": "elderly", "type_code": TYPE, "day": "2026-11-26", "time": "",
        "note": "听力不好", "made_at": "2026-11-24T10:00:00+08:00",
    }  # fmt: skip
    items = [{"seq": seq, "kind": "order", "body": {**order, "id": f"w-{seq}"}} for seq in (7, 8)]
    evening.write(feed.apply_feed, NOW, items, 8)
    waiting = evening.read(visits.waiting_orders)
    assert [one for one, _ in waiting] == ["w-8", "w-7"]
    asked = waiting[0][1]
    assert (asked.name, asked.day, asked.note, asked.papers) == ("马玉兰", "2026-11-26", "听力不好", ())
    booking = replace(asked, papers=PAPERS)
    do(evening, visits.book, visit_id="w-8", booking=booking, rules=RULES, checklist=CHECKLIST)
    with pytest.raises(InputError, match="visit_words_missing"):
        do(evening, visits.refuse, visit_id="w-7", booking=asked, code="window", words=" ")
    do(evening, visits.refuse, visit_id="w-7", booking=asked, code="window", words="可以到晚间场办理")
    assert evening.read(visits.waiting_orders) == []
    assert (state(evening, "w-8"), state(evening, "w-7")) == (VisitState.PLANNED, VisitState.REFUSED)
    refused = evening.read(visits.visit, "w-7")
    assert refused is not None and refused.booking.name == "马玉兰"


def test_the_order_of_a_day_can_be_changed_and_impossible_times_are_shown(evening: Evening) -> None:
    for number, hour in enumerate(("19:00", "19:30", "20:30", ""), start=1):
        book(evening, f"v-{number}", time=hour)
    day = evening.read(visits.of_days, TODAY, TODAY)
    assert [one.id for one in day] == ["v-1", "v-2", "v-3", "v-4"]
    assert clashes(day, RULES) == {"v-1", "v-2"}  # 40 minutes and 10 of way do not fit into 30
    wanted = ["v-3", "v-1", "v-2", "v-4"]
    ids = (f"g-{n}" for n in itertools.count())
    evening.write(visits.arrange, evening.who, NOW, fact_ids=ids, ids=wanted)
    day = evening.read(visits.of_days, TODAY, TODAY)
    assert [one.id for one in day] == wanted
    assert {"v-3", "v-1"} <= clashes(day, RULES)  # 20:30 before 19:00
    evening.write(visits.arrange, evening.who, NOW, fact_ids=iter(()), ids=wanted)  # nothing to note


def test_two_laptops_know_the_same_in_whatever_order_they_hear_it(evening: Evening) -> None:
    book(evening)
    do(evening, visits.begin, visit_id="v-1", second_name="李小兰", minutes=1)
    do(
        evening, visits.end, visit_id="v-1", met=True, minutes=9,
        promises=[Promise("p-1", PromiseKind.COME_AGAIN, "2026-11-25")],
    )  # fmt: skip
    do(evening, visits.keep_promise, visit_id="v-1", promise_id="p-1", minutes=20)
    known = evening.read(facts.of_subject, Topic.VISIT, "v-1")
    expected = evening.read(visits.visit, "v-1")
    for number, order in enumerate(itertools.permutations(known)):
        other = f"x-{number}"
        for fact in order:
            told = {**fact_to_json(fact), "id": f"{other}-{fact.id}", "subject": other}
            evening.write(facts.take, NOW, told)
        found = evening.read(visits.visit, other)
        assert found is not None and expected is not None
        assert replace(found, id="v-1") == expected


def test_what_a_newer_window_said_before_the_booking_came_does_not_stop_the_visit(evening: Evening) -> None:
    book(evening)
    told = evening.read(lambda db: facts.of_subject(db, Topic.VISIT, "v-1"))[0]
    strange = {"placed": {"place": "third"}, "ended": {"promises": [7]}}
    items = [
        {"kind": "fact", "body": {**fact_to_json(told), "id": f"f-{verb}", "subject": "v-9", "verb": verb,
                                  "at": (NOW + timedelta(hours=1)).isoformat(), "body": body}}
        for verb, body in strange.items()
    ]  # fmt: skip
    items.append({"kind": "fact", "body": {**fact_to_json(told), "id": "f-booked", "subject": "v-9"}})
    numbered = [{"seq": seq, **item} for seq, item in enumerate(items, start=1)]
    evening.write(feed.apply_feed, NOW, numbered, len(items))
    assert state(evening, "v-9") is VisitState.PLANNED
    do(evening, visits.cancel, visit_id="v-9", words="不来了")
    assert state(evening, "v-9") is VisitState.CANCELLED


def test_an_order_with_a_day_that_is_none_can_still_be_read() -> None:
    strange = {"compound_id": "c1", "name": "张立群", "day": "soon", "time": "9 Uhr", "minutes": "x"}
    found = booking_from_json({**strange, "papers": 5})
    assert (found.name, found.day, found.time, found.minutes, found.papers) == ("张立群", "", "", 0, ())
    good = booking_from_json({"compound_id": "c1", "day": "2026-12-01", "time": "19:30"})
    assert (good.day, good.time) == ("2026-12-01", "19:30")
