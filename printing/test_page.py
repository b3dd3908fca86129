"""A test page: shows that the printer prints, and is what the camera's sharpness is measured on."""

from __future__ import annotations

from datetime import datetime

from printing import layout, qr, typesetting
from printing.layout import A4, MM

_WORDS = {
    "zh": (
        "测试页",
        "打印清楚、四条边框完整，就可以用。把这一页放在摄像头下，按“测清晰度”。",
        "不动产登记收件材料　示范小区一号楼二单元　0123456789",
    ),
    "en": (
        "Test page",
        "Clear print, a frame on all four sides: ready. Lay this page under the camera to measure sharpness.",
        "Intake papers, real estate registration, building 1 unit 2, 0123456789",
    ),
}
_SIZES = (18, 14, 12, 10.5, 9, 8, 7, 6)


def render(*, language: str = "zh", printed_at: datetime) -> bytes:
    """Return the page as a PDF, A4; `printed_at` (aware) stands on it. Raises MachineError font_missing."""
    title, advice, sample = _WORDS["en" if language.startswith("en") else "zh"]
    canvas, buffer = layout.new_canvas(A4, title=f"Jilai {title}", language=language, made_at=printed_at)
    width, height = A4
    edge = 12 * MM
    canvas.setLineWidth(0.8)
    canvas.rect(edge, edge, width - 2 * edge, height - 2 * edge)
    layout.fill(canvas, layout.INK)
    left, y = edge + 10 * MM, height - edge - 18 * MM
    typesetting.draw(canvas, left, y, f"即来 Jilai · {title}", typesetting.bold(20))
    y -= 10 * MM
    stamp = printed_at.strftime("%Y-%m-%d %H:%M")
    typesetting.draw(canvas, left, y, stamp, typesetting.regular(11))
    for line in typesetting.wrap(advice, typesetting.regular(11), width - 2 * left):
        y -= 7 * MM
        typesetting.draw(canvas, left, y, line, typesetting.regular(11))
    for size in _SIZES:  # down to the smallest print on a contract
        face = typesetting.regular(size)
        for line in typesetting.wrap(sample, face, width - 2 * left):
            y -= size * 1.9
            typesetting.draw(canvas, left, y, line, face)
    y -= 12 * MM
    for place, step in enumerate((0.25, 0.4, 0.6, 1.0)):  # millimetres: line pairs to look at
        x = left + place * 36 * MM
        at = 0.0
        while at < 28:
            canvas.rect(x + at * MM, y - 24 * MM, step / 2 * MM, 24 * MM, stroke=0, fill=1)
            at += step
    modules = qr.matrix("JILAI-TEST-PAGE", "M")
    qr.draw(canvas, left, y - 70 * MM, 34 * MM / len(modules), modules)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
