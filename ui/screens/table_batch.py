"""What is done with many households at once: planned for the survey, printed, written into a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.property_unit import Compound
from registration.standing import Standing
from storage import surveys
from storage.values import HouseholdCell
from ui.messages import language
from ui.run import aside, run
from ui.screens.paper_saving import ask_where, write_whole
from ui.screens.table_booking import open_booking, open_notices
from ui.widgets import Field, InlineProblem, PrimaryButton, SecondaryButton, Sheet, Text
from ui.widgets.building_plan import natural, plan_building
from ui.widgets.cell_look import held_up_words, state_words
from ui.widgets.day_edit import DayEdit
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from ui.services import Services

_MOST = 300
"""Doors planned in one go: each is a fact of its own for the centre, and nobody knocks at more in a day."""


class TableBatch(QWidget):
    """The buttons for what is chosen: `failed(JilaiError)` says why not, `said(words)` that it is done."""

    failed = Signal(object)
    said = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._cells: list[HouseholdCell] = []
        self._count = Text("", "strong")
        self.plan_button = SecondaryButton("", "S")
        self.blank_button = SecondaryButton("", "N")
        self.book_button = SecondaryButton("", "A")
        self.notice_button = SecondaryButton("", "D")
        self.export_button = SecondaryButton("", "X")
        acts = {
            self.book_button: self.book,
            self.notice_button: self.print_notices,
            self.plan_button: self.plan_survey,
            self.blank_button: self.print_blanks,
            self.export_button: self.export,
        }
        for button, act in acts.items():
            button.clicked.connect(act)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Flow((self._count, *acts), gap=8))
        self.retranslate()

    def show_cells(self, cells: Sequence[HouseholdCell]) -> None:
        """Take what is chosen; hidden where nothing is."""
        self._cells = list(cells)
        self.setVisible(bool(cells))
        self._say()

    def retranslate(self) -> None:
        self.plan_button.set_text(self.tr("Plan survey"))
        self.blank_button.set_text(self.tr("Print blanks"))
        self.book_button.set_text(self.tr("Book"))
        self.notice_button.set_text(self.tr("Door notices"))
        self.export_button.set_text(self.tr("Export"))
        self._say()

    def book(self) -> None:
        """Ask for the evening and the minutes for each, then give every household its time."""
        cells = self._cells[:_MOST]
        if cells:
            sheet = Sheet(self.window(), self.tr("Book %n household(s), one after the other", "", len(cells)))
            self._say_most(sheet)
            open_booking(sheet, self._services, cells, self._booked)

    def print_notices(self) -> None:
        """Ask which evening and where, then print a notice for each door."""
        if self._cells:
            sheet = Sheet(self.window(), self.tr("Notices for %n door(s)", "", len(self._cells)))
            open_notices(sheet, self._services, self._cells, self._print)

    def plan_survey(self) -> None:
        """Ask for the day, then plan a call at each door that is chosen."""
        if not self._cells:
            return
        services, cells = self._services, self._cells[:_MOST]
        sheet = Sheet(self.window(), self.tr("Plan the survey of %n household(s)", "", len(cells)))
        day = DayEdit()
        day.setText((services.clock().date() + timedelta(days=1)).isoformat())
        problem = InlineProblem()
        sheet.body.addWidget(Field(self.tr("Day"), day, line=False))
        self._say_most(sheet)
        sheet.body.addWidget(problem)
        go = PrimaryButton(self.tr("Plan"), "Enter")
        sheet.buttons.addWidget(go)

        def planned(_: Changes) -> None:
            sheet.close_sheet()
            self.said.emit(self.tr("%n door(s) planned", "", len(cells)))

        def refused(error: JilaiError) -> None:
            go.setEnabled(True)
            problem.show_problem(error)

        def plan() -> None:
            if not go.isEnabled():
                return
            go.setEnabled(False)
            who, now, wanted = services.who, services.clock(), day.day()
            ids, homes = [services.new_id() for _ in cells], [cell.household.id for cell in cells]
            run(
                sheet,
                services,
                lambda db: surveys.plan(db, who, now, fact_ids=ids, household_ids=homes, day=wanted),
                planned,
                refused,
            )

        go.clicked.connect(plan)
        day.returnPressed.connect(plan)
        sheet.open()
        day.setFocus()
        day.selectAll()

    def print_blanks(self) -> None:
        """Print the blank of the survey for each household that is chosen."""
        places = [cell.household.label for cell in self._cells]
        now, tongue = self._services.clock(), language()

        def make() -> bytes:
            from printing.survey_form import render

            return render(places, language=tongue, printed_at=now)

        if places:
            self._print(make, self.tr("Survey at the door"))

    def print_table(self, compound: Compound, cells: Sequence[HouseholdCell]) -> None:
        """Print these households' buildings on A3, one a page."""
        now, tongue = self._services.clock(), language()
        named = {standing.value: state_words(standing.value) for standing in Standing}

        def make() -> bytes:
            from printing.building_sheet import render

            return render(compound.name, buildings(cells), named, language=tongue, printed_at=now)

        self._print(make, compound.name)

    def export(self) -> None:
        """Write what is chosen into a table: places and standings, nobody's name."""
        cells = list(self._cells)
        if not cells:
            return
        heads = (
            self.tr("Building"),
            self.tr("Entrance"),
            self.tr("Floor"),
            self.tr("Room"),
            self.tr("Unit code"),
            self.tr("Standing"),
            self.tr("Booked"),
            self.tr("Held up by"),
        )
        rows = [_line(cell) for cell in cells]
        title, services = self.tr("Building table"), self._services

        def save(name: str) -> None:
            def write() -> None:
                from capture.spreadsheet_writing import table_file

                write_whole(name, table_file(title, heads, rows, (10, 10, 8, 10, 32, 14, 18, 30)))

            done = self.tr("%n household(s) written", "", len(rows))
            aside(self, services.signals, write, lambda _: self.said.emit(done), self.failed.emit)

        ask_where(self, title, title, save, kind="xlsx")

    def _say_most(self, sheet: Sheet) -> None:
        """Say on a sheet that it is about the first of many alone, where there are too many for one day."""
        if len(self._cells) > _MOST:
            more = self.tr("The first {n} of them: more than that is not one day's walk.")
            sheet.body.addWidget(Text(more.format(n=_MOST), "muted", wrap=True))

    def _booked(self, count: int) -> None:
        self.said.emit(self.tr("%n household(s) booked", "", count))

    def _print(self, make: Callable[[], bytes], title: str) -> None:
        services = self._services
        printer = services.settings.value.a4_printer

        def send() -> Any:
            return services.press.send(make(), printer, title)

        done = partial(self.said.emit, self.tr("Sent to the printer"))
        aside(self, services.signals, send, lambda _: done(), self._failed)

    def _failed(self, error: JilaiError) -> None:
        self.failed.emit(error)

    def _say(self) -> None:
        self._count.set_text(self.tr("%n chosen", "", len(self._cells)))


def batch_keys() -> list[tuple[str, str]]:
    """Return what F1 shows of the batch."""
    translate = QCoreApplication.translate
    return [
        ("A", translate("TableBatch", "Book appointments for what is chosen, one after the other")),
        ("D", translate("TableBatch", "Print notices for the doors of what is chosen")),
        ("S", translate("TableBatch", "Plan the survey of what is chosen")),
        ("N", translate("TableBatch", "Print survey blanks for what is chosen")),
        ("X", translate("TableBatch", "Export what is chosen")),
    ]


def buildings(cells: Sequence[HouseholdCell]) -> list[Any]:
    """Return households laid out for the sheets, by building."""
    from printing.building_sheet import Building, Square

    made = []
    for name in sorted({cell.household.building for cell in cells}, key=natural):
        plan = plan_building([cell for cell in cells if cell.household.building == name])
        squares = [Square(p.row, p.column, p.cell.household.room, p.cell.standing.value) for p in plan.places]
        entrances = [(e.name, e.first, e.count) for e in plan.entrances]
        made.append(Building(name, plan.floors, entrances, squares))
    return made


def _line(cell: HouseholdCell) -> tuple[str, ...]:
    home = cell.household
    return (
        home.building,
        home.entrance,
        str(home.floor),
        home.room,
        home.unit_code,
        state_words(cell.standing.value),
        cell.booked,
        "; ".join(held_up_words(cell)),
    )
