"""Migrations: append-only, a copy before, the old or the new and never between, newer files refused."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.migrations import Migrations

from registration.application import CaseState, Delivery
from registration.errors import MachineError
from storage import (
    applications,
    outbox,
    print_queue,
    receipts,
    schema,
    schema_0001,
    schema_0002,
    schema_0003,
    schema_0004,
    schema_0005,
    schema_0006,
    schema_0007,
    schema_0008,
    schema_0009,
    schema_0010,
    schema_0011,
    schema_0012,
    schema_0013,
    schema_0014,
    schema_0015,
    schema_0016,
    schema_0017,
    schema_0018,
    schema_0019,
    schema_0020,
    schema_0021,
    schema_0022,
    schema_0023,
    schema_0024,
    schema_0025,
    schema_0026,
    schema_0027,
)
from storage.connections import connect
from storage.database import Store
from storage.print_queue import Wish
from storage.rows import rows, scalar
from tests.storage.evening import KEY, Evening

# What each migration's SQL was when it was written. A released one never changes: add another.
WRITTEN = {
    "0001_first": "79e225c2d55ce8ae0a5e84ea3ce683419ff7858826b24f9146c4004195ad0093",
    "0002_papers": "81a3dc24d03f23ab2765f3e70b5e287df253c89a6142ad0b5700e4cec73f85c7",
    "0003_rules": "6276e5d4d8ce1fa30e6125e7f29c11b1ece696375a5252b8380e9cce28e965ef",
    "0004_captures": "2ba78512b1ba6fca34174bf9ace8cb907a8495b974fd5033e53ab138a75c9e34",
    "0005_aliases": "f3d6ddb728cee288c1f62b72d1a571669a3320ccf5bf637b1bfaf9a3f53a7d05",
    "0006_packages": "63f9836057db84ec924c9b4bc79e7bfbc855b7fce4f8b0b7b5ceed1b51553421",
    "0007_link": "20c9c61c7ced30a493c75bd0285b8de158cff8e006357b3d0d53adc57abf2411",
    "0008_corrections": "dfbe968eda8e0f0b84d5cbe6b7655da664af825e94bc22ae43e9ccab9d6b0222",
    "0009_clock": "6a535a04be52607ea8426706fcd1da7b419cbc629fcdbf5a383ed7dc3abe6aed",
    "0010_records": "6822eef8abb37e2e72e2068597e03f6b84a343500897733e354ca7c23ec881ae",
    "0011_second_copy_place": "7bbfcea1dd3462cd18931d03269e2eb5c97f8e7420d1fe40ac2e8f9d2885c695",
    "0012_people": "7fdf2005accda8359ce357117d1b23e8ffb7f3335dcab7eef68c5b26ac4937c8",
    "0013_sending": "73691a61c0451b21f7d26dd0b2d64306a8ab928058e31b207b4299ab99fd5a14",
    "0014_facts": "45069f9c97ac021867781d3b872185905115de0100d2993fe4cbb8d13ce9e3a4",
    "0015_compound_files": "0b8725ea8361597008d3b282a8ccbe7dba430ccb0edfc9791cab46c47646fe26",
    "0016_visits": "6bd70fa4f1b6de826a544d802ee545517386074b568578fe385b349c4b8b2c56",
    "0017_line": "f645c2eea29b248e17a23add28a5c74d58757e95ec1089a36f5f385e266268a3",
    "0018_collections": "a079cb9e0495e2658aaac97899ed163f17b3f752ab133d448ccbd73fcab34049",
    "0019_obstacles": "5ae32277a27c67d30dfb8d1cbc1094d1e41d26444c6be2dc95b8f09295f8e470",
    "0020_site_sessions": "c6f1735ed4a35781497975ffded0ce650dd24eca4802d395e3cc7dbff3487871",
    "0021_supervision": "a72ba07e6cb47dd68eca87a8bcf647097ac94788c97b70b597f7234443c27484",
    "0022_ledger_batches": "dce603d53f1c104d3f2aefbaf87250892dfefc6743002d4a4753ca9f40b76b43",
    "0023_survey_drafts": "aabb66a85bf1225227dd5cb335f5d6cd94297eec55e0c7b4129b998361118010",
    "0024_feed_tried": "1cd0c5c1a63e9038286e4474b34aef1ff4d3e6166bedbc3aef84a3933edad6b1",
    "0025_session_plans": "10471871389b0deb4e9c86c959c56c21554edfc87eba61c2aba9605aa6535841",
    "0026_found_at_once": "79e2873aa9131a9c997e601046a0c5f8cc2ce79dbe14098d37b082fa3b7b35be",
    "0027_progress": "923ee69dc9d46b9b350d21d95b6200bca23ce3d9f6a3ad7d8af7a03c3882485f",
}
SCRIPTS = {
    "0001_first": schema_0001.SQL,
    "0002_papers": schema_0002.SQL,
    "0003_rules": schema_0003.SQL + schema_0003.REFUSALS,
    "0004_captures": schema_0004.SQL,
    "0005_aliases": schema_0005.SQL + schema_0005.UNIT_CODES,
    "0006_packages": schema_0006.SQL,
    "0007_link": schema_0007.SQL,
    "0008_corrections": schema_0008.SQL + schema_0008.SUPERSEDED,
    "0009_clock": schema_0009.SQL,
    "0010_records": schema_0010.SQL,
    "0011_second_copy_place": schema_0011.SQL,
    "0012_people": schema_0012.SQL,
    "0013_sending": schema_0013.SQL,
    "0014_facts": schema_0014.SQL + schema_0014.FREE_OF_APPLICATIONS,
    "0015_compound_files": schema_0015.SQL,
    "0016_visits": schema_0016.SQL,
    "0017_line": schema_0017.SQL,
    "0018_collections": schema_0018.SQL,
    "0019_obstacles": schema_0019.SQL,
    "0020_site_sessions": schema_0020.SQL,
    "0021_supervision": schema_0021.SQL,
    "0022_ledger_batches": schema_0022.SQL,
    "0023_survey_drafts": schema_0023.SQL,
    "0024_feed_tried": schema_0024.SQL,
    "0025_session_plans": schema_0025.SQL,
    "0026_found_at_once": schema_0026.SQL,
    "0027_progress": schema_0027.SQL,
}


def described(store: Store) -> dict[str, Any]:
    """Return all that a schema is: its objects' SQL and every column."""

    def read(db: Any) -> dict[str, Any]:
        objects = {
            (row["type"], row["name"]): " ".join((row["sql"] or "").split())
            for row in rows(db, "SELECT type, name, sql FROM sqlite_master")
        }
        columns = {
            name: list(rows(db, f"SELECT * FROM pragma_table_xinfo('{name}')"))
            for kind, name in objects
            if kind == "table"
        }
        return {"objects": objects, "columns": columns}

    return store.read(read)


def test_a_released_migration_is_never_edited() -> None:
    assert {name: hashlib.sha256(sql.encode()).hexdigest() for name, sql in SCRIPTS.items()} == WRITTEN
    assert schema.known() == list(WRITTEN)


@pytest.mark.parametrize("stop", range(len(schema.known())))
def test_a_database_migrated_from_any_earlier_schema_equals_a_fresh_one(tmp_path: Path, stop: int) -> None:
    (tmp_path / "old").mkdir()
    old = connect(tmp_path / "old" / "jilai.db", KEY)
    schema.migrations.apply(old, stop_before=schema.known()[stop])
    old.close()
    migrated = Store.open(tmp_path / "old" / "jilai.db", KEY, backups=tmp_path / "backups")
    fresh = Store.open(tmp_path / "new" / "jilai.db", KEY, backups=tmp_path / "backups")
    assert described(migrated) == described(fresh)
    assert migrated.read(lambda db: db.execute("PRAGMA foreign_key_check").fetchall()) == []
    migrated.close()
    fresh.close()


def later(fails_at: int = 0) -> Migrations:
    """Return this program's migrations and one more, as a later program will have them."""
    more = Migrations(schema.migrations.name)
    for migration in schema.migrations._migrations:
        more(name=migration.name)(migration.fn)

    @more(name="9999_later")
    def _later(db: Any) -> None:
        steps = (
            "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT",
            "INSERT INTO later VALUES (1)",
            "ALTER TABLE operators ADD COLUMN phone TEXT NOT NULL DEFAULT ''",
        )
        for number, step in enumerate(steps, start=1):
            db.execute(step)
            if number == fails_at:
                raise KeyboardInterrupt

    return more


def test_an_older_file_is_copied_whole_before_it_is_migrated(tmp_path: Path) -> None:
    path, backups = tmp_path / "jilai.db", tmp_path / "backups"
    store = Store.open(path, KEY, backups=backups)
    store.write(lambda db: db.execute("UPDATE feed SET cursor = 42")).result(10)
    before = described(store)
    store.close()
    assert not backups.exists(), "a file that needs no migration needs no copy"

    newer = Store.open(path, KEY, backups=backups, migrations=later())
    assert newer.read(lambda db: scalar(db, "SELECT count(*) FROM later")) == 1
    newer.close()
    (copy,) = backups.iterdir()
    old = Store.open(copy, KEY, backups=tmp_path)
    assert described(old) == before
    assert old.read(lambda db: scalar(db, "SELECT cursor FROM feed")) == 42
    old.close()


def test_an_older_program_refuses_a_newer_file_and_leaves_it_intact(tmp_path: Path) -> None:
    path = tmp_path / "jilai.db"
    Store.open(path, KEY, backups=tmp_path / "backups", migrations=later()).close()
    before = path.read_bytes()
    with pytest.raises(MachineError) as refused:
        Store.open(path, KEY, backups=tmp_path / "backups")
    assert refused.value.code == "newer_database"
    assert path.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} <= {"jilai.db", "jilai.db-wal", "jilai.db-shm"}
    Store.open(path, KEY, backups=tmp_path / "backups", migrations=later()).close()


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_migration_ended_in_the_middle_leaves_the_old_schema(tmp_path: Path, fails_at: int) -> None:
    path, backups = tmp_path / "jilai.db", tmp_path / "backups"
    store = Store.open(path, KEY, backups=backups)
    before = described(store)
    store.close()
    with pytest.raises(KeyboardInterrupt):
        Store.open(path, KEY, backups=backups, migrations=later(fails_at))
    again = Store.open(path, KEY, backups=backups)
    assert described(again) == before
    again.close()
    Store.open(path, KEY, backups=backups, migrations=later()).close()


def all_of(db: Any, sql: str) -> list[tuple[Any, ...]]:
    return list(db.execute(sql))


def as_it_was(source: Store, path: Path, before: str) -> None:
    """Write what a store holds into a new file, as a program from before a migration had it."""
    older = connect(path, KEY)
    schema.migrations.apply(older, stop_before=before)
    guards = list(rows(older, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    tables = [
        row["name"]
        for row in rows(
            older,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'search%' AND name NOT LIKE '_sqlite%'",
        )
    ]
    with older.conn:
        for guard in guards:
            older.execute(f"DROP TRIGGER {guard['name']}")
        for table in tables:
            older.execute(f"DELETE FROM {table}")
            columns = [row["name"] for row in rows(older, f"SELECT name FROM pragma_table_info('{table}')")]
            sql = f"SELECT {', '.join(columns)} FROM {table}"
            sql += " WHERE kind <> 'fact_noted'" if table == "outbox" else ""  # facts came later
            kept = source.read(partial(all_of, sql=sql))
            marks = ", ".join("?" for _ in columns)
            for row in kept:
                older.execute(f"INSERT INTO {table} VALUES ({marks})", row)
        for guard in guards:
            older.execute(guard["sql"])
    older.close()


def test_what_the_first_schema_kept_is_there_after_the_later_ones(tmp_path: Path, evening: Evening) -> None:
    """A case of the first schema, with its receipt and prints, as the lists and the case show it now."""
    receipt = evening.submitted()
    as_it_was(evening.store, tmp_path / "older.db", "0002_papers")
    older = connect(tmp_path / "older.db", KEY)
    older.execute(
        "INSERT INTO prints (receipt_number, copy_number, paper, job, result, operator_name, printed_at)"
        " VALUES (?, 1, 'a4', 'x-1', 'printed', '王海燕', '2026-11-24T11:30:00.000000+00:00')",
        (receipt.number,),
    )
    older.close()
    store = Store.open(tmp_path / "older.db", KEY, backups=tmp_path / "backups")
    assert store.read(lambda db: receipts.receipt(db, receipt.number)) == receipt
    (row,) = store.read(applications.rows)
    assert (row.receipt_number, row.voided) == (receipt.number, False)
    wish = Wish("w", "receipt", application_id=receipt.application_id, receipt_number=receipt.number)
    assert store.read(lambda db: print_queue.next_copy(db, wish)) == 2
    store.close()


def test_an_outbox_of_the_second_schema_goes_on_where_it_stood(tmp_path: Path, evening: Evening) -> None:
    sent, waiting = evening.submitted(), evening.submitted()
    (first, _) = evening.write(lambda db: outbox.claim(db, evening.now, 5))
    evening.write(lambda db: outbox.settle(db, evening.now, first.id, "applied", 1))
    evening.write(lambda db: outbox.release(db, evening.now))
    draft = evening.start()
    as_it_was(evening.store, tmp_path / "older.db", "0003_rules")
    store = Store.open(tmp_path / "older.db", KEY, backups=tmp_path / "backups")
    (due,) = store.write(lambda db: outbox.claim(db, evening.now, 5)).result(10)
    assert due.application_id == waiting.application_id
    assert store.read(outbox.unacknowledged) == [sent.application_id]
    assert {row.id: row.delivery for row in store.read(applications.rows)} == {
        sent.application_id: Delivery.SENDING,
        waiting.application_id: Delivery.SENDING,
        draft.id: Delivery.DRAFT,
    }
    seqs = [
        row[0] for row in store.write(lambda db: db.execute("SELECT seq FROM outbox").fetchall()).result(9)
    ]
    assert seqs == [2, 3]  # 1 was the fact that the session was opened
    refused = "UPDATE applications SET state = 'rejected' WHERE id = ?"
    store.write(lambda db: db.execute(refused, (draft.id,))).result(10)
    assert store.read(lambda db: applications.count(db, state=CaseState.REJECTED)) == 1
    assert store.read(lambda db: db.execute("PRAGMA integrity_check").fetchall()) == [("ok",)]
    store.close()
