"""Every screen at the full size of a county: opening, typing, scrolling, choosing, news coming in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.bench.row import Row

ROOT = Path(__file__).resolve().parent.parent.parent
OPEN, STALL = 200.0, 50.0  # milliseconds


def rows() -> list[Row]:
    """Fill a store, open the window on it as a process of its own three times, return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [_one_window(Path(folder)) for _ in range(4)][1:]  # the first one fills the store
    found = defaultdict(list)
    for timings in runs:
        for timing in timings:
            found[(timing["view"], timing["act"])].append((timing["complete"], timing["stall"]))
    how = "200 compounds, 60,000 households, 100,000 cases; median of 3 windows, each a new process"
    opened, worst = list[Row](), dict[str, tuple[float, str, float]]()
    for (view, act), seen in found.items():
        complete, stall = (sorted(values)[len(values) // 2] for values in zip(*seen, strict=True))
        if act == "open":
            opened.append(Row(f"{view}: open", complete, "ms", OPEN, f"longest stall {stall:.0f} ms"))
        held = worst.get(view)
        if held is None or stall > held[0]:
            worst[view] = (stall, act, complete)
    stalls = [
        Row(f"{view}: longest stall", stall, "ms", STALL, f"at “{act}”, complete after {complete:.0f} ms")
        for view, (stall, act, complete) in worst.items()
    ]
    total = Row("screens measured", len(opened), "views", None, how)
    return [total, *opened, *stalls]


def _one_window(folder: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.one_window", str(folder / "data")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")},
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(done.stdout))
