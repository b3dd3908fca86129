"""Proves a second copy by reading all of it, and takes out what is bad so that it is written anew."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from registration.errors import JilaiError, MachineError
from storage.database import Store
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.second_copy import of_copy
from storage.second_copy_database import NAME, drop_log


@dataclass(frozen=True)
class CopyProof:
    """What was read: page files that open, those that are bad or not there, whether the database is good."""

    pages: int
    bad_pages: int
    database: bool

    @property
    def bad(self) -> int:
        return self.bad_pages + (not self.database)


def prove_copy(
    store: Store, pages: PageFiles, folder: Path, progress: Callable[[int, int], bool]
) -> CopyProof | None:
    """Read a whole copy; None where `progress` (files done, files in all) stopped it. Blocks for long.

    While nothing else works on the copy. Raises MachineError copy_gone, also where its drive is pulled out
    meanwhile, and copy_read_only where what is bad cannot be taken out.
    """
    try:
        return _prove(store, pages, folder, progress)
    except OSError as error:
        raise of_copy(error, folder) from error


def _prove(
    store: Store, pages: PageFiles, folder: Path, progress: Callable[[int, int], bool]
) -> CopyProof | None:
    file = folder / NAME
    if not file.exists():
        raise MachineError("copy_gone")
    digests: set[str] = set()
    good = False
    with contextlib.suppress(dbapi2.Error, JilaiError):
        db = store.open_copy(file, read_only=True)
        try:
            digests = known_digests(db)
            torn = db.execute("PRAGMA cipher_integrity_check").fetchall()
            good = not torn and db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        finally:
            db.close()
    file.with_name(f"{NAME}-shm").unlink(missing_ok=True)  # the reading left it
    if not good:
        drop_log(file)  # then the file is compared with the original's at the next run
        digests = store.read(known_digests)
    bad = 0
    for number, digest in enumerate(sorted(digests), start=1):
        here = pages.path_of(digest)
        path = folder / "pages" / here.parent.name / here.name
        try:
            pages.unseal(path.read_bytes(), digest)
        except (OSError, MachineError) as error:
            if not file.exists():
                raise MachineError("copy_gone") from error
            bad += 1
            path.unlink(missing_ok=True)
        if not progress(number, len(digests)):
            return None
    return CopyProof(len(digests) - bad, bad, good)
