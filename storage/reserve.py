"""A file that keeps some room free, given up when the disk is full so that the evening can be closed."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from storage.durable import sync_folder


class Reserve:
    """Holds `size` bytes of the disk at `path` from `keep` to `spend`."""

    def __init__(self, path: Path, size: int) -> None:
        self._path = path
        self._size = size

    def keep(self) -> bool:
        """Take the room; return whether it is held. Never raises for lack of room."""
        try:
            if self._path.exists() and self._path.stat().st_size >= self._size:
                return True
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.posix_fallocate(handle, 0, self._size)
                os.fsync(handle)
            finally:
                os.close(handle)
            sync_folder(self._path.parent)
        except OSError:
            self.spend()
            return False
        return True

    def spend(self) -> bool:
        """Give the room back; return whether there was any."""
        there = self._path.exists()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
            sync_folder(self._path.parent)
        return there
