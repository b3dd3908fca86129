"""Where failures of SQLCipher and of the operating system become failures that have words."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from sqlcipher3 import dbapi2

from registration.errors import InputError, JilaiError, MachineError

_LITTLE_ROOM = 1 << 20  # an I/O error on a disk with less than this left is a full disk

_CODES = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_READONLY": "disk_read_only",
    "SQLITE_CANTOPEN": "disk_read_only",
    "SQLITE_BUSY": "database_busy",
    "SQLITE_LOCKED": "database_busy",
    "SQLITE_CORRUPT": "database_damaged",
    "SQLITE_NOTADB": "database_damaged",
    "SQLITE_IOERR": "database_damaged",
}

# The backup call of sqlcipher3 raises with SQLite's message alone.
_NAMES = {
    "database or disk is full": "SQLITE_FULL",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "database is locked": "SQLITE_BUSY",
    "database table is locked": "SQLITE_LOCKED",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
    "disk I/O error": "SQLITE_IOERR",
}


def of_database(error: Exception, folder: Path) -> Exception:
    """Return the failure with words for a SQLCipher error, or `error` itself where it is our bug.

    A trigger that refuses a change of a frozen fact becomes InputError "frozen".
    """
    if isinstance(error, JilaiError) or not isinstance(error, dbapi2.Error):
        return of_system(error) if isinstance(error, OSError) else error
    if isinstance(error, dbapi2.IntegrityError) and str(error).startswith("frozen"):
        return InputError("frozen")
    name = getattr(error, "sqlite_errorname", None) or _NAMES.get(str(error), "")
    code = next((code for prefix, code in _CODES.items() if name.startswith(prefix)), None)
    if code is None:
        return error
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")) and _little_room(folder):
        code = "disk_full"
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")) and not folder.is_dir():
        code = "data_folder_gone"
    return MachineError(code)


def of_system(error: OSError) -> Exception:
    """Return the failure with words for an error of the file system, or `error` itself."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return MachineError("disk_full")
    if error.errno in (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN):
        return MachineError("data_folder_gone")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return MachineError("disk_read_only")
    return error


def _little_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE_ROOM
    except OSError:
        return False
