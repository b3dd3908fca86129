"""POST /v1/number-blocks: another run of receipt numbers for a window that asks in time."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import CentreHere, InGoodStanding
from server.store.database import transaction
from server.store.numbers import next_block
from sync.contract import NumberBlockFact, NumberBlockRequest

router = APIRouter(prefix="/v1")


@router.post("/number-blocks", response_model=NumberBlockFact)
def post_number_blocks(
    request: NumberBlockRequest, caller: InGoodStanding, centre: CentreHere
) -> NumberBlockFact:
    """Return the block that follows `after` for the asking device."""
    with transaction(centre.engine) as connection:
        return next_block(connection, centre.now(), caller.device.id, request.after)
