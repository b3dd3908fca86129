"""The applicants: a form for the party in hand, tabs for several, and how they file; judged while typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from registration.parties import Party, Role, is_minor
from registration.party_list import with_party_at
from ui.intake.case import IntakeCase
from ui.intake.page import StepPage
from ui.intake.party_actions import PartyActions
from ui.intake.party_beside import PresenceCard, RareCard
from ui.intake.party_changes import PartyChanges
from ui.intake.party_entries import (
    ENTRIES,
    SKIPPED,
    Section,
    section_of,
    shown_entries,
    tidied,
)
from ui.intake.party_filing import FilingPanel
from ui.intake.party_form import PartyForm
from ui.intake.party_judge import PartyJudge
from ui.intake.party_number import NumberCard
from ui.intake.party_sharing import PartySharing
from ui.intake.party_strip import PartyStrip
from ui.intake.party_words import choices, heads
from ui.intake.steps import Step
from ui.widgets import Field, ScrollArea

_MAIN = ("name", "id_number", "phone", "address")


class ApplicantPage(StepPage):
    """The first step. Wrong entries say so under their field; an empty one waits until it was left.

    A single applicant has four entries; everything else comes by its key or by itself. `hand_moved` says
    that another party or another section of it is in hand: `person_in_hand` tells which.
    """

    step = Step.APPLICANT
    hand_moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.index = 0
        self.section = Section.PERSON
        self.filing_open = False
        self._unfolded: set[tuple[int, Section]] = set()
        self.form, self.filing = PartyForm(), FilingPanel()
        self.strip, self.offers = PartyStrip(), PartyActions()
        self.editors: dict[str, QLineEdit] = {}
        self.fields: dict[str, Field] = {name: self.form.fields[name] for name in _MAIN}
        for name in _MAIN:
            editor = self.form.editors[name]
            assert isinstance(editor, QLineEdit)
            self.editors[name] = editor
        self._build()
        self.read_card, self.presence, self.rare = NumberCard(), PresenceCard(), RareCard()
        for card in (self.read_card, self.rare, self.presence):
            self.side.addWidget(card)
        self.side.addStretch(1)
        self.judge, self.sharing = PartyJudge(self), PartySharing(self)
        self.changes = PartyChanges(self)
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self._pile = QStackedWidget()
        self._areas: list[ScrollArea] = []
        for part in ((self.form, self.offers), (self.filing,)):
            area = ScrollArea(spacing=12)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            for widget in part:
                area.column.addWidget(widget)
            area.column.addStretch(1)
            area.column.setContentsMargins(2, 0, 8, 0)  # room for a focus ring, and for the scroll bar
            self._areas.append(area)
            self._pile.addWidget(area)
        self.content.addWidget(self.strip)
        self.content.addWidget(self._pile, 1)
        self.strip.hide()

    def _connect(self) -> None:
        form, filing = self.form, self.filing
        form.typed.connect(self._typed)
        form.left.connect(self._leave)
        form.confirmed.connect(self._enter)
        form.hand_moved.connect(self._hand_came)
        form.same_wanted.connect(lambda value: self.changes.take_same(Section(value)))
        form.removal_wanted.connect(lambda value: self.changes.remove_section(Section(value)))
        filing.filing_chosen.connect(self.sharing.choose_filing)
        filing.kind_chosen.connect(self.sharing.choose_kind)
        filing.share_typed.connect(self.sharing.type_share)
        filing.separate_turned.connect(self.sharing.turn_separate)
        filing.equal_wanted.connect(self.sharing.share_equally)
        filing.obligor_wanted.connect(lambda: self.changes.add(Role.OBLIGOR))
        filing.confirmed.connect(self._enter_filing)
        filing.left.connect(self._leave_filing)
        filing.hand_moved.connect(lambda _: self._reveal())
        self.strip.chosen.connect(self.turn_to)
        acts: dict[str, Callable[[], object]] = {
            "F3": self.changes.add,
            "Shift+F3": lambda: self.changes.add(Role.OBLIGOR),
            "F4": self.unfold,
            "F6": lambda: self.changes.open_section(Section.GUARDIAN),
            "F7": lambda: self.changes.open_section(Section.AGENT),
            "F9": self.open_filing,
            "F10": lambda: self.changes.take_same(self.person_in_hand()[1]),
            "Ctrl+PgDown": lambda: self._turn_by(1),
            "Ctrl+PgUp": lambda: self._turn_by(-1),
            "Alt+Delete": self.changes.remove,
            "Ctrl+Z": self.changes.undo_bar.undo,
        }
        for key, act in acts.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.offers.connect_to(self.unfold, self.changes.open_section, self.changes.add, self.open_filing)
        for editor in form.editors.values():
            editor.installEventFilter(self)

    # -- the case ------------------------------------------------------------------------------------------

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        self.changes.undo_bar.withdraw()
        self.judge.begin()
        self.index, self.section, self.filing_open = 0, Section.PERSON, False
        self._unfolded.clear()
        self.form.set_choices(choices(self.sharing.packs()))
        self.show_party()

    def party(self) -> Party:
        """Return the party in hand; an empty one without a case."""
        parties = self.parties()
        return parties[self.index] if self.index < len(parties) else Party()

    def today(self) -> date:
        assert self.case is not None
        return self.case.today()

    def show_missing(self, on: bool) -> None:
        self.judge.strict = on
        self.show_all()

    # -- the hand ------------------------------------------------------------------------------------------

    def focus_entry(self, entry: str) -> None:
        place, _, name = entry.rpartition(".")
        if place.isdigit() and self.case is not None and int(place) < len(self.case.application.parties):
            self.take_in_hand(int(place), section_of(name))
        elif entry in ENTRIES or entry in ("guardian", "agent"):
            self.take_in_hand(0, section_of(name))
        if self._is_about_filing(entry):
            self.open_filing(entry)
            return
        self._pile.setCurrentIndex(0)
        if name in ("role", "document_kind"):
            self._unfolded.add((self.index, Section.PERSON))
        self.show_all()
        name = {"guardian": "guardian_name", "agent": "agent_name"}.get(name, name)
        first = f"{self.person_in_hand()[1].value}_name".lstrip("_")
        self.form.focus(name if name in self.form.shown() else first)
        self._reveal()

    def entry_in_focus(self) -> str:
        if self.filing_in_hand():
            return self.filing.in_focus()
        name = self.form.in_focus()
        return f"{self.index}.{name}" if self.index and name else name

    def person_in_hand(self) -> tuple[int, Section]:
        """Return whom an identity card would be of: the party's place, and which section of it."""
        section = self.section
        here = any(ENTRIES[name].section is section for name in self.form.shown())
        return self.index, section if here else Section.PERSON

    def turn_to(self, index: int) -> None:
        """Take the party of a tab in hand; the tab behind the last is the one of filing."""
        assert self.case is not None
        if index >= len(self.case.application.parties):
            self.open_filing()
            return
        self.focus_entry(f"{index}.name" if index else "name")

    def filing_in_hand(self) -> bool:
        """Say whether the page shows how the parties file, and not one of them."""
        return self._pile.currentIndex() == 1

    def give_up(self) -> bool:
        """Go back to the first party from another or from the filing; False where the hand is there."""
        if self.case is None or self.strip.current() <= 0:
            return False
        self.turn_to(0)
        return True

    def open_filing(self, entry: str = "") -> None:
        """Show how the parties file and share, with the hand on an entry or on what is undecided."""
        if self.case is None:
            return
        self.filing_open = True
        self._pile.setCurrentIndex(1)
        self.show_all()
        self.filing.focus(entry)
        self._reveal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if undo and event.type() == QEvent.Type.KeyPress and not self.changes.undo_bar.isHidden():
            self.changes.undo_bar.undo()  # what was removed comes back before what was typed
            return True
        return super().eventFilter(watched, event)

    def take_in_hand(self, index: int, section: Section = Section.PERSON) -> None:
        """Show a party, and mean this section of it until the hand goes to another."""
        self._pile.setCurrentIndex(0)
        if (index, section) != (self.index, self.section):
            self.index, self.section = index, section
            self.show_party()
            self.hand_moved.emit()

    def _turn_by(self, by: int) -> None:
        count = len(self.strip.tabs())
        if count:
            self.turn_to((self.strip.current() + by) % count)

    def _hand_came(self, name: str) -> None:
        if section_of(name) is not self.section:
            self.section = section_of(name)
            self.hand_moved.emit()
        self.show_all()
        self._reveal()

    def _reveal(self) -> None:
        """Scroll to where the hand is."""
        area = self._areas[self._pile.currentIndex()]
        holder = self.form if self._pile.currentIndex() == 0 else self.filing
        name = holder.in_focus()
        if name:
            widget = self.form.fields[name] if holder is self.form else self.filing.focusWidget()
            if widget is not None:
                area.ensureWidgetVisible(widget, 0, 12)

    def _enter(self, name: str) -> None:
        names = [n for n in self.form.shown() if n not in SKIPPED]
        following = names[names.index(name) + 1 :] if name in names else names
        assert self.case is not None
        if following:
            self.form.focus(following[0])
        elif self.index + 1 < len(self.case.application.parties):
            self.turn_to(self.index + 1)
        elif len(self.strip.tabs()) > len(self.case.application.parties):
            self.open_filing()
        else:
            self.went_on.emit()

    def _enter_filing(self, name: str) -> None:
        names = self.filing.entries()
        following = names[names.index(name) + 1 :]
        if following:
            self.filing.focus(following[0])
        else:
            self.went_on.emit()

    # -- typing --------------------------------------------------------------------------------------------

    def enter(self, entry: str, text: str) -> None:
        """Write into an entry of the party in hand as if it had been typed."""
        self.form.set_text(entry, text)
        self.judge.left.add(self.judge.at(entry))
        self._typed(entry, text)

    def change_party(self, change: Callable[[Party], Party]) -> None:
        """Replace the party in hand by `change(party)`, and show it."""
        if self.case is None:
            return
        party = change(self.party())
        self.case.edit(lambda a: with_party_at(a, self.index, party))
        self.show_all()

    def _typed(self, entry: str, text: str) -> None:
        self.change_party(lambda party: ENTRIES[entry].write(party, text))
        if ENTRIES[entry].choices:
            self.judge.left.add(self.judge.at(entry))
            self.form.set_text(entry, text)

    def _leave(self, entry: str) -> None:
        """Write a text in its one form once the hand is gone from it, and judge what stands there."""
        if self.case is None:
            return
        self.judge.left.add(self.judge.at(entry))
        text = self.form.text(entry)
        tidy = tidied(ENTRIES[entry], self.party(), text, self.today())
        if tidy != text:
            self.form.set_text(entry, tidy)
            self._typed(entry, tidy)
        self.show_all()

    def _leave_filing(self, name: str) -> None:
        self.judge.left.add(name)
        self.show_all()

    # -- parties and sections ------------------------------------------------------------------------------

    def unfold(self) -> None:
        """Ask for the kind of document of whoever is in hand, and of a party for its side."""
        if self.filing_in_hand():
            self.turn_to(self.index)
        index, section = self.person_in_hand()
        self._unfolded.add((index, section))
        self.show_all()
        self.form.focus(f"{section.value}_kind" if section is not Section.PERSON else "document_kind")

    # -- showing -------------------------------------------------------------------------------------------

    def show_party(self) -> None:
        """Fill the form from the party in hand."""
        self.index = min(self.index, max(len(self.parties()) - 1, 0))
        self.form.show_party(self.party())
        self.show_all()

    def parties(self) -> tuple[Party, ...]:
        """Return all parties of the case."""
        return self.case.application.parties if self.case is not None else ()

    def show_all(self) -> None:
        """Show what follows from the facts: which entries there are, what is wrong, who must come."""
        if self.case is None:
            return
        party = self.party()
        minor = is_minor(party, today=self.today())
        unfolded = {section for index, section in self._unfolded if index == self.index}
        if len(self.parties()) > 1 and any(p.role is Role.OBLIGOR for p in self.parties()):
            unfolded.add(Section.PERSON)  # it has to be seen on which side somebody stands
        self.form.show_entries(shown_entries(party, minor=minor, unfolded=unfolded))
        self.form.offer_removal(Section.GUARDIAN, party.guardian is not None)
        self.judge.show()
        self.sharing.show()
        self.offers.show_for(party, self.form.shown(), filing=self.sharing.matters())

    def retranslate(self) -> None:
        super().retranslate()
        self.on_button.set_text(self.tr("Go on: property"))
        self.form.set_heads(heads())
        for part in (self.read_card, self.presence, self.rare, self.offers, self.filing):
            part.retranslate()
        if self.case is not None:
            self.form.set_choices(choices(self.sharing.packs()))
            self.form.show_party(self.party())
        self.show_all()
        self.card.set_title(self.tr("Applicant"))

    def keys(self) -> list[tuple[str, str]]:
        return self.offers.keys()

    @staticmethod
    def _is_about_filing(entry: str) -> bool:
        return entry.rpartition(".")[2] in (
            "share", "filing", "co_ownership", "separate_certificates", "obligor",
        )  # fmt: skip
