"""Writes files that no one should have to open, each with what must come of it: an error's code, or pages."""

from __future__ import annotations

import argparse
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from capture.errors import CaptureCode

Made = CaptureCode | int


@dataclass(frozen=True)
class Hostile:
    """One file and its due: the code that it must be refused with, or its number of pages."""

    path: Path
    due: Made


def picture(width: int = 640, height: int = 480) -> Image.Image:
    """A sheet with some lines on a dark table."""
    image = Image.new("RGB", (width, height), (70, 60, 50))
    draw = ImageDraw.Draw(image)
    draw.polygon([(120, 60), (520, 80), (500, 420), (100, 400)], fill=(245, 244, 240))
    for y in range(120, 360, 24):
        draw.line([(160, y), (400, y + 8)], fill=(30, 30, 30), width=4)
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png(width: int, height: int, colour_type: int, depth: int, row_bytes: int, rows: int) -> bytes:
    """A PNG of zeros, made without ever holding its pixels."""
    packer = zlib.compressobj(9 if rows < 10 else 1)
    data = b"".join(packer.compress(bytes(row_bytes + 1)) for _ in range(rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    )


def pdf(pages: int, password: str = "") -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password) if password else None)
    for number in range(pages):
        canvas.drawString(100, 700, f"Page {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def exif(orientation: int) -> bytes:
    data = Image.Exif()
    data[0x0112] = orientation
    return data.tobytes()


def jpeg_of_size(width: int, height: int) -> bytes:
    """A JPEG whose header claims a size that its data does not have."""
    data = bytearray(encoded(picture(), "JPEG"))
    frame = data.find(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def _files() -> Iterator[tuple[str, Made, Callable[[], bytes]]]:
    code = CaptureCode
    photo = encoded(picture(), "JPEG", quality=85)
    flat = encoded(picture(), "PNG")
    yield "empty.jpg", code.EMPTY_FILE, lambda: b""
    yield "text.jpg", code.NOT_AN_IMAGE, lambda: "这不是图片，只是一段文字。\n".encode() * 40
    yield "one-byte.png", code.NOT_AN_IMAGE, lambda: b"\x89"
    yield "mark-only.jpg", code.TRUNCATED_IMAGE, lambda: b"\xff\xd8\xff\xe0"
    yield "mark-only.png", code.TRUNCATED_IMAGE, lambda: flat[:8]
    yield "half.jpg", code.TRUNCATED_IMAGE, lambda: photo[: len(photo) // 2]
    yield "half.png", code.TRUNCATED_IMAGE, lambda: flat[: len(flat) // 2]
    yield "half.bmp", code.TRUNCATED_IMAGE, lambda: encoded(picture(), "BMP")[:100_000]
    yield "half.tif", code.TRUNCATED_IMAGE, _half_tiff
    yield "half.webp", code.TRUNCATED_IMAGE, lambda: encoded(picture(), "WEBP")[:3000]
    yield "bomb.png", code.IMAGE_TOO_LARGE, lambda: png(30_000, 30_000, 0, 1, 3750, 30_000)
    yield "bomb-header-only.png", code.IMAGE_TOO_LARGE, lambda: png(2**31 - 1, 2**31 - 1, 2, 8, 30, 1)
    yield "bomb.jpg", code.IMAGE_TOO_LARGE, lambda: jpeg_of_size(65_500, 65_500)
    yield "polyglot.jpg", 1, lambda: photo + b"\n%PDF-1.7\n" + pdf(2)
    yield "polyglot.pdf", 1, lambda: photo + b"PK\x03\x04<script>alert(1)</script>"
    yield "really-a-png.jpg", 1, lambda: flat
    yield "really-a-pdf.png", 2, lambda: pdf(2)
    yield "no-extension", 1, lambda: photo
    yield "cmyk.jpg", 1, lambda: encoded(picture().convert("CMYK"), "JPEG")
    yield "sixteen-bit.png", 1, _sixteen_bit
    yield "transparent.png", 1, lambda: encoded(_transparent(), "PNG")
    yield "palette.png", 1, lambda: encoded(picture().quantize(16), "PNG")
    yield "two-tone.tif", 1, lambda: encoded(picture().convert("1"), "TIFF", compression="group4")
    yield (
        "animated.gif",
        1,
        lambda: encoded(
            picture().quantize(32), "GIF", save_all=True, append_images=[picture().quantize(32)] * 5
        ),
    )
    for orientation in range(1, 9):
        yield (
            f"exif-{orientation}.jpg",
            1,
            partial(lambda o: encoded(picture(), "JPEG", exif=exif(o)), orientation),
        )
    yield "exif-nonsense.jpg", 1, lambda: encoded(picture(), "JPEG", exif=exif(4711))
    yield "tiny.png", 1, lambda: encoded(Image.new("RGB", (1, 1)), "PNG")
    yield "sliver.png", 1, lambda: encoded(Image.new("RGB", (4000, 2), (255, 255, 255)), "PNG")
    yield "encrypted.pdf", code.PDF_ENCRYPTED, lambda: pdf(1, "geheim")
    yield "broken.pdf", code.PDF_BROKEN, lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20
    yield "half.pdf", code.PDF_BROKEN, lambda: pdf(3)[:300]
    yield "many-pages.pdf", code.TOO_MANY_PAGES, lambda: pdf(500)
    yield "letter.docx", code.UNSUPPORTED_FORMAT, lambda: b"PK\x03\x04" + bytes(200)
    yield "drawing.svg", code.UNSUPPORTED_FORMAT, lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    yield "film.mp4", code.UNSUPPORTED_FORMAT, lambda: b"\0\0\0\x18ftypmp42" + bytes(200)
    yield "broken.heic", code.TRUNCATED_IMAGE, lambda: b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + bytes(400)


def _half_tiff() -> bytes:
    # With its directory in front and its pixels cut away.
    data = encoded(picture(), "TIFF", compression="tiff_lzw")
    return data[: len(data) // 2]


def _sixteen_bit() -> bytes:
    grey = np.asarray(picture().convert("L"), np.uint16) * 257
    return encoded(Image.fromarray(grey), "PNG")


def _transparent() -> Image.Image:
    image = picture().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 128))
    return image


def every_file() -> Iterator[tuple[str, Made, bytes]]:
    """Each file's name, its due and its bytes, in a fixed order."""
    for name, due, content in _files():
        yield name, due, content()


def make(folder: Path) -> list[Hostile]:
    """Write every file into a folder; returns them in a fixed order."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, due, data in every_file():
        path = folder / name
        path.write_bytes(data)
        made.append(Hostile(path, due))
    return made


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    for item in make(parser.parse_args().out):
        print(f"{item.path.name:24} {item.due}")
