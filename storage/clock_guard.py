"""What the clock guard keeps over a restart: its last mark, and how far off the clock was, and when."""

from __future__ import annotations

from sqlite_utils import Database

from registration.changes import Changes
from registration.clock import Mark, Standing, Ticks
from storage import device
from storage.rows import as_moment, as_text, one

_OFFSET_MATTERS = 1.0  # seconds by which it has to change for a new line of history


def last_mark(db: Database) -> Mark | None:
    """Return what the guard kept last, or None."""
    row = one(db, "SELECT * FROM clock_mark")
    if row is None:
        return None
    return Mark(
        as_moment(row["at"]),
        as_moment(row["wall"]),
        Ticks(row["boot"], row["ticks"]),
        Standing(row["standing"]),
    )


def known_offset(db: Database) -> float | None:
    """Return how many seconds the clock was ahead at the last contact, or None before the first."""
    found = device.read_device(db)
    return None if found is None else found.clock_offset


def keep_mark(db: Database, mark: Mark) -> Changes:
    """Keep what the guard knows, and a line of history whenever the clock's error has changed.

    The history gives the raw time of every fact: its time plus the offset that held then.
    """
    db.execute(
        "INSERT INTO clock_mark VALUES (1, ?, ?, ?, ?, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at,"
        " wall = excluded.wall, boot = excluded.boot, ticks = excluded.ticks, standing = excluded.standing",
        (as_text(mark.at), as_text(mark.wall), mark.ticks.boot, mark.ticks.seconds, str(mark.standing)),
    )
    before = one(db, "SELECT offset, standing FROM clock_offsets ORDER BY seq DESC LIMIT 1")
    if (
        before is not None
        and before["standing"] == mark.standing
        and abs(before["offset"] - mark.offset) < _OFFSET_MATTERS
    ):
        return Changes()
    db.execute(
        "INSERT INTO clock_offsets (at, offset, standing) VALUES (?, ?, ?)",
        (as_text(mark.at), mark.offset, str(mark.standing)),
    )
    # A clock that was set after the last contact is off by something else now. What was counted on from the
    # records is a guess: kept as an offset, it would make a clock that was set right run ahead by as much.
    if mark.standing is not Standing.RECORDS and known_offset(db) is not None:
        db.execute("UPDATE device SET clock_offset = ?", (mark.offset,))
    return Changes()
