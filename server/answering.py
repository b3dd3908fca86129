"""One process that answers requests: its connections, its web server, and how it stops."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial

import uvicorn
from sqlalchemy import Engine

from server.api.delivering import deliver
from server.api.doorbell import Doorbell
from server.api.gathering import Gathering
from server.api.lookups import count, look_up
from server.api.pages import give_way_if_silent
from server.api.patience import Pace, Patience
from server.app import create_app
from server.centre import Centre
from server.config import Clock, Settings
from server.keys import CentreKeys
from server.store import lives
from server.store.database import transaction
from server.store.page_files import PageStore

_GRACE_SECONDS = 8


class Answering(uvicorn.Server):
    """uvicorn, telling when it listens, and waking long polls when it has to stop."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        keys: CentreKeys,
        files: PageStore,
        clock: Clock,
        *,
        chores: bool,
        on_ready: Callable[[], None],
    ) -> None:
        with transaction(engine) as connection:
            life = lives.current(connection)
        bell = Doorbell(engine, on_give_way=give_way_if_silent)
        # What one worker puts up with adds up over all of them.
        patience = Patience(limit=20 // settings.workers)
        pace = Pace(rate=200 / settings.workers, burst=2000 / settings.workers)
        self._centre = Centre(
            settings=settings,
            engine=engine,
            keys=keys,
            files=files,
            bell=bell,
            patience=patience,
            pace=pace,
            clock=clock,
            life=life,
            deliveries=Gathering(partial(deliver, engine, keys, clock, pace)),
            lookups=Gathering(partial(look_up, engine, clock, pace)),
            counting=Gathering(partial(count, engine, keys, clock)),
        )
        self._on_ready = on_ready
        super().__init__(
            uvicorn.Config(
                create_app(self._centre, chores=chores),
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE_SECONDS,
                timeout_keep_alive=75,
                backlog=2048,
                ssl_certfile=settings.tls_certificate,
                ssl_keyfile=settings.tls_key,
            )
        )

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
