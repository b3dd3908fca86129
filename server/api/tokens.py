"""Request tokens: read from a header, and verified for many requests in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request
from pydantic import ValidationError
from sqlalchemy import Connection

from server.errors import RefusedError
from server.store.devices import Caller, find_callers, use_nonces
from sync.contract import MAX_SKEW_SECONDS, Claims, read_token, verify


@dataclass(frozen=True)
class Presented:
    """What a request says of itself, before anything of it is believed."""

    claims: Claims
    signature: str
    method: str
    target: str  # path and query as they were sent


def presented(request: Request) -> Presented:
    """Read a request's token. Raises RefusedError 401: token_missing, token_malformed."""
    header = request.headers.get("authorization")
    if not header:
        raise RefusedError(401, "token_missing")
    try:
        claims, signature = read_token(header)
    except (ValueError, ValidationError):
        raise RefusedError(401, "token_malformed") from None
    if "\0" in claims.device + claims.operator + claims.nonce or not 8 <= len(claims.nonce) <= 200:
        raise RefusedError(401, "token_malformed")
    return Presented(claims, signature, request.method, target_of(request))


def admit(
    connection: Connection, now: datetime, requests: Sequence[Presented]
) -> list[Caller | RefusedError]:
    """Verify tokens, all but the bodies' digests, and use up their nonces; one caller or refusal for each.

    Refusals are 401 or 403: unknown_device, bad_signature, wrong_target, clock_skew, replayed,
    unknown_operator.
    """
    known = find_callers(connection, now, {(each.claims.device, each.claims.operator) for each in requests})
    judged = [_judged(known, now, each) for each in requests]
    until = now + 2 * timedelta(seconds=MAX_SKEW_SECONDS)
    nonces = [
        (each.claims.device, each.claims.nonce)
        for each, caller in zip(requests, judged, strict=True)
        if isinstance(caller, Caller)
    ]
    fresh = use_nonces(connection, nonces, until)
    admitted: list[Caller | RefusedError] = []
    for each, caller in zip(requests, judged, strict=True):
        nonce = (each.claims.device, each.claims.nonce)
        replayed = isinstance(caller, Caller) and nonce not in fresh
        admitted.append(RefusedError(401, "replayed") if replayed else caller)
        fresh.discard(nonce)  # a copy that came in the same moment is a copy all the same
    return admitted


def _judged(
    known: Mapping[tuple[str, str], Caller], now: datetime, request: Presented
) -> Caller | RefusedError:
    claims = request.claims
    caller = known.get((claims.device, claims.operator))
    if caller is None:
        return RefusedError(401, "unknown_device")
    if not verify(caller.device.public_key, "request", claims.model_dump(), request.signature):
        return RefusedError(401, "bad_signature")
    if claims.method != request.method or claims.path != request.target:
        return RefusedError(401, "wrong_target")
    if not abs(claims.issued_at - now.timestamp()) <= MAX_SKEW_SECONDS:
        return RefusedError(401, "clock_skew")
    if not caller.operator_known:
        return RefusedError(403, "unknown_operator")
    return caller


def target_of(request: Request) -> str:
    """Return path and query as they were sent."""
    path: bytes = request.scope.get("raw_path") or request.scope["path"].encode("utf-8")
    query: bytes = request.scope.get("query_string", b"")
    return (path + (b"?" + query if query else b"")).decode("latin-1")
