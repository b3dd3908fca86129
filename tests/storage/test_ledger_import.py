"""A ledger's sheet taken in: one batch or nothing, few facts, and taken back but for what was worked on."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from capture.errors import SheetError
from capture.spreadsheet import sheet_from
from registration.errors import InputError
from registration.evidence import Evidence, EvidenceKind
from registration.facts import Fact, Topic, fact_to_json
from registration.handover_sheet import Sheet
from registration.ledger_sheet import LedgerLine
from registration.obstacles import Obstruction
from storage import facts, feed, ledger_batches, ledger_import, obstacles
from storage.ledger_import import LedgerBatch
from storage.obstacles import Wanted
from tests.storage.evening import COMPOUND, NOW, Evening

HEAD = ("小区", "楼幢", "单元", "房号", "问题类别", "责任部门", "完成时限")
TODAY = date(2026, 11, 24)
HOMES = [home["id"] for home in COMPOUND["households"]]
LINES = [LedgerLine(n + 2, "c1", Obstruction("C1", "tax", home)) for n, home in enumerate(HOMES)]


def ids(prefix: str = "i") -> Callable[[], str]:
    numbers = count()
    return lambda: f"{prefix}-{next(numbers):06d}"


def take_in(evening: Evening, lines: list[LedgerLine], **given: Any) -> LedgerBatch:
    how = {"batch_id": "b-1", "new_id": ids(), "progress": lambda _: None, "stopped": lambda: False, **given}
    batch = ledger_import.take_in(evening.store, evening.who, NOW, lines, **how)
    ledger_batches.look_after(evening.store, lambda: NOW)
    return batch


def take_back(evening: Evening, batch_id: str, new_id: Callable[[], str]) -> None:
    now = NOW + timedelta(hours=2)
    evening.write(ledger_import.take_back, evening.who, now, batch_id, new_id=new_id)


def stored(evening: Evening) -> tuple[int, ...]:
    tables = ("facts", "outbox", "obstacle_lines", "obstacle_rows", "audit", "ledger_parts", "ledger_batches")
    return tuple(evening.sql(f"SELECT count(*) FROM {table}")[0][0] for table in tables)


def more_homes(evening: Evening, number: int) -> None:
    """Store a compound c9 with so many households."""
    base = COMPOUND["households"][0]
    homes = [
        {**base, "id": f"x{n}", "building": f"{n // 1000 + 1}号楼", "entrance": "", "room": str(n % 1000),
         "unit_code": ""}
        for n in range(number)
    ]  # fmt: skip
    body = {**COMPOUND, "id": "c9", "name": "大园", "households": homes}
    evening.write(feed.apply_feed, evening.now, [{"seq": 900, "kind": "compound", "body": body}], 900)


def big_sheet(number: int) -> Sheet:
    rows = [HEAD, *(("大园", f"{n // 1000 + 1}栋", "", str(n % 1000), "C1", "", "") for n in range(number))]
    return Sheet(tuple(range(1, len(rows) + 1)), tuple(rows))


def test_a_file_with_a_title_and_merged_blocks_becomes_the_ledger(evening: Evening):
    book = Workbook()
    page = book.active
    page.append(("金河湾工作台账",))
    page.merge_cells("A1:G1")
    page.append(HEAD)
    for home in COMPOUND["households"][4:6]:
        page.append((COMPOUND["name"], home["building"], home["entrance"], home["room"], "C1", "税务局"))
    page["A4"] = page["B4"] = None
    page.merge_cells("A3:A4")
    page.merge_cells("B3:B4")
    packed = io.BytesIO()
    book.save(packed)
    report, _ = evening.read(ledger_import.judge, sheet_from(packed.getvalue(), "台账.xlsx"))
    assert (report.errors, report.rows) == ((), 2)
    assert take_in(evening, list(report.entries)).count == 2
    found = evening.read(obstacles.listed, Wanted(), TODAY, limit=9)
    assert sorted(row.what.household_id for row in found) == sorted(HOMES[4:6])
    again, _ = evening.read(ledger_import.judge, sheet_from(packed.getvalue(), "台账.xlsx"))
    assert [p.code for p in again.errors] == ["ledger_sheet_open"] * 2
    with pytest.raises(InputError, match="ledger_sheet_overtaken"):
        take_in(evening, list(report.entries), batch_id="b-2", new_id=ids("j"))


def test_a_hostile_file_is_an_error_and_nothing_is_stored(evening: Evening):
    before = stored(evening)
    for data in (b"PK\x03\x04" + random.Random(1).randbytes(5_000), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99):
        with pytest.raises(SheetError):
            sheet_from(data, "台账.xlsx")
    assert stored(evening) == before


def test_stopped_or_wrong_half_way_leaves_everything_as_it_was(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ledger_batches, "PORTION", 1)
    more_homes(evening, 250)
    report, _ = evening.read(ledger_import.judge, big_sheet(250))
    before, told = stored(evening), list[int]()
    with pytest.raises(InputError, match="ledger_import_stopped"):
        take_in(evening, list(report.entries), progress=told.append, stopped=lambda: len(told) == 2)
    assert told == [100, 200]
    gone = LedgerLine(300, "c9", Obstruction("C1", "tax", "nowhere"))
    with pytest.raises(InputError, match="ledger_sheet_overtaken"):
        take_in(evening, [*report.entries, gone])
    assert stored(evening) == before
    assert evening.read(ledger_import.latest) is None


def test_a_batch_is_taken_back_but_for_what_was_worked_on(evening: Evening):
    take_in(evening, LINES)
    first, second = evening.read(obstacles.listed, Wanted(), TODAY, limit=2)
    for key, row in enumerate((first, second)):
        minutes = Evidence(EvidenceKind.MINUTES, "纪要", "17号")
        evening.write(
            obstacles.clear, evening.who, NOW + timedelta(hours=1),
            fact_id=f"z-{key}", obstacle_id=row.id, evidence=minutes,
        )  # fmt: skip
    take_back(evening, "b-1", ids("u"))
    hidden = evening.read(obstacles.listed, Wanted(state=None), TODAY, limit=99)
    assert {row.id for row in hidden} == {first.id, second.id}  # at once, before the centre is told
    ledger_batches.look_after(evening.store, lambda: NOW)
    before = stored(evening)
    take_back(evening, "b-1", ids("v"))  # a second time changes nothing
    assert stored(evening) == before
    left = evening.read(obstacles.listed, Wanted(state=None), TODAY, limit=99)
    assert {row.id for row in left} == {first.id, second.id}
    batch = evening.read(ledger_import.latest)
    assert batch is not None
    assert (batch.count, batch.taken_back) == (len(LINES), True)
    take_in(evening, [LINES[5]], batch_id="b-2", new_id=ids("n"))  # and the place is free again
    assert evening.read(obstacles.count, Wanted(), TODAY) == 1
    with pytest.raises(KeyError):
        take_back(evening, "b-9", ids("k"))


def test_another_laptop_knows_the_same_in_whatever_order_it_hears(evening: Evening):
    def fact(verb: str, subject: str, minutes: int, **body: Any) -> Fact:
        at = NOW + timedelta(minutes=minutes)
        return Fact(f"{verb}-{subject}", Topic.LEDGER, subject, verb, "c1", at, "D7", "p", "n", body)

    given = [
        fact("listed", "b.0000", 0, batch="b", rows=[
            {"obstacle_id": f"o-{n}", "household_id": HOMES[n], "category": "C1", "department": "tax"}
            for n in (0, 1)
        ]),
        fact("noted", "o-1", 5, household_id=HOMES[1], category="C1", department="tax", words="问过"),
        fact("unlisted", "b.0000", 9, batch="b"),
    ]  # fmt: skip
    random.Random(4).shuffle(given)
    for one in (*given, given[0]):
        evening.write(facts.take, NOW, fact_to_json(one))
    found = evening.read(obstacles.listed, Wanted(), TODAY, limit=9)
    assert [row.id for row in found] == ["o-1"]


def test_thousands_of_rows_are_few_facts(evening: Evening):
    more_homes(evening, 2_000)
    before = stored(evening)
    report, _ = evening.read(ledger_import.judge, big_sheet(2_000))
    assert report.errors == ()
    take_in(evening, list(report.entries))
    assert evening.read(obstacles.count, Wanted(), TODAY) == 2_000
    assert stored(evening)[1] - before[1] == 20  # items for the centre
    assert evening.sql("SELECT max(length(CAST(body AS BLOB))) FROM outbox")[0][0] < 64 << 10


def test_a_kill_half_way_leaves_nothing_and_the_store_opens(tmp_path: Path):
    child = f"""
import sys, time
from pathlib import Path
from tests.storage import test_ledger_import as t
from tests.storage.evening import Evening
def told(done):
    if done == 200:
        print("half", flush=True)
        time.sleep(60)
t.ledger_batches.PORTION = 1
evening = Evening(Path({str(tmp_path)!r}))
t.more_homes(evening, 250)
report, _ = evening.read(t.ledger_import.judge, t.big_sheet(250))
t.take_in(evening, list(report.entries), progress=told)
"""
    work = subprocess.Popen(
        [sys.executable, "-c", child], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert work.stdout is not None
    assert work.stdout.readline().strip() == b"half"
    os.kill(work.pid, signal.SIGKILL)
    work.communicate()
    evening = Evening(tmp_path)
    assert evening.sql("SELECT count(*) FROM obstacle_lines") == [(200,)]  # there, and nobody sees it
    assert evening.read(obstacles.count, Wanted(state=None), TODAY) == 0
    ledger_batches.look_after(evening.store, lambda: NOW)  # as every opening does
    left = evening.sql("SELECT count(*) FROM obstacle_lines UNION ALL SELECT count(*) FROM obstacle_rows")
    assert left == [(0,), (0,)]
    assert evening.sql("SELECT count(*) FROM facts WHERE topic = 'ledger'") == [(0,)]
    report, _ = evening.read(ledger_import.judge, big_sheet(250))
    assert take_in(evening, list(report.entries)).count == 250
    evening.store.close()


def test_others_write_between_the_portions_and_what_they_write_may_overtake_it(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ledger_batches, "PORTION", 1)
    more_homes(evening, 250)
    report, _ = evening.read(ledger_import.judge, big_sheet(250))
    before = evening.read(obstacles.count, Wanted(), TODAY)

    def block(home: str) -> None:
        evening.write(
            obstacles.block, evening.who, NOW, fact_id=f"f-{home}", obstacle_id=f"o-{home}", compound_id="c9",
            what=Obstruction("C1", "tax", home),
        )  # fmt: skip

    def told(done: int) -> None:
        assert evening.read(obstacles.count, Wanted(), TODAY) == before + (done > 100)  # nothing half-way
        if done == 100:
            block("x7")

    with pytest.raises(InputError, match="ledger_sheet_overtaken"):
        take_in(evening, list(report.entries), progress=told)
    assert evening.sql("SELECT id FROM obstacle_lines") == [("o-x7",)]
    free = [entry for entry in report.entries if entry.what.household_id != "x7"]
    assert take_in(evening, free, batch_id="b-2", new_id=ids("k")).count == 249
    assert evening.read(obstacles.count, Wanted(), TODAY) == before + 250


def test_what_was_seen_goes_on_to_the_centre_after_a_kill(evening: Evening):
    how: dict[str, Any] = {"new_id": ids(), "progress": lambda _: None, "stopped": lambda: False}
    ledger_import.take_in(evening.store, evening.who, NOW, LINES, batch_id="b-1", **how)
    assert evening.read(obstacles.count, Wanted(), TODAY) == len(LINES)
    assert evening.sql("SELECT count(*) FROM outbox WHERE kind = 'fact_noted' AND id LIKE 'i-%'") == [(0,)]
    (row, *_) = evening.read(obstacles.listed, Wanted(), TODAY, limit=1)
    assert evening.read(obstacles.entry, row.id)[0] is not None  # it can be worked on already
    ledger_batches.look_after(evening.store, lambda: NOW)  # as the next opening does
    assert evening.sql("SELECT count(*) FROM outbox WHERE kind = 'fact_noted' AND id LIKE 'i-%'") == [(1,)]
    assert evening.sql("SELECT count(*) FROM ledger_batches") == [(0,)]
