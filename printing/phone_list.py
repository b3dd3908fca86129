"""The phone list (补正电话单) on A4: whom to call about which case, what to bring, with room for notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from printing import layout, typesetting
from printing.layout import A4, MM

_WORDS = {
    "zh": {
        "title": "补正电话单",
        "made": "{time} 打印 · {n} 件",
        "due": "期限 {day}",
        "no_due": "未定期限",
        "noted": "上次：{said}",
        "space": "通话记录",
        "empty": "没有需要联系的申请。",
        "private": "含个人信息，用后收回销毁。",
    },
    "en": {
        "title": "Calls about corrections",
        "made": "Printed {time} · {n} case(s)",
        "due": "due {day}",
        "no_due": "no day set",
        "noted": "Last: {said}",
        "space": "Note of the call",
        "empty": "Nobody has to be called.",
        "private": "Holds personal data: take it back and destroy it after use.",
    },
}
_LEFT, _RIGHT, _TOP, _FOOT = 18 * MM, 192 * MM, 280 * MM, 18 * MM


@dataclass(frozen=True)
class Line:
    """One case as it is to stand on the sheet: name and phone masked or not, as the caller decides."""

    name: str
    phone: str
    place: str
    receipt_number: str
    items: str
    due: str  # an ISO date, "" for none
    noted: str


def render(
    lines: Sequence[Line],
    *,
    language: str = "zh",
    printed_at: datetime,
    private: bool,
    title: str = "",
) -> bytes:
    """Return the list as PDF bytes, A4; `private` where names and numbers are whole, and the foot says so.

    `title` stands over it in place of the one about corrections, "" for that.

    The same arguments give the same bytes. Raises MachineError font_missing.
    """
    tongue = "en" if language.startswith("en") else "zh"
    words = _WORDS[tongue]
    canvas, buffer = layout.new_canvas(A4, title=title or words["title"], language=tongue, made_at=printed_at)
    words = {**words, "title": title or words["title"]}
    title_face, strong = typesetting.bold(20), typesetting.bold(12, 1.5)
    body, small = typesetting.regular(10.5, 1.5), typesetting.regular(9, 1.5)
    width = _RIGHT - _LEFT

    def begin() -> float:
        layout.fill(canvas, layout.INK)
        typesetting.draw_lines(canvas, _LEFT, _TOP, [words["title"]], title_face)
        made = words["made"].format(time=f"{printed_at:%Y-%m-%d %H:%M}", n=len(lines))
        typesetting.draw_lines(canvas, _LEFT, _TOP - title_face.leading, [made], small)
        if private:
            typesetting.draw_lines(canvas, _LEFT, _FOOT, [words["private"]], small)
        return float(_TOP - title_face.leading - small.leading - 5 * MM)

    y = begin()
    if not lines:
        typesetting.draw_lines(canvas, _LEFT, y, [words["empty"]], body)
    for line in lines:
        due = words["due"].format(day=line.due) if line.due else words["no_due"]
        head = f"{line.name}  {line.phone}"
        what = typesetting.wrap(line.items, body, width) if line.items else []
        said = typesetting.wrap(words["noted"].format(said=line.noted), small, width) if line.noted else []
        high = strong.leading + (1 + len(what)) * body.leading + len(said) * small.leading + 16 * MM
        if y - high < _FOOT + 8 * MM:
            canvas.showPage()
            y = begin()
        layout.rule(canvas, _LEFT, _RIGHT, y)
        y -= 3 * MM
        typesetting.draw_lines(canvas, _LEFT, y, [head], strong)
        y -= strong.leading
        place = " · ".join(filter(None, (line.place, line.receipt_number, due)))
        typesetting.draw_lines(canvas, _LEFT, y, [place, *what], body)
        y -= (1 + len(what)) * body.leading
        if said:
            typesetting.draw_lines(canvas, _LEFT, y, said, small)
            y -= len(said) * small.leading
        typesetting.draw_lines(canvas, _LEFT, y, [words["space"]], small)
        y -= 13 * MM
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
