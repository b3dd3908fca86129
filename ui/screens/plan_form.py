"""One session that is planned: its day, how many weeks it is repeated, and what a session has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.errors import JilaiError
from registration.property_unit import Compound
from registration.session_plan import Plan, PlannedSession
from registration.session_team import SessionKinds
from ui.screens.session_fields import SessionFields
from ui.theme import look
from ui.widgets import (
    Card,
    Field,
    InlineProblem,
    PrimaryButton,
    Screen,
    ScrollArea,
    SecondaryButton,
    Text,
)
from ui.widgets.day_edit import DayEdit


class PlanForm(Screen):
    """`open_new(day, title)` or `open_plan(planned)` in; `saved(plan id or "", compound id, Plan, weeks)` and
    `left()` out. Enter in a field saves.
    """

    saved = Signal(str, str, object, int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = ""
        self._most_weeks = 1
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card(margins=20)
        outer.addWidget(card)
        row = QHBoxLayout()
        card.body.addLayout(row, 1)
        middle = QWidget()
        middle.setMaximumWidth(look().px(760))
        row.addStretch(1)
        row.addWidget(middle, 8)
        row.addStretch(1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        area = ScrollArea(spacing=10)
        column.addWidget(area, 1)
        self._heading = Text("", "title")
        self.problem = InlineProblem()
        self.day, self.weeks = DayEdit(), QLineEdit()
        self._day_field = Field("", self.day, line=False)
        self._weeks_field = Field("", self.weeks, line=False)
        days = QHBoxLayout()
        days.setSpacing(12)
        days.addWidget(self._day_field, 1)
        days.addWidget(self._weeks_field, 1)
        self.fields = SessionFields()
        for widget in (self._heading, self.problem):
            area.column.addWidget(widget)
        area.column.addLayout(days)
        area.column.addWidget(self.fields)
        area.column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self._back = SecondaryButton("", "Esc")
        self._back.clicked.connect(self.left)
        self.save = PrimaryButton("", "Enter")
        self.save.clicked.connect(self._save)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self.save)
        column.addLayout(foot)
        for edit in (self.day, self.weeks):
            edit.returnPressed.connect(self._save)
        self.fields.entered.connect(self._save)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(self._save)
        self.retranslate()

    def show_places(self, compounds: Sequence[Compound], last: str, kinds: SessionKinds) -> None:
        """Offer compounds, kinds of place and roles."""
        self._most_weeks = kinds.most_weeks
        self.weeks.setValidator(QIntValidator(1, kinds.most_weeks, self))
        self.fields.show_kinds(kinds)
        self.fields.show_compounds(compounds, last)

    def open_new(self, day: date) -> None:
        """Begin a new plan; what stood in the form before stays but for the day, to save typing."""
        self._id = ""
        self.day.setText(day.isoformat())
        self.weeks.setText("1")
        if not self.fields.starts.text():
            self.fields.starts.setText("18:30")
            self.fields.ends.setText("21:00")
            self.fields.name.setText(self.tr("Evening session"))
        self._begin()

    def open_plan(self, planned: PlannedSession) -> None:
        """Change a plan that is there."""
        self._id = planned.id
        self.day.setText(planned.plan.day)
        self.weeks.setText("1")
        self.fields.show_plan(planned.compound_id, planned.plan)
        self._begin()

    def show_failure(self, error: JilaiError) -> None:
        self.save.set_busy("")
        self.problem.show_problem(error)
        field = {"day": self.day, "starts": self.fields.starts}.get(error.problem.field)
        if field is not None:
            field.setFocus()
            field.selectAll()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Save the plan")),
            ("Esc", self.tr("Back to the list without saving")),
        ]

    def retranslate(self) -> None:
        self._heading.set_text(self.tr("Change the plan") if self._id else self.tr("Plan a session"))
        self._day_field.set_label(self.tr("Day"))
        self._weeks_field.set_label(self.tr("How many weeks in a row"))
        self._back.set_text(self.tr("Back"))
        self.save.set_text(self.tr("Save the plan"))

    def _begin(self) -> None:
        self.problem.clear()
        self.save.set_busy("")
        self._weeks_field.setVisible(not self._id)
        self.retranslate()
        self.day.setFocus()
        self.day.selectAll()

    def _save(self) -> None:
        if not self.save.isEnabled() or not self.fields.compound_id():
            return
        if not self.weeks.hasAcceptableInput():
            self.weeks.setFocus()
            self.weeks.selectAll()
            return
        self.problem.clear()
        fields, setting = self.fields, self.fields.setting()
        plan = Plan(
            self.day.day(),
            _two_digits(fields.starts.text()),
            _two_digits(fields.ends.text()),
            fields.name.text().strip(),
            setting.kind,
            setting.place,
            setting.team,
        )
        self.save.set_busy(self.tr("Saving…"))
        self.saved.emit(self._id, fields.compound_id(), plan, int(self.weeks.text()))


def _two_digits(time: str) -> str:
    """Plans are sorted by their time: 9:00 is written 09:00."""
    return time if len(time) != len("9:00") else f"0{time}"
