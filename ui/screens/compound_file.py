"""A compound's file (一小区一方案一专班): plan, task force, papers, developer, proposals, and its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.dossier import MINUTES, Dossier, FilePaper, dossier_of, still_proposed
from registration.facts import Fact, Topic
from registration.property_unit import Compound
from storage import dossiers, reference, sessions
from ui.history_words import action_words
from ui.messages import language
from ui.moments import day_and_time
from ui.run import read_aside
from ui.screens.compound_entry import Entry, open_entry
from ui.services import Services
from ui.theme import Tone
from ui.widgets import Card, Chip, Choice, EmptyState, Screen, ScrollArea, SecondaryButton, Text
from ui.widgets.layouts import clear

_PAST = 12  # lines of the history in view


@dataclass(frozen=True)
class _Known:
    every: list[Compound]
    compound: Compound | None
    facts: list[Fact]


class CompoundFileScreen(Screen):
    """Values in by `show_compound(id)`; `compound_wanted(id)` where its building table is asked for."""

    compound_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._wanted = ""
        self._compound: Compound | None = None
        self._facts: list[Fact] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 12, 24, 20)
        outer.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        self._title, self._where, self._choice = Text("", "heading"), Text("", "muted", elide=True), Choice()
        head.addWidget(self._title)
        head.addWidget(self._where, 1)
        head.addWidget(self._choice)
        outer.addLayout(head)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self._buttons: dict[str, SecondaryButton] = {}
        for key, act in self._acts():
            button = SecondaryButton("", key)
            button.clicked.connect(act)
            bar.addWidget(button)
            self._buttons[key] = button
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        bar.addStretch(1)
        outer.addLayout(bar)
        self._empty = EmptyState("building-2")
        outer.addWidget(self._empty, 1)
        self._page = QWidget()
        columns = QHBoxLayout(self._page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        self._cards = {name: Card(" ") for name in ("plan", "team", "developer", "papers", "past")}
        for names in (("plan", "papers"), ("team", "developer", "past")):
            area = ScrollArea()
            for name in names:
                area.column.addWidget(self._cards[name])
            area.column.addStretch(1)
            columns.addWidget(area, 1)
        outer.addWidget(self._page, 1)
        self._choice.activated.connect(lambda at: self.show_compound(str(self._choice.itemData(at))))
        services.signals.changed.connect(self._changed)
        self.retranslate()

    # -- what is shown -------------------------------------------------------------------------------------

    def show_compound(self, compound_id: str) -> None:
        self._wanted = compound_id
        self.shown()

    def ready(self) -> bool:
        """Say whether a compound is in view."""
        return self._compound is not None

    def shown(self) -> None:
        self.reload()
        self.setFocus()

    def reload(self) -> None:
        """Read the compound in view anew; the focus stays where it is."""
        wanted = self._wanted

        def read(db: Any) -> _Known:
            session, every = sessions.current(db), reference.compounds(db)
            ids = [wanted, session.compound_id if session else ""]
            found = next((one for i in ids for one in every if one.id == i), every[0] if every else None)
            return _Known(every, found, dossiers.history(db, found.id) if found else [])

        read_aside(self, self._services, read, self._arrived)

    def keys(self) -> list[tuple[str, str]]:
        return [(key, self._words()[key]) for key, _ in self._acts()]

    def retranslate(self) -> None:
        self._choice.setAccessibleName(self.tr("Compound"))
        self._empty.set_words(
            self.tr("No compound yet"), self.tr("The centre sends compounds with their building tables.")
        )
        words = self._words()
        for key, button in self._buttons.items():
            button.set_text(words[key])
        self._fill()

    def _words(self) -> dict[str, str]:
        return {
            "P": self.tr("Plan"),
            "T": self.tr("Person"),
            "U": self.tr("Minutes"),
            "D": self.tr("Document"),
            "G": self.tr("Developer"),
            "A": self.tr("Alias"),
            "O": self.tr("Propose"),
            "C": self.tr("Place"),
        }

    def _acts(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("P", self._plan),
            ("T", self._person),
            ("U", partial(self._paper, MINUTES)),
            ("D", partial(self._paper, "document")),
            ("G", self._flag),
            ("A", self._alias),
            ("O", self._propose),
            ("C", self._place),
        ]

    def _arrived(self, found: _Known) -> None:
        if [self._choice.itemData(i) for i in range(self._choice.count())] != [c.id for c in found.every]:
            self._choice.clear()
            for compound in found.every:
                self._choice.addItem(compound.name, compound.id)
        self._compound, self._facts = found.compound, found.facts
        if found.compound is not None:
            self._choice.setCurrentIndex(self._choice.findData(found.compound.id))
        self._choice.setVisible(len(found.every) > 1)
        self._fill()

    def _fill(self) -> None:
        compound = self._compound
        self._empty.setVisible(compound is None)
        self._page.setVisible(compound is not None)
        for button in self._buttons.values():
            button.setEnabled(compound is not None)
        if compound is None:
            return
        file = dossier_of(self._facts)
        between = ", " if language() == "en" else "、"
        self._title.set_text(compound.name)
        also = self.tr("also {names}").format(names=between.join(file.aliases)) if file.aliases else ""
        place = " › ".join(filter(None, (file.street, file.community)))
        self._where.set_text(" · ".join(filter(None, (place, compound.address, also))))
        for card in self._cards.values():
            clear(card.body)
        self._fill_plan(file)
        self._fill_team(file)
        self._fill_developer(file, compound, between)
        self._fill_papers(file)
        self._fill_past()

    def _fill_plan(self, file: Dossier) -> None:
        card, versions = self._cards["plan"], len(file.plans)
        card.set_title(self.tr("Plan, version {n}").format(n=versions) if versions else self.tr("Plan"))
        if file.plans:
            card.body.addWidget(Text(file.plans[0].text, wrap=True, selectable=True))
            newest = f"{file.plans[0].by} · {file.plans[0].at[:10]}"
            card.body.addWidget(Text(newest, "small"))
        else:
            card.body.addWidget(Text(self.tr("No plan yet. P writes the first version."), "muted", wrap=True))

    def _fill_team(self, file: Dossier) -> None:
        card = self._cards["team"]
        card.set_title(self.tr("Task force and phones"))
        for contact in sorted(file.contacts, key=lambda one: not one.team):
            said = " · ".join(filter(None, (contact.unit, contact.role)))
            row = QHBoxLayout()
            row.addWidget(Text(contact.name, "strong" if contact.team else "body"))
            row.addWidget(Text(said, "muted", elide=True), 1)
            row.addWidget(Text(contact.phone, selectable=True))
            holder = QWidget()
            holder.setLayout(row)
            row.setContentsMargins(0, 0, 0, 0)
            card.body.addWidget(holder)
        if not file.contacts:
            card.body.addWidget(Text(self.tr("Nobody is named yet. T adds a person."), "muted", wrap=True))

    def _fill_developer(self, file: Dossier, compound: Compound, between: str) -> None:
        card, flag = self._cards["developer"], file.defaulter
        card.set_title(self.tr("Developer and project"))
        card.body.addWidget(Text(compound.developer or "—", "strong", wrap=True))
        if flag is not None:
            card.body.addWidget(Chip(self.tr("On the list of defaulters"), Tone.SEAL))
            said = between.join(filter(None, (flag.source, flag.day, *flag.measures)))
            card.body.addWidget(Text(said, "small", wrap=True))
        categories = between.join(compound.categories) or "—"
        card.body.addWidget(Text(self.tr("Categories: {what}").format(what=categories), wrap=True))
        owned = {"categories": list(compound.categories)}
        owned["project_registration"] = compound.project_registration.value  # type: ignore[assignment]
        for one in still_proposed(file, owned):
            value = between.join(map(str, one.value)) if isinstance(one.value, list) else str(one.value)
            words = self.tr("Proposed, the centre decides: {what} ({by}, {day})")
            said = words.format(what=value, by=one.by, day=one.at[:10])
            note = Text(said, wrap=True)
            note.set_tone(Tone.AMBER)
            card.body.addWidget(note)

    def _fill_papers(self, file: Dossier) -> None:
        card = self._cards["papers"]
        card.set_title(self.tr("Minutes and documents"))
        for paper in file.papers:
            card.body.addWidget(Text(_paper_words(paper), "strong", wrap=True))
            more = [paper.gist]
            if paper.attachments:
                more.append(self.tr("%n file(s) attached", "", len(paper.attachments)))
            if any(more):
                card.body.addWidget(Text(" · ".join(filter(None, more)), "small", wrap=True))
        if not file.papers:
            words = self.tr("Nothing yet. U adds minutes, D another document.")
            card.body.addWidget(Text(words, "muted", wrap=True))

    def _fill_past(self) -> None:
        card, now = self._cards["past"], self._services.clock()
        card.set_title(self.tr("History"))
        for fact in reversed(self._facts[-_PAST:]):
            time = day_and_time(fact.at.astimezone(now.tzinfo), now)
            said = action_words(f"{fact.topic.value}_{fact.verb}", {})
            card.body.addWidget(Text(f"{time} · {fact.operator_name} · {said}", "small", wrap=True))

    # -- what a person does --------------------------------------------------------------------------------

    def _plan(self) -> None:
        file = dossier_of(self._facts)
        text = file.plans[0].text if file.plans else ""
        lines = [("text", self.tr("Plan"), text)]
        self._open(Entry(self.tr("A new version of the plan"), "plan_written", lines, {}, long="text"))

    def _person(self) -> None:
        lines = [
            ("name", self.tr("Name"), ""),
            ("unit", self.tr("Unit"), ""),
            ("role", self.tr("Role"), ""),
            ("phone", self.tr("Phone"), ""),
        ]
        fixed = {"id": self._services.new_id(), "team": True}
        self._open(Entry(self.tr("A person of the task force"), "contact_kept", lines, fixed))

    def _paper(self, kind: str) -> None:
        today = self._services.clock().date().isoformat()
        lines = [
            ("title", self.tr("Title"), ""),
            ("number", self.tr("Number"), ""),
            ("day", self.tr("Day"), today),
            ("gist", self.tr("What was decided"), ""),
        ]
        title = self.tr("Minutes, as a legal basis") if kind == MINUTES else self.tr("A document")
        fixed = {"id": self._services.new_id(), "kind": kind}
        self._open(Entry(title, "paper_kept", lines, fixed, attaches=True))

    def _flag(self) -> None:
        """Put the developer on the list of defaulters, or take the mark away with a reason."""
        compound, file = self._compound, dossier_of(self._facts)
        if compound is None:
            return
        if file.defaulter is not None:
            fixed = {"developer": file.defaulter.developer}
            lines = [("reason", self.tr("Why the mark goes"), "")]
            self._open(Entry(self.tr("Take the mark away"), "developer_cleared", lines, fixed))
            return
        lines = [
            ("developer", self.tr("Developer"), compound.developer),
            ("source", self.tr("The list it stands on"), ""),
            ("day", self.tr("Day"), ""),
            ("measures", self.tr("Measures, parted by commas"), ""),
        ]
        title = self.tr("Developer on the list of defaulters")
        self._open(Entry(title, "developer_flagged", lines, {}, listed="measures"))

    def _alias(self) -> None:
        lines = [("alias", self.tr("Another name of the compound or its street"), "")]
        self._open(Entry(self.tr("Other name"), "alias_added", lines, {}))

    def _propose(self) -> None:
        compound = self._compound
        if compound is not None:
            known = ", ".join(compound.categories)
            lines = [("value", self.tr("Categories, parted by commas: C1, C4"), known)]
            fixed = {"field": "categories"}
            title = self.tr("Propose other categories to the centre")
            self._open(Entry(title, "proposed", lines, fixed, listed="value"))

    def _place(self) -> None:
        file = dossier_of(self._facts)
        lines = [
            ("street", self.tr("Street office"), file.street),
            ("community", self.tr("Community"), file.community),
        ]
        self._open(Entry(self.tr("Street office and community"), "placed", lines, {}))

    def _open(self, entry: Entry) -> None:
        if self._compound is not None:
            open_entry(self.window(), self._services, self._compound.id, entry)

    def _changed(self, changes: Changes) -> None:
        if (changes.reference or Topic.COMPOUND in changes.topics) and self.isVisible():
            self.reload()


def _paper_words(paper: FilePaper) -> str:
    return " · ".join(filter(None, (paper.day, paper.number, paper.title)))
