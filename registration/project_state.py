"""What a compound's file lets one suppose of the project's first registration, for a person to propose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from registration.compound_file import DEVELOPER_GONE
from registration.dossier import FIRST_CERTIFICATE, Dossier
from registration.property_unit import Compound, ProjectRegistration


class Because(StrEnum):
    """Why a state is supposed."""

    FILE_CERTIFICATE = "file_certificate"  # the file holds the certificate of the first registration (大证)
    HOMES_REGISTERED = "homes_registered"  # households are registered, which needs the first registration
    DEVELOPER_GONE = "developer_gone"  # 首次+转移可一并办理


@dataclass(frozen=True)
class Reason:
    """One reason; `count` is the number of households, `paper` number and day of the certificate."""

    because: Because
    count: int = 0
    paper: str = ""


@dataclass(frozen=True)
class SupposedState:
    """A state that differs from the one in force, and why, the strongest reason first."""

    state: ProjectRegistration
    reasons: tuple[Reason, ...]


def supposed_state(compound: Compound, file: Dossier, homes_registered: int) -> SupposedState | None:
    """Return the state that what is known speaks for, None where it is in force or proposed already.

    `homes_registered`: households whose buyer's transfer is in the register. Nothing here changes a state:
    a person proposes it, and the centre decides.
    Source: 细则 24 (no other registration of a unit before the first one of its project); the national rules
    for legacy problems let first registration and transfer be filed together where the developer is gone.
    """
    reasons = [
        Reason(Because.FILE_CERTIFICATE, paper=" · ".join(filter(None, (paper.number, paper.day))))
        for paper in file.papers
        if paper.kind == FIRST_CERTIFICATE
    ]
    if homes_registered:
        reasons.append(Reason(Because.HOMES_REGISTERED, count=homes_registered))
    state = ProjectRegistration.REGISTERED
    if not reasons and DEVELOPER_GONE in compound.categories:
        state, reasons = ProjectRegistration.TOGETHER, [Reason(Because.DEVELOPER_GONE)]
    behind = {
        ProjectRegistration.REGISTERED: (ProjectRegistration.MISSING, ProjectRegistration.TOGETHER),
        ProjectRegistration.TOGETHER: (ProjectRegistration.MISSING,),
    }
    if not reasons or compound.project_registration not in behind[state]:
        return None
    if any(p.field == "project_registration" and p.value == state.value for p in file.proposals):
        return None
    return SupposedState(state, tuple(reasons))
