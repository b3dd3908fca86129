"""The cards of a compound's file: plan, people, papers, developer, history; an entry is a row with keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from registration.dossier import Dossier, FilePaper, still_proposed
from registration.facts import Fact
from registration.project_state import SupposedState
from registration.property_unit import Compound
from ui.moments import day_and_time
from ui.screens.compound_words import (
    between,
    fact_words,
    local_day,
    paper_words,
    proposal_words,
    reason_words,
    registrations,
)
from ui.services import Services
from ui.theme import Tone
from ui.widgets import Card, Chip, ScrollArea, SecondaryButton, Text
from ui.widgets.entry_row import EntryRow
from ui.widgets.layouts import clear, show_all

_PAST = 200  # lines of the history
_FORMER = 60  # characters of a former plan in its line


@dataclass(frozen=True)
class FileView:
    """What the cards show of a compound."""

    compound: Compound
    file: Dossier
    facts: Sequence[Fact] = field(default_factory=tuple)
    supposed: SupposedState | None = None


class FileCards(QWidget):
    """`show_file(view)`; `wanted(act, entry key)` where an entry is to be opened, corrected or removed.

    `accepted()` where the supposed state is to be proposed. The entry that had the focus has it again.
    """

    wanted = Signal(str, str)
    accepted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.focus_key = ""  # the entry at hand, which the focus comes back to
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        self._cards = {name: Card(" ") for name in ("plan", "team", "developer", "papers", "past")}
        for card in self._cards.values():
            card.body.setSpacing(4)
        for names in (("plan", "papers"), ("team", "developer", "past")):
            area = ScrollArea()
            for name in names:
                area.column.addWidget(self._cards[name])
            area.column.addStretch(1)
            columns.addWidget(area, 1)

    def show_file(self, view: FileView) -> None:
        here = self.focusWidget()
        focused = here is not None and here.hasFocus()
        if isinstance(here, EntryRow) and focused:
            self.focus_key = here.key
        for card in self._cards.values():
            clear(card.body)
        self._fill_plan(view.file)
        self._fill_team(view.file)
        self._fill_developer(view)
        self._fill_papers(view.file)
        self._fill_past(view.facts)
        for card in self._cards.values():
            show_all(card.body)
        above = self.parentWidget()
        if focused and not self.take_focus() and above is not None:
            above.setFocus()  # what was at hand is gone: the keys of the page go on working

    def take_focus(self) -> bool:
        """Go back to the entry at hand; False where it is there no more."""
        for row in self.findChildren(EntryRow):
            if row.key == self.focus_key and not row.isHidden():
                row.setFocus()
                return True
        return False

    def _row(self, card: str, key: str, name: str, lines: Sequence[QWidget], *, files: int = 0) -> None:
        row = EntryRow(key, name)
        for line in lines:
            row.column.addWidget(line)
        row.opened.connect(lambda: self._want("open", key))
        row.corrected.connect(lambda: self._want("correct", key))
        row.removed.connect(lambda: self._want("remove", key))
        fixed = key.partition(":")[0] in ("alias", "proposal")
        row.offer(
            open=self.tr("Look at the files of {name}").format(name=name) if files else "",
            correct="" if fixed else self.tr("Correct {name}").format(name=name),
            remove=self.tr("Remove {name}").format(name=name),
        )
        self._cards[card].body.addWidget(row)

    def _want(self, act: str, key: str) -> None:
        self.focus_key = key
        self.wanted.emit(act, key)

    def _note(self, card: str, words: str) -> None:
        self._cards[card].body.addWidget(Text(words, "muted", wrap=True))

    def _fill_plan(self, file: Dossier) -> None:
        versions = len(file.plans)
        title = self.tr("Plan, version {n}").format(n=versions) if versions else self.tr("Plan")
        self._cards["plan"].set_title(title)
        zone = self._services.clock().tzinfo
        for number, plan in zip(range(versions, 0, -1), file.plans, strict=True):
            newest = number == versions
            text = plan.text if newest else plan.text[:_FORMER].replace("\n", " ")
            said = Text(text, wrap=newest, selectable=newest, elide=not newest)
            line = f"{number} · {plan.by} · {local_day(plan.at, zone)}"
            name = self.tr("version {n} of the plan").format(n=number)
            self._row("plan", f"plan:{plan.id}", name, (said, Text(line, "small")))
        if not file.plans:
            self._note("plan", self.tr("No plan yet. P writes the first version."))

    def _fill_team(self, file: Dossier) -> None:
        self._cards["team"].set_title(self.tr("Task force and phones"))
        for contact in sorted(file.contacts, key=lambda one: not one.team):
            said = " · ".join(filter(None, (contact.unit, contact.role)))
            line, holder = QHBoxLayout(), QWidget()
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(Text(contact.name, "strong" if contact.team else "body"))
            line.addWidget(Text(said, "muted", elide=True), 1)
            line.addWidget(Text(contact.phone, selectable=True))
            holder.setLayout(line)
            self._row("team", f"contact:{contact.id}", contact.name, (holder,))
        if not file.contacts:
            self._note("team", self.tr("Nobody is named yet. T adds a person."))

    def _fill_developer(self, view: FileView) -> None:
        card, file, compound, flag = self._cards["developer"], view.file, view.compound, view.file.defaulter
        card.set_title(self.tr("Developer and project"))
        if view.supposed is not None:
            self._fill_supposed(view.supposed)
        card.body.addWidget(Text(compound.developer or "—", "strong", wrap=True))
        if flag is not None:
            said = between().join(filter(None, (flag.source, flag.day, *flag.measures)))
            chip = Chip(self.tr("On the list of defaulters"), Tone.SEAL)
            name = self.tr("the mark as a defaulter")
            self._row("developer", "developer:", name, (chip, Text(said, "small", wrap=True)))
        state = registrations()[compound.project_registration.value]
        card.body.addWidget(Text(self.tr("First registration: {state}").format(state=state), wrap=True))
        categories = between().join(compound.categories) or "—"
        card.body.addWidget(Text(self.tr("Categories: {what}").format(what=categories), wrap=True))
        owned: dict[str, Any] = {
            "categories": list(compound.categories),
            "project_registration": compound.project_registration.value,
        }
        for one in still_proposed(file, owned):
            note = Text(proposal_words(one, self._services.clock().tzinfo), wrap=True)
            note.set_tone(Tone.AMBER)
            self._row("developer", f"proposal:{one.field}", self.tr("the proposal"), (note,))
        for alias in file.aliases:
            said = self.tr("also {names}").format(names=alias)
            self._row("developer", f"alias:{alias}", alias, (Text(said, elide=True),))

    def _fill_supposed(self, supposed: SupposedState) -> None:
        """Show what the file speaks for: a person proposes it, nothing does it by itself."""
        why = between().join(map(reason_words, supposed.reasons))
        words = self.tr("What is known here speaks for “{state}”: {why}.")
        said = Text(words.format(state=registrations()[supposed.state.value], why=why), wrap=True)
        said.set_tone(Tone.BLUE)
        accept = SecondaryButton(self.tr("Propose it to the centre"), "Y")
        accept.clicked.connect(self.accepted)
        line, holder = QHBoxLayout(), QWidget()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(accept)
        line.addStretch(1)
        holder.setLayout(line)
        self._cards["developer"].body.addWidget(said)
        self._cards["developer"].body.addWidget(holder)

    def _fill_papers(self, file: Dossier) -> None:
        self._cards["papers"].set_title(self.tr("Minutes and documents"))
        for paper in file.papers:
            lines = [Text(paper_words(paper), "strong", wrap=True)]
            more = self._more(paper)
            if more:
                lines.append(Text(more, "small", wrap=True))
            self._row("papers", f"paper:{paper.id}", paper.title, lines, files=len(paper.attachments))
        if not file.papers:
            self._note("papers", self.tr("Nothing yet. U adds minutes, D another document."))

    def _more(self, paper: FilePaper) -> str:
        files = self.tr("%n file(s) attached", "", len(paper.attachments)) if paper.attachments else ""
        return " · ".join(filter(None, (paper.gist, files)))

    def _fill_past(self, facts: Sequence[Fact]) -> None:
        card, now = self._cards["past"], self._services.clock()
        card.set_title(self.tr("History"))
        said = [
            f"{day_and_time(fact.at.astimezone(now.tzinfo), now)} · {fact.operator_name} · {fact_words(fact)}"
            for fact in list(reversed(facts))[:_PAST]
        ]
        card.body.addWidget(Text("\n".join(said), "small", wrap=True, selectable=True))  # one widget for all
