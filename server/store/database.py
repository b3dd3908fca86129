"""The way to PostgreSQL: an engine, migrations before first use, one short transaction per operation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from server.errors import UnusableError

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x6A696C6169  # any number, the same for every centre process


def open_engine(url: str, *, connections: int = 12) -> Engine:
    """Return an engine of at most `connections`; parameters never appear in its errors."""
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 10, "prepare_threshold": 3},
    )


def newest_revision() -> str:
    """Return the revision that this program's migrations lead to."""
    return max(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision; nothing happens where it is there already.

    Raises UnusableError when the database belongs to a newer program.
    """
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        now = _revision(connection)
        newest = newest_revision()
        if now == newest:
            return
        if now is not None and now > newest:
            raise UnusableError("newer_database", f"The database is at {now}, this program knows {newest}.")
        from alembic import command  # slow to import, and rarely needed
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar() is None:
        return None
    found: Any = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction at READ COMMITTED: committed at the end, rolled back on any exception."""
    with engine.begin() as connection:
        yield connection


def next_value(connection: Connection, counter: str) -> int:
    """Count one up and keep the counter locked until this transaction ends.

    So values have no gaps (a rollback gives its value back) and become visible in their order, which a
    PostgreSQL sequence promises neither of. Take it as late as possible in a transaction.
    """
    value = connection.execute(
        text(
            "INSERT INTO counters (name, value) VALUES (:name, 1) "
            "ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value"
        ),
        {"name": counter},
    ).scalar_one()
    return int(value)


def is_unavailable(error: DBAPIError) -> bool:
    """Say whether the database, rather than the request, is what failed: trying again later may work."""
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state is None or state[:2] in {"08", "53", "57", "40", "55"}
