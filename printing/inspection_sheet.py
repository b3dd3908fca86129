"""The sheet of an inspection (实地查访表) on A4: the homes of a sample, what was seen or room for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from printing import layout, typesetting
from printing.layout import A4, MM, Block

_WORDS = {
    "zh": {
        "title": "实地查访表", "drawn": "{compound} · 从 {pool} 户中随机抽取 {n} 户 · {by} {at} 抽取",
        "again": "抽样种子 {seed}：按「种子＋户号」的 SHA-256 从小到大取前 {n} 户，任何人可以复核。",
        "printed": "打印 {time}", "as": "与台账一致", "differs": "与台账不一致",
        "blank": "□ 与台账一致   □ 不一致",
        "seen": "{at} {by}", "photos": "照片 {digests}", "page": "第 {n} 页，共 {all} 页",
        "sign": "查访人（两人）：", "date": "日期：",
    },
    "en": {
        "title": "Inspection of homes", "drawn": "{compound} · {n} of {pool} homes, drawn by {by} {at}",
        "again": "Seed {seed}: the {n} homes of the least SHA-256 of seed and id; anybody can draw it again.",
        "printed": "Printed {time}", "as": "as claimed", "differs": "different",
        "blank": "□ as claimed   □ different",
        "seen": "{at} {by}", "photos": "photos {digests}", "page": "Page {n} of {all}",
        "sign": "Seen by (two):", "date": "Date:",
    },
}  # fmt: skip
_LEFT, _RIGHT, _TOP, _FOOT = 18 * MM, 192 * MM, 281 * MM, 16 * MM
_WIDE = _RIGHT - _LEFT


@dataclass(frozen=True)
class Home:
    """One home of the sample; `agrees` is None where nobody was yet, `digests` SHA-256 hex of the photos."""

    place: str
    agrees: bool | None = None
    words: str = ""
    at: str = ""
    by: str = ""
    digests: Sequence[str] = ()


@dataclass(frozen=True)
class Sample:
    """The sample as it was drawn: `at` and `by` whom, from how many homes, with which seed."""

    compound: str
    at: str
    by: str
    pool: int
    seed: str
    homes: Sequence[Home]


def render(sample: Sample, *, language: str = "zh", printed_at: datetime) -> bytes:
    """Return the sheet as PDF bytes, A4; the same arguments, the same bytes. MachineError font_missing."""
    tongue = "en" if language.startswith("en") else "zh"
    words = _WORDS[tongue]
    canvas, buffer = layout.new_canvas(A4, title=words["title"], language=tongue, made_at=printed_at)
    small, drawn = typesetting.regular(8.5), typesetting.regular(10.5)
    number = len(sample.homes)
    said = words["drawn"].format(
        compound=sample.compound, pool=sample.pool, n=number, by=sample.by, at=sample.at
    )
    printed = words["printed"].format(time=f"{printed_at:%Y-%m-%d %H:%M}")
    again = f"{words['again'].format(seed=sample.seed, n=number)} {printed}"
    blocks = layout.kept(
        [
            _text([words["title"]], typesetting.bold(19)),
            _text(typesetting.wrap(said, drawn, _WIDE), drawn),
            _text(typesetting.wrap(again, small, _WIDE), small),
            layout.space(3 * MM),
        ]
    )
    blocks += [_home(at, home, words) for at, home in enumerate(sample.homes, start=1)]
    blocks.append(_signature(words))
    room = _TOP - _FOOT - 8 * MM
    pages = layout.paginate(blocks, room, room)
    for at, page in enumerate(pages, start=1):
        layout.fill(canvas, layout.INK)
        layout.stack(canvas, page, _TOP)
        foot = f"{sample.compound} · {words['page'].format(n=at, all=len(pages))}"
        typesetting.draw(canvas, _RIGHT, _FOOT - 3 * MM, foot, small, "right")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _home(number: int, home: Home, words: dict[str, str]) -> Block:
    strong, body, small = typesetting.bold(11), typesetting.regular(10), typesetting.regular(8.5)
    state = words["blank"] if home.agrees is None else words["as" if home.agrees else "differs"]
    lines = typesetting.wrap(home.words, body, _WIDE) if home.words else []
    about = words["seen"].format(at=home.at, by=home.by) if home.agrees is not None else ""
    if home.digests:
        photos = words["photos"].format(digests=", ".join(digest[:12] for digest in home.digests))
        about = " · ".join(filter(None, (about, photos)))
    small_lines = typesetting.wrap(about, small, _WIDE) if about else []
    empty = 11 * MM if home.agrees is None else 0.0  # room to write in
    rest = len(lines) * body.leading + len(small_lines) * small.leading + empty

    def draw(canvas: Any, top: float) -> None:
        layout.rule(canvas, _LEFT, _RIGHT, top - 1 * MM)
        y = top - 2.5 * MM
        typesetting.draw_lines(canvas, _LEFT, y, [f"{number}. {home.place}"], strong)
        typesetting.draw(canvas, _RIGHT, y - body.drop, state, body, "right")
        y -= strong.leading
        typesetting.draw_lines(canvas, _LEFT, y, lines, body)
        typesetting.draw_lines(canvas, _LEFT, y - len(lines) * body.leading, small_lines, small)
        if empty:
            layout.rule(canvas, _LEFT + 6 * MM, _RIGHT, y - 8 * MM)

    return Block(strong.leading + rest + 4.5 * MM, draw)


def _signature(words: dict[str, str]) -> Block:
    body = typesetting.regular(10.5)

    def draw(canvas: Any, top: float) -> None:
        y = top - 14 * MM
        for left, right, label in ((0, 110, "sign"), (114, 174, "date")):
            start, end = _LEFT + left * MM, _LEFT + right * MM
            typesetting.draw(canvas, start, y, words[label], body)
            layout.rule(canvas, start + typesetting.width(words[label], body) + 1 * MM, end, y - 1 * MM)

    return Block(20 * MM, draw)


def _text(lines: Sequence[str], face: typesetting.Face) -> Block:
    return Block(
        len(lines) * face.leading,
        lambda canvas, top: typesetting.draw_lines(canvas, _LEFT, top, list(lines), face),
    )
