"""Receipt numbers run low: the window asks in time, and a lost reply wastes none."""

from __future__ import annotations

import asyncio

import pytest

from storage import device
from sync import engine
from tests.fault_proxy import Fault, FaultProxy, Seen
from tests.sync.counter import Counter, Open


def blocks(counter: Counter) -> list[tuple[int, int]]:
    return [(block.first, block.last) for block in counter.store.read(device.number_blocks)]


def test_a_low_block_is_followed_by_another(
    open_counter: Open, cable: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    (first,) = blocks(counter)
    monkeypatch.setattr(engine, "NUMBERS_LOW", first[1] - first[0] + 2)  # one more than are left
    asked: list[Seen] = []

    def lose_the_first(seen: Seen) -> Fault | None:
        if seen.path != "/v1/number-blocks":
            return None
        asked.append(seen)
        return Fault(lose_answer=len(asked) == 1)

    cable.plan = lose_the_first
    broken = asyncio.run(counter.one_pass()).problem
    assert broken is not None
    assert broken.code == "offline"
    assert asyncio.run(counter.one_pass()).problem is None
    assert asyncio.run(counter.one_pass()).problem is None
    assert len(asked) <= 2  # the feed may have brought the block of the lost reply
    had, more = blocks(counter)
    assert had == first
    assert more[0] == first[1] + 1
