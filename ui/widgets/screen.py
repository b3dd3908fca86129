"""What every screen is: a widget on paper that speaks again when the language changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class Screen(QWidget):
    """Base of screens: values in by methods, wishes out by signals.

    Subclasses implement `retranslate()` (all words with self.tr) and call it once at the end of their
    constructor; `keys()` names what F1 shows for them. `shown()` is called when the window turns to them,
    `back()` when Esc is pressed: return True when there was something to go back from.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def retranslate(self) -> None:
        """Give every widget its words in the language in force."""

    def keys(self) -> list[tuple[str, str]]:
        """Return (key, what it does) in the language in force, for F1."""
        return []

    def shown(self) -> None:
        """The window has turned to this screen."""

    def back(self) -> bool:
        """Go one step back inside this screen; False when there is none."""
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class ScrollArea(QScrollArea):
    """A column that scrolls when it must: put content into `column`."""

    def __init__(self, *, spacing: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("Scrolled")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(spacing)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
