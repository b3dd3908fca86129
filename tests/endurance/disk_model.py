"""A disk that keeps only what was synchronised: replayed from a trace, and cut off wherever a test likes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.endurance.disk_trace import (
    Event,
    Made,
    Renamed,
    Sized,
    SyncBegun,
    Synced,
    Told,
    Unlinked,
    Wrote,
)

SECTORS = (512, 4096)


class Loss(StrEnum):
    """What a cut of power takes of what was not synchronised."""

    ALL = "all"
    NOTHING = "nothing"
    CONTENTS = "contents"  # names are there, what they stand for is not
    NAMES = "names"
    SOME = "some"  # any of the writes, torn at sectors, and a first part of the names


@dataclass
class File:
    """A file's bytes, and those changes of them that nothing has promised yet."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Wrote | Sized] = field(default_factory=list)
    folder: bool = False

    def content(self, kept: list[Wrote | Sized]) -> bytes:
        data = bytearray(self.safe)
        for change in kept:
            _apply(data, change)
        return bytes(data)

    def promise(self, count: int) -> None:
        """Make the first `count` changes safe."""
        for change in self.pending[:count]:
            _apply(self.safe, change)
        del self.pending[:count]


@dataclass(frozen=True)
class Naming:
    """One change of a folder's names: `path` stands for `file`, or for nothing; `gone` stands no longer."""

    path: str
    file: File | None
    gone: str = ""


class Disk:
    """Follows a trace event by event. A folder's names and a file's bytes are promised by their own sync."""

    def __init__(self, *, joined_late: bool = False) -> None:
        """`joined_late`: the program ran before the trace began, so files that nobody made are there too."""
        self._joined_late = joined_late
        self.names: dict[str, File] = {}  # as a running program sees them
        self._safe_names: dict[str, File] = {}
        self.namings: list[Naming] = []  # in order, not promised yet
        self._asked: dict[tuple[str, int], tuple[int, int]] = {}
        self.told: list[bytes] = []
        self.surprises: list[str] = []  # order that no file system owes a program

    def follow(self, event: Event) -> None:
        """Let one event happen."""
        match event:
            case Made(path, folder):
                self._name(Naming(path, File(folder=folder)))
            case Wrote(path) | Sized(path):
                if self._joined_late and path not in self.names:
                    self.names[path] = self._safe_names[path] = File()
                if (file := self.names.get(path)) is not None:
                    if path.endswith("-wal"):
                        self._look_at_commit()
                    file.pending.append(event)
            case SyncBegun(path, process):
                file = self.names.get(path)
                self._asked[path, process] = (len(file.pending) if file else 0, len(self.namings))
            case Synced(path, process):
                self._synced(path, *self._asked.pop((path, process), (0, 0)))
            case Renamed(path, to):
                file = self.names.get(path)
                if file is not None:
                    if file.pending:
                        self.surprises.append(f"{Path(to).name} was renamed before it was synced")
                    self._name(Naming(to, file, gone=path))
            case Unlinked(path):
                self._name(Naming(path, None))
            case Told(data):
                self.told.append(data)

    def unsafe(self, *, but: tuple[str, ...] = ()) -> list[str]:
        """Return what a cut of power could take now, by name; `but` are endings that do not count."""
        bytes_of = {path for path, file in self.names.items() if file.pending}
        names = {naming.path for naming in self.namings}
        return sorted(path for path in bytes_of | names if not path.endswith(but))

    def after_cut(self, loss: Loss, chance: random.Random) -> dict[str, bytes | None]:
        """Return what is on the disk after a cut of power now: path -> bytes, None for a folder."""
        kept = len(self.namings)
        if loss in {Loss.ALL, Loss.NAMES}:
            kept = 0
        elif loss is Loss.SOME:
            kept = chance.randint(0, kept)
        names = dict(self._safe_names)
        for naming in self.namings[:kept]:
            _rename(names, naming)
        tree: dict[str, bytes | None] = {}
        for path, file in names.items():
            changes = file.pending
            if loss in {Loss.ALL, Loss.CONTENTS}:
                changes = []
            elif loss is Loss.SOME:
                changes = [part for change in changes for part in _torn(change, chance)]
            tree[path] = None if file.folder else file.content(changes)
        return tree

    def _name(self, naming: Naming) -> None:
        _rename(self.names, naming)
        self.namings.append(naming)

    def _synced(self, path: str, changes: int, namings: int) -> None:
        file = self.names.get(path)
        if file is not None and not file.folder:
            file.promise(changes)
            return
        left: list[Naming] = []
        for index, naming in enumerate(self.namings):
            if index < namings and str(Path(naming.path).parent) == path:
                _rename(self._safe_names, naming)
            else:
                left.append(naming)
        self.namings = left

    def _look_at_commit(self) -> None:
        """A row that names a page is being written: by now the page's file and name have to be safe."""
        loose = [Path(path).name for path in self.unsafe() if path.endswith(".page")]
        if loose:
            self.surprises.append(f"a row was written while its page was not safe: {loose[0][:8]}…")


def lay(tree: dict[str, bytes | None], root: Path, to: Path) -> None:
    """Write what a disk held below `root` to a real folder."""
    to.mkdir(parents=True, exist_ok=True)
    for path in sorted(tree):
        target = to / Path(path).relative_to(root)
        if not target.parent.is_dir():
            continue  # a name in a folder whose own name was lost
        content = tree[path]
        if content is None:
            target.mkdir(exist_ok=True)
        else:
            target.write_bytes(content)


def _apply(data: bytearray, change: Wrote | Sized) -> None:
    if isinstance(change, Sized):
        del data[change.size :]
        data.extend(bytes(change.size - len(data)))
        return
    end = change.offset + len(change.data)
    if len(data) < end:
        data.extend(bytes(end - len(data)))
    data[change.offset : end] = change.data


def _rename(names: dict[str, File], naming: Naming) -> None:
    if naming.gone:
        names.pop(naming.gone, None)
    if naming.file is None:
        names.pop(naming.path, None)
    else:
        names[naming.path] = naming.file


def _torn(change: Wrote | Sized, chance: random.Random) -> list[Wrote | Sized]:
    """Return what arrived of one change: all, nothing, or any of its sectors."""
    fate = chance.random()
    if fate < 0.3 or isinstance(change, Sized):
        return [change] if fate < 0.6 else []
    if fate < 0.6:
        return []
    sector, parts = chance.choice(SECTORS), list[Wrote | Sized]()
    start = change.offset
    end = start + len(change.data)
    while start < end:
        stop = min((start // sector + 1) * sector, end)
        if chance.random() < 0.5:
            parts.append(Wrote(change.path, start, change.data[start - change.offset : stop - change.offset]))
        start = stop
    return parts
