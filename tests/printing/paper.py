"""A printed paper as a reader has it: its text, its fonts, its pixels, and the QR code under a bad camera."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import zxingcpp
from PIL import Image, ImageFilter


@contextmanager
def opened(pdf: bytes) -> Iterator[pdfium.PdfDocument]:
    document = pdfium.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page, as a search or a copy finds it, without line ends."""
    texts = []
    with opened(pdf) as document:
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_bounded().replace("\r", "").replace("\n", ""))
            text_page.close()
            page.close()
    return texts


def images(pdf: bytes, dpi: float, *, grey: bool = True) -> list[Image.Image]:
    """Return each page in pixels."""
    pictures = []
    with opened(pdf) as document:
        for page in document:
            bitmap = page.render(scale=dpi / 72 * 0.999999)  # sizes round up: 640.0001 is 640 dots
            picture = bitmap.to_pil()
            pictures.append(picture.convert("L") if grey else picture.copy())
            bitmap.close()
            page.close()
    return pictures


def text_boxes(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """Return for each page the visible runs of text as (left, bottom, right, top) in points."""
    pages = []
    with opened(pdf) as document:
        for page in document:
            boxes = [
                item.get_bounds()
                for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
                if raw.FPDFTextObj_GetTextRenderMode(item.raw) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
            ]
            pages.append(boxes)
            page.close()
    return pages


def sizes_mm(pdf: bytes) -> list[tuple[float, float]]:
    with opened(pdf) as document:
        return [tuple(side * 25.4 / 72 for side in document.get_page_size(n)) for n in range(len(document))]


def fonts(pdf: bytes) -> set[tuple[str, bool]]:
    """Return the fonts that text is set in: family name, and whether the file carries them."""
    found = set()
    with opened(pdf) as document:
        for page in document:
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                font = raw.FPDFTextObj_GetFont(item.raw)
                size = raw.FPDFFont_GetBaseFontName(font, None, 0)
                name = ctypes.create_string_buffer(size)
                raw.FPDFFont_GetBaseFontName(font, name, size)
                found.add((name.value.decode(), raw.FPDFFont_GetIsEmbedded(font) == 1))
            page.close()
    return found


def codes(picture: Image.Image) -> list[str]:
    """Return what a scanner reads in a picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def photographed(picture: Image.Image, *, angle: float, blur: float, quality: int) -> Image.Image:
    """Return the picture as a hand-held photograph has it: turned, out of focus, JPEG-compressed."""
    turned = picture.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(blur))
    buffer = io.BytesIO()
    soft.save(buffer, "JPEG", quality=quality)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("L")
