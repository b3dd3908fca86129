"""What a person says about the link holds at once: paused, facts only, limited, paid by volume, watched."""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from dataclasses import replace
from typing import Any

import pytest

from registration.application import Delivery
from registration.errors import Problem
from registration.link import LinkMode, MeteredRule
from storage import link, outbox
from sync.link import MOST_UPLOADS, Link
from sync.status import Holding, PagesHeld, Phase
from sync.throttle import Throttle
from tests.fault_proxy import Fault, FaultProxy
from tests.sync.archive import Archive
from tests.sync.counter import QUICK, Counter, Open

CALM = replace(QUICK, heartbeat=600.0, long_poll=0)


def choose(counter: Counter, **values: Any) -> None:
    counter.write(lambda db: link.set_link(db, counter.now(), counter.who(), **values))


def patches(cable: FaultProxy) -> int:
    return sum(seen.method == "PATCH" for seen in cable.totals.requests)


def test_paused_nothing_travels_and_resumed_it_goes_on(open_counter: Open, cable: FaultProxy) -> None:
    counter = open_counter()
    worker = counter.worker()
    counter.wait_for(counter.has_reference)
    choose(counter, mode=LinkMode.PAUSED)
    counter.wait_phase(Phase.PAUSED)
    cable.totals.clear()
    case = counter.submit()
    worker.wake()
    counter.wait_for(lambda: counter.last.waiting == 1)
    assert counter.last.phase is Phase.PAUSED
    assert cable.totals.requests == []
    choose(counter, mode=LinkMode.RUNNING)
    counter.wait_for(lambda: counter.held(case))


def test_pausing_breaks_off_what_is_on_the_wire_and_nothing_of_it_is_lost(
    open_counter: Open, archive: Archive, cable: FaultProxy
) -> None:
    counter = open_counter()
    counter.worker(CALM)
    counter.wait_for(counter.has_reference)
    cable.plan = lambda seen: Fault(stall=True) if seen.method == "PATCH" else None
    case = counter.submit(contents=[secrets.token_bytes(60_000)])
    counter.wait_for(lambda: patches(cable) > 0)
    before = len(counter.statuses)
    choose(counter, mode=LinkMode.PAUSED)
    counter.wait_phase(Phase.PAUSED)
    phases = [status.phase for status in counter.statuses[before:]]
    assert Phase.OFFLINE not in phases, "broken off, not waited for until the silence was too long"
    cable.plan = lambda seen: None
    choose(counter, mode=LinkMode.RUNNING)
    counter.wait_for(lambda: counter.held(case))
    assert archive.digests(case) == counter.digests(case)
    assert archive.times_applied(case) == 1


def test_facts_only_leaves_the_pages_here(open_counter: Open, archive: Archive, cable: FaultProxy) -> None:
    counter = open_counter()
    counter.worker(CALM)
    counter.wait_for(counter.has_reference)
    choose(counter, mode=LinkMode.FACTS_ONLY)
    case = counter.submit()
    counter.wait_for(lambda: archive.times_applied(case) == 1 and counter.last.pages_waiting == 1)
    counter.wait_phase(Phase.CONNECTED)
    assert counter.last.pages_held is PagesHeld.CHOICE
    assert counter.delivery(case) is Delivery.SENDING
    assert patches(cable) == 0
    choose(counter, mode=LinkMode.RUNNING)
    counter.wait_for(lambda: counter.held(case))


@pytest.mark.parametrize("rule", [MeteredRule.DETECT, MeteredRule.ALWAYS])
def test_a_link_paid_by_volume_asks_before_pages(
    rule: MeteredRule, open_counter: Open, archive: Archive, cable: FaultProxy
) -> None:
    counter = open_counter()
    worker = counter.worker(CALM)
    counter.wait_for(counter.has_reference)
    choose(counter, metered=rule)
    worker.set_metered(rule is MeteredRule.DETECT)
    counter.wait_for(lambda: counter.last.pages_held is PagesHeld.METERED)
    case = counter.submit()
    counter.wait_for(lambda: archive.times_applied(case) == 1 and counter.last.pages_waiting == 1)
    assert patches(cable) == 0
    worker.allow_metered()
    counter.wait_for(lambda: counter.held(case))
    assert counter.last.metered


def test_another_metered_link_is_asked_about_anew(open_counter: Open) -> None:
    counter = open_counter()
    worker = counter.worker(CALM)
    worker.set_metered(True)
    worker.allow_metered()
    counter.wait_for(lambda: bool(counter.statuses) and counter.last.metered)
    assert counter.last.pages_held is PagesHeld.NO
    worker.set_metered(False)
    counter.wait_for(lambda: not counter.last.metered)
    worker.set_metered(True)
    counter.wait_for(lambda: counter.last.pages_held is PagesHeld.METERED)


def test_never_metered_does_not_ask(open_counter: Open) -> None:
    counter = open_counter()
    choose(counter, metered=MeteredRule.NEVER)
    worker = counter.worker(CALM)
    worker.set_metered(True)
    counter.wait_for(counter.has_reference)
    case = counter.submit()
    counter.wait_for(lambda: counter.held(case))


def test_a_limit_holds_for_all_uploads_together(open_counter: Open) -> None:
    counter = open_counter()
    choose(counter, limit_kbit=800)  # 100,000 bytes a second
    counter.worker(CALM)
    counter.wait_for(counter.has_reference)
    case = counter.submit(contents=[secrets.token_bytes(50_000) for _ in range(4)])
    began = time.monotonic()
    counter.wait_for(lambda: counter.held(case), timeout=30)
    assert time.monotonic() - began >= 1.5  # 200,000 bytes; never sooner, however fast the machine


def test_the_bucket_gives_no_more_than_its_rate_and_goes_by_its_clock() -> None:
    now = [100.0]
    throttle = Throttle(lambda: now[0])
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    async def draw() -> int:
        return sum([len(piece) async for piece in throttle.pieces(bytes(300_000))])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "sleep", sleep)
        assert asyncio.run(draw()) == 300_000
        assert waits == []  # no limit, no waiting
        throttle.rate = 100_000.0
        assert asyncio.run(draw()) == 300_000
    assert 2.7 <= now[0] - 100.0 <= 3.0
    assert max(waits) <= 0.2  # in small pieces: nothing looks stalled


@pytest.mark.parametrize(("carries", "most"), [(6, MOST_UPLOADS), (3, 4), (1, 3)])
def test_as_many_uploads_as_make_the_whole_faster(carries: int, most: int) -> None:
    """A road that carries so many at 100 kB/s each; more of them share the same."""
    now = [0.0]
    road = Link(clock=lambda: now[0])
    road.begin()
    seen: list[int] = []
    for _ in range(2000):
        rate = 100_000.0 * min(road.uploads, carries)
        now[0] += 50_000 / rate
        road.chunk_arrived(50_000, 0.5)
        seen.append(road.uploads)
    assert max(seen) <= most
    settled = seen[500:]
    assert sum(settled) / len(settled) >= min(carries, MOST_UPLOADS) * 0.8
    road.chunk_failed()
    assert road.uploads == max(seen[-1] // 2, 1)


def test_the_rate_is_of_what_arrived_lately() -> None:
    now = [0.0]
    road = Link(clock=lambda: now[0])
    road.begin()
    assert road.rate() == 0.0
    for _ in range(40):
        now[0] += 0.5
        road.chunk_arrived(20_000, 0.5)
    assert road.rate() == pytest.approx(40_000, rel=0.1)
    now[0] += 60
    assert road.rate() == 0.0


def test_what_the_centre_holds_of_a_case_is_asked_for(open_counter: Open, cable: FaultProxy) -> None:
    counter = open_counter()
    worker = counter.worker(CALM)
    counter.wait_for(counter.has_reference)
    answers: list[Holding | Problem] = []
    heard = threading.Event()

    def answer(found: Holding | Problem) -> None:
        answers.append(found)
        heard.set()

    def ask(application_id: str) -> Holding | Problem:
        heard.clear()
        worker.ask_about(application_id, answer)
        assert heard.wait(10)
        return answers[-1]

    choose(counter, mode=LinkMode.FACTS_ONLY)
    case = counter.submit(contents=[secrets.token_bytes(5_000), secrets.token_bytes(6_000)])
    # Nothing is asked while the statuses are waited for: the answer comes by their thread.
    counter.wait_for(lambda: counter.store.read(outbox.unacknowledged) == [case])
    assert ask(case) == Holding(case, known=True, whole=False, lacking=2, bytes_there=0)
    assert ask("no-such-case") == Holding("no-such-case", known=False, whole=False)
    choose(counter, mode=LinkMode.RUNNING)
    counter.wait_for(lambda: counter.held(case))
    assert ask(case) == Holding(case, known=True, whole=True)
    cable.down()
    assert isinstance(ask(case), Problem)
    assert counter.store.read(outbox.pending_counts).applications == 0
