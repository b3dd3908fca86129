"""The queue slip (排队号) on a thermal roll: one large number, who has to be here, what to have ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from printing import layout
from printing.layout import MM
from printing.receipt_words import say_time, section
from printing.roll import BODY, BODY_BOLD, LABEL, OFFICE, Roll


@dataclass(frozen=True)
class QueueSlip:
    """What a slip says; it names nobody. `taken_at` is aware; `present` and `bring` "": the usual words."""

    number: str
    site: str
    session_title: str
    taken_at: datetime
    ahead: int
    type_name: str = ""
    present: str = ""
    bring: str = ""


def render(
    slip: QueueSlip, *, width_mm: int = 80, language: str = "zh", wording: Mapping[str, Any] | None = None
) -> bytes:
    """Return the slip as a PDF of one page, `width_mm` wide (80 or 58); the same arguments, the same bytes.

    KeyError for a width that no roll has; MachineError code font_missing.
    """
    words, roll = section("queue_slip", language, wording), Roll(width_mm)
    place = " · ".join(part for part in (slip.site, slip.session_title) if part.strip())
    office = section("receipt", language, wording)["office"]
    blocks = [
        layout.space(4 * MM),
        roll.centred(office, OFFICE),
        *([roll.centred(place, BODY)] if place else []),
        layout.space(1.5 * MM),
        roll.band(words["title"], BODY_BOLD),
        layout.space(1 * MM),
        roll.number(slip.number, 54),
        roll.rule(),
        roll.fact(words["ahead"], words["ahead_count"].format(count=slip.ahead)),
        roll.fact(words["taken_at"], say_time(slip.taken_at, english=language.startswith("en"))),
        *([roll.fact(words["type"], slip.type_name)] if slip.type_name.strip() else []),
        roll.rule(),
        roll.text(words["present"], LABEL),
        roll.text(slip.present.strip() or words["everyone"], BODY_BOLD),
        layout.space(1 * MM),
        roll.text(words["bring"], LABEL),
        roll.text(slip.bring.strip() or words["papers"], BODY_BOLD),
        roll.rule(),
        roll.text(words["call"]),
        layout.space(2 * MM),
        roll.tear_line(),
    ]
    title = words["page"].format(number=slip.number)
    return roll.paper(blocks, title=title, language=language, made_at=slip.taken_at)
