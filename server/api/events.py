"""POST /v1/events and /v1/acknowledgements: facts up, and what the centre swears to hold."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from server.api.access import CentreHere, HandingOver, Saying
from server.api.bodies import body_digest
from server.api.delivering import Delivery
from server.store import acknowledgements
from server.store.database import transaction
from sync.contract import AckAnswer, AckQuery, EventAnswer, EventBatch

router = APIRouter(prefix="/v1")


@router.post("/events", response_model=EventAnswer)
async def post_events(batch: EventBatch, request: Request, centre: CentreHere, said: Saying) -> Response:
    """Apply a batch; each event has its own outcome and none spoils another's."""
    done = await centre.deliveries.ask(Delivery(said, body_digest(request), batch.events))
    request.state.device_code = done.device_code
    return Response(done.answer.model_dump_json(), media_type="application/json")


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
