"""The building table: a compound as a picture, how far its households are, one press to any case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.application import CaseState
from registration.changes import Changes
from registration.errors import JilaiError
from registration.facts import Topic
from registration.progress import Counts, Progress, Targets, progress_of, targets_from
from registration.property_unit import Compound, Household
from registration.session import Session
from registration.standing import Standing
from storage.values import HouseholdCell
from ui.newest import Newest
from ui.run import read_aside
from ui.screens.table_batch import TableBatch, batch_keys
from ui.screens.table_reading import State, read_resolved, read_table
from ui.services import Services
from ui.theme import Tone, look
from ui.widgets import (
    Card,
    Chip,
    Choice,
    EmptyState,
    InlineProblem,
    Line,
    PrimaryButton,
    Screen,
    SecondaryButton,
    Text,
)
from ui.widgets.compound_card import CompoundCard
from ui.widgets.file_card import FileCard
from ui.widgets.household_card import HouseholdCard
from ui.widgets.household_picker import HouseholdPicker
from ui.widgets.share_bar import ShareBar
from ui.widgets.side_column import SideColumn

_TAKEN_IN = frozenset(
    {
        CaseState.RECEIVED,
        CaseState.ACCEPTED,
        CaseState.RETURNED,
        CaseState.REGISTERED,
        CaseState.CERTIFICATE_ISSUED,
    }
)


_TOPICS = frozenset({Topic.SURVEY, Topic.QUEUE, Topic.VISIT, Topic.LEDGER, Topic.COLLECTION, Topic.COMPOUND})


class BuildingTableScreen(Screen):
    """`intake_requested(household id)` where there is no case; `draft_wanted(id)`, `case_requested(id)`;
    `handover_wanted(compound id)`, `file_wanted(compound id)`; `said(words)` when a batch is done."""

    intake_requested = Signal(str)
    draft_wanted = Signal(str)
    case_requested = Signal(str)
    handover_wanted = Signal(str)
    file_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._session: Session | None = None
        self._compound: Compound | None = None
        self._wanted = ""  # the compound that the operator chose to look at
        self._reading = Newest(self, services, self._read, self._arrived)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        self._pile = QStackedWidget()
        outer.addWidget(self._pile)
        self._empty = EmptyState("building-2")
        self._pile.addWidget(self._empty)
        self._pile.addWidget(self._build())
        self.picker.picked.connect(self._pick)
        self.picker.current_changed.connect(lambda _: self._show_current())
        self._choice.activated.connect(self._compound_chosen)
        services.signals.changed.connect(self._changed)
        for key, act in self._acts():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.retranslate()
        self.reload()

    def _acts(self) -> list[tuple[str, Callable[[], None]]]:
        picker = self.picker
        return [
            ("B", self._batch),
            ("M", self._open_file),
            ("W", lambda: picker.show_whole(not picker.whole())),
            ("Ctrl+=", lambda: picker.grid.zoom(1.25)),
            ("Ctrl+-", lambda: picker.grid.zoom(0.8)),
            ("Ctrl+0", lambda: picker.grid.zoom(0)),
            ("Ctrl+P", self._print),
            ("Ctrl+A", lambda: self._flip(lambda *_: True)),
            ("L", lambda: self._flip(lambda here, one: here.floor == one.floor)),
            ("U", lambda: self._flip(lambda here, one: here.entrance == one.entrance)),
            ("A", self.many.book),
            ("D", self.many.print_notices),
            ("S", self.many.plan_survey),
            ("N", self.many.print_blanks),
            ("X", self.many.export),
            ("[", partial(picker.turn_building, -1)),
            ("]", partial(picker.turn_building, 1)),
            ("0", lambda: picker.show_alone(None)),
            *((str(number), partial(self._alone, number)) for number in range(1, 10)),
        ]

    def _build(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        card = Card(" ", margins=0)
        self._card = card
        self._choice = Choice()
        self._choice.setMinimumWidth(look().px(180))
        card.header.addStretch(1)
        card.header.addWidget(self._choice)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 4, 20, 12)
        self.picker = HouseholdPicker()
        self.picker.grid.selecting = True
        self.picker.legend.choosing = True
        self.picker.legend.chosen.connect(self.picker.show_alone)
        self.picker.legend.cleared.connect(lambda: self.picker.show_alone(None))
        self.picker.grid.selection_changed.connect(self._selected)
        column.addWidget(self.picker)
        card.body.setSpacing(0)
        card.body.addWidget(inside, 1)
        card.body.addWidget(Line())
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 12)
        self.go_button = PrimaryButton("", "Enter")
        self.go_button.clicked.connect(self._go)
        self._note = Text("", "muted", elide=True)
        foot.setSpacing(12)
        foot.addWidget(self.go_button)
        foot.addWidget(self._note, 1)
        self.many = TableBatch(self._services)
        self.many.hide()
        self.many.failed.connect(self._show_problem)
        self.many.said.connect(self.said)
        column.addWidget(self.many)
        self.print_button = SecondaryButton("", "Ctrl P", "printer")
        self.print_button.clicked.connect(self._print)
        foot.addWidget(self.print_button)
        self.batch_button = SecondaryButton("", "B", "file-text")
        self.batch_button.clicked.connect(self._batch)
        foot.addWidget(self.batch_button)
        card.body.addLayout(foot)
        row.addWidget(card, 1)
        side = SideColumn(300)
        beside = side.column
        self._problem = InlineProblem()
        self._household = HouseholdCard()
        self._progress = Card()
        self.taken_in = ShareBar()
        self.issued = ShareBar()
        self.resolved_share = ShareBar()
        self._progress.body.setSpacing(14)
        self._progress.body.addWidget(self.taken_in)
        self._progress.body.addWidget(self.issued)
        self._facts = CompoundCard()
        self.file_card = FileCard()
        self.file_card.opened.connect(self._open_file)
        self._resolved = Chip()
        self._progress.body.addWidget(self._resolved)
        self._progress.body.addWidget(self.resolved_share)
        for widget in (self._problem, self._household, self.file_card, self._progress, self._facts):
            beside.addWidget(widget)
        beside.addStretch(1)
        row.addWidget(side)
        return page

    # -- what is shown -------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the compound in view anew: that of the session, unless another was chosen."""
        self._reading.ask()

    def _read(self) -> Callable[[Any], State]:
        wanted = self._wanted
        return lambda db: read_table(db, wanted)

    def shown(self) -> None:
        self.reload()
        read_aside(self, self._services, read_resolved, self._show_resolved)
        self.picker.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        """Put the cursor into the house number (/)."""
        self.picker.search.take_focus()

    def back(self) -> bool:
        if self.picker.search.hasFocus():
            self.picker.search.clear()
            self.picker.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self.picker.grid.selection.ids():
            self.picker.grid.selection.clear()
            self._selected()
            return True
        return False

    def retranslate(self) -> None:
        self._card.set_title(self._compound.name if self._compound else self.tr("Building table"))
        self._choice.setAccessibleName(self.tr("Compound"))
        self._empty.set_words(
            self.tr("No compound yet"),
            self.tr(
                "Compounds and their building tables come from the centre, by themselves once connected."
            ),
        )
        self._household.retranslate()
        self._facts.retranslate()
        self.batch_button.set_text(self.tr("Developer's sheet"))
        self.taken_in.set_words(self.tr("Taken in"))
        self.print_button.set_text(self.tr("Print A3"))
        self.file_card.retranslate()
        self.many.retranslate()
        self._show_current()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("/", self.tr("Search the house number")),
            ("← ↑ ↓ →", self.tr("Move in the building table")),
            ("Enter", self.tr("Start the household's case, or open it")),
            ("[ ]", self.tr("Former and next building")),
            ("W", self.tr("All buildings side by side, or one")),
            ("Ctrl = Ctrl - Ctrl 0", self.tr("Larger, smaller, as before")),
            ("1 … 9 0", self.tr("Only the standing of that number in the legend; all")),
            ("Space", self.tr("Choose this household for a batch, or not")),
            ("Shift ← ↑ ↓ →", self.tr("Choose the cells between")),
            ("L U Ctrl A", self.tr("Choose this floor, this entrance, everything in view")),
            *batch_keys(),
            ("Ctrl P", self.tr("Print the building table on A3")),
            ("M", self.tr("Open the compound's file")),
            ("B", self.tr("Take in a developer's sheet, at the handing over of keys")),
        ]

    def _arrived(self, state: State) -> None:
        self._session, known, self._compound, facts = state
        self._pile.setCurrentIndex(1 if self._compound is not None else 0)
        if self._compound is None or facts is None:
            return
        cells = facts.cells
        if [self._choice.itemData(i) for i in range(self._choice.count())] != [c.id for c in known]:
            self._choice.clear()
            for compound in known:
                self._choice.addItem(compound.name, compound.id)
        self._choice.setCurrentIndex(self._choice.findData(self._compound.id))
        self._choice.setVisible(len(known) > 1)
        self._card.set_title(self._compound.name)
        self.picker.show_households(self._compound, cells, facts.names)
        self._facts.show_compound(self._compound, facts.file, facts.names)
        self.file_card.show_file(facts.summary, facts.defaulter, facts.own, cells)
        self._show_progress(cells, targets_from(facts.packs))
        self._selected()
        self._show_current()

    def _show_progress(self, cells: Sequence[HouseholdCell], targets: Targets) -> None:
        """Show what was taken in and certified: as known here, from certificates alone."""
        received = sum(cell.state in _TAKEN_IN or cell.standing is Standing.IN_HAND for cell in cells)
        certified = sum(cell.standing in (Standing.CERTIFIED, Standing.IN_HAND) for cell in cells)
        self.taken_in.show_share(received, len(cells))
        marks = (targets.project_threshold, targets.completion_target)
        self.issued.show_share(certified, len(cells), marks)
        goal = self.tr("Resolved over {over} %, target {target} %")
        self.issued.set_words(
            self.tr("Certificates, as known here"), goal.format(over=marks[0], target=marks[1])
        )
        resolved = progress_of(Counts(len(cells), None, received, certified, 0), targets).resolved_projects
        if resolved:
            self._resolved.set_chip(self.tr("Resolved"), Tone.PRIMARY)
        else:
            self._resolved.set_chip(self.tr("Not resolved yet"), Tone.AMBER)

    def _show_resolved(self, found: tuple[Progress, Targets]) -> None:
        """Show how many homes of all compounds stand in a resolved one: read aside, as it may take longer."""
        whole, targets = found
        self.resolved_share.show_share(whole.resolved, whole.counted, (targets.resolution_target,))
        goal = self.tr("Target {target} %").format(target=targets.resolution_target)
        self.resolved_share.set_words(self.tr("Resolved, of all compounds here"), goal)

    def _show_current(self) -> None:
        cell = self.picker.grid.current_cell()
        self._household.show_cell(cell)
        self._problem.clear()
        self.go_button.setEnabled(cell is not None)
        if cell is None:
            self.go_button.set_text(self.tr("Start intake"))
        elif cell.application_id and cell.state == CaseState.DRAFT.value:
            self.go_button.set_text(self.tr("Go on with {room}").format(room=cell.household.room))
        elif cell.application_id:
            self.go_button.set_text(self.tr("Open the case of {room}").format(room=cell.household.room))
        else:
            self.go_button.set_text(self.tr("Start intake for {room}").format(room=cell.household.room))
        session, shown = self._session, self._compound
        elsewhere = session is not None and shown is not None and session.compound_id != shown.id
        name = session.compound_name if session is not None and elsewhere else ""
        self._note.set_text(self.tr("The session is at {compound}").format(compound=name) if name else "")

    # -- going ---------------------------------------------------------------------------------------------

    def _go(self) -> None:
        cell = self.picker.grid.current_cell()
        if cell is not None:
            self._pick(cell)

    def _pick(self, cell: HouseholdCell) -> None:
        if cell.application_id and cell.state == CaseState.DRAFT.value:
            self.draft_wanted.emit(cell.application_id)
        elif cell.application_id:
            self.case_requested.emit(cell.application_id)
        elif self._session is not None and self._session.compound_id != cell.household.compound_id:
            self._problem.show_words(
                self.tr("The session is at another compound"),
                self.tr("Intakes are taken at {compound} tonight.").format(
                    compound=self._session.compound_name
                ),
                self.tr("Close that session and open one here, or choose a household there."),
                tone=Tone.AMBER,
            )
        else:
            self.intake_requested.emit(cell.household.id)

    def _batch(self) -> None:
        if self._compound is not None:
            self.handover_wanted.emit(self._compound.id)

    def _show_problem(self, error: JilaiError) -> None:
        self._problem.show_problem(error)

    def _open_file(self) -> None:
        if self._compound is not None:
            self.file_wanted.emit(self._compound.id)

    def _alone(self, number: int) -> None:
        states = self.picker.legend.states()
        if number <= len(states):
            self.picker.show_alone(states[number - 1])

    def _flip(self, belongs: Callable[[Household, Household], bool]) -> None:
        """Choose what belongs to the cell at hand among what is lit in view; once more takes it back."""
        here = self.picker.grid.current_cell()
        if here is not None:
            near = [
                cell.household.id for cell in self.picker.in_view() if belongs(here.household, cell.household)
            ]
            self.picker.grid.selection.flip(near)
            self._selected()

    def _selected(self) -> None:
        """Show what can be done with what is chosen."""
        chosen = self.picker.selected()
        self.many.show_cells(chosen)
        self.picker.grid.viewport().update()

    def _print(self) -> None:
        """Print the buildings of what is chosen; without a choice the building in view, or all of them."""
        if self._compound is None:
            return
        of = {cell.household.building for cell in self.picker.selected() or self.picker.in_view()}
        cells = [cell for cell in self.picker.cells() if cell.household.building in of]
        self.many.print_table(self._compound, cells)

    def _compound_chosen(self, index: int) -> None:
        self._wanted = str(self._choice.itemData(index))
        self.reload()

    def _changed(self, changes: Changes) -> None:
        if changes.sessions or changes.reference or changes.applications or changes.topics & _TOPICS:
            self.reload()
