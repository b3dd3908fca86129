"""A county in small: its bulk rows are those of real operations; no listing reads a long table through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from registration.application import Application, CaseState
from registration.closing_sheet import Said
from storage import (
    applications,
    awaiting,
    collecting,
    corrections,
    duplicates,
    line,
    obstacles,
    outbox,
    packages,
    reference,
    reminders,
    sending,
    session_closing,
    sessions,
    site_sessions,
    supervision,
    surveys,
    todo,
    visits,
)
from storage.audit import history
from storage.obstacles import Wanted
from tests.scale.cases import TONIGHT, Case, put
from tests.scale.site import SMALL, build
from tests.storage.evening import Evening

LONG = (
    "applications", "application_bodies", "households", "facts", "slips", "surveys", "obstacles", "visits",
    "outbox", "receipts", "audit", "ledger", "collections", "corrections", "household_marks", "sessions",
)  # fmt: skip

"""Tables that grow with the county."""

READS: dict[str, Callable[[Database, Evening], object]] = {
    "queue": lambda db, e: applications.rows(db, limit=50),
    "queue, far down": lambda db, e: applications.rows(db, limit=50, offset=1_500),
    "queue by state": lambda db, e: applications.rows(db, state=CaseState.RETURNED, limit=50),
    "queue of tonight": lambda db, e: applications.rows(db, session_id=TONIGHT, limit=50),
    "queue by applicant": lambda db, e: applications.rows(db, order="applicant", limit=50),
    "search": lambda db, e: applications.rows(db, search="魏秀", limit=50),
    "one case": lambda db, e: applications.detail(db, "c-0000007"),
    "history": lambda db, e: history(db, "c-0000007"),
    "figures of tonight": lambda db, e: sessions.figures(db, TONIGHT),
    "draft to go on with": lambda db, e: applications.latest_draft(db),
    "sessions to join": lambda db, e: site_sessions.running(db, e.now),
    "building table": lambda db, e: reference.households(db, "k002"),
    "buildings": lambda db, e: reference.buildings(db, "k002"),
    "the line": lambda db, e: line.slips(db, TONIGHT),
    "appointments": lambda db, e: line.appointments(db, "k001", e.now.date()),
    "visits of a week": lambda db, e: visits.of_days(db, e.now.date(), e.now.date() + timedelta(days=7)),
    "visits left behind": lambda db, e: visits.behind(db, e.now.date()),
    "visit under way": lambda db, e: visits.underway(db),
    "promises of visits": lambda db, e: visits.due(db, e.now.date()),
    "ledger": lambda db, e: obstacles.listed(db, Wanted(), e.now.date(), limit=50),
    "ledger, overdue": lambda db, e: obstacles.listed(db, Wanted(overdue=True), e.now.date(), limit=50),
    "ledger of a compound": lambda db, e: obstacles.listed(
        db, Wanted(compound_id="k002"), e.now.date(), limit=50
    ),
    "ledger of a department": lambda db, e: obstacles.listed(
        db, Wanted(department="housing"), e.now.date(), limit=50
    ),
    "survey of a compound": lambda db, e: surveys.tallies(db, "k002"),
    "doors to go to": lambda db, e: surveys.to_go(db, e.now.date()),
    "matters": lambda db, e: supervision.matters(db),
    "inspections": lambda db, e: supervision.inspections(db),
    "certificates": lambda db, e: collecting.waiting(db),
    "handed out": lambda db, e: collecting.handed_out(db),
    "calls": lambda db, e: corrections.phone_list(db),
    "reminders": lambda db, e: reminders.reminders(db, e.now.date()),
    "to do": lambda db, e: todo.listed(db, e.now.date()),
    "settled events": lambda db, e: (awaiting.awaiting(db), outbox.unacknowledged(db)),
    "package": lambda db, e: packages.plan(db),
    "files on their way": lambda db, e: awaiting.awaiting_files(db),
    "closing sheet": lambda db, e: session_closing.sheet(db, TONIGHT, Said()),
    "other open cases": lambda db, e: duplicates.duplicates(db, _application(db)),
    "sending": lambda db, e: sending.page(db, 0, 50, sending.counts(db)),
}


def _application(db: Database) -> Application:
    found = applications.application(db, "c-0000007")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    made = build(tmp_path_factory.mktemp("county") / "data", SMALL)
    yield made
    made.close()


def test_no_listing_reads_a_long_table_through(county: Evening) -> None:
    plans = {what: county.store.read(lambda db: _plan(db, county, what)) for what in READS}  # noqa: B023
    assert all(plans.values()), "nothing was asked"
    through = {what: [step for step in plan if _whole(*step)] for what, plan in plans.items()}
    assert not {what: steps for what, steps in through.items() if steps}


def _plan(db: Database, county: Evening, what: str) -> list[tuple[str, str]]:
    """Return each step of the plans of what a listing asks, with its query."""
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    READS[what](db, county)
    db.conn.set_trace_callback(None)
    wanted = [sql for sql in dict.fromkeys(asked) if sql.lstrip().startswith(("SELECT", "WITH"))]
    return [
        (step[3], sql) for sql in wanted for step in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    ]


def _whole(step: str, sql: str) -> bool:
    """Say whether a step of a plan goes through a long table, by rows or by an index, without a limit."""
    found = re.match(r"SCAN (\w+)( USING .*INDEX)?", step)
    if found is None:
        return False
    if "COVERING" in step and sql.startswith("SELECT count("):
        return False  # a count reads the keys of an index alone
    named = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN) (\w+) (?:AS )?(\w+)", sql)}
    table = named.get(found[1], found[1])
    return table in LONG and not (found[2] and "LIMIT" in sql)


def test_rows_in_bulk_are_those_of_a_submission(tmp_path: Path) -> None:
    evening = Evening(tmp_path / "data")
    evening.open_session()
    receipt = evening.submitted()
    real = evening.read(applications.detail, receipt.application_id)
    assert real is not None and real.household is not None
    other = Evening(tmp_path / "other")
    other.open_session()
    seq = other.sql("SELECT coalesce(max(seq), 0) + 1 FROM applications")[0][0]
    bulk = Case(
        seq, real.application, real.household, "c1", receipt, CaseState.RECEIVED, evening.now, evening.now,
        delivery="waiting",
    )  # fmt: skip
    other.write(put, [bulk])
    for table in ("applications", "receipts", "promises", "corrections"):
        assert _rows(other, table) == _rows(evening, table), table
    told = "SELECT application, body FROM application_bodies"  # and where the operator was on the screen
    assert other.sql(told) == evening.sql(told)
    free = {"seq", "id", "body", "body_digest", "digests", "created_at", "next_try_at", "changed_at"}
    kinds = "SELECT * FROM outbox WHERE kind = 'application_submitted'"
    assert _without(other, kinds, free) == _without(evening, kinds, free)
    for typed in ("张立", "zlq", receipt.number[-4:], "1231"):
        found = [[row.id for row in e.read(applications.rows, search=typed)] for e in (evening, other)]
        assert found[0] == found[1] == [receipt.application_id], typed
    for e in (evening, other):
        e.close()


def test_a_county_in_small_stands(county: Evening) -> None:
    tonight = county.read(sessions.figures, TONIGHT)
    assert tonight.received == 61 and len(county.read(line.slips, TONIGHT)) == 60
    assert county.read(applications.count) == SMALL.applications + 1
    cells = county.read(reference.households, "k001")
    assert len(cells) == SMALL.largest and len({cell.standing for cell in cells}) > 4
    assert not county.sql("PRAGMA foreign_key_check") and county.sql("PRAGMA quick_check") == [("ok",)]


def _rows(evening: Evening, table: str) -> list[tuple[Any, ...]]:
    return evening.sql(f"SELECT * FROM {table} ORDER BY 1, 2")


def _without(evening: Evening, sql: str, free: set[str]) -> list[dict[str, Any]]:
    def look(db: Database) -> list[dict[str, Any]]:
        found = db.execute(sql)
        names = [part[0] for part in found.description]
        return [
            {name: value for name, value in zip(names, row, strict=True) if name not in free}
            for row in found.fetchall()
        ]

    return evening.read(look)
