"""The schema: migrations lead to what the program expects, frozen rows stay frozen."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

import server.store
from registration.facts import Fact, Topic, fact_to_json
from server.errors import UnusableError
from server.store.database import migrate, newest_revision
from server.store.schema import metadata
from tests.server.window import SUBMITTED, Window, wrap

for module in pkgutil.iter_modules(server.store.__path__):  # each topic adds its tables to the one metadata
    if module.name.startswith("schema_"):
        importlib.import_module(f"server.store.{module.name}")

MIGRATIONS = Path(__file__).parents[2] / "server/store/migrations/versions"
FROZEN = (
    "revisions",
    "pages",
    "page_needs",
    "events",
    "acknowledgements",
    "feed",
    "history",
    "audit",
    "facts",
)


@pytest.fixture
def empty(engine: Engine) -> Iterator[Engine]:
    """A new database beside the centre's, in the same cluster."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS fresh"))
        connection.execute(text("CREATE DATABASE fresh"))
    fresh = create_engine(engine.url.set(database="fresh"))
    yield fresh
    fresh.dispose()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE fresh"))


def test_a_migrated_database_is_what_the_program_expects(empty: Engine) -> None:
    migrate(empty)
    migrate(empty)  # nothing happens the second time
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_database_of_a_newer_program_is_left_alone(empty: Engine) -> None:
    migrate(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnusableError, match="newer_database"):
        migrate(empty)


def test_migrations_form_one_line() -> None:
    files = sorted(MIGRATIONS.glob("[0-9]*.py"))
    chain = []
    for file in files:
        values = {
            node.targets[0].id: ast.literal_eval(node.value)
            for node in ast.parse(file.read_text("utf-8")).body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id in {"revision", "down_revision"}
        }
        assert re.match(values["revision"] + "_", file.name)
        chain.append((values["down_revision"], values["revision"]))
    revisions = [revision for _, revision in chain]
    assert [parent for parent, _ in chain] == [None, *revisions[:-1]]
    assert newest_revision() == revisions[-1]


@pytest.fixture
def filled(engine: Engine, window: Window) -> Iterator[Connection]:
    pages = window.pages(size=30)
    window.send(window.event(pages))
    window.upload_all(pages)
    fact = Fact(
        str(uuid.uuid4()),
        Topic.QUEUE,
        "slip-1",
        "issued",
        "demo-jinhewan",
        SUBMITTED,
        window.device_code,
        "",
        "",
    )
    noted = wrap({**fact_to_json(fact), "pages": []}, fact.id, 1, 1)
    assert window.outcome({**noted, "id": fact.id, "kind": "fact_noted"})["result"] == "applied"
    with engine.connect() as connection:
        yield connection
        connection.rollback()


@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET {column} = {column}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_facts_cannot_be_changed_afterwards(filled: Connection, table: str, statement: str) -> None:
    column = metadata.tables[table].columns.keys()[-1]
    assert filled.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() > 0
    with pytest.raises(DBAPIError, match="frozen"):
        filled.execute(text(statement.format(table, column=column)))


@pytest.mark.parametrize(
    "change",
    [
        "state = 'accepted'",
        "state = 'burned'",
        "acceptance_number = 'x'",
        "revision = 0",
        "device_id = 'nobody'",
    ],
)
def test_a_case_cannot_be_in_an_impossible_state(filled: Connection, change: str) -> None:
    with pytest.raises(IntegrityError):
        filled.execute(text(f"UPDATE applications SET {change} WHERE acceptance_number IS NULL"))
