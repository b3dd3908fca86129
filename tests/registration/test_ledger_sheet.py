"""A ledger's sheet: headings found and guessed, places read as people write them, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Collection

import pytest

from registration.handover_places import Places
from registration.handover_sheet import CellCode, Sheet
from registration.ledger_sheet import MOST_BYTES, Key, LedgerLine, LedgerReport, parts_of, read_ledger
from registration.obstacles import Obstruction, obstruction_to_json
from registration.packs import shipped
from registration.property_unit import Compound, Household, ProjectRegistration
from registration.wording import say

HEAD = ("小区名称", "楼号", "单元", "房号", "问题类别", "责任单位", "办结时限", "案号", "存在问题")
RIVER = Compound("c1", "金河湾", "620102", "", "", ProjectRegistration.MISSING)
GARDEN = Compound("c2", "西园", "620102", "", "", ProjectRegistration.MISSING)
HOMES = [
    Household(f"{building}-{room}", "c1", f"{building}号楼", "2单元", 1, str(room), "", "", "")
    for building in (1, 2)
    for room in (101, 102)
]
GOOD = ("金河湾", "1号楼", "2单元", "101", "C1", "自然资源局", "2026年12月1日", "", "划拨决定书找不到")


def judged(*rows: tuple[str, ...], standing: Collection[Key] = (), **faults: CellCode) -> LedgerReport:
    lines = tuple(range(1, len(rows) + 1))
    sheet = Sheet(lines, rows, {(int(k[1:]), 6): code for k, code in faults.items()})
    return read_ledger(sheet, [RIVER, GARDEN], lambda key: Places(HOMES), standing, shipped())


def told(report: LedgerReport) -> list[tuple[str, str]]:
    for problem in report.errors:
        for tongue in ("zh", "en"):
            said = say(problem, tongue)
            assert "{" not in said.title + said.what + said.remedy
    return [(problem.code, problem.field) for problem in report.errors]


def test_a_title_stands_above_and_words_are_read_as_offices_write_them():
    report = judged(
        ("工作台账",) * 9,
        ("填报单位", "专班"),
        HEAD,
        GOOD,
        ("", "", "", "102室", "C2 欠缴", "", "2026/3/5"),  # a csv leaves a merged block empty below its first
        ("金河湾", "2栋", "2", "101", "用地手续不完善", "税务部门"),
        ("西园", "", "", "", "c1"),
    )
    assert told(report) == []
    assert [(e.line, e.compound_id, e.what) for e in report.entries] == [
        (4, "c1", Obstruction("C1", "natural_resources", "1-101", "2026-12-01", "", "划拨决定书找不到")),
        (5, "c1", Obstruction("C2", "natural_resources", "1-102", "2026-03-05")),
        (6, "c1", Obstruction("C1", "tax", "2-101")),
        (7, "c2", Obstruction("C1", "natural_resources")),
    ]


def change(**cells: str) -> tuple[str, ...]:
    names = ("compound", "building", "entrance", "room", "category", "department", "due", "court", "note")
    return tuple(cells.get(name, was) for name, was in zip(names, GOOD, strict=True))


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (change(compound="金河弯"), "ledger_sheet_compound", "compound"),
        (change(compound=""), "sheet_cell_missing", "compound"),
        (change(building=""), "sheet_cell_missing", "building"),
        (change(room=""), "sheet_cell_missing", "room"),
        (change(room="909"), "sheet_household_unknown", "room"),
        (change(category=""), "sheet_cell_missing", "category"),
        (change(category="用地手续不完整"), "sheet_cell_wrong", "category"),
        (change(category="C99"), "sheet_cell_wrong", "category"),
        (change(category="C9"), "sheet_cell_wrong", "court_number"),
        (change(department="魔法部"), "sheet_cell_wrong", "department"),
        (change(due="2026-02-30"), "sheet_cell_wrong", "due"),
        (change(due="年底"), "sheet_cell_wrong", "due"),
        (change(note="长" * 301), "sheet_cell_wrong", "note"),
    ],
)
def test_every_error_has_its_line_and_column_and_nothing_else_is_taken(row, code, column):
    report = judged(HEAD, row, change(building="2号楼"))
    assert told(report) == [(code, f"sheet.2.{column}")]
    assert report.entries == ()


def test_a_word_that_is_nearly_right_is_suggested():
    (problem,) = judged(HEAD, change(category="用地手续不完整")).errors
    assert "用地手续不完善" in say(problem, "zh").what


def test_a_place_stands_once_in_the_sheet_and_once_in_the_ledger():
    twice = judged(HEAD, GOOD, change(room="102"), change(building="1幢", category="用地手续不完善"))
    assert told(twice) == [("ledger_sheet_double", "sheet.4.room")]
    assert twice.errors[0].params["other"] == "2"
    assert told(judged(HEAD, GOOD, standing={("c1", "1-101", "C1")})) == [
        ("ledger_sheet_open", "sheet.2.room")
    ]
    assert told(judged(HEAD, GOOD, standing={("c1", "1-101", "C2")})) == []


def test_a_wrong_heading_is_named_with_what_it_may_be():
    wrong = (*HEAD[:4], "问题的类别", *HEAD[5:])
    (problem,) = judged(wrong, GOOD).errors
    assert (problem.code, problem.params["heading"]) == ("ledger_sheet_heading", "问题的类别")
    assert "问题类别" in say(problem, "zh").what
    assert told(judged(("姓名", "电话", "地址"), ("某某", "1", "2"))) == [("sheet_columns", "sheet")]
    assert told(judged(HEAD)) == [("sheet_empty", "sheet")]
    assert told(judged()) == [("sheet_columns", "sheet"), ("sheet_empty", "sheet")]


def test_a_cell_that_the_file_spoiled_is_told_as_that():
    report = judged(HEAD, change(due="#REF!"), L2=CellCode.CELL_ERROR)
    assert told(report) == [("sheet_cell_error", "sheet.2.due")]


def test_parts_keep_to_their_compound_and_under_what_the_centre_takes():
    entries = [
        LedgerLine(n, f"c{n % 2}", Obstruction("C1", "tax", f"h{n}", note="长" * (300 if n < 400 else 0)))
        for n in range(1_000)
    ]
    parts = list(parts_of(entries))
    for _, part in parts:
        assert len(part) <= 100
        rows = [{"obstacle_id": "x" * 36, **obstruction_to_json(what)} for what in part]
        assert len(json.dumps({"batch": "x" * 36, "rows": rows})) <= MOST_BYTES + 1_000
    assert sorted(what.household_id for _, part in parts for what in part) == sorted(
        f"h{n}" for n in range(1_000)
    )
    assert {compound for compound, part in parts for what in part if int(what.household_id[1:]) % 2} == {"c1"}
