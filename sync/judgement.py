"""Judging what the centre says: outcomes, acknowledgements, and which of several failures counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from registration.changes import Changes
from storage import outbox
from storage.awaiting import Awaiting, awaiting, offer_again
from storage.device import DeviceIdentity
from storage.values import OutboxRow
from sync.contract import Acknowledgement, Event, Outcome, verify


def event_of(row: OutboxRow) -> Event:
    """Return an outbox row as it goes on the wire."""
    return Event.model_validate(
        {
            "id": row.id,
            "kind": row.kind,
            "application_id": row.application_id,
            "revision": row.revision,
            "base_revision": row.base_revision,
            "body": row.body,
            "body_digest": row.body_digest,
            "digests": list(row.digests),
        }
    )


def store_outcome(
    db: Any, now: datetime, row: OutboxRow, outcome: Outcome | None, missing: frozenset[str]
) -> Changes:
    """Record what became of one event, in the caller's transaction.

    An event that the answer leaves out counts as undelivered. `missing` is what the centre lacks of the
    whole batch.
    """
    if outcome is None:
        return outbox.reschedule(db, now, row.id, "not_the_centre", now)
    if outcome.result in {"applied", "already_had"}:
        settled = outbox.settle(db, now, row.id, outcome.result, outcome.server_revision)
        if row.kind != outbox.SUBMITTED:
            return settled  # it says nothing of pages, and what they lack is not known by it
        lacks = [digest for digest in row.digests if digest in missing]
        return settled | outbox.set_missing(db, row.application_id, lacks)
    code = "conflict" if outcome.result == "conflict" else "centre_refused"
    zh, en, known = outcome.zh, outcome.en, outcome.server_revision
    return outbox.park(db, now, row.id, code, zh, en, known, refusal=outcome.code)


def lacks_and_unknown(
    db: Any, now: datetime, lacks: Mapping[str, Sequence[str]], unknown: Sequence[str]
) -> Changes:
    """Record which pages the centre lacks; offer again what it does not know (a restored centre)."""
    return join(
        [
            *(outbox.set_missing(db, name, digests) for name, digests in lacks.items()),
            *(offer_again(db, now, row.outbox_id) for row in awaiting(db, application_ids=unknown)),
        ]
    )


def holds(ack: Acknowledgement, row: Awaiting, device: DeviceIdentity) -> bool:
    """Say whether an acknowledgement proves that the centre holds exactly what we submitted."""
    said = ack.statement
    return (
        device.server_key is not None
        and verify(device.server_key, "acknowledgement", said.model_dump(), ack.signature)
        and said.device_id == device.device_id
        and said.application_id == row.application_id
        and said.revision == row.revision
        and said.receipt_number == row.receipt_number
        and tuple(said.digests) == tuple(sorted(set(row.digests)))
    )


def join(changes: Iterable[Changes]) -> Changes:
    """Return everything that several steps of one transaction changed."""
    total = Changes()
    for one in changes:
        total |= one
    return total
