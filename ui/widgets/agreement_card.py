"""What papers and entries say of each other: what agrees in short, what waits with a key for each side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLabel, QWidget

from ui.theme import Tone, look, pixmap
from ui.widgets.buttons import SecondaryButton
from ui.widgets.card import Card
from ui.widgets.layouts import clear
from ui.widgets.text import Text


@dataclass(frozen=True)
class Agreed:
    """One line that agrees, or that was decided: `decided` is said in place of the tick."""

    label: str
    value: str
    decided: str = ""


@dataclass(frozen=True)
class Waiting:
    """One line that waits: what the paper says, what is entered ("" for nothing), and whether it is grave."""

    label: str
    said: str
    entered: str
    grave: bool = False


class AgreementCard(Card):
    """`taken`: what the paper says is to be entered; `kept`: the entries are to stay."""

    taken = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", margins=16, parent=parent)
        self.header.setContentsMargins(16, 12, 16, 4)
        self.body.setSpacing(8)
        self.lines: list[Agreed | Waiting] = []
        self.hint = Text("", "small", wrap=True)
        self._grid = QWidget()
        self._rows = QGridLayout(self._grid)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnStretch(1, 1)
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._pair.setSpacing(8)
        self._pair.addWidget(self._grid, 1)
        self._pair.addWidget(self.hint)
        self.body.addLayout(self._pair)
        self._low = False
        self._choice = QWidget()
        buttons = QHBoxLayout(self._choice)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        self.take_button, self.keep_button = SecondaryButton("", "F6"), SecondaryButton("", "F7")
        for button, act in ((self.take_button, self.taken), (self.keep_button, self.kept)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
            buttons.addWidget(button, 1)
        self._pair.addWidget(self._choice)
        self.hide()

    def set_low(self, on: bool) -> None:
        """Stand wide and low, the keys beside the lines, or narrow with the keys under them."""
        self._low = on
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._pair.setDirection(across if on else down)
        self._say_hint()

    def show_lines(
        self, title: str, lines: Sequence[Agreed | Waiting], *, hint: str, take: str, keep: str
    ) -> None:
        """Show a title and its lines; `take` and `keep` are the words of the two keys, "" for no such key."""
        self.set_title(title)
        self.lines = list(lines)
        clear(self._rows)
        for line in self.lines:
            self._show_line(line)
        self.hint.set_text(hint)
        self._say_hint()
        self.take_button.set_text(take)
        self.take_button.setVisible(bool(take))
        self.keep_button.set_text(keep)
        self.keep_button.setVisible(bool(keep))
        self._choice.setVisible(bool(take or keep))
        self.setVisible(bool(self.lines))

    def _say_hint(self) -> None:
        self.hint.setVisible(bool(self.hint.text_whole()) and not self._low)

    def _show_line(self, line: Agreed | Waiting) -> None:
        row = self._rows.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        self._rows.addWidget(Text(line.label, "muted"), row, 0, top)
        if isinstance(line, Agreed):
            self._rows.addWidget(Text(line.value, elide=True), row, 1)
            if line.decided:
                self._rows.addWidget(Text(line.decided, "small"), row, 2)
            else:
                tick = QLabel()
                tick.setPixmap(pixmap("check", look().ink(Tone.PRIMARY), look().px(16)))
                self._rows.addWidget(tick, row, 2)
            return
        self._rows.addWidget(Text(line.said, "strong", wrap=True), row, 1, 1, 2)
        if line.entered:
            entered = Text(self.tr("Entered: {text}").format(text=line.entered), "small", wrap=True)
            entered.set_tone(Tone.SEAL if line.grave else Tone.AMBER)
            self._rows.addWidget(entered, row + 1, 1, 1, 2)
