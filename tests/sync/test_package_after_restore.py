"""A laptop that was put back to an older state takes in an answer: no news is passed over."""

from __future__ import annotations

import asyncio
from pathlib import Path

from registration.application import CaseState
from server.store.review import Decision
from storage import feed
from tests.centre import Centre
from tests.sync.archive import Archive
from tests.sync.counter import Open
from tests.sync.test_packages import bring, pack, take


def test_news_from_before_the_package_is_still_asked_for(
    open_counter: Open, centre: Centre, archive: Archive, tmp_path: Path
) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    first = counter.submit()
    asyncio.run(counter.one_pass())
    older = counter.image(tmp_path / "older")
    try:
        known = older.store.read(feed.cursor)
        archive.decide(first, Decision(CaseState.REJECTED, "test", reason_zh="不属本局", reason_en="No"))
        asyncio.run(counter.one_pass())
        assert counter.store.read(feed.cursor) > known
        counter.submit()
        told = bring(centre, pack(counter, tmp_path / "disc"), tmp_path / "back")
        take(older, told)
        assert older.store.read(feed.cursor) == known, "what lies between is not in this answer"
        asyncio.run(older.one_pass())
        assert older.detail(first).state is CaseState.REJECTED
        take(counter, told)
        assert counter.store.read(feed.cursor) > known
    finally:
        older.close()
