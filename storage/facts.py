"""Facts around the cases as stored: written once, told to the centre, and folded into what screens read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.facts import Attachment, Fact, Topic, fact_from_json, fact_to_json, in_order
from storage import audit, outbox
from storage.json_text import compact_json
from storage.rows import as_moment, as_text, rows
from storage.values import Who

FACT_EVENT = "fact_noted"


def note(
    db: Database,
    who: Who,
    now: datetime,
    *,
    fact_id: str,
    topic: Topic,
    subject: str,
    verb: str,
    compound_id: str,
    body: Mapping[str, Any] | None = None,
    attachments: Sequence[Attachment] = (),
) -> tuple[Changes, Fact]:
    """Write a fact, its event for the centre, its audit row and what follows from it, in one transaction.

    The operation that calls has asked for its act. `fact_id` is time-ordered and new; one twice is an
    IntegrityError. The files of attachments are durable already. The audit row is `<topic>_<verb>` about the
    subject and says nothing of the body.
    """
    fact = Fact(
        fact_id,
        topic,
        subject,
        verb,
        compound_id,
        now,
        who.device_code,
        who.operator_id,
        who.operator_name,
        dict(body or {}),
        tuple(attachments),
    )
    changes = put(db, now, fact)
    audit.append(db, who, now, f"{topic.value}_{verb}", subject, {"fact": fact_id})
    return changes, fact


def put(db: Database, now: datetime, fact: Fact) -> Changes:
    """Write a fact of this window, its event and what follows from it: `note` without the audit row.

    For what must not be traced to a person; the caller audits that something was said, not what.
    """
    _insert(db, now, fact)
    for one in fact.attachments:
        db.execute(
            "INSERT INTO page_needs (application_id, digest, size) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (fact.id, one.digest, one.size),
        )
    outbox.put(
        db,
        now,
        event_id=fact.id,
        kind=FACT_EVENT,
        application_id=fact.id,
        revision=1,
        base_revision=1,
        body=fact_to_json(fact),
        digests=[one.digest for one in fact.attachments],
    )
    return _fold(db, fact.topic, fact.subject) | Changes(outbox=True)


def take(db: Database, now: datetime, body: Mapping[str, Any]) -> Changes:
    """Apply a `fact` item of the feed: another window's, the centre's, or our own come back. Idempotent."""
    fact = fact_from_json(body)
    if not _insert(db, now, fact):
        return Changes()
    return _fold(db, fact.topic, fact.subject)


def of_subject(db: Database, topic: Topic, subject: str) -> list[Fact]:
    """Return everything known of a subject, in the order of its facts."""
    sql = "SELECT * FROM facts WHERE topic = ? AND subject = ?"
    return in_order(_fact(row) for row in rows(db, sql, (topic.value, subject)))


def of_topic(db: Database, topic: Topic, compound_id: str | None = None) -> list[Fact]:
    """Return all facts of a topic, of one compound or of all, in order. For reports, not for screens."""
    sql = "SELECT * FROM facts WHERE topic = :topic AND (:compound IS NULL OR compound_id = :compound)"
    return in_order(_fact(row) for row in rows(db, sql, {"topic": topic.value, "compound": compound_id}))


def _insert(db: Database, now: datetime, fact: Fact) -> bool:
    known = db.execute(
        "INSERT INTO facts (id, topic, subject, verb, compound_id, at, device_code, operator_id,"
        " operator_name, body, attachments, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO NOTHING",
        (
            fact.id,
            fact.topic.value,
            fact.subject,
            fact.verb,
            fact.compound_id,
            as_text(fact.at),
            fact.device_code,
            fact.operator_id,
            fact.operator_name,
            compact_json(fact.body),
            compact_json(fact_to_json(fact)["attachments"]),
            as_text(now),
        ),
    )
    return bool(known.rowcount)


def _fold(db: Database, topic: Topic, subject: str) -> Changes:
    from storage import household_marks  # the folds read facts: a cycle at import only
    from storage.folds import FOLDS

    fold, known = FOLDS.get(topic), of_subject(db, topic, subject)
    if fold is not None:
        fold(db, subject, known)
    if topic in household_marks.TOPICS:
        household_marks.fold(db, topic, subject, known)
    return Changes(topics=frozenset({topic.value}))


def _fact(row: Mapping[str, Any]) -> Fact:
    return Fact(
        row["id"],
        Topic(row["topic"]),
        row["subject"],
        row["verb"],
        row["compound_id"],
        as_moment(row["at"]),
        row["device_code"],
        row["operator_id"],
        row["operator_name"],
        json.loads(row["body"]),
        tuple(Attachment(**one) for one in json.loads(row["attachments"])),
    )
