"""Where the resident's face stands: over the turned laptop, or on a second screen beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QScreen, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

TURN_KEY = "Ctrl+F2"


class TurnedWindow(QWidget):
    """A window of its own, so that no key of the operator's window works while it is in front.

    `turned_back()` when Ctrl+F2 is pressed; the resident's hands find nothing that closes it.
    """

    turned_back = Signal()

    def __init__(self, face: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._over = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(face)
        self.setWindowTitle(face.windowTitle())
        back = QShortcut(QKeySequence(TURN_KEY), self)
        back.activated.connect(self.turned_back)

    def end(self) -> None:
        """Close it; the face stays its owner's."""
        self._over = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._over:
            event.ignore()
            self.turned_back.emit()


class BesideWindow(QWidget):
    """The face on a second screen: the operator's window keeps the keys, the resident has pen and finger."""

    def __init__(self, face: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(face)

    def stand_on(self, screen: QScreen) -> None:
        """Fill a screen; the operator's window stays the active one."""
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.show()  # frameless and as large as the screen: going full screen would take the keys


def other_screen(window: QWidget) -> QScreen | None:
    """Return a screen that the window is not on, None where there is one alone."""
    here = window.screen()
    return next((screen for screen in QGuiApplication.screens() if screen is not here), None)
