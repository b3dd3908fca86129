"""The sheet of an inspection: every home drawn, room where nobody was, what was seen where somebody was."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from printing import inspection_sheet
from printing.inspection_sheet import Home, Sample
from tests.printing.paper import page_texts

MADE = datetime(2026, 11, 24, 21, 5, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_homes_what_was_seen_and_how_they_were_drawn_stand_on_it(language: str) -> None:
    homes = [Home(f"2号楼 2单元 {n}") for n in range(101, 131)]
    homes[3] = Home(homes[3].place, False, "门锁已换，无人居住", "2026-11-24 20:10", "李小兰", ["ab" * 32])
    sample = Sample("金河湾", "2026-11-24 19:00", "王海燕", 300, "seed-7", homes)
    texts = page_texts(inspection_sheet.render(sample, language=language, printed_at=MADE))
    text = "".join(texts)
    assert all(home.place in text for home in homes)
    assert "seed-7" in text and "300" in text and "门锁已换" in text and "abababababab" in text
    assert text.count("□") == 2 * 29  # nothing to tick where somebody was
    last = (
        f"第 {len(texts)} 页，共 {len(texts)} 页"
        if language == "zh"
        else f"Page {len(texts)} of {len(texts)}"
    )
    assert len(texts) > 1 and last in texts[-1]
