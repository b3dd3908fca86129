"""Home: open or close the session, the evening in figures, and tonight's applications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.application import CaseState
from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Topic
from registration.packs import SESSIONS
from registration.property_unit import Compound
from registration.session import Session, SiteSession, spoken
from registration.session_plan import PlannedSession
from registration.session_team import kinds_from
from storage import packs, reference, session_handover, session_plans, sessions, site_sessions
from storage.values import ApplicationRow, SessionFigures
from ui.models.application_list import ApplicationList, Query
from ui.moments import duration
from ui.ready_result import last_ready
from ui.run import read_aside, run
from ui.screens.line_card import LineCard
from ui.screens.print_desk import open_print_desk
from ui.screens.reminder_card import ReminderCard
from ui.screens.session_form import SessionForm
from ui.screens.session_opening import SessionOpening
from ui.screens.take_over import ask_take_over
from ui.services import Services
from ui.theme import Tone
from ui.widgets import (
    Card,
    EmptyState,
    IconButton,
    InlineProblem,
    PrimaryButton,
    Screen,
    SearchBox,
    SecondaryButton,
    Text,
)
from ui.widgets.application_table import ApplicationTable
from ui.widgets.figure import Figure


@dataclass(frozen=True)
class _State:
    """What Tonight shows: the running session, or what may be opened and joined."""

    session: Session | None
    figures: SessionFigures | None = None
    site: SiteSession | None = None
    compounds: Sequence[Compound] = ()
    last: str = ""  # compound of the session before
    running: Sequence[SiteSession] = ()  # on other laptops
    plans: Sequence[PlannedSession] = ()  # for today


def _look(now: datetime, db: Any) -> _State:
    session = sessions.current(db)
    if session is not None:
        site = site_sessions.site(db, session.id)
        return _State(session, sessions.figures(db, session.id), site)
    before = sessions.recent(db, 1)
    return _State(
        None,
        compounds=reference.compounds(db),
        last=before[0].compound_id if before else "",
        running=site_sessions.running(db, now),
        plans=session_plans.of_day(db, now.astimezone().date()),
    )


class TonightScreen(Screen):
    """Out: `intake_wanted()`, `draft_wanted(id)`, `case_wanted(id)`, `session_changed(Session | None)`."""

    intake_wanted = Signal()
    draft_wanted = Signal(str)
    case_wanted = Signal(str)
    session_changed = Signal(object)
    closing_wanted = Signal()  # the closing sheet
    corrections_wanted = Signal()
    calendar_wanted = Signal()  # what is planned
    ready_wanted = Signal()
    reminded = Signal(int)  # how much is due

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._session: Session | None = None
        self._figures: SessionFigures | None = None
        self._site: SiteSession | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        self.reminders = ReminderCard(services)
        self.reminders.case_wanted.connect(self.case_wanted)
        self.reminders.calls_wanted.connect(self.corrections_wanted)
        self.reminders.reminded.connect(self.reminded)
        outer.addWidget(self.reminders)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack, 1)
        self._form = SessionForm(services.clock())
        self._opening = SessionOpening(services, self._form)
        self._opening.opened.connect(self._opened_session)
        self._form.calendar_wanted.connect(self.calendar_wanted)
        self._form.ready_wanted.connect(self.ready_wanted)
        self._stack.addWidget(self._form)
        self._model = ApplicationList(services, self)
        self._stack.addWidget(self._build_evening())
        self._model.loaded.connect(self._loaded)
        services.signals.changed.connect(self._changed)
        for key, act in (
            ("Ctrl+E", self.ask_close),
            ("Ctrl+T", self.ask_take_over),
            ("Ctrl+P", self.open_papers),
            ("F6", self.corrections_wanted.emit),
            ("F7", self.calendar_wanted.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        following = QShortcut(QKeySequence("Space"), self._table)
        following.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        following.setAutoRepeat(False)  # a key that is held calls one number, not all of them
        following.activated.connect(self.line.call_next)
        self.retranslate()
        self._read_kinds()
        self._reload()

    def shown(self) -> None:
        self._reload()
        self.reminders.reload()
        if self._session is None:
            now = self._services.clock()
            self._form.show_ready(last_ready(self._services.data_dir), now)
            self._form.shown()
        else:
            self._table.setFocus()

    def open_planned(self, planned: PlannedSession) -> None:
        """Fill the opening form from a plan, where no session runs."""
        if self._session is None:
            self._form.show_plan(planned)

    def search(self) -> None:
        """Put the cursor into the search field (/)."""
        self._search.take_focus()

    def back(self) -> bool:
        if self._search.hasFocus():
            self._table.setFocus()
            return True
        return False

    def session(self) -> Session | None:
        return self._session

    def retranslate(self) -> None:
        self._list.set_title(self.tr("Tonight's applications"))
        self._search.set_placeholder(self.tr("Name, initials, digits, house"))
        self._say_next()
        self._say_site()
        self.line.retranslate()
        self._close.set_text(self.tr("Close session"))
        self._papers.set_text(self.tr("Tonight's papers (Ctrl P)"))
        self._show_figures()
        self._say_empty()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl N", self.tr("New intake")),
            ("Space", self.tr("Call the next number")),
            ("/", self.tr("Search")),
            ("Enter", self.tr("Open the chosen case")),
            ("Ctrl P", self.tr("Print tonight's papers")),
            ("F6", self.tr("Calls about corrections")),
            ("F7", self.tr("Planned sessions")),
            ("Ctrl T", self.tr("Take the session over from a colleague")),
            ("Ctrl E", self.tr("Closing sheet: reconcile and close the session")),
        ]

    def open_papers(self) -> None:
        """Open the evening's papers: all receipts in one go, and what was not printed."""
        if self._session is not None:
            open_print_desk(self.window(), self._services, self._session)

    def ask_close(self) -> None:
        """Go to the closing sheet, where a session runs."""
        if self._session is not None:
            self.closing_wanted.emit()

    def ask_take_over(self) -> None:
        """Ask whether who is signed in takes over the session that a colleague opened."""
        session, figures, services = self._session, self._figures, self._services
        if session is None or figures is None:
            return
        self._problem.clear()
        who, now = services.who, services.clock()
        if who.operator_id == session.operator_id:
            self._problem.show_problem(InputError("session_is_yours"), tone=Tone.PLAIN)
            return

        def take(note: str) -> None:
            fact = services.new_id()
            run(
                self,
                services,
                lambda db: session_handover.take_over(
                    db, who, now, session_id=session.id, fact_id=fact, note=note
                ),
                None,
                self._problem.show_problem,
            )

        ask_take_over(self.window(), session, figures, who.operator_name, take)

    def _build_evening(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.line = LineCard(self._services)
        self.line.waits.connect(lambda _: self._say_next())
        row.addWidget(self.line, 1)
        self._cards = [Figure() for _ in range(4)]
        for card in self._cards:
            row.addWidget(card, 1)
        column.addLayout(row)
        self._problem = InlineProblem()
        column.addWidget(self._problem)
        self._list = Card("·", margins=0)
        self._code = Text("", "small")
        self._list.header.addWidget(self._code)
        self._list.header.addStretch(1)
        self._list.header.setSpacing(10)
        self._search = SearchBox()
        self._search.setMinimumWidth(160)
        self._search.setMaximumWidth(320)
        self._search.searched.connect(self._searched)
        self._search.returnPressed.connect(self._into_list)
        self._close = SecondaryButton("", "Ctrl E", "door-closed")
        self._close.clicked.connect(self.ask_close)
        self._next = PrimaryButton("", "Ctrl N", "plus")
        self._next.clicked.connect(
            lambda: self.line.call_next() if self.line.waiting else self.intake_wanted.emit()
        )
        self._list.header.addWidget(self._search, 4)
        self._papers = IconButton("printer")
        self._papers.clicked.connect(self.open_papers)
        for widget in (self._papers, self._close, self._next):
            self._list.header.addWidget(widget)
        self._inner = QStackedWidget()
        self._table = ApplicationTable(self._model)
        self._table.opened.connect(self._opened)
        self._table.clicked.connect(lambda index: self._opened(self._model.row_at(index.row())))
        self._empty = EmptyState("inbox")
        self._empty.acted.connect(self.intake_wanted)
        self._inner.addWidget(self._table)
        self._inner.addWidget(self._empty)
        self._list.body.addWidget(self._inner, 1)
        self._list.body.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self._list, 1)
        return page

    def _say_next(self) -> None:
        """Where somebody waits, the next one is the first thing to do; a new intake keeps its key."""
        waits = self.line.waiting
        self._next.set_text(self.tr("Next") if waits else self.tr("New intake"))
        self._next.set_key_hint("Space" if waits else "Ctrl N")

    def _say_site(self) -> None:
        """Show what others join this session by, and who is in it already."""
        site = self._site
        self._code.setVisible(site is not None and bool(site.code))
        if site is not None:
            code = self.tr("Code {code}").format(code=spoken(site.code))
            others = [part.operator_name for part in site.parts if part.device_code != self._device()]
            self._code.set_text(code)
            self._code.setToolTip("、".join(others))

    def _device(self) -> str:
        return self._services.who.device_code

    def _changed(self, changes: Changes) -> None:
        told = changes.topics & {Topic.SESSION.value, Topic.PLAN.value}
        if changes.reference:
            self._read_kinds()
        if told or changes.sessions or changes.reference or changes.outbox or changes.applications:
            self._reload()

    def _read_kinds(self) -> None:
        def look_up(db: Any) -> Any:
            return kinds_from(packs.pack(db, SESSIONS))

        read_aside(self, self._services, look_up, self._form.show_kinds)

    def _reload(self) -> None:
        before = self._session
        look = partial(_look, self._services.clock())
        found = self._services.store.read(look)
        self._session, self._figures, self._site = found.session, found.figures, found.site
        self._say_site()
        if self._session is None:
            self._form.show_compounds(found.compounds, found.last)
            self._form.show_offers(found.running, found.plans)
        elif before is None or before.id != self._session.id:
            self._model.show_query(Query(session_id=self._session.id))
        self._stack.setCurrentIndex(0 if self._session is None else 1)
        self._show_figures()
        if before != self._session:
            self.session_changed.emit(self._session)

    def _show_figures(self) -> None:
        figures = self._figures
        if figures is None:
            return
        pace = (
            self.tr("{time} each").format(time=duration(figures.seconds_mean)) if figures.seconds_mean else ""
        )
        self._cards[0].set_figure(self.tr("Received tonight"), str(figures.received), pace)
        rest = self.tr("The other {n} are safe on this machine").format(n=figures.received - figures.held)
        self._cards[1].set_figure(
            self.tr("Held by the centre"),
            f"{figures.held} / {figures.received}",
            rest if figures.held < figures.received else self.tr("All of them") if figures.received else "",
            Tone.PRIMARY if figures.received and figures.held == figures.received else None,
        )
        self._cards[2].set_figure(
            self.tr("Drafts"),
            str(figures.drafts),
            self.tr("Submit or discard before closing") if figures.drafts else self.tr("Nothing left open"),
            Tone.AMBER if figures.drafts else None,
        )
        self._cards[3].set_figure(
            self.tr("Need attention"),
            str(figures.parked),
            self.tr("Not taken by the centre") if figures.parked else self.tr("Nothing stands in the way"),
            Tone.SEAL if figures.parked else None,
        )

    def _loaded(self, count: int) -> None:
        self._inner.setCurrentIndex(0 if count else 1)
        self._say_empty()

    def _say_empty(self) -> None:
        if self._model.query().search:
            self._empty.set_icon("search")
            self._empty.set_words(
                self.tr("Nothing found tonight"), self.tr("The queue searches all evenings (Ctrl 3).")
            )
        else:
            self._empty.set_icon("inbox")
            self._empty.set_words(
                self.tr("Ready for the first household"),
                self.tr("Start an intake, or choose a household in the building table."),
                self.tr("New intake"),
            )

    def _searched(self, text: str) -> None:
        self._model.show_query(replace(self._model.query(), search=text))

    def _into_list(self) -> None:
        if self._model.rowCount():
            self._table.selectRow(0)
            self._table.setFocus()

    def _opened(self, row: ApplicationRow | None) -> None:
        if row is None:
            return
        wanted = self.draft_wanted if row.state is CaseState.DRAFT else self.case_wanted
        wanted.emit(row.id)

    def _opened_session(self) -> None:
        self._form.show_busy(False)
        self._problem.clear()
        self._reload()
        self._next.setFocus()
