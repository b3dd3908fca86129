"""A compound's file on A4 (一小区一方案一专班): state, plan, task force, papers, obstacles counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from printing import layout, typesetting
from printing.layout import A4, MM

_WORDS = {
    "zh": {
        "title": "小区工作档案（一小区一方案一专班）",
        "made": "{time} 打印 · 第 {page} 页",
        "state": "项目概况",
        "counts": "进展（本窗口所知）",
        "obstacles": "未销号问题",
        "none": "无",
        "plan": "工作方案",
        "no_plan": "尚未编写方案。",
        "team": "工作专班",
        "phones": "其他联系人",
        "nobody": "尚未登记人员。",
        "papers": "会议纪要和文件",
        "no_papers": "尚无。",
    },
    "en": {
        "title": "File of the compound: plan and task force",
        "made": "Printed {time} · page {page}",
        "state": "The project",
        "counts": "Progress, as known at this window",
        "obstacles": "Open obstacles",
        "none": "none",
        "plan": "Plan",
        "no_plan": "No plan yet.",
        "team": "Task force",
        "phones": "Other phones",
        "nobody": "Nobody is named yet.",
        "papers": "Minutes and documents",
        "no_papers": "Nothing yet.",
    },
}
_LEFT, _RIGHT, _TOP, _FOOT = 20 * MM, 190 * MM, 278 * MM, 16 * MM
_LABEL = 40 * MM


@dataclass(frozen=True)
class CompoundSheet:
    """What is printed. Pairs are (label, value); people (name, unit and role, phone); the rest whole lines.

    `plan` has its lines parted by newlines, `plan_by` says who wrote it and when; no household is named.
    """

    name: str
    facts: Sequence[tuple[str, str]] = ()
    counts: Sequence[tuple[str, str]] = ()
    obstacles: Sequence[str] = ()
    plan: str = ""
    plan_by: str = ""
    team: Sequence[tuple[str, str, str]] = ()
    phones: Sequence[tuple[str, str, str]] = ()
    papers: Sequence[str] = ()


class _Pages:
    """A canvas that is written on from the top down, and goes on to the next page by itself."""

    def __init__(self, sheet: CompoundSheet, language: str, printed_at: datetime) -> None:
        self.words = _WORDS[language]
        self._name, self._printed_at, self._page = sheet.name, printed_at, 0
        title = f"{self.words['title']} {sheet.name}"
        self.canvas, self.buffer = layout.new_canvas(A4, title=title, language=language, made_at=printed_at)
        self.heading, self.body = typesetting.bold(12.5, 1.6), typesetting.regular(10.5, 1.55)
        self.small = typesetting.regular(9, 1.5)
        self._begin()

    def head(self, words: str) -> None:
        """A heading, kept with at least three lines below it."""
        self._room(self.heading.leading + 3 * self.body.leading + 6 * MM)
        self._y -= 2.5 * MM
        layout.rule(self.canvas, _LEFT, _RIGHT, self._y)
        self._y -= 2 * MM
        typesetting.draw_lines(self.canvas, _LEFT, self._y, [words], self.heading)
        self._y -= self.heading.leading

    def lines(self, text: str, *, left: float = 0.0) -> None:
        """Whole paragraphs, one a line of `text`, broken where the paper ends."""
        for paragraph in text.split("\n"):
            for line in typesetting.wrap(paragraph, self.body, _RIGHT - _LEFT - left) or [""]:
                self._room(self.body.leading)
                typesetting.draw_lines(self.canvas, _LEFT + left, self._y, [line], self.body)
                self._y -= self.body.leading

    def pair(self, label: str, value: str) -> None:
        self._room(self.body.leading)
        typesetting.draw_lines(self.canvas, _LEFT, self._y, [label], self.small)
        self.lines(value, left=_LABEL)

    def person(self, name: str, said: str, phone: str) -> None:
        self._room(self.body.leading)
        typesetting.draw_lines(self.canvas, _LEFT, self._y, [name], self.body)
        typesetting.draw_lines(self.canvas, _RIGHT - 36 * MM, self._y, [phone], self.body)
        lines = typesetting.wrap(said, self.body, _RIGHT - _LEFT - _LABEL - 40 * MM) or [""]
        for line in lines:
            self._room(self.body.leading)
            typesetting.draw_lines(self.canvas, _LEFT + _LABEL, self._y, [line], self.body)
            self._y -= self.body.leading

    def done(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()

    def _room(self, points: float) -> None:
        if self._y - points < _FOOT:
            self.canvas.showPage()
            self._begin()

    def _begin(self) -> None:
        self._page += 1
        layout.fill(self.canvas, layout.INK)
        title = typesetting.bold(18)
        made = self.words["made"].format(time=f"{self._printed_at:%Y-%m-%d %H:%M}", page=self._page)
        typesetting.draw_lines(self.canvas, _LEFT, _TOP, [self._name], title)
        below = _TOP - title.leading
        typesetting.draw_lines(self.canvas, _LEFT, below, [f"{self.words['title']} · {made}"], self.small)
        self._y = below - self.small.leading - 2 * MM


def render(sheet: CompoundSheet, *, language: str = "zh", printed_at: datetime) -> bytes:
    """Return the file as PDF bytes, A4, on as many pages as the plan needs; the same facts, the same bytes.

    Raises MachineError font_missing.
    """
    pages = _Pages(sheet, "en" if language.startswith("en") else "zh", printed_at)
    words = pages.words
    for name, pairs in (("state", sheet.facts), ("counts", sheet.counts)):
        pages.head(words[name])
        for label, value in pairs:
            pages.pair(label, value)
    pages.head(words["obstacles"])
    for line in sheet.obstacles or (words["none"],):
        pages.lines(line)
    pages.head(words["plan"])
    pages.lines(sheet.plan or words["no_plan"])
    if sheet.plan_by:
        pages.pair("", sheet.plan_by)
    for name, people in (("team", sheet.team), ("phones", sheet.phones)):
        if people or name == "team":
            pages.head(words[name])
        for one in people:
            pages.person(*one)
    if not sheet.team:
        pages.lines(words["nobody"])
    pages.head(words["papers"])
    for paper in sheet.papers or (words["no_papers"],):
        pages.lines(paper)
    return pages.done()
