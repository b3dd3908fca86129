"""A line of a given rate, round trip and reliability between two ports, as a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_PIECE = 16 * 1024
_BUFFER = 128 * 1024  # of a socket: what a line holds is not what a machine can buffer


class ShapedLink:
    """What a bench sees of it: `port`, and `up`, the bytes that the window's side has put on the line."""

    def __init__(self, port: Any, up: Any) -> None:
        self._port, self._up = port, up

    @property
    def port(self) -> int:
        return int(self._port.value)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def up(self) -> int:
        return int(self._up.value)


@contextmanager
def shaped_link(
    target: int, *, rate: float, round_trip: float = 0.0, cut_every: float = 0.0
) -> Iterator[ShapedLink]:
    """Open a line to a port of this machine; `rate` in bytes a second each way, times in seconds."""
    context = multiprocessing.get_context("spawn")
    port, up = context.Value("i", 0), context.Value("q", 0)
    process = context.Process(target=_run, args=(target, rate, round_trip, cut_every, port, up), daemon=True)
    process.start()
    try:
        while not port.value:
            process.join(0.02)
            if not process.is_alive():
                raise RuntimeError("the line did not open")
        yield ShapedLink(port, up)
    finally:
        process.terminate()
        process.join(10)


def _run(target: int, rate: float, round_trip: float, cut_every: float, port: Any, up: Any) -> None:
    asyncio.run(_Line(target, rate, round_trip / 2, up).serve(port, cut_every))


class _Line:
    def __init__(self, target: int, rate: float, delay: float, up: Any) -> None:
        self._target, self._rate, self._delay, self._up = target, rate, delay, up
        self._free_at = [0.0, 0.0]
        self._open: set[asyncio.Task[None]] = set()

    async def serve(self, port: Any, cut_every: float) -> None:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        listening.bind(("127.0.0.1", 0))
        server = await asyncio.start_server(self._accept, sock=listening, limit=_PIECE * 2)
        port.value = listening.getsockname()[1]
        while True:
            await asyncio.sleep(cut_every or 3600)
            if cut_every:
                for task in list(self._open):
                    task.cancel()
            assert server.is_serving()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        other: asyncio.StreamWriter | None = None
        try:
            answers, other = await asyncio.open_connection("127.0.0.1", self._target, limit=_PIECE * 2)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(reader, other, 0))
                both.create_task(self._carry(answers, writer, 1))
        except (asyncio.CancelledError, OSError, ExceptionGroup):
            pass
        finally:
            self._open.discard(task)
            for side in (writer, other):
                if side is not None:
                    side.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: int) -> None:
        """Take bytes as fast as the line is, and let them arrive a delay later."""
        loop = asyncio.get_running_loop()
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(256)
        landing = loop.create_task(self._land(under_way, writer))
        try:
            while part := await reader.read(_PIECE):
                self._free_at[way] = max(self._free_at[way], loop.time()) + len(part) / self._rate
                if (wait := self._free_at[way] - loop.time()) > 0.002:
                    await asyncio.sleep(wait)
                if way == 0:
                    self._up.value += len(part)
                await under_way.put((loop.time() + self._delay, part))
            await under_way.put((loop.time() + self._delay, b""))
            await landing
        finally:
            landing.cancel()

    async def _land(
        self, under_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
    ) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due, part = await under_way.get()
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
            if not part:
                with contextlib.suppress(OSError):
                    writer.write_eof()
                return
            writer.write(part)
            await writer.drain()
