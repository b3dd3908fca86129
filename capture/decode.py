"""Turns a file's bytes into pictures of its pages; runs only inside the imaging process."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import pi_heif
import pypdfium2
from PIL import Image

from capture.arrays import Bytes
from capture.errors import CaptureCode, ImagingFaultError
from capture.pages import FileKind
from capture.sources.files import sniff

MOST_PIXELS = 100_000_000
AMPLE_PIXELS = 24_000_000  # beyond it a page has more than print resolution, and a smaller decode does
PIXELS_PER_BYTE = 512  # of a JPEG: not even white paper takes less than a bit for each block of 8 x 8
MOST_PAGES = 200
PDF_DPI = 200
MOST_PDF_SIDE = 4000

pi_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before any pixel is decoded
warnings.simplefilter("ignore")  # a stranger's odd metadata is no news to anyone


@dataclass(frozen=True, slots=True)
class Raster:
    """One page's pixels: BGR (H, W, 3), how many original pixels one of them spans, and the original's size.

    borderless: the page fills the picture by definition, as a rendered PDF page does.
    """

    picture: Bytes
    scale: float
    original_width: int
    original_height: int
    borderless: bool
    dots_per_inch: float | None = None  # where the file itself says what an inch is


@dataclass(frozen=True, slots=True)
class Document:
    """An opened file: its kind, its number of pages, and how to get each page's pixels (0-based)."""

    kind: FileKind
    page_count: int
    page: Callable[[int], Raster]


def open_document(data: bytes) -> Document:
    """Open bytes of any kind that we read, sizes checked from the headers first. Raises ImagingFaultError."""
    kind = sniff(data)
    if kind is None:
        raise ImagingFaultError(CaptureCode.NOT_AN_IMAGE)
    if kind is FileKind.PDF:
        return _open_pdf(data)
    if kind is FileKind.JPEG and _is_cut_short(data):
        raise ImagingFaultError(CaptureCode.TRUNCATED_IMAGE)
    image = _open_image(data)
    _refuse_too_large(image)
    if kind is FileKind.JPEG and image.mode in ("RGB", "L"):
        orientation = _orientation(image)
        size = image.size
        if len(data) * PIXELS_PER_BYTE < size[0] * size[1]:
            raise ImagingFaultError(CaptureCode.TRUNCATED_IMAGE)
        return Document(kind, 1, lambda _: _jpeg(data, size, orientation))
    # A GIF's or WebP's further frames are an animation, a HEIC's are bursts: only a TIFF has pages.
    count = _count(image) if kind is FileKind.TIFF else 1
    if count > MOST_PAGES:
        raise ImagingFaultError(CaptureCode.TOO_MANY_PAGES)
    return Document(kind, count, lambda index: _frame(image, index, alone=count == 1))


def _open_image(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data))
    except MemoryError:
        raise
    except Exception:  # it began as an image does, so what follows is damaged or missing
        raise ImagingFaultError(CaptureCode.TRUNCATED_IMAGE) from None


def _count(image: Image.Image) -> int:
    try:
        return int(getattr(image, "n_frames", 1))
    except MemoryError:
        raise
    except Exception:  # to count them Pillow opens each, and a later one may be damaged
        raise ImagingFaultError(CaptureCode.TRUNCATED_IMAGE) from None


def _refuse_too_large(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise ImagingFaultError(CaptureCode.IMAGE_TOO_LARGE)


def _orientation(image: Image.Image) -> int:
    """EXIF's orientation, 1 where it is missing or makes no sense."""
    try:
        value = int(image.getexif().get(0x0112, 1))
    except Exception:  # metadata is anybody's: no nonsense in it may cost the picture
        return 1
    return value if 1 <= value <= 8 else 1


def _jpeg(data: bytes, size: tuple[int, int], orientation: int) -> Raster:
    pixels = size[0] * size[1]
    scale, flag = 1, cv2.IMREAD_COLOR
    if pixels > 4 * AMPLE_PIXELS:
        scale, flag = 4, cv2.IMREAD_REDUCED_COLOR_4
    elif pixels > AMPLE_PIXELS:
        scale, flag = 2, cv2.IMREAD_REDUCED_COLOR_2
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), flag | cv2.IMREAD_IGNORE_ORIENTATION)
    if picture is None:
        raise ImagingFaultError(CaptureCode.TRUNCATED_IMAGE)
    width, height = size if orientation < 5 else (size[1], size[0])
    return Raster(_upright(picture, orientation), float(scale), width, height, borderless=False)


def _upright(picture: Bytes, orientation: int) -> Bytes:
    """Apply an EXIF orientation (1..8); anything else counts as 1."""
    if orientation in (2, 4, 5, 7):
        flips = {2: 1, 4: 0, 5: 1, 7: 1}
        picture = np.asarray(cv2.flip(picture, flips[orientation]), np.uint8)
    turns = {
        3: cv2.ROTATE_180,
        5: cv2.ROTATE_90_COUNTERCLOCKWISE,
        6: cv2.ROTATE_90_CLOCKWISE,
        7: cv2.ROTATE_90_CLOCKWISE,
        8: cv2.ROTATE_90_COUNTERCLOCKWISE,
    }
    turn = turns.get(orientation)
    return picture if turn is None else np.asarray(cv2.rotate(picture, turn), np.uint8)


def _is_cut_short(data: bytes) -> bool:
    """True when a JPEG's scan has no end mark: OpenCV would fill the rest with grey and say nothing."""
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            return True
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
        elif marker == 0xDA:  # compressed data follows, where FF D9 can be nothing but the end
            return data.find(b"\xff\xd9", place) < 0
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:
            place += 2
        else:
            (length,) = struct.unpack_from(">H", data, place + 2)
            place += 2 + max(2, length)
    return True


def _frame(image: Image.Image, index: int, alone: bool) -> Raster:
    """One frame by Pillow, whose decoders report a file cut short, in eight bits of colour on white.

    alone: nothing else will be asked of the image, so that its own pixels can go as soon as they are shrunk.
    """
    try:
        image.seek(index)
        _refuse_too_large(image)
        width, height = image.size
        orientation = _orientation(image)
        frame: Image.Image = image
        if frame.mode in ("1", "P") or frame.mode.startswith("I") or frame.mode == "F":
            frame = _eight_bits(frame)
        scale = 1
        if width * height > AMPLE_PIXELS:
            scale = 2
            frame = frame.reduce(2)
            if alone:
                image.close()
        picture = cv2.cvtColor(np.asarray(_on_white(frame)), cv2.COLOR_RGB2BGR)
    except (ImagingFaultError, MemoryError):
        raise
    except Exception:
        raise ImagingFaultError(CaptureCode.TRUNCATED_IMAGE) from None
    if image.format == "HEIF":
        orientation = 1  # its decoder has turned the pixels already
    if orientation >= 5:
        width, height = height, width
    return Raster(
        _upright(np.asarray(picture, np.uint8), orientation), float(scale), width, height, borderless=False
    )


def _eight_bits(frame: Image.Image) -> Image.Image:
    if frame.mode in ("1", "P"):
        return frame.convert("RGBA" if "transparency" in frame.info else "RGB")
    values = np.asarray(frame, np.float32)
    top = 65535.0 if values.max() > 255 else 255.0
    return Image.fromarray((np.clip(values / top, 0, 1) * 255).astype(np.uint8))


def _on_white(frame: Image.Image) -> Image.Image:
    if frame.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        frame = frame.convert("RGBA")
        white = Image.new("RGBA", frame.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, frame).convert("RGB")
    return frame if frame.mode == "RGB" else frame.convert("RGB")


def _open_pdf(data: bytes) -> Document:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise ImagingFaultError(CaptureCode.PDF_ENCRYPTED if locked else CaptureCode.PDF_BROKEN) from None
    count = len(pdf)
    if count == 0:
        raise ImagingFaultError(CaptureCode.PDF_BROKEN)
    if count > MOST_PAGES:
        raise ImagingFaultError(CaptureCode.TOO_MANY_PAGES)
    return Document(FileKind.PDF, count, lambda index: _pdf_page(pdf, index))


def _pdf_page(pdf: pypdfium2.PdfDocument, index: int) -> Raster:
    try:
        page = pdf[index]
        width, height = page.get_size()
        scale = min(PDF_DPI / 72, MOST_PDF_SIDE / max(width, height, 1.0))
        picture = page.render(scale=scale, rev_byteorder=False).to_numpy()
        page.close()
    except pypdfium2.PdfiumError:
        raise ImagingFaultError(CaptureCode.PDF_BROKEN) from None
    if picture.ndim == 2 or picture.shape[2] == 1:
        picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    own = np.ascontiguousarray(picture[..., :3])
    return Raster(own, 1.0, own.shape[1], own.shape[0], borderless=True, dots_per_inch=scale * 72)
