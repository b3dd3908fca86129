"""The waiting line: give numbers, call them, and see how long everybody waits; today's appointments below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import InputError, JilaiError
from registration.facts import Topic
from registration.identifiers import mask_name
from registration.packs import TYPES, PackSet
from registration.queue import (
    Slip,
    SlipState,
    average_minutes,
    in_line,
    minutes_between,
    rules_from,
    wait_minutes,
)
from registration.session import Session
from storage import line, packs, sessions
from ui.call_display import CallDisplay
from ui.line_slips import print_slip
from ui.messages import language
from ui.run import read_aside, run
from ui.screens.line_card import calling_next
from ui.screens.line_form import LineForm
from ui.services import Services
from ui.theme import look
from ui.widgets import Card, Field, InlineProblem, PrimaryButton, Screen, SecondaryButton, Sheet
from ui.widgets.day_edit import DayEdit
from ui.widgets.figure import Figure
from ui.widgets.plain_table import PlainTable


@dataclass(frozen=True)
class _Known:
    session: Session | None
    slips: Sequence[Slip]
    booked: Sequence[Slip]
    packs: PackSet
    waiting: Sequence[Slip]  # in the order in which they will be called
    average: float  # minutes that one takes
    between: float  # minutes from one call to the next


class LineScreen(Screen):
    """Numbers of the running session; without one it says where to open one. No names but masked ones.

    `slip_wanted(Slip)`: who was called to this table has come, and their intake is to open.
    """

    slip_wanted = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._known: _Known | None = None
        self._rows: list[Slip] = []
        self._serving = ""
        self._giving = False
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(16)
        self.form = LineForm()
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
        self.table = PlainTable((0.8, 1.2, 1.9, 1.2, 0.9), strong=(0,), height=54)  # a type takes two lines
        card.body.addWidget(self.table, 1)
        column.addWidget(card, 1)
        row.addLayout(column, 1)
        self._display = CallDisplay(self)
        self._connect()
        self.retranslate()

    def shown(self) -> None:
        self._fit()
        self._reload()
        self.table.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        self.form.setFixedWidth(look().px(360 if look().percent <= 110 else 300))

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Give a number; at an appointment: it has come; at the table: take in")),
            ("Ctrl H", self.tr("Everybody is here, with the papers")),
            ("Ctrl Shift 0 … 7", self.tr("In turn, or why it goes first")),
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
        run(self, self._services, calling_next(self._services), None, self.problem.show_problem)

    def arrive(self) -> None:
        """Give the appointment in hand its number, open the intake of who is at this table; else nothing."""
        chosen = self._chosen()
        if chosen is None:
            return
        if chosen.state is SlipState.CALLED and chosen.called_by == self._services.who.device_code:
            self.slip_wanted.emit(chosen)
        elif chosen.state is SlipState.BOOKED:
            self._issue(chosen.id, chosen.type_code, "appointment", [], "")

    def turn_display(self) -> None:
        if self._display.isVisible():
            self._display.close()
        else:
            self._display.open_display()

    def ask_appointment(self) -> None:
        """Ask for day, time, name and phone of an appointment made on the telephone."""
        known = self._known
        if known is None or known.session is None:
            self.problem.show_problem(InputError("no_session"))
            return
        sheet = Sheet(self.window(), self.tr("Make an appointment"))
        day, time, name, phone = DayEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        day.setText(self._services.clock().date().isoformat())
        time.setPlaceholderText("19:30")
        problem = InlineProblem()
        for label, edit in (
            (self.tr("Day"), day),
            (self.tr("Time"), time),
            (self.tr("Name"), name),
            (self.tr("Phone"), phone),
        ):
            edit.setMaxLength(60)
            sheet.body.addWidget(Field(label, edit, line=False))
        sheet.body.addWidget(problem)
        services, compound_id, slip_id = self._services, known.session.compound_id, self._services.new_id()
        back = SecondaryButton(self.tr("Back"), "Esc")
        go = PrimaryButton(self.tr("Book"), "Enter")

        def book() -> None:
            who, now, fact_id = services.who, services.clock(), services.new_id()
            given = {
                "day": day.day(),
                "time": time.text().strip(),
                "name": name.text(),
                "phone": phone.text(),
            }
            run(
                self,
                services,
                lambda db: line.book(
                    db, who, now, fact_id=fact_id, slip_id=slip_id, compound_id=compound_id, **given
                ),
                lambda _: sheet.close_sheet(),
                problem.show_problem,
            )

        back.clicked.connect(sheet.close_sheet)
        go.clicked.connect(book)
        for edit, following in ((day, time), (time, name), (name, phone)):
            edit.returnPressed.connect(following.setFocus)
        phone.returnPressed.connect(book)
        sheet.buttons.addWidget(back)
        sheet.buttons.addWidget(go)
        sheet.open()
        time.setFocus()

    def _connect(self) -> None:
        self.form.given.connect(lambda *given: self._issue(self._services.new_id(), *given))
        self.form.note_wanted.connect(self._print_note)
        self._next.clicked.connect(self.call_next)
        self._show.clicked.connect(self.turn_display)
        self._book.clicked.connect(self.ask_appointment)
        on_table: dict[str, Callable[[], object]] = {
            "Space": self.call_next, "Return": self.arrive, "Enter": self.arrive,
            "R": lambda: self._do(line.call), "K": lambda: self._do(line.skip),
            "S": lambda: self._do(line.serve), "G": lambda: self._do(line.leave),
            "B": lambda: self._do(line.put_back), "Del": lambda: self._do(line.cancel),
            "A": self.ask_appointment,
        }  # fmt: skip
        for owner, acts in ((self.table, on_table), (self, {"F4": self.turn_display})):
            for key, act in acts.items():
                shortcut = QShortcut(QKeySequence(key), owner)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.setAutoRepeat(False)  # a key that is held calls one number, not all of them
                shortcut.activated.connect(act)
        self._services.signals.changed.connect(self._changed)

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

    def _issue(self, slip_id: str, type_code: str, reason: str, missing: list[str], why: str) -> None:
        if self._giving:  # Enter twice gives one number
            return
        self._giving = True
        services = self._services
        who, now, fact_id = services.who, services.clock(), services.new_id()

        def give(db: Any) -> tuple[Changes, Slip]:
            return line.issue(
                db, who, now, fact_id=fact_id, slip_id=slip_id, rules=rules_from(packs.pack_set(db)),
                type_code=type_code, reason=reason, missing=missing, why=why,
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
        rules = rules_from(known.packs)
        ahead = next((n for n, one in enumerate(in_line(slips, rules)) if one.id == slip.id), 0)
        minutes = wait_minutes(ahead, slips, rules)
        below = self.tr("{n} before it, about {minutes} min").format(n=ahead, minutes=minutes)
        self.form.show_given(slip, below)
        self._print(known, slip.number, slip.type_code, ahead, self.form.bring(list(slip.missing)))

    def _print_note(self, type_code: str, missing: list[str]) -> None:
        if self._known is not None and self._known.session is not None:
            self._print(self._known, self.tr("Again"), type_code, 0, self.form.bring(missing))

    def _print(self, known: _Known, number: str, type_code: str, ahead: int, bring: str) -> None:
        from printing.queue_slip import QueueSlip

        assert known.session is not None
        named = known.session.compound_name, known.session.title
        slip = QueueSlip(
            number, *named, self._services.clock(), ahead, self._type(known, type_code), bring=bring
        )
        print_slip(self, self._services, slip, self._not_printed)

    def _not_printed(self, error: JilaiError) -> None:
        self.form.problem.show_problem(error)

    def _changed(self, changes: Changes) -> None:
        seen = self.isVisible() or self._display.isVisible()
        if seen and (changes.sessions or Topic.QUEUE in changes.topics):
            self._reload()

    def _reload(self) -> None:
        today = self._services.clock().date()

        def read(db: Any) -> _Known:
            session = sessions.current(db)
            slips = line.slips(db, session.id) if session else []
            booked = line.appointments(db, session.compound_id, today) if session else []
            found = packs.pack_set(db)
            rules = rules_from(found)
            pace = average_minutes(slips, rules), minutes_between(slips, rules)
            return _Known(session, slips, booked, found, in_line(slips, rules), *pace)

        read_aside(self, self._services, read, self._show_known)

    def _show_known(self, known: _Known) -> None:
        self._known = known
        self.form.show_packs(known.packs)
        self.form.give_button.setEnabled(known.session is not None)
        self._fill()

    def _fill(self) -> None:
        known = self._known
        if known is None:
            return
        rules, slips, waiting = rules_from(known.packs), known.slips, known.waiting
        place = {one.id: ahead for ahead, one in enumerate(waiting)}
        here = [one for one in slips if one.state is SlipState.CALLED]
        here.sort(key=lambda one: datetime.fromisoformat(one.called_at), reverse=True)
        booked = [one for one in known.booked if one.state is SlipState.BOOKED]
        ended = [*slips, *(one for one in known.booked if not one.number)]
        over = [one for one in ended if one.state in (SlipState.LEFT, SlipState.CANCELLED)]
        before = self._chosen()
        if here and here[0].id != self._serving:
            before = here[0]  # the one just called is in hand
        self._serving = here[0].id if here else ""
        self._rows = [*here, *waiting, *booked, *over]
        lines = []
        for one in self._rows:
            minutes = round(place.get(one.id, 0) * known.between)
            reason = rules.reason(one.reason)
            state = self._state(one, minutes)
            who = mask_name(one.name) if one.name else ""
            why = reason.name(language()) if reason else ""
            lines.append((one.number or one.time, why, self._type(known, one.type_code), state, who))
        heads = (self.tr("Number"), self.tr("Goes first"), self.tr("About"), self.tr("State"), self.tr("Who"))
        self.table.show_lines(heads, lines)
        at = next((n for n, one in enumerate(self._rows) if before is not None and one.id == before.id), 0)
        if lines:
            self.table.selectRow(at)
        number = here[0].number if here else ""
        self._display.show_numbers(number, [one.number for one in waiting])
        last = round(len(waiting) * known.between)
        first = sum(one.first for one in waiting)
        done = sum(one.state is SlipState.SERVED for one in slips)
        self.figures[0].set_figure(
            self.tr("Being served"), number or "—", "" if known.session else self.tr("No session is open")
        )
        self.figures[1].set_figure(
            self.tr("Waiting"), str(len(waiting)), self.tr("{n} of them go first").format(n=first)
        )
        pace = self.tr("{average} min each, {done} served").format(average=round(known.average), done=done)
        self.figures[2].set_figure(self.tr("Wait now"), self.tr("{n} min").format(n=last), pace)

    def _state(self, slip: Slip, minutes: int) -> str:
        if slip.state is SlipState.WAITING:
            return self.tr("about {n} min").format(n=minutes) if minutes else self.tr("next")
        return {
            SlipState.CALLED: self.tr("at the table"),
            SlipState.BOOKED: self.tr("appointment"),
            SlipState.LEFT: self.tr("gone"),
            SlipState.CANCELLED: self.tr("cancelled"),
            SlipState.SERVED: self.tr("served"),
        }[slip.state]

    def _type(self, known: _Known, code: str) -> str:
        body = known.packs[TYPES]["types"].get(code)
        return "" if body is None else str(body["en" if language().startswith("en") else "zh"])
