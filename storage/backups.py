"""Rolling backups of the database beside it: whole encrypted files, many of today, few of last month."""

from __future__ import annotations

import logging
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlcipher3 import dbapi2

from storage.database import Store
from storage.durable import make_folder, sync_folder
from storage.failures import of_database
from storage.second_copy_database import NAME, DatabaseCopy, fold_log

_log = logging.getLogger(__name__)

MOST_BYTES = 2 << 30
_ROOM_LEFT = 512 << 20  # a backup never takes the last room on the disk
_STAMP = "%Y%m%dT%H%M%SZ"
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True)
class Backup:
    """One backup. `before`: the update's last migration, before which it was made; "" for a rolling one."""

    path: Path
    at: datetime
    bytes: int
    before: str = ""


def make_backup(store: Store, folder: Path, now: datetime, *, most_bytes: int = MOST_BYTES) -> Backup | None:
    """Copy the database of this moment to `folder` and let older ones go; slow, for a background thread.

    Return it, or None where the disk has no room to spare for it. Raises MachineError.
    """
    making = folder / ".making"
    try:
        make_folder(making)
        size = store.path.stat().st_size
        if shutil.disk_usage(folder).free < 2 * size + _ROOM_LEFT:
            _log.warning("no room for a backup")
            prune(folder, now, most_bytes=0)
            return None
        with store.log.still():
            mark = store.log.mark(lambda _: 0)
            DatabaseCopy(store, making, folds=False).bring_up(mark, lambda _: True)
        fold_log(store, making / NAME)
        path = folder / f"rolling-{now.astimezone(UTC).strftime(_STAMP)}.db"
        with (making / NAME).open("rb+") as file:
            os.fsync(file.fileno())
        (making / NAME).replace(path)
        sync_folder(folder)
        prune(folder, now, most_bytes=most_bytes)
    except (dbapi2.Error, OSError) as error:
        raise of_database(error, folder) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Backup(path, now, path.stat().st_size)


def backups(folder: Path) -> tuple[Backup, ...]:
    """Return the backups that are there, the newest first; those made before an update among them."""
    found = []
    for path in folder.glob("*.db"):
        kind, _, rest = path.stem.partition("-")
        try:
            state = path.stat()
            if kind == "rolling":
                at = datetime.strptime(rest, _STAMP).replace(tzinfo=UTC)
                found.append(Backup(path, at, state.st_size))
            elif kind == "before":
                at = datetime.fromtimestamp(state.st_mtime, UTC)
                found.append(Backup(path, at, state.st_size, before=rest))
        except (OSError, ValueError):
            continue  # not ours, or gone meanwhile
    return tuple(sorted(found, key=lambda backup: backup.at, reverse=True))


def prune(folder: Path, now: datetime, *, most_bytes: int = MOST_BYTES) -> None:
    """Keep all of a day, one of each day for a week, one of each week for four; then the newest that fit.

    The newest stays in any case, and so do those made before an update for four weeks. OSError as it comes.
    """
    kept: set[tuple[str, int]] = set()
    room, first = most_bytes, True
    for backup in backups(folder):
        age = now - backup.at
        shelf = ("all", round(backup.at.timestamp()))
        if age > _DAY:
            shelf = ("day", backup.at.toordinal()) if age <= _WEEK else ("week", backup.at.toordinal() // 7)
        stays = age <= 4 * _WEEK and shelf not in kept
        if backup.before:
            stays = age <= 4 * _WEEK
        else:
            stays = first or (stays and backup.bytes <= room)
            first = False
        if stays:
            if not backup.before:
                kept.add(shelf)
            room -= backup.bytes
        else:
            backup.path.unlink(missing_ok=True)
    sync_folder(folder)
