"""The check at each start: page files without a row are swept, rows without a file are reported."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from storage.database import Store
from storage.json_text import compact_json
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.rows import rows


@dataclass(frozen=True)
class MissingPage:
    """A page whose file is gone: an alarm, never a silence."""

    page_id: str
    application_id: str
    item_code: str
    digest: str


@dataclass(frozen=True)
class PageCheck:
    """What the check found: how many stray files went, which rows have no file."""

    swept: int
    missing: tuple[MissingPage, ...]


def check_pages(store: Store, pages: PageFiles) -> PageCheck:
    """Sweep stray page files and find rows without a file. Takes a while with many pages: run it beside.

    A page being captured meanwhile is safe: what this program has put is never swept.
    """
    known = store.read(known_digests)
    swept = pages.sweep(known)
    gone = pages.missing(known)

    def rows_of(db: Database) -> tuple[MissingPage, ...]:
        found = rows(
            db,
            "SELECT p.id AS page_id, p.application_id, p.item_code, j.value AS digest FROM json_each(?) j"
            " JOIN pages p ON j.value IN (p.digest, p.original_digest) ORDER BY p.seq",
            (compact_json(gone),),
        )
        return tuple(MissingPage(**row) for row in found)

    return PageCheck(swept, store.read(rows_of) if gone else ())
