"""A developer's sheet checked off the main thread, and the files that go back to the developer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from capture.spreadsheet import read_spreadsheet
from capture.spreadsheet_writing import table_file
from registration.errors import Problem
from registration.handover import HandoverCase, SheetReport, read_sheet
from registration.handover_sheet import table_of
from registration.identifiers import mask_name
from registration.packs import HANDOVER, LISTS, PackSet
from registration.property_unit import Compound
from registration.wording import say
from storage import handover, packs, reference

if TYPE_CHECKING:
    from ui.services import Services


@dataclass(frozen=True)
class Checked:
    """The dry run of one file: its report, and what the screen needs to put it into words."""

    file: str  # base name
    compound: Compound
    packs: PackSet
    report: SheetReport
    places: Mapping[str, str] = field(default_factory=dict)  # household id -> label


def check(services: Services, path: Path, compound_id: str, today: date) -> Checked:
    """Read and judge a sheet against a compound's building table and open cases; slow, for `ui.run.aside`.

    Raises SheetError and CaptureError for the file, KeyError for an unknown compound.
    """
    sheet = read_spreadsheet(path)

    def facts(db: Any) -> tuple[Any, ...]:
        compound = reference.compound(db, compound_id)
        if compound is None:
            raise KeyError(compound_id)
        homes = [cell.household for cell in reference.households(db, compound_id)]
        busy = handover.open_households(db, compound_id)
        return (
            compound,
            homes,
            busy,
            reference.compound_file(db, compound_id),
            packs.pack_set(db, today=today),
        )

    compound, homes, busy, file, known = services.store.read(facts)
    table = table_of(sheet, known)
    report = read_sheet(
        table.rows,
        table.headings,
        homes,
        file,
        known,
        today=today,
        open_households=busy,
        lines=table.lines,
        faults=table.faults,
    )
    places = {home.id: home.label for home in homes}
    return Checked(path.name, compound, known, report, places)


def error_lines(checked: Checked, tongue: str) -> list[tuple[str, str, str, str]]:
    """Return line, column, what is wrong and what to do; the sheet as a whole has no line."""
    return [
        (*_where(problem, checked.packs, tongue), _what(problem, tongue), say(problem, tongue).remedy)
        for problem in checked.report.errors
    ]


def case_lines(checked: Checked, tongue: str) -> list[tuple[str, str, str, str, str]]:
    """Return place, buyers (masked), co-ownership, contract and lines of every household found."""
    return [
        (
            checked.places[case.household_id],
            _comma(tongue).join(mask_name(party.name) for party in case.parties),
            _shares(case, checked.packs, tongue),
            case.contract_number,
            ", ".join(map(str, case.lines)),
        )
        for case in checked.report.cases
    ]


def errors_file(checked: Checked, tongue: str) -> bytes:
    """Return the errors as xlsx, for the developer."""
    headings = [*error_headings()]
    title = QCoreApplication.translate("Handover", "Errors")
    return table_file(title, headings, error_lines(checked, tongue), (8, 20, 60, 50))


def template_file(known: PackSet, tongue: str) -> bytes:
    """Return an empty sheet with the headings that the pack lists, as xlsx, for the developer."""
    columns = columns_of(known, tongue)
    title = QCoreApplication.translate("Handover", "Handing over")
    return table_file(
        title,
        [name for name, _ in columns],
        [],
        [20 if len(name) < 6 else 24 for name, _ in columns],
        required=[required for _, required in columns],
    )


def columns_of(known: PackSet, tongue: str) -> list[tuple[str, bool]]:
    """Return the sheet's columns: name in the language, and whether it must be filled."""
    name = "en" if tongue == "en" else "zh"
    return [(column[name], bool(column["required"])) for column in known[HANDOVER]["columns"]]


def error_headings() -> Sequence[str]:
    """Return what stands above `error_lines`, in the language in force."""
    translate = QCoreApplication.translate
    return (
        translate("Handover", "Line"),
        translate("Handover", "Column"),
        translate("Handover", "What is wrong"),
        translate("Handover", "What to do"),
    )


def _comma(tongue: str) -> str:
    return ", " if tongue == "en" else "、"


def _where(problem: Problem, known: PackSet, tongue: str) -> tuple[str, str]:
    parts = problem.field.split(".")
    if len(parts) < 3:
        return "—", "—"
    column = next(c for c in known[HANDOVER]["columns"] if c["code"] == parts[2])
    return parts[1], str(column["en" if tongue == "en" else "zh"])


def _what(problem: Problem, tongue: str) -> str:
    """The title names line and column, which stand beside it; what is said below it is enough there."""
    said = say(problem, tongue)
    return said.what if problem.field.count(".") else f"{said.title}: {said.what}"


def _shares(case: HandoverCase, known: PackSet, tongue: str) -> str:
    if case.co_ownership is None:
        return "—"
    kind = str(known[LISTS]["co_ownership"][case.co_ownership.value]["en" if tongue == "en" else "zh"])
    shares = [party.share for party in case.parties if party.share]
    return f"{kind} {_comma(tongue).join(shares)}" if shares else kind
