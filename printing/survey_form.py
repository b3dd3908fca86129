"""The blank of the door-to-door survey (入户摸排表) on A4: two households a sheet, to be filled by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from printing import layout, typesetting
from printing.layout import A4, MM

_LEFT, _RIGHT = 18 * MM, 192 * MM
_TOPS = (284 * MM, 142 * MM)
_WORDS: dict[str, dict[str, Any]] = {
    "zh": {
        "title": "入户摸排表",
        "lines": (
            "居住情况： □ 自住    □ 出租    □ 空置    □ 不在家，再来：____月____日    □ 不愿答复",
            "产权人：________________________    电话：________________________",
            "购房合同 □有 □无    发票 □有 □无    房款已付清 □是 □否    有抵押 □是 □否",
            "手里有的材料：________________________________________________________",
            "遇到的难处：__________________________________________________________",
            "____________________________________________________________________",
            "希望： □ 上门办理    □ 晚间办理    备注：________________________________",
        ),
        "foot": "入户人：____________    日期：____________    含个人信息，录入后收回销毁。",
    },
    "en": {
        "title": "Survey at the door",
        "lines": (
            "Lives there:  □ owner   □ tenant   □ empty   □ not home, again on ________   □ does not answer",
            "Owner: ____________________________    Phone: ____________________________",
            "Contract □yes □no    Invoice □yes □no    Paid up □yes □no    Mortgage □yes □no",
            "Papers held: __________________________________________________________",
            "Obstacle: _____________________________________________________________",
            "______________________________________________________________________",
            "Wishes:  □ home visit   □ evening     Note: ______________________________",
        ),
        "foot": "By: ______________   Day: ____________   Personal data: destroy once it is entered.",
    },
}


def render(places: Sequence[str], *, language: str = "zh", printed_at: datetime) -> bytes:
    """Return blanks for these addresses as PDF bytes, A4, two a sheet; no address gives one sheet of blanks.

    The same arguments give the same bytes. Raises MachineError font_missing.
    """
    tongue = "en" if language.startswith("en") else "zh"
    words = _WORDS[tongue]
    canvas, buffer = layout.new_canvas(A4, title=words["title"], language=tongue, made_at=printed_at)
    title, strong = typesetting.bold(15), typesetting.bold(12)
    body, small = typesetting.regular(10.5), typesetting.regular(8.5)
    wanted = list(places) or ["", ""]
    for number, place in enumerate(wanted):
        top = _TOPS[number % 2]
        layout.fill(canvas, layout.INK)
        typesetting.draw_lines(canvas, _LEFT, top, [words["title"]], title)
        typesetting.draw_lines(canvas, _LEFT, top - 9 * MM, [place or "_" * 60], strong)
        y = top - 20 * MM
        for line in words["lines"]:
            typesetting.draw_lines(canvas, _LEFT, y, [line], body)
            y -= 13 * MM
        typesetting.draw_lines(canvas, _LEFT, y, [words["foot"]], small)
        if number % 2 == 0:
            layout.rule(canvas, _LEFT, _RIGHT, 146 * MM)
        if number % 2 or number == len(wanted) - 1:
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()
