"""The ordered, append-only migrations of the database; a released one is never edited."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from registration.errors import MachineError
from storage import (
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
from storage.rows import rows, scalar

migrations = Migrations("jilai")


@migrations(name="0001_first")
def _first(db: Database) -> None:
    db.executescript(schema_0001.SQL)


@migrations(name="0002_papers")
def _papers(db: Database) -> None:
    db.executescript(schema_0002.SQL)


@migrations(name="0003_rules")
def _rules(db: Database) -> None:
    schema_0003.apply(db)


@migrations(name="0004_captures")
def _captures(db: Database) -> None:
    db.executescript(schema_0004.SQL)


@migrations(name="0005_aliases")
def _aliases(db: Database) -> None:
    schema_0005.apply(db)


@migrations(name="0006_packages")
def _packages(db: Database) -> None:
    db.executescript(schema_0006.SQL)


@migrations(name="0007_link")
def _link(db: Database) -> None:
    db.executescript(schema_0007.SQL)


@migrations(name="0008_corrections")
def _corrections(db: Database) -> None:
    schema_0008.apply(db)


@migrations(name="0009_clock")
def _clock(db: Database) -> None:
    db.executescript(schema_0009.SQL)


@migrations(name="0010_records")
def _records(db: Database) -> None:
    db.executescript(schema_0010.SQL)


@migrations(name="0011_second_copy_place")
def _second_copy_place(db: Database) -> None:
    db.executescript(schema_0011.SQL)


@migrations(name="0012_people")
def _people(db: Database) -> None:
    db.executescript(schema_0012.SQL)


@migrations(name="0013_sending")
def _sending(db: Database) -> None:
    db.executescript(schema_0013.SQL)


@migrations(name="0014_facts")
def _facts(db: Database) -> None:
    schema_0014.apply(db)


@migrations(name="0015_compound_files")
def _compound_files(db: Database) -> None:
    db.executescript(schema_0015.SQL)


@migrations(name="0016_visits")
def _visits(db: Database) -> None:
    db.executescript(schema_0016.SQL)


@migrations(name="0017_line")
def _line(db: Database) -> None:
    db.executescript(schema_0017.SQL)


@migrations(name="0018_collections")
def _collections(db: Database) -> None:
    db.executescript(schema_0018.SQL)


@migrations(name="0019_obstacles")
def _obstacles(db: Database) -> None:
    db.executescript(schema_0019.SQL)


@migrations(name="0020_site_sessions")
def _site_sessions(db: Database) -> None:
    db.executescript(schema_0020.SQL)


@migrations(name="0021_supervision")
def _supervision(db: Database) -> None:
    db.executescript(schema_0021.SQL)


@migrations(name="0022_ledger_batches")
def _ledger_batches(db: Database) -> None:
    db.executescript(schema_0022.SQL)


@migrations(name="0023_survey_drafts")
def _survey_drafts(db: Database) -> None:
    db.executescript(schema_0023.SQL)


@migrations(name="0024_feed_tried")
def _feed_tried(db: Database) -> None:
    db.executescript(schema_0024.SQL)


@migrations(name="0025_session_plans")
def _session_plans(db: Database) -> None:
    db.executescript(schema_0025.SQL)


@migrations(name="0026_found_at_once")
def _found_at_once(db: Database) -> None:
    db.executescript(schema_0026.SQL)


@migrations(name="0027_progress")
def _progress(db: Database) -> None:
    db.executescript(schema_0027.SQL)


def applied(db: Database) -> list[str]:
    """Return the names of the migrations that the file has had, in their order; [] for an empty file."""
    if not scalar(db, "SELECT count(*) FROM sqlite_master WHERE name = ?", (Migrations.migrations_table,)):
        return []
    sql = f"SELECT name FROM {Migrations.migrations_table} WHERE migration_set = ? ORDER BY id"  # noqa: S608
    return [row["name"] for row in rows(db, sql, (migrations.name,))]


def known(of: Migrations = migrations) -> list[str]:
    """Return the names of all migrations that this program knows, in their order."""
    return [migration.name for migration in of._migrations]


def refuse_newer(db: Database, of: Migrations = migrations) -> None:
    """Raise MachineError newer_database if the file has had a migration that this program does not know.

    Reads only.
    """
    if set(applied(db)) - set(known(of)):
        raise MachineError("newer_database")
