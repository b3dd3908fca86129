"""Pages up: tus 1.0 uploads that go on where the centre says they stopped, in chunks that fit the link."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from registration.errors import CentreError, MachineError
from sync.contract import TUS_VERSION
from sync.link import Link
from sync.transport import Answer, Transport

_PAGES = "/v1/pages/"
_OCTETS = "application/offset+octet-stream"
_DIGEST_MISMATCH = 460


@dataclass(frozen=True)
class Sent:
    """What an upload came to: bytes on the wire, and whether the centre has verified the page."""

    bytes: int
    whole: bool


async def upload_page(
    transport: Transport,
    link: Link,
    *,
    digest: str,
    application_id: str,
    size: int,
    read: Callable[[], bytes],
    may_go_on: Callable[[], bool] = lambda: True,
) -> Sent:
    """Bring one page file to the centre; no bytes are sent where it holds them already.

    `digest` is the SHA-256 hex of the plaintext of `size` bytes that `read` returns; `read` is called only if
    bytes have to travel. Returns when the centre has verified the digest, or after a chunk that
    `may_go_on` was asked behind and said no. Raises CentreError like every call,
    code page_refused where the centre finds another digest twice, and MachineError page_damaged where
    the file on this disk is not the one that was submitted.
    """
    upload = _Upload(transport, link, digest, application_id, size)
    offset = await upload.begin()
    if offset == size and size:
        link.places.pop(digest, None)
        return Sent(0, True)
    data = read()
    if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
        raise MachineError("page_damaged")
    sent = 0
    detours = 0  # answers that sent us elsewhere than forward
    while offset < size:
        if not may_go_on():
            return Sent(sent, False)
        chunk = data[offset : offset + link.chunk]
        got = await upload.patch(offset, chunk)
        sent += len(chunk)
        if got is not None and offset < got <= size:
            offset = got
            continue
        detours += 1
        if detours > 2:
            raise CentreError("page_refused")
        offset = await upload.begin()
    link.places.pop(digest, None)
    return Sent(sent, True)


async def page_offset(transport: Transport, digest: str) -> int:
    """Return how many bytes of an announced page have arrived; 0 before the first."""
    answer = await transport.request(
        "HEAD", f"{_PAGES}{digest}", b"", {"Tus-Resumable": TUS_VERSION}, understood=frozenset({404})
    )
    offset = answer.headers.get("upload-offset", "0")
    return int(offset) if offset.isascii() and offset.isdigit() else 0


class _Upload:
    """The requests of one upload."""

    def __init__(self, transport: Transport, link: Link, digest: str, application_id: str, size: int) -> None:
        self._transport = transport
        self._link = link
        self._digest = digest
        self._application_id = application_id
        self._size = size

    async def begin(self) -> int:
        """Go on where this page's upload stands, or announce it; return the offset that the centre has."""
        if self._digest in self._link.places:
            answer = await self._send("HEAD", self._place, b"", {}, understood=frozenset({404, 410}))
            if answer.status < 400:
                return self._offset(answer)
            del self._link.places[self._digest]
        facts = {
            "digest": self._digest,
            "application": self._application_id,
            "filename": self._digest[:16],  # public servers want a name and a type
            "filetype": "application/octet-stream",
        }
        metadata = ",".join(f"{name} {_metadata(value)}" for name, value in facts.items())
        headers = {"Upload-Length": str(self._size), "Upload-Metadata": metadata}
        answer = await self._send("POST", _PAGES, b"", headers)
        self._link.places[self._digest] = self._transport.path_of(answer.headers.get("location", ""), _PAGES)
        if "upload-offset" in answer.headers:
            return self._offset(answer)
        return self._offset(await self._send("HEAD", self._place, b"", {}))

    @property
    def _place(self) -> str:
        return self._link.places.get(self._digest) or f"{_PAGES}{self._digest}"

    async def patch(self, offset: int, chunk: bytes) -> int | None:
        """Send one chunk; return the centre's new offset, None where it does not stand where we thought."""
        headers = {"Upload-Offset": str(offset), "Content-Type": _OCTETS}
        began = time.monotonic()
        try:
            answer = await self._send(
                "PATCH",
                self._place,
                chunk,
                headers,
                understood=frozenset({404, 409, 410, _DIGEST_MISMATCH}),
                throttled=True,
            )
        except CentreError:
            self._link.chunk_failed()
            raise
        if answer.status >= 400:
            return None
        self._link.chunk_arrived(len(chunk), time.monotonic() - began)
        return self._offset(answer)

    async def _send(
        self,
        method: str,
        path: str,
        body: bytes,
        headers: dict[str, str],
        *,
        understood: frozenset[int] = frozenset(),
        throttled: bool = False,
    ) -> Answer:
        tus = {"Tus-Resumable": TUS_VERSION, **headers}
        answer = await self._transport.request(
            method, path, body, tus, understood=understood, throttled=throttled
        )
        if answer.headers.get("tus-resumable") != TUS_VERSION:
            raise CentreError("not_the_centre")
        return answer

    def _offset(self, answer: Answer) -> int:
        try:
            offset = int(answer.headers["upload-offset"])
        except (KeyError, ValueError):
            raise CentreError("not_the_centre") from None
        if not 0 <= offset <= self._size:
            raise CentreError("not_the_centre")
        return offset


def _metadata(value: str) -> str:
    """Return a value of Upload-Metadata: base64 with padding, as tus has it."""
    return base64.b64encode(value.encode("utf-8")).decode("ascii")
