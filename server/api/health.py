"""GET /v1/health and /v1/ready: that this is the centre, and that it can take work."""

from __future__ import annotations

import shutil

from fastapi import APIRouter
from sqlalchemy import text

from server.api.access import CentreHere
from server.errors import RefusedError
from server.store.database import transaction
from sync.contract.health import Health

router = APIRouter(prefix="/v1")
_LEAST_FREE_BYTES = 256 * 1024 * 1024


@router.get("/health", response_model=Health)
def get_health(centre: CentreHere) -> Health:
    """Say who answers, with which key it swears, and from when on to send again after a restored backup."""
    moment = centre.life.resend_after
    return Health(
        demo=centre.settings.demo,
        server_key=centre.keys.signing_public,
        server_time=centre.now().timestamp(),
        epoch=centre.life.epoch,
        resend_after=None if moment is None else moment.timestamp(),
    )


@router.get("/ready", response_model=Health)
def get_ready(centre: CentreHere) -> Health:
    """Say that the database answers and the disk has room; 503 or 507 otherwise."""
    with transaction(centre.engine) as connection:
        connection.execute(text("SELECT 1"))
    if centre.bell.closing:
        raise RefusedError(503, "shutting_down", headers={"Retry-After": "5"})
    if shutil.disk_usage(centre.settings.data_dir).free < _LEAST_FREE_BYTES:
        raise RefusedError(507, "disk_full", headers={"Retry-After": "30"})
    return get_health(centre)
