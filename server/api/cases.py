"""GET /v1/applications/{id}: what the centre has of one case, to set beside what the window has."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import CentreHere, InGoodStanding
from server.errors import RefusedError
from server.store.cases import case_for
from server.store.database import transaction
from sync.contract.cases import CaseFact

router = APIRouter(prefix="/v1")


@router.get("/applications/{application_id}", response_model=CaseFact)
def get_application(application_id: str, caller: InGoodStanding, centre: CentreHere) -> CaseFact:
    """Return the newest revision of a case to a window that carries it; 404 for any other."""
    if "\0" in application_id:  # no name that the database can hold
        raise RefusedError(404, "unknown_application")
    with transaction(centre.engine) as connection:
        return case_for(connection, centre.now(), caller.device, application_id)
