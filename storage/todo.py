"""The to-do list: what is due, certificates to hand over, promises of visits, what did not get away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlite_utils import Database

from storage import collecting, reminders, visits
from storage.reminders import About
from storage.rows import rows


class Kind(StrEnum):
    """What is to be done, the most urgent first."""

    OVERDUE = "overdue"  # a promised paper or a correction
    PARKED = "parked"  # the centre did not take it
    VISIT = "visit"  # promised at a door
    SOON = "soon"
    CERTIFICATE = "certificate"
    WAITING = "waiting"  # returned, and nobody has come


@dataclass(frozen=True)
class ToDo:
    """One line. `case_id` "" where no case of this window opens. Names unmasked, the screen masks.

    `day` is its due day or since when it waits, None where nothing says.
    """

    kind: Kind
    place: str
    name: str
    case_id: str
    visit_id: str
    day: date | None
    about: str = ""  # About's or PromiseKind's value


_KINDS = {
    About.PROMISE_OVERDUE: Kind.OVERDUE,
    About.CORRECTION_OVERDUE: Kind.OVERDUE,
    About.PROMISE_SOON: Kind.SOON,
    About.CORRECTION_SOON: Kind.SOON,
    About.CORRECTION_WAITING: Kind.WAITING,
}


def listed(db: Database, today: date) -> list[ToDo]:
    """Return everything that is to be done, the most urgent kinds and the oldest first."""
    found = [
        ToDo(_KINDS[one.about], one.property_label, one.applicant_name, one.application_id, "", one.day,
             one.about.value)
        for one in reminders.reminders(db, today)
    ]  # fmt: skip
    found += [
        ToDo(Kind.VISIT, one.address, one.name, "", one.visit_id, one.due, one.kind.value)
        for one in visits.due(db, today)
    ]
    found += [
        ToDo(Kind.CERTIFICATE, one.place, one.applicant_name,
             one.application_id if one.applicant_name else "", "", one.since.date() if one.since else None)
        for one in collecting.waiting(db)
    ]  # fmt: skip
    found += [
        ToDo(Kind.PARKED, row["property_label"], row["applicant_name"], row["id"], "", None)
        for row in rows(
            db,
            "SELECT DISTINCT a.id, a.property_label, a.applicant_name FROM outbox o"
            " JOIN applications a ON a.id = o.application_id WHERE o.state = 'parked' LIMIT 200",
        )
    ]
    kinds = list(Kind)
    return sorted(found, key=lambda one: (kinds.index(one.kind), one.day or today, one.place))
