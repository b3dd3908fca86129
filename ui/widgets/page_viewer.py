"""One stored page over the whole window, to read it: arrows for its neighbours, + and - to look closer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ui.theme import look

Answer = Callable[[QImage], None]
Loader = Callable[[str, Answer, Callable[[str], None]], None]


class PageViewer(QWidget):
    """PageViewer(host, [(page id, caption), …], index, load).

    `load(page_id, on_image, on_failed)` brings a page's image later; `on_failed` takes words, in lines. Esc
    or a press beside the page closes and frees it.
    """

    def __init__(self, host: QWidget, pages: Sequence[tuple[str, str]], index: int, load: Loader) -> None:
        super().__init__(host)
        self._host, self._pages, self._load = host, list(pages), load
        self._index = index
        self._image = QImage()
        self._words = ""
        self._zoom = 1.0
        self._shift = QPointF()
        self._grab: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        host.installEventFilter(self)
        self.setGeometry(host.rect())
        self._turn(index)
        self.show()
        self.raise_()
        self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._close()
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp:
                self._turn(self._index - 1)
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                self._turn(self._index + 1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._scale(1.25)
            case Qt.Key.Key_Minus:
                self._scale(0.8)
            case Qt.Key.Key_0:
                self._scale(0)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scale(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._frame().contains(event.position()):
            self._grab = event.position() - self._shift
        else:
            self._close()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grab is not None:
            self._shift = event.position() - self._grab
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grab = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(12, 16, 18, 235))
        if not self._image.isNull():
            painter.drawImage(self._frame(), self._image)
        painter.setPen(QColor("#E8ECEA"))
        painter.setFont(look().font(14, QFont.Weight.Medium))
        foot = QRectF(0, self.height() - 48, self.width(), 48)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, self._caption())
        if self._words:
            room = QRectF(self.rect()).adjusted(self.width() / 5, 0, -self.width() / 5, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
        painter.end()

    def _turn(self, index: int) -> None:
        if not 0 <= index < len(self._pages):
            return
        self._index, self._zoom, self._shift, self._words = index, 1.0, QPointF(), ""
        self._image = QImage()
        page = self._pages[index][0]

        def arrived(image: QImage) -> None:
            if self._pages[self._index][0] == page:
                self._image = image
                self.update()

        def failed(words: str) -> None:
            if self._pages[self._index][0] == page:
                self._words = words
                self.setAccessibleName(f"{self._caption()}\n{words}")
                self.update()

        self.setAccessibleName(self._caption())
        self._load(page, arrived, failed)
        self.update()

    def _caption(self) -> str:
        return f"{self._pages[self._index][1]}    {self._index + 1} / {len(self._pages)}"

    def _scale(self, factor: float) -> None:
        self._zoom = min(max(self._zoom * factor, 1.0), 8.0) if factor else 1.0
        if self._zoom == 1.0:
            self._shift = QPointF()
        self.update()

    def _frame(self) -> QRectF:
        """Where the image is drawn: fitted to the window, then zoomed and shifted."""
        if self._image.isNull():
            return QRectF()
        room = QRectF(24, 24, self.width() - 48, self.height() - 80)
        fit = min(room.width() / self._image.width(), room.height() / self._image.height())
        width, height = (side * fit * self._zoom for side in (self._image.width(), self._image.height()))
        middle = room.center() + self._shift
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def _close(self) -> None:
        self._host.removeEventFilter(self)
        self.hide()
        self.deleteLater()
