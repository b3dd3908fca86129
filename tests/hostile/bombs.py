"""Small files that ask for much: memory, time or depth; each with what may come of it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from capture.errors import CaptureCode
from tests.hostile.make_hostile import encoded, jpeg_of_size, picture, png

PAGE: frozenset[int | str] = frozenset({1})
DAMAGED: frozenset[int | str] = frozenset({CaptureCode.TRUNCATED_IMAGE})
REFUSED: frozenset[int | str] = frozenset({CaptureCode.IMAGE_TOO_LARGE})
BROKEN: frozenset[int | str] = frozenset({CaptureCode.PDF_BROKEN})
# What a faster machine, or one with nothing else to do, comes to the end of is a page there.
SLOW: frozenset[int | str] = frozenset({1, CaptureCode.IMAGING_TIMEOUT})
HEAVY: frozenset[int | str] = frozenset({CaptureCode.IMAGING_OUT_OF_MEMORY, CaptureCode.IMAGING_TIMEOUT})


def bombs(weighty: bool = True) -> Iterator[tuple[str, frozenset[int | str], bytes]]:
    """Every bomb: its name, what may come of it (pages, or a code), and its bytes.

    weighty: with those that take seconds to make or to endure.
    """
    if weighty:
        yield from _weighty()
    yield "lines.png", HEAVY, png(1, 90_000_000, 0, 8, 1, 100)
    yield "row.png", HEAVY, png(99_000_000, 1, 0, 8, 99_000_000, 1)
    yield "claims.jpg", DAMAGED, jpeg_of_size(9_999, 9_999)
    yield (
        "canvas.gif",
        DAMAGED,
        encoded(picture(64, 48).quantize(4), "GIF")[:6] + b"\xff\xff\xff\xff" + bytes(40),
    )
    yield "film.gif", PAGE, _gif(3_000)
    yield "film.webp", PAGE, encoded(picture(), "WEBP", save_all=True, append_images=[picture()] * 40)
    yield "negative.bmp", REFUSED, _bmp(-2_000, -2_000)
    yield "tall.bmp", REFUSED, _bmp(3, 2**31 - 1)
    yield "ring.tif", PAGE, _tiff_in_a_ring()
    yield "strips.tif", DAMAGED, _tiff_of_many_strips()
    yield "deep.pdf", HEAVY, _pdf_of_forms(depth=9, each=10)
    yield "ring.pdf", PAGE, _pdf_of_forms(depth=1, each=1, ring=True)
    yield (
        "tree.pdf",
        BROKEN,
        _pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 3 >>"]),
    )
    yield "city.pdf", PAGE, _one_page_pdf(b"0 0 m 9 9 l S", box=b"[0 0 14400000 14400000]")
    yield "thread.pdf", PAGE, _one_page_pdf(b"0 0 m 9 9 l S", box=b"[0 0 1 5000000]")
    yield "nowhere.pdf", PAGE, _one_page_pdf(b"0 0 m 9 9 l S", box=b"[0 0 0 0]")
    yield (
        "script.pdf",
        PAGE,
        _pdf(
            [
                b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (for (;;) {}) >> >>",
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
            ]
        ),
    )


def _weighty() -> Iterator[tuple[str, frozenset[int | str], bytes]]:
    yield "nearly-too-large.png", HEAVY, png(9_990, 9_990, 2, 8, 3 * 9_990, 9_990)
    yield "words.png", DAMAGED, _png_with(b"zTXt", b"note\0\0" + zlib.compress(bytes(300_000_000), 9))
    yield "profile.png", DAMAGED, _png_with(b"iCCP", b"p\0\0" + zlib.compress(bytes(300_000_000), 9))
    yield "scans.jpg", SLOW, _jpeg_of_many_scans(1_500)
    yield "lines.pdf", SLOW, _one_page_pdf(b"1 0 0 RG " + b"0 0 m 600 800 l 0 800 m 600 0 l S " * 120_000)
    yield "image.pdf", SLOW, _pdf_of_an_image(30_000, 30_000)
    yield "flate.pdf", HEAVY, _one_page_pdf(b" " * 400_000_000)
    yield "square.webp", DAMAGED | HEAVY, encoded(Image.new("L", (16_383, 6_000)), "WEBP", lossless=True)


def _png_with(kind: bytes, body: bytes) -> bytes:
    """A sound PNG with one more chunk in front of its pixels."""
    data = encoded(picture(), "PNG")
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return data[:33] + chunk + data[33:]


def _jpeg_of_many_scans(scans: int) -> bytes:
    """A progressive JPEG that brings its last refinement again and again: little to read, much to decode."""
    data = encoded(picture(2_000, 1_500), "JPEG", quality=20, progressive=True)
    last = data.rfind(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + b"\xff\xd9"


def _gif(frames: int) -> bytes:
    still = encoded(picture(320, 240).quantize(4), "GIF")
    start = still.find(b",", 13 + 3 * 2 ** ((still[10] & 7) + 1))
    return still[:start] + still[start:-1] * frames + b";"


def _bmp(width: int, height: int) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 4_000_054, 0, 0, 54) + head + bytes(4_000)


def _tiff(entries: list[tuple[int, int, int, int]], following: int, rest: bytes = b"") -> bytes:
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<I", 8) + directory + struct.pack("<I", following) + rest


_GREY = [(256, 4, 1, 64), (257, 4, 1, 64), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]


def _tiff_in_a_ring() -> bytes:
    """A TIFF whose second page is its first."""
    own = [*_GREY, (273, 4, 1, 0), (278, 4, 1, 64), (279, 4, 1, 4096)]
    return _tiff(own, following=8, rest=bytes(4096))


def _tiff_of_many_strips() -> bytes:
    """A TIFF that says that its pixels lie in more pieces than it has bytes."""
    return _tiff([*_GREY, (273, 4, 2**31, 200), (278, 4, 1, 1), (279, 4, 2**31, 200)], 0, bytes(4096))


def _pdf(objects: list[bytes]) -> bytes:
    """A PDF of the objects 1.. in order, the first its catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            len(out),
        )
    )


def _stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %b >>\nstream\n%b\nendstream" % (len(packed), more, packed)


def _page_of(content: int, resources: bytes, box: bytes) -> list[bytes]:
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox %b /Contents %d 0 R /Resources << %b >> >>"
        % (box, content, resources),
    ]


def _one_page_pdf(content: bytes, box: bytes = b"[0 0 595 842]") -> bytes:
    return _pdf([*_page_of(4, b"", box), _stream(content)])


def _pdf_of_forms(depth: int, each: int, ring: bool = False) -> bytes:
    """A page that draws a form, which draws the next one `each` times, and so on; a ring draws itself."""
    forms: list[bytes] = []
    for level in range(depth):
        own, below = 5 + level, 5 if ring else 6 + level
        last = level == depth - 1 and not ring
        draw = b"0 0 m 99 99 l S " if last else b"/F%d Do " % below * each
        uses = b"" if last else b"/Resources << /XObject << /F%d %d 0 R >> >>" % (below, below)
        assert own == len(forms) + 5
        forms.append(_stream(draw, b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] " + uses))
    return _pdf([*_page_of(4, b"/XObject << /F5 5 0 R >>", b"[0 0 595 842]"), _stream(b"/F5 Do"), *forms])


def _pdf_of_an_image(width: int, height: int) -> bytes:
    """One page filled by an image of zeros that was never whole in anyone's memory."""
    packer = zlib.compressobj(1)
    row = bytes(width)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    image = (head + b" /Length %d /Filter /FlateDecode >>\nstream\n") % (width, height, len(body))
    return _pdf(
        [
            *_page_of(4, b"/XObject << /I 5 0 R >>", b"[0 0 595 842]"),
            _stream(b"595 0 0 842 0 0 cm /I Do"),
            image + body + b"\nendstream",
        ]
    )
