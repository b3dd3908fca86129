"""What a sealed package says once it is open: records of events, pages and answers, one after another."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from sync.contract import Acknowledgement, Digest, Event, FeedItem, Outcome, Wire, canonical
from sync.contract.package_format import PackageError

_HEAD = struct.Struct(">cQ")  # kind of record, bytes that follow
_DIGEST = 32
_MAX_TEXT = 8 << 20
MAX_PAGE = 256 << 20


class Opening(Wire):
    """The first record: who speaks, and how much follows."""

    operator_id: str
    cursor: int  # how far the window has read the feed
    events: int
    pages: int
    app: str = ""


class Answer(Wire):
    """What the centre says of a package, all of it."""

    outcomes: list[Outcome]
    acknowledgements: list[Acknowledgement]
    missing: dict[str, list[Digest]]
    items: list[FeedItem]
    cursor: int
    server_time: float
    refused_pages: list[Digest] = []


@dataclass(frozen=True)
class Record:
    """One record; a page's bytes come by `pieces`, to be taken before the next record is asked for."""

    kind: Literal["opening", "event", "page", "answer", "end"]
    value: Any = None
    size: int = 0
    pieces: Iterable[bytes] = ()


def text_record(kind: bytes, value: Wire) -> bytes:
    """Return an opening (b"O"), an event (b"E") or an answer (b"A") as bytes."""
    body = canonical(value.model_dump(mode="json"))
    return _HEAD.pack(kind, len(body)) + body


def page_head(digest: Digest, size: int) -> bytes:
    """Return what stands before a page's bytes."""
    return _HEAD.pack(b"P", _DIGEST + size) + bytes.fromhex(digest)


END = _HEAD.pack(b"Z", 0)


def page_room(size: int) -> int:
    """Return how many bytes a page takes in the stream."""
    return _HEAD.size + _DIGEST + size


def records(content: Iterable[bytes]) -> Iterator[Record]:
    """Yield the records of an open stream. PackageError package_damaged for anything else, or no end."""
    source = _Source(content)
    while True:
        kind, length = _HEAD.unpack(source.take(_HEAD.size))
        if kind == b"Z" and length == 0:
            source.expect_end()
            yield Record("end")
            return
        if kind == b"P" and _DIGEST < length <= MAX_PAGE + _DIGEST:
            digest = source.take(_DIGEST).hex()
            size = length - _DIGEST
            yield Record("page", digest, size, source.pieces(size))
            source.skip()
        elif kind in _TEXTS and length <= _MAX_TEXT:
            name, model = _TEXTS[kind]
            try:
                yield Record(name, model.model_validate(json.loads(source.take(length))), length)
            except (ValueError, ValidationError, RecursionError):
                raise PackageError("package_damaged") from None
        else:
            raise PackageError("package_damaged")


_TEXTS: dict[bytes, tuple[Literal["opening", "event", "answer"], type[Wire]]] = {
    b"O": ("opening", Opening),
    b"E": ("event", Event),
    b"A": ("answer", Answer),
}


class _Source:
    """Bytes by number out of a stream of chunks."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content = iter(content)
        self._waiting = b""
        self._left = 0  # of the page whose pieces are being taken

    def take(self, count: int) -> bytes:
        got = bytearray()
        while len(got) < count:
            got += self._some(count - len(got))
        return bytes(got)

    def pieces(self, count: int) -> Iterator[bytes]:
        self._left = count
        return self._pieces()

    def skip(self) -> None:
        """Take what the reader of a page has left over."""
        for _ in self._pieces():
            pass

    def expect_end(self) -> None:
        if self._waiting or any(self._content):
            raise PackageError("package_damaged")

    def _pieces(self) -> Iterator[bytes]:
        while self._left:
            piece = self._some(self._left)
            self._left -= len(piece)
            yield piece

    def _some(self, most: int) -> bytes:
        if not self._waiting:
            self._waiting = next(self._content, b"")
            if not self._waiting:
                raise PackageError("package_damaged")
        piece, self._waiting = self._waiting[:most], self._waiting[most:]
        return piece
