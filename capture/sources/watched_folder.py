"""A folder that a scanner or another program fills: each file is taken once, and kept until it is stored."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from capture.errors import CaptureError
from capture.sources.files import read_file
from capture.sources.source import (
    Back,
    Description,
    Event,
    Finished,
    FoundPage,
    Gone,
    SourceCode,
    SourceError,
    SourceKind,
    Tell,
    Trouble,
)

STILL_SECONDS = 2.0
LOOK_SECONDS = 0.5
SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif", ".bmp", ".webp", ".gif", ".pdf")
)
_PREFIX = "folder:"


@dataclass(slots=True)
class _Seen:
    """A file as it was last seen: size and time of change, since when it is so, and whether it was told."""

    mark: tuple[int, int]
    since: float
    told: bool = False


class FolderSource:
    """The one folder that is watched; none while no folder was chosen."""

    def __init__(self, folder: Callable[[], str]) -> None:
        self._folder = folder

    def list(self) -> tuple[Description, ...]:
        """The chosen folder, whether it is there now or not."""
        folder = self._folder()
        return (Description(_PREFIX + folder, SourceKind.FOLDER, Path(folder).name),) if folder else ()

    def open(self, source_id: str, tell: Tell) -> OpenFolder:
        """Watch a folder from now on; one that is not there is told as gone, and waited for."""
        return OpenFolder(Path(source_id.removeprefix(_PREFIX)), source_id, tell)


class OpenFolder:
    """Watches on a thread of its own.

    A file counts once its size has been the same for STILL_SECONDS and it opens: a scanner writes its pages
    slowly. It is taken away only after `settle` has said that it is stored; one that gave no page stays where
    it is, and is taken again when it changes.
    """

    def __init__(self, folder: Path, source_id: str, tell: Tell) -> None:
        self._folder, self._id, self._told_to = folder, source_id, tell
        self._seen: dict[str, _Seen] = {}
        self._there: bool | None = None
        self._lock = threading.RLock()
        self._change = threading.Condition()
        self._asked = self._closed = False
        self._thread = threading.Thread(target=self._run, name="watched-folder", daemon=True)
        self._thread.start()

    def take(self) -> None:
        """Look now instead of at the next turn."""
        with self._change:
            self._asked = True
            self._change.notify()

    def stop(self) -> None:
        """Files that were told are on their way already."""

    def settle(self, receipt: str, stored: bool) -> None:
        """Take a stored file away, unless it has changed since; leave one that gave no page."""
        path = self._folder / receipt
        with self._lock:
            seen = self._seen.get(receipt)
            if stored and seen is not None and _mark(path) == seen.mark:
                try:
                    path.unlink()
                except OSError:  # a folder that may only be read: the file was taken once, and is not again
                    return
                del self._seen[receipt]

    def close(self) -> None:
        with self._lock:
            self._closed = True
        with self._change:
            self._change.notify()
        self._thread.join()

    def _run(self) -> None:
        while not self._closed:
            told = self._look(time.monotonic())
            asked, self._asked = self._asked, False
            if asked:
                self._tell(Finished(self._id, told))
            with self._change:
                self._change.wait_for(lambda: self._closed or self._asked, LOOK_SECONDS)

    def _look(self, now: float) -> int:
        """Look once through the folder; return how many files were told."""
        try:
            with os.scandir(self._folder) as entries:
                names = sorted(e.name for e in entries if _counts(e))
        except OSError:
            self._say_there(False)
            return 0
        self._say_there(True)
        with self._lock:
            self._seen = {name: seen for name, seen in self._seen.items() if name in names}
        return sum(self._look_at(name, now) for name in names)

    def _look_at(self, name: str, now: float) -> bool:
        mark = _mark(self._folder / name)
        if mark is None:
            return False
        with self._lock:
            seen = self._seen.get(name)
            if seen is None or seen.mark != mark:
                self._seen[name] = _Seen(mark, now)
                return False
            if seen.told or mark[0] == 0 or now - seen.since < STILL_SECONDS:
                return False
        try:
            file = read_file(self._folder / name)
        except CaptureError as error:
            if _mark(self._folder / name) == mark:  # it is what it is, and not still being written
                seen.told = True
                self._tell(Trouble(self._id, error.problem))
            return False
        if _mark(self._folder / name) != mark:
            return False
        seen.told = True
        self._tell(FoundPage(self._id, name, file.data, receipt=name))
        return True

    def _say_there(self, there: bool) -> None:
        if there is self._there:
            return
        self._there = there
        if there:
            self._tell(Back(self._id))
            return
        self._tell(Gone(self._id))
        name = self._folder.name
        self._tell(Trouble(self._id, SourceError(SourceCode.FOLDER_GONE, name).problem))

    def _tell(self, event: Event) -> None:
        with self._lock:
            if not self._closed:
                self._told_to(event)


def _counts(entry: os.DirEntry[str]) -> bool:
    hidden = entry.name.startswith((".", "~"))
    return not hidden and Path(entry.name).suffix.lower() in SUFFIXES and entry.is_file()


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns
