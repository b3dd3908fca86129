"""The sheet for an appointment made on the telephone: day, time, who, and a word where the time is full."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.queue import rules_from
from registration.session import Session
from storage import appointments, line, packs, reference
from storage.values import HouseholdCell
from ui.run import read_aside, run
from ui.services import Services
from ui.theme import Tone
from ui.widgets import Field, InlineProblem, PrimaryButton, SecondaryButton, Sheet
from ui.widgets.building_plan import find_households
from ui.widgets.day_edit import DayEdit

translate = QCoreApplication.translate


class AppointmentSheet(Sheet):
    """AppointmentSheet(host, services, session).open(): Enter goes from line to line and books from the last.

    A time that takes no more is said, with the next one that does: taking that is one key, and so is booking
    all the same.
    """

    def __init__(self, host: QWidget, services: Services, session: Session) -> None:
        super().__init__(host, translate("Appointment", "Make an appointment"))
        self._services, self._session = services, session
        self._slip_id = services.new_id()
        self._seen = ""  # day and time whose crowd was shown
        self._free = ""
        self._cells: list[HouseholdCell] = []
        self.day, self.time, self.name, self.phone, self.home, self.birth = (
            DayEdit(), QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        )  # fmt: skip
        self.day.setText(services.clock().date().isoformat())
        self.time.setPlaceholderText("19:30")
        self.home.setPlaceholderText("3-2-1201")
        self.birth.setPlaceholderText("1955")
        self.problem = InlineProblem()
        lines = (
            (translate("Appointment", "Day"), self.day),
            (translate("Appointment", "Time"), self.time),
            (translate("Appointment", "Name"), self.name),
            (translate("Appointment", "Phone"), self.phone),
            (translate("Appointment", "House number, where it is known"), self.home),
            (translate("Appointment", "Born, where told: date, year or identity number"), self.birth),
        )
        fields = []
        for label, edit in lines:
            edit.setMaxLength(60)
            fields.append(Field(label, edit, line=edit is self.home))
        for pair in (fields[:2], fields[2:4]):
            beside = QHBoxLayout()
            beside.setSpacing(12)
            for field in pair:
                beside.addWidget(field, 1)
            self.body.addLayout(beside)
        for field in fields[4:]:
            self.body.addWidget(field)
        self._home_field = fields[4]
        self.body.addWidget(self.problem)
        self._back = SecondaryButton(translate("Appointment", "Back"), "Esc")
        self.take = SecondaryButton("", "Enter")
        self.go = PrimaryButton(translate("Appointment", "Book"), "Enter")
        self.take.hide()
        for button in (self._back, self.take, self.go):
            self.buttons.addWidget(button)
        self._back.clicked.connect(self.close_sheet)
        self.take.clicked.connect(self._take_free)
        self.go.clicked.connect(self.book)
        edits = [edit for _, edit in lines]
        for edit, following in pairwise(edits):
            edit.returnPressed.connect(following.setFocus)
        self.birth.returnPressed.connect(self.book)
        for edit in (self.day, self.time):
            edit.textEdited.connect(lambda _: self._forget_crowd())
        self.home.textEdited.connect(lambda _: self._say_home())
        read_aside(self, services, lambda db: reference.households(db, session.compound_id), self._met)

    def open(self) -> None:
        super().open()
        self.time.setFocus()

    def book(self) -> None:
        """Book it; a time that is full is booked only once that was shown."""
        if not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        self.problem.clear()
        services, session, slip_id = self._services, self._session, self._slip_id
        who, now, fact_id = services.who, services.clock(), services.new_id()
        given = {
            "day": self.day.day(), "time": self.time.text().strip(), "name": self.name.text(),
            "phone": self.phone.text(), "birth": self.birth.text(), "household_id": self._household(),
        }  # fmt: skip
        seen = self._seen == f"{given['day']} {given['time']}"

        def write(db: Any) -> Changes:
            pace = appointments.pace_at(db, session.compound_id, rules_from(packs.pack_set(db)))
            return line.book(
                db, who, now, fact_id=fact_id, slip_id=slip_id, compound_id=session.compound_id,
                pace=None if seen else pace, **given,
            )  # fmt: skip

        run(self, services, write, lambda _: self.close_sheet(), self._refused)

    def _met(self, cells: list[HouseholdCell]) -> None:
        self._cells = cells
        self._say_home()

    def _household(self) -> str:
        """Return the household that the number means as it is said below it, "" for none."""
        found = find_households(self._cells, self.home.text())
        return found[0].household.id if found else ""

    def _say_home(self) -> None:
        found = find_households(self._cells, self.home.text())
        none = translate("Appointment", "No such house; it is booked without one") if self.home.text() else ""
        self._home_field.set_hint(found[0].household.label if found else none)

    def _refused(self, error: JilaiError) -> None:
        self.go.setEnabled(True)
        full = error.code == "appointment_crowded"
        self.problem.show_problem(error, tone=Tone.AMBER if full else None)
        if full:
            self._seen = f"{self.day.day()} {self.time.text().strip()}"
            free = error.problem.params["free"]
            self._free = free if ":" in free else ""
            self.go.set_text(translate("Appointment", "Book all the same"))
            if self._free:
                self.take.set_text(translate("Appointment", "Take {time}").format(time=self._free))
            self.take.setVisible(bool(self._free))
            self.go.set_key_hint("" if self._free else "Enter")
            (self.take if self._free else self.go).setFocus()

    def _take_free(self) -> None:
        self.time.setText(self._free)
        self._forget_crowd()
        self.book()

    def _forget_crowd(self) -> None:
        if self._seen:
            self._seen = self._free = ""
            self.problem.clear()
            self.take.hide()
            self.go.set_key_hint("Enter")
            self.go.set_text(translate("Appointment", "Book"))
