"""POST /v1/enrol: a one-time code becomes a device."""

from __future__ import annotations

from fastapi import APIRouter, Request

from server.api.access import CentreHere
from server.errors import RefusedError
from server.store.database import transaction
from server.store.devices import enrol
from sync.contract import EnrolAnswer, EnrolRequest

router = APIRouter(prefix="/v1")


@router.post("/enrol", response_model=EnrolAnswer)
def post_enrol(request: EnrolRequest, centre: CentreHere, sent: Request) -> EnrolAnswer:
    """Exchange a code and a proof of a key for a device id; repeated by the same key, the same answer."""
    address = sent.client.host if sent.client else ""
    centre.patience.check(address)
    try:
        with transaction(centre.engine) as connection:
            return enrol(connection, centre.now(), request, centre.keys)
    except RefusedError as refused:
        if refused.code == "code_unknown":
            centre.patience.count_wrong(address)
        raise
