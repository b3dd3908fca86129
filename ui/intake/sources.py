"""What people drop and paste, as sources of pages: files, pictures, and things refused by name."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMimeData, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.intake.adding import Source, bytes_source, file_source, nothing_source

_PICTURES = ("image/png", "image/jpeg", "image/tiff", "image/webp", "image/bmp", "application/pdf")
_PATTERNS = "*.jpg *.jpeg *.png *.tif *.tiff *.heic *.heif *.bmp *.webp *.gif *.pdf"


def sources_of(mime: QMimeData, picture_name: str) -> list[Source]:
    """Return what a drop or the clipboard holds, in its order; empty where nothing of it can be a page.

    Read at once: the data lives no longer than the event. A picture without a file gets `picture_name`.
    """
    urls = mime.urls() if mime.hasUrls() else []
    if any(url.isLocalFile() for url in urls) or (urls and not mime.hasImage()):
        return [
            file_source(Path(url.toLocalFile()))
            if url.isLocalFile()
            else nothing_source(url.fileName() or url.host() or url.toString())
            for url in urls
        ]
    for kind in _PICTURES:
        if mime.hasFormat(kind):
            data = bytes(mime.data(kind).data())
            return [bytes_source(picture_name, partial(bytes, data))]
    if mime.hasImage():
        image = QImage(mime.imageData())
        return [bytes_source(picture_name, lambda: _png(image))]
    return []


def files_dialog(parent: QWidget, title: str, folder: str) -> QFileDialog:
    """Return a dialog that chooses any number of files; `open()` it, it frees itself when it closes."""
    dialog = QFileDialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    known = QCoreApplication.translate("FilesDialog", "Pictures and PDF")
    dialog.setNameFilters(
        [f"{known} ({_PATTERNS})", QCoreApplication.translate("FilesDialog", "All files") + " (*)"]
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _png(image: QImage) -> bytes:
    """Pack a picture without loss; slow, so it is done when its turn comes, off the main thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())
