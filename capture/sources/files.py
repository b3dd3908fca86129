"""Reads a file that a person dropped, and tells what it is by its content, whatever its name says."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from capture.errors import CaptureCode, CaptureError
from capture.pages import FileKind

MOST_BYTES = 200 << 20

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# Formats that people do bring and that hold no page we can read: the words then say which ones we can.
_OTHER_KNOWN = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"8BPS",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"<svg",
    b"<?xml",
    b"%!PS",
)


@dataclass(frozen=True, slots=True)
class FileBytes:
    """A file in memory: its base name (for messages only), its bytes and what they are."""

    name: str
    data: bytes
    kind: FileKind


def read_file(path: Path) -> FileBytes:
    """Read a whole file of at most MOST_BYTES that holds pages. Raises CaptureError naming the file."""
    name, data = bytes_of(path)
    return FileBytes(name, data, kind_of(data, name))


def bytes_of(path: Path) -> tuple[str, bytes]:
    """Return a file's base name and its bytes, at most MOST_BYTES, whatever it holds. Raises CaptureError."""
    name = path.name or str(path)
    try:
        # Without O_NONBLOCK opening a pipe that someone named like a picture would wait for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise CaptureError(CaptureCode.FILE_VANISHED, name) from None
    except IsADirectoryError:
        raise CaptureError(CaptureCode.IS_A_FOLDER, name) from None
    except (OSError, ValueError):
        code = CaptureCode.IS_A_FOLDER if path.is_dir() else CaptureCode.FILE_UNREADABLE
        raise CaptureError(code, name) from None
    facts = os.fstat(handle)
    if not stat.S_ISREG(facts.st_mode):
        os.close(handle)
        code = CaptureCode.IS_A_FOLDER if stat.S_ISDIR(facts.st_mode) else CaptureCode.FILE_UNREADABLE
        raise CaptureError(code, name)
    with os.fdopen(handle, "rb") as stream:
        try:
            if facts.st_size > MOST_BYTES:
                raise CaptureError(CaptureCode.FILE_TOO_LARGE, name)
            data = stream.read(MOST_BYTES + 1)
        except OSError:  # a memory stick pulled out, a network folder gone
            code = CaptureCode.FILE_UNREADABLE if path.exists() else CaptureCode.FILE_VANISHED
            raise CaptureError(code, name) from None
    if len(data) > MOST_BYTES:
        raise CaptureError(CaptureCode.FILE_TOO_LARGE, name)
    return name, data


def kind_of(data: bytes, name: str) -> FileKind:
    """What the bytes are by their first marks. Raises CaptureError when they are nothing that we read."""
    if not data:
        raise CaptureError(CaptureCode.EMPTY_FILE, name)
    kind = sniff(data)
    if kind is None:
        known = data.lstrip()[:8].startswith(_OTHER_KNOWN) or data[4:8] == b"ftyp"
        raise CaptureError(CaptureCode.UNSUPPORTED_FORMAT if known else CaptureCode.NOT_AN_IMAGE, name)
    return kind


def sniff(data: bytes) -> FileKind | None:
    """The kind that the bytes begin as, None when it is none of ours; never raises."""
    starts = (
        (b"\xff\xd8\xff", FileKind.JPEG),
        (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
        (b"II*\x00", FileKind.TIFF),
        (b"MM\x00*", FileKind.TIFF),
        (b"GIF87a", FileKind.GIF),
        (b"GIF89a", FileKind.GIF),
    )
    for mark, kind in starts:
        if data.startswith(mark):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return FileKind.WEBP
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return FileKind.HEIC
    if (
        data[:2] == b"BM"
        and len(data) > 26
        and int.from_bytes(data[14:18], "little") in (12, 40, 52, 56, 64, 108, 124)
    ):
        return FileKind.BMP
    if b"%PDF-" in data[:1024]:  # readers accept a mark within the first kilobyte, so files have leading junk
        return FileKind.PDF
    return None
