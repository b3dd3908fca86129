"""Facts around the cases on the road: to the centre once, with their files, and on to the other windows."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from queue import Queue
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update

from registration.errors import CentreError
from registration.facts import Attachment, Fact, Topic
from registration.packs import shipped
from registration.rating import scale_from
from registration.rights import Role
from server.store import devices, people, schema
from server.store.database import transaction
from storage import facts, outbox, sessions
from storage.awaiting import awaiting_files
from storage.ids import new_id
from storage.ratings import rate
from storage.values import Who
from sync.status import Phase
from tests.fault_proxy import Fault, FaultProxy
from tests.sync.archive import Archive
from tests.sync.counter import COMPOUND, Counter, Open


def note(counter: Counter, verb: str = "issued", **more: Any) -> Fact:
    given = {"topic": Topic.QUEUE, "subject": "slip-1", "compound_id": COMPOUND, "body": {"number": "A001"}}
    now = counter.now()
    found: Fact = counter.write(
        lambda db: facts.note(db, counter.who(), now, fact_id=new_id(now), verb=verb, **{**given, **more})
    )[1]
    return found


def state(counter: Counter, fact: Fact) -> str:
    (row,) = counter.store.read(
        lambda db: db.execute("SELECT state FROM outbox WHERE id = ?", (fact.id,)).fetchall()
    )
    return str(row[0])


def known(counter: Counter, topic: Topic = Topic.QUEUE) -> list[Fact]:
    return counter.store.read(lambda db: facts.of_topic(db, topic))


def kept(archive: Archive, fact: Fact) -> int:
    return archive.count("SELECT count(*) FROM facts WHERE id = :id", id=fact.id)


def test_a_fact_arrives_once_and_the_other_window_of_the_site_hears_of_it(
    open_counter: Open, archive: Archive
) -> None:
    here, there = open_counter(), open_counter()
    for counter in (here, there):
        asyncio.run(counter.one_pass())
    fact = note(here)
    asyncio.run(here.one_pass())
    assert state(here, fact) == "told" and kept(archive, fact) == 1
    asyncio.run(there.one_pass())
    assert [one.id for one in known(there) if one.device_code == fact.device_code] == [fact.id]
    assert known(there)[-1] == next(one for one in known(here) if one.id == fact.id)
    asyncio.run(here.one_pass())  # our own comes back by the feed and is not written twice
    assert [one.id for one in known(here)].count(fact.id) == 1


@pytest.mark.parametrize(
    "fault", [Fault(lose_answer=True), Fault(double=True), Fault(cut_up=700), Fault(cut_down=40)],
    ids=["lost", "doubled", "cut going up", "cut coming down"],
)  # fmt: skip
def test_a_fault_on_the_road_doubles_and_loses_nothing(
    open_counter: Open, archive: Archive, cable: FaultProxy, fault: Fault
) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    fact = note(counter)
    faults = [fault]
    cable.plan = lambda seen: faults.pop() if faults and seen.path.startswith("/v1/events") else None
    for _ in range(3):
        with contextlib.suppress(CentreError):
            asyncio.run(counter.one_pass())
    assert not faults
    assert state(counter, fact) == "told" and kept(archive, fact) == 1


def test_the_files_of_a_fact_follow_it(open_counter: Open, archive: Archive) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    photo = b"\xff\xd8 a witness photo " * 3000
    digest = counter.pages.put(photo)
    attached = [Attachment(digest, len(photo), "image/jpeg", "witness")]
    fact = note(counter, "visited", topic=Topic.VISIT, subject="v-1", attachments=attached)
    case = counter.submit()
    asyncio.run(counter.one_pass())
    asyncio.run(counter.one_pass())
    assert counter.store.read(awaiting_files) == []
    assert archive.count("SELECT count(*) FROM page_files WHERE digest = :digest", digest=digest) == 1
    assert counter.held(case) and state(counter, fact) == "told"
    assert counter.store.read(outbox.pending_counts).pages == 0


def test_a_rating_goes_to_the_centre_alone(open_counter: Open, archive: Archive) -> None:
    here, there = open_counter(), open_counter()
    for counter in (here, there):
        asyncio.run(counter.one_pass())
    counter = here
    counter.write(
        lambda db: rate(
            db, counter.who(), counter.now(), rating_id=f"r-{counter.folder.name}-x", compound_id=COMPOUND,
            scale=scale_from(shipped()), level="5",
        )
    )  # fmt: skip
    asyncio.run(here.one_pass())
    asyncio.run(there.one_pass())
    assert archive.count("SELECT count(*) FROM facts WHERE topic = 'rating'") >= 1
    assert known(there, Topic.RATING) == []


def test_what_the_centre_refuses_is_parked_with_its_words(open_counter: Open) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    fact = note(counter, compound_id="nowhere")
    asyncio.run(counter.one_pass())
    assert state(counter, fact) == "parked"
    (problem,) = counter.store.read(lambda db: outbox.problems(db, fact.id))
    assert problem.refusal == "unknown_site" and problem.zh == "中心没有这个小区。"


def person(archive: Archive, role: str, *, was: str = "") -> Who:
    """Add somebody to the centre, whose role `was` another one until now."""
    account = f"fact-{uuid4().hex}"
    with transaction(archive._engine) as connection:
        added = devices.add_operator(connection, datetime.now(UTC), account, "赵宁", was or role)
        if was:
            people.set_role(connection, datetime.now(UTC), added.id, role, actor="test")
    return Who(added.id, "赵宁", "", Role.OPERATOR)


@pytest.mark.parametrize(
    ("topic", "role", "stays"),
    [
        (Topic.COLLECTION, "helper", False),
        (Topic.SESSION, "helper", False),
        (Topic.LEDGER, "helper", True),
        (Topic.VISIT, "auditor", False),
        (Topic.QUEUE, "auditor", False),
        (Topic.COLLECTION, "operator", True),
    ],
)
def test_the_centre_takes_what_the_role_of_its_author_allows(
    open_counter: Open, archive: Archive, topic: Topic, role: str, stays: bool
) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    fact = note_by(counter, person(archive, role), topic, counter.now())
    asyncio.run(counter.one_pass())
    assert (state(counter, fact), kept(archive, fact)) == (("told", 1) if stays else ("parked", 0))
    if not stays:
        (problem,) = counter.store.read(lambda db: outbox.problems(db, fact.id))
        assert problem.refusal == "fact_role" and "角色" in problem.zh


def test_what_somebody_did_before_losing_a_role_still_comes(open_counter: Open, archive: Archive) -> None:
    counter = open_counter()
    asyncio.run(counter.one_pass())
    who = person(archive, "helper", was="operator")
    before = note_by(counter, who, Topic.COLLECTION, counter.now() - timedelta(hours=2))
    after = note_by(counter, who, Topic.COLLECTION, counter.now() + timedelta(hours=2))
    with transaction(archive._engine) as connection:
        connection.execute(
            update(schema.operators).where(schema.operators.c.id == who.operator_id).values(active=False)
        )
    asyncio.run(counter.one_pass())
    assert (kept(archive, before), kept(archive, after)) == (1, 0)


def note_by(counter: Counter, who: Who, topic: Topic, at: datetime) -> Fact:
    """Note a fact as somebody else of the same laptop."""
    here = replace(who, device_code=counter.who().device_code)
    found: Fact = counter.write(
        lambda db: facts.note(
            db, here, at, fact_id=new_id(at), topic=topic, subject=new_id(at), verb="seen",
            compound_id=COMPOUND,
        )
    )[1]  # fmt: skip
    return found


def test_a_colleague_asks_what_the_centre_holds_of_a_session(open_counter: Open, archive: Archive) -> None:
    dead, colleague = open_counter(), open_counter()
    for counter in (dead, colleague):
        asyncio.run(counter.one_pass())
    case = dead.submit()
    asyncio.run(dead.one_pass())
    session = dead.store.read(sessions.current)
    assert session is not None
    answers: Queue[Any] = Queue()
    worker = colleague.worker()
    colleague.wait_phase(Phase.CONNECTED)
    worker.ask_session(session.id, answers.put)
    told = answers.get(timeout=30)
    assert isinstance(told, dict), told
    (receipt,) = (one for one in told["receipts"] if one["application_id"] == case)
    assert receipt["files_held"] == receipt["files"] > 0 and not receipt["voided"]
