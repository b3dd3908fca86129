"""A problem where its cause is: title, what happened, what to do, and a way to copy the details."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from registration.errors import JilaiError, Kind, Problem
from ui.messages import details, words
from ui.theme import Tone, look, pixmap
from ui.widgets.buttons import QuietButton
from ui.widgets.text import Text

_WIDE = 600


class InlineProblem(QFrame):
    """Hidden until `show_problem`; `clear()` hides it again.

    Red where the work cannot go on, amber (tone=Tone.AMBER) where it can. `retried` is emitted by its
    Retry button, shown only when `can_retry`. Details hold code, parameters and time, never a person's data.
    """

    retried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Problem")
        self._problem: Problem | None = None
        self._text: tuple[str, str, str] | None = None
        self._tone = Tone.SEAL
        outer = QHBoxLayout(self)
        outer.setContentsMargins(14, 12, 14, 12)
        outer.setSpacing(12)
        self._icon = QLabel()
        outer.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._split.setSpacing(4)
        outer.addLayout(self._split, 1)
        words_box = QVBoxLayout()
        words_box.setSpacing(2)
        self._title = Text("", "strong", wrap=True)
        self._what = Text("", "body", wrap=True)
        self._remedy = Text("", "body", wrap=True)
        for part in (self._title, self._what, self._remedy):
            words_box.addWidget(part)
        self._split.addLayout(words_box, 1)
        self._retry = QuietButton("", icon="refresh-cw")
        self._retry.clicked.connect(self.retried)
        self._copy = QuietButton("", icon="copy")
        self._copy.clicked.connect(self._copy_details)
        self._buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._buttons.setSpacing(2)
        self._buttons.addWidget(self._retry)
        self._buttons.addWidget(self._copy)
        self._buttons.addStretch(1)
        self._split.addLayout(self._buttons)
        self._retry.hide()
        self.hide()

    def show_problem(
        self, problem: Problem | JilaiError, *, tone: Tone | None = None, can_retry: bool = False
    ) -> None:
        """Word and show it. Without a tone: red for input and bugs, amber for machine and centre."""
        if isinstance(problem, JilaiError):
            soft = problem.kind in (Kind.MACHINE, Kind.CENTRE)
            tone = tone or (Tone.AMBER if soft else Tone.SEAL)
            problem = problem.problem
        self._problem, self._text = problem, None
        self._reveal(tone or Tone.SEAL, can_retry)

    def show_words(
        self, title: str, what: str, remedy: str = "", *, tone: Tone = Tone.AMBER, can_retry: bool = False
    ) -> None:
        """Show words that came as words (the centre's own reason); the owner gives them in the language."""
        self._problem, self._text = None, (title, what, remedy)
        self._reveal(tone, can_retry)

    def clear(self) -> None:
        self._problem = self._text = None
        self.hide()

    def problem(self) -> Problem | None:
        return self._problem

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange) and not self.isHidden():
            self._fill()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the buttons stand under the words."""
        super().resizeEvent(event)
        wide = self.width() >= look().px(_WIDE)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._split.setDirection(across if wide else down)
        self._buttons.setDirection(down if wide else across)

    def _reveal(self, tone: Tone, can_retry: bool) -> None:
        self._tone = tone
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            self.style().unpolish(self)
            self.style().polish(self)
        self._retry.setVisible(can_retry)
        self._copy.setVisible(self._problem is not None)
        self._fill()
        self.show()

    def _fill(self) -> None:
        icon = "circle-alert" if self._tone is Tone.SEAL else "triangle-alert"
        self._icon.setPixmap(pixmap(icon, look().ink(self._tone), look().px(20)))
        if self._problem is not None:
            said = words(self._problem)
            title, what, remedy = said.title, said.what, said.remedy
        elif self._text is not None:
            title, what, remedy = self._text
        else:
            return
        self._title.set_text(title)
        self._title.set_tone(self._tone)
        for part, text in ((self._what, what), (self._remedy, remedy)):
            part.set_text(text)
            part.setVisible(bool(text))
        self._retry.set_text(self.tr("Retry"))
        self._copy.set_text(self.tr("Copy details"))
        self.setAccessibleName(f"{title}. {what} {remedy}")

    def _copy_details(self) -> None:
        if self._problem is not None:
            QGuiApplication.clipboard().setText(details(self._problem))
            self._copy.set_text(self.tr("Copied"))
