"""A receipt printer in software: reads ESC/POS from a real line, keeps its paper, answers questions."""

from __future__ import annotations

import os
import pty
import select
import socket
import threading
from dataclasses import dataclass, field

import qrcode
from PIL import Image


@dataclass
class Model:
    """What the printer is and does; set the flags before or while something is sent."""

    dots: int = 576
    rows_of_paper: int = 1_000_000
    cover_open: bool = False
    silent: bool = False  # a one-way cable
    keeps_turns: bool = True  # answers GS r, as cheap models do not
    rows: list[bytes] = field(default_factory=list)
    cuts: int = 0
    drawer_openings: int = 0
    strays: bytes = b""  # what it did not understand

    def __post_init__(self) -> None:
        self._buffer = b""
        self._middle = False
        self._stored, self._module = b"", 3

    def _symbol(self, body: bytes) -> None:
        """Obey one order of GS ( k for QR codes: size, error correction, data, print."""
        assert body[:1] == b"1"
        order, value = body[1:2], body[2:]
        if order == b"C":
            self._module = value[0]
        elif order == b"E":
            assert value == b"1"  # level M
        elif order == b"P":
            self._stored = value[1:]
        elif order == b"Q":
            code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
            code.add_data(self._stored)
            code.make()
            wide = len(code.modules) * self._module
            left = (self.dots - wide) // 2 if self._middle else 0
            self.rows += [b""] * 16
            for line in code.modules:
                bits = "0" * left + "".join(("1" if dark else "0") * self._module for dark in line)
                row = int(bits.ljust(self.dots, "0"), 2).to_bytes(self.dots // 8, "big")
                self.rows += [row] * self._module
        else:
            assert (order, value) == (b"A", b"2\0")  # model 2

    @property
    def out_of_paper(self) -> bool:
        return len(self.rows) >= self.rows_of_paper

    def paper(self) -> Image.Image:
        """Return what came out, black on white."""
        raw = b"".join(row.ljust(self.dots // 8, b"\0")[: self.dots // 8] for row in self.rows)
        return Image.frombytes("1", (self.dots, len(self.rows)), bytes(b ^ 0xFF for b in raw)).convert("L")

    def feed(self, data: bytes) -> bytes:
        """Take bytes; return the answers. Real-time orders are obeyed wherever they stand, as printers do."""
        answers = b""
        for at in range(len(data) - 1):
            if data[at] == 0x10 and data[at + 1] in (0x05, 0x14):
                self.drawer_openings += 1
            if data[at : at + 2] == b"\x10\x04" and at + 2 < len(data):
                answers += self._status(data[at + 2])
        for number in range(1, 5):
            data = data.replace(bytes((0x10, 0x04, number)), b"")
        self._buffer += data
        return (answers + self._work()) if not self.silent else b""

    def _status(self, number: int) -> bytes:
        out, cover = self.out_of_paper, self.cover_open
        return {
            1: bytes([0x12 | (0x08 if out or cover else 0)]),
            2: bytes([0x12 | (0x20 if out else 0) | (0x04 if cover else 0)]),
            3: b"\x12",
            4: bytes([0x12 | (0x60 if out else 0)]),
        }.get(number, b"")

    def _work(self) -> bytes:
        answers = b""
        while self._buffer and not self.out_of_paper and not self.cover_open:
            data = self._buffer
            if data[:2] == b"\x1b@":
                used = 2
            elif data[:4] == b"\x1dv0\0":
                if len(data) < 8:
                    break
                stride, height = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
                if len(data) < 8 + stride * height:
                    break
                self.rows += [data[8 + stride * n : 8 + stride * (n + 1)] for n in range(height)]
                used = 8 + stride * height
            elif data[:2] == b"\x1ba":
                used = 3
                self._middle = data[2:3] == b"\1"
            elif data[:3] == b"\x1d(k":
                if len(data) < 5 or len(data) < 5 + int.from_bytes(data[3:5], "little"):
                    break
                used = 5 + int.from_bytes(data[3:5], "little")
                self._symbol(data[5:used])
            elif data[:2] == b"\x1bd":
                used = 3
                self.rows += [b""] * (30 * data[2])
            elif data[:3] == b"\x1dVB":
                used = 4
                self.cuts += 1
            elif data[:3] == b"\x1dr\1":
                used = 3
                answers += b"\0" if self.keeps_turns else b""
            else:
                used = 1
                self.strays += data[:1]
            if len(data) < used:
                break
            self._buffer = data[used:]
        return answers


class Plugged:
    """The model at the end of a real line: a TCP port, or a serial line (a pseudo-terminal)."""

    def __init__(self, model: Model, kind: str) -> None:
        self.model = model
        self._stop = threading.Event()
        if kind == "tcp":
            self._server = socket.create_server(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{self._server.getsockname()[1]}"
            self._thread = threading.Thread(target=self._serve_port)
        else:
            self._printer_end, self._line = pty.openpty()
            self.address = f"serial:{os.ttyname(self._line)}"
            self._thread = threading.Thread(target=self._serve_serial)

    def __enter__(self) -> Plugged:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(10)
        for name in ("_printer_end", "_line"):
            if hasattr(self, name):
                os.close(getattr(self, name))
        if hasattr(self, "_server"):
            self._server.close()

    def _serve_port(self) -> None:
        self._server.settimeout(0.05)
        while not self._stop.is_set():
            try:
                connection, _ = self._server.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(0.05)
                while not self._stop.is_set():
                    try:
                        data = connection.recv(8192)
                    except TimeoutError:
                        continue
                    except OSError:
                        break
                    if not data:
                        break
                    if answer := self.model.feed(data):
                        connection.sendall(answer)

    def _serve_serial(self) -> None:
        while not self._stop.is_set():
            if not select.select([self._printer_end], [], [], 0.05)[0]:
                continue
            if answer := self.model.feed(os.read(self._printer_end, 8192)):
                os.write(self._printer_end, answer)
