"""Proves by and by, while the window is open, that what is stored can still be read."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from registration.errors import MachineError, Problem
from storage.database import Store
from storage.durable import write_file
from storage.page_mending import mend_pages, page_folders, prove_pages
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.repair import note_damage
from storage.rows import as_moment, as_text

_log = logging.getLogger(__name__)

_NAME = "proved.json"
_DATABASE_EVERY = timedelta(days=1)
_BYTES_AT_ONCE = 256 << 20


@dataclass(frozen=True)
class Proved:
    """When the database was last read whole, and the name of the page file up to which pages were opened."""

    database_at: datetime | None = None
    pages_until: str = ""


def prove(
    store: Store,
    pages: PageFiles,
    data_dir: Path,
    copy: Path | None,
    now: datetime,
    most_bytes: int = _BYTES_AT_ONCE,
) -> Sequence[Problem]:
    """Read the database whole once a day, and the next `most_bytes` of pages; mend pages from the copy. Slow.

    Returns what a person has to hear. A damaged database is mended when the window opens the next time.
    Raises MachineError disk_full or disk_read_only.
    """
    before = last_proved(data_dir)
    database_at = before.database_at
    try:
        if database_at is None or not timedelta() <= now - database_at < _DATABASE_EVERY:
            store.check()
            database_at = now
        proved = prove_pages(pages, store.read(known_digests), before.pages_until, most_bytes)
        still_known = set(proved.bad) & store.read(known_digests) if proved.bad else set()
    except MachineError as error:
        if error.code != "database_damaged":
            raise
        note_damage(data_dir)  # what it says of pages is not believed before it is mended
        return [Problem("database_torn")]
    outcome = mend_pages(pages, sorted(still_known), page_folders(data_dir, copy))
    _log.info("pages put back: %d, lost: %d", outcome.mended, len(outcome.lost))
    _keep(data_dir, Proved(database_at, proved.until))
    return [Problem("page_damaged")] if outcome.lost else []


def last_proved(data_dir: Path) -> Proved:
    """Return how far the proofs have come; nothing where no record can be read."""
    try:
        content = json.loads((data_dir / _NAME).read_bytes())
        at = content["database_at"]
        return Proved(as_moment(at) if at else None, str(content["pages_until"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Proved()


def _keep(data_dir: Path, proved: Proved) -> None:
    at = as_text(proved.database_at) if proved.database_at else ""
    content = {"database_at": at, "pages_until": proved.pages_until}
    try:
        write_file(data_dir / _NAME, json.dumps(content).encode())
    except OSError as error:
        _log.warning("proof not noted: %s", type(error).__name__)
