"""Adding and removing parties, guardians and agents; every removal can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from registration.application import Application
from registration.parties import Agent, Guardian, Party, PartyKind, Role
from registration.party_list import with_party, with_party_at, with_party_back, without_party
from ui.intake.party_entries import ENTRIES, Section, agent_for
from ui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from ui.intake.applicant import ApplicantPage


class PartyChanges(QObject):
    """Changes the list of an applicant page's parties, and who acts for them."""

    def __init__(self, page: ApplicantPage) -> None:
        super().__init__(page)
        self._page = page
        self._undo: Callable[[Application], Application] | None = None
        self.undo_bar = UndoBar(page.card, above=90)
        self.undo_bar.undone.connect(self._take_back)

    def add(self, role: Role = Role.RIGHT_HOLDER) -> None:
        """Add a party of a side and take it in hand."""
        page, case = self._page, self._page.case
        if case is None:
            return
        self.undo_bar.withdraw()
        case.edit(lambda a: with_party(a, Party(role=role)))
        page.turn_to(len(case.application.parties) - 1)

    def open_section(self, section: Section) -> None:
        """Go to the guardian or the agent of the party in hand; it is made where there is none."""
        page = self._page
        if page.filing_in_hand():
            page.turn_to(page.index)
        first = f"{section.value}_name"
        if first not in page.form.shown():
            if section is Section.AGENT:
                page.change_party(lambda p: replace(p, agent=agent_for(p)))
            elif page.party().kind is PartyKind.NATURAL:
                page.change_party(lambda p: replace(p, guardian=Guardian()))
            else:
                return
            page.form.show_party(page.party())
        page.form.focus(first)

    def lender(self, section: Section) -> int | None:
        """Return the place of another party whose guardian or agent this one could have as well.

        None where the section is none that is lent, where something was entered already, or nobody has one.
        """
        page = self._page
        own = f"{section.value}_name", f"{section.value}_number"
        if section is Section.PERSON or page.case is None or any(ENTRIES[n].read(page.party()) for n in own):
            return None
        parties = page.case.application.parties
        return next(
            (i for i, party in enumerate(parties) if i != page.index and _acting(party, section) is not None),
            None,
        )

    def take_same(self, section: Section) -> None:
        """Take the guardian or agent of another party for the one in hand as well."""
        page = self._page
        place = self.lender(section)
        if place is None or page.case is None:
            return
        other = page.case.application.parties[place]
        if section is Section.AGENT:
            page.change_party(lambda p: replace(p, agent=other.agent))
        else:
            page.change_party(lambda p: replace(p, guardian=other.guardian))
        page.judge.take_up()
        page.show_party()

    def remove(self) -> None:
        """Take out what the hand is in: the agent, the guardian, or the whole party."""
        case, page = self._page.case, self._page
        if case is None or page.filing_in_hand():
            return
        index, section = page.person_in_hand()
        if section is not Section.PERSON:
            self.remove_section(section)
        elif len(case.application.parties) > 1:
            after, removed = without_party(case.application, index)
            case.edit(lambda _: after)
            self._undo = lambda a: with_party_back(a, removed)
            self._left_without(min(index, len(after.parties) - 1), self.tr("The party was removed"))

    def remove_section(self, section: Section) -> None:
        """Take out the guardian or the agent of the party in hand."""
        index, party = self._page.index, self._page.party()
        if section is Section.AGENT:
            self._page.change_party(lambda p: replace(p, agent=None))
            self._undo = lambda a: _with(a, index, agent=party.agent)
            self._left_without(index, self.tr("The agent was removed"))
        else:
            self._page.change_party(lambda p: replace(p, guardian=None))
            self._undo = lambda a: _with(a, index, guardian=party.guardian)
            self._left_without(index, self.tr("The guardian was removed"))

    def _left_without(self, index: int, said: str) -> None:
        page = self._page
        page.judge.take_up()
        page.index, page.section = index, Section.PERSON
        page.show_party()
        page.turn_to(index)
        page.hand_moved.emit()
        self.undo_bar.offer(said)

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None and self._page.case is not None:
            self._page.case.edit(undo)
            self._page.judge.take_up()
            self._page.show_party()


def _acting(party: Party, section: Section) -> Agent | Guardian | None:
    return party.agent if section is Section.AGENT else party.guardian


def _with(
    application: Application, index: int, *, agent: Agent | None = None, guardian: Guardian | None = None
) -> Application:
    """Return the application with a removed agent or guardian again with its party."""
    if index >= len(application.parties):
        return application
    party = application.parties[index]
    back = replace(party, agent=agent or party.agent, guardian=guardian or party.guardian)
    return with_party_at(application, index, back)
