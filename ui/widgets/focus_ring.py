"""A ring round what Tab has come to, where the widget itself does not show that it has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.theme import look
from ui.widgets.charts import BarChart
from ui.widgets.segmented import Segmented

_OWN = (
    QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, Segmented, BarChart,
)  # fmt: skip
"""They draw that they have the focus; all others get the ring."""


class FocusRing(QWidget):
    """FocusRing(host): `show_on(widget)` after Tab; it goes when the focus does.

    Only travelling by Tab shows it, as browsers do: who works in a list sees its chosen row.
    Lists, tables, scrolled text and pages that take keys get it; buttons and editors have their own.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._on: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_on(self, widget: QWidget | None) -> None:
        """Draw the ring round a widget that has none of its own; otherwise nothing is drawn."""
        self._leave()
        host = self.parentWidget()
        if widget is None or host is None or not host.isAncestorOf(widget) or isinstance(widget, _OWN):
            return
        self._on = widget
        widget.installEventFilter(self)
        self._follow()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._on:
            if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
                self._leave()
            elif event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
                self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().color("primary"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _follow(self) -> None:
        host = self.parentWidget()
        if self._on is not None and host is not None:
            self.setGeometry(QRect(self._on.mapTo(host, QPoint(0, 0)), self._on.size()))

    def _leave(self) -> None:
        if self._on is not None:
            self._on.removeEventFilter(self)
            self._on = None
        self.hide()


class Ringed(QWidget):
    """A window in which travelling by Tab is seen wherever it comes to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ring = FocusRing(self)

    def focusNextPrevChild(self, next_one: bool) -> bool:
        moved = super().focusNextPrevChild(next_one)
        self._ring.show_on(QApplication.focusWidget() if moved else None)
        return moved
