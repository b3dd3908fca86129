"""Issue lists on paper: what a department has to end, its tracks and evidence, digests in full at the end."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from printing import issue_list
from printing.issue_list import Issue, IssueList, Part, Proof
from tests.printing.paper import page_texts

MADE = datetime(2026, 11, 24, 21, 5, tzinfo=timezone(timedelta(hours=8)))
FILE = hashlib.sha256(b"an invented paper").hexdigest()
DONE = Part("住建部门", "竣工验收备案", "", True, Proof("备案表 31号", [FILE]))
ISSUE = Issue(
    "金河湾 · 2号楼-2单元-101", "竣工验收未备案", "消防救援机构", "2026-11-20", True, False,
    "（2026）甘0102执17号", "资料找不到", [Part("税务部门", "补开发票", "2026-12-10", False), DONE],
)  # fmt: skip


def pages(*lists: IssueList, language: str = "zh") -> list[str]:
    made = issue_list.render(lists, language=language, made_at=MADE, device_code="A03", by="王海燕")
    assert made == issue_list.render(lists, language=language, made_at=MADE, device_code="A03", by="王海燕")
    return page_texts(made)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_place_owner_day_tracks_evidence_and_its_digest_stand_on_it(language: str) -> None:
    cleared = replace(ISSUE, cleared=True, parts=[], proofs=[Proof("会议纪要 17号", [FILE])])
    (text,) = pages(IssueList("消防救援机构", [ISSUE, cleared], "金河湾"), language=language)
    for part in (ISSUE.place, ISSUE.category, "甘0102执17号", "2026-11-20", "补开发票", "2026-12-10", "17号"):
        assert part in text
    assert text.count(FILE) == 1  # once in the annex, whoever refers to it
    assert text.count(FILE[:12]) == 3
    assert ("签收" if language == "zh" else "Received") in text
    assert ("其中超期 1 项" if language == "zh" else "1 of them overdue") in text


def test_each_department_begins_a_page_and_counts_its_own() -> None:
    many = [replace(ISSUE, place=f"金河湾 · {n}室") for n in range(30)]
    texts = pages(IssueList("消防救援机构", many, ""), IssueList("人民法院", [], ""))
    assert all(f"{n}室" in "".join(texts) for n in range(30))
    first = [text for text in texts if "消防救援机构" in text]
    assert len(first) == len(texts) - 1 > 1
    assert f"第 {len(first)} 页，共 {len(first)} 页" in first[-1]
    assert "第 1 页，共 1 页" in texts[-1] and "没有要办的问题" in texts[-1]
