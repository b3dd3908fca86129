"""The form of one party: person or body, the guardian and the agent; values in, wishes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.parties import Party
from ui.intake.party_entries import ENTRIES, Section
from ui.widgets import Choice, Field, Line, QuietButton, Text
from ui.widgets.pills import Pill, Pills

_PLACES: Mapping[Section, tuple[tuple[str, int, int], ...]] = {
    Section.PERSON: (
        ("role", 0, 0),
        ("document_kind", 0, 1),
        ("name", 1, 0),
        ("id_number", 1, 1),
        ("phone", 2, 0),
        ("address", 2, 1),
        ("birth", 3, 0),
        ("representative", 3, 0),
    ),
    Section.GUARDIAN: (
        ("guardian_name", 0, 0),
        ("guardian_number", 0, 1),
        ("guardian_phone", 1, 0),
        ("guardian_relation", 1, 1),
        ("guardian_kind", 2, 0),
    ),
    Section.AGENT: (
        ("agent_name", 0, 0),
        ("agent_number", 0, 1),
        ("agent_phone", 1, 0),
        ("agent_organisation", 1, 1),
        ("agent_kind", 2, 0),
        ("agent_mandate", 3, 0),
        ("agent_mandate_until", 4, 0),
        ("agent_mandate_number", 4, 1),
        ("agent_mandate_witnesses", 4, 1),
        ("agent_mandate_scope", 5, 0),
    ),
}
_WIDE = frozenset({"agent_mandate", "agent_mandate_scope"})  # a whole line
_HALVES = frozenset({"role", "document_kind"})  # as wide as each other
_AS_PILLS = frozenset({"role", "agent_mandate"})
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Editor = QLineEdit | Choice | Pills


class PartyForm(QWidget):
    """All entries of a party; which of them are shown is said by `show_entries`.

    `typed(entry, text)` on every change by a person, `left(entry)` when the hand is gone from one,
    `confirmed(entry)` on Enter, `hand_moved(entry)` when it came to one, `removal_wanted(section)`,
    `same_wanted(section)`.
    """

    typed = Signal(str, str)
    left = Signal(str)
    confirmed = Signal(str)
    hand_moved = Signal(str)
    removal_wanted = Signal(str)
    same_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, Field] = {}
        self._shown: tuple[str, ...] = ()
        self._filling = False  # what is set here is shown, not typed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.sections: dict[Section, QWidget] = {}
        self._heads: dict[Section, Text] = {}
        self._notes: dict[Section, Text] = {}
        self._removers: dict[Section, QuietButton] = {}
        self._sames: dict[Section, QuietButton] = {}
        for section, places in _PLACES.items():
            column.addWidget(self._section(section, places))
        for name in ENTRIES:
            self._connect(name)
        for section in (Section.GUARDIAN, Section.AGENT):
            self.sections[section].hide()

    def _section(self, section: Section, places: Iterable[tuple[str, int, int]]) -> QWidget:
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        if section is not Section.PERSON:
            inside.addWidget(Line())
            inside.addLayout(self._head(section))
        halves, grid = _grid(1, 1), _grid(2, 3)
        for name, row, column in places:
            editor = self._editor(name)
            self.editors[name] = editor
            self.fields[name] = Field("", editor)
            place = halves if name in _HALVES else grid
            place.addWidget(self.fields[name], row, column, 1, 2 if name in _WIDE else 1)
        inside.addLayout(halves)
        inside.addLayout(grid)
        self.sections[section] = box
        return box

    def _head(self, section: Section) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._heads[section] = Text("", "heading")
        self._notes[section] = Text("", "small", elide=True)
        remove = QuietButton("", "Alt Del")
        remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        remove.clicked.connect(lambda: self.removal_wanted.emit(section.value))
        same = QuietButton("", "F10")
        same.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        same.clicked.connect(lambda: self.same_wanted.emit(section.value))
        self._removers[section], self._sames[section] = remove, same
        row.addWidget(self._heads[section])
        row.addWidget(self._notes[section], 1)
        row.addWidget(same)
        row.addWidget(remove)
        return row

    def _editor(self, name: str) -> Editor:
        entry = ENTRIES[name]
        if name in _AS_PILLS:
            return Pills()
        if entry.choices:
            choice = Choice()
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(6)
            return choice
        line = QLineEdit()
        line.setMaxLength(entry.longest)
        return line

    def _connect(self, name: str) -> None:
        editor = self.editors[name]
        editor.installEventFilter(self)
        if isinstance(editor, QLineEdit):
            # Not textEdited: a screen reader or a dictation programme sets the text without a key.
            editor.textChanged.connect(lambda text: None if self._filling else self.typed.emit(name, text))
        elif isinstance(editor, Pills):
            editor.chosen.connect(lambda value: self.typed.emit(name, value))
        else:
            editor.activated.connect(lambda _: self.typed.emit(name, str(editor.currentData())))

    # -- what it shows -------------------------------------------------------------------------------------

    def show_party(self, party: Party) -> None:
        """Fill every entry; nothing counts as typed."""
        for name, entry in ENTRIES.items():
            self.set_text(name, str(entry.read(party)))

    def show_entries(self, names: tuple[str, ...]) -> None:
        """Show these entries and their sections, in the order of the form."""
        if names == self._shown:
            return
        self._shown = names
        for name, field in self.fields.items():
            field.setVisible(name in names)
        for section in (Section.GUARDIAN, Section.AGENT):
            self.sections[section].setVisible(any(ENTRIES[n].section is section for n in names))

    def shown(self) -> tuple[str, ...]:
        """Return the names of the entries in view, in the order of the form."""
        return self._shown

    def text(self, name: str) -> str:
        """Return what stands in an entry: its text, or the value of the choice."""
        editor = self.editors[name]
        if isinstance(editor, QLineEdit):
            return editor.text()
        if isinstance(editor, Pills):
            return next(iter(editor.values()), "")
        return str(editor.currentData() or "")

    def set_text(self, name: str, text: str) -> None:
        editor = self.editors[name]
        if isinstance(editor, QLineEdit):
            if editor.text() != text:
                self._filling = True
                editor.setText(text)
                self._filling = False
        elif isinstance(editor, Pills):
            editor.show_pills([Pill(v, w) for v, w in self._choices.get(name, ())], {text})
        else:
            editor.setCurrentIndex(max(editor.findData(text), 0))

    def focus(self, name: str) -> None:
        """Bring the hand to an entry, behind what stands in it."""
        editor = self.editors[name]
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, QLineEdit):
            editor.end(False)

    def in_focus(self) -> str:
        """Return the name of the entry with the hand in it, or ""."""
        return next((name for name, editor in self.editors.items() if editor.hasFocus()), "")

    _choices: Mapping[str, tuple[tuple[str, str], ...]] = {}

    def set_choices(self, choices: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
        """Give the choices their words: (value, words) by entry, in the order to be shown."""
        now = {name: self.text(name) for name in choices}
        self._choices = choices
        for name, options in choices.items():
            editor = self.editors[name]
            if isinstance(editor, Choice):
                editor.clear()
                for value, words in options:
                    editor.addItem(words, value)
            self.set_text(name, now[name])

    def set_heads(self, heads: Mapping[Section, tuple[str, str]]) -> None:
        """Give the sections their heading and the words on their button for removing them."""
        for section, (title, remove) in heads.items():
            self._heads[section].set_text(title)
            self._removers[section].set_text(remove)

    def set_note(self, section: Section, words: str) -> None:
        self._notes[section].set_text(words)

    def offer_same(self, section: Section, words: str) -> None:
        """Offer to take another party's guardian or agent; "" where there is none to take."""
        self._sames[section].set_text(words)
        self._sames[section].setVisible(bool(words))

    def offer_removal(self, section: Section, on: bool) -> None:
        self._removers[section].setVisible(on)

    # -- the hand ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _HEARD:
            name = next((n for n, editor in self.editors.items() if editor is watched), "")
            if name and _HEARD[kind](self, name, event):
                return True
        return super().eventFilter(watched, event)

    def _focus_came(self, name: str, _event: QEvent) -> bool:
        self.hand_moved.emit(name)
        return False

    def _focus_went(self, name: str, _event: QEvent) -> bool:
        self.left.emit(name)
        return False

    def _key(self, name: str, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.key() in _RETURN
            and not (event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        ):
            self.confirmed.emit(name)
            return True
        return False

    def _wheel(self, name: str, event: QEvent) -> bool:
        """The wheel scrolls the form; it never turns a choice that it happens to roll over."""
        if isinstance(self.editors[name], Choice):
            event.ignore()
            return True
        return False


_HEARD: Mapping[QEvent.Type, Callable[[PartyForm, str, QEvent], bool]] = {
    QEvent.Type.FocusIn: PartyForm._focus_came,
    QEvent.Type.FocusOut: PartyForm._focus_went,
    QEvent.Type.KeyPress: PartyForm._key,
    QEvent.Type.Wheel: PartyForm._wheel,
}


def _grid(left: int, right: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(0, left)
    grid.setColumnStretch(1, right)
    return grid
