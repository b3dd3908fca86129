"""Returned, mended, sent again; two revisions that meet; a centre put back to yesterday: all for real."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from registration.application import CaseState, Delivery
from registration.errors import CentreError, InputError
from server.store.review import Decision, ItemToMend
from storage import applications, audit, conflicts, lives, operations, outbox
from storage.ids import new_id
from storage.revisions import Why
from sync.questions import case_of
from tests.centre import Centre, start_centre
from tests.sync.archive import Archive, archive_of
from tests.sync.counter import Counter, Open

ROOT = Path(__file__).parents[2]
SECRET = "两河汇处的渡口 1976"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """Nobody but the test decides here: the shared centre accepts what it holds, when it comes to it."""
    with start_centre(tmp_path_factory.mktemp("undecided"), accept_after=3600) as running:
        yield running


@pytest.fixture(scope="module")
def archive(centre: Centre) -> Iterator[Archive]:
    found = archive_of(centre)
    yield found
    found.close()


def returned(counter: Counter, archive: Archive, case: str) -> None:
    items = (ItemToMend("invoice", "发票看不清", "The invoice cannot be read"),)
    archive.decide(case, Decision(CaseState.RETURNED, "test", items=items, due="2027-01-15"))
    counter.wait_for(lambda: counter.detail(case).state is CaseState.RETURNED)


def begin(counter: Counter, case: str) -> None:
    counter.write(lambda db: operations.begin_revision(db, counter.who(), counter.now(), case))


def submit(counter: Counter, case: str) -> None:
    event = new_id(counter.now())
    counter.write(
        lambda db: operations.submit_application(
            db, counter.who(), counter.now(), case, sign=lambda receipt: "T", event_id=event
        )
    )


def remark(counter: Counter, case: str, words: str) -> None:
    def write(db: Any) -> Any:
        found = applications.application(db, case)
        assert found is not None
        draft = replace(found, remarks=words)
        return operations.save_draft(db, counter.who(), counter.now(), draft, "{}")

    counter.write(write)


def asked(counter: Counter, case: str) -> dict[str, Any]:
    async def ask() -> dict[str, Any]:
        async with counter._transport(counter.identity()) as transport:
            return await case_of(transport, counter.identity(), case)

    return asyncio.run(ask())


def one_pass(counter: Counter) -> None:
    asyncio.run(counter.one_pass())


def test_a_returned_case_comes_back_mended_and_both_revisions_are_at_the_centre(
    open_counter: Open, archive: Archive
) -> None:
    counter = open_counter()
    counter.worker()
    counter.wait_for(counter.has_reference)
    case = counter.submit()
    counter.wait_for(lambda: counter.held(case))
    returned(counter, archive, case)
    wanted = counter.detail(case).correction
    assert wanted is not None and (wanted.items[0].item_code, wanted.due) == ("invoice", "2027-01-15")
    begin(counter, case)
    remark(counter, case, "发票已重拍")
    submit(counter, case)
    counter.wait_for(lambda: counter.held(case))
    assert archive.submissions(case) == 2
    found = archive.case(case)
    assert (found["revision"], found["facts"]["remarks"]) == (2, "发票已重拍")
    receipt = counter.detail(case).receipt
    assert receipt is not None and found["receipt_number"] == receipt.number  # it stays with the case


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_where_two_revisions_meet_both_are_kept_and_a_person_decides(
    open_counter: Open, archive: Archive, tmp_path: Path, choice: str
) -> None:
    counter = open_counter()
    counter.worker()
    counter.wait_for(counter.has_reference)
    case = counter.submit()
    counter.wait_for(lambda: counter.held(case))
    returned(counter, archive, case)
    for worker in counter.workers:
        worker.stop()
    twin = counter.image(tmp_path / "twin")
    try:
        for each, words in ((counter, "这边"), (twin, "那边")):
            begin(each, case)
            remark(each, case, words)
            submit(each, case)
        one_pass(counter)
        one_pass(twin)
        assert counter.held(case) and twin.problems(case) == ["conflict"]
        with pytest.raises(InputError) as undecided:
            begin(twin, case)
        assert undecided.value.code == "conflict_undecided"

        again = Decision(CaseState.RETURNED, "test", reason_zh="再补", reason_en="Once more")
        if choice == "mine":
            archive.decide(case, again)  # before anybody accepts it
        theirs = asked(twin, case)
        assert (theirs["revision"], theirs["application"]["remarks"]) == (2, "这边")
        decide = conflicts.keep_mine if choice == "mine" else conflicts.keep_theirs
        twin.write(lambda db: decide(db, twin.who(), twin.now(), case, theirs))
        kept = twin.store.read(lambda db: conflicts.decided(db, case))
        assert kept is not None and kept.centre["application"]["remarks"] == "这边"
        if choice == "mine":
            assert twin.detail(case).application.remarks == "那边"
            submit(twin, case)
            one_pass(twin)
            assert twin.held(case)
            assert archive.case(case)["facts"]["remarks"] == "那边"
            assert archive.submissions(case) == 3  # the other one is still there
            assert twin.detail(case).revisions[0].why is Why.CONFLICT
        else:
            assert twin.delivery(case) is Delivery.SUPERSEDED
            assert archive.case(case)["facts"]["remarks"] == "这边"
            archive.decide(case, Decision(CaseState.REJECTED, "test", reason_zh="不属本局", reason_en="No"))
            one_pass(twin)
            assert twin.detail(case).state is CaseState.REJECTED  # what the centre says is followed
    finally:
        twin.close()


def test_a_case_of_another_site_is_not_shown(open_counter: Open) -> None:
    counter = open_counter()
    one_pass(counter)
    with pytest.raises(CentreError) as refused:
        asked(counter, "nobody's")
    assert refused.value.problem.params["server_code"] == "unknown_application"


def log_is_held(counter: Counter) -> bool:
    """Say whether the centre swears to the last row of the audit log."""
    held, head = counter.store.read(audit.held_through), counter.store.read(audit.head)
    return held.seq == head.seq and held.broken is None


def test_what_a_restored_centre_lost_is_offered_again_in_its_order(tmp_path: Path) -> None:
    def admin(*words: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "server", "admin", "--data-dir", str(tmp_path / "centre"), *words],
            cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
            env=os.environ | {"JILAI_BACKUP_PASSPHRASE": SECRET},
        )  # fmt: skip
        return json.loads(done.stdout)

    folder = tmp_path / "counter"
    folder.mkdir()
    with start_centre(tmp_path, accept_after=3600) as centre:
        counter = Counter(folder, centre.url, centre.enrolment_code)
        counter.worker()
        counter.wait_for(counter.has_reference)
        before = counter.submit()
        counter.wait_for(lambda: counter.held(before))
        admin("backup", "--out", str(tmp_path / "backups"))
        lost = counter.submit()
        counter.wait_for(lambda: counter.held(lost))
        begin(counter, lost)  # and its second revision, which needs the first
        submit(counter, lost)
        counter.wait_for(lambda: counter.held(lost))
        first = counter.store.read(lives.life)
        assert first
        port = int(centre.url.rsplit(":", 1)[1])
    shutil.rmtree(tmp_path / "centre")
    admin("restore", "--from", str(tmp_path / "backups"))
    with start_centre(tmp_path, port=port, accept_after=3600):
        counter.wait_for(lambda: counter.store.read(lives.life) not in ("", first), 30)
        counter.wait_for(lambda: counter.held(lost, before), 30)
        actions = [row.action for row in counter.detail(lost).history]
        assert actions.count("offered_again") == 1 and actions.count("acknowledged") >= 3
        found = admin("show", lost)
        assert (found["revision"], found["state"]) == (2, "received")
        assert counter.store.read(outbox.pending_counts).applications == 0
        counter.wait_for(lambda: log_is_held(counter), 30)
        assert admin("audit", counter.identity().device_code or "")["faults"] == []
        assert counter.store.read(audit.verify) is None
        counter.close()
