"""One program per data folder: a lock that the kernel takes back when the program dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from registration.errors import MachineError
from storage.durable import make_folder, sweep_leftovers
from storage.failures import of_system


class InstanceLock:
    """Held from construction to `release`. Raises MachineError already_running.

    Who gets it sweeps what a killed program left half written: nobody else writes there.
    """

    def __init__(self, folder: Path) -> None:
        try:
            make_folder(folder)
            self._handle = os.open(folder / "instance.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise of_system(error) from error
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._handle)
            if isinstance(error, BlockingIOError):
                raise MachineError("already_running") from error
            raise of_system(error) from error
        sweep_leftovers(folder)

    def release(self) -> None:
        """Let another program have the folder. Safe to call twice."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
