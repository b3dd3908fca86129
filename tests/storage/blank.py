"""A database with this program's schema and nothing in it, made once and copied for each test."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from storage.database import Store
from storage.durable import make_folder


def lay_blank(path: Path, key: bytes) -> None:
    """Put an empty database at `path`, where there is none yet: every migration was applied to it."""
    if path.exists():
        return
    make_folder(path.parent)
    path.touch(mode=0o600)
    path.write_bytes(_blank(key))


@lru_cache(maxsize=4)
def _blank(key: bytes) -> bytes:
    """The migrations take longer than most tests, and have their own: test_migrations, test_store."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.db"
        Store.open(path, key, backups=Path(folder) / "backups").close()
        return path.read_bytes()
