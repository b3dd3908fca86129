"""One window's end of the line, as cheap as it can be: the cores belong to the centre that is measured."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.contract import Claims, request_token, sha256_hex


@dataclass(frozen=True)
class Reply:
    """One answer; `seconds` from the first byte up to the last byte down."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Line:
    """A kept-alive connection of one enrolled device; a lost one is opened again at the next request."""

    url: str
    key: Ed25519PrivateKey
    device: str
    operator: str
    _open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(default=None, repr=False)

    def token(self, method: str, path: str, body: bytes) -> str:
        claims = Claims(
            device=self.device,
            operator=self.operator,
            issued_at=time.time(),
            nonce=uuid.uuid4().hex,
            method=method,
            path=path,
            body=sha256_hex(body),
        )
        return request_token(self.key, claims)

    async def send(
        self, method: str, path: str, body: bytes = b"", headers: str = "", *, token: str = ""
    ) -> Reply:
        """Send one signed request and read its answer. OSError where the line breaks."""
        token = token or self.token(method, path, body)
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: centre\r\nAuthorization: {token}\r\n"
            f"Content-Length: {len(body)}\r\n{headers}\r\n"
        )
        began = time.perf_counter()
        if self._open is None:
            parts = urlsplit(self.url)
            self._open = await asyncio.open_connection(parts.hostname, parts.port)
        reader, writer = self._open
        try:
            writer.write(head.encode("ascii") + body)
            await writer.drain()
            answer = await reader.readuntil(b"\r\n\r\n")
            lines = answer.decode("latin-1").split("\r\n")
            found = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
            status = int(lines[0].split(" ")[1])
            content = b""
            if method != "HEAD" and status != 204:
                content = await reader.readexactly(int(found.get("content-length", "0")))
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            raise ConnectionError from error
        if found.get("connection", "").lower() == "close":
            self.close()
        return Reply(status, found, content, time.perf_counter() - began)

    def close(self) -> None:
        if self._open is not None:
            self._open[1].transport.abort()
            self._open = None
