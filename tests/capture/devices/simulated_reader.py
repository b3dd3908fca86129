"""An identity card reader on a pseudo-terminal: speaks the SAM frames, over a bad cable where wanted."""

from __future__ import annotations

import os
import pty
import select
import threading
import time
import tty
from dataclasses import dataclass

HEADER = b"\xaa\xaa\xaa\x96\x69"


def reply(status: bytes, data: bytes = b"") -> bytes:
    """A frame of the module: three status bytes, data, and the XOR of all from the length on."""
    body = (len(status) + len(data) + 1).to_bytes(2, "big") + status + data
    check = 0
    for byte in body:
        check ^= byte
    return HEADER + body + bytes([check])


@dataclass
class SimulatedCard:
    """A card as it lies on the reader: 256 bytes of text, a photo, perhaps a newer address."""

    text: bytes
    photo: bytes = bytes(range(256)) * 4
    newest_address: str = ""


def citizen(
    number: str,
    *,
    name: str = "赵明远",
    sex: str = "1",
    nation: str = "01",
    birth: str = "",
    until: str = "20341231",
    mark: str = "",
    pass_number: str = "",
    issues: str = "",
) -> bytes:
    """The text of an identity card, or of a residence permit (mark J)."""
    parts = (
        (name, 30),
        (sex, 2),
        (nation, 4),
        (birth or number[6:14], 16),
        ("甘肃省兰州市城关区示范路1号", 70),
        (number, 36),
        ("兰州市公安局城关分局", 30),
        ("20150101", 16),
        (until, 16),
        (pass_number, 18),
        (issues, 4),
        ("", 6),
        (mark, 2),
        ("", 6),
    )
    return b"".join(ucs2_field(text, length) for text, length in parts)


def foreigner() -> bytes:
    """The text of a foreigner's permanent residence card of 2017."""
    parts = (
        ("MUSTERFRAU, ERIKA", 120),
        ("2", 2),
        ("DEU310080010100", 30),
        ("DEU", 6),
        ("穆斯特", 30),
        ("20180501", 16),
        ("20280430", 16),
        ("19800102", 16),
        ("01", 4),
        ("1500", 8),
        ("I", 2),
        ("", 6),
    )
    return b"".join(ucs2_field(text, length) for text, length in parts)


def ucs2_field(text: str, length: int) -> bytes:
    return (text + " " * (length // 2 - len(text))).encode("utf-16-le")


class SimulatedReader:
    """Answers on `port` like a reader with a SAM module. Change its attributes to change what it does."""

    def __init__(self) -> None:
        self._master, self._slave = pty.openpty()
        tty.setraw(self._master)
        tty.setraw(self._slave)
        self.port = os.ttyname(self._slave)
        self.card: SimulatedCard | None = None
        self.lifted = True
        self.noise = b""  # sent before each answer
        self.piece = 0  # answers go out in pieces of so many bytes
        self.garble = 0  # so many of the next answers have a wrong checksum
        self.deaf = 0  # so many of the next commands are not answered
        self.mute = False
        self.status_of: dict[bytes, int] = {}  # command -> third status byte instead of the usual answer
        self.asked: list[bytes] = []
        self._selected = False
        self._ended = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def lay(self, card: SimulatedCard) -> None:
        """Lay a card on the reader, lifted before."""
        self.card, self.lifted = card, True

    def unplug(self) -> None:
        """Pull the cable."""
        self._end()

    def close(self) -> None:
        if not self._ended:
            self._end()

    def _end(self) -> None:
        self._ended = True
        self._thread.join()
        for handle in (self._master, self._slave):
            os.close(handle)

    def _run(self) -> None:
        waiting = b""
        while not self._ended:
            if not select.select([self._master], [], [], 0.02)[0]:
                continue
            waiting += os.read(self._master, 4096)
            while (start := waiting.find(HEADER)) >= 0 and len(waiting) >= start + 10:
                length = int.from_bytes(waiting[start + 5 : start + 7], "big")
                command, waiting = waiting[start + 7 : start + 9], waiting[start + 7 + length :]
                self._answer(command)

    def _answer(self, command: bytes) -> None:
        self.asked.append(command)
        if self.mute:
            return
        if self.deaf:
            self.deaf -= 1
            return
        frame = self._frame(command)
        if self.garble:
            self.garble -= 1
            frame = frame[:-1] + bytes([frame[-1] ^ 0x55])
        out = self.noise + frame
        for at in range(0, len(out), self.piece or len(out)):
            os.write(self._master, out[at : at + (self.piece or len(out))])
            if self.piece:
                time.sleep(0.001)

    def _frame(self, command: bytes) -> bytes:
        if command in self.status_of:
            return reply(bytes([0, 0, self.status_of[command]]))
        lies = self.card is not None
        match command:
            case b"\x11\xff":
                return reply(b"\0\0\x90")
            case b"\x20\x01":
                if lies and self.lifted:
                    return reply(b"\0\0\x9f", b"\0\0\0\0")
                return reply(b"\0\0\x80")
            case b"\x20\x02" if lies:
                self._selected = True
                return reply(b"\0\0\x90", b"\0" * 8)
            case b"\x30\x01" if lies and self._selected:
                assert self.card is not None
                self.lifted = self._selected = False
                lengths = len(self.card.text).to_bytes(2, "big") + len(self.card.photo).to_bytes(2, "big")
                return reply(b"\0\0\x90", lengths + self.card.text + self.card.photo)
            case b"\x30\x03" if lies:
                assert self.card is not None
                if not self.card.newest_address:
                    return reply(b"\0\0\x91")
                return reply(b"\0\0\x90", ucs2_field(self.card.newest_address, 70))
        return reply(b"\0\0\x41")
