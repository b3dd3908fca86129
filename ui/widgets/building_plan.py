"""Where each household stands in the picture of a building: floors down, rooms across, entrances apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from storage.values import HouseholdCell


@dataclass(frozen=True)
class Place:
    """One household's cell: `row` counts from the top floor down, `column` from the left."""

    cell: HouseholdCell
    row: int
    column: int


@dataclass(frozen=True)
class Entrance:
    """A run of columns under one heading: 1单元. The name may be empty."""

    name: str
    first: int
    count: int


@dataclass(frozen=True)
class Plan:
    """A building laid out; two households that claim one cell get columns of their own."""

    floors: tuple[int, ...] = ()  # top first
    entrances: tuple[Entrance, ...] = ()
    places: tuple[Place, ...] = ()
    columns: int = 0
    _at: dict[tuple[int, int], int] = field(default_factory=dict, compare=False, repr=False)
    _by_id: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def at(self, row: int, column: int) -> int | None:
        """Return the index into `places` of what stands there."""
        return self._at.get((row, column))

    def index_of(self, household_id: str) -> int | None:
        return self._by_id.get(household_id)

    def neighbour(self, index: int, rows: int, columns: int) -> int:
        """Return the nearest household in a direction (one of rows, columns is ±1), or `index` at the edge.

        A hole is stepped over; going up or down also looks sideways for the closest cell of the next
        floor that has one, so that a stepped building never traps the arrow keys.
        """
        here = self.places[index]
        if columns:
            column = here.column + columns
            while 0 <= column < self.columns:
                found = self.at(here.row, column)
                if found is not None:
                    return found
                column += columns
            return index
        row = here.row + rows
        while 0 <= row < len(self.floors):
            for distance in range(self.columns):
                for column in (here.column - distance, here.column + distance):
                    found = self.at(row, column)
                    if found is not None:
                        return found
            row += rows
        return index


def plan_building(cells: Sequence[HouseholdCell], *, several: bool = False) -> Plan:
    """Lay out the households of one building; rooms of one stack (…01) stand above each other.

    `several`: of many buildings side by side, each entrance headed by its building.
    """
    floors = tuple(sorted({c.household.floor for c in cells}, reverse=True))
    rows = {floor: row for row, floor in enumerate(floors)}
    by_entrance: dict[str, dict[tuple[str, int], list[HouseholdCell]]] = {}
    taken: dict[tuple[str, int, str], int] = {}
    for cell in sorted(cells, key=lambda c: natural(c.household.room)):
        home = cell.household
        stack = _stack(home.room, home.floor)
        entrance = f"{home.building} {home.entrance}".strip() if several else home.entrance
        again = taken.get((entrance, home.floor, stack), 0)
        taken[entrance, home.floor, stack] = again + 1
        by_entrance.setdefault(entrance, {}).setdefault((stack, again), []).append(cell)
    entrances: list[Entrance] = []
    places: list[Place] = []
    column = 0
    for name in sorted(by_entrance, key=natural):
        stacks = by_entrance[name]
        entrances.append(Entrance(name, column, len(stacks)))
        for key in sorted(stacks, key=lambda k: (natural(k[0]), k[1])):
            places += [Place(cell, rows[cell.household.floor], column) for cell in stacks[key]]
            column += 1
    places.sort(key=lambda p: (p.row, p.column))
    return Plan(
        floors,
        tuple(entrances),
        tuple(places),
        column,
        {(p.row, p.column): i for i, p in enumerate(places)},
        {p.cell.household.id: i for i, p in enumerate(places)},
    )


@lru_cache(maxsize=8192)
def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key that counts numbers as numbers: 2单元 before 10单元."""
    return tuple(
        (int(part), "") if part.isascii() and part.isdigit() else (-1, part)
        for part in re.split(r"([0-9]+)", text)
        if part
    )


def _stack(room: str, floor: int) -> str:
    """Return what is left of a room number without its floor: 1201 on 12 is 01; 甲 stays 甲."""
    prefix = str(floor)
    if room.startswith(prefix) and len(room) - len(prefix) >= 2:
        return room[len(prefix) :]
    return room


def find_households(
    cells: Sequence[HouseholdCell], typed: str, names: Sequence[str] = ()
) -> list[HouseholdCell]:
    """Return the households that typed text can mean, the likeliest first.

    "1201" is a room, "3 1201" or "3-1201" a building or an entrance and a room, "3-2-1201" all three;
    anything else is looked for in the short address as people say it, and in a household's other names.
    `names` are those of the compound: one of them before the number says nothing more.
    """
    text = typed.strip().lower()
    for name in sorted(names, key=len, reverse=True):
        if text.startswith(name.lower()) and len(text) > len(name):
            text = text[len(name) :].strip()
            break
    if not text:
        return []
    numbers = re.findall(r"[0-9]+", text)
    rest = re.sub(r"[0-9\s,，.。\-—–/#号楼栋幢座单元室门]+", "", text)
    found: list[tuple[int, HouseholdCell]] = []
    for cell in cells:
        rank = _rank(cell, numbers) if numbers and not rest else None
        if rank is None and text.replace(" ", "") in cell.household.label.replace(" ", "").lower():
            rank = 9
        if rank is None and any(_plain(text) in _plain(alias) for alias in cell.aliases):
            rank = 8
        if rank is not None:
            found.append((rank, cell))
    found.sort(
        key=lambda f: (
            f[0],
            natural(f[1].household.building),
            natural(f[1].household.entrance),
            natural(f[1].household.room),
        )
    )
    return [cell for _, cell in found]


def _plain(text: str) -> str:
    return "".join(text.split()).lower()


def _rank(cell: HouseholdCell, numbers: Sequence[str]) -> int | None:
    """Return how well numbers fit a household, 0 best; None where they do not."""
    home = cell.household
    room = home.room.lower()
    if not room.startswith(numbers[-1]):
        return None
    exact = 0 if room == numbers[-1] else 1
    building, entrance = _number(home.building), _number(home.entrance)
    match list(numbers[:-1]):
        case []:
            return exact
        case [one] if one == building:
            return exact
        case [one] if one == entrance:
            return 2 + exact
        case [first, second] if first == building and second == entrance:
            return exact
        case _:
            return None


def _number(text: str) -> str:
    found = re.search(r"[0-9]+", text)
    return found.group() if found else ""
