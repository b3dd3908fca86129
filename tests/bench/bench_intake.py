"""An intake of each type: keys of a scripted operator with card reader and camera, and a person's time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from registration.checklist import offered_types
from registration.packs import TYPES, shipped
from tests.bench.row import Row

ROOT = Path(__file__).resolve().parent.parent.parent
TYPICAL = "new_housing_transfer"
NUMBERED = 9  # the types that one key chooses; rarer ones are searched for


def rows() -> list[Row]:
    """Measure and return the figures."""
    found = []
    for code, _, name in list(offered_types(shipped()[TYPES]))[:NUMBERED]:
        done = _one_intake(code)
        how = f"{done['papers']} papers photographed; machine's part {done['machine']:.1f} s"
        if done["open"]:
            how += f"; the type's own facts are not typed here: {len(done['open'])} points stay open"
        typical = code == TYPICAL
        found.append(Row(f"{name}: keys", done["keys"], "keys", 40 if typical else None, how))
        assumed = "0.28 s a key, 1.35 s a look, 6 s a paper or signature, 3 s a question"
        found.append(Row(f"{name}: a person's time", done["seconds"], "s", 180, assumed))
    return found


def _one_intake(code: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.one_intake", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{code}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])
