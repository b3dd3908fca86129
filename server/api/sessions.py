"""GET /v1/sessions/{id}: what the centre holds of a session, to reconcile one whose laptop died."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import CentreHere, InGoodStanding
from server.errors import RefusedError
from server.store.database import transaction
from server.store.sessions import session_for
from sync.contract.sessions import SessionFact

router = APIRouter(prefix="/v1")


@router.get("/sessions/{session_id}", response_model=SessionFact)
def get_session(session_id: str, caller: InGoodStanding, centre: CentreHere) -> SessionFact:
    """Return the receipts that the centre has of a session, to a window that serves its compound."""
    if "\0" in session_id or len(session_id) > 200:  # no name that a session can have
        raise RefusedError(404, "not_found")
    with transaction(centre.engine) as connection:
        return session_for(connection, centre.now(), caller.device, session_id)
