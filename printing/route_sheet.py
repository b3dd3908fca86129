"""The route sheet of home visits on A4: where to go, whom to meet, which papers, and two columns to tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from printing import layout, typesetting
from printing.layout import A4, MM

_WORDS = {
    "zh": {
        "title": "上门办行程单",
        "made": "{time} 打印 · {n} 户",
        "any": "时间未定",
        "papers": "材料：{said}",
        "missing": "尚缺：{said}",
        "note": "备注：{said}",
        "met": "见到",
        "done": "办完",
        "team": "上门人员（两人）：",
        "empty": "这些日子没有上门安排。",
        "private": "含个人信息：随身保管，当天收回销毁。不含证件号码。",
    },
    "en": {
        "title": "Route of home visits",
        "made": "Printed {time} · {n} household(s)",
        "any": "any time",
        "papers": "Papers: {said}",
        "missing": "Missing: {said}",
        "note": "Note: {said}",
        "met": "Met",
        "done": "Done",
        "team": "The two who go:",
        "empty": "No visits on these days.",
        "private": "Personal data: keep it on you; take it back and destroy it the same day. No ID numbers.",
    },
}
_LEFT, _RIGHT, _TOP, _FOOT = 18 * MM, 192 * MM, 280 * MM, 18 * MM
_BOX = 5 * MM
_TICKS = 34 * MM  # the two columns at the right


@dataclass(frozen=True)
class Stop:
    """One visit as it is to stand on the sheet. The phone is whole: the team calls from the stairs."""

    day: str
    time: str
    name: str
    phone: str
    compound: str
    address: str
    what: str  # type and reason
    papers: str
    missing: str
    note: str


def render(stops: Sequence[Stop], *, language: str = "zh", printed_at: datetime) -> bytes:
    """Return the sheet as PDF bytes, A4, the stops in the given order under the heading of their day.

    The same arguments give the same bytes. Raises MachineError font_missing.
    """
    tongue = "en" if language.startswith("en") else "zh"
    words = _WORDS[tongue]
    canvas, buffer = layout.new_canvas(A4, title=words["title"], language=tongue, made_at=printed_at)
    title, strong = typesetting.bold(20), typesetting.bold(12, 1.5)
    body, small = typesetting.regular(10.5, 1.5), typesetting.regular(9, 1.5)
    width = _RIGHT - _LEFT - _TICKS

    def begin() -> float:
        layout.fill(canvas, layout.INK)
        typesetting.draw_lines(canvas, _LEFT, _TOP, [words["title"]], title)
        made = words["made"].format(time=f"{printed_at:%Y-%m-%d %H:%M}", n=len(stops))
        typesetting.draw_lines(canvas, _LEFT, _TOP - title.leading, [made], small)
        typesetting.draw_lines(canvas, _LEFT, _TOP - title.leading - body.leading, [words["team"]], body)
        typesetting.draw_lines(canvas, _LEFT, _FOOT, [words["private"]], small)
        return float(_TOP - title.leading - 2 * body.leading - 4 * MM)

    y, day = begin(), ""
    if not stops:
        typesetting.draw_lines(canvas, _LEFT, y, [words["empty"]], body)
    for number, stop in enumerate(stops, start=1):
        lines = typesetting.wrap(f"{stop.compound} {stop.address}", body, width)
        lines += typesetting.wrap(stop.what, body, width)
        for key, said in (("papers", stop.papers), ("missing", stop.missing), ("note", stop.note)):
            if said:
                lines += typesetting.wrap(words[key].format(said=said), body, width)
        heading = stop.day != day
        high = strong.leading + len(lines) * body.leading + 8 * MM + (strong.leading + 2 * MM) * heading
        if y - high < _FOOT + 8 * MM:
            canvas.showPage()
            y, heading = begin(), True
        if heading:
            typesetting.draw_lines(canvas, _LEFT, y, [stop.day], strong)
            y, day = y - strong.leading - 2 * MM, stop.day
        layout.rule(canvas, _LEFT, _RIGHT, y + 3 * MM)
        top = y - 2 * MM
        head = f"{number}. {stop.time or words['any']}  {stop.name}  {stop.phone}"
        typesetting.draw_lines(canvas, _LEFT, top, [head], strong)
        typesetting.draw_lines(canvas, _LEFT, top - strong.leading, lines, body)
        for place, key in ((0, "met"), (1, "done")):
            left = _RIGHT - _TICKS + (4 + place * 16) * MM
            canvas.rect(left, top - _BOX + 3 * MM, _BOX, _BOX, stroke=1, fill=0)
            typesetting.draw_lines(canvas, left, top - _BOX - 1 * MM, [words[key]], small)
        y = top - strong.leading - max(len(lines), 1) * body.leading - 5 * MM
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
