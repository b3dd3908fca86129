"""The frames that an identity card reader's SAM module speaks on a serial line (GA 450, GA 467)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

HEADER = b"\xaa\xaa\xaa\x96\x69"
LONGEST = 4096
"""Bytes that a frame may have after its length; text, photo and fingerprints take 2,314."""


class Command(bytes, Enum):
    """What the module can be asked: command and parameter byte."""

    STATUS = b"\x11\xff"
    SERIAL_NUMBER = b"\x12\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"
    READ_NEWEST_ADDRESS = b"\x30\x03"


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole frame whose checksum is right: the third status byte (SW3) and the data behind it."""

    status: int
    data: bytes


class Broken(Exception):  # noqa: N818  # not a failure that a person meets: the command is sent again
    """A frame came whose checksum is wrong, or whose length no frame has."""


def asked(command: Command) -> bytes:
    """The frame that asks for a command."""
    body = (len(command.value) + 1).to_bytes(2, "big") + command.value
    return HEADER + body + bytes([checksum(body)])


def checksum(body: bytes) -> int:
    """XOR of the bytes from the length to the last of the data."""
    total = 0
    for byte in body:
        total ^= byte
    return total


class FrameReader:
    """Puts frames together from bytes as they come: in pieces, with noise before and between."""

    def __init__(self) -> None:
        self._waiting = b""

    def forget(self) -> None:
        """Drop what came so far; before each command, so that no late answer is taken for the next one's."""
        self._waiting = b""

    def feed(self, data: bytes) -> Reply | None:
        """Add bytes; return the first whole frame, or None. Raises Broken and drops that frame."""
        self._waiting += data
        start = self._waiting.find(HEADER)
        if start < 0:
            self._waiting = self._waiting[-(len(HEADER) - 1) :]
            return None
        self._waiting = self._waiting[start:]
        head = len(HEADER) + 2
        if len(self._waiting) < head:
            return None
        length = int.from_bytes(self._waiting[len(HEADER) : head], "big")
        if not 4 <= length <= LONGEST:
            self._waiting = self._waiting[len(HEADER) :]
            raise Broken("length")
        if len(self._waiting) < head + length:
            return None
        frame, self._waiting = self._waiting[: head + length], self._waiting[head + length :]
        if checksum(frame[len(HEADER) : -1]) != frame[-1]:
            raise Broken("checksum")
        return Reply(frame[head + 2], frame[head + 3 : -1])
