"""How the store opens, mended where it has to be, and what is looked after each time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from registration.errors import JilaiError, MachineError, Problem
from storage.database import Store
from storage.failures import of_system
from storage.log_check import look_at_log
from storage.page_check import check_pages
from storage.page_mending import mend_pages, page_folders
from storage.pages import PageFiles
from storage.repair import Mended, finish_mending, mend, needs_mending, note_damage, put_back
from storage.second_copy_database import NAME
from storage.trust import trusted_keys, write_trust

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """The store, and what was done to a damaged database before, None where it was sound.

    `doubtful`: the last transaction before an unclean end cannot be read; it may have been told as done.
    """

    store: Store
    mended: Mended | None = None
    doubtful: bool = False

    @property
    def news(self) -> tuple[Problem, ...]:
        """What a person has to hear of it."""
        told = [self.mended.problem] if self.mended else []
        return (*told, *((Problem("last_act_unread"),) if self.doubtful else ()))


def open_store(
    data_dir: Path, key: bytes, make_pages: Callable[[], PageFiles], copy: Path | None, now: datetime
) -> Opened:
    """Open the database of a data folder; a damaged one is mended from its second copy or a backup first.

    A backup that a person wished back (`storage.repair.wish_back`) is put in place before.
    Raises what `Store.open` does; database_damaged where nothing good was found; backup_unsound.
    """
    backups = data_dir / "backups"
    try:
        finish_mending(data_dir)
        if (put := put_back(data_dir, key, make_pages, now)) is not None:
            return Opened(Store.open(data_dir / NAME, key, backups=backups), put)
        broken = needs_mending(data_dir, copy)
        doubtful = look_at_log(data_dir / f"{NAME}-wal").doubtful
    except OSError as error:
        raise of_system(error) from error
    if not broken:
        try:
            return Opened(Store.open(data_dir / NAME, key, backups=backups), doubtful=doubtful)
        except MachineError as error:
            if error.code != "database_damaged":
                raise
    mended = mend(data_dir, key, make_pages(), copy, now)
    return Opened(Store.open(data_dir / NAME, key, backups=backups), mended)


def look_after_opening(
    store: Store, pages: PageFiles, folder: Path, copy: Path | None = None
) -> list[Problem]:
    """Check the page files, keep the reserve, read the whole database after a crash; slow, no Qt.

    Pages that are gone come back from the second copy in the folder `copy`, or from what was set aside.
    Returns what a person has to hear. `folder` is the data directory.
    """
    found: list[Problem] = []
    try:
        check = check_pages(store, pages)
        gone = mend_pages(pages, [page.digest for page in check.missing], page_folders(folder, copy))
        _log.info("page files: %d swept, %d mended, %d lost", check.swept, gone.mended, len(gone.lost))
        if gone.lost:
            found.append(Problem("page_missing"))
        if not store.keep_reserve():
            found.append(Problem("disk_full"))
        if store.after_crash:
            store.check()
    except JilaiError as error:
        _log.error("looking after the opening: %s", error.code)
        if error.code == "database_damaged":
            note_damage(folder)
            found.append(Problem("database_torn"))
        else:
            found.append(error.problem)
    keep_trust(store, folder)
    return found


def keep_trust(store: Store, folder: Path) -> None:
    """Write the trusted device keys beside the vault, so that receipts verify without opening it."""
    try:
        write_trust(folder, store.read(trusted_keys))
    except JilaiError as error:
        _log.warning("trust.json not written: %s", error.code)
