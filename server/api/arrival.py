"""POST /v1/arrival: the certificate that everything from a device has arrived."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import CentreHere, HandingOver
from server.errors import RefusedError
from server.store import audit
from server.store.arrival import compare, held
from server.store.database import transaction
from sync.contract import sign
from sync.contract.arrival import PURPOSE, ArrivalAnswer, ArrivalClaim, ArrivalStatement

router = APIRouter(prefix="/v1")


@router.post("/arrival", response_model=ArrivalAnswer)
def post_arrival(claim: ArrivalClaim, caller: HandingOver, centre: CentreHere) -> ArrivalAnswer:
    """Swear that all that the device claims is held, or say what has to be shown or sent."""
    device, now = caller.device, centre.now()
    with transaction(centre.engine) as connection:
        found = compare(held(connection, device.id), claim)
        if not found.whole:
            if not found.differing and not found.lacking:
                raise RefusedError(400, "body_malformed")
            return ArrivalAnswer(
                differing=list(found.differing), lacking=list(found.lacking), server_time=now.timestamp()
            )
        statement = ArrivalStatement(
            device_id=device.id,
            device_code=device.code,
            count=claim.count,
            digest=claim.digest,
            first_receipt=claim.first_receipt,
            last_receipt=claim.last_receipt,
            audit_head=claim.audit_head,
            server_time=now.timestamp(),
        )
        details = {"count": claim.count, "digest": claim.digest, "audit_head": claim.audit_head}
        audit.append(connection, now, caller.operator_id, "arrival_sworn", device.id, details)
    signature = sign(centre.keys.signing, PURPOSE, statement.model_dump())
    return ArrivalAnswer(statement=statement, signature=signature, server_time=now.timestamp())
