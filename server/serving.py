"""The centre's process once its database is up: schema, seed data, web server, ready line."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from server.answering import Answering
from server.config import Clock, Settings
from server.crew import Crew
from server.demo import prepare_demonstration
from server.errors import UnusableError
from server.keys import CentreKeys, load_keys
from server.listening import listen
from server.running import Database, say_line, when_parent_leaves, write_whole
from server.store.checkup import are_few, check_pages
from server.store.database import migrate, open_engine, transaction
from server.store.page_files import PageStore
from server.store.page_objects import open_pages
from server.store.reference import add_shipped_packs

log = logging.getLogger("jilai.centre")


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
    files = open_pages(settings)
    listener = listen(settings)
    cluster.wait_ready()
    engine = open_engine(cluster.url)
    try:
        _reach(engine)
        migrate(engine)
        with transaction(engine) as connection:
            add_shipped_packs(connection, clock())
            opened = prepare_demonstration(connection, clock()) if settings.demo else None
        if few := are_few(engine):
            check_pages(engine, files, clock())
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
            log.info("ready", extra={"fields": {"demo": settings.demo, "workers": settings.workers}})

        if not few:
            threading.Thread(target=_check_beside, args=(engine, files, clock), daemon=True).start()
        lost = threading.Event()
        leave, answer = _answering(settings, engine, cluster.url, listener, keys, files, clock, ready)
        if exit_with_parent:
            when_parent_leaves(leave)

        def database_ended() -> None:
            lost.set()
            leave()

        cluster.when_ended(database_ended)
        answer()
        if lost.is_set():
            raise UnusableError("postgres_ended", "PostgreSQL ended while the centre was running.")
        log.info("stopped")
    finally:
        listener.close()
        engine.dispose()


def _answering(
    settings: Settings,
    engine: Engine,
    url: str,
    listener: socket.socket,
    keys: CentreKeys,
    files: PageStore,
    clock: Clock,
    ready: Callable[[], None],
) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return what makes it stop and what runs it: this process alone, or a crew of workers."""
    if settings.workers == 1:
        alone = Answering(settings, engine, keys, files, clock, chores=True, on_ready=ready)
        return alone.leave, lambda: alone.run(sockets=[listener])
    shutil.rmtree(settings.metrics_dir, ignore_errors=True)
    settings.metrics_dir.mkdir(mode=0o700)
    crew = Crew(settings, url, listener)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: crew.leave())
    return crew.leave, lambda: crew.run(ready)


def _check_beside(engine: Engine, files: PageStore, clock: Clock) -> None:
    try:
        check_pages(engine, files, clock())
    except Exception as error:  # the database or the page store is away; the next start looks again
        log.error("pages not checked", extra={"fields": {"error": type(error).__name__}})


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
