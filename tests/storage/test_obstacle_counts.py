"""Counts of the ledger by compound and category: the overdue first, tracks included, cleared ones not."""

from __future__ import annotations

from datetime import date

from registration.evidence import Evidence, EvidenceKind
from registration.obstacles import Obstruction
from registration.parallel_tracks import ParallelTrack
from storage import feed, obstacle_counts, obstacle_tracks, obstacles
from storage.obstacle_counts import Count
from tests.storage.evening import COMPOUND, Evening

TODAY = date(2026, 11, 24)


def test_the_overdue_come_first_and_what_is_cleared_counts_no_more(evening: Evening) -> None:
    body = {**COMPOUND, "id": "c9", "name": "大园", "households": []}
    evening.write(feed.apply_feed, evening.now, [{"seq": 900, "kind": "compound", "body": body}], 900)
    given = [
        ("c1", "o-1", Obstruction("C1", "tax", "h-2-101", "2026-12-30")),
        ("c1", "o-2", Obstruction("C1", "tax", "h-2-101", "")),
        ("c1", "o-3", Obstruction("C2", "tax", "h-2-102", "2026-11-23")),
        ("c9", "o-4", Obstruction("C3", "housing", "")),
    ]
    for compound, key, what in given:
        evening.write(
            obstacles.block, evening.who, evening.now, fact_id=f"f-{key}", obstacle_id=key,
            compound_id=compound, what=what,
        )  # fmt: skip
    first, second = evening.read(obstacle_counts.by_compound, TODAY)
    assert (first.compound, first.total, first.homes) == ("金河湾", Count(3, 1, "2026-11-23"), 2)
    assert first.categories == (("C2", Count(1, 1, "2026-11-23")), ("C1", Count(2, 0, "2026-12-30")))
    assert (second.compound, second.total, second.homes) == ("大园", Count(1, 0, ""), 0)
    late = ParallelTrack("t-1", "fire", "意见", "2026-11-01")
    evening.write(
        obstacle_tracks.set_track, evening.who, evening.now, fact_id="f-t", obstacle_id="o-4", track=late
    )
    paper = Evidence(EvidenceKind.DOCUMENT, "票", "1")
    evening.write(obstacles.clear, evening.who, evening.now, fact_id="f-c", obstacle_id="o-3", evidence=paper)
    first, second = evening.read(obstacle_counts.by_compound, TODAY)
    assert (first.compound, first.total) == ("大园", Count(1, 1, "2026-11-01"))
    assert (second.total, second.homes) == (Count(2, 0, "2026-12-30"), 1)


def test_they_are_counted_from_indexes_alone(evening: Evening) -> None:
    plan = evening.sql(
        "EXPLAIN QUERY PLAN SELECT compound_id, category, count(*), min(nullif(soonest, '')) FROM obstacles"
        " WHERE state = 'open' GROUP BY compound_id, category"
    )
    assert any("COVERING INDEX obstacle_lines_counts" in row[-1] for row in plan)
