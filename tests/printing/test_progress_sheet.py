"""The report of progress on paper: every bar and every line stands on it, however many there are."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from printing.progress_sheet import Drawn, Part, render
from tests.printing.paper import page_texts

MADE = datetime(2026, 11, 24, 21, 5, tzinfo=timezone(timedelta(hours=8)))


def test_a_long_report_goes_on_over_pages_with_its_headings() -> None:
    lines = [[f"小区{n:03d}", str(n), "5", "3", "0", "25.0%", "0"] for n in range(120)]
    bars = [Drawn(line[0], 0.2, f"20% · {line[1]}", 0.25, n % 2 == 0) for n, line in enumerate(lines[:40])]
    part = Part("完成情况", bars, ["小区", "户数", "收件", "转移", "无佐证", "转移登记率", "化解"], lines)
    pages = page_texts(
        render("进度 · 城关区", ["截至今晚"], [part, Part("每周", [], [], [])], printed_at=MADE)
    )
    text = "".join(pages)
    assert len(pages) > 3 and all(line[0] in text for line in lines) and "没有数据" in text
    assert all("转移登记率" in page for page in pages[2:-1])
    assert f"第 {len(pages)} 页，共 {len(pages)} 页" in pages[-1]
