"""Opening a session: where, when and with whom; everything has a sensible default for this evening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.errors import JilaiError
from registration.property_unit import Compound
from registration.session import SiteSession
from registration.session_plan import PlannedSession
from registration.session_team import SessionKinds
from ui.ready_result import ReadyResult, ready_words
from ui.screens.session_fields import SessionFields
from ui.theme import look
from ui.widgets import (
    Card,
    Chip,
    EmptyState,
    Field,
    InlineProblem,
    PrimaryButton,
    QuietButton,
    Screen,
    SecondaryButton,
    Text,
)
from ui.widgets.screen import ScrollArea

_EVENING = 17
_USUAL_SECONDS = 9000
_CODE_LENGTH = 12  # seven letters, and blanks between them


class SessionForm(Screen):
    """`show_compounds`, `show_offers`, `show_ready` and `show_failure` in. Out: `open_wanted(compound id,
    title, starts, ends, Setting)`; `plan_wanted(plan id, title, starts, ends, Setting)` where it was filled
    from a plan; `join_wanted(session id, Setting)` for one that runs on another laptop; `code_wanted` as
    `open_wanted` with that session's code at the end, where this laptop has not heard of it.
    """

    open_wanted = Signal(str, str, str, str, object)
    plan_wanted = Signal(str, str, str, str, object)
    join_wanted = Signal(str, object)
    code_wanted = Signal(str, str, str, str, object, str)
    calendar_wanted = Signal()  # what is planned
    ready_wanted = Signal()  # the ready-to-go check

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running: tuple[SiteSession, ...] = ()
        self._plans: tuple[PlannedSession, ...] = ()
        self._plan = ""  # that the fields were filled from
        self._names: dict[str, str] = {}
        self._offers: list[SecondaryButton] = []
        self._now = now
        self._last_ready: ReadyResult | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._card = Card(margins=20)
        outer.addWidget(self._card)
        self._empty = EmptyState("building-2")
        self._card.body.addWidget(self._empty, 1)
        self._form = QWidget()
        self._card.body.addWidget(self._form, 1)
        row = QHBoxLayout(self._form)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        middle = QWidget()
        middle.setMaximumWidth(look().px(760))
        row.addWidget(middle, 8)
        row.addStretch(1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        # What is offered, a team and a problem do not push the button off the screen: they scroll above it
        self._area = ScrollArea(spacing=8)
        column.addWidget(self._area, 1)
        self._build(self._area.column)
        self._build_foot(column)
        self.retranslate()
        self.show_compounds(())

    def show_compounds(self, compounds: Sequence[Compound], last: str = "") -> None:
        """Offer these compounds, the last session's first; without any the form says what it waits for."""
        self._names = {compound.id: compound.name for compound in compounds}
        self._fields.show_compounds(compounds, last)
        self._empty.setVisible(not compounds)
        self._form.setVisible(bool(compounds))

    def show_kinds(self, kinds: SessionKinds) -> None:
        self._fields.show_kinds(kinds)

    def show_offers(self, running: Sequence[SiteSession], plans: Sequence[PlannedSession]) -> None:
        """Offer what runs on other laptops, then what is planned for today, before everything else."""
        if (tuple(running), tuple(plans)) != (self._running, self._plans):
            self._running, self._plans = tuple(running), tuple(plans)
            if self._plan not in {one.id for one in plans}:
                self._plan = ""
            self._list_offers()
            self._say_below()

    def show_plan(self, planned: PlannedSession) -> None:
        """Fill the fields from a plan; the button that opens it has the hand."""
        self._fields.show_plan(planned.compound_id, planned.plan)
        self._plan = planned.id
        self._code.clear()
        self._say_below()
        self._open.setFocus()

    def show_ready(self, result: ReadyResult | None, now: datetime) -> None:
        """Say how the ready-to-go check ended last."""
        self._last_ready, self._now = result, now
        self._say_ready()

    def show_busy(self, busy: bool) -> None:
        self._open.set_busy(self.tr("Opening…") if busy else "")

    def show_failure(self, error: JilaiError) -> None:
        self.show_busy(False)
        self._problem.show_problem(error)
        self._area.verticalScrollBar().setValue(0)  # where it stands

    def shown(self) -> None:
        (self._offers[0] if self._offers else self._where).setFocus()

    def retranslate(self) -> None:
        self._empty.set_words(
            self.tr("No compound yet"),
            self.tr(
                "The centre sends compounds and building tables by itself once this machine is enrolled and"
                " in contact. The link at the top right says how it stands."
            ),
        )
        self._title.set_text(self.tr("Open a session"))
        self._fields.retranslate()
        self._code_field.set_label(self.tr("Code of a session that runs already"))
        self._code.setPlaceholderText(self.tr("On Tonight of the other laptop"))
        self._calendar.set_text(self.tr("Planned sessions"))
        self._list_offers()
        self._say_below()
        self._say_open()
        self._say_ready()
        if not self._name.isModified():
            evening = self._now.astimezone().hour >= _EVENING
            self._name.setText(self.tr("Evening session") if evening else self.tr("Day session"))

    def _build(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        self._title, self._below = Text("", "title"), Text("", "muted", wrap=True)
        self._calendar = QuietButton("", "F7", "calendar-days")
        self._calendar.clicked.connect(self.calendar_wanted)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._calendar)
        column.addLayout(head)
        column.addWidget(self._below)
        self._problem = InlineProblem()
        column.addWidget(self._problem)
        self._offer_title = Text("", "strong")
        column.addWidget(self._offer_title)
        self._offer_box = QVBoxLayout()
        self._offer_box.setSpacing(6)
        column.addLayout(self._offer_box)
        self._fields = SessionFields()
        self._where, self._name = self._fields.where, self._fields.name
        self._from, self._to = self._fields.starts, self._fields.ends
        self._helper = self._fields.team.first
        local = self._now.astimezone()
        start = QTime(18, 30) if local.hour >= _EVENING else QTime(9, 0)
        self._from.setText(start.toString("HH:mm"))
        self._to.setText(start.addSecs(_USUAL_SECONDS).toString("HH:mm"))
        self._fields.entered.connect(self._send)
        self._fields.moved.connect(self._leave_plan)
        column.addWidget(self._fields)
        self._code = QLineEdit()
        self._code.setMaxLength(_CODE_LENGTH)
        self._code.textChanged.connect(lambda _: self._say_open())
        self._code.returnPressed.connect(self._send)
        self._code_field = Field("", self._code, line=False)
        column.addWidget(self._code_field)
        column.addStretch(1)

    def _build_foot(self, column: QVBoxLayout) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        self._ready_chip = Chip()
        self._ready = QuietButton("")
        self._ready.clicked.connect(self.ready_wanted)
        line.addWidget(self._ready_chip)
        line.addWidget(self._ready)
        line.addStretch(1)
        self._open = PrimaryButton("", "Enter", "door-open")
        self._open.clicked.connect(self._send)
        line.addWidget(self._open)
        column.addLayout(line)

    def _list_offers(self) -> None:
        for button in self._offers:
            self._offer_box.removeWidget(button)
            button.deleteLater()
        self._offers = []
        for session in self._running:
            words = self.tr("{place} · {title} · {name}, since {time}").format(
                place=self._names.get(session.compound_id, ""),
                title=session.title,
                name="、".join(dict.fromkeys(part.operator_name for part in session.parts)),
                time=session.opened_at.astimezone().strftime("%H:%M"),
            )
            self._offer(words, "users").clicked.connect(partial(self._join, session.id))
        for planned in self._plans:
            words = self.tr("{place} · {title} · {starts} to {ends}").format(
                place=self._names.get(planned.compound_id, ""),
                title=planned.plan.title,
                starts=planned.plan.starts,
                ends=planned.plan.ends,
            )
            self._offer(words, "calendar-days").clicked.connect(partial(self.show_plan, planned))
        runs, is_planned = bool(self._running), bool(self._plans)
        self._offer_title.setVisible(runs or is_planned)
        self._offer_title.set_text(
            self.tr("A session runs already: join it")
            if runs and not is_planned
            else self.tr("Running already, or planned for today")
            if runs
            else self.tr("Planned for today")
        )

    def _offer(self, words: str, icon: str) -> SecondaryButton:
        button = SecondaryButton(words, "" if self._offers else "Enter", icon)
        self._offer_box.addWidget(button)
        self._offers.append(button)
        return button

    def _join(self, session_id: str) -> None:
        if self._open.isEnabled():
            self._problem.clear()
            self.show_busy(True)
            self.join_wanted.emit(session_id, self._fields.setting())

    def _leave_plan(self) -> None:
        """Another compound than the plan's: what is opened is not what was planned."""
        self._plan = ""
        self._say_below()

    def _say_below(self) -> None:
        planned = next((one for one in self._plans if one.id == self._plan), None)
        if planned is None:
            self._below.set_text(self.tr("The place belongs to the session: choose where you are."))
        else:
            self._below.set_text(
                self.tr("Filled in as planned: {place}, {starts} to {ends}.").format(
                    place=self._names.get(planned.compound_id, ""),
                    starts=planned.plan.starts,
                    ends=planned.plan.ends,
                )
            )

    def _say_open(self) -> None:
        joins = bool(self._code.text().strip())
        self._open.set_text(self.tr("Join the session") if joins else self.tr("Open the session"))

    def _say_ready(self) -> None:
        tone, title, words = ready_words(self._last_ready, self._now)
        self._ready_chip.set_chip(title, tone)
        self._ready.set_text(words)

    def _send(self) -> None:
        if not self._open.isEnabled() or not self._fields.compound_id():
            return
        self._problem.clear()
        wrong = self._fields.wrong_time()
        if wrong is not None:
            wrong.setFocus()
            wrong.selectAll()
            return
        self.show_busy(True)
        given = (self._name.text().strip(), self._from.text(), self._to.text(), self._fields.setting())
        code = self._code.text().strip()
        if code:
            self.code_wanted.emit(self._fields.compound_id(), *given, code)
        elif self._plan:
            self.plan_wanted.emit(self._plan, *given)
        else:
            self.open_wanted.emit(self._fields.compound_id(), *given)
