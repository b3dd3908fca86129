"""Page bytes: every offset that is reported has been synced first, and whole pages lie on this disk."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sync.contract import Digest

_READ = 1 << 20


@dataclass(frozen=True)
class Held:
    """A file that is whole: its name is the SHA-256 of its bytes."""

    digest: Digest
    size: int


class LockedElsewhereError(Exception):
    """Another upload of the same digest is under way."""


class Part:
    """A page that is still arriving, locked for one writer. Not thread-safe."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle
        self.offset = os.fstat(handle).st_size

    def append(self, data: bytes) -> None:
        """Write behind the last byte. OSError (disk full) leaves the offset where it was."""
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._handle, view) :]
        except OSError:
            self.cut(self.offset)
            raise
        self.offset += len(data)

    def cut(self, offset: int) -> None:
        """Forget everything from `offset` on."""
        os.ftruncate(self._handle, offset)
        os.lseek(self._handle, 0, os.SEEK_END)
        self.offset = offset

    def sync(self) -> None:
        """Return when the bytes so far are on the disk."""
        os.fsync(self._handle)

    def digest(self) -> Digest:
        """Return the SHA-256 of the bytes so far, read back from the file."""
        return digest_of(self._path)


class PagesUnreachableError(Exception):
    """The store of whole pages does not answer; nothing is lost, trying again later may work."""


class PageStore(Protocol):
    """Where pages arrive and where they stay. All may block; once `finish` returns nothing is lost."""

    def offset(self, digest: Digest) -> int | None: ...

    def begin(self, digest: Digest) -> int: ...

    def writing(self, digest: Digest) -> AbstractContextManager[Part]: ...

    def finish(self, digest: Digest) -> None: ...

    def has(self, digest: Digest, size: int) -> bool: ...

    def verify(self, digest: Digest) -> bool: ...

    def read(self, digest: Digest) -> bytes: ...

    def whole(self, prefix: str) -> Iterator[Held]: ...


class Incoming:
    """The folder of pages that are arriving, one file each; several processes share it by file locks."""

    def __init__(self, folder: Path) -> None:
        self._incoming = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sync_folder(folder.parent)

    def offset(self, digest: Digest) -> int | None:
        """Return how many bytes of an arriving page are on the disk, None where none was begun."""
        try:
            handle = os.open(self._incoming / digest, os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            os.fsync(handle)
            return os.fstat(handle).st_size
        finally:
            os.close(handle)

    def begin(self, digest: Digest) -> int:
        """Make the file of an arriving page durable and return its offset."""
        handle = os.open(self._incoming / digest, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.fsync(handle)
            size = os.fstat(handle).st_size
        finally:
            os.close(handle)
        sync_folder(self._incoming)
        return size

    @contextmanager
    def writing(self, digest: Digest) -> Iterator[Part]:
        """Lock an arriving page. Raises LockedElsewhereError, FileNotFoundError where none was begun."""
        handle = os.open(self._incoming / digest, os.O_WRONLY | os.O_APPEND)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LockedElsewhereError from None
            yield Part(self._incoming / digest, handle)
        finally:
            os.close(handle)


class PageFiles(Incoming):
    """Pages on this disk: whole ones in pages/ab/<digest>, arriving ones in pages/incoming/<digest>."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().__init__(folder / "incoming")
        self._folder = folder

    def path(self, digest: Digest) -> Path:
        """Return where a whole page lies (or would)."""
        return self._folder / digest[:2] / digest

    def has(self, digest: Digest, size: int) -> bool:
        """Say whether the whole file is there with its size."""
        try:
            return self.path(digest).stat().st_size == size
        except FileNotFoundError:
            return False

    def finish(self, digest: Digest) -> None:
        """Give a verified and synced page its final name, durably."""
        target = self.path(digest)
        if not target.parent.exists():
            target.parent.mkdir(exist_ok=True, mode=0o700)
            sync_folder(self._folder)
        (self._incoming / digest).rename(target)
        sync_folder(target.parent)
        sync_folder(self._incoming)

    def read(self, digest: Digest) -> bytes:
        """Return a whole page's bytes. FileNotFoundError where there is none."""
        return self.path(digest).read_bytes()

    def verify(self, digest: Digest) -> bool:
        """Read a whole page back and say whether it is what its name promises."""
        try:
            return digest_of(self.path(digest)) == digest
        except FileNotFoundError:
            return False

    def whole(self, prefix: str) -> Iterator[Held]:
        """Yield every whole file whose digest begins with these two letters, without reading it."""
        folder = self._folder / prefix
        if folder.is_dir():
            for entry in os.scandir(folder):
                if len(entry.name) == 64:
                    yield Held(entry.name, entry.stat().st_size)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(path: Path) -> Digest:
    """Return the SHA-256 of a file's bytes, read back."""
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_READ):
            hashed.update(chunk)
    return hashed.hexdigest()
