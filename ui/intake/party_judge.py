"""What the parties' entries say under themselves: what is wrong, what is counted, what is waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from registration.documents import DocumentKind, parse_document
from registration.errors import InputError, Problem
from registration.identifiers import IdNumber, parse_id_number
from registration.minding import about_party
from registration.parties import Party, birth_of, is_minor
from ui.intake.party_entries import ENTRIES, Section
from ui.intake.party_words import hints_of, labels_of, rare_words, translate
from ui.intake.steps import Step, entry_of, of_step
from ui.messages import words
from ui.theme import Tone

if TYPE_CHECKING:
    from ui.intake.applicant import ApplicantPage

_ID_LENGTH = 18
_NUMBERS = {"id_number": Section.PERSON, "guardian_number": Section.GUARDIAN, "agent_number": Section.AGENT}
_WHOLE_ONLY = frozenset(
    {"phone", "guardian_phone", "agent_phone", "birth", "agent_mandate_until", *_NUMBERS}
)  # judged once they are whole, or the hand is gone
_SAME_PLACE = {"guardian": "guardian_name", "agent": "agent_name"}


class PartyJudge:
    """Judges the party in hand. `left` are the entries that the hand was in and is gone from."""

    def __init__(self, page: ApplicantPage) -> None:
        self._page = page
        self.left: set[str] = set()
        self.strict = False
        self.found: dict[str, Problem] = {}

    def begin(self) -> None:
        """A case was taken in hand."""
        self.strict = False
        self.take_up()

    def take_up(self) -> None:
        """The parties are others than before: what is filled counts as left, the rest as untouched."""
        assert self._page.case is not None
        self.left.clear()
        for index, party in enumerate(self._page.case.application.parties):
            self.left |= {_at(index, n) for n, e in ENTRIES.items() if not e.choices and e.read(party)}

    def at(self, entry: str) -> str:
        """Return the whole name of an entry of the party in hand."""
        return _at(self._page.index, entry)

    def open_points(self, index: int) -> bool:
        """Say whether anything is wrong or missing with a party."""
        return any(_place_of(name) == index and not _filing(name) for name in self.found)

    def seen(self, index: int) -> bool:
        """Say whether the hand was in a party's entries, so that what is missing may be said."""
        return self.strict or any(_place_of(name) == index for name in self.left)

    def show(self) -> None:
        """Judge everything anew and say it."""
        page = self._page
        assert page.case is not None
        self.found = {}
        for problem in of_step(page.case.missing(), Step.APPLICANT):
            place, dot, name = entry_of(problem).rpartition(".")
            self.found.setdefault(f"{place}{dot}{_SAME_PLACE.get(name, name)}", problem)
        party, today = page.party(), page.today()
        labels, hints = labels_of(party), hints_of(party)
        number = page.read_card
        number.show_number(self._number(party), today)
        number.setVisible(self._kind_in_hand(party).tells_birth)
        minded = about_party(party, "applicant", page.sharing.packs(), today=today)
        page.rare.show_party(party, rare_words(party, minded))
        for name in page.form.shown():
            field = page.form.fields[name]
            field.set_label(labels[name])
            if name in _NUMBERS:
                field.set_hint(self._number_hint(party, name))
            elif name == "name" and (rare := [p for p in minded if p.code.startswith("name_")]):
                field.set_hint(words(rare[0]).what, Tone.AMBER)
            else:
                field.set_hint(hints.get(name, ""))
            wrong = self.found.get(self.at(name))
            field.show_problem(wrong if wrong and self._may_say(party, name) else None)
        self._show_heads(party)

    def _show_heads(self, party: Party) -> None:
        """Say beside the headings why there is a guardian, and whose guardian or agent may be taken."""
        page, today = self._page, self._page.today()
        birth = birth_of(party, today=today)
        minor = birth is not None and is_minor(party, today=today)
        note = translate("ApplicantPage", "Under 18: the guardian applies and signs")
        age = page.read_card.age(birth) if birth is not None else ""
        for section in (Section.GUARDIAN, Section.AGENT):
            place = page.changes.lender(section)
            words = translate("ApplicantPage", "As for {name}")
            name = page.sharing.name_of(place, page.parties()[place]) if place is not None else ""
            page.form.offer_same(section, words.format(name=name) if name else "")
        page.form.set_note(Section.GUARDIAN, f"{note} · {age}" if minor else "")

    def _may_say(self, party: Party, name: str) -> bool:
        """Say whether a problem is told now: not while it is typed, and not of what was never touched."""
        editor = self._page.form.editors[name]
        if not isinstance(editor, QLineEdit):
            return True
        if self._counting(party, name):
            return False
        text, focused = editor.text().strip(), editor.hasFocus()
        if name in _NUMBERS and _kind(party, name).tells_birth:
            whole = len(text.replace(" ", "")) >= _ID_LENGTH
            return self.strict or (bool(text) and (whole or self.at(name) in self.left))
        return self.strict or (bool(text) and not (focused and name in _WHOLE_ONLY))

    def _counting(self, party: Party, name: str) -> bool:
        """Say whether an 18-character number is being typed and not yet whole."""
        if name not in _NUMBERS or not _kind(party, name).tells_birth:
            return False
        editor = self._page.form.editors[name]
        typed = len(ENTRIES[name].read(party).replace(" ", ""))
        return editor.hasFocus() and 0 < typed < _ID_LENGTH

    def _number_hint(self, party: Party, name: str) -> str:
        text, kind = ENTRIES[name].read(party), _kind(party, name)
        if self._counting(party, name):
            count = len(text.replace(" ", ""))
            return translate("ApplicantPage", "{count} of 18").format(count=count)
        try:
            parse_document(kind, text, today=self._page.today())
        except InputError:
            if kind.tells_birth:
                return translate("ApplicantPage", "18 characters, the last may be X")
            return translate("ApplicantPage", "As on the document")
        fine = translate("ApplicantPage", "The number checks out")
        if name == "id_number" and party.machine_read:
            fine = translate("ApplicantPage", "Read from the card")
        own = _NUMBERS[name] is self._page.person_in_hand()[1]
        return " · ".join(part for part in (fine, self._page.read_card.summary() if own else "") if part)

    def _in_hand(self) -> str:
        """Return the entry with the number of whoever is in hand."""
        section = self._page.person_in_hand()[1]
        return next(name for name, its in _NUMBERS.items() if its is section)

    def _kind_in_hand(self, party: Party) -> DocumentKind:
        return _kind(party, self._in_hand())

    def _number(self, party: Party) -> IdNumber | None:
        """Return the citizen number of whoever is in hand, None where there is no whole one."""
        if not self._kind_in_hand(party).tells_birth:
            return None
        try:
            return parse_id_number(ENTRIES[self._in_hand()].read(party), today=self._page.today())
        except InputError:
            return None


def _at(index: int, entry: str) -> str:
    return f"{index}.{entry}" if index else entry


def _place_of(name: str) -> int:
    place = name.partition(".")[0]
    return int(place) if place.isdigit() else 0


def _filing(name: str) -> bool:
    return name.rpartition(".")[2] in ("share", "filing", "co_ownership", "separate_certificates", "obligor")


def _kind(party: Party, name: str) -> DocumentKind:
    section = _NUMBERS[name]
    return DocumentKind(
        ENTRIES["document_kind" if section is Section.PERSON else f"{section.value}_kind"].read(party)
    )
