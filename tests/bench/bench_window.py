"""The window: how long until the unlock page can be used, and from the password to the home screen."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.row import Row

ROOT = Path(__file__).resolve().parent.parent.parent
ARGON = "a second after the page is up; Argon2id 64 MiB, t=3"
ACCOUNT, PASSWORD = "wang", "lanzhou cold evening"


def rows() -> list[Row]:
    """Measure and return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        _make_vault(data)
        runs = [_one_start(data) for _ in range(6)][1:]  # the first warms the disk's cache
    starts, unlocks, sizes = (sorted(values) for values in zip(*runs, strict=True))
    how = "5 starts of the program as a process, median"
    return [
        Row("start: process to usable unlock page", starts[2], "s", 0.55, how),
        Row("unlock: Enter to the home screen", unlocks[2], "s", 0.5, f"{how}; {ARGON}"),
        Row("memory after the unlock", sizes[2], "MB", 350, "resident, largest so far"),
    ]


def _make_vault(data: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from storage.vault import Vault; from storage.database import Store; from storage import device;"
        f"d=Path(sys.argv[1]); v,_=Vault.create(d,{ACCOUNT!r},{PASSWORD!r}); v.confirm_recovery();"
        "s=Store.open(d/'jilai.db',v.database_key,backups=d/'backups');"
        "s.write(lambda db: device.create_device(db,datetime.now(UTC),'bench','http://127.0.0.1:9','','wang','王'))"
        ".result(); s.close()"
    )
    subprocess.run([sys.executable, "-c", code, str(data)], cwd=ROOT, check=True)


def _one_start(data: Path) -> tuple[float, float, float]:
    """Start, unlock, leave; return seconds to the unlock page, seconds to the home screen, megabytes."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.one_start", str(data)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")},
        capture_output=True,
        text=True,
        check=True,
    )
    ready, unlocked, size = (float(part) for part in done.stdout.split())
    return ready, unlocked, size
