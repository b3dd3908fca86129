"""A compound's file on paper: all of it, on as many pages as the plan needs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from printing.compound_sheet import CompoundSheet, render
from tests.printing.paper import page_texts

MADE = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
SHEET = CompoundSheet(
    "纺织厂家属院",
    facts=[("地址", "滨河路 1 号"), ("项目首次登记", "未办首次登记")],
    counts=[("户数", "120"), ("已收件", "31")],
    obstacles=["自然资源局 · 用地手续不完善 — 整个小区", "法院 · 查封、抵押、涉诉 — 4 户"],
    plan="先大证，后小证。\n分三步走。",
    plan_by="王海燕 · 2026-11-20",
    team=[("陈明", "住建局 · 组长", "0931-1234567")],
    phones=[("门卫", "物业", "0931-7654321")],
    papers=["2026-11-19 · 〔2026〕3号 · 专题会议 — 同意证缴分离"],
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_stands_on_it(language: str) -> None:
    pages = page_texts(render(SHEET, language=language, printed_at=MADE))
    assert len(pages) == 1
    people = [part for person in (*SHEET.team, *SHEET.phones) for part in person]
    pairs = [part for pair in (*SHEET.facts, *SHEET.counts) for part in pair]
    said = pages[0].replace("\n", "")
    for part in (SHEET.name, *pairs, *SHEET.obstacles, *SHEET.plan.split("\n"), SHEET.plan_by, *people):
        assert part in said, part
    assert SHEET.papers[0] in said


def test_a_long_plan_goes_on_and_an_empty_file_says_so() -> None:
    lines = [f"第{n:03d}步：核对每一户的材料，缺什么补什么。" for n in range(90)]
    pages = page_texts(render(CompoundSheet("院", plan="\n".join(lines)), printed_at=MADE))
    assert len(pages) > 1 and all("院" in page for page in pages)
    assert all(line in "".join(pages) for line in lines)
    empty = "".join(page_texts(render(CompoundSheet("院"), printed_at=MADE)))
    assert "尚未编写方案" in empty and "尚未登记人员" in empty
