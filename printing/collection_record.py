"""The record of a hand-over (发证记录) on A4: which certificates, who took them, signed under the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from printing import layout, typesetting
from printing.layout import A4, MM
from registration.signatures import PAD_RATIO, Point

_WORDS = {
    "zh": {
        "title": "发证记录", "certificates": "证书号码", "place": "坐落", "receipt": "收件编号",
        "at": "发证时间", "by": "发证人", "text": "领取人声明", "digest": "声明摘要（SHA-256）",
        "signature": "领取人签名",
    },
    "en": {
        "title": "Record of a hand-over", "certificates": "Certificates", "place": "Property",
        "receipt": "Receipt", "at": "Handed over", "by": "By", "text": "What was signed",
        "digest": "Its digest (SHA-256)", "signature": "Signature",
    },
}  # fmt: skip
_LEFT, _RIGHT, _TOP = 22 * MM, 188 * MM, 275 * MM
_PAD = 90 * MM


@dataclass(frozen=True)
class RecordFacts:
    """What is printed; `text` is exactly what was signed; without `strokes` this paper is signed."""

    certificates: Sequence[str]
    place: str
    receipt_number: str
    at: datetime
    by: str
    text: str
    digest: str
    strokes: Sequence[Sequence[Point]]


def render(facts: RecordFacts, *, language: str = "zh") -> bytes:
    """Return the record as PDF bytes, A4; the same facts, the same bytes. MachineError font_missing."""
    tongue = "en" if language.startswith("en") else "zh"
    words = _WORDS[tongue]
    canvas, buffer = layout.new_canvas(A4, title=words["title"], language=tongue, made_at=facts.at)
    layout.fill(canvas, layout.INK)
    title, body, label = typesetting.bold(22), typesetting.regular(11, 1.6), typesetting.regular(9, 1.5)
    typesetting.draw_lines(canvas, _LEFT, _TOP, [words["title"]], title)
    y = _TOP - title.leading - 6 * MM
    for name, value in (
        ("certificates", "、".join(facts.certificates)),
        ("place", facts.place),
        ("receipt", facts.receipt_number),
        ("at", f"{facts.at:%Y-%m-%d %H:%M}"),
        ("by", facts.by),
        ("text", facts.text),
        ("digest", facts.digest),
    ):
        lines = typesetting.wrap(value, body, _RIGHT - _LEFT - 42 * MM)
        typesetting.draw_lines(canvas, _LEFT, y, [words[name]], label)
        typesetting.draw_lines(canvas, _LEFT + 42 * MM, y, lines, body)
        y -= max(len(lines), 1) * body.leading + 3 * MM
    typesetting.draw_lines(canvas, _LEFT, y, [words["signature"]], label)
    high = _PAD / PAD_RATIO
    left, foot = _LEFT + 42 * MM, y - high
    canvas.setLineWidth(1.2)
    for stroke in facts.strokes:
        for (x1, y1, _), (x2, y2, _) in pairwise(stroke):
            canvas.line(left + x1 * _PAD, foot + (1 - y1) * high, left + x2 * _PAD, foot + (1 - y2) * high)
    layout.rule(canvas, left, left + _PAD, foot)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
