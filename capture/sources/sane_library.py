"""The system's SANE library, by ctypes: devices, options, the lines of a page; for the scanner process."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char_p, c_int, c_void_p
from dataclasses import dataclass
from enum import IntEnum


class Status(IntEnum):
    """SANE_Status of sane.h."""

    GOOD = 0
    UNSUPPORTED = 1
    CANCELLED = 2
    DEVICE_BUSY = 3
    INVALID = 4
    END = 5
    JAMMED = 6
    NO_DOCUMENTS = 7
    COVER_OPEN = 8
    IO_ERROR = 9
    NO_MEMORY = 10
    ACCESS_DENIED = 11


class SaneError(Exception):
    """SANE answered with a status that is not good."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


NO_LIBRARY = -1
"""Told in the place of a status where libsane is not installed."""
_FIXED = 1 << 16
_INACTIVE, _SETTABLE = 32, 1
_BOOL, _INT, _FIXED_POINT, _STRING = range(4)
_RANGE, _WORDS, _STRINGS = 1, 2, 3
_SET = 1
_BLOCK = 1 << 18
MOST_BYTES = 400 << 20
"""A page of A3 at 600 dpi in colour has 210 MB; beyond this a driver counts wrongly."""


class _Device(ctypes.Structure):
    _fields_ = [("name", c_char_p), ("vendor", c_char_p), ("model", c_char_p), ("type", c_char_p)]


class _Range(ctypes.Structure):
    _fields_ = [("min", c_int), ("max", c_int), ("quant", c_int)]


class _Constraint(ctypes.Union):
    _fields_ = [("strings", POINTER(c_char_p)), ("words", POINTER(c_int)), ("range", POINTER(_Range))]


class _Descriptor(ctypes.Structure):
    _fields_ = [
        ("name", c_char_p),
        ("title", c_char_p),
        ("description", c_char_p),
        ("type", c_int),
        ("unit", c_int),
        ("size", c_int),
        ("cap", c_int),
        ("constraint_type", c_int),
        ("constraint", _Constraint),
    ]


class _Parameters(ctypes.Structure):
    _fields_ = [
        ("format", c_int),
        ("last_frame", c_int),
        ("bytes_per_line", c_int),
        ("pixels_per_line", c_int),
        ("lines", c_int),
        ("depth", c_int),
    ]


@dataclass(frozen=True, slots=True)
class Listed:
    """A device as SANE lists it; its name holds the number on the USB and changes with it."""

    name: str
    vendor: str
    model: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a page. format: 0 grey, 1 colour, 2 to 4 one of red, green, blue alone; depth in bits."""

    format: int
    last: bool
    width: int
    bytes_per_line: int
    depth: int
    data: bytes


class SaneLibrary:
    """libsane, initialised. One per process, as SANE wants it."""

    def __init__(self) -> None:
        """Load and initialise the library. Raises OSError where there is none, SaneError where it fails."""
        self._c = ctypes.CDLL(ctypes.util.find_library("sane") or "libsane.so.1")
        self._c.sane_get_option_descriptor.restype = POINTER(_Descriptor)
        _good(self._c.sane_init(None, None))

    def devices(self) -> list[Listed]:
        """The devices on this machine; scanners of the network are none of SANE's here."""
        found = POINTER(POINTER(_Device))()
        _good(self._c.sane_get_devices(byref(found), 1))
        listed = []
        for place in range(1000):
            if not found[place]:
                break
            device = found[place].contents
            listed.append(Listed(*(_text(t) for t in (device.name, device.vendor, device.model))))
        return listed

    @contextmanager
    def opened(self, name: str) -> Iterator[SaneDevice]:
        """One device, closed again at the end."""
        handle = c_void_p()
        _good(self._c.sane_open(name.encode(), byref(handle)))
        try:
            yield SaneDevice(self._c, handle)
        finally:
            self._c.sane_close(handle)

    def close(self) -> None:
        self._c.sane_exit()


class SaneDevice:
    """An open device. `cancel` may be called from another thread, everything else from one."""

    def __init__(self, library: ctypes.CDLL, handle: c_void_p) -> None:
        self._c, self._handle = library, handle

    def choices(self, option: str) -> list[str]:
        """The texts that an option may have; empty where it is not there or is none of texts."""
        found = self._find(option)
        if found is None or found[1].constraint_type != _STRINGS:
            return []
        strings = found[1].constraint.strings
        texts: list[str] = []
        while strings[len(texts)]:
            texts.append(_text(strings[len(texts)]))
        return texts

    def has(self, option: str) -> bool:
        return self._find(option) is not None

    def largest(self, option: str) -> float | None:
        """The largest number that an option may have, None where it is not bounded."""
        found = self._find(option)
        if found is None:
            return None
        descriptor = found[1]
        scale = _FIXED if descriptor.type == _FIXED_POINT else 1
        if descriptor.constraint_type == _RANGE:
            return float(descriptor.constraint.range.contents.max) / scale
        if descriptor.constraint_type == _WORDS:
            words = descriptor.constraint.words
            return max(float(words[i]) for i in range(1, words[0] + 1)) / scale
        return None

    def set(self, option: str, value: str | float | bool) -> bool:
        """Set an option, a number to the nearest allowed; False where the device has none of that name."""
        found = self._find(option)
        if found is None:
            return False
        place, descriptor = found
        if descriptor.type == _STRING:
            text = str(value).encode()
            holder: ctypes.Array[ctypes.c_char] | c_int = ctypes.create_string_buffer(
                text, max(descriptor.size, len(text) + 1)
            )
        else:
            number = _nearest(descriptor, float(value))
            holder = c_int(number)
        _good(self._c.sane_control_option(self._handle, place, _SET, byref(holder), None))
        return True

    def start(self) -> None:
        """Begin the next page. Raises SaneError NO_DOCUMENTS once the feeder is empty."""
        _good(self._c.sane_start(self._handle))

    def frame(self) -> Frame:
        """Read the frame that was begun to its end."""
        facts = _Parameters()
        _good(self._c.sane_get_parameters(self._handle, byref(facts)))
        block, got, parts, length = ctypes.create_string_buffer(_BLOCK), c_int(), [], 0
        while True:
            status = self._c.sane_read(self._handle, block, _BLOCK, byref(got))
            if status == Status.END:
                break
            _good(status)
            parts.append(block.raw[: got.value])
            length += got.value
            if length > MOST_BYTES:
                raise SaneError(Status.NO_MEMORY)
        return Frame(
            facts.format,
            bool(facts.last_frame),
            facts.pixels_per_line,
            facts.bytes_per_line,
            facts.depth,
            b"".join(parts),
        )

    def cancel(self) -> None:
        """End what is under way; also to be called after the last page."""
        self._c.sane_cancel(self._handle)

    def _find(self, option: str) -> tuple[int, _Descriptor] | None:
        place = 1
        while pointer := self._c.sane_get_option_descriptor(self._handle, place):
            descriptor: _Descriptor = pointer.contents
            usable = descriptor.cap & _SETTABLE and not descriptor.cap & _INACTIVE
            if descriptor.name == option.encode() and usable:
                return place, descriptor
            place += 1
        return None


def _nearest(descriptor: _Descriptor, value: float) -> int:
    """The number that SANE takes for a value: scaled, within the range, of the list."""
    number = round(value * (_FIXED if descriptor.type == _FIXED_POINT else 1))
    if descriptor.constraint_type == _RANGE:
        limits = descriptor.constraint.range.contents
        return int(min(max(number, limits.min), limits.max))
    if descriptor.constraint_type == _WORDS:
        words = descriptor.constraint.words
        return int(min((words[i] for i in range(1, words[0] + 1)), key=lambda word: abs(word - number)))
    return number


def _good(status: int) -> None:
    if status != Status.GOOD:
        raise SaneError(status)


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")
