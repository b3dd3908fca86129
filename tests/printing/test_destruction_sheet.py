"""The certificate of destruction says what went and by which rule, on as many pages as it needs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from printing.destruction_sheet import DestructionFacts, render
from tests.printing import paper

FACTS = DestructionFacts(
    7, "A03", datetime(2026, 12, 30, 9, 0, tzinfo=UTC), "王海燕", 120, 30_000_000, "2026.11.1",
    "个人信息保护法", 30, tuple((f"620102-A03-261124-{n:04d}", "2026-11-24 20:00", 5) for n in range(1, 81)),
)  # fmt: skip


@pytest.mark.parametrize(("language", "title"), [("zh", "销毁证明"), ("en", "Certificate of destruction")])
def test_everything_is_on_paper(language: str, title: str) -> None:
    pdf = render(FACTS, language=language)
    texts = paper.page_texts(pdf)
    assert title in texts[0]
    assert len(texts) == 2
    whole = "".join(texts)
    for said in ("A03-0007", "王海燕", "2026.11.1", "620102-A03-261124-0001", "620102-A03-261124-0080"):
        assert said in whole
    assert pdf == render(FACTS, language=language)
