"""Answers of the survey that were typed and not kept: they stay on this machine until somebody decides."""

from __future__ import annotations

import json
from datetime import datetime

from sqlite_utils import Database

from registration.changes import Changes
from registration.rights import Act
from registration.survey import Answers, answers_from_json, answers_to_json
from storage import audit
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import as_text, one, rows, scalar
from storage.values import Who


@needs(Act.LEDGER)
def hold(
    db: Database,
    who: Who,  # noqa: ARG001 - whose right is asked for
    now: datetime,
    *,
    household_id: str,
    answers: Answers | None,
) -> Changes:
    """Hold what stands in the form of a household, or nothing where the form says what is kept already.

    Owner and phone are those typed anew, "" where none was. KeyError for an unknown household.
    """
    if answers is None:
        db.execute("DELETE FROM survey_drafts WHERE household_id = ?", (household_id,))
        return Changes()
    compound_id = scalar(db, "SELECT compound_id FROM households WHERE id = ?", (household_id,))
    if compound_id is None:
        raise KeyError(household_id)
    db.execute(
        "INSERT INTO survey_drafts VALUES (?, ?, ?, ?) ON CONFLICT (household_id) DO UPDATE SET"
        " body = excluded.body, at = excluded.at",
        (household_id, compound_id, compact_json(answers_to_json(answers)), as_text(now)),
    )
    return Changes()


@needs(Act.LEDGER)
def drop(db: Database, who: Who, now: datetime, *, household_id: str) -> Changes:
    """Throw away what was typed for a household and not kept; audited without a word of it."""
    known = db.execute("DELETE FROM survey_drafts WHERE household_id = ?", (household_id,))
    if known.rowcount:
        audit.append(db, who, now, "survey_draft_dropped", household_id)
    return Changes()


def held(db: Database, household_id: str) -> Answers | None:
    """Return what was typed for a household and not kept, None where nothing was."""
    found = one(db, "SELECT body FROM survey_drafts WHERE household_id = ?", (household_id,))
    return answers_from_json(json.loads(found["body"])) if found is not None else None


def of_compound(db: Database, compound_id: str) -> frozenset[str]:
    """Return the ids of the households of a compound that have something typed and not kept."""
    sql = "SELECT household_id FROM survey_drafts WHERE compound_id = ?"
    return frozenset(row["household_id"] for row in rows(db, sql, (compound_id,)))
