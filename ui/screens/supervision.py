"""Supervision (督查督促跟进) and inspections (实地查访): what is followed up, and a sample of homes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Topic
from registration.packs import PackSet
from registration.property_unit import Compound
from registration.supervision import Inspection, Matter, Step, SupervisionRules, rules_from
from storage import packs, reference, sessions, supervision
from ui.history_words import action_words
from ui.messages import language
from ui.moments import day_and_time
from ui.obstacle_words import department_words
from ui.run import read_aside
from ui.screens.obstacle_sheets import ask_words
from ui.screens.photo_view import PhotoView
from ui.screens.supervision_lines import (
    due_words,
    level_words,
    matter_headings,
    matter_line,
    paper_of,
    sample_headings,
    sample_line,
    seen_line,
)
from ui.screens.supervision_sheets import EntrySheet, ask_sample, ask_seen, print_paper
from ui.services import Services
from ui.theme import look
from ui.widgets import (
    Card,
    EmptyState,
    InlineProblem,
    PrimaryButton,
    Screen,
    ScrollArea,
    SecondaryButton,
    Segmented,
    Text,
)
from ui.widgets.layouts import clear
from ui.widgets.plain_table import PlainTable

_MATTERS, _SETTLED, _SAMPLES = "matters", "settled", "samples"


class SupervisionScreen(Screen):
    """Departments and places, nobody's name."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._packs: PackSet | None = None
        self._compounds: list[Compound] = []
        self._here = ""  # the compound of the open session
        self._matters: list[Matter] = []
        self._inspections: list[Inspection] = []
        self._homes: dict[str, str] = {}
        self._in_view = ""  # the id of what stands beside the list
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 20)
        row.setSpacing(16)
        row.addWidget(self._build_list(), 1)
        self._side = self._build_side()
        row.addWidget(self._side)
        for key, act in (
            ("N", self.new),
            ("M", self.note),
            ("E", self.escalate),
            ("S", self.settle),
            ("D", self.draw),
            ("V", self.view_photos),
            ("P", self.print_sample),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        services.signals.changed.connect(self._changed)
        self.retranslate()

    def _build_list(self) -> QWidget:
        card = Card(" ", margins=0)
        self._card = card
        self.view = Segmented()
        self.view.chosen.connect(lambda _: self.reload())
        card.header.addStretch(1)
        card.header.addWidget(self.view)
        self.table = PlainTable((2, 3, 2, 1.4, 1.4), strong=(1,), height=52)
        self.table.chosen.connect(lambda _: self._show_side())
        self._empty = EmptyState("list")
        self._pile = QStackedWidget()
        self._pile.addWidget(self.table)
        self._pile.addWidget(self._empty)
        card.body.addWidget(self._pile, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 12)
        self.new_button = PrimaryButton("", "N")
        self.new_button.clicked.connect(self.new)
        self.draw_button = SecondaryButton("", "D")
        self.draw_button.clicked.connect(self.draw)
        foot.addWidget(self.new_button)
        foot.addWidget(self.draw_button)
        foot.addStretch(1)
        card.body.addLayout(foot)
        return card

    def _build_side(self) -> QWidget:
        card = Card()
        self._what, self._state = Text("", "strong", wrap=True), Text("", "muted", wrap=True)
        self.problem = InlineProblem()
        area = ScrollArea(spacing=10)
        self._log = QVBoxLayout()
        self._log.setSpacing(8)
        for widget in (self._what, self._state, self.problem):
            area.column.addWidget(widget)
        area.column.addLayout(self._log)
        area.column.addStretch(1)
        card.body.addWidget(area, 1)
        self.note_button = SecondaryButton("", "M")
        self.note_button.clicked.connect(self.note)
        self.up_button = SecondaryButton("", "E")
        self.up_button.clicked.connect(self.escalate)
        self.end_button = SecondaryButton("", "S")
        self.end_button.clicked.connect(self.settle)
        self.photo_button = SecondaryButton("", "V", "image")
        self.photo_button.clicked.connect(self.view_photos)
        self.print_button = SecondaryButton("", "P", "printer")
        self.print_button.clicked.connect(self.print_sample)
        for button in (
            self.photo_button,
            self.print_button,
            self.note_button,
            self.up_button,
            self.end_button,
        ):
            card.body.addWidget(button)
        return card

    # -- what the window asks ------------------------------------------------------------------------------

    def shown(self) -> None:
        self._side.setFixedWidth(look().px(360 if look().percent <= 110 else 300))
        self.reload()
        (self.table if self.table.isVisible() else self.new_button).setFocus()

    def back(self) -> bool:
        if self.table.isVisible() and not self.table.hasFocus():
            self.table.setFocus()
            return True
        return False

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", self.tr("Walk through the list")),
            ("N", self.tr("New matter with a department")),
            ("M", self.tr("Another entry of its log; at a sample, what was seen at the next home")),
            ("E", self.tr("One level up")),
            ("S", self.tr("Settle, with what came of it")),
            ("D", self.tr("Draw a sample of homes to look at")),
            ("V", self.tr("View the photos of the sample")),
            ("P", self.tr("Print the sample, to be filled in at the doors")),
        ]

    def retranslate(self) -> None:
        self._card.set_title(self.tr("Supervision"))
        self.view.set_options(
            [
                (_MATTERS, self.tr("Open")),
                (_SETTLED, self.tr("Settled")),
                (_SAMPLES, self.tr("Inspections")),
            ]
        )
        self.view.set_value(self.view.value() or _MATTERS)
        self.view.setAccessibleName(self.tr("What is listed"))
        self.new_button.set_text(self.tr("New matter"))
        self.draw_button.set_text(self.tr("Draw a sample"))
        self.photo_button.set_text(self.tr("View photos"))
        self.print_button.set_text(self.tr("Print the sample"))
        self.up_button.set_text(self.tr("One level up"))
        self.end_button.set_text(self.tr("Settle"))
        self._empty.set_words(
            self.tr("Nothing is followed up here"),
            self.tr("Write down what a department was asked, or draw a sample of homes to look at."),
        )
        self._show(self._chosen())

    # -- what a person does --------------------------------------------------------------------------------

    def new(self) -> None:
        """Ask for a new matter."""
        if self._packs is not None and self._compounds:
            EntrySheet(self.window(), self._services, self._packs, self._compounds, self._here)

    def note(self) -> None:
        """Add an entry to the matter in view, or what was seen at the next home of the sample in view."""
        self.problem.clear()
        inspection, matter = self._inspection(), self._open_matter()
        if inspection is not None and inspection.left:
            ask_seen(self.window(), self._services, inspection, self._homes)
        elif matter is not None and self._packs is not None:
            given = (self._packs, self._compounds, matter.compound_id, matter.id)
            EntrySheet(self.window(), self._services, *given)

    def escalate(self) -> None:
        """Ask for words and take the matter in view one level up."""
        matter, rules = self._open_matter(), self._rules()
        if matter is None or rules is None:
            return
        above = rules.next_level(matter.level)
        if above is None:
            self.problem.show_problem(InputError("supervision_top"))
            return
        do = partial(supervision.escalate, matter_id=matter.id)
        title = _level(above.zh, above.en)
        ask_words(self.window(), self._services, title, self.tr("One level up"), do)

    def settle(self) -> None:
        """Ask what came of the matter in view, and end it."""
        matter = self._open_matter()
        if matter is not None:
            do = partial(supervision.settle, matter_id=matter.id)
            ask_words(self.window(), self._services, self.tr("What came of it?"), self.tr("Settle"), do)

    def draw(self) -> None:
        """Ask at which compound a sample is drawn."""
        if self._compounds:
            self.view.set_value(_SAMPLES)
            self.reload()
            ask_sample(self.window(), self._services, self._compounds, self._here)

    def print_sample(self) -> None:
        """Print the sample in view: to be filled in at the doors, or with what was seen there."""
        inspection = self._inspection()
        if inspection is not None:
            places = {one.id: one.name for one in self._compounds}
            sample = paper_of(inspection, places.get(inspection.compound_id, ""), self._homes)
            self.problem.clear()
            print_paper(self, self._services, sample, self.problem.show_problem)

    def view_photos(self) -> None:
        """Look at what was photographed at the homes of the sample in view."""
        inspection = self._inspection()
        seen = inspection.seen if inspection is not None else ()
        homes = [(photo, self._homes.get(one.household_id, "")) for one in seen for photo in one.photos]
        if homes:
            PhotoView(self.window(), self._services, homes)

    # -- showing -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read what is listed anew."""
        view = self.view.value() or _MATTERS

        def read(db: Any) -> tuple[Any, ...]:
            session = sessions.current(db)
            drawn = supervision.inspections(db) if view == _SAMPLES else []
            return (
                view,
                packs.pack_set(db),
                reference.compounds(db),
                session.compound_id if session is not None else "",
                supervision.matters(db, settled=view == _SETTLED) if view != _SAMPLES else [],
                drawn,
                reference.labels(db, {home for one in drawn for home in one.chosen}),
            )

        read_aside(self, self._services, read, lambda found: self._loaded(*found))

    def _loaded(
        self,
        view: str,
        known: PackSet,
        compounds: list[Compound],
        here: str,
        listed: list[Matter],
        drawn: list[Inspection],
        homes: dict[str, str],
    ) -> None:
        if view != self.view.value():
            return  # an answer to an older question
        chosen = self._chosen()
        self._packs, self._compounds, self._matters, self._inspections = known, compounds, listed, drawn
        self._homes, self._here = homes, here or (compounds[0].id if compounds else "")
        for button in (self.new_button, self.draw_button):
            button.setEnabled(bool(compounds))
        self._show(chosen)

    def _chosen(self) -> str:
        matter, inspection = self._matter(), self._inspection()
        return matter.id if matter is not None else inspection.id if inspection is not None else ""

    def _show(self, chosen: str = "") -> None:
        """Fill the table; `chosen` is the id whose line stays the current one, wherever it is now."""
        places = {one.id: one.name for one in self._compounds}
        at = max(self.table.currentIndex().row(), 0)
        shown = [*(one.id for one in self._matters), *(one.id for one in self._inspections)]
        at = shown.index(chosen) if chosen in shown else at
        if self.view.value() == _SAMPLES:
            headings = sample_headings()
            lines = [sample_line(one, places, self._differ(one)) for one in self._inspections]
        else:
            headings, rules, today = matter_headings(), self._rules(), self._today()
            lines = [matter_line(one, places, rules, today) for one in self._matters]
        self.table.show_lines(headings, lines)
        self._pile.setCurrentIndex(0 if lines else 1)
        if lines:
            self.table.selectRow(min(at, len(lines) - 1))
        if lines and self.new_button.hasFocus():
            self.table.setFocus()  # it was not there to take it
        elif self.table.hasFocus() and not lines:
            self.new_button.setFocus()
        self._show_side()

    def _show_side(self) -> None:
        clear(self._log)
        if self._chosen() != self._in_view:
            self._in_view = self._chosen()
            self.problem.clear()
        matter, inspection = self._matter(), self._inspection()
        self._side.setVisible(matter is not None or inspection is not None)
        open_ = self._open_matter() is not None
        rules = self._rules()
        self.up_button.setVisible(bool(open_ and matter and rules and rules.next_level(matter.level)))
        self.end_button.setVisible(open_)
        self.note_button.setVisible(open_ or bool(inspection and inspection.left))
        self.print_button.setVisible(inspection is not None)
        self.photo_button.setVisible(bool(inspection and any(one.photos for one in inspection.seen)))
        self.note_button.set_text(
            self.tr("Note what was seen") if inspection is not None else self.tr("Another entry")
        )
        if matter is not None:
            self._what.set_text(matter.about)
            level, due = level_words(matter, rules), due_words(matter, self._today())
            state = (department_words(matter.department), level, due)
            self._state.set_text(" · ".join(filter(None, state)))
            for step in reversed(matter.steps):
                when = day_and_time(datetime.fromisoformat(step.at), self._services.clock())
                self._line(f"{when} · {step.by} · {self._step_words(step)}", step.words)
        elif inspection is not None:
            self._what.set_text(self.tr("Sample of {n} homes").format(n=len(inspection.chosen)))
            self._state.set_text(self.tr("Seed {seed}").format(seed=inspection.seed))
            for seen in reversed(inspection.seen):
                home = self._homes.get(seen.household_id, seen.household_id)
                photos = self.tr("%n photo(s)", "", len(seen.photos)) if seen.photos else ""
                self._line(seen_line(seen, home, photos), seen.words)
            for home in inspection.left:
                self._line(self._homes.get(home, home), self.tr("not seen yet"))

    def _line(self, above: str, words: str) -> None:
        self._log.addWidget(Text(above, "small", wrap=True))
        if words:
            self._log.addWidget(Text(words, wrap=True))

    def _matter(self) -> Matter | None:
        at = self.table.currentIndex().row()
        return self._matters[at] if 0 <= at < len(self._matters) else None

    def _open_matter(self) -> Matter | None:
        matter = self._matter()
        return matter if matter is not None and not matter.settled else None

    def _inspection(self) -> Inspection | None:
        at = self.table.currentIndex().row()
        return self._inspections[at] if 0 <= at < len(self._inspections) else None

    def _rules(self) -> SupervisionRules | None:
        return rules_from(self._packs) if self._packs is not None else None

    def _differ(self, one: Inspection) -> str:
        return self.tr("%n differ", "", sum(not seen.agrees for seen in one.seen))

    def _today(self) -> str:
        return self._services.clock().date().isoformat()

    def _step_words(self, step: Step) -> str:
        """What kind of step it was: how a department was asked, or what became of the matter."""
        rules = self._rules()
        kinds = {code: _level(zh, en) for code, zh, en in rules.kinds} if rules is not None else {}
        return kinds.get(step.kind) or action_words(f"supervision_{step.verb}", {})

    def _changed(self, changes: Changes) -> None:
        if Topic.SUPERVISION.value in changes.topics and self.isVisible():
            self.reload()


def _level(zh: str, en: str) -> str:
    return en if language() == "en" else zh
