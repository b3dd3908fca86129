"""The centre's process once its database is up: schema, seed data, web server, ready line."""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from server.api.doorbell import Doorbell
from server.api.patience import Patience
from server.app import create_app
from server.centre import Centre
from server.config import Clock, Settings
from server.demo import prepare_demonstration
from server.errors import UnusableError
from server.keys import load_keys
from server.listening import listen
from server.running import Database, say_line, when_parent_leaves, write_whole
from server.store import lives
from server.store.checkup import check_pages
from server.store.database import migrate, open_engine, transaction
from server.store.page_files import PageFiles
from server.store.reference import add_shipped_packs

log = logging.getLogger("jilai.centre")
_GRACE_SECONDS = 8


class _Server(uvicorn.Server):
    """uvicorn, telling when it listens, and waking long polls when it has to stop."""

    def __init__(self, config: uvicorn.Config, centre: Centre, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._centre = centre
        self._on_ready = on_ready

    def leave(self) -> None:
        """Stop in order, soon. Callable from any thread."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._centre.bell.close()
        await super().shutdown(sockets=sockets)


def run(
    settings: Settings,
    cluster: Database,
    *,
    ready_file: Path | None,
    exit_with_parent: bool,
    clock: Clock,
) -> None:
    """Serve until told to stop; prints and writes the ready line when requests are answered."""
    keys = load_keys(settings.keys_dir)
    files = PageFiles(settings.pages_dir)
    listener = listen(settings)
    cluster.wait_ready()
    engine = open_engine(cluster.url)
    try:
        _reach(engine)
        migrate(engine)
        with transaction(engine) as connection:
            add_shipped_packs(connection, clock())
            opened = prepare_demonstration(connection, clock()) if settings.demo else None
            life = lives.current(connection)
        check_pages(engine, files, clock())
        centre = Centre(settings, engine, keys, files, Doorbell(engine), Patience(), clock, life)
        url = _url(settings, listener)
        line: dict[str, object] = {"url": url, "pid": os.getpid()}
        if opened is not None:
            line["enrolment_code"] = opened.enrolment_code
            line["desk_url"] = f"{url}/desk/enter?ticket={opened.desk_ticket}"

        def ready() -> None:
            write_whole(settings.address_file, _address(listener))
            if ready_file is not None:
                write_whole(ready_file, json.dumps(line))
            say_line(line)
            log.info("ready", extra={"fields": {"demo": settings.demo}})

        config = uvicorn.Config(
            create_app(centre),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
            timeout_keep_alive=75,
            backlog=1024,
            ssl_certfile=settings.tls_certificate,
            ssl_keyfile=settings.tls_key,
        )
        server = _Server(config, centre, ready)
        if exit_with_parent:
            when_parent_leaves(server.leave)
        lost = threading.Event()

        def database_ended() -> None:
            lost.set()
            server.leave()

        cluster.when_ended(database_ended)
        server.run(sockets=[listener])
        if lost.is_set():
            raise UnusableError("postgres_ended", "PostgreSQL ended while the centre was running.")
        log.info("stopped")
    finally:
        listener.close()
        engine.dispose()


def _reach(engine: Engine) -> None:
    try:
        with engine.connect():
            return
    except OperationalError:
        raise UnusableError("database_unreachable", "The database does not answer or refuses us.") from None


def _address(listener: socket.socket) -> str:
    return f'{{"port": {listener.getsockname()[1]}}}'


def _url(settings: Settings, listener: socket.socket) -> str:
    scheme = "https" if settings.tls_certificate else "http"
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{scheme}://{host}:{listener.getsockname()[1]}"
