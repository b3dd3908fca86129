"""The route sheet names every stop, and holds no more than the team needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from printing import route_sheet
from tests.printing.paper import page_texts

MADE = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
STOP = route_sheet.Stop(
    "2026-11-25", "19:00", "马玉兰", "13893104567", "金河湾", "3号楼2单元101",
    "新建商品房转移登记 · 高龄老人",
    "申请人身份证明", "购房发票", "听力不好，多敲几下",
)  # fmt: skip


def text_of(pdf: bytes) -> str:
    return "".join(page_texts(pdf))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whom_to_meet_where_and_with_what_stands_on_it(language: str) -> None:
    text = text_of(route_sheet.render([STOP], language=language, printed_at=MADE))
    for part in (STOP.name, STOP.phone, STOP.address, STOP.missing, STOP.note, STOP.day, STOP.time):
        assert part in text
    assert ("见到" if language == "zh" else "Met") in text
    assert ("销毁" if language == "zh" else "destroy") in text


def test_two_days_go_on_over_pages_and_lose_nobody() -> None:
    stops = [
        replace(STOP, day=f"2026-11-{25 + n // 20}", address=f"3号楼{n:03d}室", time="") for n in range(40)
    ]
    pdf = route_sheet.render(stops, printed_at=MADE)
    text = text_of(pdf)
    assert all(stop.address in text for stop in stops)
    assert "2026-11-26" in text and "时间未定" in text
    assert len(page_texts(pdf)) > 2
    assert pdf == route_sheet.render(stops, printed_at=MADE)


def test_a_day_without_visits_says_so() -> None:
    assert "没有上门安排" in text_of(route_sheet.render([], printed_at=MADE))
