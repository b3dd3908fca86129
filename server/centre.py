"""One centre at work: what its end points, desk and reviewer share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from server.api.delivering import Delivered, Delivery
from server.api.doorbell import Doorbell
from server.api.gathering import Gathering
from server.api.lookups import Allowed, Lookup
from server.api.patience import Pace, Patience
from server.config import Clock, Settings
from server.keys import CentreKeys
from server.store.acknowledgements import Announced
from server.store.lives import Life
from server.store.page_files import PageStore


@dataclass(frozen=True)
class Centre:
    """Handed down at the top; nothing else is shared."""

    settings: Settings
    engine: Engine
    keys: CentreKeys
    files: PageStore
    bell: Doorbell
    patience: Patience
    pace: Pace
    clock: Clock
    life: Life
    deliveries: Gathering[Delivery, Delivered]
    lookups: Gathering[Lookup, Allowed]
    counting: Gathering[Announced, None]

    def now(self) -> datetime:
        """Return the centre's time, aware, in UTC."""
        return self.clock()
