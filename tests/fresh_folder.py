"""A folder for what a run leaves behind: emptied where an earlier run made it, and nobody else's."""

from __future__ import annotations

import shutil
from pathlib import Path

_MARK = "summary.json"


def fresh_folder(out: Path) -> Path:
    """Return the folder, new and empty. SystemExit where it holds things that no earlier run left there."""
    if out.exists():
        if any(out.iterdir()) and not (out / _MARK).exists() and not (out / ".begun").exists():
            raise SystemExit(f"{out} is not empty, and no earlier run made it: name another folder")
        shutil.rmtree(out)
    out.mkdir(parents=True)
    (out / ".begun").touch()
    return out
