"""A paper on the screen: its first page as a picture, whole in view, or as wide as a roll."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import look

_SHARP = 2.6  # pixels to a point: enough for a page of 842 points on a screen at 200 %


def pictures_of(pdf: bytes, page: int = 0) -> tuple[QImage, int]:
    """Return one page of a PDF as a picture, and how many pages there are; slow, for `ui.run.aside`."""
    return picture_of(pdf, page), pages_in(pdf)


def pages_in(pdf: bytes) -> int:
    """Return how many pages a PDF has, 0 where the bytes are none."""
    document = QPdfDocument()
    source = QBuffer()
    source.setData(QByteArray(pdf))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(source)
    count = document.pageCount()
    document.close()
    return max(count, 0)


def picture_of(pdf: bytes, page: int = 0) -> QImage:
    """Return a page of a PDF as a picture, white underneath; slow, for `ui.run.aside`.

    A null picture where the bytes are no PDF.
    """
    document = QPdfDocument()
    source = QBuffer()
    source.setData(QByteArray(pdf))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(source)
    try:
        if document.status() is not QPdfDocument.Status.Ready:
            return QImage()
        size = document.pagePointSize(page)
        drawn = document.render(page, QSize(round(size.width() * _SHARP), round(size.height() * _SHARP)))
        sheet = QImage(drawn.size(), QImage.Format.Format_RGB32)
        sheet.fill(Qt.GlobalColor.white)
        painter = QPainter(sheet)
        painter.drawImage(0, 0, drawn)
        painter.end()
        return sheet
    finally:
        document.close()


class _Sheet(QWidget):
    """The page itself, brought to the room that it is given by averaging: small print keeps its strokes."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QImage()
        self._scaled = QImage()

    def set_picture(self, picture: QImage) -> None:
        self.picture, self._scaled = picture, QImage()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        size = self.picture.size().scaled(self.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        if self._scaled.size() != size:
            keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._scaled = self.picture.scaled(size, keep, smooth)
            self._scaled.setDevicePixelRatio(ratio)
        width, height = round(size.width() / ratio), round(size.height() / ratio)
        page = QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        painter = QPainter(self)
        painter.drawImage(page.topLeft(), self._scaled)
        painter.setPen(QPen(look().color("line"), 1))
        painter.drawRect(page.adjusted(0, 0, -1, -1))
        painter.end()


class PaperView(QScrollArea):
    """`show_picture(picture, whole=…)`: whole fits the page into the view, else it is `roll_width` wide."""

    ROLL_WIDTH = 378

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = True
        self._sheet = _Sheet()
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def show_picture(self, picture: QImage, *, whole: bool) -> None:
        self._whole = whole
        self._sheet.set_picture(picture)
        height = 0
        if not whole and picture.width():
            height = round(look().px(self.ROLL_WIDTH) * picture.height() / picture.width())
        self._sheet.setMinimumHeight(height)
        self.verticalScrollBar().setValue(0)

    def picture(self) -> QImage:
        return self._sheet.picture
