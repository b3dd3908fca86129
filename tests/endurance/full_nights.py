"""`make full`: the disk gets full at each of an evening's writes, and the evening closes all the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def can_fill() -> bool:
    """Say whether the shim can be built here."""
    return shutil.which("gcc") is not None and Path("/usr/include/stdio.h").exists()


def nights(place: Path, *, first: int = 0, step: int = 1) -> list[dict[str, Any]]:
    """Return what happened in each night: which write, what failed, what was wrong; the first is whole."""
    shim = place / "full_disk.so"
    build = ["gcc", "-shared", "-fPIC", "-O1", "-o", str(shim), str(HERE / "full_disk.c"), "-ldl"]
    subprocess.run(build, check=True)
    words = [sys.executable, "-m", "tests.endurance.full_evening", str(place)]
    done = subprocess.run(
        [*words, "--first", str(first), "--step", str(step)],
        cwd=HERE.parents[1],
        env={**os.environ, "LD_PRELOAD": str(shim)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> int:
    """Fill the disk at every write; 0 when every night went as it should."""
    with tempfile.TemporaryDirectory() as scratch:
        found = nights(Path(scratch))
    wrong = [night for night in found if night["wrong"]]
    for night in wrong:
        print(f"write {night['number']}: {'; '.join(night['wrong'])}")
    refused = sum(bool(night["failed"]) for night in found)
    print(
        f"{len(found) - 1} writes, each the first without room:"
        f" {refused} nights refused something, {len(wrong)} went wrong"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
