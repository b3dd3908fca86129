"""One family of line icons (Lucide), tinted by tone and rendered for the screen's own pixels."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication


@lru_cache(maxsize=256)
def _renderer(name: str, color: str, stroke: float) -> QSvgRenderer:
    text = resources.files("ui.theme").joinpath("icons", f"{name}.svg").read_text("utf-8")
    text = text.replace("currentColor", color).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(text.encode("utf-8")))


def paint_icon(
    painter: QPainter, rect: QRectF, name: str, color: QColor | str, *, stroke: float = 1.75
) -> None:
    """Draw an icon by its Lucide name (a file in theme/icons) into `rect`, as vectors."""
    _renderer(name, QColor(color).name(), stroke).render(painter, rect)


@lru_cache(maxsize=256)
def _pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    image = QPixmap(round(size * ratio), round(size * ratio))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _renderer(name, color, 1.75).render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def pixmap(name: str, color: QColor | str, size: int = 20) -> QPixmap:
    """Return an icon of `size` device-independent pixels, sharp at the screen's scale."""
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return _pixmap(name, QColor(color).name(), size, ratio)


def icon(name: str, color: QColor | str, size: int = 20) -> QIcon:
    """Return a QIcon for widgets that take one; ask again after a StyleChange."""
    made = QIcon()
    for ratio in (1.0, 1.5, 2.0, 3.0):
        made.addPixmap(_pixmap(name, QColor(color).name(), size, ratio))
    return made
