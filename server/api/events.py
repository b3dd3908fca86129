"""POST /v1/events and /v1/acknowledgements: facts up, and what the centre swears to hold."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import CentreHere, HandingOver
from server.store import acknowledgements
from server.store.database import transaction
from server.store.submissions import apply_batch
from sync.contract import AckAnswer, AckQuery, Digest, EventAnswer, EventBatch

router = APIRouter(prefix="/v1")


@router.post("/events", response_model=EventAnswer)
def post_events(batch: EventBatch, caller: HandingOver, centre: CentreHere) -> EventAnswer:
    """Apply a batch; each event has its own outcome and none spoils another's."""
    now = centre.now()
    with transaction(centre.engine) as connection:
        outcomes = apply_batch(connection, now, caller, batch.events)
        taken = {outcome.id for outcome in outcomes if outcome.result in {"applied", "already_had"}}
        ids = list(dict.fromkeys(event.application_id for event in batch.events if event.id in taken))
        own = acknowledgements.of_device(connection, caller.device.id, ids)
        acknowledgements.acknowledge_whole(connection, now, centre.keys.signing, own)
        lacking = acknowledgements.missing(connection, own)
        held = acknowledgements.current(connection, own)
    missing: dict[Digest, None] = {}
    for application_id in ids:
        missing.update(dict.fromkeys(lacking.get(application_id, ())))
    return EventAnswer(
        outcomes=outcomes, missing=list(missing), acknowledgements=held, server_time=now.timestamp()
    )


@router.post("/acknowledgements", response_model=AckAnswer)
def post_acknowledgements(query: AckQuery, caller: HandingOver, centre: CentreHere) -> AckAnswer:
    """Say which of this device's applications are held whole, and what the others lack."""
    now = centre.now()
    with transaction(centre.engine) as connection:
        own = acknowledgements.of_device(connection, caller.device.id, query.application_ids)
        acknowledgements.acknowledge_whole(connection, now, centre.keys.signing, own)
        held = acknowledgements.current(connection, own)
        missing = acknowledgements.missing(connection, own)
    return AckAnswer(acknowledgements=held, missing=missing, server_time=now.timestamp())
