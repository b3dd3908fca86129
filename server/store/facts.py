"""Facts around the cases at the centre: each kept once, and passed on to the other windows of its site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from registration.facts import UNSHARED, Fact, Topic, fact_from_json, fact_to_json, in_order
from registration.rights import Act, Role, may, role_of
from server.config import MAX_PAGE_BYTES
from server.store import audit, feed, reference, schema
from server.store.devices import Device
from server.store.intake_rules import Refusal, has_unstorable
from server.store.schema_facts import facts
from sync.contract import Event, canonical, sha256_hex

NOTED = "fact_noted"
MOST_BYTES = 64 * 1024
_CODE = re.compile(r"[a-z][a-z_]{0,39}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NEEDS: Mapping[str, Act] = {
    **dict.fromkeys((Topic.QUEUE, Topic.RATING), Act.QUEUE),
    **dict.fromkeys((Topic.LEDGER, Topic.SUPERVISION, Topic.COMPOUND, Topic.SURVEY), Act.LEDGER),
    **dict.fromkeys((Topic.SESSION, Topic.PLAN), Act.SESSION),
    Topic.VISIT: Act.VISIT,
    Topic.COLLECTION: Act.HAND_OUT,
}


@dataclass(frozen=True)
class FactNote:
    """A well-formed `fact_noted`. A topic that this centre does not know is kept and passed on as it is."""

    id: str
    topic: str
    subject: str
    verb: str
    compound_id: str
    device_code: str
    at: datetime
    operator_id: str
    body: Mapping[str, Any]  # the whole fact, as it travelled
    sizes: Mapping[str, int]  # of its attachments, by digest

    @property
    def shared(self) -> bool:
        """Say whether other windows of the site hear of it."""
        return bool(self.compound_id) and self.topic not in {topic.value for topic in UNSHARED}


def read_fact(event: Event) -> FactNote | Refusal:
    """Read an event's body, or say what is wrong with its form."""
    said, wrong = event.body, Refusal("body_malformed")
    try:
        told = canonical(said)
        if sha256_hex(told) != event.body_digest:
            return Refusal("body_digest")
        known = Topic(said["topic"]) if said["topic"] in set(Topic) else Topic.SESSION
        fact = fact_from_json({**said, "topic": known})
        sizes = {one.digest: one.size for one in fact.attachments}
    except (KeyError, ValueError, TypeError, AttributeError):
        return wrong
    if len(told) > MOST_BYTES:
        return Refusal("fact_too_large")
    if not _fits(event, fact, str(said["topic"]), sizes) or has_unstorable(said):
        return wrong
    return FactNote(
        fact.id,
        str(said["topic"]),
        fact.subject,
        fact.verb,
        fact.compound_id,
        fact.device_code,
        fact.at,
        fact.operator_id,
        said,
        sizes,
    )


def _fits(event: Event, fact: Fact, topic: str, sizes: Mapping[str, int]) -> bool:
    return (
        event.id == event.application_id == fact.id
        and (event.revision, event.base_revision) == (1, 1)
        and sorted(event.digests) == sorted(sizes)
        and all(_DIGEST.fullmatch(digest) and 0 < size <= MAX_PAGE_BYTES for digest, size in sizes.items())
        and all(_CODE.fullmatch(code) is not None for code in (topic, fact.verb))
        and max(len(fact.id), len(fact.subject), len(fact.compound_id)) <= 200
    )


def judge_fact(
    note: FactNote, device: Device, compounds: Mapping[str, Any], unrightful: Collection[str]
) -> Refusal | None:
    """Say why a device's fact is refused: another device's, of a site that is unknown or not its own, or
    by somebody whose role may not (`unrightful`, ids as the function of that name returns them)."""
    if note.device_code != device.code:
        return Refusal("device_mismatch")
    if note.compound_id and note.compound_id not in compounds:
        return Refusal("unknown_site")
    if note.compound_id and not device.may_serve(note.compound_id):
        return Refusal("site_forbidden")
    return Refusal("fact_role") if note.id in unrightful else None


def unrightful(connection: Connection, notes: Iterable[FactNote]) -> frozenset[str]:
    """Return the ids of facts by persons of the centre whose role, when it was noted, did not have the act.

    A person who was stopped since, or has another role now, did then what they might; whoever the centre does
    not know, and "", is the device's own.
    """
    needing = [(note, _NEEDS[note.topic]) for note in notes if note.topic in _NEEDS]
    people = schema.operators.c
    ids = {note.operator_id for note, _ in needing}
    now = {
        row.id: role_of(row.role)
        for row in connection.execute(select(people.id, people.role).where(people.id.in_(ids)))
    }
    doubtful = [
        (note, act)
        for note, act in needing
        if note.operator_id in now and not may(now[note.operator_id], act)
    ]
    return frozenset(note.id for note, act in doubtful if not may(_role_then(connection, note, now), act))


def _role_then(connection: Connection, note: FactNote, now: Mapping[str, Role]) -> Role:
    """Return the role that somebody had when a fact was noted, by the centre's audit of what it changed."""
    rows = schema.audit.c
    left = connection.execute(
        select(rows.details["from"].astext)
        .where(rows.action == "role_changed", rows.subject == note.operator_id, rows.at > note.at)
        .order_by(rows.seq)
        .limit(1)
    ).scalar()
    return now[note.operator_id] if left is None else role_of(str(left))


def rows_of(note: FactNote, device_id: str, now: datetime) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the row of a fact and those of the files that it refers to."""
    row = {
        "id": note.id,
        "device_id": device_id,
        "topic": note.topic,
        "subject": note.subject,
        "verb": note.verb,
        "compound_id": note.compound_id,
        "at": note.at,
        "operator_id": note.operator_id,
        "fact": dict(note.body),
        "received_at": now,
    }
    needs = [
        {"application_id": note.id, "revision": 1, "digest": digest, "size": size}
        for digest, size in sorted(note.sizes.items())
    ]
    return row, needs


def pass_on(connection: Connection, now: datetime, notes: Sequence[FactNote]) -> None:
    """Put facts that were applied into the feed of their sites; the feed's lock comes last of all locks."""
    for note in notes:
        if note.shared:
            feed.append(connection, now, "fact", note.body, feed.site(note.compound_id))


def put_own(connection: Connection, now: datetime, fact: Fact, actor: str) -> None:
    """Keep a fact of the centre's own (`device_code` ""), tell the site's windows, audit who did it."""
    body = fact_to_json(fact)
    assert not fact.device_code and fact.compound_id in reference.compounds(connection, {fact.compound_id})
    connection.execute(
        insert(facts).values(
            id=fact.id,
            device_id=None,
            topic=fact.topic.value,
            subject=fact.subject,
            verb=fact.verb,
            compound_id=fact.compound_id,
            at=fact.at,
            operator_id=fact.operator_id,
            fact=body,
            received_at=now,
        )
    )
    audit.append(connection, now, actor, f"{fact.topic.value}_{fact.verb}", fact.subject, {"fact": fact.id})
    feed.append(connection, now, "fact", body, feed.site(fact.compound_id))


def of_topic(connection: Connection, topic: Topic, compound_id: str | None = None) -> Iterator[Fact]:
    """Yield the facts of a topic, of one compound or of all, in the order of their time."""
    wanted = select(facts.c.fact).where(facts.c.topic == topic.value)
    if compound_id is not None:
        wanted = wanted.where(facts.c.compound_id == compound_id)
    yield from in_order(fact_from_json(row[0]) for row in connection.execute(wanted))
