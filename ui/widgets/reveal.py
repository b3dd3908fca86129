"""Press and hold to see what is masked; letting go, leaving or half a minute hides it again."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.buttons import QuietButton

LONGEST_SECONDS = 30  # something may lie on the key


class RevealButton(QuietButton):
    """Emits `revealed(True)` when pressed (mouse, Space or Enter) and `revealed(False)` when let go.

    Also when it loses the focus or is hidden, and after `longest` milliseconds, held or not.
    """

    revealed = Signal(bool)

    def __init__(
        self,
        text: str = "",
        key_hint: str = "",
        parent: QWidget | None = None,
        *,
        longest: int = LONGEST_SECONDS * 1000,
    ) -> None:
        super().__init__(text, key_hint, "eye", parent)
        self._open = False
        self._end = QTimer(self, singleShot=True, interval=longest)
        self._end.timeout.connect(lambda: self.set_revealed(False))
        self.pressed.connect(lambda: self.set_revealed(True))
        self.released.connect(lambda: self.set_revealed(False))

    def set_revealed(self, on: bool) -> None:
        """Open or hide, once; the screen calls it for its hold-key too."""
        if on != self._open:
            self._open = on
            if on:
                self._end.start()
            else:
                self._end.stop()
            self.revealed.emit(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.set_revealed(True)
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.set_revealed(False)
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.set_revealed(False)
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.set_revealed(False)
        super().hideEvent(event)
