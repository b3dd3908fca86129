"""Opening one SQLCipher connection, and copying a whole database to another encrypted file."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from storage.durable import sync_folder

_BUSY_SECONDS = 5.0


LOG_FRAMES = 1000  # so long a log may grow before it is folded into the file: about 4 MB


def connect(path: Path, key: bytes, *, read_only: bool = False, alone: bool = False) -> Database:
    """Open an encrypted database with a raw key of 32 bytes: SQLCipher derives nothing, opens at once.

    The journal mode is left alone. `alone`: nobody else may open it meanwhile, and no shared memory is needed
    beside it, which a foreign file system may not have. sqlcipher3 errors as they come; a wrong
    key shows at the first statement.
    """
    if len(key) != 32:
        raise ValueError("the database key has 32 bytes")
    mode = "ro" if read_only else "rwc"
    connection = dbapi2.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute(
            "PRAGMA cipher_log_level = NONE"
        )  # errors reach the caller; it would write to stderr
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")  # nothing decrypted goes to a temporary file
        connection.execute("PRAGMA cache_size = -32768")
        if alone:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return Database(connection)


def prepare_writer(db: Database) -> None:
    """Switch on what every writing connection needs: WAL, full synchronisation, foreign keys."""
    db.execute("PRAGMA journal_mode = WAL").fetchone()
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA journal_size_limit = 33554432")  # a log that grew gives its room back


def copy_database(source: Database, target: Path, key: bytes) -> None:
    """Copy a database, as it is at this moment, to an encrypted file with the same key, whole or not at all.

    The copy is written beside, synchronised and renamed. sqlcipher3 errors and OSError as they come.
    """
    beside = target.with_name(f".{target.name}.tmp")
    beside.unlink(missing_ok=True)
    connection: Any = None
    try:
        connection = connect(beside, key).conn
        source_connection: Any = source.conn
        source_connection.backup(connection, pages=-1)
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()  # one file, no log beside it
        connection.close()
        connection = None
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(target)
        sync_folder(target.parent)
    finally:
        if connection is not None:
            connection.close()
        for left in (beside, beside.with_name(beside.name + "-wal"), beside.with_name(beside.name + "-shm")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
