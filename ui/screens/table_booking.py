"""The sheets for many households' evening: times one after the other, and notices for their doors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit

from registration.changes import Changes
from registration.errors import InputError, JilaiError
from registration.queue import QueueRules, rules_from
from storage import appointments, packs, reference
from storage.values import HouseholdCell
from ui.messages import language
from ui.run import read_aside, run
from ui.theme import Tone
from ui.widgets import Field, InlineProblem, PrimaryButton, Sheet, Text
from ui.widgets.day_edit import DayEdit

if TYPE_CHECKING:
    from ui.services import Services

translate = QCoreApplication.translate
_TYPE = "new_housing_transfer"  # what a building's households come for


def open_booking(
    sheet: Sheet, services: Services, cells: Sequence[HouseholdCell], booked_many: Callable[[int], None]
) -> None:
    """Ask for day, start and minutes each; `booked_many(count)` once every household has its time."""
    day, start, minutes, problem = DayEdit(), QLineEdit("19:00"), QLineEdit("10"), InlineProblem()
    day.setText((services.clock().date() + timedelta(days=1)).isoformat())
    start.setMaxLength(5)
    minutes.setMaxLength(3)
    ends = Text("", "muted", wrap=True)
    full: list[tuple[str, str, int]] = []  # day, start and minutes whose crowd was shown
    for label, editor in (
        (translate("TableBatch", "Day"), day),
        (translate("TableBatch", "From"), start),
        (translate("TableBatch", "Minutes for each"), minutes),
    ):
        sheet.body.addWidget(Field(label, editor, line=False))
    sheet.body.addWidget(ends)
    sheet.body.addWidget(problem)
    go = PrimaryButton(translate("TableBatch", "Book"), "Enter")
    sheet.buttons.addWidget(go)

    def say() -> None:
        try:
            last = appointments.times(start.text(), _number(minutes.text()), len(cells))[-1]
        except InputError:
            ends.set_text("")
            return
        words = translate("TableBatch", "The last one is at {time}. Who has an appointment keeps it.")
        ends.set_text(words.format(time=last))

    def booked(result: tuple[Changes, int]) -> None:
        sheet.close_sheet()
        booked_many(result[1])

    def book() -> None:
        if not go.isEnabled():
            return
        who, now, on = services.who, services.clock(), day.day()
        at, each = start.text(), _number(minutes.text())
        homes = [(cell.household.id, cell.household.label) for cell in cells]
        compound_id, given = cells[0].household.compound_id, (on, at, each)
        facts, slips = ([services.new_id() for _ in cells] for _ in range(2))
        go.setEnabled(False)

        def write(db: Any) -> tuple[Changes, int]:
            pace = appointments.pace_at(db, compound_id, rules_from(packs.pack_set(db)))
            return appointments.book_many(
                db, who, now, fact_ids=facts, slip_ids=slips, compound_id=compound_id, day=on, start=at,
                minutes=each, homes=homes, pace=None if given in full else pace,
            )  # fmt: skip

        def refused(error: JilaiError) -> None:
            go.setEnabled(True)
            crowded = error.code == "appointment_crowded"
            problem.show_problem(error, tone=Tone.AMBER if crowded else None)
            if crowded:  # seen now: the same once more books all the same
                full.append(given)

        run(sheet, services, write, booked, refused)

    start.textEdited.connect(lambda _: say())
    minutes.textEdited.connect(lambda _: say())
    say()
    _open(sheet, go, book, day, (day, start, minutes))


def open_notices(
    sheet: Sheet,
    services: Services,
    cells: Sequence[HouseholdCell],
    send: Callable[[Callable[[], bytes], str], None],
) -> None:
    """Ask which evening and where; `send(make, title)` prints. Who has an appointment reads its time."""
    day, hours, where, problem = DayEdit(), QLineEdit("19:00–21:30"), QLineEdit(), InlineProblem()
    day.setText((services.clock().date() + timedelta(days=1)).isoformat())
    hours.setMaxLength(30)
    where.setMaxLength(60)
    for label, editor in (
        (translate("TableBatch", "Day"), day),
        (translate("TableBatch", "Hours, for who has no appointment"), hours),
        (translate("TableBatch", "Where"), where),
    ):
        sheet.body.addWidget(Field(label, editor, line=False))
    sheet.body.addWidget(problem)
    go = PrimaryButton(translate("TableBatch", "Print"), "Enter")
    sheet.buttons.addWidget(go)
    compound_id = cells[0].household.compound_id

    def read(on: str) -> Callable[[Any], tuple[str, dict[str, str], QueueRules]]:
        def reading(db: Any) -> tuple[str, dict[str, str], QueueRules]:
            found = reference.compound(db, compound_id)
            name = found.name if found is not None else ""
            return name, appointments.booked_homes(db, compound_id, on), rules_from(packs.pack_set(db))

        return reading

    def named(found: tuple[str, dict[str, str], QueueRules]) -> None:
        if not where.text():
            where.setText(found[0])

    def arrived(found: tuple[str, dict[str, str], QueueRules]) -> None:
        _, at, rules = found
        tongue, now, on, place = language(), services.clock(), day.day(), where.text().strip()
        usual = hours.text().strip()
        whens = [
            (f"{found[0]} {cell.household.label}", f"{on} {at.get(cell.household.id, usual)}".strip())
            for cell in cells
        ]
        bring = [one.bring(tongue) for one in rules.asked(_TYPE)]

        def make() -> bytes:
            from printing.door_notice import Notice, render

            notices = [Notice(*one) for one in whens]
            return render(notices, where=place, bring=bring, language=tongue, printed_at=now)

        sheet.close_sheet()
        send(make, translate("TableBatch", "Door notices"))

    def print_all() -> None:
        try:
            date.fromisoformat(day.day())
        except ValueError:
            problem.show_problem(InputError("appointment_time", field="day"))
            return
        read_aside(sheet, services, read(day.day()), arrived, problem.show_problem)

    read_aside(sheet, services, read(day.day()), named)
    _open(sheet, go, print_all, day, (day, hours, where))


def _number(text: str) -> int:
    return int(text) if text.strip().isdecimal() else 0


def _open(
    sheet: Sheet, go: PrimaryButton, act: Callable[[], None], first: QLineEdit, lines: Sequence[QLineEdit]
) -> None:
    go.clicked.connect(act)
    for line in lines:
        line.returnPressed.connect(act)
    sheet.open()
    first.setFocus()
    first.selectAll()
