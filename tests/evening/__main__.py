"""`python -m tests.evening --applicants N --out DIR`: the evening's figures and pictures in a folder."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.evening.evening import ScriptedEvening
from tests.fresh_folder import fresh_folder
from ui.memory import give_back_what_is_freed


def write(out: Path, figures: dict[str, object]) -> None:
    """Write summary.json and summary.md."""
    (out / "summary.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    lines = ["# An evening at the window", "", "| what | measured |", "|---|---|"]
    lines += [f"| {name.replace('_', ' ')} | {value} |" for name, value in figures.items()]
    (out / "summary.md").write_text("\n".join(lines) + "\n", "utf-8")


def run(applicants: int, out: Path) -> int:
    """Serve the evening; 0 when every applicant had an outcome."""
    give_back_what_is_freed()  # as the program does when it begins
    fresh_folder(out)
    with tempfile.TemporaryDirectory() as scratch:
        evening = ScriptedEvening(Path(scratch))
        try:
            figures = evening.run(applicants)
        finally:
            evening.close()
            shots = Path(scratch) / "screenshots"
            if shots.exists():
                shutil.copytree(shots, out / "screenshots")
    write(out, figures)
    print((out / "summary.md").read_text("utf-8"))
    served = sum(int(str(figures[name])) for name in ("submitted", "refused", "put aside"))
    return 0 if served == applicants else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--applicants", type=int, default=100)
    parser.add_argument("--out", type=Path, default=Path("build/evening"))
    chosen = parser.parse_args()
    sys.exit(run(chosen.applicants, chosen.out))
