"""Several problems in one frame, each in two lines: what it is, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from registration.errors import Problem
from ui.messages import words
from ui.theme import Tone, look, pixmap
from ui.widgets.layouts import clear
from ui.widgets.text import Text


class ProblemNotes(QFrame):
    """ProblemNotes().show_problems(problems, tone): hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Problem")
        self._problems: tuple[Problem, ...] = ()
        self._tone = Tone.SEAL
        outer = QHBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.setSpacing(12)
        self._icon = QLabel()
        outer.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        outer.addLayout(self._lines, 1)
        self.hide()

    def show_problems(self, problems: Sequence[Problem], tone: Tone = Tone.SEAL) -> None:
        """Show these in their order; red where the work cannot go on, amber where it can."""
        self._problems = tuple(problems)
        if tone is not self._tone or self.property("tone") is None:
            self._tone = tone
            self.setProperty("tone", tone.value)
            self.style().unpolish(self)
            self.style().polish(self)
        self._fill()

    def problems(self) -> tuple[Problem, ...]:
        return self._problems

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange) and self._problems:
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        clear(self._lines)
        icon = "circle-alert" if self._tone is Tone.SEAL else "triangle-alert"
        self._icon.setPixmap(pixmap(icon, look().ink(self._tone), look().px(20)))
        said = []
        for problem in self._problems:
            wording = words(problem)
            block = QWidget()
            column = QVBoxLayout(block)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            title = Text(f"{wording.title} · {wording.what}", "strong", wrap=True)
            title.set_tone(self._tone)
            column.addWidget(title)
            column.addWidget(Text(wording.remedy, "body", wrap=True))
            self._lines.addWidget(block)
            said.append(f"{wording.title}. {wording.what} {wording.remedy}")
        self.setAccessibleName(" ".join(said))
        self.setVisible(bool(self._problems))
