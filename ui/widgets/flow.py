"""Widgets side by side, on as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look


class Flow(QWidget):
    """Flow(widgets): each as large as it wants to be; hidden ones take no room."""

    def __init__(self, widgets: Sequence[QWidget], *, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets, self._gap = tuple(widgets), gap
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for widget in self._widgets:
            widget.setParent(self)
            widget.installEventFilter(self)
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(look().px(240), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        widest = max((w.sizeHint().width() for w in self._widgets if not w.isHidden()), default=0)
        return QSize(widest, self.minimumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest):
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a widget wants another size: other words
            self._place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        left = top = height = 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            size = widget.sizeHint()
            if left and left + size.width() > self.width():
                left, top, height = 0, top + height + self._gap, 0
            widget.setGeometry(left, top, size.width(), size.height())
            left += size.width() + self._gap
            height = max(height, size.height())
        if self.minimumHeight() != top + height:
            self.setFixedHeight(top + height)
