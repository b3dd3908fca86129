"""What the building table reads in one go: the compound in view, its households, file and flags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from registration.compound_file import CompoundFile
from registration.dossier import Defaulter
from registration.packs import PackSet
from registration.progress import Progress, Targets, targets_from, together
from registration.property_unit import Compound
from registration.session import Session
from registration.standing import Obstacle
from storage import aliases, dossiers, household_marks, packs, progress, reference, sessions
from storage.dossiers import FileSummary
from storage.values import HouseholdCell


@dataclass(frozen=True)
class Known:
    """What is shown of a compound."""

    cells: list[HouseholdCell]
    file: CompoundFile
    names: tuple[str, ...]  # other names
    summary: FileSummary
    defaulter: Defaulter | None
    own: tuple[Obstacle, ...]  # what stops the compound as a whole
    packs: PackSet


State = tuple[Session | None, list[Compound], Compound | None, Known | None]
"""The session that is open, all compounds, the one in view, and what is known of it."""


def read_resolved(db: Any) -> tuple[Progress, Targets]:
    """Return the progress of all compounds together, and the targets in force."""
    targets = targets_from(packs.pack_set(db))
    return together(line.progress for line in progress.compounds(db, targets)), targets


def read_table(db: Any, wanted: str) -> State:
    """Read a compound by its id, else the session's, else the first; None where there is none at all."""
    session, every = sessions.current(db), reference.compounds(db)
    ids = [wanted, session.compound_id if session else ""]
    found = next((c for i in ids for c in every if c.id == i), every[0] if every else None)
    if found is None:
        return session, every, None, None
    file, said = reference.compound_file(db, found.id), dossiers.summary(db, found.id)
    known = Known(
        reference.households(db, found.id),
        file,
        (*aliases.of_compound(db, found.id), *said.aliases),
        said,
        dossiers.defaulter(db, found.id, file.developer),
        household_marks.of_whole(db, found.id),
        packs.pack_set(db),
    )
    return session, every, found, known
