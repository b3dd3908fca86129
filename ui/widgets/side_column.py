"""The column beside a card: as wide as its words need at every text size, scrolling when it must."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.theme import look
from ui.widgets.screen import ScrollArea


class SideColumn(ScrollArea):
    """SideColumn(width): put cards into `column`. `width` is in px at 100 %; `grows` makes it the least."""

    def __init__(self, width: int, *, grows: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._width, self._grows = width, grows
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fit()

    def least_width(self) -> int:
        """Return how much room it needs now."""
        return look().px(self._width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the arrows belong to the screen; there is little to scroll here

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(self.least_width())
        if not self._grows:
            self.setMaximumWidth(self.least_width())
