"""Where the data of this window comes from: packs that the centre sent or that were set aside, the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage import schema
from storage.rows import as_moment, rows, scalar


@dataclass(frozen=True)
class SentPack:
    """One version of a pack that came by the feed."""

    name: str
    version: str
    effective_from: str  # ISO day
    received_at: datetime


@dataclass(frozen=True)
class Origins:
    """What the about page says of the database. `set_aside` counts packs that this program could not use."""

    schema: str  # name of the last migration
    sqlite: str
    cipher: str
    sent: tuple[SentPack, ...]
    set_aside: int


def read_origins(db: Database) -> Origins:
    """Return the database's versions and the packs that the centre sent, the newest arrival first."""
    applied = schema.applied(db)
    sent = rows(
        db, "SELECT name, version, effective_from, received_at FROM packs WHERE NOT shipped ORDER BY seq DESC"
    )
    return Origins(
        schema=applied[-1] if applied else "",
        sqlite=str(scalar(db, "SELECT sqlite_version()")),
        cipher=str(scalar(db, "PRAGMA cipher_version") or ""),
        sent=tuple(
            SentPack(row["name"], row["version"], row["effective_from"], as_moment(row["received_at"]))
            for row in sent
        ),
        set_aside=int(scalar(db, "SELECT count(*) FROM feed_kept WHERE kind = 'pack'")),
    )
