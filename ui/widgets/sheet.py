"""A sheet over the window: for the list of keys and for the rare question that has to be answered first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import look
from ui.widgets.text import Text


class Sheet(QWidget):
    """Sheet(host, title): a card in the middle of `host`, the rest dimmed; put content into `body`,
    buttons into `buttons`. Esc or a press outside closes it; `closed` says so. It frees itself.
    """

    closed = Signal()

    def __init__(self, host: QWidget, title: str, *, width: int = 520) -> None:
        super().__init__(host)
        self._host = host
        self.setAccessibleName(title)
        self._before = host.window().focusWidget()
        outer = QVBoxLayout(self)
        self._card = QFrame()
        self._card.setObjectName("Sheet")
        self._card.setFixedWidth(min(look().px(width), max(host.width() - 48, 280)))
        inner = QVBoxLayout(self._card)
        inner.setContentsMargins(24, 20, 24, 20)
        inner.setSpacing(12)
        inner.addWidget(Text(title, "heading"))
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        inner.addLayout(self.body, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(12)
        self.buttons.addStretch(1)
        inner.addLayout(self.buttons)
        outer.addStretch(1)
        outer.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        host.installEventFilter(self)

    def open(self) -> None:
        self.setGeometry(self._host.rect())
        self._fit()
        self.show()
        self.raise_()
        self.setFocus()

    def close_sheet(self) -> None:
        if self.isHidden():
            return
        self._host.removeEventFilter(self)
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while it is open no key of the window behind it works
            return True
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Give the card the height that its words need at its width; a fixed width tells a layout nothing."""
        inner = self._card.layout()
        if inner is not None:
            self._card.setMinimumHeight(inner.totalHeightForWidth(self._card.minimumWidth()))

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Tab stays inside."""
        stops = [w for w in self.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        stops = [w for w in stops if w.isVisible() and w.isEnabled()]
        if not stops:
            return True
        here = self.window().focusWidget()
        place = stops.index(here) if here in stops else -1
        stops[(place + (1 if next_one else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        event.accept()  # keys do not fall through to what lies under the sheet

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shade = look().color("bg").darker(250)
        shade.setAlphaF(0.5 if not look().tokens.dark else 0.66)
        painter.fillRect(self.rect(), shade)
        painter.end()
