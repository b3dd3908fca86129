"""What is refused, missing or untrue waits with its reason; everything else goes on."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registration.application import Delivery
from registration.wording import say
from storage import operations, outbox
from storage.awaiting import Awaiting
from storage.device import DeviceIdentity
from sync.contract import Acknowledgement, AckStatement, sign
from sync.judgement import holds
from sync.status import Phase
from tests.fault_proxy import FaultProxy
from tests.sync.archive import Archive
from tests.sync.counter import Counter, Open


def test_a_refused_case_is_parked_with_words_and_the_next_goes_on(
    open_counter: Open, archive: Archive, tmp_path: Path
) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    doubled = counter.image(tmp_path / "image")  # a laptop set up from a copy gives out the same numbers
    try:
        original = counter.submit()
        asyncio.run(counter.one_pass())
        refused, good = doubled.submit(), doubled.submit()
        doubled.worker()
        doubled.wait_for(lambda: doubled.held(good))
        assert doubled.delivery(refused) is Delivery.PARKED
        detail = doubled.detail(refused)
        assert detail.problems[0].code == "centre_refused"
        assert "号" in detail.problems[0].zh
        assert "number" in detail.problems[0].en
        doubled.wait_for(lambda: doubled.last.parked == 1 and doubled.last.waiting == 0)
        assert doubled.wait_phase(Phase.CONNECTED).problem is None
        assert archive.times_applied(refused) == 0
        assert counter.held(original)
    finally:
        doubled.close()


def test_a_page_that_is_gone_stops_its_own_case_only(
    open_counter: Open, archive: Archive, cable: FaultProxy
) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    lost, torn = secrets.token_bytes(3000), secrets.token_bytes(4000)
    without, damaged, good = (
        counter.submit(contents=[lost]),
        counter.submit(contents=[torn]),
        counter.submit(),
    )
    counter.pages.delete(counter.digests(without)[0])
    path = counter.pages.path_of(counter.digests(damaged)[0])
    sealed = bytearray(path.read_bytes())
    sealed[100] ^= 1
    path.write_bytes(bytes(sealed))
    report = asyncio.run(counter.one_pass())
    assert report.problem is None
    assert counter.held(good)
    assert (counter.problems(without), counter.problems(damaged)) == (["page_missing"], ["page_damaged"])
    assert counter.delivery(without) is Delivery.PARKED
    counter.pages.put(lost)
    row = counter.detail(without).problems[0]
    counter.write(lambda db: operations.retry_parked(db, counter.who(), counter.now(), row.outbox_id))
    asyncio.run(counter.one_pass())
    assert counter.held(without)
    assert archive.digests(without) == counter.digests(without)
    assert archive.times_applied(without) == 1


def test_a_centre_that_forgot_a_case_is_told_again(open_counter: Open, archive: Archive) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    case = counter.submit()
    counter.write(
        lambda db: _settled_unseen(db, counter, case)
    )  # as if the centre were restored from yesterday
    for _ in range(2):
        asyncio.run(counter.one_pass())
    assert counter.held(case)
    assert archive.digests(case) == counter.digests(case)


def _settled_unseen(db: object, counter: Counter, case: str) -> None:
    row = outbox.claim(db, counter.now(), 1)[0]  # type: ignore[arg-type]
    assert row.application_id == case
    outbox.settle(db, counter.now(), row.id, "applied")  # type: ignore[arg-type]


def test_an_acknowledgement_by_another_centre_lights_no_lamp(open_counter: Open) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    counter.write(lambda db: db.execute("UPDATE device SET server_key = ?", [other]).rowcount)
    case = counter.submit()
    report = asyncio.run(counter.one_pass())
    assert report.acknowledged == 0
    assert not counter.held(case)
    assert counter.problems(case) == ["acknowledgement_wrong"]


KEY = Ed25519PrivateKey.generate()
ROW = Awaiting("event", "case", 2, "620102-A01-261124-0007", ("a" * 64, "b" * 64))
DEVICE = DeviceIdentity(
    name="窗口一",
    centre_url="https://centre.example",
    enrolment_code="",
    signing_key=Ed25519PrivateKey.generate(),
    device_id="device",
    device_code="A01",
    server_key=KEY.public_key().public_bytes_raw(),
    recovery_key=None,
    enrolled_at=None,
    clock_offset=None,
)
TRUE = {
    "application_id": "case",
    "revision": 2,
    "receipt_number": "620102-A01-261124-0007",
    "device_id": "device",
    "digests": ["a" * 64, "b" * 64],
    "server_time": 1795500000.25,
}
UNTRUE = {
    "another case": {"application_id": "other"},
    "an older revision": {"revision": 1},
    "another number": {"receipt_number": "620102-A01-261124-0008"},
    "another device": {"device_id": "other"},
    "a page less": {"digests": ["a" * 64]},
    "a page more": {"digests": ["a" * 64, "b" * 64, "c" * 64]},
    "another page": {"digests": ["a" * 64, "c" * 64]},
}


def sworn(key: Ed25519PrivateKey = KEY, /, **changes: object) -> Acknowledgement:
    statement = AckStatement.model_validate(TRUE | changes)
    return Acknowledgement(
        statement=statement, signature=sign(key, "acknowledgement", statement.model_dump())
    )


def test_an_acknowledgement_holds_only_if_every_word_is_true() -> None:
    assert holds(sworn(), ROW, DEVICE)


@pytest.mark.parametrize("changes", UNTRUE.values(), ids=UNTRUE.keys())
def test_an_acknowledgement_of_something_else_does_not_hold(changes: dict[str, object]) -> None:
    assert not holds(sworn(**changes), ROW, DEVICE)


def test_an_acknowledgement_by_another_key_or_altered_after_signing_does_not_hold() -> None:
    assert not holds(sworn(Ed25519PrivateKey.generate()), ROW, DEVICE)
    altered = sworn().model_copy(update={"statement": sworn(server_time=1.0).statement})
    assert not holds(altered, ROW, DEVICE)
    assert not holds(sworn().model_copy(update={"signature": "!"}), ROW, DEVICE)


@pytest.mark.parametrize(
    "code",
    [
        "offline",
        "not_the_centre",
        "clock_wrong",
        "device_revoked",
        "device_unknown",
        "operator_refused",
        "centre_busy",
        "centre_error",
        "centre_refused",
        "enrolment_refused",
        "centre_address",
        "centre_not_secure",
        "page_refused",
        "acknowledgement_wrong",
    ],
)
def test_every_problem_of_the_link_has_words(code: str) -> None:
    from registration.errors import Problem

    for language in ("zh", "en"):
        assert say(Problem(code), language) != say(Problem("no_such_code"), language)
