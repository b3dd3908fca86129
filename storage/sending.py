"""What is on its way to the centre, item by item: what needs a person first, what is held last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.rights import Act
from storage import audit
from storage.rights import needs
from storage.rows import as_moment, as_text, rows, scalar
from storage.values import Who


class Standing(StrEnum):
    """Where an item stands, in the order of the list."""

    PARKED = "parked"  # waits for a person
    FAILED = "failed"  # its last try failed; tried again by itself
    WAITING = "waiting"  # its facts have not gone yet
    PAGES = "pages"  # the centre has the facts; pages or its acknowledgement are missing
    HELD = "held"  # the centre has sworn that it holds everything


@dataclass(frozen=True)
class SendingRow:
    """One event. Pages and bytes are of its application's page files; times are aware."""

    outbox_id: str
    application_id: str
    kind: str
    receipt_number: str
    standing: Standing
    attempts: int
    error_code: str
    error_zh: str
    error_en: str
    created_at: datetime
    changed_at: datetime
    next_try_at: datetime | None  # None where it waits for a person, or for nothing
    pages: int
    pages_held: int
    bytes: int
    bytes_held: int
    topic: str = ""  # of a fact around the cases


@dataclass(frozen=True)
class SendingCounts:
    """How many items stand where."""

    parked: int = 0
    failed: int = 0
    waiting: int = 0
    pages: int = 0
    held: int = 0

    @property
    def whole(self) -> int:
        return self.parked + self.failed + self.waiting + self.pages + self.held


# Word for word as the partial indexes have it, or they are not used, and every row is read to be counted.
_TRIED, _OPEN = "o.state IN ('waiting', 'sending')", "o.state NOT IN ('acknowledged', 'told')"
_WHERE = {
    Standing.PARKED: f"o.state = 'parked' AND {_OPEN}",
    Standing.FAILED: f"{_TRIED} AND (o.error_code <> '') = 1",
    Standing.WAITING: f"{_TRIED} AND (o.error_code <> '') = 0",
    Standing.PAGES: f"o.state = 'settled' AND {_OPEN}",
    Standing.HELD: "o.state = 'acknowledged'",
}
_COLUMNS = (
    "o.id, o.application_id, o.kind, o.attempts, o.error_code, o.error_zh, o.error_en, o.created_at,"
    " o.changed_at, o.next_try_at, coalesce(a.receipt_number, '') AS number,"
    " CASE o.kind WHEN 'fact_noted' THEN json_extract(o.body, '$.topic') ELSE '' END AS topic,"
    " (SELECT count(*) FROM page_needs n WHERE n.application_id = o.application_id) AS pages,"
    " (SELECT count(*) FROM page_needs n WHERE n.application_id = o.application_id AND n.held) AS pages_held,"
    " (SELECT coalesce(sum(n.size), 0) FROM page_needs n WHERE n.application_id = o.application_id) AS bytes,"
    " (SELECT coalesce(sum(n.size), 0) FROM page_needs n WHERE n.application_id = o.application_id"
    "   AND n.held) AS bytes_held"
)


def counts(db: Database) -> SendingCounts:
    """Count the items by where they stand; what the centre was merely told of counts nowhere."""
    found = {
        standing.value: scalar(db, f"SELECT count(*) FROM outbox o WHERE {where}")  # noqa: S608
        for standing, where in _WHERE.items()
    }
    return SendingCounts(**found)


def page(db: Database, offset: int, limit: int, totals: SendingCounts) -> list[SendingRow]:
    """Return rows `offset` to `offset + limit` of the list: by standing, the oldest first, held the newest.

    `totals` are counts of the same moment, by which a group is stepped over without being read.
    """
    found: list[SendingRow] = []
    for standing in Standing:
        size = getattr(totals, standing.value)
        if offset >= size:
            offset -= size
            continue
        found += _group(db, standing, offset, limit - len(found))
        offset = 0
        if len(found) >= limit:
            break
    return found


def _group(db: Database, standing: Standing, offset: int, limit: int) -> list[SendingRow]:
    order = "DESC" if standing is Standing.HELD else "ASC"
    # The page is chosen by the index alone; only its rows are read and counted.
    sql = (
        f"SELECT {_COLUMNS} FROM (SELECT seq FROM outbox o WHERE {_WHERE[standing]} ORDER BY o.seq {order}"  # noqa: S608
        " LIMIT :limit OFFSET :offset) p JOIN outbox o ON o.seq = p.seq LEFT JOIN applications a"
        f" ON a.id = o.application_id ORDER BY o.seq {order}"
    )
    return [_row(row, standing) for row in rows(db, sql, {"limit": limit, "offset": offset})]


def _row(row: Mapping[str, Any], standing: Standing) -> SendingRow:
    again = standing in (Standing.FAILED, Standing.WAITING)
    return SendingRow(
        outbox_id=row["id"],
        application_id=row["application_id"],
        kind=row["kind"],
        receipt_number=row["number"],
        standing=standing,
        attempts=row["attempts"],
        error_code=row["error_code"],
        error_zh=row["error_zh"],
        error_en=row["error_en"],
        created_at=as_moment(row["created_at"]),
        changed_at=as_moment(row["changed_at"]),
        next_try_at=as_moment(row["next_try_at"]) if again else None,
        pages=row["pages"],
        pages_held=row["pages_held"],
        bytes=row["bytes"],
        bytes_held=row["bytes_held"],
        topic=row["topic"],
    )


@needs(Act.SEND)
def retry_all(db: Database, who: Who, now: datetime) -> Changes:
    """Let everything that is parked or put off go at once; audited once, with how many."""
    changed = rows(
        db,
        "UPDATE outbox SET state = 'waiting', next_try_at = :now, changed_at = :now"
        " WHERE state NOT IN ('acknowledged', 'told')"
        " AND (state = 'parked' OR (state = 'waiting' AND error_code <> '')) RETURNING application_id",
        {"now": as_text(now)},
    )
    ids = frozenset(row["application_id"] for row in changed)
    if ids:
        audit.append(db, who, now, "events_retried", "device", {"cases": len(ids)})
    return Changes(applications=ids, outbox=bool(ids))
