"""The survey at the doors as stored: what was heard of each household, and what is still to be gone to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Fact, Topic
from registration.rights import Act
from registration.survey import (
    PLANNED,
    VISITED,
    Answers,
    Outcome,
    Survey,
    Tally,
    answers_to_json,
    problems_of,
    survey_of,
    tally,
)
from storage import facts
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import rows, scalar
from storage.values import Who


@needs(Act.LEDGER)
def note_call(
    db: Database,
    who: Who,
    now: datetime,
    *,
    fact_id: str,
    household_id: str,
    outcome: Outcome,
    answers: Answers,
    again: str = "",
) -> Changes:
    """Keep how a knock ended; `again` is the ISO date to come back on where nobody was home, or "".

    Answers that are kept are a draft no more; how else a knock ended takes no draft away.
    InputError survey_lives where a door was answered and nobody says who lives there, date_malformed for a
    day that is none; KeyError for an unknown household.
    """
    found = problems_of(outcome, answers)
    if found:
        raise InputError(found[0].code, field=found[0].field)
    body: dict[str, Any] = {"household_id": household_id, "outcome": outcome.value}
    if outcome is Outcome.ANSWERED:
        body["answers"] = answers_to_json(answers)
    if outcome is Outcome.NOT_HOME and again:
        body["day"] = _day(again)
    changes = _note(db, who, now, fact_id, household_id, VISITED, body)
    if outcome is Outcome.ANSWERED:
        db.execute("DELETE FROM survey_drafts WHERE household_id = ?", (household_id,))
    return changes


@needs(Act.LEDGER)
def plan(
    db: Database, who: Who, now: datetime, *, fact_ids: Sequence[str], household_ids: Sequence[str], day: str
) -> Changes:
    """Plan calls at these doors for a day, an ISO date; one fact a household, all or none."""
    changes = Changes()
    for fact_id, household_id in zip(fact_ids, household_ids, strict=True):
        body = {"household_id": household_id, "day": _day(day)}
        changes |= _note(db, who, now, fact_id, household_id, PLANNED, body)
    return changes


def survey(db: Database, household_id: str) -> Survey:
    """Return what is known of one household, with what was heard."""
    return survey_of(facts.of_subject(db, Topic.SURVEY, household_id))


def tallies(db: Database, compound_id: str) -> Mapping[str, Tally]:
    """Return how far the survey is by building, and by "" for the whole compound."""
    sql = (
        "SELECT h.building, coalesce(s.state, '') AS state FROM households h"
        " LEFT JOIN surveys s ON s.household_id = h.id WHERE h.compound_id = ?"
    )
    states: dict[str, list[str]] = {"": []}
    for row in rows(db, sql, (compound_id,)):
        states.setdefault(row["building"], []).append(row["state"])
        states[""].append(row["state"])
    return {building: tally(given) for building, given in states.items()}


def to_go(db: Database, until: date, limit: int = 200) -> list[tuple[str, str, str]]:
    """Return (household id, state, day) of the doors to be knocked at again by a day, the oldest first."""
    sql = (
        "SELECT household_id, state, day FROM surveys WHERE state IN ('', 'planned', 'not_home')"
        " AND day <> '' AND day <= ? ORDER BY day, household_id LIMIT ?"
    )
    wanted = (until.isoformat(), limit)
    return [(row["household_id"], row["state"], row["day"]) for row in rows(db, sql, wanted)]


def fold(db: Database, subject: str, known: Sequence[Fact]) -> None:
    """Write a household's row anew."""
    found = survey_of(known)
    db.execute(
        "INSERT INTO surveys VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (household_id) DO UPDATE SET"
        " compound_id = excluded.compound_id, state = excluded.state, day = excluded.day,"
        " tries = excluded.tries, body = excluded.body",
        (
            subject,
            next((fact.compound_id for fact in known if fact.compound_id), ""),
            found.state.value,
            found.day,
            found.tries,
            compact_json(answers_to_json(found.answers)),
        ),
    )


def _note(
    db: Database, who: Who, now: datetime, fact_id: str, household_id: str, verb: str, body: Mapping[str, Any]
) -> Changes:
    compound_id = scalar(db, "SELECT compound_id FROM households WHERE id = ?", (household_id,))
    if compound_id is None:
        raise KeyError(household_id)
    return facts.note(
        db,
        who,
        now,
        fact_id=fact_id,
        topic=Topic.SURVEY,
        subject=household_id,
        verb=verb,
        compound_id=compound_id,
        body=body,
    )[0]


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InputError("date_malformed", field="survey.day", date=text) from None
