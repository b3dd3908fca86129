"""The waiting line: give numbers, call them, and see how long everybody waits; today's appointments below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import InputError, JilaiError
from registration.facts import Topic
from registration.identifiers import mask_name
from registration.queue import Slip, SlipState, in_line, rules_from, wait_minutes
from storage import line, packs
from ui.call_display import CallDisplay
from ui.line_slips import print_slip
from ui.run import read_aside, run
from ui.screens import line_words
from ui.screens.appointment_sheet import AppointmentSheet
from ui.screens.line_card import calling_next
from ui.screens.line_due import KEYS, LineDue
from ui.screens.line_form import LineForm
from ui.screens.line_home import LineHome
from ui.screens.line_reading import Known, read_line
from ui.services import Services
from ui.theme import look
from ui.widgets import Card, EmptyState, InlineProblem, PrimaryButton, Screen, SecondaryButton
from ui.widgets.figure import Figure
from ui.widgets.plain_table import PlainTable

_WIDE = 1200
_TICK = 30_000  # ms: what is due changes by the clock alone


class LineScreen(Screen):
    """Numbers of the running session; without one it says where to open one. No names but masked ones.

    `slip_wanted(Slip)`: who was called to this table has come, and their intake is to open. `left` by Esc.
    """

    slip_wanted = Signal(object)
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._known: Known | None = None
        self._rows: list[Slip] = []
        self._lines: list[tuple[str, ...]] = []
        self._serving = ""
        self._giving = False
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(16)
        self.form = LineForm()
        self._home = LineHome(self.form, services)
        row.addWidget(self.form)
        column = QVBoxLayout()
        column.setSpacing(16)
        figures = QHBoxLayout()
        figures.setSpacing(16)
        self.figures = [Figure() for _ in range(3)]
        for figure in self.figures:
            figures.addWidget(figure, 1)
        column.addLayout(figures)
        card = Card("·", margins=0)
        self._card = card
        card.header.addStretch(1)
        self._show = SecondaryButton("", "F4", "maximize-2")
        self._book = SecondaryButton("", "A", "plus")
        self._next = PrimaryButton("", "Space", "users")
        for button in (self._show, self._book, self._next):
            card.header.addWidget(button)
        self.problem = InlineProblem()
        card.body.addWidget(self.problem)
        self.due = LineDue()
        card.body.addWidget(self.due)
        self.table = PlainTable((0.8, 1.2, 1.9, 1.2, 0.9), strong=(0,), height=54)  # a type takes two lines
        self.empty = EmptyState("users", key_hint="N")
        self.stack = QStackedWidget()
        for page in (self.table, self.empty):
            self.stack.addWidget(page)
        card.body.addWidget(self.stack, 1)
        column.addWidget(card, 1)
        row.addLayout(column, 1)
        self._display = CallDisplay(self)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK)
        self._connect()
        self.retranslate()

    def shown(self) -> None:
        self._fit()
        self._reload()
        self._clock.start()
        self.take_hand()

    def take_hand(self) -> None:
        """Bring the hand to the line, or to what stands in its place while it is empty."""
        if self.stack.currentWidget() is self.table:
            self.table.setFocus()
        else:
            self.empty.take_focus()

    def back(self) -> bool:
        """From the form, or a button, to the line; then leave it."""
        if self.stack.isAncestorOf(self.focusWidget() or self):
            self.left.emit()
        else:
            self.take_hand()
        return True

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = look().percent <= 110 and self.width() >= _WIDE
        self.form.setFixedWidth(look().px(360 if wide else 300))

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Give a number; at an appointment: it has come; at the table: take in")),
            ("N", self.tr("To the form: give a number")),
            ("1 … 3", self.tr("This appointment of those that are due has come")),
            ("E", self.tr("Has come, and goes first as proposed")),
            ("Ctrl H", self.tr("Everybody is here, with the papers")),
            ("Ctrl Shift 0 … 7", self.tr("In turn, or why it goes first")),
            ("Ctrl E", self.tr("Goes first as proposed for the house")),
            ("Ctrl P", self.tr("Print what to bring, give no number")),
            ("Space", self.tr("Call the next one")),
            ("R", self.tr("Call again, or out of turn")),
            ("K", self.tr("Pass over: comes back after some others")),
            ("S", self.tr("Served, or done without a case")),
            ("G", self.tr("Gone, or did not keep the appointment")),
            ("B", self.tr("Put back into the line")),
            ("Del", self.tr("Cancel the number or the appointment")),
            ("A", self.tr("Make an appointment")),
            ("F4", self.tr("Call display for the room")),
            ("Esc", self.tr("From the form to the line, then back")),
        ]

    def retranslate(self) -> None:
        self.form.retranslate()
        self._card.set_title(self.tr("Waiting line"))
        self._show.set_text(self.tr("Call display"))
        self._book.set_text(self.tr("Appointment"))
        self._next.set_text(self.tr("Next"))
        self._fill()

    def call_next(self) -> None:
        """Call the next number to this table; the one that was there is done."""
        self.problem.clear()
        run(self, self._services, calling_next(self._services), self._called, self.problem.show_problem)

    def arrive(self) -> None:
        """Give the appointment in hand its number, open the intake of who is at this table; else say why."""
        chosen = self._chosen()
        self.problem.clear()
        if chosen is None:
            self.form.take_hand()
        elif chosen.state is SlipState.BOOKED:
            self._has_come(chosen)
        elif chosen.state is SlipState.CALLED and chosen.called_by == self._services.who.device_code:
            self.slip_wanted.emit(chosen)
        else:
            self.problem.show_words(*line_words.why_not(chosen, self._services.clock()))

    def take_proposed(self) -> None:
        """Give the appointment in hand its number, first by what is proposed for it."""
        chosen, known = self._chosen(), self._known
        reason = known.proposed.get(chosen.id) if known is not None and chosen is not None else None
        self.problem.clear()
        if chosen is not None and reason is not None:
            self._issue(chosen.id, chosen.type_code, reason[0], [], "")
        else:
            self.problem.show_words(*line_words.nothing_proposed())

    def turn_display(self) -> None:
        if self._display.isVisible():
            self._display.close()
        else:
            self._display.open_display()

    def ask_appointment(self) -> None:
        """Ask for day, time and who of an appointment made on the telephone."""
        known = self._known
        if known is None or known.session is None:
            self.problem.show_problem(InputError("no_session"))
            return
        AppointmentSheet(self.window(), self._services, known.session).open()

    def _connect(self) -> None:
        self.form.given.connect(self._give)
        self.form.note_wanted.connect(self._print_note)
        self._next.clicked.connect(self.call_next)
        self._show.clicked.connect(self.turn_display)
        self._book.clicked.connect(self.ask_appointment)
        self.due.came.connect(self._has_come)
        self.empty.acted.connect(self.form.take_hand)
        self._clock.timeout.connect(self._tick)
        on_table: dict[str, Callable[[], object]] = {
            "Space": self.call_next, "Return": self.arrive, "Enter": self.arrive,
            "R": lambda: self._do(line.call), "K": lambda: self._do(line.skip),
            "S": lambda: self._do(line.serve), "G": lambda: self._do(line.leave),
            "B": lambda: self._do(line.put_back), "Del": lambda: self._do(line.cancel),
            "A": self.ask_appointment, "N": self.form.take_hand, "E": self.take_proposed,
            **{key: partial(self.due.give, place) for place, key in enumerate(KEYS)},
        }  # fmt: skip
        for owner, acts in ((self.stack, on_table), (self, {"F4": self.turn_display})):
            for key, act in acts.items():
                shortcut = QShortcut(QKeySequence(key), owner)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.setAutoRepeat(False)  # a key that is held calls one number, not all of them
                shortcut.activated.connect(act)
        self._services.signals.changed.connect(self._changed)

    def _called(self, answer: tuple[Changes, Slip | None]) -> None:
        if answer[1] is None:
            self.problem.show_words(*line_words.nobody_waits())

    def _has_come(self, booked: Slip) -> None:
        self._issue(booked.id, booked.type_code, "appointment", [], "")

    def _chosen(self) -> Slip | None:
        at = self.table.currentIndex().row()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _do(self, operation: Any) -> None:
        chosen, services = self._chosen(), self._services
        if chosen is None:
            return
        who, now, fact_id = services.who, services.clock(), services.new_id()
        self.problem.clear()
        run(
            self,
            services,
            lambda db: operation(db, who, now, fact_id=fact_id, slip_id=chosen.id),
            None,
            self.problem.show_problem,
        )

    def _give(self, type_code: str, reason: str, missing: list[str], why: str) -> None:
        home = self.form.household_id()
        self._issue(self._services.new_id(), type_code, reason, missing, why, home)

    def _issue(
        self, slip_id: str, type_code: str, reason: str, missing: list[str], why: str, household_id: str = ""
    ) -> None:
        if self._giving:  # Enter twice gives one number
            return
        self._giving = True
        services = self._services
        who, now, fact_id = services.who, services.clock(), services.new_id()

        def give(db: Any) -> tuple[Changes, Slip]:
            return line.issue(
                db, who, now, fact_id=fact_id, slip_id=slip_id, rules=rules_from(packs.pack_set(db)),
                type_code=type_code, reason=reason, missing=missing, why=why, household_id=household_id,
            )  # fmt: skip

        run(self, services, give, lambda made: self._given(made[1]), self._not_given)

    def _not_given(self, error: JilaiError) -> None:
        self._giving = False
        self.form.problem.show_problem(error)

    def _given(self, slip: Slip) -> None:
        self._giving = False
        known = self._known
        if known is None or known.session is None:
            return
        slips = [*(one for one in known.slips if one.id != slip.id), slip]
        rules = known.rules
        ahead = next((n for n, one in enumerate(in_line(slips, rules)) if one.id == slip.id), 0)
        minutes = wait_minutes(ahead, slips, rules)
        below = self.tr("{n} before it, about {minutes} min").format(n=ahead, minutes=minutes)
        self.form.show_given(slip, below)
        self._print(known, slip.number, slip.type_code, ahead, self.form.bring(list(slip.missing)))

    def _print_note(self, type_code: str, missing: list[str]) -> None:
        if self._known is not None and self._known.session is not None:
            self._print(self._known, self.tr("Again"), type_code, 0, self.form.bring(missing))

    def _print(self, known: Known, number: str, type_code: str, ahead: int, bring: str) -> None:
        from printing.queue_slip import QueueSlip

        assert known.session is not None
        named = known.session.compound_name, known.session.title
        slip = QueueSlip(
            number, *named, self._services.clock(), ahead, line_words.about(known, type_code), bring=bring
        )
        print_slip(self, self._services, slip, self._not_printed)

    def _not_printed(self, error: JilaiError) -> None:
        self.form.problem.show_problem(error)

    def _changed(self, changes: Changes) -> None:
        seen = self.isVisible() or self._display.isVisible()
        if seen and (changes.sessions or Topic.QUEUE in changes.topics):
            self._reload()

    def _tick(self) -> None:
        if not self.isVisible():
            self._clock.stop()  # it starts when the screen is turned to
        else:
            self._reload()

    def _reload(self) -> None:
        now = self._services.clock()
        read_aside(self, self._services, lambda db: read_line(db, now), self._show_known)

    def _show_known(self, known: Known) -> None:
        self._known = known
        self.form.show_packs(known.packs)
        self._home.show_known(known)
        self.form.give_button.setEnabled(known.session is not None)
        self._fill()

    def _fill(self) -> None:
        known = self._known
        if known is None:
            return
        rules, slips, waiting = known.rules, known.slips, known.waiting
        self.due.show_due(known.booked, known.at, rules)
        place = {one.id: ahead for ahead, one in enumerate(waiting)}
        here = [one for one in slips if one.state is SlipState.CALLED]
        here.sort(key=lambda one: datetime.fromisoformat(one.called_at), reverse=True)
        booked = [one for one in known.booked if one.state is SlipState.BOOKED]
        now, later = (
            [one for one in booked if (one.id in self.due.ids()) is wanted] for wanted in (True, False)
        )
        ended = [*slips, *(one for one in known.booked if not one.number)]
        over = [one for one in ended if one.state in (SlipState.LEFT, SlipState.CANCELLED)]
        table = self._services.who.device_code
        mine = [one for one in here if one.called_by == table]
        before = self._chosen()
        if mine and mine[0].id != self._serving:
            before = mine[0]  # the one just called to this table is in hand
        self._serving = mine[0].id if mine else ""
        self._rows = [*mine, *(one for one in here if one not in mine), *now, *waiting, *later, *over]
        lines = []
        for one in self._rows:
            state = line_words.state(one, round(place.get(one.id, 0) * known.between), known, table)
            who = mask_name(one.name) if one.name else ""
            first, about = line_words.first(one, known), line_words.about(known, one.type_code)
            lines.append((one.number or one.time, first, about, state, who))
        heads = (self.tr("Number"), self.tr("Goes first"), self.tr("About"), self.tr("State"), self.tr("Who"))
        if self._lines != [heads, *lines]:  # what stays as it is keeps its place under the eyes
            self._lines = [heads, *lines]
            self.table.show_lines(heads, lines)
        at = next((n for n, one in enumerate(self._rows) if before is not None and one.id == before.id), 0)
        if lines:
            self.table.selectRow(at)
        self._turn_stack(self.table if lines else self.empty)
        self._display.show_numbers(here[0].number if here else "", [one.number for one in waiting])
        last = round(len(waiting) * known.between)
        urgent = sum(one.first for one in waiting)
        done = sum(one.state is SlipState.SERVED for one in slips)
        number = mine[0].number if mine else "—"
        self.figures[0].set_figure(self.tr("Being served"), number, line_words.elsewhere(here, known, table))
        self.figures[1].set_figure(
            self.tr("Waiting"), str(len(waiting)), self.tr("{n} of them go first").format(n=urgent)
        )
        pace = self.tr("{average} min each, {done} served").format(average=round(known.average), done=done)
        self.figures[2].set_figure(self.tr("Wait now"), self.tr("{n} min").format(n=last), pace)

    def _turn_stack(self, page: QWidget) -> None:
        if page is self.empty:
            self.empty.set_words(*line_words.empty(self._known))
        if self.stack.currentWidget() is not page:
            held = self.stack.isAncestorOf(self.focusWidget() or self)
            self.stack.setCurrentWidget(page)
            if held:
                self.take_hand()
