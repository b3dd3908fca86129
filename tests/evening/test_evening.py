"""A short evening: every applicant gets an outcome, and the figures are about what was done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.e2e
@pytest.mark.timeout(180)
def test_a_short_evening_gives_each_applicant_an_outcome_and_leaves_its_figures(tmp_path: Path) -> None:
    out = tmp_path / "evening"
    done = subprocess.run(
        [sys.executable, "-m", "tests.evening", "--applicants", "2", "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads((out / "summary.json").read_text("utf-8"))
    assert figures["submitted"] == 2
    assert 60 < figures["keystrokes"] < 200  # about forty an intake
    assert figures["papers"] >= 8
    assert figures["beats"] > 100 and 0 < figures["stall_p99_ms"] <= figures["stall_max_ms"] < 60_000
    assert figures["database_mb"] > 0.1
    for language in ("en", "zh"):
        shown = {path.stem for path in (out / "screenshots" / language).glob("*.png")}
        assert {"session", "tonight-early", "review", "receipt", "tonight-late", "closing"} <= shown
