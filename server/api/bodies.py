"""Request bodies: bounded, digested as they were sent, unpacked if compressed."""

from __future__ import annotations

import hashlib
import zlib

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.api.refusals import refusal_response
from server.config import MAX_BODY_BYTES
from server.errors import RefusedError
from sync.contract import Digest

_EMPTY = hashlib.sha256(b"").hexdigest()
_STATE = "body_digest"


class BodyReader:
    """Read a whole body before the application sees it, except where bytes are streamed to disk.

    The digest in a token is over the bytes on the wire, so it is taken before unpacking.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"PATCH", "GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        try:
            body = await _read(receive)
            if body is None:
                return  # the caller went away; there is nobody to answer
            headers = dict(scope["headers"])
            scope.setdefault("state", {})[_STATE] = hashlib.sha256(body).hexdigest()
            encoding = headers.get(b"content-encoding", b"identity").strip().lower()
            if encoding == b"gzip":
                body = _unpack(body)
            elif encoding != b"identity":
                raise RefusedError(415, "bad_request")
        except RefusedError as refused:
            await refusal_response(refused)(scope, receive, send)
            return
        scope["headers"] = [
            (name, value)
            for name, value in scope["headers"]
            if name not in {b"content-encoding", b"content-length", b"transfer-encoding"}
        ] + [(b"content-length", str(len(body)).encode("ascii"))]
        told = False

        async def again() -> Message:
            nonlocal told
            if told:
                return await receive()
            told = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, again, send)


async def _read(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY_BYTES:
            raise RefusedError(413, "too_large")
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _unpack(body: bytes) -> bytes:
    """Gunzip within the same bound. Raises RefusedError bad_request, too_large."""
    machine = zlib.decompressobj(wbits=31)
    try:
        plain = machine.decompress(body, MAX_BODY_BYTES)
    except zlib.error:
        raise RefusedError(400, "bad_request") from None
    if machine.unconsumed_tail:
        raise RefusedError(413, "too_large")
    if not machine.eof:
        raise RefusedError(400, "bad_request")
    return plain


def body_digest(request: Request) -> Digest:
    """Return SHA-256 hex of the body as it was sent; of nothing for a request without one."""
    digest: Digest = getattr(request.state, _STATE, _EMPTY)
    return digest
