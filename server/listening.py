"""The centre's address: the one asked for, or one that stays the same from start to start."""

from __future__ import annotations

import errno
import json
import random
import socket
import time
from collections.abc import Iterator

from server.config import Settings
from server.errors import UnusableError

# Below the range that systems take outgoing ports from (from 32768 on Linux). A window that keeps calling a
# centre that is down would otherwise get that very port for its own end of the line, and so connect
# to itself and keep the centre from coming back.
_FREE_PORTS = range(20000, 32000)
_PATIENCE = 3.0
_TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})


def listen(settings: Settings) -> socket.socket:
    """Return the listening socket. Port 0 means the port of last time, at first any free one.

    Raises UnusableError port_busy.
    """
    taken: OSError | None = None
    for port in _candidates(settings):
        try:
            return _listen(settings.host, port)
        except OSError as error:
            taken = error
            if error.errno not in _TAKEN:
                break
    words = taken.strerror if taken is not None else ""
    raise UnusableError("port_busy", f"{settings.host}:{settings.port or 'any port'}: {words}.")


def _candidates(settings: Settings) -> Iterator[int]:
    wanted = settings.port or _last_port(settings)
    if wanted:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:  # a predecessor's last connections may still be closing
            yield wanted
            time.sleep(0.1)
    if not settings.port:
        yield from random.sample(_FREE_PORTS, 40)
        yield 0


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
    except OSError:
        listener.close()
        raise
    return listener


def _last_port(settings: Settings) -> int:
    try:
        port = json.loads(settings.address_file.read_text("utf-8"))["port"]
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    return port if isinstance(port, int) and 1024 <= port < 65536 else 0
