"""An HTTP proxy on loopback as offices have them: CONNECT tunnels, perhaps behind a sign-in."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import Self


class ConnectProxy:
    """Runs in a thread of its own. `signed_in` is the Proxy-Authorization it wants, "" for none.

    `tunnels` are the targets that it opened, `passed` all bytes that went through them, as they went.
    """

    def __init__(self, signed_in: str = "") -> None:
        self.signed_in = signed_in
        self.tunnels: list[str] = []
        self.passed = bytearray()
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="connect-proxy", daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._end())
        self._loop.close()

    async def _end(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        centre: asyncio.StreamWriter | None = None
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
            wanted = f"proxy-authorization: {self.signed_in}".lower().encode("ascii")
            if method != "CONNECT" or (self.signed_in and wanted not in head.lower()):
                writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
            else:
                self.tunnels.append(target)
                host, _, port = target.rpartition(":")
                answers, centre = await asyncio.open_connection(host, int(port))
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await asyncio.gather(self._pass(reader, centre), self._pass(answers, writer))
        for side in (writer, centre):
            if side is not None:
                side.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(65536):
            self.passed += part
            writer.write(part)
            await writer.drain()
        writer.close()
