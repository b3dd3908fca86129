"""ESC/POS, the language of receipt printers: a roll as one picture, so that any character prints."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from printing import qr, raster
from printing.raster import DOTS_PER_MM, Dots
from printing.roll import PRINTABLE_MM

_INITIALISE = b"\x1b@"
_RASTER = b"\x1dv0\0"  # GS v 0, normal size; supported by practically every model since the 1990s
_FEED = b"\x1bd"
_PARTIAL_CUT = b"\x1dVB\0"
_SYMBOL = b"\x1d(k"
_MIDDLE, _LEFT = b"\x1ba\1", b"\x1ba\0"
_CODE_DOTS = 34 * DOTS_PER_MM  # as large as in the picture
_SMALLEST_MODULE_DOTS = DOTS_PER_MM // 2
_BAND_ROWS = 128  # small printers hold about 10 kB; they print one band while the next arrives

# Printers obey these even in the midst of a picture: DLE EOT, DLE ENQ and DLE DC4, which may open a drawer.
_OBEYED = tuple((bytes((0x10, code)), bytes((0x18, code))) for code in (0x04, 0x05, 0x14))
# GS r 1 is answered in its turn: when the answer comes, everything before it has been printed.
TURN = b"\x1dr\1"
# DLE EOT n asks in real time, even while the printer is off-line or busy.
STATUS_REQUESTS = (b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04")


class Trouble(StrEnum):
    """What keeps a receipt printer from printing; the values have words in the `paper_wording` pack."""

    PAPER_OUT = "media-empty"
    COVER_OPEN = "cover-open"
    CUTTER = "cutter-jam"
    FAULT = "failed"
    OFFLINE = "offline"
    SILENT = "timed-out"


@dataclass(frozen=True)
class Status:
    """What a receipt printer says of itself."""

    troubles: tuple[Trouble, ...]
    paper_low: bool = False

    @property
    def ready(self) -> bool:
        return not self.troubles


def encode(pdf: bytes, width_mm: int = 80, *, code: str = "", cut: bool = True) -> bytes:
    """Return the commands that print a roll of `width_mm` (80 or 58), feed it out and cut it.

    `code` is the text of a QR code that the printer draws itself below the picture: sharper on a worn head,
    but not every model knows the order. No cash drawer is ever opened. ValueError for what is not a PDF of
    that width, or for a code that is not ASCII; KeyError for other widths.
    """
    parts = [_INITIALISE]
    for page in raster.dots(pdf, PRINTABLE_MM[width_mm]):
        parts += _bands(page)
        if code:
            parts += _own_code(code)
        parts.append(_FEED + bytes([3]))
        if cut:
            parts.append(_PARTIAL_CUT)
    return b"".join(parts)


def _own_code(text: str) -> list[bytes]:
    """Return the orders GS ( k for a QR code: model 2, size of a module in dots, level M, data, print."""
    dots = max(_CODE_DOTS // len(qr.matrix(text, "M")), _SMALLEST_MODULE_DOTS)
    stored = b"1P0" + text.encode("ascii")
    bodies = (b"1A2\0", bytes((0x31, 0x43, dots)), b"1E1", stored, b"1Q0")
    orders = [_SYMBOL + len(body).to_bytes(2, "little") + body for body in bodies]
    return [_MIDDLE, *orders, _LEFT]


def _bands(page: Dots) -> list[bytes]:
    stride = page.width // 8
    bands = []
    for top in range(0, page.height, _BAND_ROWS):
        rows = page.rows[top * stride : (top + _BAND_ROWS) * stride]
        height = len(rows) // stride
        for order, harmless in _OBEYED:
            rows = rows.replace(order, harmless)  # one dot more, beside a dot
        bands.append(_RASTER + stride.to_bytes(2, "little") + height.to_bytes(2, "little") + rows)
    return bands


def read_status(answers: bytes) -> Status:
    """Read the four bytes that answer STATUS_REQUESTS, in that order.

    Too few, or bytes that are not an answer (bits 0, 1, 4 and 7 are fixed), mean that nobody is listening.
    """
    if len(answers) != len(STATUS_REQUESTS) or any(answer & 0x93 != 0x12 for answer in answers):
        return Status((Trouble.OFFLINE,))
    printer, offline, error, paper = answers
    found = []
    if paper & 0x60 or offline & 0x20:
        found.append(Trouble.PAPER_OUT)
    if offline & 0x04:
        found.append(Trouble.COVER_OPEN)
    if error & 0x08:
        found.append(Trouble.CUTTER)
    if error & 0x60:
        found.append(Trouble.FAULT)
    if printer & 0x08 and not found:
        found.append(Trouble.OFFLINE)
    return Status(tuple(found), paper_low=bool(paper & 0x0C))
