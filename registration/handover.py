"""Certificates at the handing over of keys (交房即交证): a developer's sheet, judged as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from registration.compound_file import CompoundFile
from registration.errors import Problem
from registration.folding import fold
from registration.handover_places import Places
from registration.handover_sheet import CellCode, place_key
from registration.packs import HANDOVER, LISTS, PackSet
from registration.parties import DocumentKind, Party, problems_of
from registration.property_unit import Household, ProjectRegistration
from registration.shares import CoOwnership, problems_of_shares
from registration.wording import say

Row = Mapping[str, str]
"""One row of the sheet: heading -> cell as text."""


@dataclass(frozen=True)
class HandoverCase:
    """One household's case as the sheet has it; co-buyers stand in one case."""

    household_id: str
    parties: tuple[Party, ...]
    co_ownership: CoOwnership | None
    contract_number: str
    contract_date: str
    delivered_on: str
    remarks: str
    lines: tuple[int, ...]  # rows of the sheet, the heading being 1


@dataclass(frozen=True)
class SheetReport:
    """The dry run: every error with its line, and the cases, which are none while there is an error."""

    errors: tuple[Problem, ...]
    cases: tuple[HandoverCase, ...]
    rows: int


def read_sheet(
    rows: Sequence[Row],
    headings: Sequence[str],
    households: Iterable[Household],
    file: CompoundFile,
    packs: PackSet,
    *,
    today: date,
    open_households: Collection[str] = (),
    lines: Sequence[int] = (),
    faults: Mapping[tuple[int, str], CellCode] | None = None,
) -> SheetReport:
    """Judge a developer's sheet as a whole: either every row is in order, or no case comes of it.

    `households` are those of the compound's building table, `open_households` the ids of those that have a
    case. Headings may be any that the pack `handover_sheet` lists. Errors name the line and the column, in
    the order of the lines. `lines` are the rows' lines in the file (2, 3, … where it is not said), `faults`
    the cells, by line and heading, that the file itself spoiled: they are told instead of what they say.
    Source: the Gansu programme (交房即交证 from 2023 on, never in the legacy ledger); 实施细则 art. 24.
    """
    found = list(_about_compound(file))
    columns = _columns(headings, packs, found)
    limit = int(packs[HANDOVER]["max_rows"])
    if not rows:
        found.append(Problem("sheet_empty", "sheet"))
    elif len(rows) > limit:
        found.append(Problem("sheet_too_long", "sheet", {"count": str(len(rows)), "limit": str(limit)}))
    if found:
        return SheetReport(tuple(found), (), len(rows))
    homes = Places(households)
    cases: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for line, row in zip(lines or range(2, len(rows) + 2), rows, strict=True):
        cells = {code: str(row.get(heading, "")).strip() for code, heading in columns.items()}
        household = _household(line, cells, homes, packs, found)
        if household is None:
            continue
        if household.id in open_households:
            found.append(_at(line, "room", "sheet_household_open", place=household.label))
        cases.setdefault(household.id, []).append((line, cells))
    made = tuple(_case(household_id, each, packs, found, today) for household_id, each in cases.items())
    errors = _ordered(found, faults or {}, columns, packs)
    return SheetReport(errors, () if errors else made, len(rows))


def remarks_of(case: HandoverCase) -> str:
    """Return what the sheet says of a household's contract, as the remarks of its application have it."""
    said = (
        ("合同编号", case.contract_number),
        ("合同日期", case.contract_date),
        ("交房日期", case.delivered_on),
        ("备注", case.remarks),
    )
    return "；".join(f"{name}：{text}" for name, text in said if text)


def _ordered(
    found: Sequence[Problem],
    faults: Mapping[tuple[int, str], CellCode],
    columns: Mapping[str, str],
    packs: PackSet,
) -> tuple[Problem, ...]:
    """Return the problems by line; a cell that the file spoiled is told as that, and as nothing else."""
    codes = {heading: code for code, heading in columns.items()}
    spoiled = {}
    for (line, heading), fault in faults.items():
        if heading in codes:
            column = _column(codes[heading], packs)
            words = {"line": str(line), "column_zh": column["zh"], "column_en": column["en"]}
            spoiled[f"sheet.{line}.{column['code']}"] = Problem(
                fault.value, f"sheet.{line}.{column['code']}", words
            )
    others = (problem for problem in found if problem.field not in spoiled)
    return tuple(sorted((*others, *spoiled.values()), key=lambda p: int(p.field.split(".")[1])))


def _about_compound(file: CompoundFile) -> Iterable[Problem]:
    if file.categories:
        yield Problem("sheet_legacy", "sheet")
    if file.project_registration is ProjectRegistration.MISSING:
        yield Problem("sheet_project", "sheet", {"compound": file.name})


def _columns(headings: Sequence[str], packs: PackSet, found: list[Problem]) -> dict[str, str]:
    """Return code -> heading of the sheet; what is required and absent becomes one error."""
    written = {place_key(heading): heading for heading in reversed(headings)}
    columns, absent = {}, []
    for column in packs[HANDOVER]["columns"]:
        names = (column["zh"], *column["aliases"], column["en"])
        heading = next((written[key] for name in names if (key := place_key(name)) in written), None)
        if heading is not None:
            columns[column["code"]] = heading
        elif column["required"]:
            absent.append(column)
    if absent:
        words = {
            "columns_zh": "、".join(column["zh"] for column in absent),
            "columns_en": ", ".join(column["en"] for column in absent),
        }
        found.append(Problem("sheet_columns", "sheet", words))
    return columns


def _household(
    line: int,
    cells: Mapping[str, str],
    homes: Places,
    packs: PackSet,
    found: list[Problem],
) -> Household | None:
    empty = [c for c in packs[HANDOVER]["columns"] if c["required"] and not cells.get(c["code"])]
    for column in empty:
        words = {"line": str(line), "column_zh": column["zh"], "column_en": column["en"]}
        found.append(Problem("sheet_cell_missing", f"sheet.{line}.{column['code']}", words))
    place = [cells.get(name, "") for name in ("building", "entrance", "room")]
    if not place[0] or not place[2]:
        return None
    household = homes.find(*place)
    if household is None:
        label = " ".join(part for part in place if part)
        found.append(_at(line, "room", "sheet_household_unknown", place=label))
    return household


def _case(
    household_id: str,
    rows: Sequence[tuple[int, dict[str, str]]],
    packs: PackSet,
    found: list[Problem],
    today: date,
) -> HandoverCase:
    seen: dict[str, int] = {}
    parties = []
    first_line, first = rows[0]
    for line, cells in rows:
        number = fold(cells.get("document_number", ""))
        if number and number in seen:
            found.append(_at(line, "document_number", "sheet_row_double", other=str(seen[number])))
        seen.setdefault(number, line)
        if fold(cells.get("contract_number", "")) != fold(first.get("contract_number", "")):
            found.append(_at(line, "contract_number", "sheet_contracts_differ"))
        party = _party(line, cells, packs, found)
        parties.append(party)
        wrong = problems_of(party, today=today, where=str(line))
        found += [_in_sheet(line, p, packs) for p in wrong if not p.code.endswith("_missing")]
    kind = _co_ownership(rows, packs, found)
    shares = problems_of_shares(kind, [p.share for p in parties], where=[str(line) for line, _ in rows])
    found += [_in_sheet(_line_of(problem, first_line), problem, packs) for problem in shares]
    return HandoverCase(
        household_id,
        tuple(parties),
        kind,
        contract_number=first.get("contract_number", ""),
        contract_date=first.get("contract_date", ""),
        delivered_on=first.get("delivered_on", ""),
        remarks=first.get("remarks", ""),
        lines=tuple(line for line, _ in rows),
    )


def _party(line: int, cells: Mapping[str, str], packs: PackSet, found: list[Problem]) -> Party:
    kind, word = DocumentKind.ID_CARD, cells.get("document_kind", "")
    if word:
        known = {
            place_key(name): DocumentKind(code)
            for code, entry in packs[LISTS]["document_kinds"].items()
            for name in (entry["zh"], entry["en"], code)
        } | {place_key("身份证"): DocumentKind.ID_CARD}
        if place_key(word) in known:
            kind = known[place_key(word)]
        else:
            found.append(_wrong(line, "document_kind", packs))
    return Party(
        name=cells.get("name", ""),
        document_kind=kind,
        document_number=cells.get("document_number", ""),
        phone=cells.get("phone", ""),
        share=cells.get("share", ""),
    )


def _co_ownership(
    rows: Sequence[tuple[int, Mapping[str, str]]], packs: PackSet, found: list[Problem]
) -> CoOwnership | None:
    """Return the kind that the rows name; without one, shares mean by shares and several buyers joint."""
    line, word = next(((n, c["co_ownership"]) for n, c in rows if c.get("co_ownership")), (0, ""))
    if word:
        for code, entry in packs[LISTS]["co_ownership"].items():
            if place_key(word) in (place_key(entry["zh"]), place_key(entry["en"]), code):
                return CoOwnership(code)
        found.append(_wrong(line, "co_ownership", packs))
        return None
    if len(rows) < 2:
        return None
    return CoOwnership.BY_SHARES if any(c.get("share") for _, c in rows) else CoOwnership.JOINT


_COLUMN_OF = {"id_number": "document_number", "name": "name", "phone": "phone", "share": "share"}


def _in_sheet(line: int, problem: Problem, packs: PackSet) -> Problem:
    """Return another rule's problem as one of the sheet: line, column, and the reason in both languages."""
    column = _COLUMN_OF.get(problem.field.rpartition(".")[2], "co_ownership")
    return _wrong(line, column, packs, problem)


def _wrong(line: int, code: str, packs: PackSet, problem: Problem | None = None) -> Problem:
    column = _column(code, packs)
    reason = problem or Problem("sheet_word")
    words = {
        "line": str(line),
        "column_zh": column["zh"],
        "column_en": column["en"],
        "reason_zh": say(reason, "zh").what,
        "reason_en": say(reason, "en").what,
    }
    return Problem("sheet_cell_wrong", f"sheet.{line}.{code}", words)


def _column(code: str, packs: PackSet) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(c for c in packs[HANDOVER]["columns"] if c["code"] == code)
    return found


def _at(line: int, column: str, code: str, **words: str) -> Problem:
    return Problem(code, f"sheet.{line}.{column}", {"line": str(line), **words})


def _line_of(problem: Problem, otherwise: int) -> int:
    head = problem.field.partition(".")[0]
    return int(head) if head.isdecimal() else otherwise
