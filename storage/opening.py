"""What is looked after each time the vault opens: page files, room on the disk, an unclean end."""

from __future__ import annotations

import logging
from pathlib import Path

from registration.errors import JilaiError, Problem
from storage.database import Store
from storage.page_check import check_pages
from storage.pages import PageFiles
from storage.trust import trusted_keys, write_trust

_log = logging.getLogger(__name__)


def look_after_opening(store: Store, pages: PageFiles, folder: Path) -> list[Problem]:
    """Check the page files, keep the reserve, read the whole database after a crash; slow, no Qt.

    Returns what a person has to hear. `folder` is the data directory.
    """
    found: list[Problem] = []
    try:
        check = check_pages(store, pages)
        _log.info("page files: %d swept, %d missing", check.swept, len(check.missing))
        if check.missing:
            found.append(Problem("page_missing"))
        if not store.keep_reserve():
            found.append(Problem("disk_full"))
        if store.after_crash:
            store.check()
    except JilaiError as error:
        _log.error("looking after the opening: %s", error.code)
        found.append(error.problem)
    keep_trust(store, folder)
    return found


def keep_trust(store: Store, folder: Path) -> None:
    """Write the trusted device keys beside the vault, so that receipts verify without opening it."""
    try:
        write_trust(folder, store.read(trusted_keys))
    except JilaiError as error:
        _log.warning("trust.json not written: %s", error.code)
