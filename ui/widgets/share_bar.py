"""How many of how many, as words, a share and a bar with the marks of its targets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look


class ShareBar(QWidget):
    """ShareBar().show_share(count, of, targets): a target is a per cent, drawn as a mark across the bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._count, self._all = "", 0, 0
        self._targets: tuple[int, ...] = ()
        self._below = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str, below: str = "") -> None:
        """Say what is counted, and below the bar what its target is."""
        self._words, self._below = words, below
        self.updateGeometry()
        self._say()

    def show_share(self, count: int, of: int, targets: Sequence[int] = ()) -> None:
        self._count, self._all, self._targets = count, of, tuple(targets)
        self._say()

    def text(self) -> str:
        """Return what is said, for screen readers and tests."""
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(84 if self._below else 64))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, width = look(), float(self.width())
        share = self._count / self._all if self._all else 0.0
        painter.setPen(t.color("muted"))
        painter.setFont(t.font(13))
        painter.drawText(QRectF(0, 0, width, t.px(20)), Qt.AlignmentFlag.AlignLeft, self._words)
        counts = f"{self._count} / {self._all}"
        painter.drawText(QRectF(0, t.px(24), width, t.px(24)), Qt.AlignmentFlag.AlignRight, counts)
        painter.setPen(t.color("ink"))
        painter.setFont(t.font(20, QFont.Weight.DemiBold))
        painter.drawText(QRectF(0, t.px(20), width, t.px(28)), Qt.AlignmentFlag.AlignLeft, f"{share:.1%}")
        bar = QRectF(0, t.px(53), width, t.px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.color("raised"))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setBrush(t.color("primary"))
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), width * share, bar.height()), 3, 3)
        painter.setBrush(t.color("ink"))
        for target in self._targets:
            painter.drawRect(QRectF(width * target / 100 - 1, bar.top() - 3, 2, bar.height() + 6))
        painter.setPen(t.color("muted"))
        painter.setFont(t.font(12.5))
        painter.drawText(QRectF(0, t.px(63), width, t.px(20)), Qt.AlignmentFlag.AlignLeft, self._below)
        painter.end()

    def _say(self) -> None:
        self.setAccessibleName(f"{self._words}: {self._count} / {self._all}")
        self.setAccessibleDescription(self._below)
        self.update()
