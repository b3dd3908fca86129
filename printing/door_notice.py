"""The notice for a door (上门通知) on A4, four a sheet to be cut: which evening, where, what to bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from printing import layout, typesetting
from printing.layout import A4, MM

_WIDTH, _HEIGHT, _MARGIN = 105 * MM, 148.5 * MM, 9 * MM
_A_SHEET = 4
_WORDS = {
    "zh": {
        "title": "不动产登记办理通知",
        "when": "时间",
        "where": "地点",
        "bring": "请带上",
        "foot": "时间不便可到现场另约。不上门收证件，不收钱。",
    },
    "en": {
        "title": "Property registration, near you",
        "when": "When",
        "where": "Where",
        "bring": "Please bring",
        "foot": "Another time? Ask at the place. Nobody collects papers or money at the door.",
    },
}


@dataclass(frozen=True)
class Notice:
    """One door's notice: the household's address and when it is awaited, both as words; nobody's name."""

    place: str
    when: str


def render(
    notices: Sequence[Notice], *, where: str, bring: Sequence[str], language: str = "zh", printed_at: datetime
) -> bytes:
    """Return the notices as PDF bytes, A4, four a sheet.

    What does not fit a quarter of the sheet ends with …. The same arguments give the same bytes.
    Raises MachineError font_missing.
    """
    tongue = "en" if language.startswith("en") else "zh"
    words = _WORDS[tongue]
    canvas, buffer = layout.new_canvas(A4, title=words["title"], language=tongue, made_at=printed_at)
    for number, notice in enumerate(notices):
        spot = number % _A_SHEET
        if spot == 0:
            canvas.setDash(2, 3)
            layout.rule(canvas, 0, 2 * _WIDTH, _HEIGHT)
            canvas.line(_WIDTH, 0, _WIDTH, 2 * _HEIGHT)
            canvas.setDash()
        _draw(canvas, spot % 2 * _WIDTH, (2 - spot // 2) * _HEIGHT, notice, where, bring, words)
        if spot == _A_SHEET - 1 or number == len(notices) - 1:
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(
    canvas: Any, left: float, top: float, notice: Notice, where: str, bring: Sequence[str],
    words: dict[str, str],
) -> None:  # fmt: skip
    x, room, y = left + _MARGIN, _WIDTH - 2 * _MARGIN, top - _MARGIN
    floor = top - _HEIGHT + _MARGIN
    strong, body, small = typesetting.bold(14), typesetting.regular(13), typesetting.regular(10)
    foot = typesetting.wrap(words["foot"], small, room)
    last = floor + len(foot) * small.leading
    layout.fill(canvas, layout.INK)
    for text, face, after in (
        (words["title"], typesetting.bold(18), 3 * MM),
        (notice.place, strong, 4 * MM),
        (words["when"], small, 0),
        (notice.when, typesetting.bold(18), 3 * MM),
        (words["where"], small, 0),
        (where, strong, 3 * MM),
        (words["bring"], small, 0),
        *((f"□ {one}", body, 1 * MM) for one in bring),
    ):
        lines = typesetting.wrap(text, face, room)
        fit = max(int((y - last) // face.leading), 0)
        if len(lines) > fit:
            lines = [*lines[: fit - 1], typesetting.shorten(lines[fit - 1] + "…", face, room)] if fit else []
        typesetting.draw_lines(canvas, x, y, lines, face)
        y -= len(lines) * face.leading + after
    typesetting.draw_lines(canvas, x, last, foot, small)
