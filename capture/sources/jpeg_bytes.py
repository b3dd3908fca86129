"""Makes a camera's motion-JPEG frame a JPEG file that stands alone, and that says nothing but the picture."""

from __future__ import annotations

_SOI, _EOI, _SOS, _DHT, _COM = 0xD8, 0xD9, 0xDA, 0xC4, 0xFE
_PROGRESSIVE = 0xC2
_APP0, _APP15, _ADOBE = 0xE0, 0xEF, 0xEE

# The tables of ITU-T T.81, annex K.3, which motion-JPEG takes for granted: counts by length, then values.
_DC = "00 01 05 01 01 01 01 01 01 00 00 00 00 00 00 00|00 01 02 03 04 05 06 07 08 09 0A 0B"
_DC_COLOUR = "00 03 01 01 01 01 01 01 01 01 01 00 00 00 00 00|00 01 02 03 04 05 06 07 08 09 0A 0B"
_AC = (
    "00 02 01 03 03 02 04 03 05 05 04 04 00 00 01 7D|"
    "01 02 03 00 04 11 05 12 21 31 41 06 13 51 61 07 22 71 14 32 81 91 A1 08 23 42 B1 C1 15 52 D1 F0"
    "24 33 62 72 82 09 0A 16 17 18 19 1A 25 26 27 28 29 2A 34 35 36 37 38 39 3A 43 44 45 46 47 48 49"
    "4A 53 54 55 56 57 58 59 5A 63 64 65 66 67 68 69 6A 73 74 75 76 77 78 79 7A 83 84 85 86 87 88 89"
    "8A 92 93 94 95 96 97 98 99 9A A2 A3 A4 A5 A6 A7 A8 A9 AA B2 B3 B4 B5 B6 B7 B8 B9 BA C2 C3 C4 C5"
    "C6 C7 C8 C9 CA D2 D3 D4 D5 D6 D7 D8 D9 DA E1 E2 E3 E4 E5 E6 E7 E8 E9 EA F1 F2 F3 F4 F5 F6 F7 F8 F9 FA"
)
_AC_COLOUR = (
    "00 02 01 02 04 04 03 04 07 05 04 04 00 01 02 77|"
    "00 01 02 03 11 04 05 21 31 06 12 41 51 07 61 71 13 22 32 81 08 14 42 91 A1 B1 C1 09 23 33 52 F0"
    "15 62 72 D1 0A 16 24 34 E1 25 F1 17 18 19 1A 26 27 28 29 2A 35 36 37 38 39 3A 43 44 45 46 47 48"
    "49 4A 53 54 55 56 57 58 59 5A 63 64 65 66 67 68 69 6A 73 74 75 76 77 78 79 7A 82 83 84 85 86 87"
    "88 89 8A 92 93 94 95 96 97 98 99 9A A2 A3 A4 A5 A6 A7 A8 A9 AA B2 B3 B4 B5 B6 B7 B8 B9 BA C2 C3"
    "C4 C5 C6 C7 C8 C9 CA D2 D3 D4 D5 D6 D7 D8 D9 DA E2 E3 E4 E5 E6 E7 E8 E9 EA F2 F3 F4 F5 F6 F7 F8 F9 FA"
)


def standing_alone(frame: bytes | memoryview) -> bytes:
    """The frame as a JPEG file: without EXIF, comments and what follows the picture, with its Huffman tables.

    Raises ValueError when it is no whole JPEG, as a frame is that lost a part on the cable.
    """
    data = memoryview(frame)
    if bytes(data[:2]) != b"\xff\xd8":
        raise ValueError("no JPEG")
    kept = [b"\xff\xd8"]
    tables = progressive = False
    at = 2
    while True:
        marker, end = _segment(data, at)
        if marker == _SOS:
            break
        tables = tables or marker == _DHT
        progressive = progressive or marker == _PROGRESSIVE
        if not _is_note(marker, bytes(data[at + 4 : at + 9])):
            kept.append(bytes(data[at:end]))
        at = end
    if not tables:
        kept.append(_standard_tables())
    picture = bytes(data[at:])
    stop = picture.rfind(b"\xff\xd9") if progressive else picture.find(b"\xff\xd9")
    if stop < 0:
        raise ValueError("the picture's end is missing")
    kept.append(picture[: stop + 2])
    return b"".join(kept)


def _segment(data: memoryview, at: int) -> tuple[int, int]:
    """The marker at a place, and where its segment ends."""
    while bytes(data[at : at + 2]) == b"\xff\xff":  # padding before a marker is allowed
        at += 1
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] in (0x00, _SOI, _EOI):
        raise ValueError("a broken JPEG")
    end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    if end <= at + 3 or end > len(data):
        raise ValueError("a broken JPEG")
    return data[at + 1], end


def _is_note(marker: int, start: bytes) -> bool:
    """Whether a segment is about camera, place or time; JFIF and Adobe say how the colours are meant."""
    if marker == _COM:
        return True
    if not _APP0 <= marker <= _APP15:
        return False
    return not (marker == _APP0 and start == b"JFIF\0") and not (marker == _ADOBE and start == b"Adobe")


def _standard_tables() -> bytes:
    body = b""
    for place, table in ((0x00, _DC), (0x10, _AC), (0x01, _DC_COLOUR), (0x11, _AC_COLOUR)):
        counts, values = table.split("|")
        body += bytes([place]) + bytes.fromhex(counts) + bytes.fromhex(values)
    return b"\xff\xc4" + (len(body) + 2).to_bytes(2, "big") + body
