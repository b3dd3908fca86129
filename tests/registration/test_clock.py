"""The clock guard: whatever the machine's clock says, the time goes on, and a person is told."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.clock import ClockGuard, Mark, Standing, Ticks

BEIJING = timezone(timedelta(hours=8))
START = datetime(2026, 11, 24, 19, 30, tzinfo=BEIJING)
YEARS = 2 * 365 * 86400.0


class Machine:
    """A laptop: `live` lets time pass, `set` turns its clock, `restart` switches it off and on."""

    def __init__(self) -> None:
        self.true, self.off, self.boot, self.up = START, 0.0, 1, 100.0

    def wall(self) -> datetime:
        return self.true + timedelta(seconds=self.off)

    def ticks(self) -> Ticks:
        return Ticks(str(self.boot), self.up)

    def live(self, seconds: float) -> None:
        self.true += timedelta(seconds=seconds)
        self.up += seconds

    def restart(self) -> None:
        self.boot, self.up = self.boot + 1, 5.0
        self.true += timedelta(minutes=1)

    def guard(self) -> ClockGuard:
        return ClockGuard(self.wall, self.ticks)


def compared(machine: Machine) -> ClockGuard:
    guard = machine.guard()
    guard.begin(None, 0.0)
    guard.heard(machine.true.timestamp())
    return guard


def kept(guard: ClockGuard) -> Mark:
    mark, _ = guard.look()
    assert mark is not None
    return mark


def test_before_it_has_begun_the_machines_clock_holds() -> None:
    machine = Machine()
    guard = machine.guard()
    assert guard.now() == machine.wall()
    assert guard.look() == (None, None) and guard.doubt() is None


@pytest.mark.parametrize("jump", [-YEARS, -3600.0, -6.0, 6.0, 3600.0, YEARS])
def test_setting_the_clock_moves_nothing_and_is_said_once(jump: float) -> None:
    machine = Machine()
    guard = compared(machine)
    machine.live(600)
    before = guard.now()
    machine.off += jump
    machine.live(30)
    assert guard.now() - before == timedelta(seconds=30)
    mark, problem = guard.look()
    assert mark is not None and problem is not None
    assert problem.code == "clock_moved"
    assert problem.params["way_en"] == ("forward" if jump > 0 else "back")
    assert mark.offset == pytest.approx(jump)
    machine.live(30)
    assert guard.look()[1] is None


def test_sleep_and_a_slewed_clock_are_no_jump() -> None:
    machine = Machine()
    guard = compared(machine)
    machine.live(9 * 3600)  # the lid was closed: counter and clock both went on
    machine.off += 0.4
    assert guard.look()[1] is None
    assert guard.now() == machine.true


def test_the_next_life_in_the_same_boot_goes_on_by_the_counter() -> None:
    machine = Machine()
    mark = kept(compared(machine))
    machine.off = -YEARS
    machine.live(60)
    again = machine.guard()
    problem = again.begin(mark, 0.0)
    assert problem is not None and problem.code == "clock_moved"
    assert again.now() == machine.true


def test_after_a_restart_the_known_offset_holds() -> None:
    machine = Machine()
    machine.off = 90.0
    mark = kept(compared(machine))
    assert mark.offset == 90.0
    machine.restart()
    again = machine.guard()
    assert again.begin(mark, mark.offset) is None
    assert again.now() == machine.true
    assert kept(again).standing is Standing.OFFSET


def test_a_clock_that_forgot_its_date_counts_on_from_the_last_record_until_the_centre_is_heard() -> None:
    machine = Machine()
    mark = kept(compared(machine))
    machine.restart()
    machine.off = -YEARS
    again = machine.guard()
    problem = again.begin(mark, 0.0)
    assert problem is not None and (problem.code, problem.params["by_en"]) == ("clock_behind", "730 days")
    assert again.now() == mark.at
    machine.live(120)
    assert again.now() == mark.at + timedelta(seconds=120)
    doubt = again.doubt()
    assert doubt is not None and doubt.code == "clock_behind"
    assert again.heard(machine.true.timestamp()) == -YEARS
    assert again.doubt() is None and again.now() == machine.true


def test_a_guess_ends_when_somebody_sets_the_clock_right() -> None:
    machine = Machine()
    mark = kept(compared(machine))
    machine.restart()
    machine.off = -YEARS
    again = machine.guard()
    again.begin(mark, 0.0)
    machine.off = 0.0
    assert kept(again).standing is Standing.MACHINE
    assert again.doubt() is None and again.now() == machine.true


def test_a_machine_unused_for_half_a_year_asks_for_a_look_at_the_date() -> None:
    machine = Machine()
    mark = kept(compared(machine))
    machine.restart()
    machine.off = YEARS
    problem = machine.guard().begin(mark, 0.0)
    assert problem is not None and (problem.code, problem.params["days"]) == ("clock_far_ahead", "730")


def test_the_centre_may_put_the_time_back() -> None:
    machine = Machine()
    machine.off = 3600.0
    guard = machine.guard()
    guard.begin(None, None)
    assert guard.now() == machine.wall()
    guard.heard(machine.true.timestamp())
    assert guard.now() == machine.true


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("live"), st.floats(0, 86400)),
            st.tuples(st.just("set"), st.floats(-YEARS, YEARS)),
            st.tuples(st.just("hear"), st.floats(-0.3, 0.3)),
            st.tuples(st.just("look"), st.just(0.0)),
            st.tuples(st.just("again"), st.just(0.0)),
        ),
        max_size=30,
    )
)
def test_within_one_boot_time_never_goes_back_and_never_strays(steps: list[tuple[str, float]]) -> None:
    machine = Machine()
    guard = compared(machine)
    mark, last = kept(guard), guard.now()
    for what, value in steps:
        if what == "live":
            machine.live(value)
        elif what == "set":
            machine.off = value
        elif what == "hear":
            guard.heard(machine.true.timestamp() + value)
        elif what == "look":
            mark = kept(guard)
        else:
            mark = kept(guard)
            guard = machine.guard()
            guard.begin(mark, mark.offset)
        now = guard.now()
        assert now >= last
        assert abs((now - machine.true).total_seconds()) < 1.0
        last = now
