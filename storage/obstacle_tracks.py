"""Parallel tracks (并联办理) of obstacles as stored: set, done on evidence, taken up again, dropped."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.evidence import Evidence, check_evidence, evidence_to_json
from registration.obstacles import LedgerEntry, ObstacleState, check_department, check_due
from registration.parallel_tracks import (
    TRACK_DONE,
    TRACK_DROPPED,
    TRACK_REOPENED,
    TRACK_SET,
    ParallelTrack,
    check_task,
    track_to_json,
)
from registration.rights import Act
from storage import packs
from storage.obstacles import about, known_entry, note, open_entry
from storage.rights import needs
from storage.values import Who


@needs(Act.LEDGER)
def set_track(
    db: Database, who: Who, now: datetime, *, fact_id: str, obstacle_id: str, track: ParallelTrack
) -> Changes:
    """Give a department its part of an open obstacle, or change what an open track says.

    InputError obstacle_department, obstacle_task, date_malformed, obstacle_cleared, obstacle_track_done.
    """
    check_department(track.department, packs.pack_set(db))
    check_task(track.task)
    check_due(track.due)
    known = open_entry(db, obstacle_id)
    if any(one.id == track.id and one.done for one in known.tracks):
        raise InputError("obstacle_track_done")
    body = {**about(known), "track": track_to_json(track)}
    return note(db, who, now, fact_id, obstacle_id, TRACK_SET, known.compound_id, body)


@needs(Act.LEDGER)
def finish_track(
    db: Database,
    who: Who,
    now: datetime,
    *,
    fact_id: str,
    obstacle_id: str,
    track_id: str,
    evidence: Evidence,
) -> Changes:
    """End a track on evidence, whose files are sealed already.

    InputError obstacle_evidence, obstacle_track_done; KeyError for an unknown obstacle or track.
    """
    check_evidence(evidence)
    known, track = _of(db, obstacle_id, track_id)
    if track.done:
        raise InputError("obstacle_track_done")
    body = {**about(known), "track": {"id": track_id}, "evidence": evidence_to_json(evidence)}
    files = evidence.files
    return note(db, who, now, fact_id, obstacle_id, TRACK_DONE, known.compound_id, body, files)


@needs(Act.LEDGER)
def reopen_track(
    db: Database, who: Who, now: datetime, *, fact_id: str, obstacle_id: str, track_id: str, words: str
) -> Changes:
    """Take a track's end back with the reason; a cleared obstacle is reopened by itself first.

    InputError obstacle_track_open, obstacle_note, obstacle_cleared; KeyError for an unknown one.
    """
    known, track = _of(db, obstacle_id, track_id)
    if known.state is ObstacleState.CLEARED:
        raise InputError("obstacle_cleared")
    if not track.done:
        raise InputError("obstacle_track_open")
    return _said(db, who, now, fact_id, known, track_id, TRACK_REOPENED, words)


@needs(Act.LEDGER)
def drop_track(
    db: Database, who: Who, now: datetime, *, fact_id: str, obstacle_id: str, track_id: str, words: str
) -> Changes:
    """Take away a track that was added by mistake, with the reason; its facts stay in the history.

    InputError obstacle_track_done, obstacle_note; KeyError for an unknown one.
    """
    known, track = _of(db, obstacle_id, track_id)
    if track.done:
        raise InputError("obstacle_track_done")
    return _said(db, who, now, fact_id, known, track_id, TRACK_DROPPED, words)


@needs(Act.LEDGER)
def _said(
    db: Database,
    who: Who,
    now: datetime,
    fact_id: str,
    known: LedgerEntry,
    track_id: str,
    verb: str,
    words: str,
) -> Changes:
    if not words.strip():
        raise InputError("obstacle_note", field="ledger.note")
    body = {**about(known), "track": {"id": track_id}, "words": words.strip()}
    return note(db, who, now, fact_id, known.id, verb, known.compound_id, body)


def _of(db: Database, obstacle_id: str, track_id: str) -> tuple[LedgerEntry, ParallelTrack]:
    known = known_entry(db, obstacle_id)
    for track in known.tracks:
        if track.id == track_id:
            return known, track
    raise KeyError(track_id)
