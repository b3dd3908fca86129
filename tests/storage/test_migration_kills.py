"""Killed at each statement of a migration, a file is the old or the new one; an update is rolled back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from registration.errors import MachineError
from storage import database, schema
from storage.connections import connect
from storage.database import Store
from storage.opening import open_store
from storage.pages import PageFiles
from storage.rows import rows, scalar
from storage.updates import before_update, roll_back
from tests.storage.evening import KEY, NOW, Evening
from tests.storage.test_migrations import as_it_was, later

_EACH = 11  # every eleventh statement of the way; all of them take a minute


def migrate_and_die(path: Path, backups: Path, statement: int) -> bool:
    """Migrate in a process that ends without a word at its n-th statement; say whether it got so far."""
    child = os.fork()
    if child == 0:
        count = 0

        def counting(*args: object, **named: object) -> object:
            db = connect(*args, **named)  # type: ignore[arg-type]

            def step(_sql: str) -> None:
                nonlocal count
                count += 1
                if count == statement:
                    os._exit(9)

            db.conn.set_trace_callback(step)
            return db

        setattr(database, "connect", counting)  # noqa: B010  the child's own copy of the program
        try:
            Store.open(path, KEY, backups=backups)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 9


@pytest.mark.parametrize("older", ["0002_papers", schema.known()[-1]])
def test_killed_at_a_statement_it_is_the_old_or_the_new_one(
    tmp_path: Path, evening: Evening, older: str
) -> None:
    evening.submitted()
    as_it_was(evening.store, tmp_path / "old.db", older)
    before = connect(tmp_path / "old.db", KEY)
    had = schema.applied(before)
    receipts = list(rows(before, "SELECT number FROM receipts"))
    before.close()
    statement, seen = 1, set()
    while True:
        path = tmp_path / "killed" / "jilai.db"
        path.parent.mkdir()
        shutil.copyfile(tmp_path / "old.db", path)
        died = migrate_and_die(path, tmp_path / "backups", statement)
        found = connect(path, KEY)
        applied = schema.applied(found)
        assert applied == schema.known()[: len(applied)] and len(applied) >= len(had)
        assert found.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert list(rows(found, "SELECT number FROM receipts")) == receipts
        found.close()
        store = Store.open(path, KEY, backups=tmp_path / "backups")
        assert store.read(schema.applied) == schema.known()
        store.close()
        seen.add(len(applied))
        shutil.rmtree(path.parent)
        if not died:
            break
        statement += _EACH if older == "0002_papers" else 2
    assert len(seen) > 1, "some ended before and some after"


def test_an_update_can_be_rolled_back_to_the_backup_made_before_it(evening: Evening) -> None:
    evening.submitted()
    receipts = evening.read(lambda db: scalar(db, "SELECT count(*) FROM receipts"))
    evening.store.close()
    path, backups = evening.path, evening.folder / "backups"
    assert before_update(evening.folder) is None
    with pytest.raises(MachineError) as none:
        roll_back(evening.folder)
    assert none.value.code == "rollback_none"
    Store.open(path, KEY, backups=backups, migrations=later()).close()  # the newer program
    with pytest.raises(MachineError) as refused:
        Store.open(path, KEY, backups=backups)
    assert refused.value.code == "newer_database"
    backup = roll_back(evening.folder)
    assert backup.before == "9999_later"

    def make_pages() -> PageFiles:
        return PageFiles(evening.folder / "pages", b"p" * 32, b"n" * 32)

    found = open_store(evening.folder, KEY, make_pages, None, NOW)
    evening.store = found.store
    assert found.mended is not None and (found.mended.aside / "jilai.db").exists()
    assert evening.read(lambda db: scalar(db, "SELECT count(*) FROM receipts")) == receipts
    assert evening.read(schema.applied) == schema.known()
