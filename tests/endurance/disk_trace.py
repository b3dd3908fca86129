"""What a process asked of its disk, in order and with every byte: strace's log, read into plain events."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

CALLS = (
    "openat,open,creat,close,write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,fdatasync,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,lseek,dup,dup2,dup3"
)
ANSWERS = "sendto,sendmsg"  # what a server says into its sockets
COMMAND = ("strace", "-f", "-xx", "-y", "-s", "8000000")


@dataclass(frozen=True)
class Made:
    """A name that is new in a folder; `folder` says whether it is one itself."""

    path: str
    folder: bool = False


@dataclass(frozen=True)
class Wrote:
    """Bytes put at an offset of a file; nothing says yet that they are on the disk."""

    path: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Sized:
    """A file cut or stretched to a size in bytes."""

    path: str
    size: int


@dataclass(frozen=True)
class SyncBegun:
    """A synchronisation was asked for; what is written from now on is not promised by it."""

    path: str
    process: int


@dataclass(frozen=True)
class Synced:
    """The synchronisation of that process is through."""

    path: str
    process: int


@dataclass(frozen=True)
class Renamed:
    """A file got another name, over whatever had it."""

    path: str
    to: str


@dataclass(frozen=True)
class Unlinked:
    """A name is gone."""

    path: str


@dataclass(frozen=True)
class Told:
    """Words that left the process, by a pipe or a socket: what it promises to somebody else."""

    data: bytes


Event: TypeAlias = Made | Wrote | Sized | SyncBegun | Synced | Renamed | Unlinked | Told

_LINE = re.compile(r"^(\d+) (.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+)")
_FD = re.compile(r"^(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@cache
def can_trace() -> bool:
    """Say whether strace is here and may trace a child."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-f", "true"], capture_output=True, check=False).returncode == 0


def traced(log: Path, command: Sequence[str]) -> list[str]:
    """Return a command that runs another one and writes all it asks of the disk into `log`."""
    return [*COMMAND, "-e", f"trace={CALLS}", "-o", str(log), *command]


def watching(log: Path, *processes: int) -> list[str]:
    """Return a command that does so, and for answers too, with processes that run already."""
    who = [word for process in processes for word in ("-p", str(process))]
    return [*COMMAND, "-e", f"trace={CALLS},{ANSWERS}", "-o", str(log), *who]


def events(log: Path, root: Path) -> Iterator[Event]:
    """Yield what happened below `root`, and all that was told, in the order in which it was through."""
    return _Reader(str(root)).read(log)


class _Reader:
    """Follows file positions, for the calls that say no offset of their own."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._begun: dict[int, str] = {}  # process -> the first half of a call
        self._at: dict[tuple[str, str], int] = {}  # (descriptor, path) -> position
        self._appends: set[tuple[str, str]] = set()
        self._sizes: dict[str, int] = {}

    def read(self, log: Path) -> Iterator[Event]:
        with log.open(encoding="ascii", errors="replace") as lines:
            for line in lines:
                found = _LINE.match(line.rstrip("\n"))
                if found is None:
                    continue
                process, rest = int(found[1]), found[2].lstrip()
                if rest.endswith("<unfinished ...>"):
                    self._begun[process] = rest.removesuffix("<unfinished ...>").rstrip()
                    yield from self._sync_begins(process, self._begun[process])
                    continue
                resumed = rest.startswith("<... ")
                if resumed:
                    rest = self._begun.pop(process, "") + rest.partition(" resumed>")[2]
                call = _CALL.match(rest)
                if call is not None and int(call[3]) >= 0:
                    if not resumed:
                        yield from self._sync_begins(process, rest)
                    yield from self._event(process, call[1], call[2], int(call[3]), rest)

    def _sync_begins(self, process: int, text: str) -> Iterator[Event]:
        name, _, arguments = text.partition("(")
        handle = _FD.match(arguments) if name in {"fsync", "fdatasync"} else None
        if handle is not None and self._ours(path := _plain(handle[2])):
            yield SyncBegun(path, process)

    def _event(self, process: int, name: str, arguments: str, result: int, whole: str) -> Iterator[Event]:
        texts = [_plain(text) for text in _TEXT.findall(arguments)] if name not in _WRITES else []
        if name in {"rename", "renameat", "renameat2"}:
            if self._ours(texts[0]):
                self._sizes[texts[1]] = self._sizes.pop(texts[0], 0)
                yield Renamed(texts[0], texts[1])
        elif name in {"unlink", "unlinkat", "rmdir"}:
            if self._ours(texts[0]):
                self._sizes.pop(texts[0], None)
                yield Unlinked(texts[0])
        elif name in {"mkdir", "mkdirat"}:
            if self._ours(texts[0]):
                yield Made(texts[0], folder=True)
        elif name in {"openat", "open", "creat"}:
            yield from self._opened(texts[0], arguments, whole)
        else:
            yield from self._on_descriptor(process, name, arguments, result)

    def _opened(self, path: str, arguments: str, whole: str) -> Iterator[Event]:
        handle = re.search(r"= (\d+)<([^>]*)>$", whole)
        path = _plain(handle[2]) if handle else path
        if handle is None or not self._ours(path) or "O_DIRECTORY" in arguments:
            return
        self._at[handle[1], path] = 0
        self._appends.discard((handle[1], path))
        if "O_APPEND" in arguments:
            self._appends.add((handle[1], path))
        if "O_CREAT" in arguments and path not in self._sizes:
            self._sizes[path] = 0
            yield Made(path)
        if "O_TRUNC" in arguments:
            self._sizes[path] = 0
            yield Sized(path, 0)

    def _on_descriptor(self, process: int, name: str, arguments: str, result: int) -> Iterator[Event]:
        handle = _FD.match(arguments)
        if handle is None:
            return
        path = _plain(handle[2])
        where = (handle[1], path)
        if name in _WRITES and (path.startswith(("pipe:", "socket:", "TCP:", "UNIX"))):
            yield Told(b"".join(_bytes(text) for text in _TEXT.findall(arguments))[:result])
        elif not self._ours(path):
            return
        elif name in {"fsync", "fdatasync"}:
            yield Synced(path, process)
        elif name == "lseek":
            self._at[where] = result
        elif name == "ftruncate":
            self._sizes[path] = int(arguments.rsplit(", ", 1)[1])
            yield Sized(path, self._sizes[path])
        elif name == "fallocate":
            offset, length = (int(number) for number in arguments.split(", ")[-2:])
            self._sizes[path] = max(self._sizes.get(path, 0), offset + length)
            yield Sized(path, self._sizes[path])
        elif name in _WRITES:
            data = b"".join(_bytes(text) for text in _TEXT.findall(arguments))[:result]
            if name in {"pwrite64", "pwritev"}:
                offset = int(arguments.rsplit(", ", 1)[1])
            else:
                offset = self._sizes.get(path, 0) if where in self._appends else self._at.get(where, 0)
                self._at[where] = offset + len(data)
            self._sizes[path] = max(self._sizes.get(path, 0), offset + len(data))
            yield Wrote(path, offset, data)

    def _ours(self, path: str) -> bool:
        return path.startswith(self._root) and not path.endswith(("-shm", "(deleted)"))


_WRITES = frozenset({"write", "pwrite64", "writev", "pwritev", "sendto", "sendmsg"})


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _plain(text: str) -> str:
    """Read a name that strace wrote in hexadecimal (it does so with -xx), or as it is."""
    return _bytes(text).decode("utf-8", "replace") if text.startswith("\\x") else text
