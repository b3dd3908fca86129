"""The demonstration's invented world: two compounds after the two archetypes, and the people on duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from registration.property_unit import Compound, Household, ProjectRegistration
from server.store import desk_sessions, devices, reference, schema

_ACTOR = "demonstration"
_RIVER = Compound(
    id="demo-jinhewan",
    name="金河湾",
    division="620102",
    address="甘肃省兰州市城关区河湾东路188号",
    developer="兰州金河湾置业有限公司",
    project_registration=ProjectRegistration.TOGETHER,
    categories=("C2", "C4"),
    archetype="commercial",
    arrears_separation=True,
)
_MILL = Compound(
    id="demo-longfang",
    name="陇纺家属院",
    division="621121",
    address="甘肃省定西市通渭县西关巷16号",
    developer="通渭县陇纺厂（已撤销，县政府指定机构代办）",
    project_registration=ProjectRegistration.REGISTERED,
    categories=("C4", "C7"),
    archetype="work_unit",
    arrears_separation=False,
)
_PEOPLE = (
    ("demo-wang", "wang", "王海燕", "operator"),
    ("demo-bai", "bai", "白雪", "helper"),
    ("demo-ma", "ma", "马建国", "reviewer"),
)
_AREAS = ("89.36", "104.52", "104.52", "126.80")


def _unit_code(parcel: str, building: int, count: int) -> str:
    """Return a 28-character unit code: parcel (19), F, building (4), unit (4). Source: GB/T 37346-2018."""
    return f"{parcel}F{building:04d}{count:04d}"


def _river_units() -> list[Household]:
    """4 buildings of 2 entrances, 25 floors and 2 rooms a floor: 400 households."""
    units = []
    for building in range(1, 5):
        for entrance in (1, 2):
            for floor in range(1, 26):
                for room in (1, 2):
                    count = (entrance - 1) * 50 + (floor - 1) * 2 + room
                    number = f"{floor}{room:02d}"
                    units.append(
                        Household(
                            id=f"{_RIVER.id}-{building}-{entrance}-{number}",
                            compound_id=_RIVER.id,
                            building=f"{building}号楼",
                            entrance=f"{entrance}单元",
                            floor=floor,
                            room=number,
                            unit_code=_unit_code("620102001012GB00188", building, count),
                            area=_AREAS[(entrance - 1) * 2 + room - 1],
                            address=f"{_RIVER.address}金河湾{building}号楼{entrance}单元{number}室",
                        )
                    )
    return units


def _mill_units() -> list[Household]:
    """2 old buildings of 3 entrances, 5 floors and 2 rooms a floor: 60 households, a few not yet surveyed."""
    units = []
    for building in (1, 2):
        for entrance in (1, 2, 3):
            for floor in range(1, 6):
                for room in (1, 2):
                    count = (entrance - 1) * 10 + (floor - 1) * 2 + room
                    number = f"{floor}{room:02d}"
                    surveyed = not (building == 2 and entrance == 3)
                    units.append(
                        Household(
                            id=f"{_MILL.id}-{building}-{entrance}-{number}",
                            compound_id=_MILL.id,
                            building=f"{building}号楼",
                            entrance=f"{entrance}单元",
                            floor=floor,
                            room=number,
                            unit_code=_unit_code("621121001003GB00016", building, count) if surveyed else "",
                            area="58.20" if room == 1 else "63.74",
                            address=f"{_MILL.address}陇纺家属院{building}号楼{entrance}单元{number}室",
                        )
                    )
    return units


@dataclass(frozen=True)
class Keys:
    """Ways into the demonstration, new at each start: for one window, and for one reviewer's browser."""

    enrolment_code: str
    desk_ticket: str


def prepare_demonstration(connection: Connection, now: datetime) -> Keys:
    """Add the invented world where it is missing, and return fresh keys to it."""
    known = set(connection.execute(select(schema.operators.c.account)).scalars())
    for operator_id, account, name, role in _PEOPLE:
        if account not in known:
            devices.add_operator(connection, now, account, name, role, operator_id=operator_id)
    reference.add_compound(connection, now, _RIVER, _river_units())
    reference.add_compound(connection, now, _MILL, _mill_units())
    valid = timedelta(days=30)
    return Keys(
        devices.issue_code(connection, now, actor=_ACTOR, valid=valid, new_operators=True),
        desk_sessions.issue_ticket(connection, now, "ma", actor=_ACTOR, valid=valid),
    )
