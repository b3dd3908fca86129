"""Facts around the cases by sealed package: once, whole, with their files, and known here to have arrived."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from pathlib import Path

from registration.errors import CentreError
from registration.facts import Attachment, Topic
from registration.packs import shipped
from registration.rating import scale_from
from storage.awaiting import awaiting_files
from storage.ratings import rate
from tests.centre import Centre
from tests.fault_proxy import Fault, FaultProxy
from tests.sync.archive import Archive
from tests.sync.counter import COMPOUND, Open
from tests.sync.test_facts_road import note, state
from tests.sync.test_packages import bring, pack, take


def test_facts_go_by_disc_with_the_files_that_they_refer_to(
    open_counter: Open, centre: Centre, archive: Archive, tmp_path: Path
):
    counter = open_counter()
    asyncio.run(counter.one_pass())
    photo = b"\xff\xd8" + secrets.token_bytes(30_000)
    attached = [Attachment(counter.pages.put(photo), len(photo), "image/jpeg", "witness")]
    visited = note(counter, "visited", topic=Topic.VISIT, subject="v-disc", attachments=attached)
    counter.write(
        lambda db: rate(
            db, counter.who(), counter.now(), rating_id=f"r-{visited.id}", compound_id=COMPOUND,
            scale=scale_from(shipped()), level="5",
        )
    )  # fmt: skip
    files = pack(counter, tmp_path / "disc")
    bring(centre, files, tmp_path / "lost")
    told = bring(centre, files, tmp_path / "back")
    assert set(told["events"]) == {"already_had"} and told["acknowledged"] == 0
    assert told["pages"] == 1 and told["refused_pages"] == 0
    for fact_id in (visited.id, f"r-{visited.id}"):
        assert archive.count("SELECT count(*) FROM facts WHERE id = :id", id=fact_id) == 1
    held = "SELECT count(*) FROM page_files WHERE digest = :digest"
    assert archive.count(held, digest=attached[0].digest) == 1
    taken = take(counter, told)
    assert (taken.refused, taken.wrong) == (0, 0)
    assert state(counter, visited) == "told"
    assert counter.store.read(awaiting_files) == [], "the answer says that the file has arrived"
    report = asyncio.run(counter.one_pass())
    assert report.problem is None and report.pages == 0


def test_a_file_whose_fact_went_by_the_wire_goes_by_disc(
    open_counter: Open, centre: Centre, archive: Archive, cable: FaultProxy, tmp_path: Path
):
    counter = open_counter()
    asyncio.run(counter.one_pass())
    photo = b"\xff\xd8" + secrets.token_bytes(30_000)
    attached = [Attachment(counter.pages.put(photo), len(photo), "image/jpeg", "witness")]
    visited = note(counter, "visited", topic=Topic.VISIT, subject="v-late", attachments=attached)
    cable.plan = lambda seen: Fault(cut_up=1) if seen.path.startswith("/v1/pages") else None
    with contextlib.suppress(CentreError):
        asyncio.run(counter.one_pass())
    assert state(counter, visited) == "told" and counter.store.read(awaiting_files)
    told = bring(centre, pack(counter, tmp_path / "disc"), tmp_path / "back")
    assert told["pages"] == 1
    take(counter, told)
    assert counter.store.read(awaiting_files) == []
