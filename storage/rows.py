"""Reading rows as dictionaries and writing times as text that sorts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Params = Sequence[Any] | Mapping[str, Any]


def rows(db: Database, sql: str, params: Params = ()) -> Iterator[dict[str, Any]]:
    """Run a query and yield each row as a dictionary.

    `Database.query` of sqlite-utils is not used for it: each call opens a savepoint and looks for errors of
    the standard library's sqlite3, which SQLCipher's are not.
    """
    cursor = db.execute(sql, params if isinstance(params, Sequence) else dict(params))
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def one(db: Database, sql: str, params: Params = ()) -> dict[str, Any] | None:
    """Return the first row of a query, or None."""
    return next(rows(db, sql, params), None)


def scalar(db: Database, sql: str, params: Params = ()) -> Any:
    """Return the first column of the first row, or None where there is no row."""
    row = db.execute(sql, params if isinstance(params, Sequence) else dict(params)).fetchone()
    return None if row is None else row[0]


def as_text(moment: datetime) -> str:
    """Return an aware time as UTC text of fixed width, whose order is that of time. ValueError if naive."""
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def as_moment(text: str) -> datetime:
    """Inverse of `as_text`: an aware time in UTC."""
    return datetime.fromisoformat(text)


def maybe_moment(text: str | None) -> datetime | None:
    return None if text is None else as_moment(text)


def as_micros(moment: datetime) -> int:
    """Return an aware time in microseconds since the epoch, exactly. ValueError if naive."""
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """Inverse of `as_micros`: an aware time in UTC."""
    return _EPOCH + timedelta(microseconds=micros)


def maybe_from_micros(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)
