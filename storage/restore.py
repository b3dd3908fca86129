"""Opens a second copy on another machine: everything is copied and proved, then takes its place at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from registration.errors import InputError, MachineError
from storage import audit
from storage.copying import set_copy_folder
from storage.database import Store
from storage.durable import make_folder, sync_folder, write_file
from storage.failures import of_database
from storage.giving_up_numbers import set_numbers_aside
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.rows import scalar
from storage.second_copy import read_label
from storage.second_copy_database import NAME
from storage.values import Who
from storage.vault import Vault

Progress = Callable[[int, int], bool]  # bytes done, bytes in all; False stops

_ARRIVING, _READY = ".arriving", ".restored"
_VAULT = ("vault.json", "vault.json.copy")
_BESIDE = ("trust.json", "settings.json")


@dataclass(frozen=True)
class CopyFound:
    """A second copy in a folder: when it was last made whole, how many page files and bytes it has."""

    at: datetime
    pages: int
    bytes: int


@dataclass(frozen=True)
class Restored:
    """What came: page files that open, and those that are bad or not there, which stay missing."""

    pages: int
    bad: int


def look_at_copy(folder: Path) -> CopyFound:
    """Say what a folder holds, before anybody unlocks it. Raises MachineError copy_none."""
    at = read_label(folder)
    if at is None or not (folder / NAME).exists() or not any((folder / name).exists() for name in _VAULT):
        raise MachineError("copy_none")
    try:
        sizes = [path.stat().st_size for path in (folder / "pages").glob("??/*.page")]
        return CopyFound(at, len(sizes), sum(sizes) + (folder / NAME).stat().st_size)
    except OSError as error:
        raise MachineError("copy_gone") from error


def restore(
    folder: Path, data_dir: Path, account: str, password: str, now: datetime, progress: Progress
) -> Restored | None:
    """Take over the copy in `folder` as this machine's data; the copy itself is not changed. Blocks for long.

    Every page is opened, the database read whole. None where `progress` stopped it: the next try goes on
    with what came. The numbers that the copy had left are given up, for the machine that it was made of may
    have given them out. FileExistsError where this machine has a vault.
    `password` may be the recovery key instead, which opens every copy. Raises what Vault.unlock does;
    InputError copy_bound where the copy is bound to its machine and it is not; MachineError copy_none,
    copy_gone, copy_unsound (its database is damaged), disk_full, disk_read_only.
    """
    if Vault.exists(data_dir):
        raise FileExistsError("there is a vault already")
    found = look_at_copy(folder)
    staging = data_dir / _ARRIVING
    with _words(folder, data_dir):
        make_folder(staging)
        for name in (*_VAULT, *_BESIDE):
            _bring(folder / name, staging / name)
    vault = _opened(staging, account, password)
    with _words(folder, data_dir):
        for path in staging.glob(f"{NAME}*"):
            path.unlink()
        for name in (NAME, f"{NAME}-wal"):
            if (folder / name).exists():
                shutil.copyfile(folder / name, staging / name)
        digests = _prove(staging, vault.database_key, folder, now)
        pages = vault.open_pages(staging / "pages")
        report = _bring_pages(folder, pages, digests, found.bytes, progress)
        if report is None:
            return None
        if (folder / "carried").is_dir():
            shutil.copytree(folder / "carried", staging / "carried", dirs_exist_ok=True)
        (staging / "vault-delay.json").unlink(missing_ok=True)
        sync_folder(staging)
        staging.replace(data_dir / _READY)
        finish_restore(data_dir)
    return report


def _opened(staging: Path, account: str, password: str) -> Vault:
    """Open the copied vault by a password, or by its recovery key in the password's place."""
    try:
        return Vault.unlock_with_recovery(staging, password)
    except InputError:  # no key, which is told at once, or not this vault's
        pass
    try:
        return Vault.unlock(staging, account, password)
    except InputError as error:
        if error.code == "vault_bound":
            raise InputError("copy_bound", field="password") from error
        raise


def finish_restore(data_dir: Path) -> None:
    """Move in what a restore had ready, the vault last, also after a kill. OSError as it comes."""
    ready = data_dir / _READY
    if not ready.exists():
        return
    names = [path.name for path in ready.iterdir() if path.name not in _VAULT]
    for name in (*sorted(names), *(name for name in _VAULT if (ready / name).exists())):
        target = data_dir / name
        if target.is_dir():
            shutil.rmtree(target)  # an empty one of a first start that ended early: there was no vault
        (ready / name).replace(target)
        sync_folder(data_dir)
    ready.rmdir()
    sync_folder(data_dir)


def _prove(staging: Path, key: bytes, folder: Path, now: datetime) -> set[str]:
    """Read the copied database whole and write down what happened; return the digests of its pages."""
    try:
        store = Store.open(staging / NAME, key, backups=staging / "backups")
    except MachineError as error:
        if error.code == "database_damaged":
            raise MachineError("copy_unsound", count="1") from error
        raise
    try:
        try:
            store.check()
        except MachineError as error:
            raise MachineError("copy_unsound", count="1") from error
        store.write(lambda db: _write_down(db, folder, now)).result()
        return store.read(known_digests)
    finally:
        store.close()


def _write_down(db: Database, folder: Path, now: datetime) -> None:
    who = Who("", "", scalar(db, "SELECT device_code FROM device") or "")
    details = {"numbers_given_up": set_numbers_aside(db)}
    audit.append(db, who, now, "restored_from_copy", "device", details)
    set_copy_folder(db, now, who, folder)


def _bring_pages(
    folder: Path, pages: PageFiles, digests: set[str], whole: int, progress: Progress
) -> Restored | None:
    bad = 0
    done = (folder / NAME).stat().st_size
    for digest in sorted(digests):
        target = pages.path_of(digest)
        source = folder / "pages" / target.parent.name / target.name
        try:
            pages.get(digest)  # it came with a try that was stopped
            done += target.stat().st_size
        except MachineError:
            try:
                sealed = source.read_bytes()
                pages.unseal(sealed, digest)
            except (OSError, MachineError):
                bad += 1
                continue
            make_folder(target.parent)
            write_file(target, sealed)
            done += len(sealed)
        if not progress(min(done, whole), whole):
            return None
    return Restored(len(digests) - bad, bad)


def _bring(source: Path, target: Path) -> None:
    if source.exists():
        write_file(target, source.read_bytes())
    else:
        target.unlink(missing_ok=True)  # of another copy, that was tried before


@contextmanager
def _words(folder: Path, data_dir: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, dbapi2.Error) as error:
        name = str(getattr(error, "filename", "") or "")
        if name.startswith(str(folder)) and not name.startswith(str(data_dir)):
            raise MachineError("copy_gone") from error
        raise of_database(error, data_dir) from error
