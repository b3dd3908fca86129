"""What a compound's file speaks for: never the state in force, never a step back, and only with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registration.dossier import FIRST_CERTIFICATE, MINUTES, Dossier, FilePaper, Proposal
from registration.project_state import Because, supposed_state
from registration.property_unit import Compound, ProjectRegistration

REGISTERED, TOGETHER, MISSING = ProjectRegistration
MILL = Compound("c1", "纺织厂家属院", "620102", "", "金河置业", MISSING)
CERTIFICATE = FilePaper("p-1", FIRST_CERTIFICATE, "大证", "甘2026-7", "2026-11-20")
HELD = Dossier(papers=(CERTIFICATE,))
GONE = replace(MILL, categories=("C1", "C7"))


@pytest.mark.parametrize(
    ("compound", "file", "homes", "state", "because"),
    [
        (MILL, HELD, 0, REGISTERED, [Because.FILE_CERTIFICATE]),
        (MILL, HELD, 3, REGISTERED, [Because.FILE_CERTIFICATE, Because.HOMES_REGISTERED]),
        (replace(MILL, project_registration=TOGETHER), Dossier(), 1, REGISTERED, [Because.HOMES_REGISTERED]),
        (GONE, Dossier(), 0, TOGETHER, [Because.DEVELOPER_GONE]),
        (GONE, Dossier(), 1, REGISTERED, [Because.HOMES_REGISTERED]),  # what is done is more than what may be
    ],
)
def test_a_state_is_supposed_with_its_reasons(
    compound: Compound, file: Dossier, homes: int, state: ProjectRegistration, because: list[Because]
) -> None:
    found = supposed_state(compound, file, homes)
    assert found is not None
    assert (found.state, [reason.because for reason in found.reasons]) == (state, because)


@pytest.mark.parametrize(
    ("compound", "file", "homes"),
    [
        (MILL, Dossier(papers=(replace(CERTIFICATE, kind=MINUTES),)), 0),  # minutes alone say nothing
        (replace(MILL, project_registration=REGISTERED), HELD, 9),
        (replace(GONE, project_registration=REGISTERED), Dossier(), 0),  # never a step back
        (replace(GONE, project_registration=TOGETHER), Dossier(), 0),
        (MILL, replace(HELD, proposals=(Proposal("project_registration", "registered", "", ""),)), 0),
    ],
)
def test_nothing_is_supposed_without_need(compound: Compound, file: Dossier, homes: int) -> None:
    assert supposed_state(compound, file, homes) is None
