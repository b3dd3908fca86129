"""Several workers behind one socket: started together, replaced when one ends, stopped in order."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.config import Settings, system_clock
from server.errors import UnusableError
from server.keys import load_keys
from server.running import when_parent_leaves
from server.store.database import open_engine
from server.store.page_objects import open_pages

log = logging.getLogger("jilai.centre.crew")
_CONNECTIONS = 44  # to the database, all workers together; the embedded one grants 60
_STOP_SECONDS = 15.0
_TOO_MANY_ENDS = 5  # within _IN_SECONDS: then it is not chance
_IN_SECONDS = 30.0


@dataclass
class _Worker:
    number: int
    process: subprocess.Popen[bytes]
    ready: int  # file descriptor that it writes one byte to, and closes with its end


class Crew:
    """The workers of one centre; they share nothing but the socket, the disk and the database."""

    def __init__(self, settings: Settings, url: str, listener: socket.socket) -> None:
        self._settings = settings
        self._url = url
        self._listener = listener
        self._stopping = threading.Event()

    def leave(self) -> None:
        """Stop in order, soon. Callable from any thread."""
        self._stopping.set()

    def run(self, on_ready: Callable[[], None]) -> None:
        """Return when told to leave and every worker has ended.

        Raises UnusableError workers_end when they end as soon as they are started.
        """
        workers = [self._start(number) for number in range(self._settings.workers)]
        try:
            if not all(_is_ready(worker) for worker in workers):
                raise UnusableError("workers_end", "A worker ended before it could answer.")
            on_ready()
            ends: list[float] = []
            while not self._stopping.wait(0.2):
                for index, worker in enumerate(workers):
                    if worker.process.poll() is None:
                        continue
                    log.error("worker ended", extra={"fields": {"worker": worker.number}})
                    _let_go(worker)
                    now = time.monotonic()
                    ends = [at for at in ends if at > now - _IN_SECONDS] + [now]
                    if len(ends) >= _TOO_MANY_ENDS:
                        raise UnusableError("workers_end", "The workers end as soon as they are started.")
                    workers[index] = self._start(worker.number)
        finally:
            _stop(workers)

    def _start(self, number: int) -> _Worker:
        ready, tell = os.pipe()
        process = subprocess.Popen(
            [sys.executable, "-m", "server", "worker"],
            stdin=subprocess.PIPE,  # closes with this process
            pass_fds=(self._listener.fileno(), tell),
            start_new_session=True,  # a Ctrl-C at the terminal is for the crew, which stops them in order
            cwd=Path(__file__).resolve().parent.parent,
            env=os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(self._settings.metrics_dir)},
        )
        os.close(tell)
        given = {
            "number": number,
            "listener": self._listener.fileno(),
            "tell": tell,
            "url": self._url,
            "settings": {name: _plain(value) for name, value in vars(self._settings).items()},
        }
        assert process.stdin is not None
        process.stdin.write(json.dumps(given).encode("utf-8") + b"\n")
        process.stdin.flush()
        return _Worker(number, process, ready)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _is_ready(worker: _Worker) -> bool:
    """Wait for a worker's first byte; False when it ended instead."""
    return os.read(worker.ready, 1) == b"1"


def _let_go(worker: _Worker) -> None:
    os.close(worker.ready)
    if worker.process.stdin is not None:
        worker.process.stdin.close()


def _stop(workers: list[_Worker]) -> None:
    for worker in workers:
        if worker.process.poll() is None:
            worker.process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    for worker in workers:
        try:
            worker.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            worker.process.kill()
            worker.process.wait()
        _let_go(worker)


def work() -> None:
    """Be one worker: what to do comes as the first line of standard input, whose end ends it."""
    from server.answering import Answering  # heavy, and needed in a worker alone

    line = bytearray()
    while not line.endswith(b"\n"):  # byte by byte: the rest of it is watched for its end
        byte = os.read(0, 1)
        if not byte:
            return
        line += byte
    given = json.loads(line)
    named: dict[str, Any] = given["settings"]
    for name in ("data_dir", "tls_certificate", "tls_key"):
        named[name] = Path(named[name]) if named[name] else None
    settings = Settings(**named)
    engine = open_engine(given["url"], connections=max(4, _CONNECTIONS // settings.workers))

    def ready() -> None:
        os.write(given["tell"], b"1")
        os.close(given["tell"])

    server = Answering(
        settings,
        engine,
        load_keys(settings.keys_dir),
        open_pages(settings),
        system_clock,
        chores=given["number"] == 0,
        on_ready=ready,
    )
    when_parent_leaves(server.leave)
    try:
        server.run(sockets=[socket.socket(fileno=given["listener"])])
    finally:
        engine.dispose()
