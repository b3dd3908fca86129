"""The second copy: encrypted database, sealed pages and vault in another folder, ready to open there."""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import MachineError
from storage.database import Store
from storage.durable import make_folder, write_file
from storage.failures import of_database, of_system
from storage.log import LogMark
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.rows import as_moment, as_text, one, rows, scalar
from storage.second_copy_database import CopyStoppedError, DatabaseCopy, LogMovedError

Progress = Callable[[int, int], bool]  # bytes done, bytes in all as far as known; False stops

LABEL = "copy.json"
_PROBE = ".may-be-written"
_BESIDE = ("vault.json", "vault.json.copy", "trust.json", "settings.json")
_CARRIED = "carried"  # packages of other machines that are on their way through this one
_TOLD_AGAIN = timedelta(minutes=15)
_GONE = (errno.ENOENT, errno.ENODEV, errno.EIO, errno.ENXIO, errno.ENOTCONN, errno.ESTALE, errno.ENOTDIR)


@dataclass(frozen=True)
class CopyReport:
    """What one run did: page files and bytes of all kinds copied now, pages that had no file to copy."""

    pages: int
    bytes: int
    missing: int


@dataclass(frozen=True)
class LastCopy:
    """The last copy that was made whole: when, where, and of which event of the outbox it is."""

    at: datetime
    folder: str
    through: int


class SecondCopy:
    """Keeps one folder equal to the data folder, each time with what is new alone. One thread at a time.

    Pages go before the database that names them, so the folder opens at any moment, also when a run is cut
    short or the drive is pulled out. While it is at work the database's log is folded by it alone: `release`
    it when it is not used any more.
    """

    def __init__(self, store: Store, pages: PageFiles, data_dir: Path, folder: Path) -> None:
        """ValueError where `folder` is the data folder or lies inside it."""
        if folder.resolve() == data_dir.resolve() or data_dir.resolve() in folder.resolve().parents:
            raise ValueError("the second copy needs a folder of its own")
        self.folder = folder
        self._store, self._pages, self._data_dir = store, pages, data_dir
        self._database = DatabaseCopy(store, folder)
        self._there: dict[str, int] = {}  # page files of the copy with their sizes, at the first look
        self._done: set[str] | None = None  # digests that this program knows to be there; None before it
        self._last_label: bytes | None = None
        self._following = self._begins = False

    def begin(self) -> None:
        """Make ready to copy here, also where a copy was once and is no more. Raises as `bring_up`."""
        try:
            make_folder(self.folder)
            if _vault_id(self.folder) not in (None, _vault_id(self._data_dir)):
                raise MachineError("copy_foreign")
            write_file(self.folder / _PROBE, b"")
            (self.folder / _PROBE).unlink()
        except OSError as error:
            raise of_copy(error, self.folder) from error
        self._begins = True

    def bring_up(self, now: datetime, progress: Progress | None = None) -> CopyReport | None:
        """Bring the copy up to this moment; the second lamp of what it covers turns on. Blocks.

        None where `progress` stopped it; the next run goes on where it was. A folder that had a copy and has
        none now is taken for a drive that is not there, unless a person has it `begin` anew.
        Raises MachineError copy_gone, copy_full, copy_read_only, copy_foreign (another machine's copy lies
        there), page_missing (all else is copied, no lamp turns), or what the database says.
        """
        try:
            if not self._following:
                self._store.log.follow()
                self._following = True
            self._look_at_folder()
            return self._run(now, progress or (lambda _done, _total: True))
        except CopyStoppedError:
            return None
        except (OSError, dbapi2.Error) as error:
            self.release()
            raise of_copy(error, self.folder) from error
        except MachineError:
            self.release()
            raise

    def release(self) -> None:
        """Let the log be folded without this copy; what was known of the folder is looked at anew."""
        self._done = None
        self._database = DatabaseCopy(self._store, self.folder)
        if self._following:
            self._following = False
            self._store.log.leave()

    def sweep(self) -> int:
        """Take away page files that no row of the database knows any more; return how many went.

        What was destroyed on this disk is so destroyed there. Raises MachineError as `bring_up`.
        """
        names = {self._pages.name_of(digest) for digest in self._store.read(known_digests)}
        gone = 0
        try:
            for path in list((self.folder / "pages").glob("??/*.page")):
                if path.stem not in names:
                    path.unlink()
                    gone += 1
        except OSError as error:
            raise of_copy(error, self.folder) from error
        if gone:
            self._done = None
        return gone

    def _look_at_folder(self) -> None:
        if _vault_id(self.folder) not in (None, _vault_id(self._data_dir)):
            raise MachineError("copy_foreign")
        last = self._store.read(last_copy)
        expected = last is not None and last.folder == str(self.folder)
        label = _read(self.folder / LABEL)
        if label is None and expected and not self._begins:
            raise MachineError("copy_gone")
        if label != self._last_label:  # another drive, or somebody else's hand: nothing is taken for granted
            self._done, self._database = None, DatabaseCopy(self._store, self.folder)
        if self._done is None:
            make_folder(self.folder / "pages")
            self._there = {p.name: p.stat().st_size for p in (self.folder / "pages").glob("??/*.page")}
            self._done = set()

    def _run(self, now: datetime, progress: Progress) -> CopyReport:
        report, through = self._try(now, progress)
        if report.missing:
            raise MachineError("page_missing")
        if self._record(now, through, report):
            self._try(now, progress)  # so that the copy has that row too, and is the same to the last byte
        return report

    def _try(self, now: datetime, progress: Progress) -> tuple[CopyReport, int]:
        for _ in range(8):
            mark = self._store.log.mark(_last_event)
            try:
                return self._run_to(mark, now, progress), mark.told
            except LogMovedError:
                continue
        raise MachineError("database_busy")

    def _run_to(self, mark: LogMark, now: datetime, progress: Progress) -> CopyReport:
        assert self._done is not None
        wanted, held, missing = self._wanted(self._done)
        total = sum(size for _digest, _path, size in wanted) + self._store.path.stat().st_size
        done = 0

        def went(count: int) -> bool:
            nonlocal done
            done += count
            return progress(min(done, total), total)

        self._done |= held
        for digest, path, size in wanted:
            try:
                sealed = path.read_bytes()
            except FileNotFoundError:
                continue  # it was given up meanwhile; the next run says so if it was not
            shelf = self.folder / "pages" / path.parent.name
            make_folder(shelf)
            write_file(shelf / path.name, sealed)
            self._done.add(digest)
            if not went(size):
                raise CopyStoppedError
        beside = self._copy_beside()
        written = self._database.bring_up(mark, went)
        size = sum(size for _digest, _path, size in wanted)
        report = CopyReport(len(wanted), size + beside + written, missing)
        self._label(now, mark.told)
        return report

    def _wanted(self, done: set[str]) -> tuple[list[tuple[str, Path, int]], set[str], int]:
        """Return the page files that the copy lacks, those found in it, and how many are gone here."""
        wanted, held, gone = [], set(), set()
        for digest in sorted(self._store.read(known_digests) - done):
            path = self._pages.path_of(digest)
            try:
                size = path.stat().st_size
            except FileNotFoundError:
                gone.add(digest)
                continue
            if self._there.get(path.name) == size:
                held.add(digest)
            else:
                wanted.append((digest, path, size))
        missing = gone & self._store.read(known_digests) if gone else gone
        return wanted, held, len(missing)

    def _copy_beside(self) -> int:
        written = 0
        carried = sorted(path for path in (self._data_dir / _CARRIED).rglob("*") if path.is_file())
        for source in [*(self._data_dir / name for name in _BESIDE), *carried]:
            target = self.folder / source.relative_to(self._data_dir)
            try:
                if source in carried and _size(target) == source.stat().st_size:
                    continue
                content = source.read_bytes()
            except FileNotFoundError:
                continue
            if source in carried or _read(target) != content:
                make_folder(target.parent)
                write_file(target, content)
                written += len(content)
        return written

    def _label(self, now: datetime, through: int) -> None:
        content = {"format": 1, "finished_at": as_text(now), "through": through}
        self._last_label = json.dumps(content).encode()
        write_file(self.folder / LABEL, self._last_label)
        self._begins = False

    def _record(self, now: datetime, through: int, report: CopyReport) -> bool:
        last = self._store.read(last_copy)
        known = last is not None and last.through >= through and last.folder == str(self.folder)
        if known and last is not None and abs(now - last.at) < _TOLD_AGAIN and not report.pages:
            return False
        self._store.write(lambda db: _write_row(db, now, self.folder, through, report)).result()
        return True


def make_second_copy(
    store: Store, pages: PageFiles, data_dir: Path, folder: Path, now: datetime
) -> CopyReport:
    """Make or renew the copy in `folder` once. Raises as `SecondCopy` and its `bring_up` do."""
    copy = SecondCopy(store, pages, data_dir, folder)
    try:
        report = copy.bring_up(now)
    finally:
        copy.release()
    assert report is not None
    return report


def last_copy(db: Database) -> LastCopy | None:
    """Return the last whole second copy, or None."""
    row = one(db, "SELECT finished_at, folder, outbox_through FROM second_copies ORDER BY seq DESC LIMIT 1")
    if row is None:
        return None
    return LastCopy(as_moment(row["finished_at"]), row["folder"], row["outbox_through"])


def uncovered(db: Database) -> int:
    """Return how many submitted cases no second copy covers."""
    return int(
        scalar(
            db,
            "SELECT count(DISTINCT application_id) FROM outbox WHERE kind = 'application_submitted'"
            " AND seq > (SELECT coalesce(max(outbox_through), 0) FROM second_copies)",
        )
    )


def read_label(folder: Path) -> datetime | None:
    """Return when the copy in a folder was last made whole, by its label; None where there is none."""
    try:
        content: dict[str, Any] = json.loads((folder / LABEL).read_bytes())
        return as_moment(str(content["finished_at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def same_disk(data_dir: Path, folder: Path) -> bool:
    """Say whether both lie on one file system: such a copy is lost together with the disk."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    return there.stat().st_dev == data_dir.stat().st_dev


def room_left(folder: Path) -> int | None:
    """Return the free bytes where the copy lies, or None where it is not there."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _last_event(db: Database) -> int:
    return int(scalar(db, "SELECT coalesce(max(seq), 0) FROM outbox"))


def _write_row(db: Database, now: datetime, folder: Path, through: int, report: CopyReport) -> Changes:
    before = scalar(db, "SELECT coalesce(max(outbox_through), 0) FROM second_copies")
    db.execute(
        "INSERT INTO second_copies (finished_at, folder, outbox_through, pages, bytes)"
        " VALUES (?, ?, ?, ?, ?)",
        (as_text(now), str(folder), through, report.pages, report.bytes),
    )
    return Changes(applications=frozenset(_between(db, before, through)))


def _between(db: Database, after: int, through: int) -> Iterator[str]:
    sql = "SELECT application_id FROM outbox WHERE seq > ? AND seq <= ? AND kind <> 'fact_noted'"
    for row in rows(db, sql, (after, through)):
        yield row["application_id"]


def of_copy(error: Exception, folder: Path) -> Exception:
    """Return the failure with words: what concerns the copy's drive is not said of this machine's disk."""
    if isinstance(error, OSError) and error.errno in _GONE:
        return MachineError("copy_gone")
    found = of_system(error) if isinstance(error, OSError) else of_database(error, folder)
    codes = {"disk_full": "copy_full", "disk_read_only": "copy_read_only"}
    if isinstance(found, MachineError) and found.code in codes:
        return MachineError(codes[found.code])
    return found


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return -1


def _read(path: Path) -> bytes | None:
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def _vault_id(folder: Path) -> str | None:
    for name in ("vault.json", "vault.json.copy"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            return str(json.loads((folder / name).read_bytes())["vault_id"])
    return None
