"""Parallel tracks: an obstacle ends when every department's part has, whatever a laptop hears first."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest

from registration.errors import InputError
from registration.evidence import Evidence, EvidenceKind
from registration.facts import Fact, Topic, fact_to_json
from registration.obstacles import ObstacleState, Obstruction
from registration.parallel_tracks import ParallelTrack
from storage import facts, issue_lists, obstacle_tracks, obstacles, todo
from storage.obstacles import LedgerRow, Wanted
from tests.storage.evening import NOW, Evening

TODAY = date(2026, 11, 24)
PAPER = Evidence(EvidenceKind.DOCUMENT, "消防验收意见书", "甘消〔2026〕8号")
FIRE = ParallelTrack("t-fire", "fire", "出具消防验收意见", "2026-11-20")
DEPARTMENTS = ("housing", "fire", "tax")
TAX = ParallelTrack("t-tax", "tax", "补开发票", "2026-12-20")


def do(evening: Evening, operation: Any, key: str, minutes: int, **given: Any) -> None:
    now = NOW + timedelta(minutes=minutes)
    evening.write(operation, evening.who, now, fact_id=key, obstacle_id="o-1", **given)


def begun(evening: Evening) -> None:
    what = Obstruction("C3", "housing", "h-2-101", "2026-12-10")
    do(evening, obstacles.block, "f-0", 0, compound_id="c1", what=what)
    do(evening, obstacle_tracks.set_track, "f-1", 1, track=FIRE)
    do(evening, obstacle_tracks.set_track, "f-2", 2, track=TAX)


def shown(evening: Evening, **wanted: Any) -> list[LedgerRow]:
    found = evening.read(obstacles.listed, Wanted(**wanted), TODAY, limit=9)
    assert evening.read(obstacles.count, Wanted(**wanted), TODAY) == len(found)
    return found


def test_it_is_crossed_off_only_when_every_track_is_done(evening: Evening) -> None:
    begun(evening)
    (row,) = shown(evening)
    assert (row.tracks, row.tracks_open, row.soonest) == (2, 2, "2026-11-20")
    assert [one.id for one in shown(evening, overdue=True)] == ["o-1"]  # by its earliest track
    assert [one.id for one in shown(evening, department="fire")] == ["o-1"]
    both = Wanted(overdue=True, text="101")
    for wanted in (Wanted(), Wanted(state=None), both):
        listed = {
            code: len(evening.read(issue_lists.of_department, wanted, code, TODAY)) for code in DEPARTMENTS
        }
        assert evening.read(issue_lists.counts, wanted, TODAY) == listed == dict.fromkeys(DEPARTMENTS, 1)
    with pytest.raises(InputError, match="obstacle_evidence"):
        do(evening, obstacle_tracks.finish_track, "f-3", 3, track_id="t-fire", evidence=Evidence(PAPER.kind))
    do(evening, obstacle_tracks.finish_track, "f-3", 3, track_id="t-fire", evidence=PAPER)
    assert shown(evening, department="fire") == []  # nothing of theirs is left
    assert shown(evening, overdue=True) == []
    with pytest.raises(InputError, match="obstacle_tracks"):
        do(evening, obstacles.clear, "f-4", 4, evidence=PAPER)
    with pytest.raises(InputError, match="obstacle_note"):
        do(evening, obstacle_tracks.drop_track, "f-4", 4, track_id="t-tax", words=" ")
    do(evening, obstacle_tracks.drop_track, "f-4", 4, track_id="t-tax", words="写错了部门")
    do(evening, obstacles.clear, "f-5", 5, evidence=PAPER)
    (row,) = shown(evening, state=ObstacleState.CLEARED)
    assert (row.tracks, row.tracks_open) == (1, 0)
    entry = evening.read(obstacles.entry, "o-1")[0]
    assert entry is not None
    assert entry.tracks == (ParallelTrack(**{**vars(FIRE), "done": True, "evidence": PAPER}),)
    audited = evening.sql("SELECT count(*) FROM audit WHERE action LIKE 'ledger_track_%' AND subject = 'o-1'")
    assert audited == [(4,)]


@pytest.mark.parametrize(
    ("track", "code"),
    [
        (ParallelTrack("t", "circus", "演出"), "obstacle_department"),
        (ParallelTrack("t", "tax", "  "), "obstacle_task"),
        (ParallelTrack("t", "tax", "补票", "2026-02-30"), "date_malformed"),
        (ParallelTrack("t-fire", "fire", "再看一次"), "obstacle_track_done"),
    ],
)
def test_what_no_department_could_do_is_refused(evening: Evening, track: ParallelTrack, code: str) -> None:
    begun(evening)
    do(evening, obstacle_tracks.finish_track, "f-3", 3, track_id="t-fire", evidence=PAPER)
    with pytest.raises(InputError, match=code):
        do(evening, obstacle_tracks.set_track, "f-9", 9, track=track)
    do(evening, obstacle_tracks.reopen_track, "f-9", 9, track_id="t-fire", words="意见书已撤回")
    assert [one.tracks_open for one in shown(evening, department="fire")] == [2]


def test_a_track_that_the_one_who_cleared_had_not_heard_of_keeps_it_open(evening: Evening) -> None:
    proof = {"kind": "document", "title": "验收", "number": "9"}
    told: list[tuple[str, int, dict[str, Any]]] = [
        ("blocked", 0, {"category": "C3", "department": "housing"}),
        ("track_set", 1, {"track": {"id": "t", "department": "fire", "task": "意见"}}),
        ("cleared", 2, {"evidence": proof}),
        ("track_done", 3, {"track": {"id": "t"}, "evidence": proof}),
        ("track_set", 4, {"track": "nonsense"}),
    ]
    known = [one for one in told if one[0] != "track_done"]
    for number, order in enumerate(itertools.permutations(known)):
        for verb, minutes, body in order:
            at, subject = NOW + timedelta(minutes=minutes), f"o-{number}"
            one = Fact(
                f"{verb}-{minutes}-{subject}", Topic.LEDGER, subject, verb, "c1", at, "B02", "p", "李", body
            )
            evening.write(facts.take, NOW, fact_to_json(one))
    rows = evening.sql("SELECT DISTINCT state, tracks, tracks_open, evidence FROM obstacles")
    assert rows == [("open", 1, 1, 1)]
    verb, minutes, body = told[3]
    last = Fact("d", Topic.LEDGER, "o-0", verb, "c1", NOW + timedelta(minutes=3), "B01", "p", "王", body)
    evening.write(facts.take, NOW, fact_to_json(last))
    assert evening.sql("SELECT state FROM obstacles WHERE id = 'o-0'") == [("cleared",)]  # its end stands


def test_a_track_whose_day_is_over_stands_in_the_list_of_what_is_to_do(evening: Evening) -> None:
    what = Obstruction("C3", "housing", "h-2-101")  # itself without a day
    do(evening, obstacles.block, "f-0", 0, compound_id="c1", what=what)
    do(evening, obstacle_tracks.set_track, "f-1", 1, track=FIRE)
    (one,) = (found for found in evening.read(todo.listed, TODAY) if found.kind is todo.Kind.OBSTACLE)
    assert (one.about, one.day) == ("C3", date(2026, 11, 20))
