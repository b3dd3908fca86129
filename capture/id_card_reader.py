"""The identity card reader on a serial line: found by itself, read on demand, unplugged and back."""

from __future__ import annotations

import contextlib
import errno
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import serial
from serial.tools import list_ports

from capture.id_card_reader_card import Card, GarbledCardError, UnknownCardError, card_from
from capture.id_card_reader_frames import Broken, Command, FrameReader, Reply, asked
from capture.sources.source import Back, Gone, Trouble
from registration.errors import MachineError

SOURCE_ID = "id-card-reader"
_GONE: tuple[type[Exception], ...] = (serial.SerialException, OSError)
"""How a port says that it is not there any more."""
if sys.platform != "win32":
    import termios

    _GONE = (*_GONE, termios.error)
BAUD = 115_200
FIND_EVERY = 0.3
SEEK_EVERY = 1.0
ALIVE_EVERY = 2.0
TRIES = 3
PROBES = 3
"""How often a port is asked unbidden: behind it may be another device, which takes the question for data."""
_DONE, _FOUND, _NO_CARD, _NO_SUCH_CONTENT = 0x90, 0x9F, 0x80, 0x91
_SECONDS = {Command.STATUS: 0.6, Command.READ: 3.0, Command.READ_NEWEST_ADDRESS: 2.0}


class ReaderCode(StrEnum):
    """Why no card was read, each with its words; the first group are the module's own status words."""

    LINE_CHECKSUM = "reader_line_checksum"  # 10
    LINE_LENGTH = "reader_line_length"  # 11
    COMMAND_WRONG = "reader_command_wrong"  # 21
    COMMAND_UNKNOWN = "reader_command_unknown"  # 24
    CARD_REFUSES_READER = "reader_refused_by_card"  # 31
    READER_REFUSES_CARD = "reader_refuses_card"  # 32
    CARD_NOT_GENUINE = "reader_card_not_genuine"  # 33
    WRONG_CARD = "reader_wrong_card"  # 40
    CARD_NOT_READ = "reader_card_not_read"  # 41
    NO_RANDOM_NUMBER = "reader_random_number"  # 47
    SELF_TEST_FAILED = "reader_self_test"  # 60
    NOT_AUTHORISED = "reader_not_authorised"  # 66
    CARD_NOT_FOUND = "reader_card_not_found"  # 80
    CARD_NOT_SELECTED = "reader_card_not_selected"  # 81
    NO_SUCH_CONTENT = "reader_no_such_content"  # 91
    STATUS_UNKNOWN = "reader_status_unknown"

    CARD_NOT_LIFTED = "reader_card_not_lifted"
    CARD_GARBLED = "reader_card_garbled"
    CARD_UNKNOWN = "reader_card_unknown"
    SILENT = "reader_silent"
    DENIED = "reader_denied"


STATUS_WORDS = {
    0x10: ReaderCode.LINE_CHECKSUM,
    0x11: ReaderCode.LINE_LENGTH,
    0x21: ReaderCode.COMMAND_WRONG,
    0x24: ReaderCode.COMMAND_UNKNOWN,
    0x31: ReaderCode.CARD_REFUSES_READER,
    0x32: ReaderCode.READER_REFUSES_CARD,
    0x33: ReaderCode.CARD_NOT_GENUINE,
    0x40: ReaderCode.WRONG_CARD,
    0x41: ReaderCode.CARD_NOT_READ,
    0x47: ReaderCode.NO_RANDOM_NUMBER,
    0x60: ReaderCode.SELF_TEST_FAILED,
    0x66: ReaderCode.NOT_AUTHORISED,
    0x80: ReaderCode.CARD_NOT_FOUND,
    0x81: ReaderCode.CARD_NOT_SELECTED,
    0x91: ReaderCode.NO_SUCH_CONTENT,
}


class ReaderError(MachineError):
    """No card was read; `str()` and the words name no person."""

    def __init__(self, code: ReaderCode, **params: str) -> None:
        super().__init__(code.value, **params)
        self.reader_code = code


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card was read whole and passed its own checks."""

    source_id: str
    card: Card = field(repr=False)


ReaderEvent = CardRead | Trouble | Gone | Back
TellReader = Callable[[ReaderEvent], None]


def serial_ports() -> Sequence[str]:
    """The ports behind which a reader may be: serial lines that exist, those on the USB first."""
    found = [port for port in list_ports.comports() if port.vid is not None or port.hwid != "n/a"]
    return [port.device for port in sorted(found, key=lambda port: (port.vid is None, port.device))]


class SamLine:
    """One open port with a SAM module behind it. Calls block; they raise one of _GONE once the port is."""

    def __init__(self, port: str) -> None:
        """Open the port. Raises one of _GONE where that cannot be."""
        self._port = serial.Serial(port, BAUD, timeout=0.05, write_timeout=1.0, exclusive=True)
        self._frames = FrameReader()

    def is_reader(self) -> bool:
        """Whether a SAM module answers."""
        try:
            return self._once(Command.STATUS) is not None
        except Broken:
            return False

    def ask(self, command: Command) -> Reply:
        """Send a command and wait for its answer; what the line garbled is asked for again.

        Raises ReaderError reader_line_checksum or reader_silent after TRIES.
        """
        garbled = False
        for _ in range(TRIES):
            try:
                reply = self._once(command)
            except Broken:
                garbled = True
                continue
            if reply is None:
                continue
            if reply.status not in (0x10, 0x11):  # the module says that our frame came garbled
                return reply
            garbled = True
        raise ReaderError(ReaderCode.LINE_CHECKSUM if garbled else ReaderCode.SILENT)

    def close(self) -> None:
        self._port.close()

    def _once(self, command: Command) -> Reply | None:
        self._port.reset_input_buffer()
        self._frames.forget()
        self._port.write(asked(command))
        until = time.monotonic() + _SECONDS.get(command, 1.0)
        while time.monotonic() < until:
            data = self._port.read(max(1, self._port.in_waiting))
            reply = self._frames.feed(data) if data else None
            if reply is not None:
                return reply
        return None


def read_card(line: SamLine, *, today: date) -> Card | None:
    """Find, select and read the card on the reader; None where none lies there (or it was not lifted).

    Raises ReaderError with the module's status word in words.
    """
    found = line.ask(Command.FIND)
    if found.status == _NO_CARD:
        return None
    _demand(found, _FOUND)
    _demand(line.ask(Command.SELECT), _DONE)
    read = _demand(line.ask(Command.READ), _DONE)
    newest = line.ask(Command.READ_NEWEST_ADDRESS)
    if newest.status != _NO_SUCH_CONTENT:
        _demand(newest, _DONE)
    try:
        return card_from(read.data, newest.data, today=today)
    except UnknownCardError:
        raise ReaderError(ReaderCode.CARD_UNKNOWN) from None
    except GarbledCardError:
        raise ReaderError(ReaderCode.CARD_GARBLED) from None


def _demand(reply: Reply, status: int) -> Reply:
    if reply.status == status:
        return reply
    code = STATUS_WORDS.get(reply.status, ReaderCode.STATUS_UNKNOWN)
    if code is ReaderCode.STATUS_UNKNOWN:
        raise ReaderError(code, status=f"{reply.status:02X}")
    raise ReaderError(code)


class IdCardReader:
    """The reader of this window, on a thread of its own. `tell` is called there and must not block.

    Back and Gone say whether a reader is there. After `read` the next card is told once, as CardRead, or why
    not; a card that was read has to be lifted before any reader finds it again.
    """

    def __init__(
        self,
        tell: TellReader,
        today: Callable[[], date],
        ports: Callable[[], Sequence[str]] = serial_ports,
    ) -> None:
        self._tell, self._today, self._ports = tell, today, ports
        self._change = threading.Condition()
        self._wanted = self._woken = self._ended = False
        self._line: SamLine | None = None
        self._probed: dict[str, int] = {}
        self._read_before = False
        self._said = ""
        self._thread = threading.Thread(target=self._run, name="id-card-reader", daemon=True)

    def start(self) -> None:
        """Begin to look for a reader."""
        self._thread.start()

    @property
    def there(self) -> bool:
        """Whether a reader answers now."""
        return self._line is not None

    def read(self) -> None:
        """Wait for a card and read it; returns at once."""
        with self._change:
            self._wanted, self._woken, self._said = True, True, ""
            self._probed = {}  # a person asks: look everywhere again
            self._change.notify()

    def stop(self) -> None:
        """Wait for no card any more."""
        self._wanted = False

    def close(self) -> None:
        """Let go of the port; nothing is told any more."""
        with self._change:
            self._ended = True
            self._change.notify()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._ended:
            try:
                pause = self._turn()
            except _GONE:
                self._lose()
                pause = SEEK_EVERY
            with self._change:
                self._change.wait_for(lambda: self._ended or self._woken, pause)
                self._woken = False
        if self._line is not None:
            self._line.close()

    def _turn(self) -> float:
        """Do what is next; return the seconds to rest after it."""
        if self._line is None:
            self._line = self._found_line()
            if self._line is None:
                if self._wanted:
                    self._complain(ReaderError(ReaderCode.SILENT))
                return SEEK_EVERY
            self._say(Back(SOURCE_ID))
        if not self._wanted:
            if not self._line.is_reader():
                self._lose()
            return ALIVE_EVERY
        try:
            card = read_card(self._line, today=self._today())
        except ReaderError as error:
            self._complain(error)
            return FIND_EVERY
        if card is None:
            self._complain(ReaderError(self._why_none()))
            return FIND_EVERY
        self._wanted, self._read_before = False, True
        self._say(CardRead(SOURCE_ID, card))
        return ALIVE_EVERY

    def _why_none(self) -> ReaderCode:
        return ReaderCode.CARD_NOT_LIFTED if self._read_before else ReaderCode.CARD_NOT_FOUND

    def _complain(self, error: ReaderError) -> None:
        """Say each reason once while a card is waited for, not at every try."""
        if error.code != self._said:
            self._said = error.code
            self._say(Trouble(SOURCE_ID, error.problem))

    def _found_line(self) -> SamLine | None:
        ports = self._ports()
        self._probed = {port: count for port, count in self._probed.items() if port in ports}
        for port in ports:
            if self._probed.get(port, 0) >= PROBES:
                continue
            self._probed[port] = self._probed.get(port, 0) + 1
            try:
                line = SamLine(port)
            except _GONE as error:
                if getattr(error, "errno", None) == errno.EACCES:  # not in the group that may use them
                    self._complain(ReaderError(ReaderCode.DENIED))
                continue
            try:
                if line.is_reader():
                    self._probed = {}
                    return line
            except _GONE:
                pass
            line.close()
        return None

    def _lose(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(*_GONE):
                line.close()
            self._read_before = False
            self._say(Gone(SOURCE_ID))

    def _say(self, event: ReaderEvent) -> None:
        if not self._ended:
            self._tell(event)
