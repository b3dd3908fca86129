"""Every change of a case's state goes through here: the table of moves decides, the search index follows."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from sqlite_utils import Database

from registration.application import CaseState, application_from_json
from registration.errors import InputError
from registration.states import Paper, problems_of_move
from storage import reference, search
from storage.rows import as_micros, one


def check_move(
    now: CaseState, then: CaseState, papers: Collection[Paper], *, anybody_applied: bool = True
) -> None:
    """Refuse a move that the table does not have, or whose paper is missing (see `problems_of_move`).

    InputError move_forbidden or paper_missing.
    """
    for problem in problems_of_move(now, then, papers, anybody_applied=anybody_applied):
        raise InputError(problem.code, field=problem.field, **problem.params)


def set_state(db: Database, now: datetime, seq: int, then: CaseState) -> None:
    """Write a state that `check_move` has let pass; `seq` is the application's row number."""
    db.execute("UPDATE applications SET state = ?, updated_at = ? WHERE seq = ?", (then, as_micros(now), seq))
    reindex(db, seq)


def reindex(db: Database, seq: int) -> None:
    """Bring the search index up to date with an application's row (`seq` is its row number)."""
    row = one(
        db,
        "SELECT a.state, a.receipt_number, a.acceptance_number, b.body FROM applications a"
        " JOIN application_bodies b ON b.application = a.seq WHERE a.seq = ?",
        (seq,),
    )
    if row is None:
        raise KeyError(seq)
    application = application_from_json(json.loads(row["body"]))
    search.index(
        db,
        seq,
        application,
        reference.household(db, application.household_id) if application.household_id else None,
        state=row["state"],
        receipt_number=row["receipt_number"] or "",
        acceptance_number=row["acceptance_number"] or "",
    )
