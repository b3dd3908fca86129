"""The survey at the doors: the building beside the form, one door after the other, all by keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.facts import Topic
from registration.property_unit import Compound
from registration.standing import Standing
from registration.survey import Answers, Lives, Outcome, Survey, SurveyState, Tally
from storage import audit, survey_drafts, surveys
from storage.values import HouseholdCell
from ui.messages import language
from ui.newest import Newest
from ui.run import aside, read_aside, run
from ui.screens.survey_door import SurveyDoor
from ui.screens.survey_draft import DraftHolder
from ui.screens.table_reading import State, read_table
from ui.services import Services
from ui.widgets import Card, Choice, EmptyState, Screen, Text
from ui.widgets.household_picker import HouseholdPicker
from ui.widgets.undo_bar import UndoBar

_STANDS = {
    SurveyState.SURVEYED.value: Standing.SURVEYED,
    SurveyState.REFUSED.value: Standing.SURVEYED,
    SurveyState.PLANNED.value: Standing.BOOKED,
}
"""How a door looks in the picture of the survey; what else stands there is to be gone to."""
_LIVES = {"1": Lives.OWNER, "2": Lives.TENANT, "3": Lives.EMPTY}


_Doors = tuple[State, Mapping[str, Tally], frozenset[str]]
"""The compound in view, how far its survey is by building, and the doors with something that is not kept."""


class SurveyScreen(Screen):
    """Values in by `show_compound(id)`; everything that is heard goes into the store, kept or not."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._compound: Compound | None = None
        self._wanted, self._loaded = "", ""
        self._sought = ""  # a household that is gone to once its compound is there
        self._keeping = False
        self._path: list[str] = []  # street, community, compound
        self._tallies: Mapping[str, Tally] = {}
        self._unkept = self._pictured = frozenset[str]()
        self._thrown: tuple[str, Answers] | None = None  # what can be had again for a moment
        self._reading = Newest(self, services, self._read, self._arrived)
        self._drafts = DraftHolder(services, self)
        self._drafts.failed.connect(self._failed)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 20)
        row.setSpacing(16)
        card = Card(" ")
        self._card = card
        self._choice = Choice()
        self._progress = Text("", "muted")
        card.header.addStretch(1)
        card.header.addWidget(self._progress)
        card.header.addWidget(self._choice)
        self.picker = HouseholdPicker()
        card.body.addWidget(self.picker, 1)
        self._empty = EmptyState("building-2")
        self._empty.hide()
        row.addWidget(card, 1)
        row.addWidget(self._empty, 1)
        self.door = SurveyDoor()
        self.form, self.problem = self.door.form, self.door.problem
        row.addWidget(self.door)
        for button, act in (
            (self.door.blank, self.print_blank),
            (self.door.keep_button, self.keep),
            (self.door.missed, lambda: self._close(Outcome.NOT_HOME)),
            (self.door.refused, lambda: self._close(Outcome.REFUSED)),
            (self.door.drop_button, self.drop_draft),
        ):
            button.clicked.connect(act)
        self.door.reveal.revealed.connect(self._show_person)
        self.form.edited.connect(self._edited)
        self._undo = UndoBar(self.door, above=150)
        self._undo.undone.connect(self._take_back)
        self.picker.picked.connect(lambda _: self.form.lives.setFocus())
        self.picker.current_changed.connect(lambda _: self._load())
        self._choice.activated.connect(lambda at: self.show_compound(str(self._choice.itemData(at))))
        for key, act in (
            ("Ctrl+Return", self.keep),
            ("H", lambda: self._close(Outcome.NOT_HOME)),
            ("R", lambda: self._close(Outcome.REFUSED)),
            ("X", self.drop_draft),
            ("Ctrl+Z", self._undo.undo),
            ("Ctrl+P", self.print_blank),
            *((key, lambda lives=lives: self._lives(lives)) for key, lives in _LIVES.items()),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        services.signals.changed.connect(self._changed)
        self.retranslate()

    # -- what is shown -------------------------------------------------------------------------------------

    def show_compound(self, compound_id: str) -> None:
        self._wanted = compound_id
        self.shown()

    def show_thing(self, household_id: str, compound_id: str) -> None:
        """Show a compound's doors, with this one in hand."""
        self._sought = household_id
        self.show_compound(compound_id)

    def ready(self) -> bool:
        """Say whether a household stands in the form."""
        return bool(self._loaded)

    def shown(self) -> None:
        self.reload()
        if not self.form.isAncestorOf(self.focusWidget() or self):
            self.picker.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is typed is in the store before the page is left, the vault locked or the window closed."""
        self._drafts.hold_now()
        super().hideEvent(event)

    def reload(self) -> None:
        """Read the doors anew; the focus and what stands in the form stay."""
        self._reading.ask()

    def _read(self) -> Callable[[Any], _Doors]:
        wanted = self._wanted

        def read(db: Any) -> _Doors:
            state = read_table(db, wanted)
            if state[2] is None:
                return state, {}, frozenset()
            return state, surveys.tallies(db, state[2].id), survey_drafts.of_compound(db, state[2].id)

        return read

    def search(self) -> None:
        self.picker.search.take_focus()

    def back(self) -> bool:
        if self.picker.grid.hasFocus():
            return False
        self.picker.search.clear()
        self.picker.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("/", self.tr("Search the house number")),
            ("← ↑ ↓ →", self.tr("Walk through the doors")),
            ("Enter", self.tr("Into the form")),
            ("1 2 3", self.tr("Owner, tenant, empty")),
            ("Ctrl Enter", self.tr("Keep the answers, next door")),
            ("H", self.tr("Not home: to be gone to again")),
            ("R", self.tr("Does not want to answer")),
            ("X", self.tr("Throw away what is not kept")),
            ("Ctrl Z", self.tr("Take back what was thrown away")),
            ("Ctrl P", self.tr("Print blanks for this building")),
        ]

    def retranslate(self) -> None:
        self._choice.setAccessibleName(self.tr("Compound"))
        self._empty.set_words(
            self.tr("No compound yet"), self.tr("The centre sends compounds with their building tables.")
        )
        self.door.retranslate()
        self._say_progress()

    def _arrived(self, found: _Doors) -> None:
        (_, every, compound, known), self._tallies, unkept = found
        self._unkept = self._pictured = self._drafts.among(unkept)
        self._compound = compound
        self._empty.setVisible(compound is None)
        self._card.setVisible(compound is not None)
        self.door.setVisible(compound is not None)
        if compound is None or known is None:
            return
        if [self._choice.itemData(i) for i in range(self._choice.count())] != [one.id for one in every]:
            self._choice.clear()
            for one in every:
                self._choice.addItem(one.name, one.id)
        self._choice.setCurrentIndex(self._choice.findData(compound.id))
        self._choice.setVisible(len(every) > 1)
        self._card.set_title(compound.name)
        self._path = [known.summary.street, known.summary.community, compound.name]
        doors = [replace(cell, standing=self._stands(cell), obstacles=(), booked="") for cell in known.cells]
        self.picker.show_households(compound, doors, known.names)
        if self._sought and self.picker.cell(self._sought) is not None:
            self.picker.go_to(self._sought)
            self._sought = ""
        self._say_progress()
        self._load()

    def _stands(self, cell: HouseholdCell) -> Standing:
        """Say how a door looks in the picture: what is not kept is not to be forgotten."""
        if cell.household.id in self._unkept:
            return Standing.DRAFT
        return _STANDS.get(cell.survey, Standing.UNTOUCHED)

    def _say_progress(self) -> None:
        here, every = self._tallies.get(self.picker.building()), self._tallies.get("")
        if here is None or every is None:
            return
        said = self.tr("{building}: {done} of {homes} · all: {all_done} of {all_homes} · again {again}")
        said = said.format(
            building=self.picker.building(),
            done=here.done,
            homes=here.homes,
            all_done=every.done,
            all_homes=every.homes,
            again=every.not_home,
        )
        unkept = self.tr("not kept yet {n}").format(n=len(self._unkept)) if self._unkept else ""
        self._progress.set_text(" · ".join(filter(None, (said, unkept))))

    def _load(self) -> None:
        """Bring what is known of the door at hand into the form, unless it stands there already."""
        cell = self.picker.grid.current_cell()
        if cell is None:
            return
        self._say_progress()
        if cell.household.id == self._loaded:
            return
        wanted = cell.household.id
        self._loaded = ""  # until it stands in the form no key notes anything of the former door
        self._drafts.hold_now()
        if self._unkept != self._pictured:
            self.reload()  # the door that was left shows in the picture what is not kept there

        def arrived(found: tuple[Survey, Answers | None]) -> None:
            found = found[0], self._drafts.newest(wanted, found[1])
            now = self.picker.grid.current_cell()
            if now is not None and now.household.id == wanted:
                self._loaded = wanted
                self.door.show_door(self._path, now.household, *found)

        read_aside(
            self,
            self._services,
            lambda db: (surveys.survey(db, wanted), survey_drafts.held(db, wanted)),
            arrived,
        )

    # -- what a person does --------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep the answers and go to the next door."""
        self._drafts.hold_now()
        self._note(Outcome.ANSWERED, self.form.answers())

    def drop_draft(self) -> None:
        """Go back to what was kept; what was typed can be had again for a moment."""
        home, draft = self._loaded, self.form.draft()
        if home and draft is not None:
            self._thrown = home, draft
            self._drafts.drop(home)
            self.door.show_draft(None)
            self._mark(home, None)
            self._undo.offer(self.tr("Thrown away"))

    def _take_back(self) -> None:
        if self._thrown is not None:
            (home, draft), self._thrown = self._thrown, None
            self._drafts.hold(home, draft)
            self._mark(home, draft)
            if home == self._loaded:
                self.door.show_draft(draft)

    def _edited(self) -> None:
        if self._loaded:
            draft = self.form.draft()
            self._drafts.hold(self._loaded, draft)
            self._mark(self._loaded, draft)
            self.door.say_state()

    def _mark(self, home: str, draft: Answers | None) -> None:
        """Say at once whether a door has something that is not kept."""
        others = self._unkept - {home}
        self._unkept = others if draft is None else others | {home}
        self._say_progress()

    def print_blank(self) -> None:
        """Print the blank for every door of the building in view."""
        if self._compound is None:
            return
        name, services = self._compound.name, self._services
        places = [f"{name} {cell.household.label}" for cell in self.picker.in_view()]
        now, tongue, printer = services.clock(), language(), services.settings.value.a4_printer
        title = self.tr("Survey at the door")

        def send() -> Any:
            from printing.survey_form import render

            return services.press.send(render(places, language=tongue, printed_at=now), printer, title)

        aside(self, services.signals, send, lambda _: self.problem.clear(), self._failed)

    def _lives(self, lives: Lives) -> None:
        self.form.choose_lives(lives)

    def _close(self, outcome: Outcome) -> None:
        self._note(outcome, Answers())

    def _note(self, outcome: Outcome, answers: Answers) -> None:
        if not self._loaded or self._keeping:
            return  # a second press while it is being kept is no second knock
        services, home = self._services, self._loaded
        self._keeping = True
        who, now, fact_id = services.who, services.clock(), services.new_id()
        again = (now.date() + timedelta(days=1)).isoformat() if outcome is Outcome.NOT_HOME else ""
        run(
            self,
            services,
            lambda db: surveys.note_call(
                db,
                who,
                now,
                fact_id=fact_id,
                household_id=home,
                outcome=outcome,
                answers=answers,
                again=again,
            ),
            lambda _: self._noted(home, outcome),
            self._not_kept,
        )

    def _not_kept(self, error: JilaiError) -> None:
        self._keeping = False
        self._failed(error)

    def _noted(self, home: str, outcome: Outcome) -> None:
        if outcome is Outcome.ANSWERED:
            self._drafts.forget(home)
            self._mark(home, None)
        self._next(home)

    def _next(self, home: str) -> None:
        plan = self.picker.grid.plan()
        at = plan.index_of(home)
        self._loaded, self._keeping = "", False
        if at is not None and at + 1 < len(plan.places):
            self.picker.grid.set_current(plan.places[at + 1].cell.household.id)
        self.picker.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._load()

    def _show_person(self, on: bool) -> None:
        if on and self._loaded:
            services, home = self._services, self._loaded
            who, now = services.who, services.clock()
            run(self, services, lambda db: audit.append(db, who, now, "personal_data_shown", home))
        self.form.show_private(on)

    def _failed(self, error: JilaiError) -> None:
        self.problem.show_problem(error)

    def _changed(self, changes: Changes) -> None:
        if (changes.reference or changes.topics & {Topic.SURVEY, Topic.COMPOUND}) and self.isVisible():
            self.reload()
