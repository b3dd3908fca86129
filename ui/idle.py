"""Locks a window that nobody has touched for a while; what is being captured counts as touched."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

_LOOKS_EVERY = 5_000  # milliseconds
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """`idle` when a window was not touched for `minutes()`, 0 for never; again only after the next touch.

    It looks at what reaches the native window, once per event of the person, not at what widgets pass about.
    """

    idle = Signal()

    def __init__(
        self,
        minutes: Callable[[], int],
        *,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._minutes, self._clock = minutes, clock
        self._touched = clock()
        self._said = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def watch(self, window: QWindow) -> None:
        """Take what this window receives as touches."""
        window.installEventFilter(self)

    def note(self) -> None:
        """Something went on that is as good as a touch."""
        self._touched, self._said = self._clock(), False

    def look(self) -> None:
        """Say `idle` where it is time."""
        minutes = self._minutes()
        if minutes and not self._said and self._clock() - self._touched >= minutes * 60:
            self._said = True
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.note()
        return False
