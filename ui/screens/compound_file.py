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
from registration.dossier import DOCUMENT, MINUTES, Contact, FilePaper, dossier_of
from registration.errors import JilaiError
from registration.facts import Fact, Topic
from registration.project_state import SupposedState, supposed_state
from registration.property_unit import Compound
from storage import dossiers, reference, sessions
from ui.messages import language
from ui.newest import Newest
from ui.run import aside, run
from ui.screens import compound_forms as forms
from ui.screens.attached_files import open_files
from ui.screens.compound_cards import FileCards, FileView
from ui.screens.compound_entry import Entry, Unkept, open_entry
from ui.screens.compound_paper import compound_pdf
from ui.screens.compound_words import between, paper_words
from ui.services import Services
from ui.widgets import Choice, EmptyState, InlineProblem, Screen, SecondaryButton, Text
from ui.widgets.flow import Flow


@dataclass(frozen=True)
class _Known:
    every: list[Compound]
    compound: Compound | None
    facts: list[Fact]
    supposed: SupposedState | None = None


class CompoundFileScreen(Screen):
    """Values in by `show_compound(id)`; `compound_wanted(id)` where its building table is asked for."""

    compound_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._wanted = ""
        self._compound: Compound | None = None
        self._facts: list[Fact] = []
        self._supposed: SupposedState | None = None
        self._unkept: Unkept = {}
        self._accepted = ""  # the compound whose supposed state is being proposed
        self._reading = Newest(self, services, self._read, self._arrived)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 12, 24, 20)
        outer.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        self._title, self._where, self._choice = Text("", "heading"), Text("", "muted", elide=True), Choice()
        head.addWidget(self._title)
        head.addWidget(self._where, 1)
        self._done = Text("", "small")
        head.addWidget(self._done)
        head.addWidget(self._choice)
        outer.addLayout(head)
        self._buttons: dict[str, SecondaryButton] = {}
        for key, act in self._acts():
            button = SecondaryButton("", key)
            button.clicked.connect(act)
            self._buttons[key] = button
            shortcut = QShortcut(QKeySequence(key.replace(" ", "+")), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        accept = QShortcut(QKeySequence("Y"), self)
        accept.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        accept.activated.connect(self._accept)
        outer.addWidget(Flow(tuple(self._buttons.values()), gap=8))
        self.problem = InlineProblem()
        outer.addWidget(self.problem)
        self._empty = EmptyState("building-2")
        outer.addWidget(self._empty, 1)
        self.cards = FileCards(services)
        self.cards.wanted.connect(self._entry_wanted)
        self.cards.accepted.connect(self._accept)
        outer.addWidget(self.cards, 1)
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
        if not self.cards.take_focus():
            self.setFocus()

    def reload(self) -> None:
        """Read the compound in view anew; the focus stays where it is."""
        self._reading.ask()

    def _read(self) -> Callable[[Any], _Known]:
        wanted = self._wanted

        def read(db: Any) -> _Known:
            session, every = sessions.current(db), reference.compounds(db)
            ids = [wanted, session.compound_id if session else ""]
            found = next((one for i in ids for one in every if one.id == i), every[0] if every else None)
            if found is None:
                return _Known(every, None, [])
            facts, registered = dossiers.history(db, found.id), dossiers.homes_registered(db, found.id)
            return _Known(every, found, facts, supposed_state(found, dossier_of(facts), registered))

        return read

    def keys(self) -> list[tuple[str, str]]:
        return [
            *((key, self._words()[key]) for key, _ in self._acts()),
            ("Y", self.tr("Propose the state that the file speaks for")),
            ("Tab ↑ ↓", self.tr("From entry to entry")),
            ("Enter", self.tr("Look at the files of an entry, or correct it")),
            ("F2", self.tr("Correct an entry")),
            ("Delete", self.tr("Remove an entry, with a reason")),
        ]

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
            "E": self.tr("Other phone"),
            "U": self.tr("Minutes"),
            "D": self.tr("Document"),
            "G": self.tr("Developer"),
            "A": self.tr("Alias"),
            "O": self.tr("Propose"),
            "R": self.tr("Propose registration"),
            "C": self.tr("Place"),
            "Ctrl P": self.tr("Print"),
        }

    def _acts(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("P", self._plan),
            ("T", partial(self._person, True)),
            ("E", partial(self._person, False)),
            ("U", partial(self._paper, MINUTES)),
            ("D", partial(self._paper, DOCUMENT)),
            ("G", self._flag),
            ("A", self._alias),
            ("O", self._propose),
            ("R", self._propose_registration),
            ("C", self._place),
            ("Ctrl P", self._print),
        ]

    def _arrived(self, found: _Known) -> None:
        if [self._choice.itemData(i) for i in range(self._choice.count())] != [c.id for c in found.every]:
            self._choice.clear()
            for compound in found.every:
                self._choice.addItem(compound.name, compound.id)
        self._compound, self._facts, self._supposed = found.compound, found.facts, found.supposed
        if self._supposed is None:
            self._accepted = ""  # it stands among the proposals, and may be taken back
        if found.compound is not None:
            self._choice.setCurrentIndex(self._choice.findData(found.compound.id))
        self._choice.setVisible(len(found.every) > 1)
        self._fill()

    def _fill(self) -> None:
        compound = self._compound
        self._empty.setVisible(compound is None)
        self.cards.setVisible(compound is not None)
        for button in self._buttons.values():
            button.setEnabled(compound is not None)
        if compound is None:
            return
        file = dossier_of(self._facts)
        self._title.set_text(compound.name)
        also = self.tr("also {names}").format(names=between().join(file.aliases)) if file.aliases else ""
        place = " › ".join(filter(None, (file.street, file.community)))
        self._where.set_text(" · ".join(filter(None, (place, compound.address, also))))
        self.cards.show_file(FileView(compound, file, self._facts, self._supposed))

    # -- what a person does --------------------------------------------------------------------------------

    def _flag(self) -> None:
        """Put the developer on the list of defaulters, or take the mark away with a reason."""
        file = dossier_of(self._facts)
        if file.defaulter is not None:
            self._open(forms.removal("developer:", file))
        elif self._compound is not None:
            self._open(forms.flag(self._compound.developer, None))

    def _plan(self) -> None:
        plans = dossier_of(self._facts).plans
        self._open(forms.plan(plans[0].text if plans else ""))

    def _person(self, team: bool) -> None:
        self._open(forms.person(Contact(self._services.new_id(), "", team=team)))

    def _paper(self, kind: str) -> None:
        today = self._services.clock().date().isoformat()
        self._open(forms.paper(FilePaper(self._services.new_id(), kind, "", day=today), new=True))

    def _alias(self) -> None:
        self._open(forms.alias())

    def _place(self) -> None:
        self._open(forms.place(dossier_of(self._facts)))

    def _propose(self) -> None:
        if self._compound is not None:
            self._open(forms.categories(self._compound))

    def _propose_registration(self) -> None:
        if self._compound is not None:
            self._open(forms.registration(self._compound))

    def _accept(self) -> None:
        """Propose to the centre the state that the file speaks for."""
        compound, supposed = self._compound, self._supposed
        if compound is None or supposed is None or self._accepted == compound.id:
            return  # a second press is no second proposal
        self._accepted = compound.id
        services = self._services
        who, now, fact_id = services.who, services.clock(), services.new_id()
        body = {
            "field": "project_registration",
            "value": supposed.state.value,
            "because": [reason.because.value for reason in supposed.reasons],
        }
        run(
            self,
            services,
            lambda db: dossiers.change(
                db, who, now, fact_id=fact_id, compound_id=compound.id, verb="proposed", body=body
            ),
            lambda _: self.problem.clear(),
            self._not_accepted,
        )

    def _not_accepted(self, error: JilaiError) -> None:
        self._accepted = ""
        self._failed(error)

    def _entry_wanted(self, act: str, key: str) -> None:
        kind, _, at = key.partition(":")
        file = dossier_of(self._facts)
        if act == "remove":
            self._open(forms.removal(key, file))
        elif kind == "plan":
            self._open(forms.plan(next((plan.text for plan in file.plans if plan.id == at), "")))
        elif kind == "developer" and file.defaulter is not None:
            self._open(forms.flag(file.defaulter.developer, file.defaulter))
        for contact in file.contacts:
            if act == "correct" and key == f"contact:{contact.id}":
                self._open(forms.person(contact))
        for paper in file.papers:
            if act == "correct" and key == f"paper:{paper.id}":
                self._open(forms.paper(paper, new=False))
            elif act == "open" and key == f"paper:{paper.id}":
                open_files(self, self._services, paper_words(paper), paper.attachments)

    def _print(self) -> None:
        """Print the file on A4: plan, team, state, obstacles."""
        compound = self._compound
        if compound is None:
            return
        services = self._services
        printer, now, tongue = services.settings.value.a4_printer, services.clock(), language()

        def send() -> Any:
            pdf = compound_pdf(services, compound, language=tongue, now=now)
            return services.press.send(pdf, printer, compound.name)

        done = self.tr("Sent to the printer")
        aside(self, services.signals, send, lambda _: self._done.set_text(done), self._failed)

    def _failed(self, error: JilaiError) -> None:
        self.problem.show_problem(error)

    def _open(self, entry: Entry) -> None:
        if self._compound is not None:
            self.problem.clear()
            self._done.set_text("")
            if self.cards.isAncestorOf(self.focusWidget() or self):
                self.setFocus()  # under the sheet the entry may be made anew: its key finds it again
            sheet = open_entry(self.window(), self._services, self._compound.id, entry, self._unkept)
            sheet.closed.connect(self.cards.take_focus)

    def _changed(self, changes: Changes) -> None:
        if (changes.reference or Topic.COMPOUND in changes.topics) and self.isVisible():
            self.reload()
