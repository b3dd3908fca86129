"""The faces of the resident's screen: a welcome, what is entered, a text to sign, and thanks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.resident.big_button import BigButton, BigPrimaryButton, HoldButton
from ui.resident.entered import Line
from ui.theme import Tone
from ui.widgets import ScrollArea, Text
from ui.widgets.layouts import clear
from ui.widgets.signature_pad import SignaturePad

_TOP = Qt.AlignmentFlag.AlignTop


class MessageView(QWidget):
    """One large line and a smaller one below it, in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(20)
        column.addStretch(1)
        self._large, self._small = Text("", "huge", wrap=True), Text("", "large", wrap=True)
        for text in (self._large, self._small):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
        column.addStretch(1)

    def show_words(self, large: str, small: str = "") -> None:
        self._large.set_text(large)
        self._small.set_text(small)


class EnteredView(QWidget):
    """What is entered, line by line, and a button to confirm it: `confirmed()`, `reading_wanted()`."""

    confirmed, reading_wanted = Signal(), Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 36, 48, 36)
        column.setSpacing(20)
        self._title = Text("", "huge", wrap=True)
        column.addWidget(self._title)
        self._area = ScrollArea(spacing=0)
        self._card = QFrame()
        self._card.setObjectName("Card")
        self._grid = QGridLayout(self._card)
        self._grid.setContentsMargins(32, 24, 32, 24)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(16)
        self._grid.setColumnStretch(1, 1)
        self._area.column.addWidget(self._card)
        self._area.column.addStretch(1)
        column.addWidget(self._area, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.whole_button = HoldButton(icon="eye")
        self.whole_button.held.connect(self._show)
        self.aloud_button = BigButton(icon="volume-2")
        self.aloud_button.clicked.connect(self.reading_wanted)
        self.confirm_button = BigPrimaryButton(icon="check")
        self.confirm_button.clicked.connect(self.confirmed)
        row.addWidget(self.whole_button)
        row.addWidget(self.aloud_button)
        row.addStretch(1)
        row.addWidget(self.confirm_button)
        column.addLayout(row)
        self.retranslate()

    def show_lines(self, lines: Sequence[Line], *, asked: bool, confirmed: bool) -> None:
        """Show the lines; `asked`: they are to be confirmed, `confirmed`: they were, as they stand."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._show(False)
        self.confirm_button.setVisible(asked)
        self.confirm_button.setEnabled(not confirmed)
        self.confirm_button.set_text(self.tr("Confirmed") if confirmed else self.tr("All of this is right"))

    def words(self) -> str:
        """Return what a voice reads of it: the masked lines."""
        return "\n".join(f"{line.name}: {line.masked}." for line in self._lines)

    def retranslate(self) -> None:
        self._title.set_text(self.tr("Please check what is entered"))
        self.whole_button.set_text(self.tr("Hold to see it whole"))
        self.aloud_button.set_text(self.tr("Read aloud"))

    def _show(self, whole: bool) -> None:
        clear(self._grid)
        for row, line in enumerate(self._lines):
            name = Text(line.name, "large")
            name.setProperty("tone", "muted")
            value = Text(line.whole if whole else line.masked, "huge", wrap=True)
            self._grid.addWidget(name, row, 0, _TOP)
            self._grid.addWidget(value, row, 1)


class SigningView(QWidget):
    """A text in large letters with a pad below it: `signed(strokes)`, `reading_wanted()`."""

    signed, reading_wanted = Signal(object), Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 28, 48, 28)
        column.setSpacing(16)
        self._title = Text("", "huge")
        column.addWidget(self._title)
        self._area = ScrollArea(spacing=0)
        self._text = Text("", "large", wrap=True)
        self._text.setAlignment(_TOP)
        self._area.column.addWidget(self._text)
        self._area.column.addStretch(1)
        column.addWidget(self._area, 1)
        self.pad = SignaturePad()
        self.pad.drawn.connect(self._drawn)
        column.addWidget(self.pad, 1)
        self._said = Text("", "large", wrap=True)
        column.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.aloud_button = BigButton(icon="volume-2")
        self.aloud_button.clicked.connect(self.reading_wanted)
        self.clear_button = BigButton(icon="rotate-ccw")
        self.clear_button.clicked.connect(self._clear)
        self.sign_button = BigPrimaryButton(icon="check")
        self.sign_button.clicked.connect(lambda: self.signed.emit(self.pad.strokes()))
        row.addWidget(self.aloud_button)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        row.addWidget(self.sign_button)
        column.addLayout(row)
        self.retranslate()
        self._clear()

    def show_place(self, entry: str, title: str, text: str, who: str) -> None:
        """Lay a text before somebody; a signature that is being drawn for the same text stays."""
        if (entry, text) != (self._entry, self._text.text_whole()):
            self._entry = entry
            self._text.set_text(text)
            self._area.verticalScrollBar().setValue(0)
            self._clear()
        self._title.set_text(title)
        self.pad.set_words(who)

    def entry(self) -> str:
        """Return the place that is in view."""
        return self._entry

    def words(self) -> str:
        return self._text.text_whole()

    def refuse(self, words: str) -> None:
        """Say why a signature was not taken."""
        self._clear()
        self._said.set_text(words)
        self._said.set_tone(Tone.AMBER)

    def retranslate(self) -> None:
        self.aloud_button.set_text(self.tr("Read aloud"))
        self.clear_button.set_text(self.tr("Sign again"))
        self.sign_button.set_text(self.tr("I have signed"))

    def _drawn(self) -> None:
        self._said.set_text("")
        self.sign_button.setEnabled(True)
        self.clear_button.setEnabled(True)

    def _clear(self) -> None:
        self.pad.clear()
        self._said.set_text("")
        self.sign_button.setEnabled(False)
        self.clear_button.setEnabled(False)
