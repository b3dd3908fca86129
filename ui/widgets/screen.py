"""What every screen is: a widget on paper that speaks again when the language changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
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
    """A column that scrolls when it must: put content into `column`.

    Tab stops at it only where there is more than fits and nothing inside that could be gone to.
    """

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
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self._stop_or_not())
        self._name()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stop_or_not()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def _name(self) -> None:
        self.setAccessibleName(self.tr("More text: scroll with the arrow keys"))

    def _stop_or_not(self) -> None:
        alone = self.verticalScrollBar().maximum() > 0 and not any(
            inside.focusPolicy() & Qt.FocusPolicy.TabFocus and inside.isVisibleTo(self)
            for inside in self.widget().findChildren(QWidget)
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if alone else Qt.FocusPolicy.NoFocus)
