"""Every exchange of the protocol broken once, enumerated, not sampled: each case arrives once and whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import pytest

from tests.fault_proxy import Fault, FaultProxy, Plan, Seen
from tests.sync.archive import Archive
from tests.sync.counter import Counter, Open

FAULTS = {
    "the reply is lost after the centre acted": Fault(lose_answer=True),
    "the reply breaks off in the middle": Fault(cut_down=180),
    "the reply's body is cut short": Fault(truncate=20),
    "the reply breaks off in its first line": Fault(cut_down=9),
    "nothing of the request arrives": Fault(cut_up=1),
    "the request breaks off within its head": Fault(cut_up=120),
    "the request breaks off": Fault(cut_up=900),
    "the request is doubled and the second answer counts": Fault(double=True),
    "a portal answers instead": Fault(portal=True),
}


def at(index: int, fault: Fault) -> Plan:
    """Break the exchange of this index, counted from now, and no other."""
    count = -1

    def plan(seen: Seen) -> Fault | None:
        nonlocal count
        count += 1
        return fault if count == index else None

    return plan


def passes_until(counter: Counter, done: Callable[[], bool], most: int = 4) -> int:
    """Run passes, each by a fresh engine as after a restart, until `done()`; return how many it took."""
    for taken in range(1, most + 1):
        asyncio.run(counter.one_pass())
        if done():
            return taken
    raise AssertionError(f"not done after {most} passes")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_case_survives_any_one_broken_exchange(
    fault: Fault, open_counter: Open, archive: Archive, cable: FaultProxy
) -> None:
    counter = open_counter()
    passes_until(counter, counter.has_reference)

    cable.totals.clear()
    clean = counter.submit()
    assert passes_until(counter, lambda: counter.held(clean)) == 1
    steps = [f"{seen.method} {seen.path.split('/')[2].split('?')[0]}" for seen in cable.totals.requests]
    assert set(steps) >= {"POST events", "POST pages", "POST acknowledgements", "GET changes"}
    assert steps.count("PATCH pages") == 1
    for index in range(len(steps)):
        case = counter.submit()
        cable.plan = at(index, fault)
        passes_until(counter, partial(counter.held, case), most=3)
        cable.plan = lambda seen: None
        assert archive.times_applied(case) == 1, steps[index]
        assert archive.digests(case) == counter.digests(case), steps[index]
        assert counter.problems(case) == [], steps[index]


@pytest.mark.parametrize("index", [0, 1, 2])
def test_enrolment_survives_a_lost_reply(
    index: int, open_counter: Open, archive: Archive, cable: FaultProxy
) -> None:
    counter = open_counter()
    before = archive.count("SELECT count(*) FROM devices")
    cable.plan = at(index, Fault(lose_answer=True))
    passes_until(counter, counter.has_reference)
    assert archive.count("SELECT count(*) FROM devices") == before + 1
    case = counter.submit()
    passes_until(counter, lambda: counter.held(case))


def test_a_doubled_connection_sends_nothing_twice(
    open_counter: Open, archive: Archive, cable: FaultProxy
) -> None:
    counter = open_counter()
    passes_until(counter, counter.has_reference)
    case = counter.submit()

    async def together() -> None:
        await asyncio.gather(counter.one_pass(), counter.one_pass())

    asyncio.run(together())
    passes_until(counter, lambda: counter.held(case))
    assert archive.times_applied(case) == 1
    assert archive.digests(case) == counter.digests(case)
