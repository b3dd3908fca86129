"""The identity card reader beside the applicant: what it read is a suggestion, taken over by one key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from capture.sources.source import Back, Gone, Trouble
from registration.documents import DocumentKind
from registration.errors import Problem
from registration.folding import fold
from registration.names import in_unicode, same_name
from registration.parties import is_minor
from ui.intake.applicant import ApplicantPage
from ui.intake.card_panel import ENTRIES as _ENTRIES
from ui.intake.card_panel import ReaderPanel
from ui.intake.party_entries import ENTRIES as _ALL
from ui.intake.party_entries import Section
from ui.run import aside
from ui.theme import Tone

if TYPE_CHECKING:  # the serial library is loaded when the page is shown, not with the screen
    from capture.id_card_reader import IdCardReader, ReaderEvent
    from capture.id_card_reader_card import Card as IdCard
    from ui.services import Services

_PLACES = {
    Section.PERSON: {"name": "name", "id_number": "id_number", "address": "address"},
    Section.GUARDIAN: {"name": "guardian_name", "id_number": "guardian_number"},
    Section.AGENT: {"name": "agent_name", "id_number": "agent_number"},
}
_KINDS = {
    "citizen": DocumentKind.ID_CARD,
    "residence_permit": DocumentKind.RESIDENCE_PERMIT,
    "foreigner": DocumentKind.PERMANENT_RESIDENCE,
}
Person = tuple[int, Section]
"""A party's place, and which section of it."""


@dataclass(frozen=True)
class Said:
    """What a photographed card says; "" where it could not be read for certain."""

    name: str
    number: str
    letters_address: str


class CardSide(QObject):
    """Adds the reader to the applicant page. F2 asks for a card, and takes over what it says.

    The card is that of whoever is in hand: a party, its guardian or its agent. The reader is looked for
    while the page is in view. An entry that says something else than the card is shown beside it: the person
    decides by a key (F2 the card, Shift+F2 only what is empty, Esc the entries), nothing is overwritten in
    silence.
    """

    def __init__(self, services: Services, page: ApplicantPage) -> None:
        super().__init__(page)
        self._services, self._page = services, page
        self._reader: IdCardReader | None = None
        self._there = self._waiting = self._trouble = False
        self._card: IdCard | Said | None = None
        self._captured: dict[Person, Said] = {}  # by whom they are of, until taken over or left
        self._captured_for = ""  # the application
        self.panel = ReaderPanel()
        page.side.insertWidget(0, self.panel)
        self.panel.button.clicked.connect(self.act)
        self.panel.fill_button.clicked.connect(self.fill)
        self.panel.keep_button.clicked.connect(self.give_up)
        for key, act in {"F2": self.act, "Shift+F2": self.fill}.items():
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        page.hand_moved.connect(self._hand_moved)
        page.form.left.connect(lambda _: self.panel.show_person(self._whose(page.person_in_hand())))
        page.installEventFilter(self)
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)
        self.retranslate()

    def act(self) -> None:
        """Take over what the card says, or ask for a card."""
        if self._card is not None:
            self._take_over(self._card)
        elif self._reader is not None and self._page.case is not None:
            self._waiting = True
            self._clear_problem()
            self._reader.read()
            self._say()

    def fill(self) -> None:
        """Take over only what was not entered yet."""
        if self._card is not None:
            self._take_over(self._card, only_empty=True)

    def suggest(self, application_id: str, said: Said) -> bool:
        """Offer what a captured card says, now or when the page comes into view; False where it says no more.

        It is held against the person with its number; where there is none, it is offered for the first one
        without a number, or for whoever is in hand. Safe to call for a case that is no longer in hand.
        """
        case = self._page.case
        if case is None or case.id != application_id:
            return False
        if self._captured_for != application_id:
            self._captured, self._captured_for = {}, application_id
        person = self._person_of(said)
        if not any(v and self._differs(person, e, v) for e, v in _values(said).items()):
            return False
        self._captured[person] = said
        self._offer()
        return True

    def contradicts(self, said: Said) -> bool:
        """Say whether a name or number was entered that is not the card's."""
        person, values = self._person_of(said), _values(said)
        return any(
            values[e] and self._entered(person, e) and self._differs(person, e, values[e])
            for e in ("name", "id_number")
        )

    def _person_of(self, said: Said) -> Person:
        case = self._page.case
        parties = case.application.parties if case is not None else ()
        people = [
            (index, section)
            for index, party in enumerate(parties)
            for section in Section
            if section is Section.PERSON
            or getattr(party, section.value) is not None
            or (section is Section.GUARDIAN and case is not None and is_minor(party, today=case.today()))
        ]
        numbers = {person: fold(self._entered(person, "id_number")) for person in people}
        same = [person for person, number in numbers.items() if number and number == fold(said.number)]
        meant = {person for person, other in self._captured.items() if other.number != said.number}
        empty = [person for person, number in numbers.items() if not number and person not in meant]
        here = self._page.person_in_hand()
        if same:
            return same[0]
        return here if here in empty or not empty else empty[0]

    def _entered(self, person: Person, entry: str) -> str:
        index, section = person
        parties = self._page.case.application.parties if self._page.case is not None else ()
        place = _PLACES[section].get(entry, "")
        return _ALL[place].read(parties[index]).strip() if place and index < len(parties) else ""

    def _differs(self, person: Person, entry: str, value: str) -> bool:
        """Say whether a card says something else than the entry; no where the entry is not asked for."""
        if entry not in _PLACES[person[1]]:
            return False
        entered = self._entered(person, entry)
        if entry == "name":
            return not same_name(entered, value)
        return fold(entered) != fold(value) if entry == "id_number" else entered != value

    def _offer(self) -> None:
        """Show the captured card of whoever is in hand, unless a reader's card waits to be decided."""
        offered = self._waiting_cards().get(self._page.person_in_hand())
        if offered is not None and self._page.isVisible() and (self._card is None or self._is_captured()):
            self._card = offered
            self._say()

    def _waiting_cards(self) -> dict[Person, Said]:
        case = self._page.case
        return self._captured if case is not None and case.id == self._captured_for else {}

    def _is_captured(self) -> bool:
        return isinstance(self._card, Said)

    def _forget(self) -> None:
        """The card in view is decided."""
        self._captured = {person: said for person, said in self._captured.items() if said is not self._card}
        self._card = None

    def _hand_moved(self) -> None:
        self._offer()
        self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._open()
            waiting = self._waiting_cards()
            if waiting and self._page.person_in_hand() not in waiting:
                self._page.take_in_hand(*next(iter(waiting)))
            self._offer()
        elif event.type() == QEvent.Type.Hide:
            self.close()
            self._say()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            QTimer.singleShot(0, self, self._make_room)  # once the page itself has decided
        return super().eventFilter(watched, event)

    def close(self) -> None:
        """Let go of the reader, and forget a card that was not taken over."""
        reader, self._reader = self._reader, None
        self._card, self._there, self._waiting = None, False, False
        if reader is not None:
            aside(self, self._services.signals, reader.close)  # it may be in the middle of a command

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("F2", self.tr("Read an identity card; take over what it says")),
            ("Shift F2", self.tr("Take over only what was not entered")),
            ("Esc", self.tr("Keep what was entered")),
        ]

    def retranslate(self) -> None:
        self.panel.set_title(self.tr("Identity card reader"))
        names = (self.tr("Name"), self.tr("ID number"), self.tr("Address"))
        self.panel.name_rows(dict(zip(_ENTRIES, names, strict=True)))
        self.panel.fill_button.set_text(self.tr("Only what is empty"))
        self.panel.keep_button.set_text(self.tr("Keep the entries"))
        self._say()

    def _open(self) -> None:
        from capture.id_card_reader import IdCardReader

        if self._reader is not None:
            return
        self._clear_problem()
        reader: IdCardReader | None = None

        def hear(event: ReaderEvent) -> None:
            signals = self._services.signals
            if isValid(signals):
                signals.post(lambda: self._pass_on(reader, event) if isValid(self) else None)

        reader = IdCardReader(hear, lambda: self._services.clock().date(), self._services.devices.ports)
        self._reader = reader
        reader.start()
        self._say()

    def _pass_on(self, reader: IdCardReader | None, event: ReaderEvent) -> None:
        if reader is None or reader is not self._reader:
            return
        match event:
            case Back():
                self._there = True
                self._clear_problem()
            case Gone():
                self._there = False
            case Trouble():
                self._say_problem(event.problem)
            case _:
                self._waiting = False
                self._card = event.card
                self._clear_problem()
        self._say()

    def _whose(self, person: Person) -> str:
        """Return whom the card would be taken over for, "" where there is only one."""
        index, section = person
        parties = self._page.case.application.parties if self._page.case is not None else ()
        if index >= len(parties):
            return ""
        acted_for = parties[index].guardian is not None or parties[index].agent is not None
        if len(parties) == 1 and section is Section.PERSON and not acted_for:
            return ""
        name = self._page.sharing.name_of(index, parties[index])
        if section is Section.GUARDIAN:
            return self.tr("For the guardian of {name}").format(name=name)
        if section is Section.AGENT:
            return self.tr("For the agent of {name}").format(name=name)
        return self.tr("For {name}").format(name=name)

    def _make_room(self) -> None:
        """Without room beside the entries, what the card says stands in their place until it is decided."""
        page = self._page
        alone = page.narrow and (self._card is not None or self._trouble)
        if page.card.isHidden() != alone:
            page.card.setHidden(alone)
            page.beside.setVisible(alone or not page.narrow)
            if alone:
                self.panel.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                page.focus_entry("")
        elif page.narrow:
            page.beside.setVisible(alone)

    def give_up(self) -> bool:
        """Leave what the card says; False where it says nothing."""
        given = self._card is not None or self._waiting or self._trouble
        if self._reader is not None:
            self._reader.stop()
        self._forget()
        self._waiting = False
        self._clear_problem()
        self._say()
        return given

    def _clear_problem(self) -> None:
        self._trouble = False
        self.panel.problem.clear()

    def _take_over(self, card: IdCard | Said, *, only_empty: bool = False) -> None:
        page = self._page
        index, section = person = page.person_in_hand()
        page.take_in_hand(index, section)
        places = _PLACES[section]
        values = {
            entry: text
            for entry, text in _values(card).items()
            if text and entry in places and not (only_empty and self._entered(person, entry))
        }
        if "id_number" in values:
            page.enter(f"{section.value}_kind" if section.value else "document_kind", _kind(card).value)
        for entry, text in values.items():
            page.enter(places[entry], text)
        if section is Section.PERSON and not isinstance(card, Said):
            name, number = card.name, card.number
            page.change_party(
                lambda p: replace(
                    p,
                    name_raw=name if same_name(p.name, name) else p.name_raw,
                    machine_read=p.document_number == number,
                )
            )
        self._forget()
        self._say()
        phone = f"{section.value}_phone".lstrip("_")
        page.focus_entry("" if page.form.text(phone) else page.judge.at(phone))

    def _say_problem(self, problem: Problem) -> None:
        from capture.id_card_reader import ReaderCode

        if problem.code == ReaderCode.CARD_NOT_FOUND:
            return  # that is what is being waited for
        self._trouble = True
        self.panel.problem.show_problem(problem, tone=Tone.AMBER)

    def _say(self) -> None:
        panel = self.panel
        if self._there:
            panel.state.set_chip(self.tr("Connected"), Tone.PRIMARY)
        else:
            panel.state.set_chip(self.tr("Not connected"), Tone.PLAIN)
        person = self._page.person_in_hand()
        values = _values(self._card) if self._card is not None else {}
        differ = {
            entry: self._entered(person, entry)
            for entry, value in values.items()
            if value and self._entered(person, entry) and self._differs(person, entry, value)
        }
        panel.show_values({e: v for e, v in values.items() if e in _PLACES[person[1]]}, differ)
        panel.show_person(self._whose(person))
        if self._card is not None:
            hint = self.tr("The card says something else than the entries: compare before taking it over.")
            panel.hint.set_text(hint if differ else self.tr("Compare with the person, then take it over."))
            panel.button.set_text(self.tr("Take over"))
        else:
            waiting = self.tr("Lay the card on the reader…")
            calm = self.tr("Lay the card on the reader and press F2; or type the entries.")
            panel.hint.set_text(waiting if self._waiting and self._there else calm)
            panel.button.set_text(self.tr("Read card"))
        self._make_room()


def _values(card: IdCard | Said) -> dict[str, str]:
    texts = (in_unicode(card.name), card.number, card.letters_address)
    return dict(zip(_ENTRIES, texts, strict=True))


def _kind(card: IdCard | Said) -> DocumentKind:
    return DocumentKind.ID_CARD if isinstance(card, Said) else _KINDS[card.kind.value]
