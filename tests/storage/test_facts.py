"""Facts around the cases: written once, told to the centre, the same on every laptop in whatever order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlcipher3.dbapi2 import IntegrityError
from sqlite_utils import Database

from registration.errors import InputError
from registration.facts import Attachment, Fact, Topic, fact_from_json, fact_to_json
from storage import facts, feed, folds, outbox, packages, sending
from storage.page_rows import known_digests
from tests.storage.evening import NOW, Evening

DIGEST = "ab" * 32


def note(evening: Evening, verb: str, *, fact_id: str, minutes: int = 0, **more: Any) -> Fact:
    given = {"topic": Topic.QUEUE, "subject": "slip-1", "compound_id": "c1", **more}
    now = NOW + timedelta(minutes=minutes)
    return evening.write(facts.note, evening.who, now, fact_id=fact_id, verb=verb, **given)[1]


def test_a_fact_its_event_and_its_audit_row_are_one(evening: Evening) -> None:
    fact = note(evening, "issued", fact_id="f-1", body={"number": "A001"})
    assert evening.read(lambda db: facts.of_subject(db, Topic.QUEUE, "slip-1")) == [fact]
    (row,) = evening.write(outbox.claim, NOW, 10)
    assert (row.kind, row.application_id, row.revision) == (facts.FACT_EVENT, "f-1", 1)
    assert fact_from_json(row.body) == fact
    (audited,) = evening.sql("SELECT subject, details FROM audit WHERE action = 'queue_issued'")
    assert audited == ("slip-1", '{"fact":"f-1"}')
    with pytest.raises(IntegrityError):
        note(evening, "called", fact_id="f-1")
    assert len(evening.read(lambda db: facts.of_subject(db, Topic.QUEUE, "slip-1"))) == 1
    evening.write(outbox.settle, NOW, "f-1", "applied", 1)
    assert evening.read(outbox.pending_counts).applications == 0


def test_a_fact_is_never_changed_or_deleted(evening: Evening) -> None:
    note(evening, "issued", fact_id="f-1")
    for sql in ("UPDATE facts SET verb = 'called'", "DELETE FROM facts"):
        with pytest.raises(InputError, match="frozen"):
            evening.write(Database.execute, sql)


def test_order_of_arrival_makes_no_difference(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    fold = {Topic.QUEUE: lambda db, subject, known: seen.append([fact.verb for fact in known])}
    monkeypatch.setattr(folds, "FOLDS", fold)
    late = Fact("f-9", Topic.QUEUE, "slip-1", "called", "c1", NOW + timedelta(minutes=9), "B01", "o-2", "李")
    note(evening, "served", fact_id="f-2", minutes=20)
    for _ in range(2):  # once more is not twice
        evening.write(facts.take, NOW, fact_to_json(late))
    note(evening, "issued", fact_id="f-1")
    assert seen == [["served"], ["called", "served"], ["issued", "called", "served"]]


def test_a_fact_of_the_feed_that_cannot_be_read_is_kept(evening: Evening) -> None:
    good = fact_to_json(Fact("f-9", Topic.VISIT, "v-1", "ordered", "c1", NOW, "", "", "", {"why": "bed"}, ()))
    items: list[dict[str, Any]] = [
        {"seq": 7, "kind": "fact", "body": {**good, "id": "f-8", "topic": "astrology"}},
        {"seq": 8, "kind": "fact", "body": {**good, "id": "f-7", "at": "2026-11-24T19:30:00"}},
        {"seq": 9, "kind": "fact", "body": {**good, "id": "f-6", "at": "0001-01-01T00:00:00+14:00"}},
        {"seq": 10, "kind": "fact", "body": {**good, "id": "f-5", "attachments": ["a photo"]}},
        {"seq": 11, "kind": "fact", "body": good},
    ]
    evening.write(feed.apply_feed, NOW, items, 11)
    assert [fact.id for fact in evening.read(lambda db: facts.of_topic(db, Topic.VISIT))] == ["f-9"]
    assert evening.sql("SELECT seq FROM feed_kept ORDER BY seq") == [(7,), (8,), (9,), (10,)]
    assert evening.write(outbox.claim, NOW, 10) == []  # what came by the feed does not go back


def test_an_attached_file_has_a_row_and_is_not_swept(evening: Evening) -> None:
    photo = Attachment(DIGEST, 1234, "image/jpeg", "witness")
    fact = note(evening, "visited", fact_id="f-1", attachments=[photo])
    assert fact.attachments == (photo,)
    assert DIGEST in evening.read(known_digests)
    assert evening.sql("SELECT application_id, digest, size FROM page_needs") == [("f-1", DIGEST, 1234)]


def test_facts_are_listed_beside_the_cases_and_not_counted_as_such(evening: Evening) -> None:
    note(evening, "issued", fact_id="f-1")
    case = evening.submitted().application_id
    counts = evening.read(sending.counts)
    listed = evening.read(lambda db: sending.page(db, 0, 10, counts))
    assert [(row.application_id, row.topic) for row in listed] == [("f-1", "queue"), (case, "")]
    assert evening.read(outbox.pending_counts).applications == 1
    plan = evening.read(packages.plan)
    assert plan.events[0] == "f-1" and len(plan.events) == 2 and plan.applications == 1
    evening.write(outbox.park, evening.now, "f-1", "centre_refused", "", "")
    assert evening.read(outbox.pending_counts).parked == 0
    assert evening.read(sending.counts).parked == 1
