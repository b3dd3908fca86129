"""Pages up a bad line: what has arrived is not sent again, and facts do not wait behind pictures."""

from __future__ import annotations

import asyncio
import random
import secrets
from dataclasses import replace

from sync.link import LARGEST_CHUNK, SMALLEST_CHUNK, Link
from tests.fault_proxy import Fault, FaultProxy, Seen
from tests.sync.archive import Archive
from tests.sync.counter import QUICK, Open


def test_cuts_at_random_bytes_cost_almost_nothing(
    open_counter: Open, archive: Archive, cable: FaultProxy
) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    contents = [secrets.token_bytes(1_200_000), secrets.token_bytes(900_000)]
    case = counter.submit(contents=contents)
    chance = random.Random(20261124)
    cuts = 0

    def cut(seen: Seen) -> Fault | None:
        nonlocal cuts
        if seen.method != "PATCH":
            return None
        cuts += 1
        return Fault(cut_up=chance.randrange(2000, 400_000)) if cuts <= 12 else None

    cable.plan = cut
    cable.totals.clear()
    for _ in range(40):
        asyncio.run(counter.one_pass())
        if counter.held(case):
            break
    assert counter.held(case)
    assert cuts >= 12
    assert archive.digests(case) == counter.digests(case)
    heads = 1200 * len(cable.totals.requests)
    most = 1.05 * sum(map(len, contents)) + heads
    assert cable.totals.up < most


def test_a_page_that_the_centre_has_costs_no_bytes(
    open_counter: Open, archive: Archive, cable: FaultProxy
) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    page = secrets.token_bytes(50_000)
    first = counter.submit(contents=[page])
    asyncio.run(counter.one_pass())
    assert counter.held(first)
    cable.totals.clear()
    second = counter.submit(contents=[page])
    asyncio.run(counter.one_pass())
    assert counter.held(second)
    assert not [seen for seen in cable.totals.requests if seen.method == "PATCH"]


def test_facts_overtake_pages(open_counter: Open, archive: Archive, cable: FaultProxy) -> None:
    counter = open_counter()
    counter.worker(replace(QUICK, heartbeat=600.0))
    counter.wait_for(counter.has_reference)
    cable.plan = lambda seen: Fault(hold_up=0.25) if seen.method == "PATCH" else None
    heavy = counter.submit(contents=[secrets.token_bytes(60_000) for _ in range(5)])
    counter.wait_for(lambda: any(seen.method == "PATCH" for seen in cable.totals.requests))
    light = counter.submit()
    counter.wait_for(lambda: counter.held(heavy, light))
    requests = cable.totals.requests
    facts_of_light = [seen.index for seen in requests if seen.path == "/v1/events"][-1]
    last_page = [seen.index for seen in requests if seen.method == "PATCH"][-1]
    assert facts_of_light < last_page
    assert archive.times_applied(light) == 1


def test_batches_shrink_until_they_fit_the_road(
    open_counter: Open, archive: Archive, cable: FaultProxy
) -> None:
    counter = open_counter()
    counter.worker()
    counter.wait_for(counter.has_reference)
    page = secrets.token_bytes(500)
    cases = [counter.submit(contents=[page])]
    counter.wait_for(lambda: counter.held(*cases))
    most = 1.2 * max(seen.size for seen in cable.totals.requests if seen.path == "/v1/events")
    cable.plan = lambda seen: Fault(cut_up=1200) if seen.path == "/v1/events" and seen.size > most else None
    cable.down()
    cases += [counter.submit(contents=[page]) for _ in range(11)]
    cable.up()
    counter.wait_for(lambda: counter.held(*cases))
    sizes = [seen.size for seen in cable.totals.requests if seen.path == "/v1/events"]
    assert max(sizes) > most
    assert [archive.times_applied(case) for case in cases] == [1] * 12


def test_chunks_follow_the_link() -> None:
    link = Link(chunk=512 * 1024)
    for _ in range(10):  # 32 KiB a second
        link.chunk_arrived(link.chunk, link.chunk / 32_768)
    assert 64 * 1024 <= link.chunk <= 128 * 1024
    for _ in range(10):  # 100 MB a second
        link.chunk_arrived(link.chunk, link.chunk / 100e6)
    assert link.chunk == LARGEST_CHUNK
    link.chunk_arrived(1000, 0.2)  # the tail of a page: latency, not speed
    assert link.chunk == LARGEST_CHUNK
    for _ in range(20):
        link.chunk_failed()
    assert link.chunk == SMALLEST_CHUNK
