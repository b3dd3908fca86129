"""The ledger: obstacles from facts, the same in whatever order; cleared on evidence alone; many at once."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest

from registration.errors import InputError
from registration.evidence import Evidence, EvidenceKind
from registration.facts import Fact, Topic, fact_to_json
from registration.obstacles import ObstacleState, Obstruction
from registration.standing import Standing
from storage import facts, obstacles, reference
from storage.obstacles import LedgerRow, Wanted
from tests.storage.evening import NOW, Evening

HOME, OTHER = "h-2-101", "h-2-102"
LAND = Obstruction("C1", "natural_resources", HOME, "2026-12-10", note="划拨决定书找不到")
MINUTES = Evidence(EvidenceKind.MINUTES, "专班会议纪要", "〔2026〕17号")
TODAY = date(2026, 11, 24)


def do(evening: Evening, operation: Any, fact_id: str, minutes: int = 0, **given: Any) -> None:
    evening.write(operation, evening.who, NOW + timedelta(minutes=minutes), fact_id=fact_id, **given)


def block(evening: Evening, key: str = "o-1", what: Obstruction = LAND) -> None:
    do(evening, obstacles.block, f"f-{key}", obstacle_id=key, compound_id="c1", what=what)


def many(evening: Evening, given: list[tuple[str, Obstruction]]) -> None:
    ids = [f"f-{n}" for n in range(-(-len(given) // 100))]
    evening.write(
        obstacles.block_many, evening.who, NOW, batch_id="b-1", fact_ids=ids, compound_id="c1", given=given
    )


def shown(evening: Evening, today: date = TODAY, **wanted: Any) -> list[LedgerRow]:
    found = evening.read(obstacles.listed, Wanted(**wanted), today, limit=500)
    assert evening.read(obstacles.count, Wanted(**wanted), today) == len(found)
    return found


def standing_of(evening: Evening, household_id: str) -> Standing:
    cells = evening.read(reference.households, "c1")
    return next(cell.standing for cell in cells if cell.household.id == household_id)


def test_an_obstacle_stands_in_the_ledger_and_in_the_building_table(evening: Evening) -> None:
    block(evening)
    (row,) = shown(evening)
    assert (row.compound, row.place, row.what, row.state) == (
        "金河湾",
        "2号楼-2单元-101",
        LAND,
        ObstacleState.OPEN,
    )
    assert standing_of(evening, HOME) is Standing.BLOCKED
    (audited,) = evening.sql("SELECT subject, details FROM audit WHERE action = 'ledger_blocked'")
    assert audited == ("o-1", '{"fact":"f-o-1"}')  # the log says nothing of whom or what


def test_nothing_is_cleared_without_evidence_and_an_end_can_be_taken_back(evening: Evening) -> None:
    block(evening)
    for nothing in (
        Evidence(EvidenceKind.DOCUMENT, "通知", " "),
        Evidence(EvidenceKind.PHOTO, "照片", "1"),
        Evidence(EvidenceKind.MINUTES),
    ):
        with pytest.raises(InputError, match="obstacle_evidence"):
            do(evening, obstacles.clear, "f-2", obstacle_id="o-1", evidence=nothing)
    do(evening, obstacles.clear, "f-2", 5, obstacle_id="o-1", evidence=MINUTES)
    assert shown(evening) == []
    assert standing_of(evening, HOME) is Standing.UNTOUCHED
    with pytest.raises(InputError, match="obstacle_cleared"):
        do(evening, obstacles.assign, "f-3", obstacle_id="o-1", department="tax", due="")
    do(evening, obstacles.reopen, "f-3", 9, obstacle_id="o-1", words="纪要已撤回")
    found, known = evening.read(obstacles.entry, "o-1")
    assert found is not None
    assert (found.state, found.evidence) == (ObstacleState.OPEN, (MINUTES,))
    assert [fact.verb for fact in known] == ["blocked", "cleared", "reopened"]
    assert standing_of(evening, HOME) is Standing.BLOCKED


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (Obstruction("C99", "tax"), "obstacle_category"),
        (Obstruction("C1", "circus"), "obstacle_department"),
        (Obstruction("C9", "court"), "obstacle_court_number"),
        (Obstruction("C1", "tax", due="2026-02-30"), "date_malformed"),
    ],
)
def test_what_nobody_could_work_on_is_refused(evening: Evening, what: Obstruction, code: str) -> None:
    with pytest.raises(InputError, match=code):
        block(evening, what=what)
    assert shown(evening, state=None) == []


def test_a_household_of_another_compound_is_refused(evening: Evening) -> None:
    with pytest.raises(KeyError):
        block(evening, what=Obstruction("C1", "tax", "h-99"))


def test_the_ledger_is_filtered_and_the_earliest_day_comes_first(evening: Evening) -> None:
    block(evening, "o-1")
    block(evening, "o-2", Obstruction("C2", "tax", OTHER, "2026-11-20", note="契税"))
    block(evening, "o-3", Obstruction("C9", "court", "", "", "（2026）甘0102执17号"))
    assert [row.id for row in shown(evening)] == ["o-2", "o-1", "o-3"]
    assert [row.id for row in shown(evening, overdue=True)] == ["o-2"]
    assert [row.id for row in shown(evening, department="court")] == ["o-3"]
    assert [row.id for row in shown(evening, category="C1", compound_id="c1")] == ["o-1"]
    assert [row.id for row in shown(evening, text="2号楼 102")] == ["o-2"]
    assert [row.id for row in shown(evening, text="0102执17")] == ["o-3"]
    assert shown(evening, text="%") == []
    do(evening, obstacles.assign, "f-9", 3, obstacle_id="o-1", department="tax", due="2026-11-01")
    assert [row.id for row in shown(evening, department="tax")] == ["o-1", "o-2"]


def test_many_households_at_once_are_few_facts_and_each_goes_its_own_way(evening: Evening) -> None:
    given = [(f"o-{n:03d}", Obstruction("C1", "tax", HOME if n % 2 else OTHER)) for n in range(250)]
    many(evening, given)
    assert len(shown(evening)) == 250
    assert evening.sql("SELECT count(*) FROM facts WHERE topic = 'ledger'") == [(3,)]
    assert evening.sql("SELECT max(length(CAST(body AS BLOB))) < 65536 FROM facts") == [(1,)]
    do(evening, obstacles.clear, "f-c", 5, obstacle_id="o-007", evidence=MINUTES)
    assert "o-007" not in {row.id for row in shown(evening)}
    assert len(shown(evening)) == 249


def test_one_bad_row_among_many_leaves_nothing(evening: Evening) -> None:
    given = [(f"o-{n}", Obstruction("C1", "tax", HOME)) for n in range(150)]
    with pytest.raises(InputError, match="obstacle_department"):
        many(evening, [*given, ("o-x", Obstruction("C1", "circus", HOME))])
    assert evening.sql("SELECT count(*) FROM facts WHERE topic <> 'session'") == [(0,)]


def test_whatever_arrives_first_the_ledger_is_the_same(evening: Evening) -> None:
    row = {"obstacle_id": "o-1", "household_id": HOME, "category": "C1", "department": "tax"}
    told = [
        Fact("f-1", Topic.LEDGER, "b-1", "listed", "c1", NOW, "B01", "o-2", "李", {"rows": [row]}),
        Fact(
            "f-2", Topic.LEDGER, "o-1", "assigned", "c1", NOW + timedelta(minutes=1), "B01", "o-2", "李",
            {"department": "housing", "due": "2026-12-01", "household_id": HOME, "category": "C1"},
        ),
        Fact(
            "f-3", Topic.LEDGER, "o-1", "cleared", "c1", NOW + timedelta(minutes=2), "B02", "o-3", "赵",
            {"evidence": {"kind": "minutes", "title": "纪要", "number": "3"}},
        ),
    ]  # fmt: skip
    for number, order in enumerate(itertools.permutations(told)):
        for fact in order:
            mine = fact_to_json(fact)
            mine["id"], mine["subject"] = f"{fact.id}-{number}", f"{fact.subject}-{number}"
            if fact.verb == "listed":
                mine["body"] = {"rows": [{**row, "obstacle_id": f"o-1-{number}"}]}
            evening.write(facts.take, NOW, mine)
    found = {(row.what, row.state, row.evidence) for row in shown(evening, state=None)}
    assert found == {(Obstruction("C1", "housing", HOME, "2026-12-01"), ObstacleState.CLEARED, 1)}
    assert len(shown(evening, state=None)) == 6


def test_what_a_newer_program_says_makes_no_obstacle_of_nothing(evening: Evening) -> None:
    block(evening)
    before = shown(evening, state=None)
    told: list[tuple[str, str, dict[str, Any]]] = [
        ("o-1", "inspected", {"category": "C7"}),
        ("unheard", "inspected", {}),
        ("b-1", "listed", {"rows": "none"}),
        ("b-2", "listed", {"rows": [None, {"category": "C1"}]}),
        ("o-1", "noted", {"evidence": 3}),
        ("o-1", "reopened", {}),
    ]
    for number, (subject, verb, body) in enumerate(told):
        at = NOW + timedelta(minutes=number + 1)
        one = Fact(f"x-{number}", Topic.LEDGER, subject, verb, "c1", at, "B01", "o-2", "李", body)
        evening.write(facts.take, NOW, fact_to_json(one))
    assert shown(evening, state=None) == before
