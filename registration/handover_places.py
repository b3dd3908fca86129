"""Households as a developer's sheet writes them: 3 号楼, 3栋, 3# or 3 is one building, and 1201室 is 1201."""

from __future__ import annotations

import re
from collections.abc import Iterable

from registration.handover_sheet import place_key
from registration.property_unit import Household

_BUILDING = re.compile(r"0*([0-9]+)(?:号楼|号|栋|幢|座|楼|#|#楼|号栋|号幢)?")
_ENTRANCE = re.compile(r"0*([0-9]+)(?:单元|门|号门|号)?")
_ROOM = re.compile(r"([0-9]+)(?:室|号|户|房)?")

Place = tuple[str, str, str]


class Places:
    """The households of a building table, found by building, entrance and room as somebody wrote them."""

    def __init__(self, households: Iterable[Household]) -> None:
        self._exact: dict[Place, Household] = {}
        self._loose: dict[Place, list[Household]] = {}
        for home in households:
            self._exact[place_key(home.building), place_key(home.entrance), place_key(home.room)] = home
            building, entrance, room = _loosely(home.building, home.entrance, home.room)
            self._loose.setdefault((building, entrance, room), []).append(home)
            if entrance:  # a sheet may leave the entrance out where the room is told without it
                self._loose.setdefault((building, "", room), []).append(home)

    def find(self, building: str, entrance: str, room: str) -> Household | None:
        """Return the household at a place; None where there is none, or more than one could be meant."""
        home = self._exact.get((place_key(building), place_key(entrance), place_key(room)))
        if home is not None:
            return home
        found = self._loose.get(_loosely(building, entrance, room), [])
        return found[0] if len(found) == 1 else None


def _loosely(building: str, entrance: str, room: str) -> Place:
    return _core(_BUILDING, building), _core(_ENTRANCE, entrance), _core(_ROOM, room)


def _core(pattern: re.Pattern[str], text: str) -> str:
    key = place_key(text)
    found = pattern.fullmatch(key)
    return found[1] if found else key
