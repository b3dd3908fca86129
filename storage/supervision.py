"""Matters followed up with departments and inspections of homes, as stored."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Attachment, Fact, Topic
from registration.rights import Act
from registration.supervision import (
    ESCALATED,
    NOTED,
    SAMPLED,
    SETTLED,
    VISITED,
    Inspection,
    Matter,
    draw,
    due_after,
    inspection_from,
    inspection_from_json,
    matter_from,
    matter_from_json,
    require_words,
    rules_from,
    to_json,
)
from storage import facts, packs
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import one, rows
from storage.values import Who


def matters(db: Database, *, settled: bool = False, limit: int = 500) -> list[Matter]:
    """Return open or settled matters, the one due first."""
    sql = "SELECT body FROM matters WHERE settled = ? ORDER BY due, id LIMIT ?"
    return [matter_from_json(json.loads(row["body"])) for row in rows(db, sql, (int(settled), limit))]


def inspections(db: Database, limit: int = 100) -> list[Inspection]:
    """Return inspections, the newest first."""
    sql = "SELECT body FROM inspections ORDER BY drawn_at DESC LIMIT ?"
    return [inspection_from_json(json.loads(row["body"])) for row in rows(db, sql, (limit,))]


@needs(Act.LEDGER)
def note_matter(
    db: Database, who: Who, now: datetime, *, fact_id: str, matter_id: str, compound_id: str, kind: str,
    words: str, department: str = "", about: str = "",
) -> Changes:  # fmt: skip
    """Begin a matter, or add an entry to its log. InputError supervision_words, supervision_settled.

    `department` and `about` are of a new matter.
    """
    body = {"kind": kind, "words": require_words(words)}
    if one(db, "SELECT 1 FROM matters WHERE id = ?", (matter_id,)) is None:
        level = rules_from(packs.pack_set(db)).levels[0]
        body |= {"department": department, "about": require_words(about or words)}
        body |= {"level": level.code, "due": due_after(now.date(), level)}
    else:
        _open(db, matter_id)
    return _note(db, who, now, fact_id, matter_id, NOTED, compound_id, body)


@needs(Act.LEDGER)
def escalate(db: Database, who: Who, now: datetime, *, fact_id: str, matter_id: str, words: str) -> Changes:
    """Take a matter one level up.

    InputError supervision_words, supervision_top, supervision_settled; KeyError: no such matter.
    """
    found = _open(db, matter_id)
    level = rules_from(packs.pack_set(db)).next_level(found.level)
    if level is None:
        raise InputError("supervision_top")
    body = {"level": level.code, "due": due_after(now.date(), level), "words": require_words(words)}
    return _note(db, who, now, fact_id, matter_id, ESCALATED, found.compound_id, body)


@needs(Act.LEDGER)
def settle(db: Database, who: Who, now: datetime, *, fact_id: str, matter_id: str, words: str) -> Changes:
    """End a matter with what came of it.

    InputError supervision_words, supervision_settled; KeyError: no such matter.
    """
    found, body = _open(db, matter_id), {"words": require_words(words)}
    return _note(db, who, now, fact_id, matter_id, SETTLED, found.compound_id, body)


@needs(Act.LEDGER)
def draw_sample(
    db: Database, who: Who, now: datetime, *, fact_id: str, inspection_id: str, compound_id: str, seed: str
) -> Changes:
    """Draw a sample of a compound's homes and keep it with its seed: whoever doubts it draws it again.

    Every drawing is a fact of its own, so that one that was drawn once more is seen. InputError sample_empty.
    """
    pool = [row["id"] for row in rows(db, "SELECT id FROM households WHERE compound_id = ?", (compound_id,))]
    if not pool:
        raise InputError("sample_empty")
    chosen = draw(pool, rules_from(packs.pack_set(db)).sample_size(len(pool)), seed)
    body = {"seed": seed, "pool": len(pool), "chosen": list(chosen)}
    return _note(db, who, now, fact_id, inspection_id, SAMPLED, compound_id, body)


@needs(Act.LEDGER)
def note_seen(
    db: Database, who: Who, now: datetime, *, fact_id: str, inspection_id: str, household_id: str,
    agrees: bool, words: str = "", photos: Sequence[Attachment] = (),
) -> Changes:  # fmt: skip
    """Note what was found at a home of a sample; words are asked where it does not agree with the claim.

    The files of `photos` are sealed already.
    InputError supervision_words; KeyError for an unknown inspection or a home that was not drawn.
    """
    row = one(db, "SELECT body FROM inspections WHERE id = ?", (inspection_id,))
    found = None if row is None else inspection_from_json(json.loads(row["body"]))
    if found is None or household_id not in found.chosen:
        raise KeyError(household_id)
    said = words.strip() if agrees else require_words(words)
    body = {"household_id": household_id, "agrees": agrees, "words": said}
    return _note(db, who, now, fact_id, inspection_id, VISITED, found.compound_id, body, photos)


def fold(db: Database, subject: str, known: Sequence[Fact]) -> None:
    """Write a matter's or an inspection's row anew."""
    inspection = inspection_from(known)
    if inspection is not None:
        db.execute(
            "INSERT OR REPLACE INTO inspections VALUES (?, ?, ?, ?)",
            (subject, inspection.compound_id, inspection.drawn_at, compact_json(to_json(inspection))),
        )
        return
    matter = matter_from(known)
    if matter is not None:
        db.execute(
            "INSERT OR REPLACE INTO matters VALUES (?, ?, ?, ?, ?, ?)",
            (
                subject,
                matter.compound_id,
                matter.department,
                matter.due,
                int(matter.settled),
                compact_json(to_json(matter)),
            ),
        )


def _open(db: Database, matter_id: str) -> Matter:
    row = one(db, "SELECT body FROM matters WHERE id = ?", (matter_id,))
    if row is None:
        raise KeyError(matter_id)
    found = matter_from_json(json.loads(row["body"]))
    if found.settled:
        raise InputError("supervision_settled")
    return found


def _note(
    db: Database, who: Who, now: datetime, fact_id: str, subject: str, verb: str, compound_id: str,
    body: Mapping[str, Any], files: Sequence[Attachment] = (),
) -> Changes:  # fmt: skip
    return facts.note(
        db, who, now, fact_id=fact_id, topic=Topic.SUPERVISION, subject=subject, verb=verb,
        compound_id=compound_id, body=body, attachments=files,
    )[0]  # fmt: skip
