"""One question of an inquiry: its words, the answers as pills, a line for words, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme import Tone, look
from ui.widgets.pills import Pill, Pills
from ui.widgets.text import Text


@dataclass(frozen=True)
class Asked:
    """What a row shows. `options` are (value, words); none where the answer is words."""

    number: int
    words: str
    options: Sequence[tuple[str, str]] = ()
    value: str = ""
    note: str = ""
    hint: str = ""  # in the empty line: that it may stay empty, or what a note is
    problem: str = ""


class AnswerLine(QLineEdit):
    """Words of an answer. `left` by Enter, Up and Down (0, -1, 1); Esc is the page's."""

    left = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {
            Qt.Key.Key_Return: 0,
            Qt.Key.Key_Enter: 0,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
        }.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.left.emit(by)


class QuestionRow(QFrame):
    """QuestionRow().show_question(Asked): `answered(value)`, `worded(text)`, `left(by)`, `taken` by hand."""

    answered = Signal(str)
    worded = Signal(str)
    left = Signal(int)
    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = Asked(0, "")
        self._here = self._noting = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 5, 14, 5)
        outer.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(12)
        outer.addLayout(top)
        self._number = Text("", "muted")
        self._number.setFixedWidth(look().px(24))
        top.addWidget(self._number, 0, Qt.AlignmentFlag.AlignVCenter)
        self._words = Text("", "body", wrap=True)
        top.addWidget(self._words, 1)
        self._pills = Pills()
        self._pills.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pills.chosen.connect(self.answered)
        top.addWidget(self._pills, 0, Qt.AlignmentFlag.AlignVCenter)
        self.line = AnswerLine()
        self.line.setMaxLength(2000)
        self.line.textEdited.connect(self.worded)
        self.line.left.connect(self.left)
        self.line.installEventFilter(self)
        below = QVBoxLayout()
        below.setContentsMargins(look().px(36), 0, 0, 0)
        below.addWidget(self.line)
        self._problem = Text("", "small", wrap=True)
        self._problem.set_tone(Tone.SEAL)
        below.addWidget(self._problem)
        outer.addLayout(below)

    def show_question(self, asked: Asked, *, here: bool) -> None:
        """Show it, `here` where the hand is."""
        self._asked, self._here = asked, here
        if not here:
            self._noting = False
        self._number.set_text(str(asked.number))
        self._words.set_text(asked.words)
        self._pills.setAccessibleName(f"{asked.number}. {asked.words}")
        self._pills.setVisible(bool(asked.options))
        self._pills.setFixedWidth(look().px(150 if len(asked.options) == 2 else 340))
        self._pills.show_pills([Pill(*option) for option in asked.options], {asked.value})
        text = asked.note if asked.options else asked.value
        if self.line.text() != text:
            self.line.setText(text)
        self.line.setPlaceholderText(asked.hint)
        self.line.setAccessibleName(asked.words)
        self.line.setVisible(not asked.options or bool(asked.note) or self._noting)
        self._problem.set_text(asked.problem)
        self._problem.setVisible(bool(asked.problem))
        self.setAccessibleName(f"{asked.number}. {asked.words}")
        self.update()

    def asked(self) -> Asked:
        return self._asked

    def wants_words(self) -> bool:
        """Say whether the answer is typed."""
        return not self._asked.options

    def take_note(self) -> None:
        """Bring the hand to the line for words, beside an answer too."""
        self._noting = True
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if event.type() == QEvent.Type.FocusIn and not self._here:
            self.taken.emit()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.taken.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, rect = look(), QRectF(self.rect())
        if self._here:
            painter.setPen(QPen(t.color("primary"), 1.5))
            painter.setBrush(t.color("primary_soft"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        else:
            painter.setPen(QPen(t.color("line"), 1))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.end()
