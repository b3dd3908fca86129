"""The centre's lives: which one this is, and what begins when a backup is restored."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, text

from server.config import CHINA
from server.errors import RefusedError
from server.store import audit
from server.store.numbers import reserve_block
from server.store.schema import devices
from server.store.schema_lives import lives

# How far everything that counts up leaps, so that nothing which the lost day gave out is given out again.
_LEAPS = {"feed": 1_000_000, "device": 99}
_LEAP = 10_000  # acceptance numbers of one county and year
_BLOCKS = 2  # blocks of receipt numbers that a device may have been given in the lost day


@dataclass(frozen=True)
class Life:
    """`resend_after` is the oldest moment that any life was restored to, None where none ever was."""

    epoch: str
    resend_after: datetime | None


def current(connection: Connection) -> Life:
    """Return the life that the centre is in."""
    epoch = connection.execute(select(lives.c.epoch).order_by(lives.c.seq.desc()).limit(1)).scalar_one()
    return Life(epoch, connection.execute(select(func.min(lives.c.restored_to))).scalar())


def begin(connection: Connection, now: datetime, restored_to: datetime) -> Life:
    """Begin the life of a centre that was put back to a moment.

    What was numbered after that moment is known to windows and on paper, but no longer here: every count
    leaps over what it may have reached, and every device's next blocks of receipt numbers are reserved.
    """
    epoch = str(uuid.uuid4())
    connection.execute(insert(lives).values(epoch=epoch, begun_at=now, restored_to=restored_to))
    for year in {
        moment.astimezone(CHINA).year for moment in (restored_to, now)
    }:  # first used in the lost day
        connection.execute(
            text(
                "INSERT INTO counters (name, value) "
                "SELECT DISTINCT 'acceptance:' || division || ':' || CAST(:year AS text), 0 FROM compounds "
                "ON CONFLICT (name) DO NOTHING"
            ),
            {"year": year},
        )
    for name in connection.execute(text("SELECT name FROM counters ORDER BY name")).scalars().all():
        connection.execute(
            text("UPDATE counters SET value = value + :leap WHERE name = :name"),
            {"leap": _LEAPS.get(name, _LEAP), "name": name},
        )
    for device_id in connection.execute(select(devices.c.id)).scalars().all():
        with suppress(RefusedError):  # all of its numbers are reserved already
            for _ in range(_BLOCKS):
                reserve_block(connection, now, device_id)
    audit.append(connection, now, "administrator", "restored", epoch, {"to": restored_to.isoformat()})
    return current(connection)
