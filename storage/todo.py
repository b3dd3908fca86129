"""The to-do list: what is due at the table, at the doors and in the ledger, and what did not get away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlite_utils import Database

from registration.application import application_from_json
from registration.packs import AGES
from storage import collecting, obstacles, packs, reminders, surveys, visits
from storage.obstacles import Wanted
from storage.reminders import About
from storage.rows import as_micros, as_moment, as_text, from_micros, rows, scalar


class Kind(StrEnum):
    """What is to be done, the most urgent first."""

    OVERDUE = "overdue"  # a promised paper or a correction
    PARKED = "parked"  # the centre did not take it
    APPOINTMENT = "appointment"  # of today, not come yet
    VISIT = "visit"  # promised at a door
    SOON = "soon"
    OBSTACLE = "obstacle"  # its department's day is over
    CERTIFICATE = "certificate"
    REVISIT = "revisit"  # a door to knock at again
    WAITING = "waiting"  # returned, and nobody has come
    UNSENT = "unsent"  # has not reached the centre for days
    DRAFT = "draft"  # untouched for days


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
    about: str = ""  # About's or PromiseKind's value; an appointment's time
    compound_id: str = ""
    thing_id: str = ""  # an obstacle's, a household's, an application's, where the line is none of ours


_KINDS = {
    About.PROMISE_OVERDUE: Kind.OVERDUE,
    About.CORRECTION_OVERDUE: Kind.OVERDUE,
    About.PROMISE_SOON: Kind.SOON,
    About.CORRECTION_SOON: Kind.SOON,
    About.CORRECTION_WAITING: Kind.WAITING,
}


_MOST = 200  # of one kind: nobody works through more in an evening


def listed(db: Database, today: date) -> list[ToDo]:
    """Return what is to be done: the most urgent kinds, the oldest first.

    Of what lies outside the table's own cases there are at most a few hundred of a kind.
    """
    found = [
        *_reminded(db, today),
        *_booked(db, today),
        *_promised(db, today),
        *_overdue(db, today),
        *_certificates(db),
        *_doors(db, today),
        *_parked(db),
        *_old_drafts(db, today),
        *_unsent(db, today),
    ]
    kinds = list(Kind)
    return sorted(found, key=lambda one: (kinds.index(one.kind), one.day or today, one.about, one.place))


def _reminded(db: Database, today: date) -> list[ToDo]:
    found: dict[Kind, list[ToDo]] = {kind: [] for kind in _KINDS.values()}
    for one in reminders.reminders(db, today):  # the most urgent and oldest first
        kind = _KINDS[one.about]
        if len(found[kind]) < _MOST:
            found[kind].append(
                ToDo(kind, one.property_label, one.applicant_name, one.application_id, "", one.day,
                     one.about.value, one.compound_id)
            )  # fmt: skip
    return [one for lines in found.values() for one in lines]


def _booked(db: Database, today: date) -> list[ToDo]:
    sql = (
        "SELECT s.id, s.compound_id, json_extract(s.body, '$.time') AS time,"
        " json_extract(s.body, '$.name') AS name,"
        " coalesce(trim(h.building || ' ' || h.entrance || ' ' || h.room), c.name, '') AS place FROM slips s"
        " LEFT JOIN households h ON h.id = json_extract(s.body, '$.household_id')"
        " LEFT JOIN compounds c ON c.id = s.compound_id"
        " WHERE s.day = ? AND s.state = 'booked' ORDER BY time LIMIT ?"
    )
    return [
        ToDo(Kind.APPOINTMENT, row["place"], row["name"] or "", "", "", today, row["time"] or "",
             row["compound_id"], row["id"])
        for row in rows(db, sql, (today.isoformat(), _MOST))
    ]  # fmt: skip


def _promised(db: Database, today: date) -> list[ToDo]:
    return [
        ToDo(Kind.VISIT, one.address, one.name, "", one.visit_id, one.due, one.kind.value, one.compound_id)
        for one in visits.due(db, today)
    ]


def _overdue(db: Database, today: date) -> list[ToDo]:
    late = obstacles.listed(db, Wanted(overdue=True), today, limit=_MOST)
    return [
        ToDo(Kind.OBSTACLE, one.place or one.compound, "", "", "", date.fromisoformat(one.soonest),
             one.what.category, one.compound_id, one.id)
        for one in late
    ]  # fmt: skip


def _certificates(db: Database) -> list[ToDo]:
    return [
        ToDo(Kind.CERTIFICATE, one.place, one.applicant_name,
             one.application_id if one.applicant_name else "", "",
             one.since.astimezone().date() if one.since else None, "", one.compound_id, one.application_id)
        for one in collecting.waiting(db, _MOST)
    ]  # fmt: skip


def _doors(db: Database, today: date) -> list[ToDo]:
    again = surveys.to_go(db, today, _MOST)
    marks = ",".join("?" * len(again))
    sql = f"SELECT id, compound_id, building, entrance, room FROM households WHERE id IN ({marks})"  # noqa: S608
    homes = {row["id"]: row for row in rows(db, sql, [home for home, _, _ in again])}
    return [
        ToDo(Kind.REVISIT, " ".join(filter(None, (row["building"], row["entrance"], row["room"]))),
             "", "", "", date.fromisoformat(day), "", row["compound_id"], home)
        for home, _, day in again
        if (row := homes.get(home)) is not None
    ]  # fmt: skip


def _parked(db: Database) -> list[ToDo]:
    sql = (
        "SELECT DISTINCT a.id, a.property_label, a.applicant_name, a.compound_id FROM outbox o"
        " JOIN applications a ON a.id = o.application_id WHERE o.state = 'parked'"
        " AND o.state NOT IN ('acknowledged', 'told') LIMIT ?"
    )
    return [
        ToDo(Kind.PARKED, row["property_label"], row["applicant_name"], row["id"], "", None, "",
             row["compound_id"] or "")
        for row in rows(db, sql, (_MOST,))
    ]  # fmt: skip


def _old_drafts(db: Database, today: date) -> list[ToDo]:
    sql = (
        "SELECT id, property_label, applicant_name, compound_id, updated_at FROM applications"
        " WHERE state = 'draft' AND revision = 1 AND updated_at < ? ORDER BY updated_at LIMIT ?"
    )
    before = as_micros(_days_ago(today, packs.pack_set(db)[AGES]["draft_days"]))
    return [
        ToDo(Kind.DRAFT, row["property_label"], row["applicant_name"], row["id"], "",
             from_micros(row["updated_at"]).astimezone().date(), "", row["compound_id"])
        for row in rows(db, sql, (before, _MOST))
    ]  # fmt: skip


def _unsent(db: Database, today: date) -> list[ToDo]:
    sql = (
        "SELECT a.id, a.property_label, a.applicant_name, a.compound_id, min(o.created_at) AS since"
        " FROM outbox o JOIN applications a ON a.id = o.application_id"
        " WHERE o.state IN ('waiting', 'sending') GROUP BY a.id HAVING since < ? ORDER BY since LIMIT ?"
    )
    before = as_text(_days_ago(today, packs.pack_set(db)[AGES]["unsent_days"]))
    return [
        ToDo(Kind.UNSENT, row["property_label"], row["applicant_name"], row["id"], "",
             as_moment(row["since"]).astimezone().date(), "", row["compound_id"])
        for row in rows(db, sql, (before, _MOST))
    ]  # fmt: skip


def _days_ago(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days - 1), time()).astimezone()


def phones(db: Database, lines: Sequence[ToDo]) -> list[str]:
    """Return whom to call about each line, the first applicant's or the booking's number, "" for none.

    Whole numbers: whoever shows them masks them or has it audited.
    """
    return [_phone(db, one) for one in lines]


def _phone(db: Database, line: ToDo) -> str:
    if line.case_id:
        sql = (
            "SELECT b.body FROM application_bodies b JOIN applications a ON a.seq = b.application"
            " WHERE a.id = ?"
        )
        body = scalar(db, sql, (line.case_id,))
        return application_from_json(json.loads(body)).first_applicant.phone if body else ""
    if line.visit_id:
        visit = visits.visit(db, line.visit_id)
        return visit.booking.phone if visit is not None else ""
    if line.kind is Kind.APPOINTMENT:
        body = scalar(db, "SELECT body FROM slips WHERE id = ?", (line.thing_id,))
        return str(json.loads(body).get("phone") or "") if body else ""
    return ""
