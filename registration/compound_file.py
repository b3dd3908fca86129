"""The file of a compound (小区档案): what is known of its project, for the legacy rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from registration.property_unit import Compound, ProjectRegistration


class Land(StrEnum):
    """Who owns the land."""

    STATE = "state"
    COLLECTIVE = "collective"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class CompoundFile:
    """What the task force has found out. Empty text and None mean: not known yet; days are ISO dates."""

    compound_id: str
    name: str = ""
    project_registration: ProjectRegistration = ProjectRegistration.MISSING
    categories: tuple[str, ...] = ()
    arrears_separation: bool = False  # 证缴分离
    arrears_basis: str = ""  # the decision's title and number
    developer: str = ""
    developer_gone: bool = False  # dissolved, missing, bankrupt
    substitute_applicant: str = ""  # who applies in the developer's place
    land: Land = Land.UNKNOWN
    sold_on: str = ""  # when it had been built and sold
    urban_housing: bool | None = None
    listed: bool | None = None  # on the task list of the policy
    policy: str = ""  # code of the pack `policies`, "" for its default
    hard_stops: tuple[str, ...] = ()  # codes of the pack `problem_categories`


def file_of(compound: Compound) -> CompoundFile:
    """Return what a compound itself says, where nobody has kept a file of it.

    A compound of category C7 has a developer that is gone.
    """
    return CompoundFile(
        compound_id=compound.id,
        name=compound.name,
        project_registration=compound.project_registration,
        categories=compound.categories,
        arrears_separation=compound.arrears_separation,
        developer=compound.developer,
        developer_gone=DEVELOPER_GONE in compound.categories,
    )


DEVELOPER_GONE = "C7"


_TEXTS = ("arrears_basis", "substitute_applicant", "sold_on", "policy")
_PERHAPS = ("urban_housing", "listed")


def file_to_json(file: CompoundFile) -> dict[str, Any]:
    """Return what a file says beyond the compound itself, as plain JSON values."""
    return {
        **{name: getattr(file, name) for name in (*_TEXTS, *_PERHAPS)},
        "developer_gone": file.developer_gone,
        "land": file.land.value,
        "hard_stops": list(file.hard_stops),
    }


def file_from_json(compound: Compound, facts: Mapping[str, Any]) -> CompoundFile:
    """Return a compound's file with these facts, the inverse of `file_to_json`; {} says nothing of its own.

    A kind of land that this program does not know counts as not known; unknown facts are ignored.
    TypeError where a fact is not what it should be.
    """
    for names, kinds in ((_TEXTS, (str,)), (_PERHAPS, (bool, type(None))), (("developer_gone",), (bool,))):
        if any(name in facts and not isinstance(facts[name], kinds) for name in names):
            raise TypeError("not a compound's file")
    stops = facts.get("hard_stops", ())
    if not isinstance(stops, list | tuple) or not all(isinstance(stop, str) for stop in stops):
        raise TypeError("not a compound's file")
    given = {name: facts[name] for name in (*_TEXTS, *_PERHAPS, "developer_gone") if name in facts}
    land = facts.get("land", "")
    known = Land(land) if land in set(Land) else Land.UNKNOWN
    return replace(file_of(compound), land=known, hard_stops=tuple(stops), **given)
