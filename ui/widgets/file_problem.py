"""One file that gave no page: its name, what is wrong with it, what to do; one line, gone when dismissed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from registration.errors import JilaiError
from ui.messages import words
from ui.theme import Tone, look, pixmap
from ui.widgets.buttons import IconButton
from ui.widgets.text import Text


class FileProblem(QFrame):
    """FileProblem(name, error): `dismissed` when the person has read it."""

    dismissed = Signal()

    def __init__(self, name: str, error: JilaiError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Problem")
        self.setProperty("tone", Tone.SEAL.value)
        self.name = name
        self.error = error
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(10)
        self._icon = QLabel()
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._title = Text("", "strong", wrap=True)
        self._title.set_tone(Tone.SEAL)
        self._what = Text("", "body", wrap=True)
        row.addWidget(self._title, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._what, 3, Qt.AlignmentFlag.AlignTop)
        self._close = IconButton("x")
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self.dismissed)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._fill()

    def text(self) -> str:
        """Return all that is said, for screen readers and tests."""
        return self.accessibleName()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        said = words(self.error)
        title = said.title if self.name in said.title else f"{said.title}: {self.name}"
        self._icon.setPixmap(pixmap("circle-alert", look().ink(Tone.SEAL), look().px(18)))
        self._title.set_text(title)
        self._what.set_text(f"{said.what} {said.remedy}".strip())
        self._close.set_text(self.tr("Dismiss"))
        self.setAccessibleName(f"{title} {said.what} {said.remedy}")
