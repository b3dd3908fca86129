"""Pages up: tus 1.0 with the creation extension, keyed by digest; bytes are synced before they count."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import func, select
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from server.api.access import CentreHere, HandingOver, check_token
from server.api.counts import PAGE_BYTES, PAGES
from server.centre import Centre
from server.config import MAX_PAGE_BYTES
from server.errors import RefusedError
from server.store import acknowledgements
from server.store.acknowledgements import Announced
from server.store.database import transaction
from server.store.devices import Caller
from server.store.feed import GIVE_WAY
from server.store.page_files import LockedElsewhereError, PagesUnreachableError, Part
from sync.contract import TUS_VERSION, Claims, Digest

router = APIRouter(prefix="/v1/pages")

_STALL_SECONDS = 20.0  # a connection without a byte for so long is taken for dead
_GIVE_WAY_SECONDS = 2.0  # ... and for so long, when another one wants to go on
_OTHERS_SECONDS = 1.0  # that another worker is given for it
_SYNC_EVERY = 8 * 1024 * 1024
_TUS = {"Tus-Resumable": TUS_VERSION}
_NO_STORE = {**_TUS, "Cache-Control": "no-store"}


@dataclass
class Arriving:
    """An upload under way in this process: when its last byte came, and a way to ask it to stop."""

    last_byte: float
    give_way: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)


_arriving: dict[Digest, Arriving] = {}


def streaming(request: Request, centre: CentreHere) -> tuple[Caller, Claims]:
    """Admit a device whose body is still to come; the body's digest is checked at its end."""
    admitted = check_token(request, centre.engine, centre.now())
    centre.pace.take(admitted[0].device.id)
    return admitted


Streaming = Annotated[tuple[Caller, Claims], Depends(streaming)]


@router.options("/")
@router.options("/{digest}")
def options() -> Response:
    """Say what this end point speaks."""
    return Response(
        status_code=204,
        headers={
            **_TUS,
            "Tus-Version": TUS_VERSION,
            "Tus-Extension": "creation",
            "Tus-Max-Size": str(MAX_PAGE_BYTES),
        },
    )


@router.post("/", status_code=201)
def create(request: Request, caller: HandingOver, centre: CentreHere) -> Response:
    """Begin the upload of an announced page, or say that it is held already."""
    _check_version(request)
    digest = _metadata(request.headers.get("upload-metadata", "")).get("digest", "")
    page = _announced(centre, caller, digest)
    length = _number(request.headers.get("upload-length"))
    if length != page.size:
        raise RefusedError(400, "page_size_differs", headers=_TUS)
    location = {"Location": str(request.url.path).rstrip("/") + "/" + digest}
    if _recover(centre, page):
        return Response(status_code=200, headers={**_TUS, **location, "Upload-Offset": str(page.size)})
    offset = centre.files.begin(digest)
    return Response(status_code=201, headers={**_TUS, **location, "Upload-Offset": str(offset)})


@router.head("/{digest}")
def head(digest: str, request: Request, caller: HandingOver, centre: CentreHere) -> Response:
    """Say how many bytes of a page are on the disk."""
    _check_version(request)
    page = _announced(centre, caller, digest)
    offset = page.size if _recover(centre, page) else centre.files.offset(digest)
    if offset is None:
        raise RefusedError(404, "not_found", headers=_NO_STORE)
    return Response(
        status_code=200,
        headers={**_NO_STORE, "Upload-Offset": str(offset), "Upload-Length": str(page.size)},
    )


@router.patch("/{digest}", status_code=204)
async def patch(digest: str, request: Request, admitted: Streaming, centre: CentreHere) -> Response:
    """Take bytes from an offset on; what arrived before a cut stays and can be gone on from."""
    caller, claims = admitted
    _check_version(request)
    if request.headers.get("content-type") != "application/offset+octet-stream":
        raise RefusedError(415, "bad_request", headers=_TUS)
    offset = _number(request.headers.get("upload-offset"))
    page = await run_in_threadpool(_announced, centre, caller, digest)
    if page.held:
        if offset != page.size:
            raise RefusedError(409, "offset_mismatch", headers={**_TUS, "Upload-Offset": str(page.size)})
        return Response(status_code=204, headers={**_TUS, "Upload-Offset": str(page.size)})
    await _ask_to_give_way(digest)
    arriving = Arriving(time.monotonic())
    try:
        with ExitStack() as held:
            part = await _lock(centre, digest, held)
            _arriving[digest] = arriving
            await _receive(request, part, page, offset, claims, arriving)
            if part.offset == page.size:
                await run_in_threadpool(_finish, centre, page, part)
            return Response(status_code=204, headers={**_TUS, "Upload-Offset": str(part.offset)})
    except LockedElsewhereError:
        raise RefusedError(423, "locked", headers={**_TUS, "Retry-After": "1"}) from None
    except FileNotFoundError:
        if await run_in_threadpool(_recover, centre, page):  # another connection finished it meanwhile
            ended = {**_TUS, "Upload-Offset": str(page.size)}
            raise RefusedError(409, "offset_mismatch", headers=ended) from None
        raise RefusedError(404, "not_found", headers=_TUS) from None
    finally:
        arriving.gone.set()
        if _arriving.get(digest) is arriving:
            del _arriving[digest]


async def _receive(
    request: Request, part: Part, page: Announced, offset: int, claims: Claims, arriving: Arriving
) -> None:
    """Write what comes; on a cut, what came is synced and kept. Raises RefusedError, ClientDisconnect."""
    if offset != part.offset:
        raise RefusedError(409, "offset_mismatch", headers={**_TUS, "Upload-Offset": str(part.offset)})
    hashed = hashlib.sha256()
    unsynced = 0
    try:
        async for chunk in _chunks(request, arriving):
            if part.offset + len(chunk) > page.size:
                part.cut(offset)
                raise RefusedError(413, "too_large", headers=_TUS)
            hashed.update(chunk)
            part.append(chunk)
            unsynced += len(chunk)
            if unsynced >= _SYNC_EVERY:
                await run_in_threadpool(part.sync)
                unsynced = 0
    except (ClientDisconnect, RefusedError):
        await run_in_threadpool(part.sync)
        raise
    if hashed.hexdigest() != claims.body:
        part.cut(offset)
        await run_in_threadpool(part.sync)
        raise RefusedError(400, "body_mismatch", headers={**_TUS, "Upload-Offset": str(offset)})
    await run_in_threadpool(part.sync)
    PAGE_BYTES.inc(part.offset - offset)


async def _chunks(request: Request, arriving: Arriving) -> AsyncIterator[bytes]:
    """Yield the body's chunks; ends with RefusedError `locked` when it stalls or has to give way."""
    stream = request.stream().__aiter__()
    give_way = asyncio.ensure_future(arriving.give_way.wait())
    try:
        while True:
            coming = asyncio.ensure_future(anext(stream, None))
            try:
                await asyncio.wait(
                    {coming, give_way}, timeout=_STALL_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                if not coming.done():
                    raise RefusedError(423, "locked", headers={**_TUS, "Connection": "close"})
                chunk = coming.result()
            finally:
                if not coming.done():
                    coming.cancel()
                    with suppress(asyncio.CancelledError, ClientDisconnect):
                        await coming
            if chunk is None:
                return
            arriving.last_byte = time.monotonic()
            if chunk:
                yield chunk
    finally:
        give_way.cancel()


async def _lock(centre: Centre, digest: Digest, held: ExitStack) -> Part:
    """Lock an arriving page; another worker that hears nothing of it is asked to let go."""
    try:
        return held.enter_context(centre.files.writing(digest))
    except LockedElsewhereError:
        if digest in _arriving or centre.settings.workers == 1:
            raise
    await run_in_threadpool(_ask_other_workers, centre, digest)
    await asyncio.sleep(_OTHERS_SECONDS)
    return held.enter_context(centre.files.writing(digest))


def _ask_other_workers(centre: Centre, digest: Digest) -> None:
    with transaction(centre.engine) as connection:
        connection.execute(select(func.pg_notify(GIVE_WAY, digest)))


def give_way_if_silent(digest: Digest) -> None:
    """Stop a connection of this process that holds the page but has fallen silent: its cable may be out."""
    other = _arriving.get(digest)
    if other is not None and time.monotonic() - other.last_byte > _GIVE_WAY_SECONDS:
        other.give_way.set()


async def _ask_to_give_way(digest: Digest) -> None:
    give_way_if_silent(digest)
    other = _arriving.get(digest)
    if other is not None and other.give_way.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(other.gone.wait(), 2.0)


def _finish(centre: Centre, page: Announced, part: Part) -> None:
    """Verify a complete page and count it; a wrong one is forgotten from its first byte."""
    if part.digest() != page.digest:
        part.cut(0)
        part.sync()
        raise RefusedError(460, "digest_mismatch", headers={**_TUS, "Upload-Offset": "0"})
    centre.files.finish(page.digest)
    PAGES.inc()
    _count(centre, page)


def _recover(centre: Centre, page: Announced) -> bool:
    """Say whether the page is held, counting one whose last byte came just before a kill or an outage."""
    if page.held:
        return True
    arrived = centre.files.offset(page.digest)
    if arrived is not None:  # no page is both arriving and whole, so the store of whole ones is not asked
        return arrived == page.size and _finish_left(centre, page)
    try:
        if not centre.files.has(page.digest, page.size) or not centre.files.verify(page.digest):
            return False
    except PagesUnreachableError:  # the page can arrive here meanwhile
        return False
    _count(centre, page)
    return True


def _finish_left(centre: Centre, page: Announced) -> bool:
    """Finish a page whose last byte was synced just before a kill: a window has nothing more to send of it.

    False where bytes are missing, where another connection has it, and where they were the wrong bytes,
    which are forgotten.
    """
    try:
        with centre.files.writing(page.digest) as part:
            if part.offset != page.size:
                return False
            _finish(centre, page, part)
    except (LockedElsewhereError, FileNotFoundError, RefusedError):
        return False
    return True


def _count(centre: Centre, page: Announced) -> None:
    with transaction(centre.engine) as connection:
        acknowledgements.page_held(connection, centre.now(), centre.keys.signing, page.digest, page.size)


def _announced(centre: Centre, caller: Caller, digest: Digest) -> Announced:
    page = None
    if len(digest) == 64 and set(digest) <= set("0123456789abcdef"):
        with transaction(centre.engine) as connection:
            page = acknowledgements.announced(connection, caller.device.id, digest)
    if page is None:
        raise RefusedError(403, "not_announced", headers=_TUS)
    return page


def _check_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != TUS_VERSION:
        raise RefusedError(412, "tus_version", headers={**_TUS, "Tus-Version": TUS_VERSION})


def _number(text: str | None) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 18:
        raise RefusedError(400, "bad_request", headers=_TUS)
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """Read Upload-Metadata: "key base64,key base64"; malformed values are refused."""
    found: dict[str, str] = {}
    for pair in header.split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode("utf-8")
        except ValueError:
            raise RefusedError(400, "bad_request", headers=_TUS) from None
    return found
