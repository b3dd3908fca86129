"""Where the second copy of this machine lies: in the database, and beside it for the day it does not open."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from registration.changes import Changes
from registration.rights import Act
from storage import audit
from storage.durable import write_file
from storage.rights import needs
from storage.rows import as_text, scalar
from storage.values import Who

_NAME = "second-copy.json"


def copy_folder(db: Database) -> Path | None:
    """Return the folder of the second copy, or None where none was chosen."""
    folder = scalar(db, "SELECT folder FROM second_copy_place")
    return Path(folder) if folder else None


@needs(Act.MACHINE)
def set_copy_folder(db: Database, now: datetime, who: Who, folder: Path | None) -> Changes:
    """Choose the folder of the second copy, or none; audited without its name."""
    db.execute("UPDATE second_copy_place SET folder = ?, chosen_at = ?", (str(folder or ""), as_text(now)))
    audit.append(db, who, now, "second_copy_chosen", "device", {"on": folder is not None})
    return Changes(account=True)


def note_copy_folder(data_dir: Path, folder: Path | None) -> None:
    """Write the folder beside the database, which a damaged one is mended from. OSError as it comes."""
    if noted_copy_folder(data_dir) != folder:
        text = str(folder or "")
        write_file(data_dir / _NAME, json.dumps({"folder": text, "check": _check(text)}).encode())


def noted_copy_folder(data_dir: Path) -> Path | None:
    """Return the folder noted beside the database; None where none is, or the note does not hold."""
    try:
        content = json.loads((data_dir / _NAME).read_bytes())
        text = str(content["folder"])
        return Path(text) if text and content["check"] == _check(text) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _check(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
