"""Planned sessions: evenings and weekends to come, planned and changed here, opened on their day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Topic
from registration.packs import SESSIONS
from registration.property_unit import Compound
from registration.session import SiteSession
from registration.session_plan import Plan, PlannedSession, PlanState, is_day, weekly
from registration.session_team import SessionKinds, kinds_from
from storage import packs, reference, session_parts, session_plans, sessions
from ui.messages import language
from ui.run import read_aside, run
from ui.screens.plan_form import PlanForm
from ui.screens.plan_side import PlanSide
from ui.screens.reason_sheet import ask_call_off
from ui.screens.session_parts import PartsSheet
from ui.services import Services
from ui.theme import Tone, look
from ui.widgets import Card, EmptyState, Screen, SecondaryButton
from ui.widgets.plain_table import PlainTable

_PAST_DAYS = 7  # what was planned last week is still in sight
_SATURDAY = 5


@dataclass(frozen=True)
class _Known:
    plans: Sequence[PlannedSession]
    unended: Sequence[SiteSession]  # on other laptops: running, or never closed
    compounds: Sequence[Compound]
    last: str
    running: bool  # a session, here
    kinds: SessionKinds

    @property
    def ids(self) -> list[str]:
        """Return the subjects of the list's lines."""
        return [*(one.id for one in self.unended), *(one.id for one in self.plans)]


class PlansScreen(Screen):
    """`plan_wanted(PlannedSession)` out: its session is to be opened here. `left()` for Esc on the list."""

    plan_wanted = Signal(object)
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._known: _Known | None = None
        self._names: Mapping[str, str] = {}
        self._chosen = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        self._pile = QStackedWidget()
        outer.addWidget(self._pile)
        self._pile.addWidget(self._build_list())
        self.form = PlanForm()
        self.form.saved.connect(self._save)
        self.form.left.connect(self._to_list)
        self._pile.addWidget(self.form)
        for key, act in (("Return", self.open_chosen), ("Enter", self.open_chosen)):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        for key, act in (("N", self.plan_new), ("E", self.change), ("D", self.call_off)):
            shortcut = QShortcut(QKeySequence(key), self._page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        services.signals.changed.connect(self._changed)
        self.retranslate()

    # -- what the window asks ------------------------------------------------------------------------------

    def shown(self) -> None:
        self._side.setFixedWidth(look().px(340))
        self.problem.clear()
        self._reload()
        if self._pile.currentIndex() == 0:
            self.table.setFocus()

    def back(self) -> bool:
        if self._pile.currentIndex():
            self._to_list()
        else:
            self.left.emit()
        return True

    def keys(self) -> list[tuple[str, str]]:
        if self._pile.currentIndex():
            return self.form.keys()
        return [
            ("↑ ↓", self.tr("Walk through the plans")),
            ("Enter", self.tr("Open today's session or change a plan; one never closed: its laptops")),
            ("N", self.tr("Plan a session")),
            ("E", self.tr("Change the plan")),
            ("D", self.tr("Call the session off, with a reason")),
        ]

    def retranslate(self) -> None:
        self._card.set_title(self.tr("Planned sessions"))
        self.table.setAccessibleName(self.tr("Planned sessions"))
        self._empty.set_words(
            self.tr("Nothing is planned"),
            self.tr("Plan evenings and weekends here; colleagues at the compound and the centre see them."),
            self.tr("Plan a session"),
        )
        self.new_button.set_text(self.tr("Plan a session"))
        self._side.retranslate()
        self._show()

    # -- what a person does --------------------------------------------------------------------------------

    def plan_new(self) -> None:
        """Begin a new plan, for the next Saturday that has none."""
        if self._known is not None and self._known.compounds:
            self._pile.setCurrentIndex(1)
            self.form.open_new(self._next_day())

    def change(self) -> None:
        """Change the chosen plan, where it stands."""
        found = self._standing()
        if found is not None:
            self._pile.setCurrentIndex(1)
            self.form.open_plan(found)

    def call_off(self) -> None:
        """Call the chosen session off; colleagues and the centre see why."""
        found = self._standing()
        if found is None:
            return
        who, now, fact = self._services.who, self._services.clock(), self._services.new_id()

        def work(reason: str) -> None:
            self._run(
                lambda db: session_plans.call_off(
                    db, who, now, fact_id=fact, plan_id=found.id, reason=reason
                ),
                self.problem.show_problem,
            )

        ask_call_off(self.window(), work)

    def open_chosen(self) -> None:
        """Open today's session as planned, change a plan of another day, show laptops that never closed."""
        site = self._site()
        if site is not None:
            PartsSheet(self.window(), self._services, site)
            return
        found = self._standing()
        if found is None or self._known is None:
            return
        if found.plan.day != self._today().isoformat():
            self.change()
        elif self._known.running:
            self.problem.show_problem(InputError("session_open"), tone=Tone.PLAIN)
        else:
            self.plan_wanted.emit(found)

    # -- building and showing ------------------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        self._page = QWidget()
        row = QHBoxLayout(self._page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self._card = Card(" ", margins=0)
        self._card.header.addStretch(1)
        self.new_button = SecondaryButton("", "N", "plus")
        self.new_button.clicked.connect(self.plan_new)
        self._card.header.addWidget(self.new_button)
        self._inner = QStackedWidget()
        self.table = PlainTable((1.3, 1.0, 1.6, 1.2, 1.0), strong=(0, 2), height=44)
        self.table.chosen.connect(self._choose)
        self.table.doubleClicked.connect(lambda _: self.open_chosen())
        self._empty = EmptyState("calendar-days")
        self._empty.acted.connect(self.plan_new)
        self._inner.addWidget(self.table)
        self._inner.addWidget(self._empty)
        self._card.body.addWidget(self._inner, 1)
        row.addWidget(self._card, 1)
        self._side = PlanSide()
        self.problem = self._side.problem
        for button, act in (
            (self._side.change, self.change),
            (self._side.off, self.call_off),
            (self._side.open, self.open_chosen),
            (self._side.laptops, self.open_chosen),
        ):
            button.clicked.connect(act)
        row.addWidget(self._side)
        return self._page

    def _reload(self) -> None:
        since, now = self._today() - timedelta(days=_PAST_DAYS), self._services.clock()

        def look_up(db: Any) -> _Known:
            before = sessions.recent(db, 1)
            return _Known(
                session_plans.coming(db, since),
                session_parts.unended(db, now),
                reference.compounds(db),
                before[0].compound_id if before else "",
                sessions.current(db) is not None,
                kinds_from(packs.pack(db, SESSIONS)),
            )

        read_aside(self, self._services, look_up, self._arrive)

    def _arrive(self, known: _Known) -> None:
        self._known = known
        self._names = {compound.id: compound.name for compound in known.compounds}
        self.form.show_places(known.compounds, known.last, known.kinds)
        self._show()

    def _show(self) -> None:
        known = self._known
        if known is None:
            return
        headings = (
            self.tr("Day"), self.tr("Time"), self.tr("Compound"), self.tr("Session"), self.tr("Standing"),
        )  # fmt: skip
        lines = [self._unended_line(one) for one in known.unended]
        self.table.show_lines(headings, [*lines, *(self._line(one) for one in known.plans)])
        ids = known.ids
        self._inner.setCurrentIndex(0 if ids else 1)
        self._side.setVisible(bool(ids))
        today = self._today().isoformat()
        first = next((one.id for one in known.plans if one.plan.day >= today), "")
        if ids:
            wanted = self._chosen if self._chosen in ids else first
            self.table.selectRow(ids.index(wanted) if wanted else 0)
        self._show_side()

    def _line(self, one: PlannedSession) -> tuple[str, ...]:
        times = f"{one.plan.starts}–{one.plan.ends}"
        place = self._names.get(one.compound_id, "")
        return (self._day(one.plan.day), times, place, one.plan.title, self._state(one))

    def _unended_line(self, site: SiteSession) -> tuple[str, ...]:
        began = site.opened_at.astimezone()
        open_parts = "、".join(part.device_code for part in site.parts if not part.closed)
        return (
            self._day(began.date().isoformat()),
            self.tr("since {time}").format(time=began.strftime("%H:%M")),
            self._names.get(site.compound_id, ""),
            site.title,
            self.tr("Not closed: {laptops}").format(laptops=open_parts),
        )

    def _day(self, text: str) -> str:
        day, today = date.fromisoformat(text), self._today()
        if day == today:
            return self.tr("Today")
        name = QLocale(language()).dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
        return f"{day:%m-%d} {name}" if day.year == today.year else f"{day} {name}"

    def _state(self, one: PlannedSession) -> str:
        if one.state is PlanState.PLANNED and one.plan.day < self._today().isoformat():
            return self.tr("Not held")
        return {
            PlanState.PLANNED: self.tr("Planned"),
            PlanState.BEGUN: self.tr("Opened"),
            PlanState.CALLED_OFF: self.tr("Called off"),
        }[one.state]

    def _show_side(self) -> None:
        one, known, site = self._one(), self._known, self._site()
        if site is not None:
            self._side.show_site(self._names.get(site.compound_id, ""), site)
        if one is None or known is None:
            return
        plan, tongue = one.plan, language()
        tone = {PlanState.BEGUN: Tone.PRIMARY, PlanState.CALLED_OFF: Tone.SEAL}.get(one.state, Tone.PLAIN)
        place = " · ".join(filter(None, (known.kinds.place_name(plan.kind, tongue), plan.place)))
        lines = [f"{plan.day}  {plan.starts}–{plan.ends}", place]
        lines += [f"{known.kinds.role_name(who.role, tongue)}  {who.name}" for who in plan.team]
        lines.append(self.tr("Planned by {name}").format(name=one.planner or self.tr("the centre")))
        if one.reason:
            lines.append(self.tr("Called off: {reason}").format(reason=one.reason))
        self._side.show_plan(
            f"{self._names.get(one.compound_id, '')} · {plan.title}",
            self._state(one),
            tone,
            lines,
            stands=self._standing() is not None,
            today=plan.day == self._today().isoformat(),
        )

    def _site(self) -> SiteSession | None:
        sites = self._known.unended if self._known is not None else ()
        return next((one for one in sites if one.id == self._chosen), None)

    def _choose(self, row: int) -> None:
        known = self._known
        ids = known.ids if known is not None else []
        if 0 <= row < len(ids):
            self._chosen = ids[row]
            self.problem.clear()
            self._show_side()

    def _one(self) -> PlannedSession | None:
        plans = self._known.plans if self._known is not None else ()
        return next((one for one in plans if one.id == self._chosen), None)

    def _standing(self) -> PlannedSession | None:
        """Return the chosen plan where it can still be changed: planned, and not of a day that is over."""
        one = self._one()
        stands = one is not None and one.state is PlanState.PLANNED
        return one if stands and one is not None and one.plan.day >= self._today().isoformat() else None

    def _today(self) -> date:
        return self._services.clock().astimezone().date()

    def _next_day(self) -> date:
        today = self._today()
        saturday = today + timedelta(days=(_SATURDAY - today.weekday()) % 7)
        taken = {one.plan.day for one in (self._known.plans if self._known else ())}
        while saturday.isoformat() in taken:
            saturday += timedelta(weeks=1)
        return saturday

    def _save(self, plan_id: str, compound_id: str, plan: Plan, weeks: int) -> None:
        services = self._services
        who, now = services.who, services.clock()
        if plan_id:
            fact = services.new_id()
            self._run(
                lambda db: session_plans.change_plan(
                    db, who, now, fact_id=fact, plan_id=plan_id, compound_id=compound_id, plan=plan
                ),
                self.form.show_failure,
            )
            return
        if not is_day(plan.day):
            self.form.show_failure(InputError("plan_day", field="day"))
            return
        plans = weekly(plan, weeks)
        ids = [(services.new_id(), services.new_id()) for _ in plans]
        self._chosen = ids[0][1]
        self._run(
            lambda db: session_plans.plan_sessions(
                db, who, now, compound_id=compound_id, plans=plans, ids=ids
            ),
            self.form.show_failure,
        )

    def _run(self, work: Callable[[Any], Changes], failed: Callable[[Any], None]) -> None:
        run(self, self._services, work, lambda _: self._to_list(), failed)

    def _to_list(self) -> None:
        self._pile.setCurrentIndex(0)
        self._reload()
        self.table.setFocus()

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and (
            changes.topics & {Topic.PLAN.value, Topic.SESSION.value} or changes.sessions
        ):
            self._reload()
