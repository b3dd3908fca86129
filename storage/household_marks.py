"""What the facts around the cases mark on households: what is booked, handed over, stopped, surveyed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from registration.facts import Fact, Topic
from registration.standing import MarkKind, Obstacle, marks_of
from storage.rows import rows

TOPICS = frozenset({Topic.QUEUE, Topic.VISIT, Topic.COLLECTION})
"""Topics whose facts mark households by `fold`, whatever else they are folded into."""


@dataclass(frozen=True)
class Marked:
    """What is marked in one compound, by household; the obstacles of "" are the compound's own."""

    booked: Mapping[str, str]  # day and time
    in_hand: Mapping[str, str]  # number of the certificate
    surveys: Mapping[str, str]  # SurveyState value
    obstacles: Mapping[str, tuple[Obstacle, ...]]


def fold(db: Database, topic: Topic, subject: str, known: Sequence[Fact]) -> None:
    """Write the marks of one subject anew; the same facts, the same marks."""
    source = f"{topic.value}:{subject}"
    db.execute("DELETE FROM household_marks WHERE source = ?", (source,))
    compound_id = next((fact.compound_id for fact in known if fact.compound_id), "")
    for mark in marks_of(topic, known):
        db.execute(
            "INSERT INTO household_marks VALUES (?, ?, ?, ?, ?)",
            (mark.kind.value, source, mark.household_id, compound_id, mark.what),
        )


def of_compound(db: Database, compound_id: str) -> Marked:
    """Return everything that is marked in a compound."""
    booked: dict[str, str] = {}
    in_hand: dict[str, str] = {}
    sql = "SELECT kind, household_id, what FROM household_marks WHERE compound_id = ? ORDER BY what DESC"
    for row in rows(db, sql, (compound_id,)):  # of several that are booked the next one stands
        into = in_hand if row["kind"] == MarkKind.IN_HAND else booked
        into[row["household_id"]] = row["what"]
    sql = "SELECT household_id, state FROM surveys WHERE compound_id = ?"
    surveys = {row["household_id"]: row["state"] for row in rows(db, sql, (compound_id,))}
    return Marked(booked, in_hand, surveys, _obstacles(db, compound_id))


def of_whole(db: Database, compound_id: str) -> tuple[Obstacle, ...]:
    """Return the open obstacles of a compound as a whole."""
    sql = (
        "SELECT DISTINCT category, department FROM obstacles"
        " WHERE compound_id = ? AND state = 'open' AND household_id = '' ORDER BY category, department"
    )
    return tuple(Obstacle(row["category"], row["department"]) for row in rows(db, sql, (compound_id,)))


def _obstacles(db: Database, compound_id: str) -> Mapping[str, tuple[Obstacle, ...]]:
    sql = (
        "SELECT DISTINCT household_id, category, department FROM obstacles"
        " WHERE compound_id = ? AND state = 'open' AND household_id <> ''"
        " ORDER BY household_id, category, department"
    )
    found: dict[str, tuple[Obstacle, ...]] = {}
    for row in rows(db, sql, (compound_id,)):
        one = Obstacle(row["category"], row["department"])
        found[row["household_id"]] = (*found.get(row["household_id"], ()), one)
    return found
