"""A page's thumbnail as a button: press to see the page whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import look, paint_icon


class Thumbnail(QAbstractButton):
    """Thumbnail(image): the image cut to a 3:4 frame from its top; a null image shows an empty frame."""

    def __init__(self, image: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(60), look().px(80))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        t, rect = look(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addRoundedRect(rect, 6, 6)
        painter.fillPath(shape, t.color("raised"))
        if self._image.isNull():
            side = t.px(20)
            box = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
            paint_icon(painter, box, "file-text", t.color("muted"))
        else:
            painter.save()
            painter.setClipPath(shape)
            scale = max(rect.width() / self._image.width(), rect.height() / self._image.height())
            width, height = self._image.width() * scale, self._image.height() * scale
            painter.drawImage(QRectF(rect.center().x() - width / 2, rect.top(), width, height), self._image)
            painter.restore()
        strong = self.hasFocus() or self.underMouse()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(t.color("primary" if strong else "line"), 2 if strong else 1))
        painter.drawPath(shape)
        painter.end()
