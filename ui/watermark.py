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


def watermarked(imaging: ImagingPool, page: PreparedPage) -> PreparedPage:
    """Return a prepared page with the words across its copy and its thumbnail.

    Blocks; not for the main thread. Raises CaptureError, and MachineError font_missing.
    """
    jpeg = imaging.submit_watermark(page.improved_jpeg, WORDS, font_files()[0]).result()
    return replace(page, improved_jpeg=jpeg, thumbnail_jpeg=_small(jpeg, page.thumbnail_jpeg))


def _small(jpeg: bytes, like: bytes) -> bytes:
    """Return a picture in the size of another one, as JPEG."""
    size = QImage.fromData(like).size()
    image = QImage.fromData(jpeg).scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"JPEG"))
    writer.setQuality(_QUALITY)
    writer.write(image)
    buffer.close()
    return bytes(data.data())
