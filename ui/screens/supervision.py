"""Supervision (督查督促跟进) and inspections (实地查访): what is followed up, and a sample of homes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.facts import Topic
from registration.packs import PackSet
from registration.property_unit import Compound
from registration.supervision import Inspection, Matter, rules_from
from storage import packs, reference, sessions, supervision
from ui.messages import language
from ui.obstacle_words import department_words
from ui.run import read_aside, run
from ui.screens.supervision_sheets import EntrySheet, ask_seen, ask_words
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
        for button in (self.note_button, self.up_button, self.end_button):
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
        self.up_button.set_text(self.tr("One level up"))
        self.end_button.set_text(self.tr("Settle"))
        self._empty.set_words(
            self.tr("Nothing is followed up here"),
            self.tr("Write down what a department was asked, or draw a sample of homes to look at."),
        )
        self._show()

    # -- what a person does --------------------------------------------------------------------------------

    def new(self) -> None:
        """Ask for a new matter."""
        if self._packs is not None and self._compounds:
            self._ask_entry("", self._here)

    def note(self) -> None:
        """Add an entry to the matter in view, or what was seen at the next home of the sample in view."""
        inspection, matter = self._inspection(), self._matter()
        if inspection is not None and inspection.left:
            home = inspection.left[0]
            ask_seen(self.window(), self._services, inspection.id, home, self._homes.get(home, home))
        elif matter is not None and self._packs is not None:
            self._ask_entry(matter.id, matter.compound_id)

    def escalate(self) -> None:
        matter = self._matter()
        if matter is None or matter.settled or self._packs is None:
            return
        rules = rules_from(self._packs)
        above = rules.next_level(matter.level)
        title = self.tr("One level up") if above is None else _level(above.zh, above.en)
        ask_words(
            self.window(),
            self._services,
            title,
            self.tr("One level up"),
            lambda db, who, now, **given: supervision.escalate(
                db, who, now, matter_id=matter.id, rules=rules, **given
            ),
        )

    def settle(self) -> None:
        matter = self._matter()
        if matter is not None and not matter.settled:
            ask_words(
                self.window(),
                self._services,
                self.tr("What came of it?"),
                self.tr("Settle"),
                lambda db, who, now, **given: supervision.settle(db, who, now, matter_id=matter.id, **given),
            )

    def draw(self) -> None:
        """Draw a sample at the compound of the session; its seed is the moment, kept with it."""
        services, known = self._services, self._packs
        if known is None or not self._here:
            return
        who, now, rules = services.who, services.clock(), rules_from(known)
        fact, inspection, here = services.new_id(), services.new_id(), self._here
        self.view.set_value(_SAMPLES)
        run(
            self,
            services,
            lambda db: supervision.draw_sample(
                db,
                who,
                now,
                fact_id=fact,
                inspection_id=inspection,
                compound_id=here,
                rules=rules,
                seed=now.isoformat(),
            ),
            lambda _: self.reload(),
            self._failed,
        )

    def _ask_entry(self, matter_id: str, compound_id: str) -> None:
        assert self._packs is not None
        EntrySheet(
            self.window(),
            self._services,
            self._packs,
            rules_from(self._packs),
            self._compounds,
            compound_id,
            matter_id,
        )

    # -- showing -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read what is listed anew."""
        settled = self.view.value() == _SETTLED

        def read(db: Any) -> Any:
            session = sessions.current(db)
            drawn = supervision.inspections(db)
            homes = {home: reference.household(db, home) for one in drawn for home in one.chosen}
            return (
                packs.pack_set(db),
                reference.compounds(db),
                session.compound_id if session is not None else "",
                supervision.matters(db, settled=settled),
                drawn,
                {key: home.label for key, home in homes.items() if home is not None},
            )

        read_aside(self, self._services, read, self._loaded)

    def _loaded(self, found: Any) -> None:
        self._packs, self._compounds, here, self._matters, self._inspections, self._homes = found
        self._here = here or (self._compounds[0].id if self._compounds else "")
        self._show()

    def _show(self) -> None:
        places = {one.id: one.name for one in self._compounds}
        at = max(self.table.currentIndex().row(), 0)
        if self.view.value() == _SAMPLES:
            headings = [self.tr("Compound"), self.tr("Sample"), self.tr("Drawn by"), self.tr("Seen")]
            headings.append(self.tr("Differences"))
            lines = [
                (
                    places.get(one.compound_id, one.compound_id),
                    self.tr("{n} of {pool} homes").format(n=len(one.chosen), pool=one.pool),
                    one.drawn_by,
                    f"{len(one.seen)} / {len(one.chosen)}",
                    self.tr("%n differ", "", sum(not seen.agrees for seen in one.seen)),
                )
                for one in self._inspections
            ]
        else:
            headings = [
                self.tr("Compound"),
                self.tr("About what"),
                self.tr("Department"),
                self.tr("Level"),
                self.tr("Due"),
            ]
            lines = [
                (
                    places.get(one.compound_id, one.compound_id),
                    one.about,
                    department_words(one.department),
                    self._level_of(one),
                    one.due,
                )
                for one in self._matters
            ]
        self.table.show_lines(headings, lines)
        self._pile.setCurrentIndex(0 if lines else 1)
        if lines:
            self.table.selectRow(min(at, len(lines) - 1))
        if self.table.hasFocus() and not lines:
            self.new_button.setFocus()
        self._show_side()

    def _show_side(self) -> None:
        clear(self._log)
        matter, inspection = self._matter(), self._inspection()
        self._side.setVisible(matter is not None or inspection is not None)
        open_ = matter is not None and not matter.settled
        self.up_button.setVisible(open_)
        self.end_button.setVisible(open_)
        self.note_button.setVisible(open_ or bool(inspection and inspection.left))
        self.note_button.set_text(
            self.tr("Note what was seen") if inspection is not None else self.tr("Another entry")
        )
        if matter is not None:
            self._what.set_text(matter.about)
            self._state.set_text(f"{department_words(matter.department)} · {self._level_of(matter)}")
            for step in reversed(matter.steps):
                self._line(f"{step.at[:16].replace('T', ' ')} · {step.by}", step.words)
        elif inspection is not None:
            self._what.set_text(self.tr("Sample of {n} homes").format(n=len(inspection.chosen)))
            self._state.set_text(self.tr("Seed {seed}").format(seed=inspection.seed))
            for seen in reversed(inspection.seen):
                good = self.tr("as claimed") if seen.agrees else self.tr("different")
                home = self._homes.get(seen.household_id, seen.household_id)
                self._line(f"{home} · {good}", seen.words)
            for home in inspection.left:
                self._line(self._homes.get(home, home), self.tr("not seen yet"))

    def _line(self, above: str, words: str) -> None:
        self._log.addWidget(Text(above, "small", wrap=True))
        if words:
            self._log.addWidget(Text(words, wrap=True))

    def _matter(self) -> Matter | None:
        at = self.table.currentIndex().row()
        listed = self.view.value() != _SAMPLES
        return self._matters[at] if listed and 0 <= at < len(self._matters) else None

    def _inspection(self) -> Inspection | None:
        at = self.table.currentIndex().row()
        listed = self.view.value() == _SAMPLES
        return self._inspections[at] if listed and 0 <= at < len(self._inspections) else None

    def _level_of(self, matter: Matter) -> str:
        if matter.settled or self._packs is None:
            return self.tr("Settled")
        level = rules_from(self._packs).level(matter.level)
        return _level(level.zh, level.en)

    def _failed(self, error: JilaiError) -> None:
        self._side.show()
        self.problem.show_problem(error)

    def _changed(self, changes: Changes) -> None:
        if Topic.SUPERVISION.value in changes.topics and self.isVisible():
            self.problem.clear()
            self.reload()


def _level(zh: str, en: str) -> str:
    return en if language() == "en" else zh
