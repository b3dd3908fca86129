"""The database file: encrypted, one writer, readers on snapshots, foreign errors with words."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from registration.changes import Changes
from registration.errors import InputError, MachineError
from storage.database import Store
from storage.instance import InstanceLock
from storage.rows import scalar
from tests.storage.evening import KEY, NOW, Evening


def opened(folder: Path, key: bytes = KEY) -> Store:
    return Store.open(folder / "jilai.db", key, backups=folder / "backups")


def test_the_pragmas_that_durability_rests_on(evening: Evening) -> None:
    def pragmas(db: object) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "cipher_version", "temp_store")
        return [db.execute(f"PRAGMA {name}").fetchone()[0] for name in names]  # type: ignore[attr-defined]

    mode, synchronous, foreign_keys, cipher, temp_store = evening.write(pragmas)
    assert (mode, synchronous, foreign_keys, temp_store) == ("wal", 2, 1, 2)
    assert cipher


def test_every_table_is_strict(evening: Evening) -> None:
    loose = evening.sql(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
        " AND name NOT LIKE 'sqlite_%' AND name <> '_sqlite_migrations' AND name NOT LIKE 'search%'"
    )
    assert loose == []


def test_no_seeded_text_stands_on_the_disk_in_plain(evening: Evening) -> None:
    evening.submitted()
    seeded = [
        "张立群",
        "620102198503071231",
        "13893104567",
        "王海燕",
        "金河湾",
        "zhang li",
        "application_form",
    ]
    evening.store.copy_to(evening.folder / "backups" / "copy.db")

    def hits() -> list[tuple[str, str]]:
        files = [path for path in evening.folder.rglob("*") if path.is_file()]
        assert any(path.name.endswith("-wal") or path.name == "jilai.db" for path in files)
        return [
            (path.name, text)
            for path in files
            for text in seeded
            for form in (text.encode(), text.encode("utf-16-le"), text[::-1].encode())
            if form in path.read_bytes()
        ]

    assert hits() == []  # with the log in place
    evening.store.close()
    assert hits() == []
    assert not evening.path.read_bytes().startswith(b"SQLite format 3")


def test_another_key_does_not_open_the_file_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    opened(tmp_path).close()
    before = (tmp_path / "jilai.db").read_bytes()
    with pytest.raises(MachineError) as refused:
        opened(tmp_path, b"x" * 32)
    assert refused.value.code == "database_damaged"
    assert (tmp_path / "jilai.db").read_bytes() == before


def test_a_file_of_garbage_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "jilai.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(MachineError) as refused:
        opened(tmp_path)
    assert refused.value.code == "database_damaged"


def test_every_flipped_byte_is_found(evening: Evening) -> None:
    evening.submitted()
    evening.store.check()
    evening.store.close()
    whole = evening.path.read_bytes()
    rnd = random.Random(11)
    for at in [0, 15, len(whole) - 1, *(rnd.randrange(len(whole)) for _ in range(20))]:
        torn = bytearray(whole)
        torn[at] ^= 1 << rnd.randrange(8)
        evening.path.write_bytes(torn)
        with pytest.raises(MachineError) as refused:  # at once, or when the whole file is read
            store = evening.open_store()
            try:
                store.check()
            finally:
                store.close()
        assert refused.value.code == "database_damaged", at
        for suffix in ("-wal", "-shm"):
            evening.path.with_name(evening.path.name + suffix).unlink(missing_ok=True)


def test_an_exception_takes_the_whole_job_back(evening: Evening) -> None:
    def half(db: object) -> None:
        db.execute("UPDATE feed SET cursor = 77")  # type: ignore[attr-defined]
        raise InputError("no_session")

    with pytest.raises(InputError):
        evening.write(half)
    assert evening.sql("SELECT cursor FROM feed") == [(1,)]


def test_jobs_run_in_their_order_on_one_thread(evening: Evening) -> None:
    ran: list[tuple[int, str]] = []
    jobs = [
        evening.queue(lambda _, number: ran.append((number, threading.current_thread().name)), number)
        for number in range(50)
    ]
    for job in jobs:
        job.result(10)
    assert ran == [(number, "store") for number in range(50)]


def test_listeners_hear_of_changes_after_the_commit_and_of_nothing_else(evening: Evening) -> None:
    heard: list[tuple[Changes, int]] = []

    def listen(changes: Changes) -> None:
        heard.append((changes, evening.read(lambda db: scalar(db, "SELECT cursor FROM feed"))))

    evening.store.add_listener(listen)
    evening.store.add_listener(lambda _: fail())  # a listener that fails undoes nothing

    def fail() -> None:
        raise ZeroDivisionError

    def move(to: int, result: object) -> object:
        def job(db: object) -> object:
            db.execute("UPDATE feed SET cursor = ?", (to,))  # type: ignore[attr-defined]
            return result

        return evening.write(job)

    move(5, Changes(outbox=True))
    move(6, (Changes(sessions=True), "value"))
    move(7, "no changes")
    move(8, Changes())
    with pytest.raises(ZeroDivisionError):
        evening.write(lambda _: fail())
    assert heard == [(Changes(outbox=True), 5), (Changes(sessions=True), 6)]


def test_a_read_sees_one_snapshot_while_others_write(evening: Evening) -> None:
    def read(db: object) -> tuple[int, int]:
        first = scalar(db, "SELECT cursor FROM feed")  # type: ignore[arg-type]
        evening.sql("UPDATE feed SET cursor = 9")
        return first, scalar(db, "SELECT cursor FROM feed")  # type: ignore[arg-type]

    assert evening.read(read) == (1, 1)
    assert evening.read(lambda db: scalar(db, "SELECT cursor FROM feed")) == 9


def test_a_reader_cannot_write(evening: Evening) -> None:
    with pytest.raises(MachineError) as refused:
        evening.read(lambda db: db.execute("UPDATE feed SET cursor = 3"))
    assert refused.value.code == "disk_read_only"
    assert evening.sql("SELECT cursor FROM feed") == [(1,)]


def test_a_mistake_in_sql_stays_a_bug_with_its_own_error(evening: Evening) -> None:
    with pytest.raises(dbapi2.OperationalError, match="no such table"):
        evening.sql("SELECT * FROM aplications")


def test_a_second_writer_is_reported_as_busy(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.connections._BUSY_SECONDS", 0.05)
    store = evening.open_store()
    held, go = threading.Event(), threading.Event()

    def hold(_: object) -> None:
        held.set()
        go.wait(10)

    slow = evening.queue(hold)
    held.wait(10)
    with pytest.raises(MachineError) as refused:
        store.write(lambda db: None).result(10)
    assert refused.value.code == "database_busy"
    go.set()
    slow.result(10)
    store.close()


def test_closing_finishes_what_is_queued_and_folds_the_log_in(evening: Evening) -> None:
    jobs = [
        evening.queue(lambda db, to: db.execute("UPDATE feed SET cursor = ?", (to,)), to)
        for to in range(2, 30)
    ]
    evening.store.close()
    assert all(job.done() for job in jobs)
    with pytest.raises(RuntimeError):
        evening.queue(lambda db: None)
    with pytest.raises(RuntimeError):
        evening.read(lambda db: None)
    assert not evening.path.with_name("jilai.db-wal").exists()
    evening.store = evening.open_store()
    assert not evening.store.after_crash
    assert evening.sql("SELECT cursor FROM feed") == [(29,)]


def test_one_folder_has_one_program(tmp_path: Path) -> None:
    first = InstanceLock(tmp_path / "data")
    with pytest.raises(MachineError) as refused:
        InstanceLock(tmp_path / "data")
    assert refused.value.code == "already_running"
    first.release()
    InstanceLock(tmp_path / "data").release()


def test_times_are_stored_so_that_text_order_is_time_order(evening: Evening) -> None:
    from datetime import UTC, timedelta

    from storage.rows import as_moment, as_text

    moments = [NOW + timedelta(microseconds=1), NOW.astimezone(UTC), NOW - timedelta(hours=9)]
    assert sorted(moments) == [as_moment(text) for text in sorted(map(as_text, moments))]
    with pytest.raises(ValueError, match="zone"):
        as_text(NOW.replace(tzinfo=None))
