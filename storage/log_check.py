"""Proves a database's log frame by frame, for SQLite takes a damaged one for one that ends there."""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass
from pathlib import Path

from storage.log import FRAME_HEAD, HEAD

_BITS_HIT = 8
_MAGICS = {0x377F0682: "little", 0x377F0683: "big"}


@dataclass(frozen=True)
class LogState:
    """What a log holds: its head (b"" for none), whole transactions' frames, and whether more were there.

    `damaged`: after the first frame that does not hold come two ends of a transaction, or a head that does
    not hold comes before frames. A power cut tears the last transaction alone, for each is synchronised
    before the next one begins. `doubtful`: the last transaction was written to its end and does not hold; a
    power cut does that before anybody was told of it, damage after.
    """

    head: bytes
    frames: int
    damaged: bool
    doubtful: bool = False


def look_at_log(log: Path) -> LogState:
    """Read a whole log. OSError as it comes; a log that is not there is an empty one."""
    try:
        content = log.read_bytes()
    except FileNotFoundError:
        content = b""
    if len(content) < HEAD + FRAME_HEAD:
        return LogState(b"", 0, damaged=False)
    head = content[:HEAD]
    order = _MAGICS.get(int.from_bytes(head[:4], "big"))
    size = int.from_bytes(head[8:12], "big")
    if order is None or size < 512 or size & (size - 1) or not _head_holds(head, order):
        return LogState(b"", 0, damaged=_same_salts(content) > 1)
    whole, place = 0, HEAD
    sums = _sums(head[:24], order, (0, 0))
    step = FRAME_HEAD + size
    frames = ends_after = 0
    holds = True
    while place + step <= len(content):
        frame = content[place : place + FRAME_HEAD]
        place += step
        if frame[8:16] != head[16:24]:
            if not _nearly(frame[8:16], head[16:24]):
                break  # left by the log before
            holds = False
        ends = frame[4:8] != b"\0\0\0\0"
        if holds:
            sums = _sums(frame[:8], order, sums)
            sums = _sums(content[place - size : place], order, sums)
            frames += 1
            holds = sums == _pair(frame[16:24])
            if holds and ends:
                whole = frames
        if not holds:
            ends_after += ends
    return LogState(head, whole, damaged=ends_after > 1, doubtful=ends_after == 1)


def _nearly(salts: bytes, ours: bytes) -> bool:
    """Say whether salts were ours before a byte of them was hit: those of another log are quite different."""
    differing = int.from_bytes(salts, "big") ^ int.from_bytes(ours, "big")
    return differing.bit_count() <= _BITS_HIT


def _same_salts(content: bytes) -> int:
    """Return how many frames of one log seem to follow a head that does not hold, at the usual page size."""
    step = FRAME_HEAD + 4096
    salts = content[HEAD + 8 : HEAD + 16]
    return sum(content[p + 8 : p + 16] == salts for p in range(HEAD, len(content) - step + 1, step))


def _head_holds(head: bytes, order: str) -> bool:
    return _sums(head[:24], order, (0, 0)) == _pair(head[24:32])


def _pair(raw: bytes) -> tuple[int, int]:
    return int.from_bytes(raw[:4], "big"), int.from_bytes(raw[4:8], "big")


def _sums(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    """SQLite's running checksum: https://sqlite.org/fileformat2.html#checksum_algorithm."""
    words = array("I", data)
    if order != sys.byteorder:
        words.byteswap()
    first, second = sums
    for left, right in zip(words[::2], words[1::2], strict=True):
        first = (first + left + second) & 0xFFFFFFFF
        second = (second + right + first) & 0xFFFFFFFF
    return first, second
