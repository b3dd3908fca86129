"""The certificate of destruction (销毁证明) on A4: which originals went, when, and by which rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from printing import layout, typesetting
from printing.layout import A4, MM

_WORDS = {
    "zh": {
        "title": "原始影像销毁证明",
        "number": "证明编号",
        "device": "设备",
        "at": "销毁时间",
        "by": "当班人员",
        "files": "销毁的原始影像",
        "files_of": "{files} 个文件，{bytes} 字节",
        "rule": "依据",
        "rule_of": "保存期限规则 {version}：中心签名回执之日起满 {days} 日。{source}",
        "said": "下列申请的原始影像（未经裁切的原图）已由中心完整收存并签名回执，现从本机删除；"
        "裁正后的影像、收件凭证和审计日志保留。第二副本中的同一文件在下次更新时删除。",
        "cases": "申请（收件编号、中心回执时间、文件数）",
    },
    "en": {
        "title": "Certificate of destruction",
        "number": "Certificate",
        "device": "Device",
        "at": "Destroyed",
        "by": "On duty",
        "files": "Originals destroyed",
        "files_of": "{files} files, {bytes} bytes",
        "rule": "By",
        "rule_of": "retention rule {version}: {days} full days after the centre's signed acknowledgement."
        " {source}",
        "said": "The centre holds the originals (the pictures before cropping) of the applications below"
        " whole and has signed for them; they are deleted from this machine. The squared copies, the receipts"
        " and the audit log stay. The same files in the second copy go with its next update.",
        "cases": "Applications (receipt number, acknowledged, files)",
    },
}
_LEFT, _RIGHT, _TOP, _BOTTOM = 22 * MM, 188 * MM, 275 * MM, 20 * MM


@dataclass(frozen=True)
class DestructionFacts:
    """What is printed; each line is receipt number, the acknowledgement's time, and files."""

    number: int
    device_code: str
    at: datetime
    operator_name: str
    files: int
    bytes: int
    version: str
    source: str
    days: int
    lines: Sequence[tuple[str, str, int]]


def render(facts: DestructionFacts, *, language: str = "zh") -> bytes:
    """Return the certificate as PDF bytes, A4, on as many pages as it needs; the same facts, the same bytes.

    Raises MachineError font_missing.
    """
    tongue = "en" if language.startswith("en") else "zh"
    words = _WORDS[tongue]
    canvas, buffer = layout.new_canvas(
        A4, title=f"{words['title']} {facts.number}", language=tongue, made_at=facts.at
    )
    layout.fill(canvas, layout.INK)
    title, body = typesetting.bold(22), typesetting.regular(10.5, 1.6)
    label, mono = typesetting.regular(9, 1.5), typesetting.regular(9.5, 1.5)
    typesetting.draw_lines(canvas, _LEFT, _TOP, [words["title"]], title)
    y = _TOP - title.leading - 4 * MM
    rule = words["rule_of"].format(version=facts.version, days=facts.days, source=facts.source)
    for name, value in (
        ("number", f"{facts.device_code}-{facts.number:04d}"),
        ("at", f"{facts.at:%Y-%m-%d %H:%M:%S}"),
        ("by", facts.operator_name),
        ("files", words["files_of"].format(files=facts.files, bytes=facts.bytes)),
        ("rule", rule),
    ):
        lines = typesetting.wrap(value, body, _RIGHT - _LEFT - 38 * MM)
        typesetting.draw_lines(canvas, _LEFT, y, [words[name]], label)
        typesetting.draw_lines(canvas, _LEFT + 38 * MM, y, lines, body)
        y -= len(lines) * body.leading + 1.5 * MM
    lines = typesetting.wrap(words["said"], body, _RIGHT - _LEFT)
    typesetting.draw_lines(canvas, _LEFT, y - 2 * MM, lines, body)
    y -= len(lines) * body.leading + 6 * MM
    typesetting.draw_lines(canvas, _LEFT, y, [words["cases"]], label)
    y -= label.leading + 1 * MM
    for number, acknowledged, files in facts.lines:
        if y < _BOTTOM:
            canvas.showPage()
            layout.fill(canvas, layout.INK)
            y = _TOP
        typesetting.draw_lines(canvas, _LEFT, y, [number], mono)
        typesetting.draw_lines(canvas, _LEFT + 80 * MM, y, [acknowledged], mono)
        typesetting.draw_lines(canvas, _LEFT + 140 * MM, y, [str(files)], mono)
        y -= mono.leading
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
