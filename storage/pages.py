"""Page files: content-addressed, sealed by the vault's suite, under names that only the key can make."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from registration.errors import MachineError
from storage.crypto import Broken, suite_of
from storage.crypto.suite import NONCE, TAG
from storage.durable import Footing, make_folder, sync_folder, write_file
from storage.failures import of_system

_MAGIC = b"JLPG"
_HEAD = len(_MAGIC) + 1  # and the number of the suite
_OVERHEAD = _HEAD + NONCE + TAG
_SUFFIX = ".page"


class PageFiles:
    """A folder of sealed pages. Thread-safe; knows nothing of the database.

    A file is magic, suite, nonce, ciphertext and tag; its digest and the header are authenticated with it,
    so that one page cannot stand in for another. Keys are 32 bytes each.
    """

    def __init__(
        self,
        folder: Path,
        page_key: bytes,
        name_key: bytes,
        *,
        started: float | None = None,
        suite: int = 1,
    ) -> None:
        """Open the folder, creating it where needed. `started`: when this program began, epoch seconds.

        `suite`: a number of storage.crypto.SUITES.
        """
        self._folder = folder
        self._suite, self._key = suite_of(suite), page_key
        self._magic = _MAGIC + bytes([suite])
        self._name_key = name_key
        self._started = time.time() if started is None else started
        self._lock = threading.Lock()
        self._ours: set[str] = set()  # names put by this program: never swept, whatever the clock says
        self._synced: set[Path] = set()
        try:
            make_folder(folder)
            self._footing = Footing(folder)
        except OSError as error:
            raise of_system(error) from error

    def put(self, data: bytes) -> str:
        """Seal and store `data`; return its SHA-256 hex once file and name are durable.

        Idempotent: a page that is there whole is left alone, a damaged file of it is written anew.
        Raises MachineError disk_full, disk_read_only or data_folder_gone; then nothing is left behind.
        """
        if not data:
            raise ValueError("a page has bytes")
        self._footing.check()
        digest = hashlib.sha256(data).hexdigest()
        name = self._name(digest)
        path = self._path(name)
        with self._lock:  # before looking: a sweep running beside must not take the file found here
            self._ours.add(name)
        try:
            if self._is_whole(path, digest, len(data)):
                sync_folder(path.parent)  # the program that wrote it may have died before it did
                return digest
            self._make_shelf(path.parent)
            nonce = secrets.token_bytes(NONCE)
            sealed = self._suite.seal(self._key, nonce, data, self._magic + bytes.fromhex(digest))
            write_file(path, self._magic + nonce + sealed)
        except OSError as error:
            raise of_system(error) from error
        return digest

    def get(self, digest: str) -> bytes:
        """Return a page's bytes. Raises MachineError page_missing or page_damaged; never other bytes."""
        try:
            sealed = self._path(self._name(digest)).read_bytes()
        except FileNotFoundError:
            self._footing.check()
            raise MachineError("page_missing") from None
        except OSError as error:
            raise MachineError("page_damaged") from error
        return self.unseal(sealed, digest)

    def has(self, digest: str) -> bool:
        """Say whether there is a file of this page (not whether it is whole)."""
        return self._path(self._name(digest)).is_file()

    def delete(self, digest: str) -> None:
        """Remove a page's file; nothing happens where there is none."""
        path = self._path(self._name(digest))
        try:
            with self._lock:
                path.unlink(missing_ok=True)
            if path.parent.is_dir():
                sync_folder(path.parent)
        except OSError as error:
            raise of_system(error) from error

    def names(self) -> Iterator[str]:
        """Yield the keyed names (64 hex) of all page files."""
        for path in self._folder.glob(f"??/*{_SUFFIX}"):
            yield path.name.removesuffix(_SUFFIX)

    def name_of(self, digest: str) -> str:
        """Return the keyed name (64 hex) of a page's file."""
        return self._name(digest)

    def path_of(self, digest: str) -> Path:
        """Return where a page's sealed file is, or would be."""
        return self._path(self._name(digest))

    def sweep(self, known: set[str]) -> int:
        """Remove what no row knows: files of other digests, and half-written ones; return how many.

        Only files from before this program began go; one that this program put stays.
        """
        names = {self._name(digest) for digest in known}
        gone = 0
        for path in [*self._folder.glob(f"??/*{_SUFFIX}"), *self._folder.glob("??/.*.tmp")]:
            name = path.name.removesuffix(_SUFFIX)
            with self._lock, contextlib.suppress(FileNotFoundError):
                if name in names or name in self._ours or path.stat().st_mtime >= self._started:
                    continue
                path.unlink()
                gone += 1
        return gone

    def missing(self, known: Iterable[str]) -> list[str]:
        """Return the digests that have no file. MachineError data_folder_gone where there is no folder."""
        self._footing.check()
        return [digest for digest in known if not self.has(digest)]

    def _name(self, digest: str) -> str:
        return self._suite.keyed_digest(self._name_key, bytes.fromhex(digest)).hex()

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / f"{name}{_SUFFIX}"

    def _make_shelf(self, shelf: Path) -> None:
        if shelf not in self._synced:
            make_folder(shelf)
            sync_folder(self._folder)
            self._synced.add(shelf)

    def _is_whole(self, path: Path, digest: str, size: int) -> bool:
        try:
            if path.stat().st_size != size + _OVERHEAD:
                return False
            self.unseal(path.read_bytes(), digest)
        except (FileNotFoundError, MachineError):
            return False
        return True

    def unseal(self, sealed: bytes, digest: str) -> bytes:
        """Return the page in the bytes of a sealed file. Raises MachineError page_damaged."""
        if len(sealed) <= _OVERHEAD or not sealed.startswith(self._magic):
            raise MachineError("page_damaged")
        nonce, body = sealed[_HEAD : _HEAD + NONCE], sealed[_HEAD + NONCE :]
        try:
            data = self._suite.unseal(self._key, nonce, body, self._magic + bytes.fromhex(digest))
        except Broken:
            raise MachineError("page_damaged") from None
        return data
