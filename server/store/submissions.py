"""Events up: each applied once, in the transaction that keeps its idempotency key, or refused with words."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import DBAPIError

from registration.application import CaseState, may_become
from server.config import CHINA, MAX_PAGE_BYTES
from server.store import audit, feed, numbers, schema
from server.store.acknowledgements import acknowledge_if_whole, lock_applications
from server.store.database import is_unavailable
from server.store.devices import Caller
from server.store.intake_rules import Refusal, Submission, check_place_and_rules, read_submission
from server.words import words_for
from sync.contract import Event, Outcome

log = logging.getLogger("jilai.centre.events")


@dataclass(frozen=True)
class Standing:
    """The application as the centre has it before an event."""

    revision: int
    state: CaseState


def apply_batch(
    connection: Connection, now: datetime, key: Ed25519PrivateKey, caller: Caller, events: Sequence[Event]
) -> list[Outcome]:
    """Apply each event in its own savepoint and return one outcome per event, in their order.

    Applications are locked first, in one order for every batch, so that two batches never wait for
    each other; events of one application keep the order they came in.
    """
    lock_applications(connection, [event.application_id for event in events])
    outcomes = []
    highest = 0
    for event in events:
        try:
            with connection.begin_nested():
                outcome, sequence = _apply(connection, now, key, caller, event)
                highest = max(highest, sequence)
        except DBAPIError as error:
            if is_unavailable(error):
                raise
            log.error(
                "event failed", extra={"fields": {"event": event.id[:64], "error": type(error).__name__}}
            )
            outcome = _outcome(event, "refused", Refusal("event_failed"))
        if outcome.result in {"refused", "conflict"}:
            _quarantine(connection, now, caller, event, outcome.code)
        outcomes.append(outcome)
    if highest:  # last, for it may take the feed's lock, which nobody holds while waiting for another
        _renew_numbers(connection, now, caller, highest)
    return outcomes


def _apply(
    connection: Connection, now: datetime, key: Ed25519PrivateKey, caller: Caller, event: Event
) -> tuple[Outcome, int]:
    """Return the outcome and, where something was applied, the sequence part of its receipt number."""
    known = _already(connection, caller, event)
    if known is not None:
        return known, 0
    submission = read_submission(event)
    if isinstance(submission, Refusal):
        return _outcome(event, "refused", submission), 0
    standing = _standing(connection, event.application_id)
    have = standing.revision if standing else 0
    if event.base_revision != have or event.revision <= have:
        return _outcome(event, "conflict", Refusal("conflict"), server_revision=have), 0
    refusal = (
        _check_state(standing)
        or _check_site(caller, submission)
        or check_place_and_rules(connection, submission, today=now.astimezone(CHINA).date())
        or _check_number(connection, caller, submission)
        or _check_sizes(connection, submission)
    )
    if refusal is not None:
        return _outcome(event, "refused", refusal, server_revision=have), 0
    _keep(connection, now, caller, event, submission, is_new=standing is None)
    acknowledge_if_whole(connection, now, key, event.application_id)
    sequence = int(submission.body.receipt_number.split("-")[3])
    return _outcome(event, "applied", server_revision=event.revision), sequence


def _already(connection: Connection, caller: Caller, event: Event) -> Outcome | None:
    if not event.id or any(_storable(name) != name for name in (event.id, event.application_id)):
        return _outcome(event, "refused", Refusal("body_malformed"))
    row = connection.execute(
        select(schema.events.c.body_digest, schema.events.c.revision, schema.events.c.application_id).where(
            schema.events.c.id == event.id
        )
    ).one_or_none()
    if row is None:
        return None
    same = (event.body_digest, event.revision, event.application_id)
    if tuple(row) != same:
        return _outcome(event, "refused", Refusal("id_reused"))
    _note_sender(connection, caller, event.application_id)  # a replaced laptop sends the old one's events
    return _outcome(event, "already_had", server_revision=row.revision)


def _note_sender(connection: Connection, caller: Caller, application_id: str) -> None:
    connection.execute(
        upsert(schema.senders)
        .values(device_id=caller.device.id, application_id=application_id)
        .on_conflict_do_nothing()
    )


def _check_site(caller: Caller, submission: Submission) -> Refusal | None:
    return None if caller.device.may_serve(submission.body.compound_id) else Refusal("site_forbidden")


def _check_state(standing: Standing | None) -> Refusal | None:
    if standing is None or may_become(standing.state, CaseState.RECEIVED):
        return None
    return Refusal("state_forbids")


def _standing(connection: Connection, application_id: str) -> Standing | None:
    row = connection.execute(
        select(schema.applications.c.revision, schema.applications.c.state)
        .where(schema.applications.c.id == application_id)
        .with_for_update()
    ).one_or_none()
    return None if row is None else Standing(row.revision, CaseState(row.state))


def _check_number(connection: Connection, caller: Caller, submission: Submission) -> Refusal | None:
    """A receipt number is the device's own, reserved for it, and of one application only."""
    number = submission.body.receipt_number
    _, device_code, _, sequence = number.split("-")
    owner = connection.execute(
        select(schema.receipt_numbers.c.application_id).where(schema.receipt_numbers.c.number == number)
    ).scalar()
    if owner is not None:
        return None if owner == submission.application.id else Refusal("receipt_number_used")
    if device_code != caller.device.code:
        return Refusal("receipt_number_foreign")
    if not numbers.is_reserved(connection, caller.device.id, int(sequence)):
        return Refusal("receipt_number_block")
    return None


def _check_sizes(connection: Connection, submission: Submission) -> Refusal | None:
    """One digest has one size: the first one that was announced or held."""
    sizes = submission.sizes
    if any(not 0 < size <= MAX_PAGE_BYTES for size in sizes.values()):
        return Refusal("page_size")
    needs, files = schema.page_needs.c, schema.page_files.c
    known = select(needs.digest, needs.size).where(needs.digest.in_(sizes))
    held = select(files.digest, files.size).where(files.digest.in_(sizes))
    rows = connection.execute(known.union(held)).all()
    if any(sizes[row.digest] != row.size for row in rows):
        return Refusal("page_size_differs")
    return None


def _keep(
    connection: Connection,
    now: datetime,
    caller: Caller,
    event: Event,
    submission: Submission,
    *,
    is_new: bool,
) -> None:
    body, application = submission.body, submission.application
    connection.execute(
        insert(schema.events).values(
            id=event.id,
            device_id=caller.device.id,
            body_digest=event.body_digest,
            application_id=application.id,
            revision=event.revision,
            received_at=now,
        )
    )
    standing = {
        "device_id": caller.device.id,
        "compound_id": body.compound_id,
        "household_id": body.household_id,
        "type_code": application.type_code,
        "receipt_number": body.receipt_number,
        "revision": event.revision,
        "state": CaseState.RECEIVED.value,
        "received_at": now,
        "whole_at": None,
        "after_revocation": caller.device.revoked or not caller.operator_active,
    }
    if is_new:
        connection.execute(insert(schema.applications).values(id=application.id, **standing))
    else:
        connection.execute(
            update(schema.applications).where(schema.applications.c.id == application.id).values(**standing)
        )
    _note_sender(connection, caller, application.id)
    connection.execute(
        upsert(schema.receipt_numbers)
        .values(number=body.receipt_number, application_id=application.id)
        .on_conflict_do_nothing()
    )
    connection.execute(
        insert(schema.revisions).values(
            application_id=application.id,
            revision=event.revision,
            event_id=event.id,
            device_id=caller.device.id,
            operator_id=body.operator_id,
            sender_id=caller.operator_id,
            receipt_number=body.receipt_number,
            facts=body.application,
            receipt=body.receipt,
            session=body.session,
            submitted_at=body.submitted_at,
            clock_offset=body.clock_offset,
            received_at=now,
        )
    )
    of_revision = {"application_id": application.id, "revision": event.revision}
    if body.pages:
        connection.execute(
            insert(schema.pages), [{**page.model_dump(), **of_revision} for page in body.pages]
        )
        connection.execute(
            insert(schema.page_needs),
            [{**of_revision, "digest": digest, "size": size} for digest, size in submission.sizes.items()],
        )
    connection.execute(
        insert(schema.history).values(
            **of_revision, state="received", actor=f"device:{caller.device.id}", details={}, at=now
        )
    )
    audit.append(
        connection,
        now,
        f"operator:{caller.operator_id}",
        "application_received",
        application.id,
        {"revision": event.revision, "device": caller.device.code, "receipt_number": body.receipt_number},
    )


def _renew_numbers(connection: Connection, now: datetime, caller: Caller, sequence: int) -> None:
    block = numbers.renew_block(connection, now, caller.device.id, sequence)
    if block is not None:
        feed.append(connection, now, "number_block", block.model_dump(), feed.device(caller.device.id))


def _quarantine(connection: Connection, now: datetime, caller: Caller, event: Event, code: str) -> None:
    table = schema.quarantine
    body = json.dumps(event.body, sort_keys=True)  # ASCII: whatever was sent can be stored
    connection.execute(
        upsert(table)
        .values(
            event_id=_storable(event.id),
            body_digest=_storable(event.body_digest),
            code=code,
            device_id=caller.device.id,
            application_id=_storable(event.application_id),
            body=body,
            first_at=now,
            last_at=now,
            times=1,
        )
        .on_conflict_do_update(
            index_elements=["event_id", "body_digest", "code"],
            set_={"last_at": now, "times": table.c.times + 1},
        )
    )
    level = logging.ERROR if code in {"id_reused", "receipt_number_used"} else logging.WARNING
    log.log(level, "event refused", extra={"fields": {"code": code, "device": caller.device.code}})


def _storable(text_value: str) -> str:
    return text_value[:200].encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\0")


def _outcome(
    event: Event, result: Any, refusal: Refusal | None = None, *, server_revision: int | None = None
) -> Outcome:
    name = event.id.encode("utf-8", "replace").decode("utf-8")  # as sent, wherever it can be answered
    if refusal is None:
        return Outcome(id=name, result=result, server_revision=server_revision)
    zh, en = refusal.zh, refusal.en
    if not zh:
        zh, en = words_for(refusal.code)
    return Outcome(id=name, result=result, code=refusal.code, zh=zh, en=en, server_revision=server_revision)


def totals(connection: Connection) -> Mapping[str, int]:
    """Return how many applications are in each state, for a person's overview."""
    rows = connection.execute(
        select(schema.applications.c.state, func.count()).group_by(schema.applications.c.state)
    ).all()
    return {row[0]: int(row[1]) for row in rows}
