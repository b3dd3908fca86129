"""The property of an application: compound, building and household, as the building table has them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProjectRegistration(StrEnum):
    """Whether the whole project has its first registration (大证); household cases wait for it (细则 24)."""

    REGISTERED = "registered"
    TOGETHER = "together"  # first registration and transfer filed together
    MISSING = "missing"


@dataclass(frozen=True)
class Compound:
    """A residential compound (小区), the place that a session serves."""

    id: str
    name: str
    division: str  # six digits, GB/T 2260
    address: str
    developer: str
    project_registration: ProjectRegistration
    categories: tuple[str, ...] = ()  # codes of problem categories (登记难类别)
    archetype: str = ""
    arrears_separation: bool = False  # 证缴分离


@dataclass(frozen=True)
class Household:
    """One household unit (户) of a building table. Areas in square metres, as decimal text."""

    id: str
    compound_id: str
    building: str  # "3号楼"
    entrance: str  # "2单元", may be empty
    floor: int
    room: str  # "1201"
    unit_code: str  # 28 characters, or "" where not yet surveyed
    area: str
    address: str

    @property
    def label(self) -> str:
        """Return the short address people say: 3号楼 2单元 1201."""
        return " ".join(part for part in (self.building, self.entrance, self.room) if part)
