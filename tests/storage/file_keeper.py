"""A keeper of secrets in files: what a machine's keyring is to its vault, for tests."""

from __future__ import annotations

from pathlib import Path

from registration.errors import MachineError


class FileKeeper:
    """One machine's keyring; `silent` is one that answers no more, `forgetful` one that keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.silent, self.forgetful = folder, False, False
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, name: str) -> bytes | None:
        self._answer()
        path = self.folder / name
        return path.read_bytes() if path.exists() else None

    def put(self, name: str, secret: bytes) -> None:
        self._answer()
        if not self.forgetful:
            (self.folder / name).write_bytes(secret)

    def delete(self, name: str) -> None:
        self._answer()
        (self.folder / name).unlink(missing_ok=True)

    def _answer(self) -> None:
        if self.silent:
            raise MachineError("keyring_missing")
