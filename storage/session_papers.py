"""The papers of a session in numbers, and the receipts that nobody has in hand yet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from storage.rows import one, rows

_OF_SESSION = (
    " FROM receipts r JOIN applications a ON a.id = r.application_id AND a.receipt_number = r.number"
    " WHERE a.session_id = :session AND NOT EXISTS"
    " (SELECT 1 FROM voided_receipts v WHERE v.receipt_number = r.number)"
)
_PRINTED = "EXISTS (SELECT 1 FROM prints p WHERE p.receipt_number = r.number)"
_QUEUED = (
    "EXISTS (SELECT 1 FROM print_queue q WHERE q.receipt_number = r.number"
    " AND q.state IN ('waiting', 'sending', 'sent', 'failed', 'unknown'))"
)


@dataclass(frozen=True)
class IssuedReceipt:
    """One receipt of a session; `printed` where a queue has said so, `queued` where it is asked for."""

    number: str
    application_id: str
    printed: bool
    queued: bool


@dataclass(frozen=True)
class PaperFigures:
    """The receipts of a session that count, how many of them were printed, pages kept, receipts void."""

    receipts: int
    printed: int
    voided: int
    pages: int
    first_number: str
    last_number: str


def issued(db: Database, session_id: str) -> list[IssuedReceipt]:
    """Return the session's receipts that count, by number; superseded and void ones are left out."""
    sql = f"SELECT r.number, r.application_id, {_PRINTED} AS printed, {_QUEUED} AS queued"
    found = rows(db, sql + _OF_SESSION + " ORDER BY r.number", {"session": session_id})
    return [
        IssuedReceipt(row["number"], row["application_id"], bool(row["printed"]), bool(row["queued"]))
        for row in found
    ]


def figures(db: Database, session_id: str) -> PaperFigures:
    """Return the session's papers in numbers; all zero and empty for an unknown one."""
    row = one(
        db,
        f"SELECT count(*) AS receipts, coalesce(sum({_PRINTED}), 0) AS printed,"  # noqa: S608
        f" coalesce(min(r.number), '') AS first_number, coalesce(max(r.number), '') AS last_number,"
        f" (SELECT count(*) FROM voided_receipts v JOIN receipts o ON o.number = v.receipt_number"
        f"  JOIN applications b ON b.id = o.application_id WHERE b.session_id = :session) AS voided,"
        f" (SELECT count(*) FROM pages g JOIN applications c ON c.id = g.application_id"
        f"  WHERE c.session_id = :session AND c.receipt_number IS NOT NULL) AS pages" + _OF_SESSION,
        {"session": session_id},
    )
    assert row is not None
    return PaperFigures(**row)
