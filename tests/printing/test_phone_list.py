"""The phone list on paper, and what tells a later issue of a receipt from the first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from printing import phone_list, receipt_a4, receipt_roll, samples
from printing.phone_list import Line
from tests.printing.paper import page_texts

MADE = datetime(2026, 11, 24, 21, 5, tzinfo=timezone(timedelta(hours=8)))
LINE = Line(
    "魏秀英",
    "13893104567",
    "3号楼 2单元 1201",
    "620102-A03-261124-0001",
    "发票看不清；缺第二页",
    "2026-12-10",
    "",
)


def text_of(pdf: bytes) -> str:
    return "".join(page_texts(pdf))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whom_to_call_and_about_what_stands_on_it(language: str) -> None:
    text = text_of(phone_list.render([LINE], language=language, printed_at=MADE, private=True))
    for part in (LINE.name, LINE.phone, LINE.receipt_number, "发票看不清", LINE.due):
        assert part in text
    assert ("销毁" if language == "zh" else "destroy") in text


def test_a_long_list_goes_on_over_pages_and_loses_nobody() -> None:
    lines = [replace(LINE, receipt_number=f"620102-A03-261124-{n:04d}") for n in range(40)]
    pdf = phone_list.render(lines, printed_at=MADE, private=False)
    text = text_of(pdf)
    assert all(line.receipt_number in text for line in lines)
    assert "销毁" not in text
    assert len(page_texts(pdf)) > 1


def test_an_empty_list_says_so() -> None:
    assert "没有需要联系的申请" in text_of(phone_list.render([], printed_at=MADE, private=False))


@pytest.mark.parametrize("paper", ["a4", "roll"])
def test_a_later_issue_names_its_revision(paper: str) -> None:
    second = replace(samples.ordinary(), revision=2)
    pdf = receipt_a4.render(second) if paper == "a4" else receipt_roll.render(second)
    assert "补正第 2 版" in text_of(pdf)
    assert "补正第" not in text_of(receipt_a4.render(samples.ordinary()))
