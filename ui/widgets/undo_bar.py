"""What was just removed, and the way back, for as long as a second thought takes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from ui.theme import look
from ui.widgets.key_hint import key_size, paint_key
from ui.widgets.text import Text

_SECONDS = 8


class UndoBar(QWidget):
    """UndoBar(host).offer(words): floats `above` px over the foot of `host` for eight seconds.

    `undone` says that it was used.
    """

    undone = Signal()

    def __init__(self, host: QWidget, *, above: int = 20) -> None:
        super().__init__(host)
        self._host, self._above = host, above
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 8, 6)
        row.setSpacing(16)
        self._words = Text()
        row.addWidget(self._words)
        self._button = _UndoButton()
        self._button.clicked.connect(self.undo)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    def offer(self, words: str) -> None:
        self._words.set_text(words)
        self._button.setText(self.tr("Undo"))
        self._words.setStyleSheet(f"color: {_ink()}")
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def undo(self) -> None:
        """Take the offer, where there is one."""
        if not self.isHidden():
            self.hide()
            self._timer.stop()
            self.undone.emit()

    def withdraw(self) -> None:
        """There is nothing to take back any more."""
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = look()
        painter.setPen(t.color("edge"))
        painter.setBrush(t.color("raised" if t.tokens.dark else "ink"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.end()

    def _place(self) -> None:
        self.move((self._host.width() - self.width()) // 2, self._host.height() - self.height() - self._above)


class _UndoButton(QAbstractButton):
    """Words and the key, light on the dark bar; the key does the same, so the focus stays where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._font()).horizontalAdvance(self.text())
        return QSize(round(words) + key_size("Ctrl Z").width() + look().px(36), look().px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(_ink())
        if self.underMouse():
            veil = QColor(ink)
            veil.setAlpha(40)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(veil)
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(ink)
        painter.setFont(self._font())
        words = QRectF(look().px(12), 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        size = key_size("Ctrl Z")
        left, top = self.width() - size.width() - look().px(10), (self.height() - size.height()) / 2
        paint_key(painter, QRectF(left, top, size.width(), size.height()), "Ctrl Z", ink)
        painter.end()

    def _font(self) -> QFont:
        return look().font(14, QFont.Weight.DemiBold)


def _ink() -> str:
    tokens = look().tokens
    return tokens.ink if tokens.dark else tokens.surface
