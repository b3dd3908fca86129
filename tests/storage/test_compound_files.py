"""Surveys, compounds' files and the marks of the building table: from facts, the same in whatever order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from registration.dossier import Defaulter, dossier_of, still_proposed
from registration.errors import InputError
from registration.facts import Attachment, Fact, Topic, fact_to_json
from registration.standing import Obstacle, Standing
from registration.survey import Answers, Lives, Outcome, SurveyState
from storage import dossiers, facts, folds, reference, surveys
from storage.values import HouseholdCell
from tests.storage.evening import COMPOUND, NOW, Evening

HOME = "h-2-101"


@pytest.fixture
def marks_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts of other topics as the building table reads them, whatever else they are folded into."""
    monkeypatch.setattr(folds, "FOLDS", {})


HEARD = Answers(Lives.TENANT, "张立群", "13893104567", contract=True, paid_up=False, wants_evening=True)


def call(
    evening: Evening, fact_id: str, outcome: Outcome, answers: Answers = HEARD, minutes: int = 0
) -> None:
    evening.write(
        surveys.note_call,
        evening.who,
        NOW + timedelta(minutes=minutes),
        fact_id=fact_id,
        household_id=HOME,
        outcome=outcome,
        answers=answers,
        again="2026-11-25",
    )


def change(evening: Evening, verb: str, body: Mapping[str, Any], fact_id: str, minutes: int = 0) -> None:
    evening.write(
        dossiers.change,
        evening.who,
        NOW + timedelta(minutes=minutes),
        fact_id=fact_id,
        compound_id="c1",
        verb=verb,
        body=body,
    )


def cell(evening: Evening, household_id: str = HOME) -> HouseholdCell:
    cells = evening.read(reference.households, "c1")
    return next(one for one in cells if one.household.id == household_id)


def mark(evening: Evening, topic: Topic, verb: str, fact_id: str, minutes: int = 0, **body: Any) -> None:
    fact = Fact(fact_id, topic, "s-1", verb, "c1", NOW + timedelta(minutes=minutes), "B01", "o-9", "李", body)
    evening.write(facts.take, NOW, fact_to_json(fact))


def test_a_door_is_gone_to_again_until_somebody_answers(evening: Evening) -> None:
    assert cell(evening).standing is Standing.UNTOUCHED
    call(evening, "f-1", Outcome.NOT_HOME)
    assert evening.read(surveys.to_go, date(2026, 11, 25)) == [(HOME, "not_home", "2026-11-25")]
    assert evening.read(surveys.to_go, date(2026, 11, 24)) == []
    assert cell(evening).standing is Standing.UNTOUCHED
    call(evening, "f-2", Outcome.ANSWERED, minutes=5)
    found = evening.read(surveys.survey, HOME)
    assert (found.state, found.answers, found.tries) == (SurveyState.SURVEYED, HEARD, 2)
    assert evening.read(surveys.to_go, date(2027, 1, 1)) == []
    assert cell(evening).standing is Standing.SURVEYED
    call(evening, "f-3", Outcome.REFUSED, minutes=9)  # what was heard before is not lost
    assert evening.read(surveys.survey, HOME).answers == HEARD
    every = evening.read(surveys.tallies, "c1")
    assert (every[""].homes, every[""].surveyed, every["2号楼"].homes) == (12, 1, 4)


@pytest.mark.parametrize("strange", [{"lives": ["owner"]}, {"lives": {}, "owner": None}, {"lives": "boat"}])
def test_strange_answers_of_another_window_are_a_knock_without_answers(
    evening: Evening, strange: dict[str, Any]
) -> None:
    body = {"household_id": HOME, "outcome": "answered", "answers": strange}
    fact = Fact("f-1", Topic.SURVEY, HOME, "visited", "c1", NOW, "B01", "o-9", "李", body)
    evening.write(facts.take, NOW, fact_to_json(fact))
    found = evening.read(surveys.survey, HOME)
    assert (found.state, found.answers) == (SurveyState.SURVEYED, Answers())


def test_an_answered_door_says_who_lives_there(evening: Evening) -> None:
    with pytest.raises(InputError) as refused:
        call(evening, "f-1", Outcome.ANSWERED, Answers())
    assert refused.value.code == "survey_lives"
    assert evening.sql("SELECT count(*) FROM facts WHERE topic <> 'session'") == [(0,)]


def test_what_was_heard_stays_out_of_the_audit_log(evening: Evening) -> None:
    call(evening, "f-1", Outcome.ANSWERED)
    (row,) = evening.sql("SELECT details FROM audit WHERE action = 'survey_visited'")
    assert "张立群" not in row[0] and "1389" not in row[0]


def test_a_plan_for_many_doors_is_whole_or_not_at_all(evening: Evening) -> None:
    homes = [unit["id"] for unit in COMPOUND["households"][:3]]
    ids = ["f-1", "f-2", "f-3"]
    with pytest.raises(KeyError):
        evening.write(
            surveys.plan, evening.who, NOW, fact_ids=ids, household_ids=[*homes[:2], "nobody"],
            day="2026-11-28",
        )  # fmt: skip
    assert evening.sql("SELECT count(*) FROM surveys") == [(0,)]
    evening.write(surveys.plan, evening.who, NOW, fact_ids=ids, household_ids=homes, day="2026-11-28")
    assert len(evening.read(surveys.to_go, date(2026, 11, 28))) == 3


@pytest.mark.usefixtures("marks_alone")
def test_a_booking_marks_its_household_until_somebody_came(evening: Evening) -> None:
    mark(evening, Topic.QUEUE, "arrived", "q-2", minutes=9)  # heard of before the booking itself
    mark(evening, Topic.QUEUE, "booked", "q-1", household_id=HOME, day="2026-11-28", time="19:00")
    assert cell(evening).standing is Standing.UNTOUCHED
    mark(evening, Topic.QUEUE, "booked", "q-3", minutes=20, household_id=HOME, day="2026-11-29")
    assert (cell(evening).standing, cell(evening).booked) == (Standing.BOOKED, "2026-11-29")


def test_an_open_obstacle_hatches_until_it_is_cleared(evening: Evening) -> None:
    named: dict[str, Any] = {"household_id": HOME, "category": "C9", "department": "court"}
    mark(evening, Topic.LEDGER, "blocked", "b-1", 0, **named)
    assert (cell(evening).standing, cell(evening).obstacles) == (Standing.BLOCKED, (Obstacle("C9", "court"),))
    mark(evening, Topic.LEDGER, "cleared", "b-2", minutes=5)
    assert cell(evening).standing is Standing.UNTOUCHED
    mark(evening, Topic.LEDGER, "reopened", "b-3", minutes=6)
    assert cell(evening).standing is Standing.BLOCKED
    assert cell(evening, "h-2-102").standing is Standing.UNTOUCHED


@pytest.mark.usefixtures("marks_alone")
def test_a_certificate_in_hand_is_the_last_word(evening: Evening) -> None:
    mark(evening, Topic.COLLECTION, "handed_out", "k-1", household_id=HOME, certificate_number="甘2026-1")
    assert cell(evening).standing is Standing.IN_HAND


def test_a_file_is_what_its_entries_say(evening: Evening) -> None:
    change(evening, "plan_written", {"text": "先大证，后小证"}, "f-1")
    change(evening, "plan_written", {"text": "大证 12 月底"}, "f-2", 1)
    change(evening, "contact_kept", {"id": "p1", "name": "陈明", "unit": "住建局", "phone": "0931-1"}, "f-3")
    change(evening, "contact_kept", {"id": "p2", "name": "门卫", "team": False}, "f-4")
    change(evening, "contact_dropped", {"id": "p2", "reason": "换人"}, "f-5", 2)
    minutes = {"id": "m1", "kind": "minutes", "title": "专题会议", "number": "〔2026〕3号"}
    change(evening, "paper_kept", {**minutes, "day": "2026-11-19"}, "f-6")
    change(evening, "alias_added", {"alias": "纺织厂家属院"}, "f-7")
    found = evening.read(dossiers.of_compound, "c1")
    assert [version.text for version in found.plans] == ["大证 12 月底", "先大证，后小证"]
    assert [(contact.name, contact.unit) for contact in found.contacts] == [("陈明", "住建局")]
    assert (found.last_meeting, found.aliases) == ("2026-11-19", ("纺织厂家属院",))
    said = evening.read(dossiers.summary, "c1")
    assert (said.team, said.last_meeting, said.aliases) == (1, "2026-11-19", ("纺织厂家属院",))


def test_what_is_corrected_or_removed_is_so_in_whatever_order_it_is_heard(evening: Evening) -> None:
    photo = Attachment("ab" * 32, 9, "image/jpeg", "document")
    minutes = {"id": "m1", "kind": "minutes", "title": "会议", "number": "3号", "day": "2026-11-19"}
    told: list[tuple[str, int, dict[str, Any], tuple[Attachment, ...]]] = [
        ("plan_written", 0, {"text": "先大证"}, ()),
        ("plan_written", 1, {"text": "写错的"}, ()),
        ("plan_dropped", 2, {"id": "f-1", "reason": "写错"}, ()),
        ("contact_dropped", 3, {"id": "p1", "reason": "换人"}, ()),  # by a window whose clock is slow
        ("contact_kept", 4, {"id": "p1", "name": "陈明"}, ()),
        ("contact_kept", 5, {"id": "p2", "name": "李民", "phone": "0931-1"}, ()),
        ("contact_kept", 6, {"id": "p2", "name": "李敏", "phone": "0931-2"}, ()),
        ("paper_kept", 7, minutes, (photo,)),
        ("paper_kept", 8, {**minutes, "number": "13号", "same_files": True}, ()),
        ("alias_added", 9, {"alias": "家属院"}, ()),
        ("alias_dropped", 10, {"alias": "家属院", "reason": "别的院"}, ()),
        ("alias_added", 11, {"alias": "家属院"}, ()),
    ]
    heard = [
        Fact(
            f"f-{n}",
            Topic.COMPOUND,
            "c1",
            verb,
            "c1",
            NOW + timedelta(minutes=n),
            "B01",
            "o",
            "李",
            body,
            files,
        )
        for verb, n, body, files in told
    ]
    expected = dossier_of(heard)
    assert [version.text for version in expected.plans] == ["先大证"]
    assert [(one.name, one.phone) for one in expected.contacts] == [("李敏", "0931-2")]
    assert [(one.number, one.attachments) for one in expected.papers] == [("13号", (photo,))]
    assert expected.aliases == ("家属院",)
    for fact in (*heard[7:], *reversed(heard[:7])):
        evening.write(facts.take, NOW, fact_to_json(fact))
    found = evening.read(dossiers.of_compound, "c1")
    assert [version.text for version in found.plans] == ["先大证"]
    assert replace(found, plans=()) == replace(expected, plans=())
    assert evening.read(dossiers.summary, "c1").team == 1


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("plan_written", {"text": "  "}),
        ("paper_kept", {"kind": "minutes", "title": "会", "number": "", "day": "2026-11-19"}),
        ("paper_kept", {"kind": "minutes", "title": "会", "number": "3", "day": "2026-11-25"}),
        ("developer_flagged", {"developer": "金河置业"}),
        ("paper_kept", {"kind": "first_certificate", "title": "大证", "day": "2026-11-19"}),
        ("contact_dropped", {"id": "p2"}),
        ("plan_dropped", {"id": "f-1", "reason": ""}),
        ("alias_dropped", {"alias": "纺织厂家属院"}),
        ("proposal_withdrawn", {"field": "categories"}),
        ("developer_cleared", {"developer": "金河置业", "reason": " "}),
        ("proposed", {"field": "name", "value": "x"}),
    ],
)
def test_an_entry_without_what_it_is_for_is_refused(
    evening: Evening, verb: str, body: dict[str, str]
) -> None:
    with pytest.raises(InputError, match="dossier_"):
        change(evening, verb, body, "f-1")


def test_a_defaulter_is_known_in_every_compound_of_its_name(evening: Evening) -> None:
    assert evening.read(dossiers.defaulter, "c1", "金河置业") is None
    flag = {
        "developer": "金河置业",
        "source": "市住建局第一批名单",
        "day": "2026-10-01",
        "measures": ["限制新开工"],
    }
    change(evening, "developer_flagged", flag, "f-1")
    wanted = Defaulter("金河置业", "市住建局第一批名单", "2026-10-01", ("限制新开工",))
    assert evening.read(dossiers.defaulter, "c1", "金河置业") == wanted
    assert evening.read(dossiers.defaulter, "c2", "金河置业") == wanted
    assert evening.read(dossiers.defaulter, "c2", "别家置业") is None
    change(evening, "developer_cleared", {"developer": "金河置业", "reason": "已整改"}, "f-2", 1)
    assert evening.read(dossiers.defaulter, "c2", "金河置业") is None


def test_homes_are_counted_where_their_buyers_stand_in_the_register(evening: Evening) -> None:
    receipt = evening.submitted(household_id=HOME)
    assert evening.read(dossiers.homes_registered, "c1") == 0
    evening.sql("UPDATE applications SET state = 'registered' WHERE receipt_number = ?", receipt.number)
    assert evening.read(dossiers.homes_registered, "c1") == 1
    assert evening.read(dossiers.homes_registered, "c2") == 0


def test_a_proposal_stands_until_the_centre_follows(evening: Evening) -> None:
    change(evening, "proposed", {"field": "categories", "value": ["C3", "C1"]}, "f-1")
    found = evening.read(dossiers.of_compound, "c1")
    assert len(still_proposed(found, {"categories": ("C1",)})) == 1
    assert still_proposed(found, {"categories": ("C1", "C3")}) == ()
    change(evening, "proposed", {"field": "categories", "value": [1, "C1"]}, "f-2", 1)
    assert len(still_proposed(evening.read(dossiers.of_compound, "c1"), {"categories": ("C1",)})) == 1
    known = evening.read(reference.compound, "c1")
    assert known is not None and known.categories == ("D02",)  # what the centre owns is untouched
