"""Finds the newest good database among the damaged one, its second copy and its backups."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlcipher3 import dbapi2

from registration.errors import JilaiError
from storage import audit
from storage.backups import backups
from storage.connections import connect
from storage.database import Store
from storage.durable import make_folder
from storage.log_check import LogState, look_at_log
from storage.rows import as_moment, one
from storage.second_copy_database import NAME

_PAGE = 4096  # bytes, SQLCipher's own
_MOST_PAGES = 256  # damaged ones, beyond which no page-by-page comparison is made


class Source(StrEnum):
    """Where a good database came from."""

    SAME = "same"  # the damaged one itself: what could be read of it
    SECOND_COPY = "second_copy"
    BACKUP = "backup"


@dataclass(frozen=True)
class Candidate:
    """A database that was read whole: one file without a log. `whole`: nothing can be missing from it.

    `seq` and `last_at` are those of the last act in its audit chain.
    """

    source: Source
    file: Path
    whole: bool
    seq: int
    last_at: datetime


def log_of(file: Path) -> Path:
    """Return where the log of a database file is, or would be."""
    return file.with_name(f"{file.name}-wal")


def newest(data_dir: Path, key: bytes, copy: Path | None, work: Path) -> Candidate | None:
    """Return the newest good database, put together in the folder `work`; None where there is none.

    OSError of this disk as it comes; a copy that cannot be read is passed over.
    """
    near = [*_here(data_dir / NAME, copy, key, work)]
    if copy is not None:
        near += _on_the_copy(data_dir / NAME, copy / NAME, key, work)
    rolling = backups(data_dir / "backups")
    near += of_backups([backup.path for backup in rolling[:1]], key, work)
    if not near:
        near += of_backups([backup.path for backup in rolling[1:]], key, work)
    return max(near, key=lambda candidate: (candidate.seq, candidate.whole), default=None)


def _here(file: Path, copy: Path | None, key: bytes, work: Path) -> Iterator[Candidate]:
    log = look_at_log(log_of(file))
    there = _look_there(copy)
    behind = there.head == log.head != b"" and there.frames > log.frames
    yield from _tried(Source.SAME, file, log_of(file), key, work / "here", not (log.damaged or behind))


def _on_the_copy(file: Path, copied: Path, key: bytes, work: Path) -> Iterator[Candidate]:
    here, there = look_at_log(log_of(file)), _look_there(copied.parent)
    if here.head and there.head == here.head:
        # The same file under the same log: whichever log is longer has all that the other has.
        longer = log_of(file) if here.frames >= there.frames else log_of(copied)
        whole = not here.damaged
        yield from _tried(Source.SECOND_COPY, copied, longer, key, work / "under", whole)
        return
    for found in _tried(Source.SECOND_COPY, copied, log_of(copied), key, work / "copy", whole=False):
        # Ended in good order, the damaged one has no log: then both files are the same but for the damage.
        equal = not here.damaged and not here.head and _differ_in_damage_alone(file, found.file, key, work)
        yield replace(found, whole=equal)


def of_backups(files: list[Path], key: bytes, work: Path) -> list[Candidate]:
    """Return the first of these files that is good, as a list of one, or an empty list."""
    for number, file in enumerate(files):
        found = list(_tried(Source.BACKUP, file, None, key, work / f"backup-{number}", whole=False))
        if found:
            return found
    return []


def _look_there(copy: Path | None) -> LogState:
    try:
        return look_at_log(log_of(copy / NAME)) if copy else LogState(b"", 0, damaged=False)
    except OSError:
        return LogState(b"", 0, damaged=False)


def _tried(
    source: Source, file: Path, log: Path | None, key: bytes, place: Path, whole: bool
) -> Iterator[Candidate]:
    """Put a file and a log together in `place`, fold and read it whole; nothing where it is not good."""
    make_folder(place)
    target = place / NAME
    try:
        shutil.copyfile(file, target)
        if log is not None and log.exists():
            shutil.copyfile(log, log_of(target))
        db = connect(target, key, alone=True)
        try:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            torn = db.execute("PRAGMA cipher_integrity_check").fetchall()
            if torn or db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                return
        finally:
            db.close()
        store = Store.open(target, key, backups=place)  # brings an older one to this program's schema
        try:
            head = store.read(lambda db: one(db, "SELECT seq, at FROM audit ORDER BY seq DESC LIMIT 1"))
            if head is None or store.read(audit.verify) is not None:
                return
        finally:
            store.close()
    except (dbapi2.Error, JilaiError):
        return
    except OSError:
        if source is Source.SECOND_COPY:
            return  # its drive is not there, or cannot be read
        if not file.exists():
            return
        raise
    yield Candidate(source, target, whole, head["seq"], as_moment(head["at"]))


def _differ_in_damage_alone(file: Path, good: Path, key: bytes, work: Path) -> bool:
    """Say whether each page in which a file differs from a good one fails its own seal."""
    if not file.exists() or file.stat().st_size != good.stat().st_size:
        return False
    mixed = work / "mixed.db"
    shutil.copyfile(good, mixed)
    differing = []
    with file.open("rb") as here, good.open("rb") as there, mixed.open("r+b") as mix:
        for number in range(good.stat().st_size // _PAGE):
            ours, theirs = here.read(_PAGE), there.read(_PAGE)
            if ours == theirs:
                continue
            differing.append(number)
            if len(differing) > _MOST_PAGES:
                return False
            if number:  # the first one is tried by itself: without it nothing opens
                mix.seek(number * _PAGE)
                mix.write(ours)
    if 0 in differing and _opens_with_page_one_of(file, mixed, key, work):
        return False
    db = connect(mixed, key, alone=True)
    try:
        torn = db.execute("PRAGMA cipher_integrity_check").fetchall()
    finally:
        db.close()
    return len(torn) == len([number for number in differing if number])


def _opens_with_page_one_of(file: Path, mixed: Path, key: bytes, work: Path) -> bool:
    tried = work / "first.db"
    shutil.copyfile(mixed, tried)
    with file.open("rb") as here, tried.open("r+b") as target:
        target.write(here.read(_PAGE))
    try:
        connect(tried, key, alone=True).close()
    except dbapi2.Error:
        return False
    return True
