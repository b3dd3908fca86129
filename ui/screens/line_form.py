"""Giving a number: what it is about, why it goes first, and who must be here before it is given."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from registration.packs import TYPES, PackSet
from registration.queue import QueueRules, Slip, rules_from
from ui.messages import language
from ui.theme import Tone
from ui.widgets import Card, Field, InlineProblem, PrimaryButton, SecondaryButton, Text
from ui.widgets.check import Check, Choice
from ui.widgets.screen import ScrollArea


class LineForm(Card):
    """Out: `given(type_code, reason, missing codes, why)`, `note_wanted(type_code, missing codes)`.

    `home_typed(text)` asks which house a number means; `show_home` answers, and what `household_id` then
    says goes with the number. A reason that is proposed for it is taken by Ctrl E alone.
    """

    given = Signal(str, str, object, str)
    home_typed = Signal(str)
    note_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("·", parent=parent)
        self._rules: QueueRules | None = None
        self._packs: PackSet | None = None
        self._checks: dict[str, Check] = {}
        area = ScrollArea(spacing=8)
        self._type, self._first, self.why = Choice(), Choice(), QLineEdit()
        self.why.setMaxLength(120)
        for choice in (self._type, self._first):  # long names of types do not widen the card
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(8)
        self._type.currentIndexChanged.connect(lambda _: self._ask())
        self._type_field = Field("", self._type, line=False)
        self._first_field = Field("", self._first, line=False)
        self.home = QLineEdit()
        self.home.setMaxLength(40)
        self.home.setPlaceholderText("3-2-1201")
        self.home.textChanged.connect(self.home_typed)
        self._home_field = Field("", self.home)
        self._household_id = self._proposed = ""
        self._asked = Text("", "strong")
        self._questions = QVBoxLayout()
        self._why_field = Field("", self.why, line=False)
        self._bring = Text("", "muted", wrap=True)
        self.problem = InlineProblem()
        self.number = Text("", "huge")
        self.number_below = Text("", "muted", wrap=True)
        for text in (self.number, self.number_below):
            text.hide()  # no room for a number before there is one
        self._note = SecondaryButton("", "Ctrl P", "printer")
        self.give_button = PrimaryButton("", "Enter", "plus")
        for widget in (self.number, self.number_below, self._type_field, self._first_field, self._asked):
            area.column.addWidget(widget)
        area.column.addLayout(self._questions)
        for part in (self._bring, self._why_field, self.problem, self._home_field):
            area.column.addWidget(part)
        area.column.addStretch(1)
        self.body.addWidget(area, 1)
        self.body.addWidget(self._note)
        self.body.addWidget(self.give_button)
        self._note.clicked.connect(lambda: self.note_wanted.emit(self.type_code(), self.missing()))
        self.give_button.clicked.connect(self.give)
        acts: dict[str, Callable[[], object]] = {
            "Return": self.give, "Enter": self.give, "Ctrl+P": self._note.click, "Ctrl+H": self.all_here,
            "Ctrl+E": self.take_proposed,
            **{f"Ctrl+Shift+{n}": partial(self._go_first, n) for n in range(8)},
        }  # fmt: skip
        for key, act in acts.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def show_packs(self, packs: PackSet) -> None:
        """Offer the types and reasons of the packs in force, keeping what is chosen."""
        if packs == self._packs:
            return
        self._packs, self._rules = packs, rules_from(packs)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_title(self.tr("Give a number"))
        self._type_field.set_label(self.tr("What is it about?"))
        self._first_field.set_label(self.tr("Goes first?"))
        self._asked.set_text(self.tr("Who and what is here (Ctrl H: all)"))
        self._home_field.set_label(self.tr("House number, where it is known"))
        self._why_field.set_label(self.tr("Why a number is given all the same"))
        self._note.set_text(self.tr("Print the list"))
        self.give_button.set_text(self.tr("Give a number"))
        if self._packs is None or self._rules is None:
            return
        tongue = "en" if language().startswith("en") else "zh"
        types = self._packs[TYPES]["types"]
        self._offer(self._type, [(code, str(body[tongue])) for code, body in types.items()])
        reasons = [(one.code, one.name(tongue)) for one in self._rules.reasons]
        self._offer(self._first, [("", self.tr("In turn")), *reasons])
        self._ask()

    def type_code(self) -> str:
        return str(self._type.currentData() or "")

    def missing(self) -> list[str]:
        """Return the codes of what is not ticked."""
        return [code for code, check in self._checks.items() if not check.isChecked()]

    def all_here(self) -> None:
        """Tick everything: everybody is here and has the papers."""
        for check in self._checks.values():
            check.setChecked(True)

    def household_id(self) -> str:
        return self._household_id

    def show_home(self, household_id: str, words: str, proposed: str = "") -> None:
        """Say which house is meant, "" for none, and with it the code of a reason that is proposed."""
        self._household_id, self._proposed = household_id, proposed
        self._home_field.set_hint(words, Tone.AMBER if proposed else None)

    def take_proposed(self) -> None:
        """Let it go first by what is proposed for the house."""
        at = self._first.findData(self._proposed) if self._proposed else -1
        if at > 0:
            self._first.setCurrentIndex(at)

    def take_hand(self) -> None:
        """Bring the hand to the first question."""
        self._type.setFocus()

    def give(self) -> None:
        self.given.emit(
            self.type_code(), str(self._first.currentData() or ""), self.missing(), self.why.text()
        )

    def bring(self, missing: list[str]) -> str:
        """Return what is to be brought, in the language in force."""
        rules = self._rules
        asked = rules.presence if rules is not None else ()
        return "\n".join(one.bring(language()) for one in asked if one.code in missing)

    def show_given(self, slip: Slip, below: str) -> None:
        """Show the number large, and be ready for the next person; the hand stays where it is."""
        self.problem.clear()
        self.number.set_text(slip.number)
        self.number_below.set_text(below)
        for text in (self.number, self.number_below):
            text.show()
        self.why.clear()
        self.home.clear()
        self._first.setCurrentIndex(0)
        for check in self._checks.values():
            check.setChecked(False)
        if self.isAncestorOf(self.window().focusWidget() or self.window()):
            self.take_hand()

    def _go_first(self, place: int) -> None:
        if place < self._first.count():
            self._first.setCurrentIndex(place)

    def _offer(self, choice: Choice, options: list[tuple[str, str]]) -> None:
        before = choice.currentData()
        choice.blockSignals(True)
        choice.clear()
        for code, words in options:
            choice.addItem(words, code)
        choice.setCurrentIndex(max(0, choice.findData(before)))
        choice.blockSignals(False)

    def _ask(self) -> None:
        if self._rules is None:
            return
        here = {code for code, check in self._checks.items() if check.isChecked()}
        for check in self._checks.values():
            check.hide()
            check.deleteLater()
        self._checks = {}
        for question in self._rules.asked(self.type_code()):
            check = Check(question.name(language()))
            check.setChecked(question.code in here)
            check.toggled.connect(lambda _: self._say())
            self._questions.addWidget(check)
            self._checks[question.code] = check
        self._say()

    def _say(self) -> None:
        missing = self.missing()
        self._bring.set_text(self.bring(missing))
        self._why_field.setVisible(bool(missing))
        self._note.setVisible(bool(missing))
