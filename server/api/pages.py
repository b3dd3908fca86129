"""Pages up: tus 1.0 with the creation extension, keyed by digest; bytes are synced before they count."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import func, select
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from server.api.access import CentreHere, Saying
from server.api.bodies import body_digest
from server.api.counts import PAGE_BYTES, PAGES
from server.api.lookups import TUS, Lookup
from server.api.tokens import Presented
from server.centre import Centre
from server.config import MAX_PAGE_BYTES
from server.errors import RefusedError
from server.store.acknowledgements import Announced
from server.store.database import transaction
from server.store.feed import GIVE_WAY
from server.store.page_files import LockedElsewhereError, PagesUnreachableError, Part
from sync.contract import TUS_VERSION, Claims, Digest

router = APIRouter(prefix="/v1/pages")

_STALL_SECONDS = 20.0  # a connection without a byte for so long is taken for dead
_GIVE_WAY_SECONDS = 2.0  # ... and for so long, when another one wants to go on
_OTHERS_SECONDS = 1.0  # that another worker is given for it
_SYNC_EVERY = 8 * 1024 * 1024
_NO_STORE = {**TUS, "Cache-Control": "no-store"}


@dataclass
class Arriving:
    """An upload under way in this process: when its last byte came, and a way to ask it to stop."""

    last_byte: float
    give_way: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)


_arriving: dict[Digest, Arriving] = {}


@router.options("/")
@router.options("/{digest}")
def options() -> Response:
    """Say what this end point speaks."""
    return Response(
        status_code=204,
        headers={
            **TUS,
            "Tus-Version": TUS_VERSION,
            "Tus-Extension": "creation",
            "Tus-Max-Size": str(MAX_PAGE_BYTES),
        },
    )


@router.post("/", status_code=201)
async def create(request: Request, said: Saying, centre: CentreHere) -> Response:
    """Begin the upload of an announced page, or say that it is held already."""
    _check_version(request)
    digest = _metadata(request.headers.get("upload-metadata", "")).get("digest", "")
    page = await _announced(request, centre, said, digest)
    _check_body(request, said)
    length = _number(request.headers.get("upload-length"))
    if length != page.size:
        raise RefusedError(400, "page_size_differs", headers=TUS)
    location = {"Location": str(request.url.path).rstrip("/") + "/" + digest}
    standing = await _standing(centre, page, begin=True)
    status = 200 if standing.whole else 201
    return Response(
        status_code=status, headers={**TUS, **location, "Upload-Offset": str(standing.offset or 0)}
    )


@router.head("/{digest}")
async def head(digest: str, request: Request, said: Saying, centre: CentreHere) -> Response:
    """Say how many bytes of a page are on the disk."""
    _check_version(request)
    page = await _announced(request, centre, said, digest)
    _check_body(request, said)
    standing = await _standing(centre, page)
    if standing.offset is None:
        raise RefusedError(404, "not_found", headers=_NO_STORE)
    return Response(
        status_code=200,
        headers={**_NO_STORE, "Upload-Offset": str(standing.offset), "Upload-Length": str(page.size)},
    )


@router.patch("/{digest}", status_code=204)
async def patch(digest: str, request: Request, said: Saying, centre: CentreHere) -> Response:
    """Take bytes from an offset on; what arrived before a cut stays and can be gone on from."""
    page = await _announced(request, centre, said, digest)
    _check_version(request)
    if request.headers.get("content-type") != "application/offset+octet-stream":
        raise RefusedError(415, "bad_request", headers=TUS)
    offset = _number(request.headers.get("upload-offset"))
    if page.held:
        if offset != page.size:
            raise RefusedError(409, "offset_mismatch", headers={**TUS, "Upload-Offset": str(page.size)})
        return Response(status_code=204, headers={**TUS, "Upload-Offset": str(page.size)})
    await _ask_to_give_way(digest)
    arriving = Arriving(time.monotonic())
    try:
        with ExitStack() as held:
            part = await _lock(centre, digest, held)
            _arriving[digest] = arriving
            await _receive(request, part, page, offset, said.claims, arriving)
            if part.offset == page.size:
                await run_in_threadpool(_finish, centre, page, part)
                await centre.counting.ask(page)
            return Response(status_code=204, headers={**TUS, "Upload-Offset": str(part.offset)})
    except LockedElsewhereError:
        raise RefusedError(423, "locked", headers={**TUS, "Retry-After": "1"}) from None
    except FileNotFoundError:
        if (await _standing(centre, page)).whole:  # another connection finished it meanwhile
            ended = {**TUS, "Upload-Offset": str(page.size)}
            raise RefusedError(409, "offset_mismatch", headers=ended) from None
        raise RefusedError(404, "not_found", headers=TUS) from None
    finally:
        arriving.gone.set()
        if _arriving.get(digest) is arriving:
            del _arriving[digest]


async def _receive(
    request: Request, part: Part, page: Announced, offset: int, claims: Claims, arriving: Arriving
) -> None:
    """Write what comes; on a cut, what came is synced and kept. Raises RefusedError, ClientDisconnect."""
    if offset != part.offset:
        raise RefusedError(409, "offset_mismatch", headers={**TUS, "Upload-Offset": str(part.offset)})
    hashed = hashlib.sha256()
    unsynced = 0
    try:
        async for chunk in _chunks(request, arriving):
            if part.offset + len(chunk) > page.size:
                part.cut(offset)
                raise RefusedError(413, "too_large", headers=TUS)
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
        raise RefusedError(400, "body_mismatch", headers={**TUS, "Upload-Offset": str(offset)})
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
                    raise RefusedError(423, "locked", headers={**TUS, "Connection": "close"})
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
    """Verify a complete page and give it its place; a wrong one is forgotten from its first byte."""
    if part.digest() != page.digest:
        part.cut(0)
        part.sync()
        raise RefusedError(460, "digest_mismatch", headers={**TUS, "Upload-Offset": "0"})
    centre.files.finish(page.digest)
    PAGES.inc()


@dataclass(frozen=True)
class Standing:
    """Where a page stands: held whole, or arriving with so many bytes on the disk, or not begun (None)."""

    whole: bool
    offset: int | None


async def _standing(centre: Centre, page: Announced, *, begin: bool = False) -> Standing:
    """Say where a page stands, counting one whose last byte came just before a kill or an outage."""
    if page.held:
        return Standing(whole=True, offset=page.size)
    standing = await run_in_threadpool(_on_disk, centre, page, begin)
    if standing.whole:
        await centre.counting.ask(page)
    return standing


def _on_disk(centre: Centre, page: Announced, begin: bool) -> Standing:
    whole = Standing(whole=True, offset=page.size)
    arrived = centre.files.offset(page.digest)
    if arrived is not None:  # no page is both arriving and whole, so the store of whole ones is not asked
        if arrived == page.size and _finish_left(centre, page):
            return whole
        return Standing(whole=False, offset=centre.files.offset(page.digest))
    try:
        if centre.files.has(page.digest, page.size) and centre.files.verify(page.digest):
            return whole
    except PagesUnreachableError:  # the page can arrive here meanwhile
        pass
    return Standing(whole=False, offset=centre.files.begin(page.digest) if begin else None)


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


async def _announced(request: Request, centre: Centre, said: Presented, digest: Digest) -> Announced:
    allowed = await centre.lookups.ask(Lookup(said, digest))
    request.state.device_code = allowed.caller.device.code
    return allowed.page


def _check_body(request: Request, said: Presented) -> None:
    if said.claims.body != body_digest(request):
        raise RefusedError(400, "body_mismatch", headers=TUS)


def _check_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != TUS_VERSION:
        raise RefusedError(412, "tus_version", headers={**TUS, "Tus-Version": TUS_VERSION})


def _number(text: str | None) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 18:
        raise RefusedError(400, "bad_request", headers=TUS)
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """Read Upload-Metadata: "key base64,key base64"; malformed values are refused."""
    found: dict[str, str] = {}
    for pair in header.split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode("utf-8")
        except ValueError:
            raise RefusedError(400, "bad_request", headers=TUS) from None
    return found
