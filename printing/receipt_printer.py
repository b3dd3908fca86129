"""Receipt printers without a system queue: on a USB or serial device file, or on a network port."""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from printing import escpos
from printing.escpos import Status
from printing.receipt_words import section
from registration.errors import MachineError

_PORT = 9100
_CHUNK = 4096
_STATUS_SECONDS = 2.0
_SILENT = Status((escpos.Trouble.SILENT,))


class Line(Protocol):
    """A two-way line to a device; file descriptors and sockets have the same few calls."""

    def fileno(self) -> int: ...

    def write(self, data: bytes) -> int: ...

    def read(self, size: int) -> bytes: ...


def print_receipt(commands: bytes, address: str, *, timeout: float = 20.0, language: str = "zh") -> None:
    """Send ESC/POS commands to a printer and wait until it says that it has printed them.

    `address` is tcp://HOST[:9100], a device file such as /dev/usb/lp0 or /dev/rfcomm0, or
    serial:/dev/ttyUSB0?baud=19200. Raises MachineError code print_failed, with the trouble in words, when
    paper is out, the cover open or the like, and nothing was sent; print_unfinished when that happens, or no
    word comes for `timeout` seconds, after some of it was; printer_refused when the line cannot be opened.
    """
    sent = False
    try:
        with _opened(address, timeout) as line:
            _require_ready(status_of(line), address, language)
            sent = True
            _send(line, commands + escpos.TURN, timeout)
            if not _turn_came(line, timeout):
                found = status_of(line)
                raise _trouble(found if not found.ready else _SILENT, address, language, "print_unfinished")
            left = status_of(line)
            if not left.ready:
                raise _trouble(left, address, language, "print_unfinished")
    except OSError as error:
        if sent:
            raise _trouble(_SILENT, address, language, "print_unfinished") from error
        raise MachineError("printer_refused", printer=address) from error


def status(address: str) -> Status:
    """Ask a printer how it is. Raises MachineError code printer_refused when the line cannot be opened."""
    try:
        with _opened(address, _STATUS_SECONDS) as line:
            return status_of(line)
    except OSError as error:
        raise MachineError("printer_refused", printer=address) from error


def status_of(line: Line) -> Status:
    """Ask over an open line. A printer that cannot answer, as on a one-way cable, counts as off-line."""
    while _wait(line, 0, reading=True) and line.read(_CHUNK):
        pass  # answers that nobody asked for
    answers = b""
    for request in escpos.STATUS_REQUESTS:
        _send(line, request, _STATUS_SECONDS)
        if not _wait(line, _STATUS_SECONDS, reading=True):
            break
        answers += line.read(1)
    return escpos.read_status(answers)


def _turn_came(line: Line, timeout: float) -> bool:
    """Wait for the answer to TURN, told from what a printer may say unasked by its bits 4 and 7."""
    until = time.monotonic() + timeout
    while _wait(line, max(until - time.monotonic(), 0), reading=True):
        answer = line.read(1)
        if not answer:
            raise ConnectionError("the printer hung up")
        if answer[0] & 0x90 == 0:
            return True
    return False


def _require_ready(found: Status, address: str, language: str) -> None:
    if not found.ready:
        raise _trouble(found, address, language, "print_failed")


def _trouble(found: Status, address: str, language: str, code: str) -> MachineError:
    words = section("printer_states", language)
    said = [str(words.get(trouble.value, words["failed"])) for trouble in found.troubles]
    return MachineError(code, printer=address, state="、".join(said))


def _send(line: Line, data: bytes, timeout: float) -> None:
    view = memoryview(data)
    while view:
        if not _wait(line, timeout, reading=False):
            raise TimeoutError("the printer takes nothing")
        view = view[line.write(bytes(view[:_CHUNK])) :]


def _wait(line: Line, timeout: float, *, reading: bool) -> bool:
    wanted = [line.fileno()]
    ready = select.select(wanted if reading else [], [] if reading else wanted, [], timeout)
    return bool(ready[0] or ready[1])


class _Socket:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def fileno(self) -> int:
        return self._connection.fileno()

    def write(self, data: bytes) -> int:
        return self._connection.send(data)

    def read(self, size: int) -> bytes:
        return self._connection.recv(size)


class _File:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        return self._descriptor

    def write(self, data: bytes) -> int:
        return os.write(self._descriptor, data)

    def read(self, size: int) -> bytes:
        return os.read(self._descriptor, size)


@contextmanager
def _opened(address: str, timeout: float) -> Iterator[Line]:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        with socket.create_connection((parts.hostname or "", parts.port or _PORT), timeout) as connection:
            connection.setblocking(False)
            yield _Socket(connection)
        return
    serial = parts.scheme == "serial"
    path = parts.path if serial else address
    descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        if os.isatty(descriptor):
            _set_raw(descriptor, int(parse_qs(parts.query).get("baud", ["19200"])[0]) if serial else 0)
        yield _File(descriptor)
    finally:
        os.close(descriptor)


def _set_raw(descriptor: int, baud: int) -> None:
    """Let bytes through unchanged, 8N1, with the printer's own flow control where `baud` is given."""
    import termios
    import tty

    tty.setraw(descriptor)
    if baud:
        modes = termios.tcgetattr(descriptor)
        modes[4] = modes[5] = getattr(termios, f"B{baud}")
        modes[2] |= termios.CRTSCTS | termios.CLOCAL
        termios.tcsetattr(descriptor, termios.TCSANOW, modes)
