"""The rows of captured pages: which papers an application has, in what order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from storage.rows import as_moment, one, rows, scalar
from storage.values import NewPage, StoredPage

_COLUMNS = (
    "id, application_id, item_code, ordinal, digest, size, original_digest, original_size, original_type,"
    " page_index, width, height, corners, rotation, page_found, findings, captured_at, kept, marked"
)
_SELECT = (
    f"SELECT {_COLUMNS}, coalesce(reading, '') AS reading, coalesce(confirmed, '{{}}') AS confirmed"  # noqa: S608
    " FROM pages LEFT JOIN page_readings ON page_id = id"
)


def pages_of(db: Database, application_id: str) -> list[StoredPage]:
    """Return an application's pages by checklist row and ordinal."""
    sql = f"{_SELECT} WHERE application_id = ? ORDER BY item_code, ordinal, seq"
    return [page_from_row(row) for row in rows(db, sql, (application_id,))]


def page(db: Database, page_id: str) -> StoredPage | None:
    row = one(db, f"{_SELECT} WHERE id = ?", (page_id,))
    return None if row is None else page_from_row(row)


def known_digests(db: Database) -> set[str]:
    """Return the digests of every page file that a row stands for, former pages and revisions among them.

    Without those that are on record as destroyed, unless a case that their certificate does not name needs
    one: the same file was taken in again since.
    """
    destroyed = dict(db.execute("SELECT digest, destruction FROM destroyed_files").fetchall())
    known: set[str] = set()
    needing: dict[str, set[str]] = {}
    attached = "SELECT json_extract(a.value, '$.digest') FROM facts f, json_each(f.attachments) a"
    known.update(digest for (digest,) in db.execute(attached).fetchall())
    for application_id, *digests in _digests(db):
        for digest in digests:
            if digest in destroyed:
                needing.setdefault(digest, set()).add(application_id)
            else:
                known.add(digest)
    certified: dict[int, set[str]] = {}
    for digest, applications in needing.items():
        if len(applications) == 1:
            continue  # the case that it was destroyed for, whose rows stay
        seq = destroyed[digest]
        if seq not in certified:
            cases = json.loads(scalar(db, "SELECT cases FROM destructions WHERE seq = ?", (seq,)))
            certified[seq] = {case["application_id"] for case in cases}
        if applications - certified[seq]:
            known.add(digest)
    return known


def corners_text(corners: tuple[tuple[float, float], ...]) -> str:
    return json.dumps([list(point) for point in corners])


def insert(db: Database, new: NewPage, captured_at: str) -> None:
    """Write a page's row and thumbnail, last in its checklist row."""
    db.execute(
        f"INSERT INTO pages ({_COLUMNS})"  # noqa: S608
        " SELECT :id, :application_id, :item_code, count(*) + 1, :digest, :size, :original_digest,"
        " :original_size, :original_type, :page_index, :width, :height, :corners, :rotation,"
        " :page_found, :findings, :captured_at, :kept, :marked FROM pages"
        " WHERE application_id = :application_id AND item_code = :item_code",
        {
            "id": new.id,
            "application_id": new.application_id,
            "item_code": new.item_code,
            "digest": new.digest,
            "size": new.size,
            "original_digest": new.original_digest,
            "original_size": new.original_size,
            "original_type": new.original_type,
            "page_index": new.page_index,
            "width": new.width,
            "height": new.height,
            "corners": corners_text(new.corners),
            "rotation": new.rotation % 360,
            "page_found": int(new.page_found),
            "findings": new.findings,
            "captured_at": captured_at,
            "kept": new.kept,
            "marked": int(new.marked),
        },
    )
    db.execute("INSERT INTO thumbnails VALUES (?, ?)", (new.id, new.thumbnail))
    if new.reading:
        put_reading(db, new.id, new.reading, captured_at, new.confirmed)


def put_reading(db: Database, page_id: str, reading: str, read_at: str, confirmed: str = "{}") -> None:
    """Keep what recognition said of a page, in place of what it said before."""
    db.execute(
        "INSERT OR REPLACE INTO page_readings (page_id, reading, confirmed, read_at) VALUES (?, ?, ?, ?)",
        (page_id, reading, confirmed, read_at),
    )


def order(db: Database, application_id: str, item_code: str) -> list[str]:
    """Return the ids of a checklist row's pages in their order."""
    sql = "SELECT id FROM pages WHERE application_id = ? AND item_code = ? ORDER BY ordinal, seq"
    return [row["id"] for row in rows(db, sql, (application_id, item_code))]


def renumber(db: Database, application_id: str, item_code: str, order: list[str]) -> None:
    """Give the pages of a checklist row the ordinals 1, 2, … in the order of their ids."""
    for ordinal, page_id in enumerate(order, start=1):
        db.execute(
            "UPDATE pages SET item_code = ?, ordinal = ? WHERE id = ? AND application_id = ?"
            " AND (item_code <> ? OR ordinal <> ?)",
            (item_code, ordinal, page_id, application_id, item_code, ordinal),
        )


def _digests(db: Database) -> Iterator[tuple[str, str, str]]:
    for table in ("pages", "former_pages", "revision_pages"):
        yield from db.execute(f"SELECT application_id, digest, original_digest FROM {table}")  # noqa: S608


def page_from_row(row: Mapping[str, Any]) -> StoredPage:
    """Return the page that a row with the columns of `pages`, `reading` and `confirmed` stands for."""
    return StoredPage(
        **{
            **row,
            "corners": tuple((float(x), float(y)) for x, y in json.loads(row["corners"])),
            "page_found": bool(row["page_found"]),
            "marked": bool(row["marked"]),
            "captured_at": as_moment(row["captured_at"]),
        }
    )
