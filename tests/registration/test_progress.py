"""The two ratios of progress: counted from evidence, a project only above its threshold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.packs import shipped
from registration.progress import (
    Counts,
    Denominator,
    Progress,
    progress_of,
    reached,
    targets_from,
    together,
)

TARGETS = targets_from(shipped())


def test_the_targets_are_those_that_were_published():
    assert (TARGETS.project_threshold, TARGETS.resolution_target, TARGETS.completion_target) == (25, 95, 80)


@pytest.mark.parametrize(("proved", "resolved"), [(0, 0), (24, 0), (25, 0), (26, 100), (100, 100)])
def test_a_project_is_resolved_above_the_threshold_not_at_it(proved: int, resolved: int):
    progress = progress_of(Counts(100, None, proved, proved, 0), TARGETS)
    assert (progress.done, progress.resolved, progress.resolved_projects) == (
        proved,
        resolved,
        int(resolved > 0),
    )


def test_certificates_without_evidence_count_for_nothing():
    progress = progress_of(Counts(100, None, 90, 0, 90), TARGETS)
    assert (progress.done, progress.resolved, progress.unproved) == (0, 0, 90)


def test_the_denominator_is_every_home_or_those_that_were_sold():
    counts = Counts(100, 40, 11, 11, 0)
    assert progress_of(counts, TARGETS).resolution == 0
    sold = replace(TARGETS, denominator=Denominator.SOLD)
    assert progress_of(counts, sold) == Progress(40, 11, 11, 0, 40, 1, 1)
    assert progress_of(replace(counts, sold=None), sold).counted == 100  # nobody has said how many


def test_a_compound_without_homes_has_no_ratio():
    progress = progress_of(Counts(0, None, 0, 0, 0), TARGETS)
    assert (progress.resolution, progress.completion, progress.resolved_projects) == (None, None, 0)


def test_a_target_is_reached_exactly_at_it():
    assert reached(95, 100, 95)
    assert not reached(94_999, 100_000, 95)
    assert not reached(0, 0, 80)


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=20))
def test_many_projects_are_added_up_by_homes(sizes: list[tuple[int, int]]):
    parts = [progress_of(Counts(homes, None, done, min(homes, done), 0), TARGETS) for homes, done in sizes]
    whole = together(parts)
    assert whole.counted == sum(homes for homes, _ in sizes)
    assert whole.done <= whole.counted and whole.resolved <= whole.counted
    assert whole.resolution is None or 0 <= whole.resolution <= 1
