"""With the clock guard a laptop whose clock is years off works: the centre is heard once, and that is all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registration.clock import ClockGuard
from sync.status import Phase
from sync.worker import SyncWorker
from tests.sync.archive import Archive
from tests.sync.counter import QUICK, QUICK_PATIENCE, Counter, Open
from ui.office_start import machine_ticks

YEARS = 2 * 365 * 86400.0


def guarded(counter: Counter, guard: ClockGuard) -> SyncWorker:
    worker = SyncWorker(
        counter.store,
        counter.pages,
        on_status=counter._hear,
        clock=guard.now,
        heard=guard.heard,
        pace=QUICK,
        patience=QUICK_PATIENCE,
    )
    counter.workers.append(worker)
    worker.start()
    return worker


@pytest.mark.parametrize("ahead", [-YEARS, YEARS])
def test_a_clock_years_off_stops_nothing(ahead: float, open_counter: Open, archive: Archive) -> None:
    counter = open_counter()
    counter.ahead = ahead
    guard = ClockGuard(counter.now, machine_ticks)
    guard.begin(None, None)
    guarded(counter, guard)
    counter.wait_for(counter.has_reference, 30)
    counter.wait_for(lambda: bool(counter.statuses) and counter.last.phase is Phase.CONNECTED, 30)
    offset = counter.last.clock_offset
    assert offset is not None and abs(offset - ahead) < 60, "the status still says how far off it is"
    true = counter.now() - timedelta(seconds=ahead)
    assert abs((guard.now() - true).total_seconds()) < 60
    counter.ahead = 0.0  # set right under a running window: nobody notices
    case = counter.submit()
    counter.wait_for(lambda: counter.held(case), 30)
    assert archive.times_applied(case) == 1
    assert Phase.CLOCK_WRONG not in {status.phase for status in counter.statuses[-5:]}
