"""What docs/scaling.md promises: a county is a schema that needs no other, and months are partitions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.centre import start_centre
from tests.server.window import Window

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/scaling.md").read_text("utf-8")
COUNTIES = ("county_620102", "county_621121")


@pytest.fixture
def province(engine: Engine) -> Iterator[Engine]:
    """A database of its own in the running cluster."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS province"))
        connection.execute(text("CREATE DATABASE province"))
    opened = create_engine(engine.url.set(database="province"))
    yield opened
    opened.dispose()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE province WITH (FORCE)"))


def url_of(engine: Engine, schema: str) -> str:
    """Return the URL by which a centre lives in one schema, as docs/scaling.md writes it."""
    return engine.url.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(
        hide_password=False
    )


def test_counties_are_schemas_that_need_no_other(province: Engine, tmp_path: Path) -> None:
    with province.begin() as connection:
        for county in COUNTIES:
            connection.execute(text(f"CREATE SCHEMA {county}"))
        connection.execute(text("DROP SCHEMA public CASCADE"))  # nothing may fall back to it
    with ExitStack() as running:
        windows = []
        for county in COUNTIES:
            folder = tmp_path / county
            folder.mkdir()
            arguments = ("--database-url", url_of(province, county))
            centre = running.enter_context(start_centre(folder, accept_after=3600, arguments=arguments))
            window = Window(centre.url)
            assert window.enrol(centre.enrolment_code).status == 200
            windows.append(window)
        first, second = windows
        assert first.device_code == second.device_code == "A01"  # each counts for itself
        pages = first.pages(size=40)
        event = first.event(pages)
        assert first.outcome(event)["result"] == "applied"
        first.upload_all(pages)
        assert len(first.acknowledgements(event["application_id"])["acknowledgements"]) == 1
        assert second.acknowledgements(event["application_id"])["missing"] == {}
    with province.connect() as connection:
        for county, count in zip(COUNTIES, (1, 0), strict=True):
            found = connection.execute(text(f"SELECT count(*) FROM {county}.applications"))
            assert found.scalar_one() == count
        crossing = connection.execute(
            text(
                "SELECT conname FROM pg_constraint k JOIN pg_class a ON a.oid = k.conrelid "
                "JOIN pg_class b ON b.oid = k.confrelid "
                "WHERE k.contype = 'f' AND a.relnamespace <> b.relnamespace"
            )
        ).scalars()
        assert list(crossing) == []
        keys = text("SELECT count(*) FROM pg_constraint WHERE contype = 'f'")
        assert connection.execute(keys).scalar_one() > 10  # there are some to look at


def test_a_county_is_backed_up_and_put_back_alone(province: Engine, tmp_path: Path) -> None:
    with province.begin() as connection:
        for county in COUNTIES:
            connection.execute(text(f"CREATE SCHEMA {county}"))
        connection.execute(text("ALTER DATABASE province SET timezone TO 'Asia/Shanghai'"))
    urls = [url_of(province, county) for county in COUNTIES]
    arguments = ("--database-url", urls[0])
    with start_centre(tmp_path, accept_after=3600, arguments=arguments) as centre:
        window = Window(centre.url)
        window.enrol(centre.enrolment_code)
        assert window.outcome(window.event(window.pages(size=20)))["result"] == "applied"
    environment = os.environ | {"JILAI_BACKUP_PASSPHRASE": "a passphrase of the test"}
    admin = [sys.executable, "-m", "server", "admin", "--data-dir"]

    def run(*words: str) -> None:
        subprocess.run([*admin, *words], cwd=ROOT, env=environment, check=True, capture_output=True)

    run(str(tmp_path / "centre"), "--database-url", urls[0], "backup", "--out", str(tmp_path / "kept"))
    (kept,) = (tmp_path / "kept").glob("2*")
    named = datetime.strptime(kept.name, "%Y%m%dT%H%M%S%z")
    assert abs(datetime.now(UTC) - named) < timedelta(hours=1)  # in UTC, as it says
    with province.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {COUNTIES[0]} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {COUNTIES[0]}"))
        connection.execute(text(f"CREATE TABLE {COUNTIES[1]}.neighbour (name text)"))
    run(str(tmp_path / "back"), "--database-url", urls[0], "restore", "--from", str(tmp_path / "kept"))
    with province.connect() as connection:
        cases = connection.execute(text(f"SELECT count(*) FROM {COUNTIES[0]}.applications"))
        assert cases.scalar_one() == 1
        connection.execute(text(f"SELECT * FROM {COUNTIES[1]}.neighbour"))


def test_months_are_partitions_and_the_centre_does_not_notice(province: Engine, tmp_path: Path) -> None:
    arguments = ("--database-url", province.url.render_as_string(hide_password=False))
    with start_centre(tmp_path, accept_after=3600, arguments=arguments) as centre:
        window = Window(centre.url)
        window.enrol(centre.enrolment_code)
        before = window.event(window.pages(size=20))
        assert window.outcome(before)["result"] == "applied"
    (sql,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    with province.begin() as connection:
        counts = [
            connection.execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in ("audit", "history")
        ]
        connection.exec_driver_sql(sql)
        after = [
            connection.execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in ("audit", "history")
        ]
    assert counts == after
    assert min(counts) > 0
    with start_centre(tmp_path, accept_after=3600, arguments=arguments) as centre:
        window.url = centre.url
        pages = window.pages(size=20)
        event = window.event(pages)
        assert [o["result"] for o in window.send(before, event).json["outcomes"]] == [
            "already_had",
            "applied",
        ]
        window.upload_all(pages)
        assert len(window.acknowledgements(event["application_id"])["acknowledgements"]) == 1
    with province.connect() as connection:
        rows = text("SELECT count(DISTINCT seq), count(*) FROM audit")
        distinct, count = connection.execute(rows).one()
        assert distinct == count > counts[0]  # numbers go on where they stood
        parts = text("SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit'::regclass")
        assert connection.execute(parts).scalar_one() > 1
        for table in ("audit", "history"):
            with pytest.raises(DBAPIError, match="frozen"):
                connection.execute(text(f"DELETE FROM {table}"))
            connection.rollback()
