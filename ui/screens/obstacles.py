"""The ledger (工作台账): obstacles with their owners and days, filtered and searched, one in detail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Topic
from registration.obstacles import ObstacleState
from registration.packs import CATEGORIES, DEPARTMENTS, PackSet
from registration.property_unit import Compound
from registration.standing import Obstacle
from storage import obstacles, packs, reference
from storage.obstacles import LedgerRow, Wanted
from ui.messages import language
from ui.models.obstacle_list import LazyLines, ObstacleList
from ui.obstacle_words import department_words, obstacle_words
from ui.run import read_aside
from ui.screens.issue_lists import IssueListsSheet
from ui.screens.ledger_import import LedgerImportSheet
from ui.screens.obstacle_counts import ObstacleCounts
from ui.screens.obstacle_export import write_table
from ui.screens.obstacle_sheets import NewSheet, ask_evidence, ask_task, ask_words, entries
from ui.screens.obstacle_side import ObstacleSide
from ui.screens.obstacle_tracks import TracksSheet
from ui.screens.paper_saving import ask_where
from ui.services import Services
from ui.theme import look
from ui.widgets import Card, Choice, EmptyState, PrimaryButton, Screen, SearchBox, SecondaryButton, Text
from ui.widgets.plain_table import PlainTable

translate = QCoreApplication.translate

_OPEN, _LATE, _CLEARED, _ALL = "open", "overdue", "cleared", "all"


class ObstaclesScreen(Screen):
    """Places and tasks, nobody's name: what is shown here needs no masking."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._packs: PackSet | None = None
        self._compounds: list[Compound] = []
        self._chosen = ""
        self._counting = self._from_counts = False
        self.lines = ObstacleList(services, self)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 16, 24, 20)
        outer.setSpacing(16)
        outer.addWidget(self._build_list(), 1)
        self.side = ObstacleSide(services)
        outer.addWidget(self.side)
        self._connect()
        self.retranslate()

    # -- what the window asks ------------------------------------------------------------------------------

    def shown(self) -> None:
        self.side.setFixedWidth(look().px(360 if look().percent <= 110 else 300))
        read_aside(
            self,
            self._services,
            lambda db: (packs.pack_set(db), reference.compounds(db)),
            lambda found: self._known(*found),
        )
        self.table.setFocus()

    def show_thing(self, obstacle_id: str, _compound_id: str) -> None:
        """Show the overdue ones, with this one in hand."""
        if self._counting:
            self.count_up(False)
        self._chosen = obstacle_id
        self.state.setCurrentIndex(self.state.findData(_LATE))

    def back(self) -> bool:
        if self._counting or self._from_counts:
            self.count_up(not self._counting)
            return True
        if not self.table.hasFocus():
            self.table.setFocus()
            return True
        return False

    def search(self) -> None:
        self.count_up(False)
        self.searching.take_focus()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("/", self.tr("Search by place, words or case number")),
            ("↑ ↓", self.tr("Walk through the list")),
            ("G", self.tr("Counts by compound and category, and back")),
            ("N", self.tr("New obstacle, of a household, of many, or of a compound")),
            ("Enter", self.tr("Whose task, and until when")),
            ("C", self.tr("Clear on evidence")),
            ("T", self.tr("Departments that work on it at once")),
            ("V", self.tr("View what it was cleared on")),
            ("M", self.tr("Add a note")),
            ("R", self.tr("Reopen what was cleared")),
            ("P", self.tr("Issue lists of the departments, printed or as PDF")),
            ("X", self.tr("Write what is listed into a table")),
            ("I", self.tr("Take in a spreadsheet")),
        ]

    def retranslate(self) -> None:
        self._heading.set_text(self.tr("Obstacles"))
        self.searching.set_placeholder(self.tr("Place, words, case number"))
        self.new_button.set_text(self.tr("New obstacle"))
        self.export_button.set_text(self.tr("Export"))
        self.import_button.set_text(self.tr("Import"))
        self.lists_button.set_text(self.tr("Issue lists"))
        self._name_toggle()
        self.state.setAccessibleName(self.tr("State"))
        self.compound.setAccessibleName(self.tr("Compound"))
        self.department.setAccessibleName(self.tr("Department"))
        self.category.setAccessibleName(self.tr("Category"))
        self._empty.set_words(
            self.tr("No obstacles here"),
            self.tr("Write down what stops a household or a compound, and whose task it is."),
        )
        self._fill_choices()

    # -- what a person does --------------------------------------------------------------------------------

    def new(self) -> None:
        """Ask for a new obstacle, in the compound that is looked at."""
        if self._packs is not None and self._compounds:
            at = str(self.compound.currentData() or "")
            NewSheet(self.window(), self._services, self._packs, self._compounds, at)

    def take_in(self) -> None:
        """Take in a ledger that was kept as a spreadsheet."""
        LedgerImportSheet(self.window(), self._services)

    def assign(self) -> None:
        found = self.side.entry()
        if found is not None and self._packs is not None and found.state is ObstacleState.OPEN:
            ask_task(self.window(), self._services, self._packs, found)

    def clear(self) -> None:
        """Ask for the evidence; while a department's track is open, say so instead."""
        found = self.side.entry()
        if found is None or found.state is not ObstacleState.OPEN:
            return
        if found.open_tracks:
            self.side.say("")
            self.side.problem.show_problem(InputError("obstacle_tracks", count=str(len(found.open_tracks))))
            return
        do = partial(obstacles.clear, obstacle_id=found.id)
        ask_evidence(self.window(), self._services, translate("Ledger", "Clear on evidence"), do)

    def tracks(self) -> None:
        """Open the tracks of the departments that work on the obstacle in view at once."""
        found = self.side.entry()
        if found is not None and self._packs is not None:
            TracksSheet(self.window(), self._services, self._packs, found)

    def remark(self) -> None:
        found = self.side.entry()
        if found is not None:
            self._ask_words(self.tr("Note on this obstacle"), partial(obstacles.remark, obstacle_id=found.id))

    def reopen(self) -> None:
        found = self.side.entry()
        if found is not None and found.state is ObstacleState.CLEARED:
            self._ask_words(self.tr("Why is it open again?"), partial(obstacles.reopen, obstacle_id=found.id))

    def count_up(self, on: bool) -> None:
        """Show how much is open by compound and category, or the list again."""
        self._counting, self._from_counts = on, False
        for choice in (self.state, self.compound, self.department, self.category):
            choice.setVisible(not on)
        self.searching.setEnabled(not on)
        self.export_button.setVisible(not on)
        self._name_toggle()
        if on:
            self.side.show_obstacle("", self._packs)
            self._stack.setCurrentWidget(self.counts)
            self.counts.reload()
            self.counts.setFocus()
        else:
            self._stack.setCurrentWidget(self.table)
            self._ask()
            self.table.setFocus()

    def _toggle(self) -> None:
        self.count_up(not self._counting)

    def _look_into(self, compound_id: str, category: str) -> None:
        """Show the list of what was counted; Esc goes back to the counts."""
        wished = ((self.state, _OPEN), (self.department, ""), (self.compound, compound_id))
        for choice, value in (*wished, (self.category, category)):
            choice.setCurrentIndex(max(choice.findData(value), 0))
        self.searching.clear()
        self.count_up(False)
        self._from_counts = True

    def _counted(self, compounds: int) -> None:
        if self._counting:
            self._count.set_text(str(compounds) if compounds else "")
            self._stack.setCurrentWidget(self.counts if compounds else self._empty)

    def _name_toggle(self) -> None:
        self.group_button.set_text(self.tr("As a list") if self._counting else self.tr("By compound"))

    def _ask_words(self, title: str, do: Callable[..., Changes]) -> None:
        ask_words(self.window(), self._services, title, translate("Ledger", "Keep"), do)

    def export(self) -> None:
        """Write everything that is listed into a table: places and tasks, nobody's name. Audited."""
        if self.lines.count():
            title = self.tr("Obstacles")
            ask_where(self, title, title, self._save, kind="xlsx")

    def lists(self) -> None:
        """Print or save the issue lists of the departments over what is listed."""
        if self._packs is not None:
            chosen = [one for one in (self.compound, self.category) if one.currentData()]
            scope = [self.state.currentText(), *(one.currentText() for one in chosen), self.searching.text()]
            words = " · ".join(filter(None, scope))
            IssueListsSheet(self.window(), self._services, self._packs, self.lines.wanted(), words)

    def _save(self, name: str) -> None:
        heads = (*self._headings(), self.tr("Case number"), self.tr("What is the matter"))
        given = (self.lines.wanted(), self.lines.count(), heads, self._texts)
        write_table(self.side, self._services, name, self.tr("Obstacles"), *given)

    # -- building and filling ------------------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        card = Card(margins=0)
        head, filters = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 4)
        filters.setContentsMargins(20, 0, 16, 8)
        self._heading, self._count = Text("", "heading"), Text("", "muted")
        self.searching = SearchBox()
        self.new_button = PrimaryButton("", "N", "plus")
        self.export_button = SecondaryButton("", "X")
        self.import_button = SecondaryButton("", "I")
        self.lists_button = SecondaryButton("", "P")
        self.group_button = SecondaryButton("", "G")
        head.addWidget(self._heading)
        head.addWidget(self._count)
        head.addWidget(self.searching, 1)
        head.addWidget(self.new_button)
        self.state, self.compound, self.department, self.category = Choice(), Choice(), Choice(), Choice()
        for choice in (self.state, self.compound, self.department, self.category):
            choice.setMinimumWidth(60)
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            filters.addWidget(choice, 2 if choice is self.state else 3)
            choice.currentIndexChanged.connect(lambda _: self._ask())
        for row in (head, filters):
            row.setSpacing(10)
            card.body.addLayout(row)
        self.table = PlainTable((0.29, 0.32, 0.2, 0.19), height=52, narrow_height=68)
        self._empty = EmptyState("circle-check")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.counts = ObstacleCounts(self._services)
        self._stack.addWidget(self.counts)
        card.body.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 12)
        foot.addWidget(self.import_button)
        foot.addWidget(self.export_button)
        foot.addWidget(self.lists_button)
        foot.addWidget(self.group_button)
        foot.addStretch(1)
        card.body.addLayout(foot)
        return card

    def _connect(self) -> None:
        self.lines.loaded.connect(self._loaded)
        self.lines.arrived.connect(self._more)
        self.table.chosen.connect(self._choose)
        self.searching.searched.connect(lambda _: self._ask())
        self.new_button.clicked.connect(self.new)
        self.export_button.clicked.connect(self.export)
        self.import_button.clicked.connect(self.take_in)
        self.lists_button.clicked.connect(self.lists)
        self.group_button.clicked.connect(self._toggle)
        self.counts.wanted.connect(self._look_into)
        self.counts.counted.connect(self._counted)
        acts: dict[str, Callable[[], None]] = {
            "N": self.new, "Return": self.assign, "Enter": self.assign, "C": self.clear, "M": self.remark,
            "R": self.reopen, "X": self.export, "P": self.lists, "G": self._toggle, "I": self.take_in,
            "T": self.tracks, "V": self.side.view_files,
        }  # fmt: skip
        for key, act in acts.items():
            owner = (
                self if key in ("N", "I", "P", "G") else self.table
            )  # the list is empty before the first one
            shortcut = QShortcut(QKeySequence(key), owner)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.side.task.clicked.connect(self.assign)
        self.side.clear_button.clicked.connect(self.clear)
        self.side.note.clicked.connect(self.remark)
        self.side.tracks.clicked.connect(self.tracks)
        self.side.reopen.clicked.connect(self.reopen)
        self._services.signals.changed.connect(self._changed)

    def _known(self, found: PackSet, compounds: list[Compound]) -> None:
        self._packs, self._compounds = found, compounds
        self.new_button.setEnabled(bool(compounds))
        self._fill_choices()

    def _fill_choices(self) -> None:
        states = (
            (_OPEN, self.tr("Open")),
            (_LATE, self.tr("Overdue")),
            (_CLEARED, self.tr("Cleared")),
            (_ALL, self.tr("All")),
        )
        known = self._packs
        choices: list[tuple[Choice, list[tuple[str, str]]]] = [
            (self.state, list(states)),
            (
                self.compound,
                [("", self.tr("All compounds")), *((one.id, one.name) for one in self._compounds)],
            ),
        ]
        for choice, name, every in (
            (self.department, DEPARTMENTS, self.tr("All departments")),
            (self.category, CATEGORIES, self.tr("All categories")),
        ):
            choices.append((choice, [("", every), *(entries(known, name) if known is not None else ())]))
        for choice, options in choices:
            choice.set_entries((words, code) for code, words in options)
        self._ask()

    def _ask(self) -> None:
        state = str(self.state.currentData() or _OPEN)
        self.lines.show_query(
            Wanted(
                self.searching.text(),
                str(self.compound.currentData() or ""),
                str(self.department.currentData() or ""),
                str(self.category.currentData() or ""),
                {_CLEARED: ObstacleState.CLEARED, _ALL: None}.get(state, ObstacleState.OPEN),
                state == _LATE,
            )
        )

    def _loaded(self, count: int) -> None:
        if self._counting:
            return  # an answer to what stood here before
        self._count.set_text(str(count) if count else "")
        self.export_button.setEnabled(bool(count))
        self._stack.setCurrentIndex(0 if count else 1)
        at = max(self.lines.position_of(self._chosen), 0)
        self.table.show_lines(self._headings(), LazyLines(self.lines, self._texts, 4))
        if count:
            self.table.selectRow(at)
        else:
            self._chosen = ""
            self.side.show_obstacle("", self._packs)

    def _more(self) -> None:
        self.table.viewport().update()
        self._choose(self.table.currentIndex().row())

    def _choose(self, at: int) -> None:
        row = self.lines.row_at(at) if 0 <= at < self.lines.count() else None
        if row is not None:
            self._chosen = row.id
            self.side.show_obstacle(row.id, self._packs, self._place(row))

    def _headings(self) -> tuple[str, str, str, str]:
        return (self.tr("Place"), self.tr("What stops it"), self.tr("Department"), self.tr("Until"))

    def _texts(self, row: LedgerRow) -> tuple[str, str, str, str]:
        until = row.soonest or "—"
        if row.state is ObstacleState.CLEARED:
            until = self.tr("cleared")
        elif row.soonest and row.soonest < self._services.clock().date().isoformat():
            until = self.tr("{day} overdue").format(day=row.soonest)
        what = obstacle_words(Obstacle(row.what.category))
        whose = department_words(row.what.department)
        if row.tracks:
            done = self.tr("{done} of {all} done").format(done=row.tracks - row.tracks_open, all=row.tracks)
            whose = f"{whose} · {done}"
        return (self._place(row), what, whose, until)

    def _place(self, row: LedgerRow) -> str:
        separator = " · " if language() == "en" else "·"
        whole = self.tr("whole compound")
        return f"{row.compound}{separator}{row.place or whole}"

    def _changed(self, changes: Changes) -> None:
        if Topic.LEDGER.value in changes.topics and self.isVisible():
            (self.counts.reload if self._counting else self._ask)()
