"""The database's part of a second copy: its file once, and from then on only what its log gained."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from registration.errors import MachineError
from storage.connections import LOG_FRAMES
from storage.database import Store
from storage.durable import sync_folder
from storage.log import HEAD, LogMark

GoOn = Callable[[int], bool]  # bytes written; False stops

NAME = "jilai.db"
_BLOCK = 4 << 20


class CopyStoppedError(Exception):
    """Somebody asked to stop; what is there stays good."""


class LogMovedError(Exception):
    """The log began anew while it was being read: mark it again."""


class DatabaseCopy:
    """A copy of the file and its log, byte by byte, so that it opens like the original and with its key.

    Within one generation of the log only its new frames travel. When the log begins anew, the copy folds its
    own, which makes its file equal to the original's again; where it is not known to be equal, both are read
    and compared, and only a file that differs travels whole. One thread at a time.
    """

    def __init__(self, store: Store, folder: Path, *, folds: bool = True) -> None:
        """`folds`: it is the one follower, by whom the log is folded."""
        self._store, self._folder, self._folds = store, folder, folds
        self._file, self._log = folder / NAME, folder / f"{NAME}-wal"
        self._head: bytes | None = None  # of the generation that the copy is in, as far as this program knows
        self._turns = store.log.turns
        self._end = 0  # bytes of the log that this program put there

    def bring_up(self, mark: LogMark, go_on: GoOn) -> int:
        """Make the copy that of `mark`, whole and durable; return the bytes written.

        Raises LogMovedError, CopyStoppedError, OSError, sqlcipher3's errors. The log has to be followed.
        """
        written = 0
        if mark.head != self._head or not self._file.exists():
            written += self._begin_generation(mark, go_on)
        if mark.end > self._end:
            written += self._append(mark)
        if self._folds and mark.frames >= LOG_FRAMES:
            self._store.log.fold(mark)
        return written

    def _begin_generation(self, mark: LogMark, go_on: GoOn) -> int:
        written = 0
        same = self._log.exists() and _head_of(self._log) == mark.head != b""
        if not same:  # a log of this same generation: its frames are written over with themselves
            turns = self._store.log.turns
            follows = turns == self._turns and self._head is not None and _successor(self._head, mark.head)
            fold_log(self._store, self._file)
            if not (follows and self._file.exists()):
                with self._store.log.still():
                    if mark.head and self._store.log.head() != mark.head:
                        raise LogMovedError
                    self._turns = turns
                    if not _equal(self._store.path, self._file):
                        written = self._copy_file(go_on)
        self._head, self._end = mark.head, 0
        return written

    def _copy_file(self, go_on: GoOn) -> int:
        if self._file.exists() and self._store.read(_torn):
            raise MachineError("database_torn")  # the copy may be the only good one: it stays as it is
        arriving = self._folder / f"{NAME}.arriving"
        written = 0
        try:
            handle = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as target, self._store.path.open("rb") as source:
                while block := source.read(_BLOCK):
                    target.write(block)
                    written += len(block)
                    if not go_on(len(block)):
                        raise CopyStoppedError
                target.flush()
                os.fsync(target.fileno())
        except BaseException:
            with contextlib.suppress(OSError):
                arriving.unlink(missing_ok=True)
            raise
        drop_log(self._file)
        sync_folder(self._folder)
        arriving.replace(self._file)
        sync_folder(self._folder)
        return written

    def _append(self, mark: LogMark) -> int:
        source_path = self._store.log.path
        with source_path.open("rb") as source:
            if source.read(HEAD) != mark.head:
                raise LogMovedError
            source.seek(self._end)
            gained = source.read(mark.end - self._end)
        if self._store.log.head() != mark.head or len(gained) != mark.end - self._end:
            raise LogMovedError
        new = not self._log.exists()
        handle = os.open(self._log, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b", buffering=0) as target:
            target.seek(self._end)
            target.write(gained)
            os.fsync(target.fileno())
        if new:
            sync_folder(self._folder)
        self._end = mark.end
        return len(gained)


def fold_log(store: Store, file: Path) -> None:
    """Fold the log beside a copied file into it; what cannot be opened any more is left for the comparison.

    SQLite itself does it, so a power cut in the middle costs nothing. OSError as it comes.
    """
    if not file.exists() or not file.with_name(f"{file.name}-wal").exists():
        return
    try:
        db = store.open_copy(file)
        try:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            db.close()
    except Exception as error:
        if isinstance(error, OSError):
            raise
    drop_log(file)
    sync_folder(file.parent)


def drop_log(file: Path) -> None:
    """Take away what lies beside a database file and belongs to one that is no more."""
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{file}{suffix}")  # noqa: PTH108


def _torn(db: Database) -> bool:
    return bool(db.execute("PRAGMA cipher_integrity_check").fetchall())


def _head_of(log: Path) -> bytes:
    with log.open("rb") as file:
        return file.read(HEAD)


def _successor(before: bytes, after: bytes) -> bool:
    """Say whether one log's head is that of the log which began right after the other was folded in."""
    if len(before) != HEAD or len(after) != HEAD:
        return False
    first, second = (int.from_bytes(head[16:20], "big") for head in (before, after))
    return second == (first + 1) % (1 << 32)


def _equal(one: Path, other: Path) -> bool:
    try:
        if one.stat().st_size != other.stat().st_size:
            return False
        with one.open("rb") as a, other.open("rb") as b:
            while True:
                left, right = a.read(_BLOCK), b.read(_BLOCK)
                if left != right:
                    return False
                if not left:
                    return True
    except FileNotFoundError:
        return False
