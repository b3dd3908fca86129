"""The compounds' files as stored: each entry a fact, with what other screens ask of a file at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration import dossier
from registration.changes import Changes
from registration.dossier import Defaulter, Dossier, dossier_of
from registration.facts import Attachment, Fact, Topic
from registration.progress import targets_from
from registration.rights import Act
from storage import facts, packs
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import one, scalar
from storage.values import Who

_REGISTERED = """
    SELECT count(*) FROM households h WHERE h.compound_id = :compound AND (
        EXISTS (SELECT 1 FROM applications a WHERE a.household_id = h.id
            AND a.state IN ('registered', 'certificate_issued')
            AND a.type_code IN (SELECT value FROM json_each(:types)))
        OR EXISTS (SELECT 1 FROM ledger l WHERE l.household_id = h.id AND l.household_id <> ''
            AND l.state IN ('registered', 'certificate_issued')
            AND l.type_code IN (SELECT value FROM json_each(:types))))
"""


@dataclass(frozen=True)
class FileSummary:
    """What a side card shows of a compound's file; `last_meeting` is an ISO date or ""."""

    team: int = 0
    last_meeting: str = ""
    street: str = ""
    community: str = ""
    aliases: tuple[str, ...] = ()


@needs(Act.LEDGER)
def change(
    db: Database,
    who: Who,
    now: datetime,
    *,
    fact_id: str,
    compound_id: str,
    verb: str,
    body: Mapping[str, Any],
    attachments: Sequence[Attachment] = (),
) -> Changes:
    """Write one entry of a compound's file; the verbs are those of `registration.dossier`.

    InputError dossier_incomplete or dossier_day where it lacks what it is for. The files of attachments are
    durable already.
    """
    dossier.check(verb, body, today=now.date())
    changes, _ = facts.note(
        db,
        who,
        now,
        fact_id=fact_id,
        topic=Topic.COMPOUND,
        subject=compound_id,
        verb=verb,
        compound_id=compound_id,
        body=body,
        attachments=attachments,
    )
    return changes


def of_compound(db: Database, compound_id: str) -> Dossier:
    """Return a compound's whole file."""
    return dossier_of(history(db, compound_id))


def history(db: Database, compound_id: str) -> list[Fact]:
    """Return every entry of a compound's file in order."""
    return facts.of_subject(db, Topic.COMPOUND, compound_id)


def homes_registered(db: Database, compound_id: str) -> int:
    """Return how many households of a compound have their buyer's transfer in the register, as known here."""
    types = compact_json(list(targets_from(packs.pack_set(db)).types))
    return int(scalar(db, _REGISTERED, {"compound": compound_id, "types": types}) or 0)


def summary(db: Database, compound_id: str) -> FileSummary:
    found = one(db, "SELECT body FROM compound_dossiers WHERE compound_id = ?", (compound_id,))
    if found is None:
        return FileSummary()
    body = json.loads(found["body"])
    return FileSummary(
        body["team"], body["last_meeting"], body["street"], body["community"], tuple(body["aliases"])
    )


def defaulter(db: Database, compound_id: str, developer: str) -> Defaulter | None:
    """Return the flag that concerns a compound: its own, or that of its developer in another file."""
    found = one(
        db,
        "SELECT body FROM compound_dossiers WHERE defaulter <> '' AND (compound_id = ? OR defaulter = ?)"
        " ORDER BY compound_id = ? DESC LIMIT 1",
        (compound_id, developer, compound_id),
    )
    if found is None:
        return None
    flag = json.loads(found["body"])["defaulter"]
    return Defaulter(flag["developer"], flag["source"], flag["day"], tuple(flag["measures"]))


def fold(db: Database, subject: str, known: Sequence[Fact]) -> None:
    """Write a compound's row anew."""
    found = dossier_of(known)
    flag = found.defaulter
    body = {
        "team": len(found.team),
        "last_meeting": found.last_meeting,
        "street": found.street,
        "community": found.community,
        "aliases": list(found.aliases),
        "defaulter": None
        if flag is None
        else {
            "developer": flag.developer,
            "source": flag.source,
            "day": flag.day,
            "measures": list(flag.measures),
        },
    }
    db.execute(
        "INSERT INTO compound_dossiers VALUES (?, ?, ?) ON CONFLICT (compound_id) DO UPDATE SET"
        " defaulter = excluded.defaulter, body = excluded.body",
        (subject, "" if flag is None else flag.developer, compact_json(body)),
    )
