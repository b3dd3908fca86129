"""A QR code on the screen: dark on white in every theme, with its quiet zone, whole pixels per module."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from printing.qr import QUIET_MODULES, matrix
from ui.theme import look


class QrView(QWidget):
    """QrView().show_text(text): ASCII text as a code to be read from the screen; "" shows none."""

    def __init__(self, side: int = 168, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._modules: list[list[bool]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        self._modules = matrix(text) if text else []
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(self._side), look().px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._modules:
            return
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        ratio = self.devicePixelRatioF()
        count = len(self._modules) + 2 * QUIET_MODULES
        module = max(int(min(self.width(), self.height()) * ratio) // count, 1) / ratio
        start_x = round((self.width() - module * len(self._modules)) / 2 * ratio) / ratio
        start_y = round((self.height() - module * len(self._modules)) / 2 * ratio) / ratio
        painter.setBrush(QColor("#000000"))
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    painter.drawRect(QRectF(start_x + x * module, start_y + y * module, module, module))
        painter.end()
