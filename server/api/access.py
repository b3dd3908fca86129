"""Who is calling: every request but enrolment carries a token that a device signed for it alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from pydantic import ValidationError
from sqlalchemy import Engine

from server.api.bodies import body_digest
from server.centre import Centre
from server.errors import RefusedError
from server.store.database import transaction
from server.store.devices import Caller, find_caller, use_nonce
from sync.contract import MAX_SKEW_SECONDS, Claims, read_token, verify


def centre_of(request: Request) -> Centre:
    """Return the centre that this application serves."""
    centre: Centre = request.app.state.centre
    return centre


CentreHere = Annotated[Centre, Depends(centre_of)]


def check_token(request: Request, engine: Engine, now: datetime) -> tuple[Caller, Claims]:
    """Verify a request's token, all but the body's digest, and use up its nonce.

    Raises RefusedError 401 or 403: token_missing, token_malformed, unknown_device, bad_signature,
    wrong_target, clock_skew, replayed, unknown_operator.
    """
    header = request.headers.get("authorization")
    if not header:
        raise RefusedError(401, "token_missing")
    try:
        claims, signature = read_token(header)
    except (ValueError, ValidationError):
        raise RefusedError(401, "token_malformed") from None
    if "\0" in claims.device + claims.operator + claims.nonce or not 8 <= len(claims.nonce) <= 200:
        raise RefusedError(401, "token_malformed")
    with transaction(engine) as connection:
        caller = find_caller(connection, claims.device, claims.operator)
        if caller is None:
            raise RefusedError(401, "unknown_device")
        if not verify(caller.device.public_key, "request", claims.model_dump(), signature):
            raise RefusedError(401, "bad_signature")
        if claims.method != request.method or claims.path != target_of(request):
            raise RefusedError(401, "wrong_target")
        if not abs(claims.issued_at - now.timestamp()) <= MAX_SKEW_SECONDS:
            raise RefusedError(401, "clock_skew")
        if not caller.operator_known:
            raise RefusedError(403, "unknown_operator")
        if not use_nonce(
            connection, claims.device, claims.nonce, now + 2 * timedelta(seconds=MAX_SKEW_SECONDS)
        ):
            raise RefusedError(401, "replayed")
    request.state.device_code = caller.device.code
    return caller, claims


def target_of(request: Request) -> str:
    """Return path and query as they were sent."""
    path: bytes = request.scope.get("raw_path") or request.scope["path"].encode("utf-8")
    query: bytes = request.scope.get("query_string", b"")
    return (path + (b"?" + query if query else b"")).decode("latin-1")


def handing_over(request: Request, centre: CentreHere) -> Caller:
    """Admit any enrolled device, revoked ones too: what it had queued can still be handed over."""
    caller, claims = check_token(request, centre.engine, centre.now())
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


HandingOver = Annotated[Caller, Depends(handing_over)]
InGoodStanding = Annotated[Caller, Depends(in_good_standing)]
