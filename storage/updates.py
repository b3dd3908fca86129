"""Updates of the program: the backup made before one, and the way back to it."""

from __future__ import annotations

from pathlib import Path

from registration.errors import MachineError
from storage.backups import Backup, backups
from storage.failures import of_system
from storage.instance import InstanceLock
from storage.repair import wish_back


def before_update(data_dir: Path) -> Backup | None:
    """Return the newest backup that was made before an update's migration, or None."""
    return next((backup for backup in backups(data_dir / "backups") if backup.before), None)


def roll_back(data_dir: Path) -> Backup:
    """Have the next opening put back the database of before the last update; return its backup.

    Without a password: it is proved when the vault opens. Raises MachineError rollback_none, already_running,
    disk_full, disk_read_only.
    """
    lock = InstanceLock(data_dir)
    try:
        backup = before_update(data_dir)
        if backup is None:
            raise MachineError("rollback_none")
        wish_back(data_dir, backup.path)
        return backup
    except OSError as error:
        raise of_system(error) from error
    finally:
        lock.release()
