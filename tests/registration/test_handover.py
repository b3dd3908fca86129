"""A developer's sheet is taken in whole or not at all, and every error names its line and column."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.compound_file import CompoundFile
from registration.errors import Problem
from registration.handover import SheetReport, read_sheet
from registration.handover_sheet import CellCode
from registration.packs import shipped
from registration.property_unit import Household, ProjectRegistration
from registration.shares import CoOwnership
from registration.wording import say
from tests.registration.strategies import TODAY, nasty_text

NEW = CompoundFile("c1", "新城花园", ProjectRegistration.REGISTERED)
HOMES = [
    Household(f"h{n}", "c1", "1号楼", "1单元", n, f"{n}01", "620102001002GB00003F00010001", "90", "某路")
    for n in range(1, 4)
]
HEADINGS = ["楼号", "单元", "房号", "姓名", "身份证号", "电话", "合同编号", "共有份额"]
FIRST = dict(
    zip(
        HEADINGS,
        ["1 号楼", "1单元", "101", "张立群", "11010519491231002X", "13812345678", "HT-1", ""],
        strict=True,
    )
)
SECOND = {**FIRST, "房号": "201", "姓名": "魏秀英", "身份证号": "620102196203041226", "合同编号": "HT-2"}


def read(
    *rows: dict[str, str],
    file: CompoundFile = NEW,
    headings: list[str] = HEADINGS,
    busy: tuple[str, ...] = (),
) -> SheetReport:
    return read_sheet(rows, headings, HOMES, file, shipped(), today=TODAY, open_households=busy)


def codes(report: SheetReport) -> list[tuple[str, str]]:
    return [(p.code, p.field) for p in report.errors]


def test_a_clean_sheet_becomes_cases():
    report = read(FIRST, SECOND)
    assert report.errors == ()
    assert [(case.household_id, case.parties[0].name, case.contract_number) for case in report.cases] == [
        ("h1", "张立群", "HT-1"),
        ("h2", "魏秀英", "HT-2"),
    ]
    assert [case.lines for case in report.cases] == [(2,), (3,)]


def test_co_buyers_become_one_case():
    wife = {**FIRST, "姓名": "魏秀英", "身份证号": "620102196203041226"}
    (case,) = read(FIRST, wife).cases
    assert (case.co_ownership, len(case.parties), case.lines) == (CoOwnership.JOINT, 2, (2, 3))
    (shared,) = read({**FIRST, "共有份额": "1/3"}, {**wife, "共有份额": "2/3"}).cases
    assert (shared.co_ownership, shared.parties[1].share) == (CoOwnership.BY_SHARES, "2/3")
    assert codes(read({**FIRST, "共有份额": "1/3"}, {**wife, "共有份额": "1/3"})) == [
        ("sheet_cell_wrong", "sheet.3.share")
    ]


def test_one_wrong_row_and_nothing_is_made():
    report = read(FIRST, {**SECOND, "身份证号": "620102196203041227", "电话": "12"})
    assert codes(report) == [
        ("sheet_cell_wrong", "sheet.3.document_number"),
        ("sheet_cell_wrong", "sheet.3.phone"),
    ]
    assert report.cases == ()
    words = say(report.errors[0], "zh")
    assert "3" in words.title and "证件号码" in words.title and "校验" in words.what
    assert "check" in say(report.errors[0], "en").what


def test_rows_that_cannot_be_placed():
    assert codes(read({**FIRST, "房号": "909"})) == [("sheet_household_unknown", "sheet.2.room")]
    assert codes(read({**FIRST, "房号": ""})) == [("sheet_cell_missing", "sheet.2.room")]
    assert codes(read(FIRST, busy=("h1",))) == [("sheet_household_open", "sheet.2.room")]
    assert codes(read(FIRST, dict(FIRST))) == [
        ("sheet_row_double", "sheet.3.document_number"),
    ]
    assert codes(read(FIRST, {**SECOND, "房号": "101"})) == [
        ("sheet_contracts_differ", "sheet.3.contract_number")
    ]


@pytest.mark.parametrize(
    ("building", "entrance", "room"),
    [
        ("1", "1", "101"),
        ("1#", "01", "101室"),
        ("１栋", "1门", "101号"),
        ("1幢", "", "101"),
        ("01号楼", "1 单元", "101"),
    ],
)
def test_a_place_is_found_as_developers_write_it(building: str, entrance: str, room: str):
    report = read({**FIRST, "楼号": building, "单元": entrance, "房号": room})
    assert [case.household_id for case in report.cases] == ["h1"]


def test_a_place_that_could_be_two_households_is_not_guessed():
    twin = replace(HOMES[0], id="h9", entrance="2单元")
    report = read_sheet(
        [{**FIRST, "单元": ""}], HEADINGS, [*HOMES, twin], NEW, shipped(), today=TODAY, open_households=()
    )
    assert codes(report) == [("sheet_household_unknown", "sheet.2.room")]


def test_what_the_file_spoiled_is_told_instead_of_what_the_cell_says():
    report = read_sheet(
        [FIRST, {**SECOND, "身份证号": "620102196203041000"}], HEADINGS, HOMES, NEW, shipped(), today=TODAY,
        lines=(4, 7), faults={(7, "身份证号"): CellCode.NUMBER_LOST, (7, "生日"): CellCode.CELL_ERROR},
    )  # fmt: skip
    assert codes(report) == [("sheet_number_lost", "sheet.7.document_number")]
    assert report.cases == ()
    for language in ("zh", "en"):
        assert "7" in say(report.errors[0], language).title


def test_the_sheet_as_a_whole():
    assert codes(read()) == [("sheet_empty", "sheet")]
    assert codes(read(FIRST, headings=["楼号", "房号"])) == [("sheet_columns", "sheet")]
    (absent,) = read(FIRST, headings=["楼号", "房号"]).errors
    assert "购房人姓名" in say(absent, "zh").what and "Buyer" in say(absent, "en").what
    assert codes(read(*[FIRST] * 5001)) == [("sheet_too_long", "sheet")]


def test_a_legacy_compound_and_an_unregistered_project_are_refused():
    assert codes(read(FIRST, file=replace(NEW, categories=("C4",)))) == [("sheet_legacy", "sheet")]
    missing = replace(NEW, project_registration=ProjectRegistration.MISSING)
    assert codes(read(FIRST, file=missing)) == [("sheet_project", "sheet")]


def test_an_unknown_kind_of_document_names_its_cell():
    row = {**FIRST, "证件种类": "狗牌"}
    report = read(row, headings=[*HEADINGS, "证件种类"])
    assert codes(report) == [("sheet_cell_wrong", "sheet.2.document_kind")]
    assert read({**row, "证件种类": "身份证"}, headings=[*HEADINGS, "证件种类"]).errors == ()


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(HEADINGS, nasty_text)), max_size=4))
def test_no_sheet_makes_it_fall_over(rows: list[dict[str, str]]):
    report = read(*rows)
    assert not (report.errors and report.cases)
    for problem in report.errors:
        assert isinstance(problem, Problem)
        assert all(say(problem, language).what for language in ("zh", "en"))
