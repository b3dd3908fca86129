"""What the room sees: the number that is called and those after it; no names, no cases."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QScreen, QShortcut
from PySide6.QtWidgets import QWidget

from ui.theme import look


class CallDisplay(QWidget):
    """CallDisplay(beside): `open_display()` fills the other screen where there is one, else a window.

    Says everything in Chinese and English, for whoever waits. Goes to and from the other screen as it is
    plugged in and out; Esc or F4 closes it.
    """

    def __init__(self, beside: QWidget) -> None:
        super().__init__(beside.window(), Qt.WindowType.Window)
        self._beside = beside
        self._number, self._following = "", tuple[str, ...]()
        self.setWindowTitle("叫号 Now serving")
        for key in ("Esc", "F4"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(self.close)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._screens_changed)
            app.screenRemoved.connect(self._screens_changed)

    def show_numbers(self, number: str, following: Sequence[str]) -> None:
        """Show who is called, and at most four who come next."""
        self._number, self._following = number, tuple(following[:4])
        self.setAccessibleName(f"{number} {' '.join(self._following)}")
        self.update()

    def numbers(self) -> tuple[str, tuple[str, ...]]:
        return self._number, self._following

    def open_display(self) -> None:
        """Come into view where the room sees it."""
        other = self._other_screen()
        if other is None:
            self.resize(960, 600)
            self.showNormal()
        else:
            self.setScreen(other)
            self.setGeometry(other.geometry())
            self.showFullScreen()
        self._beside.window().activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), look()
        painter.fillRect(self.rect(), t.color("surface"))
        high, middle = self.height(), Qt.AlignmentFlag.AlignCenter
        lines = (
            (0.04, 0.12, 0.055, "muted", "正在办理  Now serving"),
            (0.16, 0.50, 0.36, "primary", self._number or "—"),
            (0.70, 0.08, 0.045, "muted", "请准备  Next"),
            (0.78, 0.18, 0.10, "ink", "   ".join(self._following) or "—"),
        )
        for top, tall, size, colour, words in lines:
            font = QFont(t.font(14, QFont.Weight.DemiBold))
            font.setPixelSize(max(8, min(round(high * size), round(self.width() * 1.3 / max(4, len(words))))))
            painter.setFont(font)
            painter.setPen(t.color(colour))
            painter.drawText(0, round(high * top), self.width(), round(high * tall), middle, words)
        painter.end()

    def _other_screen(self) -> QScreen | None:
        here = self._beside.screen()
        return next((screen for screen in QGuiApplication.screens() if screen is not here), None)

    def _screens_changed(self, _: QScreen) -> None:
        if self.isVisible():
            self.open_display()
