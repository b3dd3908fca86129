"""The search field: an icon, the / key, and news only when typing pauses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import look, paint_icon
from ui.widgets.key_hint import key_size, paint_key


class SearchBox(QLineEdit):
    """SearchBox(placeholder): emits `searched(text)` 80 ms after the last key, at once on Enter.

    The screen makes the / shortcut and calls `take_focus()`. Esc empties a filled box first.
    """

    searched = Signal(str)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_placeholder(placeholder)
        self._make_room()
        self._last = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(80)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._restart)
        self.returnPressed.connect(self._tell)

    def set_placeholder(self, text: str) -> None:
        self.setPlaceholderText(text)
        self.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._make_room()
        super().changeEvent(event)

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()  # the first Esc empties the box, the next one goes back
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = look().px(17)
        paint_icon(
            painter, QRectF(13, (self.height() - side) / 2, side, side), "search", look().color("muted")
        )
        if not self.hasFocus() and not self.text():
            size = key_size("/")
            box = QRectF(
                self.width() - size.width() - 12,
                (self.height() - size.height()) / 2,
                size.width(),
                size.height(),
            )
            paint_key(painter, box, "/", look().color("muted"))
        painter.end()

    def _make_room(self) -> None:
        room = look().px(26)
        if self.textMargins().left() != room:
            self.setTextMargins(room, 0, room, 0)

    def _restart(self) -> None:
        self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.searched.emit(text)
