"""A centre that was put back to a backup is offered again what it lost, and only that; never in silence."""

from __future__ import annotations

from datetime import timedelta

from registration.application import Delivery
from registration.facts import Attachment, Topic
from storage import applications, facts, lives, outbox
from storage.awaiting import awaiting_files
from storage.ids import new_id
from storage.second_person import Alone
from storage.voiding import void_receipt
from tests.storage.evening import Evening
from tests.storage.test_revisions import acknowledged, detail


def test_what_was_acknowledged_after_the_moment_goes_again(evening: Evening) -> None:
    kept = evening.submitted()
    acknowledged(evening, kept)
    assert evening.write(lambda db: lives.meet(db, evening.now, "one", None)).applications == frozenset()
    evening.now += timedelta(hours=6)
    moment = evening.now.timestamp()
    evening.now += timedelta(hours=2)
    lost = evening.submitted()
    acknowledged(evening, lost)
    event = new_id(evening.now)
    evening.write(
        lambda db: void_receipt(db, evening.who, evening.now, lost.number, "印坏", event, Alone("一人值守"))
    )
    [told] = evening.write(lambda db: outbox.claim(db, evening.now, 10))
    evening.write(outbox.settle, evening.now, told.id, "applied", 1)

    changes = evening.write(lambda db: lives.meet(db, evening.now, "two", moment))
    assert changes.applications == {lost.application_id}
    assert (detail(evening, kept).delivery, detail(evening, lost).delivery) == (
        Delivery.HELD,
        Delivery.ON_DISK,
    )
    assert "offered_again" in [row.action for row in detail(evening, lost).history]
    first = evening.write(lambda db: outbox.claim(db, evening.now, 10))
    assert [row.kind for row in first] == ["application_submitted"]  # the notice goes behind its case
    evening.write(outbox.release, evening.now)
    assert not evening.write(lambda db: lives.meet(db, evening.now, "two", moment))  # met once
    acknowledged(evening, lost)
    assert evening.read(applications.lamps, lost.application_id).held


def test_a_conflict_that_the_loss_made_is_tried_again(evening: Evening) -> None:
    receipt = evening.submitted()
    [row] = evening.write(lambda db: outbox.claim(db, evening.now, 10))
    evening.write(outbox.park, evening.now, row.id, "conflict", "", "", 0)
    evening.write(lambda db: lives.meet(db, evening.now, "two", evening.now.timestamp()))
    assert detail(evening, receipt).delivery is Delivery.ON_DISK


def test_the_files_of_facts_that_were_told_before_the_moment_are_asked_for_again(evening: Evening) -> None:
    photo = Attachment("ab" * 32, 1234, "image/jpeg", "witness")
    evening.write(
        facts.note, evening.who, evening.now, fact_id="f-1", topic=Topic.VISIT, subject="v-1",
        verb="witnessed", compound_id="c1", attachments=[photo],
    )  # fmt: skip
    evening.write(outbox.claim, evening.now, 10)
    evening.write(outbox.settle, evening.now, "f-1", "applied", 1)
    evening.write(outbox.mark_digest_held, photo.digest)
    evening.write(lambda db: lives.meet(db, evening.now, "one", None))
    assert evening.read(awaiting_files) == []
    moment = evening.now + timedelta(hours=6)
    changes = evening.write(lambda db: lives.meet(db, moment, "two", moment.timestamp()))
    assert changes.outbox and not changes.applications
    assert [row.application_id for row in evening.read(awaiting_files)] == ["f-1"]
