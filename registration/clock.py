"""The clock guard: the time by the centre and by a counter that nobody can set."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from registration.errors import Problem

MOVED_SECONDS = 5.0  # a clock that is set shows at once; one that is slewed by the network time never does
BEHIND_SECONDS = 60.0  # earlier than the last record by more than this is a clock that was set back
LONG_DAYS = 180  # later than the last record by more than this is asked about: it may be the clock


class Standing(StrEnum):
    """Where the time comes from, best first."""

    CENTRE = "centre"  # compared since this machine was switched on; its counter carries it on
    OFFSET = "offset"  # the machine's clock less what it was off at the last contact
    MACHINE = "machine"  # the machine's clock alone: never compared
    RECORDS = "records"  # the clock is behind what is on record: counted on from the last record


@dataclass(frozen=True)
class Ticks:
    """Seconds since the machine was switched on, sleep included, and which switching-on it was."""

    boot: str
    seconds: float


@dataclass(frozen=True)
class Mark:
    """What the guard knew at one moment: the time, what the machine's clock said, and the counter."""

    at: datetime
    wall: datetime
    ticks: Ticks
    standing: Standing

    @property
    def offset(self) -> float:
        """Seconds by which the machine's clock was ahead."""
        return (self.wall - self.at).total_seconds()


class ClockGuard:
    """The time for everything that is recorded. Thread-safe; knows the database only by `begin` and `look`.

    Within one switching-on the counter carries the time, so that setting the clock moves nothing; a contact
    with the centre sets it right. `wall` and `ticks` are the machine's clock and counter.
    """

    def __init__(self, wall: Callable[[], datetime], ticks: Callable[[], Ticks]) -> None:
        self._wall, self._ticks = wall, ticks
        self._gate = threading.Lock()
        self._mark: Mark | None = None  # None before the vault is open: the machine's clock holds
        self._told_offset = 0.0  # as of when a moved clock was last spoken of
        self._latest: datetime | None = None  # last given out

    def wall(self) -> datetime:
        """Return the machine's time, right or wrong."""
        return self._wall()

    def now(self) -> datetime:
        """Return the time, aware, in this machine's zone. It never goes back but where the centre says so."""
        with self._gate:
            return self._now(self._wall())

    def begin(self, last: Mark | None, offset: float | None) -> Problem | None:
        """Go on from what the last life knew; return what a person has to hear before the work begins.

        `offset`: seconds that the clock was ahead at the last contact, None where there was none.
        """
        with self._gate:
            wall, ticks = self._wall(), self._ticks()
            plain = wall - timedelta(seconds=offset or 0.0)
            standing = Standing.MACHINE if offset is None else Standing.OFFSET
            problem: Problem | None = None
            if last is not None and _same_boot(last.ticks, ticks):
                plain = last.at + timedelta(seconds=ticks.seconds - last.ticks.seconds)
                standing = last.standing
                problem = _moved((wall - plain).total_seconds() - last.offset)
            elif last is not None and (last.at - plain).total_seconds() > BEHIND_SECONDS:
                problem = _behind(last.at, plain)
                plain, standing = last.at, Standing.RECORDS
            elif last is not None and (plain - last.at).days >= LONG_DAYS:
                problem = Problem("clock_far_ahead", params={"days": str((plain - last.at).days)})
            self._mark, self._latest = Mark(plain, wall, ticks, standing), None
            self._told_offset = self._mark.offset
            return problem

    def heard(self, server_time: float) -> float:
        """Take the centre's time, epoch seconds, as of now; return by how many seconds the clock is ahead."""
        with self._gate:
            wall = self._wall()
            at = datetime.fromtimestamp(server_time, tz=wall.tzinfo)
            if self._mark is not None:
                if self._latest is not None and (self._latest - at).total_seconds() > MOVED_SECONDS:
                    self._latest = None  # it had gone wrong by more than the road takes
                self._mark = Mark(at, wall, self._ticks(), Standing.CENTRE)
                self._told_offset = self._mark.offset  # the status says it from here
            return (wall - at).total_seconds()

    def look(self) -> tuple[Mark | None, Problem | None]:
        """Compare clock and counter; return what to keep, and what to say where the clock was set since."""
        with self._gate:
            if self._mark is None:
                return None, None
            wall, ticks = self._wall(), self._ticks()
            at, standing = self._at(self._mark, ticks), self._mark.standing
            mark = Mark(at, wall, ticks, standing)
            moved = mark.offset - self._told_offset
            problem = _moved(moved)
            if problem is not None:
                self._told_offset = mark.offset
                if standing in {Standing.RECORDS, Standing.MACHINE} and moved > 0:
                    # Nothing better than the clock is known, and somebody has just set it right.
                    mark = Mark(wall, wall, ticks, Standing.MACHINE)
                    self._told_offset = 0.0
            self._mark = mark
            return mark, problem

    def doubt(self) -> Problem | None:
        """Return what has to be said before a receipt is given: the time is only a guess. None: it holds."""
        with self._gate:
            if self._mark is None or self._mark.standing is not Standing.RECORDS:
                return None
            wall = self._wall()
            return _behind(self._now(wall), wall)

    def _now(self, wall: datetime) -> datetime:
        if self._mark is None:
            return wall
        at = self._latest = self._at(self._mark, self._ticks())
        return at.astimezone(wall.tzinfo)

    def _at(self, mark: Mark, ticks: Ticks) -> datetime:
        at = mark.at + timedelta(seconds=ticks.seconds - mark.ticks.seconds)
        return at if self._latest is None else max(at, self._latest)


def _same_boot(before: Ticks, now: Ticks) -> bool:
    return before.boot == now.boot and now.seconds >= before.seconds


def _moved(seconds: float) -> Problem | None:
    return Problem("clock_moved", params=_by(seconds)) if abs(seconds) >= MOVED_SECONDS else None


def _behind(record: datetime, clock: datetime) -> Problem:
    return Problem("clock_behind", params=_by((clock - record).total_seconds()))


_UNITS = ((86400, "天", "days"), (3600, "小时", "hours"), (60, "分钟", "minutes"), (1, "秒", "seconds"))


def _by(seconds: float) -> dict[str, str]:
    size, ahead = abs(seconds), seconds > 0
    unit, zh, en = next(u for u in _UNITS if size >= 2 * u[0] or u[0] == 1)
    number = f"{size / unit:.0f}"
    return {
        "by_zh": f"{number} {zh}",
        "by_en": f"{number} {en}",
        "way_zh": "前" if ahead else "后",
        "way_en": "forward" if ahead else "back",
    }
