"""A short message at the foot of the window that leaves by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Tone, look, paint_icon

_ICONS = {
    Tone.PLAIN: "info",
    Tone.PRIMARY: "circle-check",
    Tone.SEAL: "circle-alert",
    Tone.AMBER: "triangle-alert",
    Tone.BLUE: "info",
}


class Toast(QWidget):
    """Toast(host).show_text("Saved", Tone.PRIMARY): one at a time, four seconds, never takes the focus.

    For news that needs no answer; what needs one belongs beside its cause (InlineProblem).
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._text, self._tone = "", Tone.PLAIN
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    def show_text(self, text: str, tone: Tone = Tone.PRIMARY, *, seconds: float = 4.0) -> None:
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self.update()
        self._timer.start(round(seconds * 1000))

    def text(self) -> str:
        return self._text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = look()
        painter.setPen(t.color("edge"))
        painter.setBrush(t.color("ink" if not t.tokens.dark else "raised"))
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, 10, 10)
        ink = t.color("surface" if not t.tokens.dark else "ink")
        side = t.px(18)
        paint_icon(painter, QRectF(16, (self.height() - side) / 2, side, side), _ICONS[self._tone], ink)
        painter.setPen(ink)
        painter.setFont(self._font())
        room = rect.adjusted(16 + side + 10, 0, -16, 0)
        words = QFontMetricsF(self._font()).elidedText(
            self._text, Qt.TextElideMode.ElideRight, room.width() + 1
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()

    def _font(self) -> QFont:
        return look().font(14, QFont.Weight.Medium)

    def _place(self) -> None:
        words = QFontMetricsF(self._font()).horizontalAdvance(self._text)
        width = min(round(words) + look().px(18) + 46, self._host.width() - 48)
        height = look().px(44)
        self.setGeometry((self._host.width() - width) // 2, self._host.height() - height - 24, width, height)
