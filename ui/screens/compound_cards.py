"""The cards of a compound's file: plan, people, papers, developer, history; an entry is a row with keys."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from registration.dossier import Contact, Dossier, FilePaper, PlanVersion, still_proposed
from registration.facts import Fact
from registration.project_state import SupposedState
from registration.property_unit import Compound
from ui.messages import language
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
from ui.widgets.layouts import clear

_PAST = 200  # lines of the history
_FORMER = 60  # characters of a former plan in its line
_TURN_SECONDS = 0.012


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
        self._says: dict[str, object] = {}
        self._waiting: deque[tuple[str, Callable[[], QWidget]]] = deque()
        self._awaited = ""  # the entry that is to have the focus once it is there
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._make_waiting)
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
        """Make those cards anew that say something else than before, over some turns where they are long."""
        file, compound = view.file, view.compound
        of_developer = (compound, file.defaulter, file.proposals, file.aliases, view.supposed)
        past = tuple(reversed(view.facts))[:_PAST]
        fills: dict[str, tuple[object, Callable[[], None]]] = {
            "plan": (file.plans, lambda: self._fill_plan(file)),
            "papers": (file.papers, lambda: self._fill_papers(file)),
            "team": (file.contacts, lambda: self._fill_team(file)),
            "developer": (of_developer, lambda: self._fill_developer(view)),
            "past": (tuple(fact.id for fact in past), lambda: self._fill_past(past)),
        }
        here = self.focusWidget()
        for name, (says, fill) in fills.items():
            if self._says.get(name) != (language(), compound.id, says):
                self._says[name] = (language(), compound.id, says)
                card = self._cards[name]
                if here is not None and here.hasFocus() and card.isAncestorOf(here):
                    self._step_back(here)
                self._waiting = deque(job for job in self._waiting if job[0] != name)
                clear(card.body)
                fill()
        self._make_waiting()

    def take_focus(self) -> bool:
        """Go back to the entry at hand; False where it is there no more."""
        for row in self.findChildren(EntryRow):
            if row.key == self.focus_key and not row.isHidden():
                row.setFocus()
                return True
        self._awaited = self.focus_key if self._waiting else ""
        return bool(self._awaited)

    def _step_back(self, here: QWidget) -> None:
        """Have the page hold the focus until the entry at hand was made anew; its keys go on working."""
        above = self.parentWidget()
        if isinstance(here, EntryRow):
            self.focus_key = self._awaited = here.key
        if above is not None:
            above.setFocus()

    def _later(self, card: str, make: Callable[[], QWidget]) -> None:
        self._waiting.append((card, make))

    def _make_waiting(self) -> None:
        """Make what waits, no longer than a key may wait, and go on in the next turn."""
        until = monotonic() + _TURN_SECONDS
        while self._waiting:
            name, make = self._waiting.popleft()
            widget = make()
            self._cards[name].body.addWidget(widget)
            widget.show()  # now, not with the next turn: nothing flickers, and it takes the focus
            if isinstance(widget, EntryRow) and widget.key == self._awaited:
                self._awaited = ""
                widget.setFocus()
            if monotonic() > until:
                break
        if self._waiting:
            self._next.start()

    def _row(
        self, card: str, key: str, name: str, lines: Callable[[], Sequence[QWidget]], files: int = 0
    ) -> None:
        self._later(card, lambda: self._made(key, name, lines(), files))

    def _made(self, key: str, name: str, lines: Sequence[QWidget], files: int) -> EntryRow:
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
        return row

    def _want(self, act: str, key: str) -> None:
        self.focus_key = key
        self.wanted.emit(act, key)

    def _note(self, card: str, words: str) -> None:
        self._later(card, lambda: Text(words, "muted", wrap=True))

    def _fill_plan(self, file: Dossier) -> None:
        versions = len(file.plans)
        title = self.tr("Plan, version {n}").format(n=versions) if versions else self.tr("Plan")
        self._cards["plan"].set_title(title)
        for number, plan in zip(range(versions, 0, -1), file.plans, strict=True):
            name = self.tr("version {n} of the plan").format(n=number)
            self._row(
                "plan", f"plan:{plan.id}", name, partial(self._plan_lines, number, plan, number == versions)
            )
        if not file.plans:
            self._note("plan", self.tr("No plan yet. P writes the first version."))

    def _plan_lines(self, number: int, plan: PlanVersion, newest: bool) -> Sequence[QWidget]:
        text = plan.text if newest else plan.text[:_FORMER].replace("\n", " ")
        line = f"{number} · {plan.by} · {local_day(plan.at, self._services.clock().tzinfo)}"
        return Text(text, wrap=newest, selectable=newest, elide=not newest), Text(line, "small")

    def _fill_team(self, file: Dossier) -> None:
        self._cards["team"].set_title(self.tr("Task force and phones"))
        for contact in sorted(file.contacts, key=lambda one: not one.team):
            lines = partial(_contact_lines, contact)
            self._row("team", f"contact:{contact.id}", contact.name, lines)
        if not file.contacts:
            self._note("team", self.tr("Nobody is named yet. T adds a person."))

    def _fill_developer(self, view: FileView) -> None:
        file, compound, flag = view.file, view.compound, view.file.defaulter
        self._cards["developer"].set_title(self.tr("Developer and project"))
        if view.supposed is not None:
            supposed = view.supposed
            self._later("developer", lambda: self._supposed(supposed))
        self._later("developer", lambda: Text(compound.developer or "—", "strong", wrap=True))
        if flag is not None:
            said = between().join(filter(None, (flag.source, flag.day, *flag.measures)))
            chip = self.tr("On the list of defaulters")
            name = self.tr("the mark as a defaulter")
            self._row(
                "developer",
                "developer:",
                name,
                lambda: (Chip(chip, Tone.SEAL), Text(said, "small", wrap=True)),
            )
        state = registrations()[compound.project_registration.value]
        registration = self.tr("First registration: {state}").format(state=state)
        categories = self.tr("Categories: {what}").format(what=between().join(compound.categories) or "—")
        for words in (registration, categories):
            self._later("developer", partial(Text, words, wrap=True))
        owned: dict[str, Any] = {
            "categories": list(compound.categories),
            "project_registration": compound.project_registration.value,
        }
        zone = self._services.clock().tzinfo
        for one in still_proposed(file, owned):
            lines = partial(_toned, proposal_words(one, zone), Tone.AMBER)
            self._row("developer", f"proposal:{one.field}", self.tr("the proposal"), lines)
        for alias in file.aliases:
            also = self.tr("also {names}").format(names=alias)
            self._row("developer", f"alias:{alias}", alias, partial(_elided, also))

    def _supposed(self, supposed: SupposedState) -> QWidget:
        """Show what the file speaks for: a person proposes it, nothing does it by itself."""
        why = between().join(map(reason_words, supposed.reasons))
        words = self.tr("What is known here speaks for “{state}”: {why}.")
        (said,) = _toned(words.format(state=registrations()[supposed.state.value], why=why), Tone.BLUE)
        accept = SecondaryButton(self.tr("Propose it to the centre"), "Y")
        accept.clicked.connect(self.accepted)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(said)
        column.addWidget(accept, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _fill_papers(self, file: Dossier) -> None:
        self._cards["papers"].set_title(self.tr("Minutes and documents"))
        for paper in file.papers:
            files = len(paper.attachments)
            attached = self.tr("%n file(s) attached", "", files) if files else ""
            more = " · ".join(filter(None, (paper.gist, attached)))
            self._row("papers", f"paper:{paper.id}", paper.title, partial(_paper_lines, paper, more), files)
        if not file.papers:
            self._note("papers", self.tr("Nothing yet. U adds minutes, D another document."))

    def _fill_past(self, facts: Sequence[Fact]) -> None:
        now = self._services.clock()
        self._cards["past"].set_title(self.tr("History"))
        said = "\n".join(
            f"{day_and_time(fact.at.astimezone(now.tzinfo), now)} · {fact.operator_name} · {fact_words(fact)}"
            for fact in facts
        )
        self._later("past", lambda: Text(said, "small", wrap=True, selectable=True))  # one widget for all


def _contact_lines(contact: Contact) -> Sequence[QWidget]:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(Text(contact.name, "strong" if contact.team else "body"))
    said = " · ".join(filter(None, (contact.unit, contact.role)))
    line.addWidget(Text(said, "muted", elide=True), 1)
    line.addWidget(Text(contact.phone, selectable=True))
    return (holder,)


def _paper_lines(paper: FilePaper, more: str) -> Sequence[QWidget]:
    head = Text(paper_words(paper), "strong", wrap=True)
    return (head, Text(more, "small", wrap=True)) if more else (head,)


def _toned(words: str, tone: Tone) -> Sequence[QWidget]:
    said = Text(words, wrap=True)
    said.set_tone(tone)
    return (said,)


def _elided(words: str) -> Sequence[QWidget]:
    return (Text(words, elide=True),)
