"""The second copy: encrypted database, sealed pages and vault in another folder, ready to open there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import MachineError
from storage.database import Store
from storage.durable import make_folder, sync_folder, write_file
from storage.failures import of_system
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.rows import as_text, rows, scalar

_VAULT_FILES = ("vault.json", "vault.json.copy", "trust.json")


@dataclass(frozen=True)
class CopyReport:
    """What one run did: page files and bytes copied now, pages that had no file to copy."""

    pages: int
    bytes: int
    missing: int


def make_second_copy(
    store: Store, pages: PageFiles, data_dir: Path, folder: Path, now: datetime
) -> CopyReport:
    """Bring the copy in `folder` up to this moment; the second lamp of what it covers turns on.

    The copied database takes its place only after every page that it names is there, so the folder opens at
    any moment, also when a run is cut short. It is laid out like a data folder. Blocks: run it beside.
    Raises MachineError disk_full, disk_read_only, or what the database says; ValueError for the data folder
    itself.
    """
    if folder.resolve() == data_dir.resolve():
        raise ValueError("the second copy needs a folder of its own")
    through = store.read(lambda db: int(scalar(db, "SELECT coalesce(max(seq), 0) FROM outbox")))
    try:
        make_folder(folder)
        arriving = folder / "jilai.db.arriving"
        store.copy_to(arriving)
        report = _copy_pages(pages, store.read(known_digests), folder / "pages")
        for name in _VAULT_FILES:
            with contextlib.suppress(FileNotFoundError):
                write_file(folder / name, (data_dir / name).read_bytes())
        _drop_log(folder)
        arriving.replace(folder / "jilai.db")
        sync_folder(folder)
    except OSError as error:
        raise of_system(error) from error
    if report.missing:
        raise MachineError("page_missing")
    store.write(lambda db: _record(db, now, folder, through, report)).result()
    return report


def last_copy_at(db: Database) -> str | None:
    """Return when the last whole second copy was made, as UTC text, or None."""
    found: str | None = scalar(db, "SELECT max(finished_at) FROM second_copies")
    return found


def _copy_pages(pages: PageFiles, known: set[str], folder: Path) -> CopyReport:
    make_folder(folder)
    there = {path.name: path.stat().st_size for path in folder.glob("??/*.page")}
    copied = size = missing = 0
    for source in (pages.path_of(digest) for digest in sorted(known)):
        try:
            if there.get(source.name) == source.stat().st_size:
                continue
            sealed = source.read_bytes()
        except FileNotFoundError:
            missing += 1
            continue
        make_folder(folder / source.parent.name)
        write_file(folder / source.parent.name / source.name, sealed)
        copied, size = copied + 1, size + len(sealed)
    return CopyReport(copied, size, missing)


def _drop_log(folder: Path) -> None:
    """A log left by someone who opened the copy belongs to the database that is being replaced."""
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(folder / f"jilai.db{suffix}")  # noqa: PTH108


def _record(db: Database, now: datetime, folder: Path, through: int, report: CopyReport) -> Changes:
    before = scalar(db, "SELECT coalesce(max(outbox_through), 0) FROM second_copies")
    db.execute(
        "INSERT INTO second_copies (finished_at, folder, outbox_through, pages, bytes)"
        " VALUES (?, ?, ?, ?, ?)",
        (as_text(now), str(folder), through, report.pages, report.bytes),
    )
    return Changes(applications=frozenset(_between(db, before, through)))


def _between(db: Database, after: int, through: int) -> Iterator[str]:
    sql = "SELECT application_id FROM outbox WHERE seq > ? AND seq <= ?"
    for row in rows(db, sql, (after, through)):
        yield row["application_id"]
