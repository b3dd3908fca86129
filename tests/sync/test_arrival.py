"""Everything from this device has arrived: sworn only where it is so, and what is lacking goes again."""

from __future__ import annotations

import secrets
import threading
import uuid
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import text

from registration.application import Delivery
from registration.errors import Problem
from registration.link import LinkMode
from server.store.arrival import compare
from server.store.database import transaction
from storage import arrivals, link
from storage.arrivals import Arrival
from sync.contract import unb64, verify
from sync.contract.arrival import (
    BUCKETS,
    PURPOSE,
    ArrivalClaim,
    ArrivalEntry,
    bucket_digests,
    bucket_of,
    bucketed,
    set_digest,
)
from sync.worker import SyncWorker
from tests.fault_proxy import Fault, FaultProxy
from tests.sync.archive import Archive
from tests.sync.counter import QUICK, Counter, Open

CALM = replace(QUICK, heartbeat=600.0, long_poll=0)


def ask(worker: SyncWorker) -> Arrival | Problem:
    answers: list[Arrival | Problem] = []
    heard = threading.Event()

    def answer(found: Arrival | Problem) -> None:
        answers.append(found)
        heard.set()

    worker.ask_arrival(answer)
    assert heard.wait(15)
    return answers[0]


def begun(counter: Counter) -> SyncWorker:
    worker = counter.worker(CALM)
    counter.wait_for(counter.has_reference)
    return worker


def test_the_centre_swears_to_what_has_arrived_and_a_stranger_can_verify_it(
    open_counter: Open, archive: Archive
) -> None:
    counter = open_counter()
    worker = begun(counter)
    cases = [counter.submit(), counter.submit(contents=[secrets.token_bytes(900) for _ in range(3)])]
    counter.wait_for(lambda: counter.held(*cases))
    arrival = ask(worker)
    assert isinstance(arrival, Arrival) and arrival.whole
    said = arrival.statement
    assert said["count"] == 2
    numbers = sorted(receipt(counter, case) for case in cases)
    assert [said["first_receipt"], said["last_receipt"]] == numbers
    key = counter.identity().server_key
    assert key is not None and verify(key, PURPOSE, said, arrival.signature)
    assert not verify(key, PURPOSE, {**said, "count": 3}, arrival.signature)
    assert counter.store.read(arrivals.last_arrival) == arrival
    sworn = "SELECT count(*) FROM audit WHERE action = 'arrival_sworn' AND subject = :id"
    assert archive.count(sworn, id=counter.identity().device_id) == 1


def receipt(counter: Counter, case: str) -> str:
    return next(
        one.receipt_number for one in counter.store.read(arrivals.submitted) if one.application_id == case
    )


def test_while_pages_are_still_here_nothing_is_sworn(open_counter: Open) -> None:
    counter = open_counter()
    worker = begun(counter)
    whole = counter.submit()
    counter.wait_for(lambda: counter.held(whole))
    counter.write(lambda db: link.set_link(db, counter.now(), counter.who(), mode=LinkMode.FACTS_ONLY))
    case = counter.submit()
    counter.wait_for(lambda: counter.last.pages_waiting == 1)
    arrival = ask(worker)
    assert isinstance(arrival, Arrival)
    assert (arrival.whole, arrival.lacking, arrival.statement) == (False, (case,), {})
    counter.write(lambda db: link.set_link(db, counter.now(), counter.who(), mode=LinkMode.RUNNING))
    counter.wait_for(lambda: counter.held(case))
    again = ask(worker)
    assert isinstance(again, Arrival) and again.whole


def test_what_the_centre_has_lost_is_found_and_goes_again(open_counter: Open, archive: Archive) -> None:
    """A page whose row is gone stands for any loss behind the centre's back."""
    counter = open_counter()
    worker = begun(counter)
    cases = [counter.submit() for _ in range(3)]
    counter.wait_for(lambda: counter.held(*cases))
    lost = counter.digests(cases[1])[0]
    forget(archive, lost)
    (archive.centre.data_dir / "pages" / lost[:2] / lost).unlink()
    arrival = ask(worker)
    assert isinstance(arrival, Arrival)
    assert arrival.lacking == (cases[1],) and not arrival.whole
    counter.wait_for(lambda: archive.count("SELECT count(*) FROM page_files WHERE digest = :d", d=lost) == 1)
    counter.wait_for(lambda: counter.held(*cases))
    assert archive.digests(cases[1]) == counter.digests(cases[1])
    assert archive.times_applied(cases[1]) == 1
    again = ask(worker)
    assert isinstance(again, Arrival) and again.whole


def test_a_lamp_that_shone_too_soon_goes_back(
    open_counter: Open, archive: Archive, cable: FaultProxy
) -> None:
    counter = open_counter()
    worker = begun(counter)
    case = counter.submit()
    counter.wait_for(lambda: counter.held(case))
    forget(archive, counter.digests(case)[0])
    cable.plan = lambda seen: Fault(stall=True) if seen.path == "/v1/events" else None
    ask(worker)
    assert counter.delivery(case) is not Delivery.HELD


def forget(archive: Archive, digest: str) -> None:
    with transaction(archive._engine) as connection:
        connection.execute(text("DELETE FROM page_files WHERE digest = :d"), {"d": digest})


def test_another_signature_is_not_believed(
    open_counter: Open, cable: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = open_counter()
    worker = begun(counter)
    case = counter.submit()
    counter.wait_for(lambda: counter.held(case))
    monkeypatch.setattr("sync.arrival.verify", lambda key, *rest: verify(bytes(32), *rest))
    arrival = ask(worker)
    assert isinstance(arrival, Problem) and arrival.code == "arrival_wrong"
    assert counter.store.read(arrivals.last_arrival) is None
    cable.down()
    offline = ask(worker)
    assert isinstance(offline, Problem) and offline.code == "offline"


def entry(pages: str = "a") -> ArrivalEntry:
    return ArrivalEntry(application_id=str(uuid.uuid4()), revision=1, pages=pages * 64)


def claim(entries: list[ArrivalEntry], shown: Sequence[ArrivalEntry] = ()) -> ArrivalClaim:
    return ArrivalClaim(
        count=len(entries),
        digest=set_digest(entries),
        buckets=bucket_digests(entries),
        entries=list(shown),
    )


def test_two_sets_are_compared_bucket_by_bucket() -> None:
    entries = [entry() for _ in range(600)]
    assert compare(entries, claim(entries)).whole
    assert compare(list(reversed(entries)), claim(entries)).whole
    lost, changed = entries[7], entries[8]
    there = [one for one in entries if one not in (lost, changed)]
    there.append(changed.model_copy(update={"pages": "b" * 64}))
    first = compare(there, claim(entries))
    differing = sorted({bucket_of(lost.application_id), bucket_of(changed.application_id)})
    assert (first.whole, list(first.differing), first.lacking) == (False, differing, ())
    shown = [one for number in differing for one in bucketed(entries)[number]]
    second = compare(there, claim(entries, shown))
    assert list(second.lacking) == sorted([lost.application_id, changed.application_id])
    assert second.differing == ()


def test_more_at_the_centre_is_no_hindrance() -> None:
    """A laptop that was set back to an older state claims less than it once sent."""
    entries = [entry() for _ in range(600)]
    fewer = entries[:450]
    first = compare(entries, claim(fewer))
    assert not first.whole and first.differing and not first.lacking
    shown = [one for number in first.differing for one in bucketed(fewer)[number]]
    assert compare(entries, claim(fewer, shown)).whole


def test_a_claim_that_does_not_add_up_is_never_whole() -> None:
    entries = [entry() for _ in range(5)]
    wrong = claim(entries).model_copy(update={"digest": "0" * 64})
    assert not compare(entries, wrong).whole
    empty = claim([])
    assert compare([], empty).whole
    assert len(empty.buckets) == BUCKETS


def test_the_key_that_swears_is_the_one_from_enrolment(open_counter: Open, archive: Archive) -> None:
    counter = open_counter()
    worker = begun(counter)
    arrival = ask(worker)
    assert isinstance(arrival, Arrival) and arrival.whole and arrival.statement["count"] == 0
    assert len(unb64(arrival.signature)) == 64
