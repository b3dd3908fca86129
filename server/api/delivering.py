"""What several requests deliver, applied in one transaction and answered each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from server.api.counts import EVENTS, GROUPS
from server.api.patience import Pace
from server.api.tokens import Presented, admit
from server.config import Clock
from server.errors import RefusedError
from server.keys import CentreKeys
from server.store import acknowledgements
from server.store.database import transaction
from server.store.devices import Caller
from server.store.submissions import Posted, apply_batches
from sync.contract import Digest, Event, EventAnswer, Outcome


@dataclass(frozen=True)
class Delivery:
    """A batch with the token and the body's digest of the request that brought it."""

    presented: Presented
    body: Digest
    events: Sequence[Event]


@dataclass(frozen=True)
class Delivered:
    """What is answered, and whom."""

    device_code: str
    answer: EventAnswer


def deliver(
    engine: Engine, keys: CentreKeys, clock: Clock, pace: Pace, deliveries: Sequence[Delivery]
) -> list[Delivered | Exception]:
    """Apply what several requests bring, in one transaction; one answer or refusal for each."""
    now = clock()
    with transaction(engine) as connection:
        admitted = admit(connection, now, [each.presented for each in deliveries])
        callers = [
            _kept_within(pace, each, caller) for each, caller in zip(deliveries, admitted, strict=True)
        ]
        posted = [
            Posted(caller, each.events)
            for each, caller in zip(deliveries, callers, strict=True)
            if isinstance(caller, Caller)
        ]
        outcomes = apply_batches(connection, now, posted)
        taken = [_taken(each, of_batch) for each, of_batch in zip(posted, outcomes, strict=True)]
        everything = sorted({name for names in taken for name in names})
        acknowledgements.acknowledge_whole(connection, now, keys.signing, everything)
        lacking = acknowledgements.missing(connection, everything)
        held = {k.statement.application_id: k for k in acknowledgements.current(connection, everything)}
    GROUPS.observe(len(deliveries))
    for outcome in (outcome for of_batch in outcomes for outcome in of_batch):
        EVENTS.labels(outcome.result).inc()
    answers = iter(
        [
            Delivered(
                each.caller.device.code,
                EventAnswer(
                    outcomes=of_batch,
                    missing=list(dict.fromkeys(d for name in names for d in lacking.get(name, ()))),
                    acknowledgements=[held[name] for name in sorted(names) if name in held],
                    server_time=now.timestamp(),
                ),
            )
            for each, of_batch, names in zip(posted, outcomes, taken, strict=True)
        ]
    )
    return [next(answers) if isinstance(caller, Caller) else caller for caller in callers]


def _kept_within(pace: Pace, delivery: Delivery, caller: Caller | RefusedError) -> Caller | RefusedError:
    """Refuse a body that is not the one that was signed, and a device that has gone wild."""
    if isinstance(caller, RefusedError):
        return caller
    if delivery.presented.claims.body != delivery.body:
        return RefusedError(400, "body_mismatch")
    try:
        pace.take(caller.device.id)
    except RefusedError as refused:
        return refused
    return caller


def _taken(posted: Posted, outcomes: Sequence[Outcome]) -> list[str]:
    """Return the applications that a batch brought and that the centre has now, each once."""
    taken = {outcome.id for outcome in outcomes if outcome.result in {"applied", "already_had"}}
    return list(dict.fromkeys(event.application_id for event in posted.events if event.id in taken))
