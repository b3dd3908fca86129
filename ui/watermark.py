"""The words across a copy that say what it may be used for; the original stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter

from capture.pages import PreparedPage
from printing.fonts import font_files

if TYPE_CHECKING:
    from capture.imaging import ImagingPool

WORDS = "仅供办理不动产登记使用"
_QUALITY = 70
THUMBNAIL_SIDE = 320


def watermarked(imaging: ImagingPool, page: PreparedPage) -> PreparedPage:
    """Return a prepared page with the words across its copy and its thumbnail.

    Blocks; not for the main thread. Raises CaptureError, and MachineError font_missing.
    """
    jpeg = marked_copy(imaging, page.improved_jpeg)
    return replace(page, improved_jpeg=jpeg, thumbnail_jpeg=thumbnail_of(jpeg)[1])


def marked_copy(imaging: ImagingPool, jpeg: bytes) -> bytes:
    """Return a copy with the words across it. Blocks and raises like `watermarked`."""
    return imaging.submit_watermark(jpeg, WORDS, font_files()[0]).result()


def thumbnail_of(jpeg: bytes) -> tuple[tuple[int, int], bytes]:
    """Return width and height of one of our own pictures, and a small JPEG of it. Blocks like the other."""
    image = QImage.fromData(jpeg)
    small = image.scaled(
        THUMBNAIL_SIDE,
        THUMBNAIL_SIDE,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"JPEG"))
    writer.setQuality(_QUALITY)
    writer.write(small)
    buffer.close()
    return (image.width(), image.height()), bytes(data.data())
