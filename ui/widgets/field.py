"""One editor with its label above and one line below: the hint, or what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from registration.errors import Problem
from ui.messages import words
from ui.theme import Tone
from ui.widgets.text import Text


class Field(QWidget):
    """Field(label, editor): any Qt editor; the line below holds its place, so nothing jumps.

    `show_problem(problem)` outlines the editor and says what and what to do in the language of the window;
    `show_problem(None)` brings the hint back. `line=False` leaves the line out where nothing can be wrong.
    """

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        hint: str = "",
        line: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        self._hint_tone: Tone | None = None
        self._problem: Problem | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self._label = Text(label, "strong")
        self._label.setBuddy(editor)
        box.addWidget(self._label)
        box.addWidget(editor)
        self._below = Text("", "small", elide=True)
        box.addWidget(self._below)
        self._below.setVisible(line)  # only now: a widget shown without a parent is a window of its own
        self.set_label(label)
        self._show()

    def set_label(self, label: str) -> None:
        self._label.set_text(label)
        self.editor.setAccessibleName(label)

    def set_hint(self, hint: str, tone: Tone | None = None) -> None:
        self._hint, self._hint_tone = hint, tone
        self._show()

    def show_problem(self, problem: Problem | None) -> None:
        self._problem = problem
        invalid = problem is not None
        if self.editor.property("invalid") != invalid:
            self.editor.setProperty("invalid", invalid)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)
        self._show()

    def problem(self) -> Problem | None:
        return self._problem

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _show(self) -> None:
        if self._problem is None:
            self._below.set_tone(self._hint_tone)
            self._below.set_text(self._hint or " ")
            self.editor.setAccessibleDescription(self._hint)
            return
        said = words(self._problem)
        self._below.set_tone(Tone.SEAL)
        self._below.set_text(said.what)
        self._below.setToolTip(f"{said.what}\n{said.remedy}")
        self.editor.setAccessibleDescription(f"{said.what} {said.remedy}")
