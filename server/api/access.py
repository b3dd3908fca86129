"""Who is calling: every request but enrolment carries a token that a device signed for it alone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine, text

from server.api.bodies import body_digest
from server.api.tokens import Presented, admit, presented
from server.centre import Centre
from server.errors import RefusedError
from server.store.database import transaction
from server.store.devices import Caller
from sync.contract import Claims


async def centre_of(request: Request) -> Centre:
    """Return the centre that this application serves; not worth a thread's time."""
    centre: Centre = request.app.state.centre
    return centre


async def said_by(request: Request) -> Presented:
    """Read a request's token. Raises RefusedError as `presented` does; not worth a thread's time either."""
    return presented(request)


CentreHere = Annotated[Centre, Depends(centre_of)]


def check_token(request: Request, engine: Engine, now: datetime) -> tuple[Caller, Claims]:
    """Verify a request's token, all but the body's digest, and use up its nonce.

    Raises RefusedError as `presented` and `admit` say.
    """
    said = presented(request)
    with transaction(engine) as connection:
        # This commit need not wait for the disk: after a crash of the machine a request repeated within
        # the clock's tolerance would meet idempotent operations anyway.
        connection.execute(text("SET LOCAL synchronous_commit = off"))
        (caller,) = admit(connection, now, [said])
    if isinstance(caller, RefusedError):
        raise caller
    request.state.device_code = caller.device.code
    return caller, said.claims


def handing_over(request: Request, centre: CentreHere) -> Caller:
    """Admit any enrolled device, revoked ones too: what it had queued can still be handed over."""
    caller, claims = check_token(request, centre.engine, centre.now())
    centre.pace.take(caller.device.id)
    if claims.body != body_digest(request):
        raise RefusedError(400, "body_mismatch")
    return caller


def in_good_standing(caller: Annotated[Caller, Depends(handing_over)]) -> Caller:
    """Admit a device and an operator in good standing. Raises RefusedError revoked, operator_revoked."""
    if caller.device.revoked:
        raise RefusedError(403, "revoked")
    if not caller.operator_active:
        raise RefusedError(403, "operator_revoked")
    return caller


Saying = Annotated[Presented, Depends(said_by)]
HandingOver = Annotated[Caller, Depends(handing_over)]
InGoodStanding = Annotated[Caller, Depends(in_good_standing)]
