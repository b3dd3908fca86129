"""What each topic's facts are folded into: one function a topic, run whenever its subject has a new fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlite_utils import Database

from registration.facts import Fact, Topic
from storage import (
    collecting,
    dossiers,
    line,
    obstacles,
    session_plans,
    site_sessions,
    supervision,
    surveys,
    visits,
)

Fold = Callable[[Database, str, Sequence[Fact]], None]
"""(db, subject, all of its facts in order): write the subject's row anew; the same facts, the same row."""

FOLDS: Mapping[Topic, Fold] = {
    Topic.COLLECTION: collecting.fold,
    Topic.COMPOUND: dossiers.fold,
    Topic.LEDGER: obstacles.fold,
    Topic.PLAN: session_plans.fold,
    Topic.QUEUE: line.fold,
    Topic.SESSION: site_sessions.fold,
    Topic.SUPERVISION: supervision.fold,
    Topic.SURVEY: surveys.fold,
    Topic.VISIT: visits.fold,
}
