"""An event loop that ends at once and whole: no look-up holds it up, no connection is left behind."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import weakref
from typing import Any


class DaemonLoop(asyncio.SelectorEventLoop):
    """The standard loop, except that `getaddrinfo` does not keep the program from ending.

    The standard one runs in an executor whose threads are joined at exit, and a resolver without a
    network takes its 5 to 30 seconds. And it knows its connections: the HTTP library drops one whose
    handshake is broken off without closing it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._made = weakref.WeakSet[asyncio.BaseTransport]()

    async def create_connection(self, *args: Any, **options: Any) -> Any:
        made = await super().create_connection(*args, **options)
        self._made.add(made[0])
        return made

    async def wind_up(self) -> None:
        """Break off what is still going on, and every connection; to be run as the last thing."""
        left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task() and task.cancel()]
        await asyncio.gather(*left, return_exceptions=True)
        await self.shutdown_asyncgens()
        for transport in list(self._made):
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()
        await asyncio.sleep(0.05)  # an aborted connection closes its socket in the next turns

    async def getaddrinfo(
        self, host: Any, port: Any, *, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0
    ) -> Any:
        answer: asyncio.Future[Any] = self.create_future()

        def settle(result: Any, error: OSError | None) -> None:
            if answer.done():
                return
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(result)

        def look_up() -> None:
            result: Any = None
            failure: OSError | None = None
            try:
                result = socket.getaddrinfo(host, port, family, type, proto, flags)
            except OSError as error:
                failure = error
            except UnicodeError:  # a host name that cannot be one
                failure = socket.gaierror(socket.EAI_NONAME, "not a host name")
            with contextlib.suppress(RuntimeError):  # the loop has closed: nobody is waiting
                self.call_soon_threadsafe(settle, result, failure)

        threading.Thread(target=look_up, name="sync-resolve", daemon=True).start()
        return await answer
