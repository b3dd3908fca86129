"""What is due: papers promised for later, and corrections that nobody has brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlite_utils import Database

from registration.application import Application
from storage.rows import rows

SOON = timedelta(days=3)  # before its day a promised paper is called to mind
LONG = timedelta(days=7)  # a correction without a day has waited long


class About(StrEnum):
    """What a reminder is about, the most urgent first."""

    PROMISE_OVERDUE = "promise_overdue"
    CORRECTION_OVERDUE = "correction_overdue"
    PROMISE_SOON = "promise_soon"
    CORRECTION_SOON = "correction_soon"
    CORRECTION_WAITING = "correction_waiting"


@dataclass(frozen=True)
class Reminder:
    """One thing that is due; `item_code` "" for a whole case, `day` its due day or since when it waits."""

    about: About
    application_id: str
    applicant_name: str  # unmasked; the screen masks
    property_label: str
    item_code: str
    day: date
    compound_id: str


def note_promises(db: Database, application: Application) -> None:
    """Keep which papers a submitted revision promises for later, in place of the one before."""
    db.execute("DELETE FROM promises WHERE application_id = ?", (application.id,))
    for promise in application.deferrals:
        if promise.due and not promise.delivered_on:
            db.execute(
                "INSERT OR REPLACE INTO promises VALUES (?, ?, ?)",
                (application.id, promise.item_code, promise.due),
            )


def reminders(db: Database, today: date) -> list[Reminder]:
    """Return what is due or overdue on a day, the most urgent and the oldest first."""
    found = [*_promises(db, today), *_corrections(db, today)]
    order = list(About)
    return sorted(found, key=lambda one: (order.index(one.about), one.day, one.application_id))


def _promises(db: Database, today: date) -> list[Reminder]:
    found = rows(
        db,
        "SELECT p.*, a.applicant_name, a.property_label, a.compound_id FROM promises p JOIN applications a"
        " ON a.id = p.application_id WHERE p.due <= ? AND a.state IN ('received', 'accepted', 'returned',"
        " 'draft')",
        ((today + SOON).isoformat(),),
    )
    return [
        Reminder(
            About.PROMISE_OVERDUE if row["due"] < today.isoformat() else About.PROMISE_SOON,
            row["application_id"],
            row["applicant_name"],
            row["property_label"],
            row["item_code"],
            date.fromisoformat(row["due"]),
            row["compound_id"] or "",
        )
        for row in found
    ]


def _corrections(db: Database, today: date) -> list[Reminder]:
    found = rows(
        db,
        "SELECT c.application_id, c.due, substr(c.returned_at, 1, 10) AS since, a.applicant_name,"
        " a.property_label, a.compound_id FROM applications a JOIN corrections c ON c.application_id = a.id"
        " LEFT JOIN revisions v ON v.application_id = a.id AND v.next_revision = a.revision"
        "   AND v.why <> 'given_up'"
        " WHERE (a.state = 'returned' AND c.revision = a.revision)"
        " OR (a.state = 'draft' AND a.revision > 1 AND v.state = 'returned' AND c.revision = v.revision)",
    )
    told = []
    for row in found:
        about = _about(row["due"], row["since"], today)
        if about is not None:
            day = date.fromisoformat(row["due"] or row["since"])
            name, place = row["applicant_name"], row["property_label"]
            compound_id = row["compound_id"] or ""
            told.append(Reminder(about, row["application_id"], name, place, "", day, compound_id))
    return told


def _about(due: str, since: str, today: date) -> About | None:
    if due:
        if due < today.isoformat():
            return About.CORRECTION_OVERDUE
        return About.CORRECTION_SOON if due <= (today + SOON).isoformat() else None
    return About.CORRECTION_WAITING if since <= (today - LONG).isoformat() else None
