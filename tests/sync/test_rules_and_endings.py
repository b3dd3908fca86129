"""There and back with the real centre: rules published, withdrawals, void receipts, what was found."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from registration.application import CaseState, Delivery
from registration.central_checks import CheckResult
from registration.checklist import Track
from registration.errors import RuleError
from registration.packs import TYPES, shipped
from registration.tracks import TrackState, TrackStatus
from server.store.review import Decision
from storage import operations, packs, reference, voiding
from storage.ids import new_id
from storage.print_queue import Wish
from storage.second_person import Alone
from sync.status import Phase
from tests.centre import start_centre
from tests.storage.test_packs import newer, wanting_a_proof
from tests.sync.archive import Archive, archive_of
from tests.sync.counter import COMPOUND, Counter, Open

NEWER = "2097.1"


@pytest.fixture
def counter(open_counter: Open) -> Counter:
    opened = open_counter()
    asyncio.run(opened.one_pass())
    return opened


def withdraw(counter: Counter, application_id: str) -> None:
    wish = Wish(
        new_id(counter.now()),
        "withdrawal",
        application_id=application_id,
        facts={"made_at": counter.now().isoformat()},
    )
    counter.write(
        lambda db: operations.withdraw_application(
            db,
            counter.who(),
            counter.now(),
            application_id,
            reason="暂不办理",
            wish=wish,
            event_id=new_id(counter.now()),
        )
    )


def test_a_withdrawal_arrives_behind_its_case_and_spoils_no_page(counter: Counter, archive: Archive) -> None:
    case = counter.submit()
    withdraw(counter, case)
    counter.worker()
    counter.wait_for(lambda: counter.held(case) and counter.last.waiting == 0)
    counter.wait_for(lambda: archive.case(case)["state"] == "withdrawn")
    assert archive.digests(case), "every page is on the centre's disk"
    assert counter.detail(case).state is CaseState.WITHDRAWN
    assert counter.wait_phase(Phase.CONNECTED).problem is None
    assert archive.times_applied(case) == 2


def test_a_withdrawal_that_comes_too_late_waits_with_the_centre_s_words(
    counter: Counter, archive: Archive
) -> None:
    case = counter.submit()
    asyncio.run(counter.one_pass())
    for state in (CaseState.ACCEPTED, CaseState.REGISTERED):
        if archive.case(case)["state"] != state.value:
            archive.decide(case, Decision(state, "test"))
    withdraw(counter, case)
    asyncio.run(counter.one_pass())
    asyncio.run(counter.one_pass())
    detail = counter.detail(case)
    assert detail.state is CaseState.REGISTERED, "the case is what the centre says"
    assert detail.delivery is Delivery.HELD
    (problem,) = detail.problems
    assert problem.parked and "登簿" in problem.zh


def test_a_void_receipt_is_known_at_the_centre(counter: Counter, archive: Archive) -> None:
    case = counter.submit()
    receipt = counter.detail(case).receipt
    assert receipt is not None
    event = new_id(counter.now())
    counter.write(
        lambda db: voiding.void_receipt(
            db, counter.who(), counter.now(), receipt.number, "重复开具", event, Alone("一人值守")
        )
    )
    for _ in range(2):
        asyncio.run(counter.one_pass())
    assert archive.case(case)["void_reason"] == "重复开具"
    assert counter.held(case)


def test_what_the_desk_finds_comes_back(counter: Counter, archive: Archive) -> None:
    case = counter.submit()
    asyncio.run(counter.one_pass())
    archive.report(
        case,
        checks={"seizure": (CheckResult.STOPS, "预查封")},
        tracks=[TrackStatus(Track.REGISTRATION, TrackState.UNDER_WAY)],
    )
    asyncio.run(counter.one_pass())
    detail = counter.detail(case)
    found = {check.code: check for check in detail.checks}
    assert (found["seizure"].result, found["seizure"].note) == (CheckResult.STOPS, "预查封")
    assert found["pending"].result is CheckResult.WAITING
    assert detail.tracks[0] == TrackStatus(Track.REGISTRATION, TrackState.UNDER_WAY)


def test_a_published_checklist_reaches_the_window_and_both_judge_by_it(tmp_path: Path) -> None:
    """At a centre of its own: what it has published stays in its feed."""
    (tmp_path / "own").mkdir()
    with start_centre(tmp_path / "own") as centre:
        archive, counter = archive_of(centre), Counter(tmp_path, centre.url, centre.enrolment_code)
        try:
            asyncio.run(counter.one_pass())
            begun = counter.submit()
            archive.publish(newer(TYPES, wanting_a_proof, NEWER)["body"])
            asyncio.run(counter.one_pass())
            assert counter.store.read(lambda db: packs.pack(db, TYPES))["version"] == NEWER
            assert counter.held(begun), "what began before is judged by what it began with, here and there"
            with pytest.raises(RuleError):
                counter.submit()
            own = dict(shipped().rule_versions())
            assert counter.store.read(lambda db: packs.pack_set(db, own)) == shipped()
        finally:
            counter.close()
            archive.close()


def test_the_file_of_a_compound_reaches_the_window(counter: Counter, archive: Archive) -> None:
    archive.put_file(COMPOUND, {"sold_on": "2012-06-01", "developer_gone": True})
    asyncio.run(counter.one_pass())
    file = counter.store.read(lambda db: reference.compound_file(db, COMPOUND))
    assert (file.sold_on, file.developer_gone) == ("2012-06-01", True)
    archive.put_file(COMPOUND, {"developer_gone": False})
