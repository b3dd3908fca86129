"""The same receipt by typst, WeasyPrint and fpdf2; run by bench_printing in an environment of their own.

`python paper_peers.py PEER FACTS.json RUNS` prints one JSON line: milliseconds cold and warm, and the size.
FACTS.json has the texts, the QR code's modules and where the fonts are, so that all draw one paper.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

BORN = time.perf_counter()
Facts = dict[str, Any]


def by_typst(facts: Facts) -> Callable[[], bytes]:
    """Return a call that compiles the receipt with a warm compiler."""
    typst = importlib.import_module("typst")
    side = 37 / len(facts["modules"])
    dark = "".join(
        f"#place(dx: {c * side:.3f}mm, dy: {r * side:.3f}mm, rect(width: {side:.3f}mm, height: {side:.3f}mm, "
        "fill: black))"
        for r, row in enumerate(facts["modules"])
        for c, on in enumerate(row)
        if on
    )
    rows = "".join(f"[{label}],[{value}]," for label, value in facts["facts"])
    lines = "".join(f"[{'],['.join(line)}]," for line in facts["lines"])
    text = (
        '#set page(paper: "a4", margin: 18mm)\n#set text(font: "Noto Sans SC", size: 10.5pt)\n'
        f"#place(top + right, box(width: 37mm, height: 37mm)[{dark}])\n"
        f"#text(27pt, weight: 700)[{facts['title']}]\n\n#text(19pt, weight: 700)[{facts['number']}]\n\n"
        f"*{facts['status']}*\n\n#table(columns: 2, {rows})\n#table(columns: 4, {lines})\n"
    )
    source = Path(facts["folder"]) / "receipt.typ"
    source.write_text(text, "utf-8")
    compiler = typst.Compiler(str(source), font_paths=[facts["fonts"]], ignore_system_fonts=True)

    def make() -> bytes:
        source.write_text(f"{text}\n// {time.perf_counter_ns()}\n", "utf-8")  # news for the compiler's cache
        made: bytes = compiler.compile(format="pdf")
        return made

    return make


def by_weasyprint(facts: Facts) -> Callable[[], bytes]:
    """Return a call that lays out HTML with embedded fonts and an SVG code."""
    weasyprint = importlib.import_module("weasyprint")
    size = len(facts["modules"])
    dark = "".join(
        f"M{c} {r}h1v1h-1z" for r, row in enumerate(facts["modules"]) for c, on in enumerate(row) if on
    )
    fonts = "".join(
        f"@font-face{{font-family:P;font-weight:{weight};src:url(file://{facts['fonts']}/NotoSansSC-{name}.ttf)}}"
        for weight, name in ((400, "Regular"), (700, "Bold"))
    )
    rows = "".join(f"<tr><td>{label}<td>{value}" for label, value in facts["facts"])
    lines = "".join(f"<tr><td>{'<td>'.join(line)}" for line in facts["lines"])
    html = (
        f"<style>{fonts}@page{{size:A4;margin:18mm}}body{{font:10.5pt P}}"
        "svg{float:right;width:37mm}</style>"
        f"<svg viewBox='0 0 {size} {size}'><path d='{dark}'/></svg><h1>{facts['title']}</h1>"
        f"<h2>{facts['number']}</h2><p><b>{facts['status']}</b></p>"
        f"<table>{rows}</table><table>{lines}</table>"
    )

    def make() -> bytes:
        made: bytes = weasyprint.HTML(string=html).write_pdf()
        return made

    return make


def by_fpdf2(facts: Facts) -> Callable[[], bytes]:
    """Return a call that draws with fpdf2's cells and rectangles."""
    fpdf = importlib.import_module("fpdf")

    def make() -> bytes:
        pdf = fpdf.FPDF(format="A4")
        pdf.add_page()
        for style, name in (("", "Regular"), ("B", "Bold")):
            pdf.add_font("P", style, f"{facts['fonts']}/NotoSansSC-{name}.ttf")
        side = 37 / len(facts["modules"])
        for r, row in enumerate(facts["modules"]):
            for c, on in enumerate(row):
                if on:
                    pdf.rect(155 + c * side, 16 + r * side, side, side, style="F")
        pdf.set_font("P", "B", 27)
        pdf.cell(0, 14, facts["title"], new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("P", "B", 19)
        pdf.cell(0, 10, facts["number"], new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("P", "", 10.5)
        pdf.multi_cell(140, 6, facts["status"], new_x="LMARGIN", new_y="NEXT")
        for label, value in facts["facts"]:
            pdf.cell(32, 7, label)
            pdf.cell(0, 7, value, new_x="LMARGIN", new_y="NEXT")
        for line in facts["lines"]:
            for text, wide in zip(line, (90, 30, 20, 20), strict=True):
                pdf.cell(wide, 7, text)
            pdf.ln(7)
        return bytes(pdf.output())

    return make


PEERS = {"typst": by_typst, "WeasyPrint": by_weasyprint, "fpdf2": by_fpdf2}


def main() -> None:
    name, file, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    make = PEERS[name]({**json.loads(file.read_text("utf-8")), "folder": str(file.parent)})
    size = len(make())
    cold = (time.perf_counter() - BORN) * 1000
    wall, before = [], time.process_time()
    for _ in range(runs):
        start = time.perf_counter()
        make()
        wall.append((time.perf_counter() - start) * 1000)
    cpu = (time.process_time() - before) * 1000 / runs
    print(json.dumps({"cold": cold, "p50": sorted(wall)[runs // 2], "cpu": cpu, "bytes": size}))


if __name__ == "__main__":
    main()
