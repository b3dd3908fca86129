"""The encrypted database: one thread that writes, readers beside it, migrations before anything else."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlcipher3 import dbapi2
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from registration.changes import Changes
from registration.errors import MachineError
from storage import schema
from storage.connections import connect, copy_database, prepare_writer
from storage.durable import Footing, make_folder
from storage.failures import of_database
from storage.log import Log
from storage.reserve import Reserve

T = TypeVar("T")
Listener = Callable[[Changes], None]

_log = logging.getLogger(__name__)
_IDLE_READERS = 4
_RESERVE_BYTES = 8 << 20


class Store:
    """One open database. `write` queues, `read` runs where it is called; both convert foreign errors."""

    def __init__(self, path: Path, key: bytes, writer: Database, *, after_crash: bool) -> None:
        """Use `Store.open`."""
        self.path = path
        self.after_crash = after_crash  # the last program did not close it: check it in the background
        self._key = key
        self._writer = writer
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._idle: queue.LifoQueue[Database] = queue.LifoQueue()
        self._listeners: list[Listener] = []
        self._gate = threading.Lock()
        self._footing = Footing(path)
        self._closed = False
        self._reserve = Reserve(path.with_name("reserve"), _RESERVE_BYTES)
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self.log = Log(path.with_name(path.name + "-wal"), self._between_writes)
        self._thread.start()

    @classmethod
    def open(
        cls, path: Path, key: bytes, *, backups: Path, migrations: Migrations = schema.migrations
    ) -> Store:
        """Open or create the database at `path` with a raw key of 32 bytes, with this program's schema.

        Before a migration of an existing file a whole encrypted copy goes to `backups`.
        Raises MachineError: newer_database (the file is left as it is), database_damaged (also for a wrong
        key), database_busy, disk_full, disk_read_only.
        """
        try:
            make_folder(path.parent)
            log = path.with_name(path.name + "-wal")
            after_crash = log.exists() and log.stat().st_size > 0
            if path.exists() and path.stat().st_size > 0:
                _migrate_existing(path, key, backups, migrations)
            path.touch(mode=0o600)
            writer = connect(path, key)
            try:
                writer.execute("PRAGMA journal_mode = WAL").fetchone()
                writer.execute("PRAGMA synchronous = FULL")
                migrations.apply(writer)  # foreign keys are still off: a migration may rebuild a table
                prepare_writer(writer)
            except BaseException:
                writer.close()
                raise
        except (dbapi2.Error, OSError) as error:
            raise of_database(error, path.parent) from error
        return cls(path, key, writer, after_crash=after_crash)

    def write(self, fn: Callable[[Database], T], *, last_resort: bool = False) -> Future[T]:
        """Run `fn` on the store thread inside one transaction; the future resolves after the commit.

        An exception rolls everything back and is set on the future, with foreign ones converted
        (storage/failures.py). Where `fn` returns Changes, or a tuple that begins with it, the listeners hear
        of it before the future resolves. On a full disk a `last_resort` job, such as closing the session,
        spends the reserve (see `keep_reserve`) and runs once more.
        """
        future: Future[T] = Future()

        def job() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = self._transact_at_last(fn) if last_resort else self._transact(fn)
            except BaseException as error:  # handed to the caller, whatever it is
                future.set_exception(error)
            else:
                self._announce(result)
                future.set_result(result)

        with self._gate:
            if self._closed:
                raise RuntimeError("the store is closed")
            self._jobs.put(job)
        return future

    def read(self, fn: Callable[[Database], T]) -> T:
        """Run `fn` on a read-only connection, in the calling thread, over one unchanging snapshot."""
        try:
            db = self._borrow()
            try:
                db.execute("BEGIN")
                return fn(db)
            finally:
                with suppress(dbapi2.Error):
                    db.rollback()
                self._give_back(db)
        except (dbapi2.Error, OSError) as error:
            raise of_database(error, self.path.parent) from error

    def add_listener(self, listener: Listener) -> None:
        """Call `listener` on the store thread after each commit that changed something; it must be quick."""
        self._listeners.append(listener)

    def keep_reserve(self) -> bool:
        """Set room on the disk aside for `last_resort` jobs; return whether it could be had."""
        return self._reserve.keep()

    def check(self) -> None:
        """Read the whole file and prove every page's seal and the structure; slow, for a background thread.

        Raises MachineError database_damaged.
        """

        def look(db: Database) -> bool:
            torn = db.execute("PRAGMA cipher_integrity_check").fetchall()
            return not torn and db.execute("PRAGMA quick_check").fetchone()[0] == "ok"

        # The seals are read from the file alone. Pages that a cut of power tore while the log was being
        # folded into it are whole in the log: they are not damage, and folding again mends them.
        for _ in range(2):  # the second time because a page may have been on its way under the first look
            self.log.fold_all()
            if self.read(look):
                return
        raise MachineError("database_damaged")

    def open_copy(self, path: Path, *, read_only: bool = False) -> Database:
        """Open a copy of this database by itself, for one thread that closes it.

        Without `read_only` it is held alone and its log folds in when it is closed. sqlcipher3 errors as they
        come.
        """
        return connect(path, self._key, read_only=read_only, alone=not read_only)

    def copy_to(self, target: Path) -> None:
        """Copy the database, as it is at this moment, to an encrypted file with the same key."""
        try:
            make_folder(target.parent)
            source = self._borrow()
            try:
                copy_database(source, target, self._key)
            finally:
                self._give_back(source)
        except (dbapi2.Error, OSError) as error:
            raise of_database(error, target.parent) from error

    def close(self) -> None:
        """Finish what is queued, fold the log into the file, close every connection. Safe to call twice."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._jobs.put(None)
        self._thread.join()
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                break
        with suppress(dbapi2.Error):
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self._writer.close()

    def _between_writes(self, fn: Callable[[Database], T]) -> T:
        """Run `fn` on the store thread outside any transaction; blocks. Raises what `write` would."""
        future: Future[T] = Future()

        def job() -> None:
            try:
                result = fn(self._writer)
            except (dbapi2.Error, OSError) as error:
                future.set_exception(of_database(error, self.path.parent))
            except BaseException as error:  # handed to the caller, whatever it is
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._gate:
            if self._closed:
                raise RuntimeError("the store is closed")
            self._jobs.put(job)
        return future.result()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    def _transact(self, fn: Callable[[Database], T]) -> T:
        self._footing.check()
        try:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                result = fn(self._writer)
                self._writer.execute("COMMIT")
            except BaseException:
                with suppress(dbapi2.Error):
                    self._writer.rollback()
                raise
        except (dbapi2.Error, OSError) as error:
            raise of_database(error, self.path.parent) from error
        return result

    def _transact_at_last(self, fn: Callable[[Database], T]) -> T:
        try:
            return self._transact(fn)
        except MachineError as error:
            if error.code != "disk_full" or not self._reserve.spend():
                raise
            return self._transact(fn)

    def _announce(self, result: Any) -> None:
        changes = result[0] if isinstance(result, tuple) and result else result
        if not isinstance(changes, Changes) or not changes:
            return
        for listener in self._listeners:
            try:
                listener(changes)
            except Exception:
                _log.exception("a listener failed; the commit stands")

    def _borrow(self) -> Database:
        if self._closed:
            raise RuntimeError("the store is closed")
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return connect(self.path, self._key, read_only=True)

    def _give_back(self, db: Database) -> None:
        if self._closed or self._idle.qsize() >= _IDLE_READERS:
            db.close()
        else:
            self._idle.put(db)


def _migrate_existing(path: Path, key: bytes, backups: Path, migrations: Migrations) -> None:
    """Refuse a newer file without touching it; copy an older one before its migration."""
    db = _look_into(path, key)
    try:
        schema.refuse_newer(db, migrations)
        had = schema.applied(db)
        if had and had != schema.known(migrations):
            make_folder(backups)
            copy_database(db, backups / f"before-{schema.known(migrations)[-1]}.db", key)
    finally:
        db.close()


def _look_into(path: Path, key: bytes) -> Database:
    """Open for reading what may have been left in mid-rollback: a cut of power in a file's first moment."""
    try:
        return connect(path, key, read_only=True)
    except dbapi2.Error:
        if not path.with_name(path.name + "-journal").exists():
            raise
        connect(path, key).close()  # only a writer may take back what was half done
        return connect(path, key, read_only=True)
