"""A ledger kept as a spreadsheet (工作台账): judged as a whole, and cut into parts to be written down."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from registration.errors import InputError, Problem
from registration.folding import to_ascii
from registration.handover_places import Places
from registration.handover_sheet import Sheet, place_key
from registration.obstacles import MOST_ROWS, Obstruction, check, lead_of, obstruction_to_json
from registration.packs import CATEGORIES, DEPARTMENTS, LEDGER_SHEET, PackSet
from registration.property_unit import Compound
from registration.wording import say

MOST_BYTES = 48 << 10
"""Of the rows of one `listed` fact; the centre takes 64 KiB of a body."""
_HEADING_WITHIN = 20
_LEAST_HEADINGS = 2
_MOST_NOTE = 300
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_SPARE = 64  # an obstacle's id and its name in a row

Key = tuple[str, str, str]
"""Compound id, household id or "", category: what stands once in the ledger."""


@dataclass(frozen=True)
class LedgerLine:
    """One row of the sheet as an obstacle; `line` is the row's in the file."""

    line: int
    compound_id: str
    what: Obstruction

    @property
    def key(self) -> Key:
        return (self.compound_id, self.what.household_id, self.what.category)


@dataclass(frozen=True)
class LedgerReport:
    """The dry run: every error by line, and the obstacles, which are none while there is an error."""

    errors: tuple[Problem, ...]
    entries: tuple[LedgerLine, ...]
    rows: int


def read_ledger(
    sheet: Sheet,
    compounds: Iterable[Compound],
    homes: Callable[[str], Places],
    standing: Collection[Key],
    packs: PackSet,
) -> LedgerReport:
    """Judge a ledger's sheet as a whole: either every row is in order, or no obstacle comes of it.

    `homes` gives the households of a compound by its id, `standing` is what is open in the ledger. Lines of a
    title above the heading are passed over. Cells of merged blocks arrive filled; a building (with its
    entrance) or a compound that is left empty is that of the row above. A row without a building and a room
    is the compound's own. Errors name line and column, `sheet.<line>.<code>`; "sheet" is the whole of it.
    """
    at = _heading_row(sheet.rows, packs)
    count = max(len(sheet.rows) - at - 1, 0)
    headings = sheet.rows[at] if sheet.rows else ()
    columns, found = _columns(headings, packs)
    limit = int(packs[LEDGER_SHEET]["max_rows"])
    if not count:
        found.append(Problem("sheet_empty", "sheet"))
    elif count > limit:
        found.append(Problem("sheet_too_long", "sheet", {"count": str(count), "limit": str(limit)}))
    if found:
        return LedgerReport(tuple(found), (), count)
    reader = _Reader(compounds, homes, packs)
    entries, first = [], dict[Key, int]()
    spoiled = _spoiled(sheet, columns, sheet.lines[at], packs)
    for line, cells in _cells(sheet, at, columns):
        entry = reader.read(line, cells)
        if entry is None:
            continue
        if entry.key in first:
            reader.note(line, "room", "ledger_sheet_double", other=str(first[entry.key]))
        elif entry.key in standing:
            reader.note(line, "room", "ledger_sheet_open")
        first.setdefault(entry.key, line)
        entries.append(entry)
    others = (problem for problem in reader.found if problem.field not in spoiled)
    errors = sorted((*others, *spoiled.values()), key=lambda p: int(p.field.split(".")[1]))
    return LedgerReport(tuple(errors), () if errors else tuple(entries), count)


def parts_of(entries: Iterable[LedgerLine]) -> Iterator[tuple[str, list[Obstruction]]]:
    """Yield (compound id, obstacles) that each fit one `listed` fact, by MOST_ROWS and MOST_BYTES."""
    by_compound: dict[str, list[Obstruction]] = {}
    for entry in entries:
        by_compound.setdefault(entry.compound_id, []).append(entry.what)
    for compound_id, given in by_compound.items():
        part: list[Obstruction] = []
        size = 0
        for what in given:
            more = len(json.dumps(obstruction_to_json(what))) + _SPARE
            if part and (len(part) == MOST_ROWS or size + more > MOST_BYTES):
                yield compound_id, part
                part, size = [], 0
            part.append(what)
            size += more
        yield compound_id, part


def column_name(code: str, packs: PackSet, language: str) -> str:
    """Return what a column is called in "zh" or "en"."""
    return str(_column(code, packs)["en" if language == "en" else "zh"])


class _Reader:
    """Reads rows one after the other; what is wrong is collected in `found`."""

    def __init__(self, compounds: Iterable[Compound], homes: Callable[[str], Places], packs: PackSet) -> None:
        self.found: list[Problem] = []
        self._packs, self._homes = packs, homes
        self._compounds: dict[str, str] = {}
        for one in compounds:  # of two with one name none is meant
            key = place_key(one.name)
            self._compounds[key] = "" if key in self._compounds else one.id
        self._places: dict[str, Places] = {}
        self._categories = _words(packs[CATEGORIES]["categories"], {})
        self._departments = _words(packs[DEPARTMENTS]["departments"], packs[LEDGER_SHEET]["departments"])
        self._above: Mapping[str, str] = {}

    def read(self, line: int, given: Mapping[str, str]) -> LedgerLine | None:
        cells = self._filled(given)
        before = len(self.found)
        compound_id = self._compounds.get(place_key(cells["compound"]), "")
        if not cells["compound"]:
            self._missing(line, "compound")
        elif not compound_id:
            self.note(line, "compound", "ledger_sheet_compound", place=cells["compound"])
        household_id = self._household(line, compound_id, cells)
        category = self._code(line, "category", cells, self._categories, CATEGORIES)
        department = self._code(line, "department", cells, self._departments, DEPARTMENTS)
        note = cells["note"]
        if len(note) > _MOST_NOTE:
            self._wrong(line, "note", Problem("ledger_sheet_long", "", {"limit": str(_MOST_NOTE)}))
        due = self._due(line, cells["due"])
        if len(self.found) > before:
            return None
        department = department or lead_of(category, self._packs)
        court = cells["court_number"][:_MOST_NOTE]
        what = Obstruction(category, department, household_id, due, court, note)
        try:
            check(what, self._packs)
        except InputError as error:
            self._wrong(line, error.problem.field.rpartition(".")[2], error.problem)
            return None
        return LedgerLine(line, compound_id, what)

    def note(self, line: int, column: str, code: str, **words: str) -> None:
        self.found.append(Problem(code, f"sheet.{line}.{column}", {"line": str(line), **words}))

    def _filled(self, given: Mapping[str, str]) -> Mapping[str, str]:
        """Take an empty compound, and before a room an empty building with its entrance, from above."""
        cells = {column["code"]: given.get(column["code"], "") for column in _all(self._packs)}
        above = self._above
        if not cells["compound"]:
            cells["compound"] = above.get("compound", "")
        same = place_key(cells["compound"]) == place_key(above.get("compound", ""))
        if cells["room"] and not cells["building"] and same:
            cells["building"] = above.get("building", "")
            cells["entrance"] = cells["entrance"] or above.get("entrance", "")
        self._above = cells
        return cells

    def _household(self, line: int, compound_id: str, cells: Mapping[str, str]) -> str:
        place = (cells["building"], cells["entrance"], cells["room"])
        if not any(place):
            return ""  # the compound's own
        absent = [code for code in ("building", "room") if not cells[code]]
        for code in absent:
            self._missing(line, code)
        if absent or not compound_id:
            return ""
        if compound_id not in self._places:
            self._places[compound_id] = self._homes(compound_id)
        household = self._places[compound_id].find(*place)
        if household is None:
            self.note(line, "room", "sheet_household_unknown", place=" ".join(filter(None, place)))
            return ""
        return household.id

    def _code(
        self, line: int, column: str, cells: Mapping[str, str], known: Mapping[str, str], pack: str
    ) -> str:
        word = cells[column]
        if not word:
            if _column(column, self._packs)["required"]:
                self._missing(line, column)
            return ""
        key = place_key(word)
        code = known.get(key) or known.get(key.split("、")[0]) or known.get(_before_words(key))
        if code:
            return code
        words_given = len(key) <= 40 and not key.isascii()  # to a wrong code no other one is near
        near = get_close_matches(key, known, n=1, cutoff=0.5) if words_given else []
        if near:
            entry = self._packs[pack][pack if pack == DEPARTMENTS else "categories"][known[near[0]]]
            words = {"word": word[:40], "near_zh": entry["zh"], "near_en": entry["en"]}
            self._wrong(line, column, Problem("ledger_sheet_near", "", words))
        else:
            self._wrong(line, column, Problem("sheet_word"))
        return ""

    def _due(self, line: int, text: str) -> str:
        if not text:
            return ""
        found = _DAY.fullmatch("".join(to_ascii(text).split()))
        try:
            return date(*map(int, found.groups())).isoformat() if found else self._bad_day(line, text)
        except ValueError:
            return self._bad_day(line, text)

    def _bad_day(self, line: int, text: str) -> str:
        self._wrong(line, "due", Problem("date_malformed", "", {"date": text[:40]}))
        return ""

    def _missing(self, line: int, code: str) -> None:
        self.note(line, code, "sheet_cell_missing", **_names(_column(code, self._packs)))

    def _wrong(self, line: int, code: str, reason: Problem) -> None:
        words = {"reason_zh": say(reason, "zh").what, "reason_en": say(reason, "en").what}
        self.note(line, code, "sheet_cell_wrong", **_names(_column(code, self._packs)), **words)


def _columns(headings: Sequence[str], packs: PackSet) -> tuple[dict[str, int], list[Problem]]:
    """Return code -> column from 0, and what is absent: with the heading that it may be, else by its name."""
    written: dict[str, int] = {}
    for number, heading in enumerate(headings):
        if heading:
            written.setdefault(place_key(heading), number)
    columns: dict[str, int] = {}
    for column in _all(packs):
        at = next((written[name] for name in _keys(column) if name in written), None)
        if at is not None:
            columns[column["code"]] = at
    strangers = [heading for key, heading in _by_key(headings) if written[key] not in columns.values()]
    problems, absent = [], []
    for column in _all(packs):
        if column["code"] in columns:
            continue
        near = _near(column, strangers)
        if near:
            problems.append(Problem("ledger_sheet_heading", "sheet", {"heading": near, **_names(column)}))
        elif column["required"]:
            absent.append(column)
    if absent:
        words = {
            "columns_zh": "、".join(column["zh"] for column in absent),
            "columns_en": ", ".join(column["en"] for column in absent),
        }
        problems.append(Problem("sheet_columns", "sheet", words))
    return columns, problems


def _near(column: Mapping[str, Any], strangers: Sequence[str]) -> str:
    """Return the heading nearest to a column's names, "" where none is near."""
    for heading in strangers:
        key = place_key(heading)
        if len(key) <= 40 and get_close_matches(key, list(_keys(column)), n=1, cutoff=0.66):
            return heading[:40]
    return ""


def _by_key(headings: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((place_key(heading), heading) for heading in headings if heading)


def _heading_row(rows: Sequence[Sequence[str]], packs: PackSet) -> int:
    """Return the first line that names enough columns; else the one of most cells, so that they are told."""
    known = {name for column in _all(packs) for name in _keys(column)}
    within = rows[:_HEADING_WITHIN]
    for at, row in enumerate(within):
        if len({place_key(cell) for cell in row} & known) >= _LEAST_HEADINGS:
            return at
    return max(range(len(within)), key=lambda at: (len({*within[at]} - {""}), -at), default=0)


def _cells(sheet: Sheet, at: int, columns: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    for line, row in zip(sheet.lines[at + 1 :], sheet.rows[at + 1 :], strict=True):
        cells = {code: row[n].strip() if n < len(row) else "" for code, n in columns.items()}
        if any(cells.values()):
            yield line, cells


def _spoiled(sheet: Sheet, columns: Mapping[str, int], below: int, packs: PackSet) -> dict[str, Problem]:
    codes = {number: code for code, number in columns.items()}
    found = {}
    for (line, number), fault in sheet.faults.items():
        if line > below and number in codes:
            field = f"sheet.{line}.{codes[number]}"
            words = {"line": str(line), **_names(_column(codes[number], packs))}
            found[field] = Problem(fault.value, field, words)
    return found


def _words(entries: Mapping[str, Any], more: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {
        place_key(word): code
        for code, entry in entries.items()
        for word in (code, entry["zh"], entry["en"], *more.get(code, ()))
    }


def _before_words(key: str) -> str:
    """C3竣工验收未完成 and C3-竣工 begin with the code."""
    found = re.match(r"c[0-9]+", key)
    return found[0] if found else ""


def _all(packs: PackSet) -> Sequence[Mapping[str, Any]]:
    columns: Sequence[Mapping[str, Any]] = packs[LEDGER_SHEET]["columns"]
    return columns


def _column(code: str, packs: PackSet) -> Mapping[str, Any]:
    return next(column for column in _all(packs) if column["code"] == code)


def _keys(column: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(place_key(name) for name in (column["zh"], *column["aliases"], column["en"]))


def _names(column: Mapping[str, Any]) -> dict[str, str]:
    return {"column_zh": column["zh"], "column_en": column["en"]}
