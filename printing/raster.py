"""Papers as pixels: for the preview, which shows the very bytes that are printed, and for print heads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# PDFium is not safe in two threads at once: whoever draws a paper in this process comes through here.
_lock = threading.Lock()
DOTS_PER_MM = 8  # a thermal head of 203 dpi


@dataclass(frozen=True)
class Picture:
    """One page: `pixels` are rows of 3 bytes red, green, blue a pixel, without padding."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True)
class Dots:
    """One page for a thermal head: rows of `width` / 8 bytes, most significant bit leftmost, 1 is black."""

    width: int  # a multiple of 8
    height: int
    rows: bytes


def pictures(pdf: bytes, dpi: float) -> list[Picture]:
    """Draw every page of a PDF at `dpi` pixels an inch. ValueError for what is not a PDF."""
    return list(each_picture(pdf, dpi))


def each_picture(pdf: bytes, dpi: float) -> Iterator[Picture]:
    """Yield the pages one by one: a long file never stands in memory whole. ValueError as for `pictures`."""
    for image in _drawn(pdf, dpi, "RGB"):
        yield Picture(image.width, image.height, image.tobytes())


def dots(pdf: bytes, printable_mm: int) -> list[Dots]:
    """Draw every page in black dots, 8 a millimetre, cut to the middle `printable_mm` that the head reaches.

    ValueError for what is not a PDF, or for a page narrower than the head.
    """
    width = printable_mm * DOTS_PER_MM
    pages = []
    for image in _drawn(pdf, DOTS_PER_MM * 25.4, "L"):
        left = (image.width - width) // 2
        if left < 0:
            raise ValueError("the page is narrower than the print head")
        cut = image.crop((left, 0, left + width, image.height))
        black = cut.point([255] * 128 + [0] * 128).convert("1", dither=0)
        pages.append(Dots(width, cut.height, black.tobytes()))
    return pages


def _drawn(pdf: bytes, dpi: float, mode: str) -> Iterator[Any]:
    import pypdfium2

    with _lock:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ValueError("not a PDF") from error
        count = len(document)
    try:
        # Sizes are rounded up, and a page of 80 mm is a hair's breadth over 640 dots.
        scale = dpi / 72 * 0.999999
        for number in range(count):
            with _lock:
                image = _draw(document[number], scale, mode)
            yield image
    finally:
        with _lock:
            document.close()


def _draw(page: Any, scale: float, mode: str) -> Any:
    bitmap = page.render(scale=scale)
    try:
        return bitmap.to_pil().convert(mode)  # a copy: the bitmap's own memory goes with it
    finally:
        bitmap.close()
        page.close()
