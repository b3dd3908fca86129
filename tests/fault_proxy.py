"""A proxy on loopback that breaks exchanges on purpose: cut, stall, lose, double, truncate, or a portal."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Self

PORTAL_PAGE = b"<html><title>Sign in to WiFi</title><body>Please accept the terms.</body></html>"


@dataclass(frozen=True)
class Seen:
    """One request as it arrives at the proxy; `index` counts all requests from 0."""

    index: int
    method: str
    path: str
    size: int  # bytes of the body


@dataclass(frozen=True)
class Fault:
    """What to do with one exchange. Byte counts begin at the first byte of the head."""

    cut_up: int | None = None  # pass this many bytes of the request, then close both sides
    cut_down: int | None = None  # pass the request whole and this many bytes of the answer, then close both
    lose_answer: bool = False  # the centre acts and answers; the window sees the connection close
    stall: bool = False  # the centre acts and answers; the window sees nothing at all
    hold_up: float = 0.0  # seconds before the request goes on to the centre
    double: bool = False  # the centre gets the request twice; the window gets the second answer
    truncate: int | None = None  # a well-formed answer whose body is only this long
    portal: bool = False  # the centre gets nothing; the window gets HTTP 200 and a sign-in page


@dataclass
class Totals:
    """What went through since the start or the last `clear`."""

    up: int = 0  # bytes to the centre
    down: int = 0
    connections: int = 0
    requests: list[Seen] = field(default_factory=list)

    def clear(self) -> None:
        self.up = self.down = self.connections = 0
        self.requests.clear()


class _Closed(Exception):
    pass


Plan = Callable[[Seen], Fault | None]


class FaultProxy:
    """Runs in a thread of its own; `plan` is asked for every request and may be replaced at any time."""

    def __init__(self, host: str, port: int, plan: Plan | None = None) -> None:
        self._target = (host, port)
        self.plan: Plan = plan or (lambda seen: None)
        self.totals = Totals()
        self.rate = 0.0  # bytes a second up, shared by all connections; 0 for as fast as it goes
        self.delay = 0.0  # seconds that an exchange takes longer, there and back
        self._free_at = 0.0
        self.port = 0
        self._count = 0
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="fault-proxy", daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self.up()
        return self

    def __exit__(self, *_: object) -> None:
        self.down()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def up(self) -> None:
        """Plug the cable in."""
        self._ask(self._listen())

    def down(self) -> None:
        """Pull the cable: every connection breaks and new ones are refused."""
        self._ask(self._stop())

    def cut(self) -> None:
        """Break every connection; new ones are let through."""
        self._ask(self._cut())

    def retarget(self, host: str, port: int) -> None:
        """Send new connections to another centre."""
        self._target = (host, port)

    # -- in the thread ---------------------------------------------------------------------------------

    def _run(self) -> None:
        self._loop.run_forever()
        self._loop.close()

    def _ask(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._cut()

    async def _cut(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.totals.connections += 1
        centre: asyncio.StreamWriter | None = None
        try:
            centre_reader, centre = await asyncio.open_connection(*self._target)
            while True:
                await self._exchange(reader, writer, centre_reader, centre)
        except (_Closed, OSError, asyncio.IncompleteReadError):
            pass
        except asyncio.CancelledError:
            pass
        finally:
            for side in (writer, centre):
                if side is not None:
                    side.transport.abort()

    async def _exchange(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        centre_reader: asyncio.StreamReader,
        centre: asyncio.StreamWriter,
    ) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        length = _length(head) or 0
        seen = Seen(self._count, method, path, length)
        self._count += 1
        self.totals.requests.append(seen)
        fault = self.plan(seen) or Fault()
        if fault.portal:
            await reader.readexactly(length)
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
                % (len(PORTAL_PAGE), PORTAL_PAGE)
            )
            await writer.drain()
            return
        if fault.hold_up or self.delay:
            await asyncio.sleep(fault.hold_up + self.delay)
        answers = centre_reader
        other: asyncio.StreamWriter | None = None
        if fault.double:
            answers, other = await asyncio.open_connection(*self._target)
        try:
            sent = await self._pass_up(head, reader, length, centre, fault.cut_up)
            if other is not None:
                await _answer(centre_reader, method)
                other.write(sent)
                await other.drain()
            await self._pass_down(answers, writer, method, fault)
        finally:
            if other is not None:
                other.transport.abort()

    async def _pass_up(
        self,
        head: bytes,
        reader: asyncio.StreamReader,
        length: int,
        centre: asyncio.StreamWriter,
        cut: int | None,
    ) -> bytes:
        sent = bytearray()
        left = length
        part = head
        while True:
            if cut is not None and len(sent) + len(part) >= cut:
                part = part[: cut - len(sent)]
                left = 0
            if self.rate:
                self._free_at = max(self._free_at, self._loop.time()) + len(part) / self.rate
                await asyncio.sleep(self._free_at - self._loop.time())
            centre.write(part)
            await centre.drain()
            sent += part
            self.totals.up += len(part)
            if left == 0:
                break
            part = await reader.read(min(left, 4096 if self.rate else 65536))
            if not part:
                raise _Closed
            left -= len(part)
        if cut is not None:
            # A pulled cable delivers what was on it and says no goodbye: the centre has read it all by then.
            await asyncio.sleep(0.15)
            raise _Closed
        return bytes(sent)

    async def _pass_down(
        self, answers: asyncio.StreamReader, writer: asyncio.StreamWriter, method: str, fault: Fault
    ) -> None:
        head, body = await _answer(answers, method)
        if fault.lose_answer:
            raise _Closed
        if fault.stall:
            await asyncio.sleep(3600)
        if fault.truncate is not None:
            body = body[: fault.truncate]
            head = re.sub(rb"(?i)content-length: *[0-9]+", b"Content-Length: %d" % len(body), head)
        whole = head + body
        if fault.cut_down is not None:
            whole = whole[: fault.cut_down]
        writer.write(whole)
        self.totals.down += len(whole)
        await writer.drain()
        if fault.cut_down is not None:
            writer.write_eof()
            await asyncio.sleep(0.05)
            raise _Closed


def _length(head: bytes) -> int | None:
    found = re.search(rb"(?i)\r\ncontent-length: *([0-9]+)", head)
    return int(found[1]) if found else None


async def _answer(reader: asyncio.StreamReader, method: str) -> tuple[bytes, bytes]:
    """Read one whole answer: head and body as they came."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    if method == "HEAD" or status in {204, 304}:
        return head, b""
    length = _length(head)
    if length is not None:
        return head, await reader.readexactly(length)
    body = bytearray()
    if re.search(rb"(?i)\r\ntransfer-encoding: *chunked", head):
        while True:
            line = await reader.readuntil(b"\r\n")
            chunk = await reader.readexactly(int(line, 16) + 2)
            body += line + chunk
            if len(chunk) == 2:
                return head, bytes(body)
    with contextlib.suppress(asyncio.IncompleteReadError):
        body += await reader.read()
    return head, bytes(body)
