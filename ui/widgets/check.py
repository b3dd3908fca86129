"""A check box and a drop-down list, drawn in the window's own look."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QWidget

from ui.theme import look, paint_icon
from ui.widgets.buttons import TARGET


class Check(QCheckBox):
    """A check box of 22 px with its words; the whole line is the target."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(look().font()).horizontalAdvance(self.text())
        return QSize(round(width) + look().px(22) + look().px(10) + 6, max(look().px(36), TARGET))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, t = look().px(20), look()
        box = QRectF(2, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(t.color("primary" if self.isChecked() or self.hasFocus() else "edge"), 1.5))
        painter.setBrush(t.color("primary" if self.isChecked() else "surface"))
        painter.drawRoundedRect(box, 5, 5)
        if self.isChecked():
            paint_icon(painter, box.adjusted(3, 3, -3, -3), "check", t.color("on_primary"), stroke=3)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.color("primary"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 1, -1, -1), 6, 6)
        painter.setPen(t.color("ink" if self.isEnabled() else "muted"))
        painter.setFont(t.font())
        metrics = QFontMetricsF(t.font())
        painter.drawText(
            QPointF(box.right() + t.px(10), self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2),
            self.text(),
        )
        painter.end()


class Choice(QComboBox):
    """A drop-down list with its arrow; add entries with `addItem(words, value)`, or all by `set_entries`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def set_entries(self, entries: Iterable[tuple[str, str]]) -> None:
        """Offer these (words, value) instead, without a signal; what was chosen stays, else the first is."""
        kept = self.currentData()
        self.blockSignals(True)
        self.clear()
        for words, value in entries:
            self.addItem(words, value)
        self.setCurrentIndex(max(self.findData(kept), 0))
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = look().px(16)
        box = QRectF(self.width() - side - 12, (self.height() - side) / 2, side, side)
        paint_icon(painter, box, "chevron-down", look().color("muted"), stroke=2)
        painter.end()
