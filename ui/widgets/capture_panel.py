"""The live picture, what became of the last page, and the buttons under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Tone, look
from ui.widgets.buttons import SecondaryButton
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.live_view import LiveView
from ui.widgets.page_faults_box import PageFaults
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Text


class CapturePanel(Card):
    """Stands beside the board, or low and wide under it."""

    def __init__(self) -> None:
        super().__init__(" ", margins=12)
        self.words, self.small = "", False
        self.name = Text("", "small", elide=True)
        self.state = Chip("", Tone.PLAIN)
        self.header.addWidget(self.name, 1)
        self.header.addWidget(self.state)
        self.view = LiveView()
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._pair.setSpacing(12)
        self._pair.addWidget(self.view, 1)
        column = QVBoxLayout()
        column.setSpacing(12)
        self._pair.addLayout(column)
        self.body.addLayout(self._pair, 1)
        self.problem = InlineProblem()
        column.addWidget(self.problem)
        self.scan_row = QWidget()
        line = QHBoxLayout(self.scan_row)
        line.setContentsMargins(0, 0, 0, 0)
        self.scan_words = Text("", "muted", elide=True)
        self.stop = SecondaryButton("", "Esc")
        line.addWidget(self.scan_words, 1)
        line.addWidget(self.stop)
        self.scan_row.hide()
        column.addWidget(self.scan_row)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self._chips.addStretch(1)
        self._made: list[Chip] = []
        column.addLayout(self._chips)
        self.faults = PageFaults()
        column.addWidget(self.faults)
        buttons = QHBoxLayout()
        self.shutter = SecondaryButton("", "Space", "camera")
        self.automatic = SecondaryButton("")
        for button in (self.shutter, self.automatic):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)

    def set_small(self, on: bool) -> None:
        """Stand under the board, low and wide, or beside it."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._pair.setDirection(across if on else down)
        self.view.setMinimumHeight(look().px(80 if on else 150))
        self.small = on
        self.set_title("" if on else self.words)

    def set_words(self, title: str) -> None:
        """Give the panel its title, which it shows where there is room."""
        self.words = title
        self.set_title("" if self.small else title)

    def show_last(self, said: Sequence[tuple[str, Tone]]) -> None:
        """Say what became of the last page: that it is stored, and what the gate found."""
        for chip in self._made:
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._made = []
        for words, tone in said[:3]:
            chip = Chip(words, tone, "check" if tone is Tone.PRIMARY else "triangle-alert")
            self._made.append(chip)
            self._chips.insertWidget(len(self._made) - 1, chip)
