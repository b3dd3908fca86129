"""What a ledger's cells say: compounds and homes, or every fault by sheet, line and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from registration.errors import InputError
from registration.packs import CATEGORIES, DIVISIONS, shipped
from registration.property_unit import Compound, Household, ProjectRegistration
from registration.unit_codes import read_unit_code
from server.ledger_sheet import Cells

COMPOUNDS, HOMES = "小区", "房屋"
_OTHER_TITLES = {"compounds": COMPOUNDS, "homes": HOMES}

COMPOUND_COLUMNS: Mapping[str, tuple[str, bool]] = {
    "小区编号": ("id", True),
    "小区名称": ("name", True),
    "区划代码": ("division", True),
    "地址": ("address", True),
    "开发企业": ("developer", False),
    "首次登记": ("project_registration", True),
    "问题类别": ("categories", False),
    "证缴分离": ("arrears_separation", False),
    "已售套数": ("sold", False),
}
HOME_COLUMNS: Mapping[str, tuple[str, bool]] = {
    "小区编号": ("compound_id", True),
    "楼栋": ("building", True),
    "单元": ("entrance", False),
    "层": ("floor", True),
    "室号": ("room", True),
    "不动产单元代码": ("unit_code", False),
    "建筑面积": ("area", False),
    "坐落": ("address", True),
    "房屋编号": ("id", False),
}
_PROJECTS = {
    "已登记": ProjectRegistration.REGISTERED,
    "一并办理": ProjectRegistration.TOGETHER,
    "未登记": ProjectRegistration.MISSING,
    **{kind.value: kind for kind in ProjectRegistration},
}
_YES_NO = {"是": True, "否": False, "yes": True, "no": False, "": False}


@dataclass(frozen=True)
class Fault:
    """One thing wrong. `line` from 1, 0 for the whole sheet; `column` as its heading."""

    sheet: str
    line: int
    column: str
    code: str


@dataclass
class Ledger:
    """What was read. Nothing may be imported while there is a fault."""

    compounds: list[Compound] = field(default_factory=list)
    sold: dict[str, int] = field(default_factory=dict)  # compound id -> homes sold
    homes: list[Household] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # home id -> its line
    faults: list[Fault] = field(default_factory=list)


class _Row:
    """One row by the names of its columns; what is wrong with it goes to the ledger."""

    def __init__(self, ledger: Ledger, sheet: str, line: int, cells: Mapping[str, tuple[str, str]]) -> None:
        self._ledger, self._sheet, self.line, self._cells = ledger, sheet, line, cells
        self.good = True

    def text(self, name: str) -> str:
        """Return a cell, "" where its column is not there."""
        return self._cells.get(name, ("", name))[0]

    def fail(self, name: str, code: str) -> None:
        """Note a fault of a cell."""
        self.good = False
        heading = self._cells.get(name, ("", name))[1]
        self._ledger.faults.append(Fault(self._sheet, self.line, heading, code))

    def whole_number(self, name: str, least: int, most: int) -> int:
        """Return a cell as a whole number; what is none is a fault."""
        try:
            value = int(self.text(name))
        except ValueError:
            self.fail(name, "not_whole_number")
            return least
        if not least <= value <= most:
            self.fail(name, "out_of_range")
        return value


def read_rows(cells: Cells, known: Callable[[str], bool]) -> Ledger:
    """Return compounds and homes, or the faults. `known` says whether the centre has a compound of an id."""
    ledger = Ledger()
    sheets = {_OTHER_TITLES.get(title.lower(), title): rows for title, rows in cells.items()}
    for name in (COMPOUNDS, HOMES):
        if name not in sheets:
            ledger.faults.append(Fault(name, 0, "", "sheet_missing"))
    seen: set[str] = set()
    for row in _rows(ledger, COMPOUNDS, sheets.get(COMPOUNDS, []), COMPOUND_COLUMNS):
        _compound(ledger, row, seen)
    places: set[tuple[str, ...]] = set()
    ids: set[str] = set()
    for row in _rows(ledger, HOMES, sheets.get(HOMES, []), HOME_COLUMNS):
        _home(ledger, row, lambda compound: compound in seen or known(compound), places, ids)
    return ledger


def _rows(
    ledger: Ledger,
    sheet: str,
    rows: Sequence[tuple[int, Sequence[str]]],
    columns: Mapping[str, tuple[str, bool]],
) -> Iterator[_Row]:
    """Yield the rows below the heading, the first row that holds anything; columns may be in any order."""
    if not rows:
        return
    line, heads = rows[0]
    english = {name: (name, must) for name, must in columns.values()}
    at: dict[int, tuple[str, str]] = {}
    for place, head in enumerate(heads):
        found = columns.get(head.rstrip("*＊ ")) or english.get(head.rstrip("* ").lower())
        if found is not None:
            at[place] = (found[0], head)
        elif head:
            ledger.faults.append(Fault(sheet, line, head, "column_unknown"))
    there = {name for name, _ in at.values()}
    missing = [heading for heading, (name, must) in columns.items() if must and name not in there]
    ledger.faults += [Fault(sheet, line, heading, "column_missing") for heading in missing]
    if missing:
        return
    needed = [name for name, must in columns.values() if must]
    for number, cells in rows[1:]:
        row = _Row(
            ledger,
            sheet,
            number,
            {name: (cells[place] if place < len(cells) else "", head) for place, (name, head) in at.items()},
        )
        for name in needed:
            if not row.text(name):
                row.fail(name, "cell_empty")
        yield row


def _compound(ledger: Ledger, row: _Row, seen: set[str]) -> None:
    packs = shipped()
    compound_id, division = row.text("id"), row.text("division")
    if compound_id and (not compound_id.isascii() or len(compound_id) > 60 or " " in compound_id):
        row.fail("id", "id_form")
    if compound_id in seen:
        row.fail("id", "twice")
    if division and division not in packs[DIVISIONS]["counties"]:
        row.fail("division", "division_unknown")
    project = _PROJECTS.get(row.text("project_registration").lower())
    if project is None and row.text("project_registration"):
        row.fail("project_registration", "choice_unknown")
    categories = tuple(row.text("categories").replace("，", ",").replace("、", ",").split(","))
    categories = tuple(name.strip().upper() for name in categories if name.strip())
    if set(categories) - set(packs[CATEGORIES]["categories"]):
        row.fail("categories", "category_unknown")
    separated = _YES_NO.get(row.text("arrears_separation").lower())
    if separated is None:
        row.fail("arrears_separation", "choice_unknown")
    sold = row.whole_number("sold", 0, 1_000_000) if row.text("sold") else None
    if compound_id:
        seen.add(compound_id)
    if not row.good or project is None:
        return
    if sold is not None:
        ledger.sold[compound_id] = sold
    ledger.compounds.append(
        Compound(
            compound_id,
            row.text("name"),
            division,
            row.text("address"),
            row.text("developer"),
            project,
            categories,
            arrears_separation=bool(separated),
        )
    )


def _home(
    ledger: Ledger,
    row: _Row,
    known: Callable[[str], bool],
    places: set[tuple[str, ...]],
    ids: set[str],
) -> None:
    compound = row.text("compound_id")
    if compound and not known(compound):
        row.fail("compound_id", "compound_unknown")
    place = tuple(row.text(name) for name in ("compound_id", "building", "entrance", "room"))
    home_id = row.text("id") or "-".join(part for part in place if part)
    if all(place[:2]) and place[3]:
        if place in places:
            row.fail("room", "twice")
        elif home_id in ids:
            row.fail("id", "twice")
        places.add(place)
        ids.add(home_id)
    floor = row.whole_number("floor", -9, 200) if row.text("floor") else 0
    area = row.text("area")
    if area:
        try:
            good = 0 < Decimal(area) < 100_000
        except InvalidOperation:
            good = False
        if not good:
            row.fail("area", "area_form")
    code = ""
    if row.text("unit_code"):
        try:
            read = read_unit_code(row.text("unit_code"))
            code = "" if read is None or read.temporary else read.text
        except InputError:
            row.fail("unit_code", "unit_code_form")
    if row.good:
        ledger.lines[home_id] = row.line
        ledger.homes.append(
            Household(
                home_id,
                compound,
                place[1],
                place[2],
                floor,
                place[3],
                code,
                f"{Decimal(area):.2f}" if area else "",
                row.text("address"),
            )
        )
