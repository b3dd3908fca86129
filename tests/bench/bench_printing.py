"""Printing: a receipt cold and warm, an evening's hundred, an archive of 60 pages, and peers beside it."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from printing import fonts, qr, receipt_a4, receipt_roll, samples
from printing.forms import archive, sample_facts
from printing.receipt_words import qr_text, receipt_words
from tests.bench.row import Row, timed

ROOT = Path(__file__).resolve().parents[2]
PEERS = ("typst==0.15.2", "weasyprint==70.0", "fpdf2==2.8.9")
_COLD_RUNS, _PEER_RUNS = 5, 12


def rows() -> list[Row]:
    """Measure and return the figures."""
    receipt = samples.ordinary()
    warm = timed(lambda: receipt_a4.render(receipt, verify_url=samples.VERIFY_URL), 60, warm=3)
    roll = timed(lambda: receipt_roll.render(receipt, verify_url=samples.VERIFY_URL), 30, warm=2)
    evening = timed(_evening, 3, warm=0)
    how = f"60 in one process, {warm.cpu:.1f} ms of processor each"
    return [
        _cold(),
        Row("receipt A4, facts to bytes, p50", warm.p50, "ms", 15, how),
        Row("receipt roll 80 mm, p50", roll.p50, "ms", None, f"{roll.cpu:.1f} ms of processor each"),
        Row(
            "an evening's 100 different receipts",
            evening.p50 / 1000,
            "s",
            2,
            f"A4, {evening.cpu / 1000:.2f} s of processor, median of 3",
        ),
        *_archive(),
        *_peers(),
    ]


def _evening() -> None:
    for number in range(100):
        receipt = replace(samples.ordinary(), number=f"620102-A03-261107-{number:04d}")
        receipt_a4.render(receipt, verify_url=samples.VERIFY_URL)


def _cold() -> Row:
    """Time the first receipt of a new process, from before its first import to the bytes."""
    program = (
        "import time, sys; wall, cpu = time.perf_counter(), time.process_time()\n"
        "import json; from printing import receipt_a4\n"
        "from registration.receipt_json import receipt_from_json\n"
        "receipt = receipt_from_json(json.load(open(sys.argv[1], encoding='utf-8')))\n"
        f"receipt_a4.render(receipt, verify_url={samples.VERIFY_URL!r})\n"
        "print(time.perf_counter() - wall, time.process_time() - cpu)"
    )
    with tempfile.TemporaryDirectory() as folder:
        facts = Path(folder) / "facts.json"
        facts.write_text(next(text for name, text in samples.papers() if name.endswith(".json")).decode())
        found = []
        for _ in range(_COLD_RUNS + 1):
            done = subprocess.run(
                [sys.executable, "-c", program, facts], capture_output=True, text=True, check=True, cwd=ROOT
            )
            found.append([float(part) * 1000 for part in done.stdout.split()])
    walls, cpus = zip(*found[1:], strict=True)
    middle = _COLD_RUNS // 2
    how = f"{_COLD_RUNS} new processes, median, imports included, {sorted(cpus)[middle]:.0f} ms of processor"
    return Row("receipt A4, first of a process", sorted(walls)[middle], "ms", 250, how)


def _archive() -> list[Row]:
    """Time an archive of 60 captured pages beside its forms, and what it adds to the memory."""
    buffer = io.BytesIO()
    Image.effect_noise((1654, 2339), 24).save(buffer, "JPEG", quality=30)
    page = buffer.getvalue()
    facts = sample_facts.ordinary()
    parts: list[archive.Part] = [
        archive.FormPart("不动产登记申请书", "application_form", facts),
        *(archive.CapturedPart(f"材料 {n}", "原件", [lambda: page] * 10) for n in range(6)),
    ]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made = timed(lambda: archive.render(facts, parts, made_at=samples.ordinary().received_at), 2, warm=0)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    how = f"each a JPEG of {len(page) // 1000} kB at 200 dpi, {made.cpu:.0f} ms of processor"
    return [
        Row("archive of 60 captured pages", made.p50 / 1000, "s", 3, how),
        Row("memory that it needs", grown, "MB", 120, "growth of the largest resident size"),
    ]


def _peers() -> list[Row]:
    """Time the same receipt by three other libraries, in an environment of their own that is made once."""
    python = _peers_python()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "facts.json"
        file.write_text(json.dumps(_facts(), ensure_ascii=False), "utf-8")
        found = []
        for name in ("typst", "WeasyPrint", "fpdf2"):
            done = subprocess.run(
                [python, ROOT / "tests/bench/paper_peers.py", name, file, str(_PEER_RUNS)],
                capture_output=True,
                text=True,
                check=True,
            )
            peer = json.loads(done.stdout.strip().splitlines()[-1])
            how = f"p50 of {_PEER_RUNS}, {peer['cpu']:.1f} ms of processor each; first {peer['cold']:.0f} ms"
            found.append(Row(f"the same receipt by {name}", peer["p50"], "ms", None, how))
    return found


def _facts() -> dict[str, Any]:
    receipt = samples.ordinary()
    words = receipt_words(receipt, "zh")
    return {
        "title": words["title"],
        "number": receipt.number,
        "status": words["status_text"],
        "facts": [
            [words["received_at"], words.received_at],
            [words["applicant"], receipt.applicant],
            [words["id_tail"], receipt.id_tail],
            [words["phone_tail"], receipt.phone_tail],
            [words["type"], words.type_name],
            [words["property"], words.property_name],
            [words["address"], receipt.property_address],
            [words["unit_code"], words.unit_code],
        ],
        "lines": [
            [words.line_name(line), words.form_name(line), str(line.copies), str(line.pages)]
            for line in receipt.lines
        ],
        "modules": qr.matrix(qr_text(receipt, samples.VERIFY_URL), "M"),
        "fonts": str(fonts.font_files()[0].parent),
    }


def _peers_python() -> Path:
    """Return the interpreter of the peers' environment; a new set of versions gets a new one."""
    folder = ROOT / "build" / "paper-peers"
    python, mark = folder / "bin/python", folder / "installed.txt"
    if not mark.exists() or mark.read_text() != "\n".join(PEERS):
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", *PEERS], check=True, capture_output=True)
        mark.write_text("\n".join(PEERS))
    return python
