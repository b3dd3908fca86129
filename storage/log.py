"""The log beside the database (SQLite's WAL): how long it is, when it is folded in, who follows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from storage.connections import LOG_FRAMES

T = TypeVar("T")

HEAD = 32  # bytes before the first frame
FRAME_HEAD = 24


class BetweenWrites(Protocol):
    """Runs a function on the writing connection while no transaction is under way."""

    def __call__(self, fn: Callable[[Database], T]) -> T: ...


@dataclass(frozen=True)
class LogMark:
    """Where the log stood between two transactions: its whole frames, and its head, b"" without frames.

    `told` is what was read from the database at that same moment. A head stands for one generation: the log
    begins anew, under another head, once it was folded in whole.
    """

    frames: int
    head: bytes
    told: int

    @property
    def end(self) -> int:
        """Bytes of the log up to this mark."""
        return end_of(self.head, self.frames)


def end_of(head: bytes, frames: int) -> int:
    """Return how many bytes a log of `frames` whole frames has."""
    return HEAD + frames * (FRAME_HEAD + int.from_bytes(head[8:12], "big")) if frames else 0


class Log:
    """While somebody follows, the log is folded into the file by `fold` and `fold_all`; else by SQLite too.

    Within one generation the file beside it stays as it is and committed frames never change: so a copy of
    the file and a copy of the log's beginning are, together, the database of a moment.
    """

    def __init__(self, path: Path, between_writes: BetweenWrites) -> None:
        self.path = path
        self._between_writes = between_writes
        self.turns = 0  # how often it was folded whoever followed: then a follower's file may be another
        self._followers = 0
        self._still = threading.RLock()

    def follow(self) -> None:
        """From now on only `fold` folds; every `follow` needs its `leave`. Raises MachineError."""
        with self._still:
            self._followers += 1
            self._between_writes(_by_hand)

    def leave(self) -> None:
        """End one `follow`. Raises MachineError."""
        with self._still:
            self._followers -= 1
            if not self._followers:
                self._between_writes(_by_itself)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nothing is folded in the block: the database's file does not change."""
        with self._still:
            self.follow()
            try:
                yield
            finally:
                self.leave()

    def mark(self, tell: Callable[[Database], int]) -> LogMark:
        """Return where the log stands, with what `tell` reads at that moment. Raises MachineError."""

        def look(db: Database) -> LogMark:
            frames = _length(db)
            return LogMark(frames, self.head() if frames else b"", tell(db))

        return self._between_writes(look)

    def head(self) -> bytes:
        """Return the first bytes of the log as they are on the disk, b"" where there is none."""
        try:
            with self.path.open("rb") as file:
                return file.read(HEAD)
        except FileNotFoundError:
            return b""

    def fold_all(self) -> None:
        """Write what the log holds into the file, as far as no reader minds, whoever follows."""

        def fold(db: Database) -> None:
            self.turns += 1
            with suppress(dbapi2.Error):
                db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

        with self._still:
            self._between_writes(fold)

    def fold(self, at: LogMark) -> None:
        """Fold the log into the file for the follower who has it up to `at`.

        Nothing happens where it went on since, or is still short. Raises MachineError.
        """

        def fold(db: Database) -> None:
            if _length(db) == at.frames >= LOG_FRAMES:
                db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

        with self._still:
            self._between_writes(fold)


def _length(db: Database) -> int:
    frames: int = db.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()[1]
    return max(frames, 0)


def _by_hand(db: Database) -> None:
    db.execute("PRAGMA wal_autocheckpoint = 0").fetchone()


def _by_itself(db: Database) -> None:
    db.execute(f"PRAGMA wal_autocheckpoint = {LOG_FRAMES}").fetchone()
