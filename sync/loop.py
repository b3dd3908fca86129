"""An event loop that ends at once: a name look-up that hangs is left to a daemon thread."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import Any


class DaemonLoop(asyncio.SelectorEventLoop):
    """The standard loop, except that `getaddrinfo` does not keep the program from ending.

    The standard one runs in an executor whose threads are joined at exit, and a resolver without a
    network takes its 5 to 30 seconds.
    """

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
