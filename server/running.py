"""Starting and stopping a centre: lock, database, keys, socket, and a clean end whatever ends it."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from server.config import Settings, system_clock
from server.embedded import EmbeddedPostgres, running_url
from server.errors import UnusableError

log = logging.getLogger("jilai.centre")
_LOCK_PATIENCE = 20.0


@contextmanager
def locked(settings: Settings, patience: float = _LOCK_PATIENCE) -> Iterator[None]:
    """Own the data directory; a predecessor that is still stopping is waited for.

    Raises UnusableError data_dir_busy when another centre keeps it.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(settings.lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise UnusableError(
                        "data_dir_busy", f"Another centre runs on {settings.data_dir}."
                    ) from None
                time.sleep(0.05)
        yield
    finally:
        os.close(handle)


def whole(settings: Settings) -> Settings:
    """Return the settings of a centre that is not half restored. Raises UnusableError restore_unfinished."""
    if settings.restoring_file.exists():
        raise UnusableError("restore_unfinished", "A restore was cut short; run `admin restore` again.")
    return settings


class Database(Protocol):
    """A database on its way up: where it is, once it is there, and news of its end."""

    def wait_ready(self) -> None: ...

    @property
    def url(self) -> str: ...

    def when_ended(self, then: Callable[[], None]) -> None: ...


@dataclass(frozen=True)
class _Elsewhere:
    """A database that somebody else runs."""

    url: str

    def wait_ready(self) -> None:
        return

    def when_ended(self, then: Callable[[], None]) -> None:
        """Nothing to watch: a lost connection is answered with 503 until it is back."""


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    """Launch the embedded cluster if no other database is named; stop it at the end."""
    if settings.database_url is not None:
        yield _Elsewhere(settings.database_url)
        return
    postgres = EmbeddedPostgres(settings.postgres_dir)
    try:
        postgres.start()
        yield postgres
    finally:
        postgres.stop()


@contextmanager
def database_for_administration(settings: Settings) -> Iterator[str]:
    """Give the URL of the database, running or not, to a command beside the centre."""
    found = whole(settings).database_url or running_url(settings.postgres_dir)
    if found is not None:
        yield found
        return
    with locked(settings, patience=2.0), database(settings) as cluster:
        cluster.wait_ready()
        yield cluster.url


def serve(
    settings: Settings,
    *,
    ready_file: Path | None = None,
    exit_with_parent: bool = False,
) -> None:
    """Run a centre until a signal (or the parent's end) stops it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)  # until the web server takes the signals over
    with locked(settings), database(whole(settings)) as cluster:
        from server.serving import run  # heavy imports, while the cluster starts

        run(settings, cluster, ready_file=ready_file, exit_with_parent=exit_with_parent, clock=system_clock)


def _leave(*_: object) -> None:
    raise SystemExit(0)


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a reader sees all of it or nothing."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, "utf-8")
    draft.replace(path)


def when_parent_leaves(then: Callable[[], None]) -> None:
    """Call `then` when standard input closes: whoever started this process is gone, or wants it gone."""

    def watch() -> None:
        while True:
            try:
                if not os.read(0, 4096):
                    break
            except OSError:
                break
        then()

    threading.Thread(target=watch, name="parent", daemon=True).start()


def say_line(value: dict[str, object]) -> None:
    """Print one JSON line for the process that started this one."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()
