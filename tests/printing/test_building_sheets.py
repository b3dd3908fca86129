"""The building table on A3, survey blanks and door notices: what stands on them, and that nobody is named."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from printing import building_sheet, door_notice, survey_form
from printing.building_sheet import LETTERS, Building, Square
from printing.door_notice import Notice
from registration.standing import Standing
from tests.printing.paper import page_texts

MADE = datetime(2026, 11, 24, 21, 5, tzinfo=timezone(timedelta(hours=8)))
WORDS = {standing.value: f"W{number}" for number, standing in enumerate(Standing)}


def building(name: str, columns: int = 4) -> Building:
    stands = list(Standing)
    squares = [
        Square(row, column, f"{18 - row}{column + 1:02d}", stands[(row + column) % len(stands)].value)
        for row in range(18)
        for column in range(columns)
    ]
    return Building(name, range(18, 0, -1), [("1单元", 0, columns)], squares)


def test_every_standing_has_a_letter_of_its_own() -> None:
    assert set(LETTERS) == {standing.value for standing in Standing}
    for which in (0, 1):
        letters = [entry[which] for entry in LETTERS.values()]
        assert len(set(letters)) == len(letters)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_building_has_a_page_with_its_date_total_and_legend(language: str) -> None:
    pages = page_texts(
        building_sheet.render(
            "金河湾", [building("2号楼"), building("3号楼")], WORDS, language=language, printed_at=MADE
        )
    )
    assert len(pages) == 2
    for name, text in zip(("2号楼", "3号楼"), pages, strict=True):
        assert name in text and "2026-11-24" in text and "72" in text
        assert "1801" in text and "101" in text
        for word, standing in zip(WORDS.values(), Standing, strict=True):
            assert f"{word} {sum(s.standing == standing for s in building('').squares)}" in text


def test_a_wide_building_goes_on_over_pages_and_loses_no_home() -> None:
    pages = page_texts(building_sheet.render("c", [building("长楼", 40)], WORDS, printed_at=MADE))
    assert len(pages) == 2
    assert "1830" in pages[0] and "1831" not in pages[0] and "1840" in pages[1]


def test_two_blanks_stand_on_a_sheet() -> None:
    pages = page_texts(survey_form.render(["3号楼 101", "3号楼 102", "3号楼 201"], printed_at=MADE))
    assert len(pages) == 2
    assert "101" in pages[0] and "102" in pages[0] and "201" in pages[1]
    assert len(page_texts(survey_form.render([], language="en", printed_at=MADE))) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_four_notices_stand_on_a_sheet_each_with_time_place_and_what_to_bring(language: str) -> None:
    notices = [Notice(f"3号楼 10{number}", f"2026-11-26 19:{number}0") for number in range(5)]
    pages = page_texts(
        door_notice.render(
            notices, where="小区门口服务站", bring=["身份证", "发票"], language=language, printed_at=MADE
        )
    )
    assert len(pages) == 2
    for number in range(5):
        text = pages[number // 4]
        assert f"3号楼 10{number}" in text and f"2026-11-26 19:{number}0" in text
    assert [page.count("小区门口服务站") for page in pages] == [4, 1]
    assert [page.count("身份证") for page in pages] == [4, 1] and pages[0].count("发票") == 4


def test_a_notice_that_is_too_long_stays_in_its_quarter() -> None:
    notices = [Notice("3号楼 101", "2026-11-26 19:00")] * 4
    (page,) = page_texts(door_notice.render(notices, where="x", bring=["长" * 900, "尾"], printed_at=MADE))
    assert page.count("…") == 4 and "尾" not in page
    assert page.count("不上门收证件") == 4
