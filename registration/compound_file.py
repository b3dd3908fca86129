"""The file of a compound (小区档案): what is known of its project, for the legacy rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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
