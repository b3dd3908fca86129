"""Writing a file so that it is either the old one or the new one, whatever happens to the power."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from registration.errors import MachineError


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Create a private folder and make its name durable; nothing happens where it exists."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


class Footing:
    """A folder or a file that has to stay what it is: a drive may be pulled out, a folder moved or replaced.

    What is open goes on being written then, to where nobody looks, while new files go elsewhere.
    """

    def __init__(self, path: Path) -> None:
        """Remember what is there now. OSError where nothing is."""
        self._path = path
        self._was = self._identity()

    def check(self) -> None:
        """Raise MachineError data_folder_gone where it is not there any more, or is another one."""
        try:
            if self._identity() == self._was:
                return
        except OSError:
            pass
        raise MachineError("data_folder_gone")

    def _identity(self) -> tuple[int, int]:
        found = self._path.stat()
        return found.st_dev, found.st_ino


def sweep_leftovers(folder: Path) -> int:
    """Remove what `write_file` of a killed program left in a folder, for whom nobody works any more."""
    gone = 0
    for path in folder.glob(".*.tmp"):
        with contextlib.suppress(OSError):
            path.unlink()
            gone += 1
    return gone


def write_file(path: Path, data: bytes) -> None:
    """Write beside, synchronise, rename, synchronise the folder. After an OSError nothing is left behind."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
