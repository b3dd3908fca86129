"""Puts the newest good database in the place of a damaged one, which is set aside and never deleted."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from registration.errors import MachineError, Problem
from storage import audit
from storage.database import Store
from storage.durable import make_folder, sync_folder, write_file
from storage.failures import of_database
from storage.giving_up_numbers import set_numbers_aside
from storage.log_check import look_at_log
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.repair_candidates import Candidate, Source, log_of, newest, of_backups
from storage.rows import scalar
from storage.second_copy_database import NAME, drop_log
from storage.values import Who

_log = logging.getLogger(__name__)

SET_ASIDE = "set-aside"
_FLAG = "damaged"
_WISH = "backup-wanted"
_READY = f"{NAME}.mended"
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Mended:
    """What was put in place. `last_at`: its last act on record; `whole`: nothing can be missing from it.

    `pages`: page files of later cases that it does not know; they lie in `aside` with the damaged database.
    """

    source: Source
    whole: bool
    last_at: datetime
    pages: int
    aside: Path

    @property
    def problem(self) -> Problem:
        """What a person has to hear of it."""
        if self.whole:
            return Problem("database_mended")
        at = f"{self.last_at.astimezone():%Y-%m-%d %H:%M}"
        return Problem("database_mended_part", params={"at": at, "pages": str(self.pages)})


def note_damage(data_dir: Path) -> None:
    """Remember that the database was found damaged: the next opening mends it."""
    try:
        write_file(data_dir / _FLAG, b"")
    except OSError as error:
        _log.warning("damage not noted: %s", type(error).__name__)


def needs_mending(data_dir: Path, copy: Path | None) -> bool:
    """Say whether the database is known to be damaged, or gone, before it is opened. OSError as it comes.

    A log that lost its end to damage is found here, for SQLite would take it for a shorter one.
    """
    file = data_dir / NAME
    if not file.exists() or file.stat().st_size == 0:
        return (data_dir / "pages").exists()  # without pages it is a first start that was cut short
    if (data_dir / _FLAG).exists():
        return True
    log = look_at_log(log_of(file))
    if log.damaged or copy is None:
        return log.damaged
    with contextlib.suppress(OSError):  # a drive that is not there says nothing
        there = look_at_log(log_of(copy / NAME))
        return there.head == log.head != b"" and there.frames > log.frames
    return False


def mend(data_dir: Path, key: bytes, pages: PageFiles, copy: Path | None, now: datetime) -> Mended | None:
    """Put the newest good database in place; slow. None where the one that is there turned out to be sound.

    Of a database that may lack something the numbers that are left are given up, so that none is given out
    twice; page files that it does not know are set aside. The program may be killed at any moment: then the
    next opening begins again. Raises MachineError database_damaged where nothing good is found (nothing
    changes then), disk_full, disk_read_only.
    """
    work = data_dir / ".mending"
    try:
        shutil.rmtree(work, ignore_errors=True)
        make_folder(work)
        best = newest(data_dir, key, copy, work)
        if best is None:
            raise MachineError("database_damaged")
        if best.source is Source.SAME and best.whole:
            (data_dir / _FLAG).unlink(missing_ok=True)
            return None
        return _put(data_dir, key, pages, best, now)
    except (dbapi2.Error, OSError) as error:
        raise of_database(error, data_dir) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def wish_back(data_dir: Path, backup: Path) -> None:
    """Have the next opening put a backup in the place of the database. OSError as it comes."""
    write_file(data_dir / _WISH, backup.name.encode())


def put_back(data_dir: Path, key: bytes, make_pages: Callable[[], PageFiles], now: datetime) -> Mended | None:
    """Put the backup in place that a person wished for; None where nobody did. As `mend` in all else.

    Raises MachineError backup_unsound where it is damaged or gone; then the wish is dropped, nothing changes.
    """
    work = data_dir / ".mending"
    try:
        try:
            name = (data_dir / _WISH).read_text()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        shutil.rmtree(work, ignore_errors=True)
        make_folder(work)
        found = of_backups([data_dir / "backups" / Path(name).name], key, work)
        if not found:
            (data_dir / _WISH).unlink()
            raise MachineError("backup_unsound")
        mended = _put(data_dir, key, make_pages(), found[0], now)
        (data_dir / _WISH).unlink()
        return mended
    except (dbapi2.Error, OSError) as error:
        raise of_database(error, data_dir) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _put(data_dir: Path, key: bytes, pages: PageFiles, best: Candidate, now: datetime) -> Mended:
    known = _prepare(best, key, now)
    aside = data_dir / SET_ASIDE / now.astimezone(UTC).strftime(_STAMP)
    strays = _set_aside(data_dir, pages, known, aside)
    best.file.replace(data_dir / _READY)
    sync_folder(data_dir)
    finish_mending(data_dir)
    _log.warning("database put in place from %s, whole: %s", best.source, best.whole)
    return Mended(best.source, best.whole, best.last_at, strays, aside)


def finish_mending(data_dir: Path) -> None:
    """Put in place what a program that was killed while mending had ready. OSError as it comes.

    What was there is set aside by then and the new one is whole, so each step may be done twice.
    """
    ready = data_dir / _READY
    if not ready.exists():
        return
    drop_log(data_dir / NAME)
    sync_folder(data_dir)
    ready.replace(data_dir / NAME)
    (data_dir / _FLAG).unlink(missing_ok=True)
    sync_folder(data_dir)


def _prepare(best: Candidate, key: bytes, now: datetime) -> set[str]:
    """Bring the candidate to this program's schema and write down what happened; return its digests."""
    store = Store.open(best.file, key, backups=best.file.parent)
    try:
        store.write(lambda db: _write_down(db, best, now)).result()
        return store.read(known_digests)
    finally:
        store.close()


def _write_down(db: Database, best: Candidate, now: datetime) -> None:
    given_up = 0 if best.whole else set_numbers_aside(db)
    who = Who("", "", scalar(db, "SELECT device_code FROM device") or "")
    details = {"source": best.source.value, "whole": best.whole, "numbers_given_up": given_up}
    audit.append(db, who, now, "database_mended", "device", details)


def _set_aside(data_dir: Path, pages: PageFiles, known: set[str], aside: Path) -> int:
    make_folder(aside)
    for name in (NAME, f"{NAME}-wal"):
        if (data_dir / name).exists() and not (aside / name).exists():
            _link(data_dir / name, aside / name)
    names = {pages.name_of(digest) for digest in known}
    strays = 0
    for path in list((data_dir / "pages").glob("??/*.page")):
        if path.stem not in names:
            shelf = aside / "pages" / path.parent.name
            make_folder(shelf)
            path.replace(shelf / path.name)
            strays += 1
    sync_folder(aside)
    return strays


def _link(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError:  # a file system without links
        shutil.copyfile(path, target)
