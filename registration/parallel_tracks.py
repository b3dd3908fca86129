"""Parallel tracks (并联办理) of an obstacle: departments working at once, each with its day and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from registration.errors import InputError
from registration.evidence import Evidence, evidence_from
from registration.facts import Fact

TRACK_SET, TRACK_DONE, TRACK_REOPENED = "track_set", "track_done", "track_reopened"
TRACK_DROPPED = "track_dropped"
VERBS = frozenset({TRACK_SET, TRACK_DONE, TRACK_REOPENED, TRACK_DROPPED})
_LONGEST_TASK = 200


@dataclass(frozen=True)
class ParallelTrack:
    """One department's part of an obstacle; `due` an ISO date or "", `evidence` what it was done on."""

    id: str
    department: str
    task: str
    due: str = ""
    done: bool = False
    evidence: Evidence | None = None


def tracks_from(facts: Iterable[Fact]) -> tuple[ParallelTrack, ...]:
    """Return the tracks that an obstacle's facts, given in order, leave, in the order of their beginning.

    One that was dropped is gone until somebody sets it again. What is no track's body is passed over.
    """
    found: dict[str, ParallelTrack] = {}
    dropped = set[str]()
    for fact in facts:
        said = fact.body.get("track") if fact.verb in VERBS else None
        if not isinstance(said, Mapping) or not said.get("id"):
            continue
        key = str(said["id"])
        track = found.setdefault(key, ParallelTrack(key, "", ""))
        if fact.verb == TRACK_SET:
            department, task, due = (str(said.get(name) or "") for name in ("department", "task", "due"))
            track = replace(track, department=department, task=task, due=due)
            dropped.discard(key)
        elif fact.verb == TRACK_DONE:
            proof = fact.body.get("evidence")
            known = evidence_from(proof, fact.attachments) if isinstance(proof, Mapping) else None
            track = replace(track, done=True, evidence=known)
        elif fact.verb == TRACK_REOPENED:
            track = replace(track, done=False)
        else:
            dropped.add(key)
        found[key] = track
    return tuple(track for key, track in found.items() if key not in dropped and track.department)


def track_to_json(track: ParallelTrack) -> dict[str, Any]:
    """Return what a fact says of a track that is set."""
    return {"id": track.id, "department": track.department, "task": track.task.strip(), "due": track.due}


def check_task(task: str) -> None:
    """Raise InputError obstacle_task where a track does not say what its department is to do."""
    if not task.strip() or len(task) > _LONGEST_TASK:
        raise InputError("obstacle_task", field="ledger.task", limit=str(_LONGEST_TASK))


def soonest(own: str, tracks: Iterable[ParallelTrack]) -> str:
    """Return the earliest ISO day of an obstacle's own and of its tracks that are not done, "" for none."""
    days = [own, *(track.due for track in tracks if not track.done)]
    return min(filter(None, days), default="")
