"""Which households of a building table are chosen for a batch: by hand, by row, by entrance, all."""

from __future__ import annotations

from collections.abc import Iterable

from ui.widgets.building_plan import Plan


class GridSelection:
    """The ids that are chosen, over all buildings, and the cell that a rectangle grows from."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._before: set[str] = set()
        self._anchor = -1

    def ids(self) -> frozenset[str]:
        return frozenset(self._ids)

    def holds(self, household_id: str) -> bool:
        return household_id in self._ids

    def clear(self) -> None:
        self._ids.clear()
        self._anchor = -1

    def keep(self, known: Iterable[str]) -> None:
        """Forget what is not among these any more."""
        self._ids &= set(known)

    def plan_changed(self) -> None:
        """Another building is in view: a rectangle begins anew, what is chosen stays."""
        self._anchor = -1

    def begin(self, index: int) -> None:
        """Take a cell as the corner that a rectangle grows from."""
        self._anchor = index
        self._before = set(self._ids)

    def toggle(self, plan: Plan, index: int) -> None:
        self._ids ^= {plan.places[index].cell.household.id}
        self.begin(index)

    def stretch(self, plan: Plan, index: int) -> None:
        """Choose the rectangle between the corner and a cell, beside what was chosen before it."""
        if self._anchor < 0:
            self.begin(index)
        one, other = plan.places[self._anchor], plan.places[index]
        rows = range(min(one.row, other.row), max(one.row, other.row) + 1)
        columns = range(min(one.column, other.column), max(one.column, other.column) + 1)
        inside = {p.cell.household.id for p in plan.places if p.row in rows and p.column in columns}
        self._ids = self._before | inside

    def flip(self, ids: Iterable[str]) -> None:
        """Choose all of these, or none of them where all are chosen already."""
        given = set(ids)
        self._ids = self._ids - given if given <= self._ids else self._ids | given
        self._before = set(self._ids)
