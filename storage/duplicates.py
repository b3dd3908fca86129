"""Whether the same household or the same person has an open case already, here or elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from registration.application import Application, CaseState, application_from_json
from registration.person_key import people_of
from storage import ledger, search
from storage.json_text import compact_json
from storage.rows import rows

OPEN = tuple(
    state.value
    for state in CaseState
    if state not in (CaseState.REJECTED, CaseState.CERTIFICATE_ISSUED, CaseState.WITHDRAWN)
)
"""States in which a case still waits for its end."""

_MOST = 6  # more than a person reads; the first are what matters


@dataclass(frozen=True)
class Duplicate:
    """Another open case. `elsewhere` names the device that took it in, "" for one of this device.

    A case elsewhere has no applicant's name here, and cannot be opened.
    """

    application_id: str
    state: CaseState
    same_household: bool
    same_person: bool
    applicant_name: str
    property_label: str
    type_code: str
    receipt_number: str
    elsewhere: str = ""


def duplicates(db: Database, application: Application) -> tuple[Duplicate, ...]:
    """Return other open cases of this application's household or of any of its parties, at most six.

    Parties are told apart by the numbers of their documents, never by names. The same household comes first,
    then this device's own. Answers from indexes, whatever the number of cases.
    """
    people = frozenset(people_of(application))
    candidates = dict.fromkeys((*_of_household(db, application), *_of_people(db, application)))
    found = [
        duplicate
        for duplicate in _own(db, candidates, application, people)
        if duplicate.same_household or duplicate.same_person
    ]
    known = {duplicate.application_id for duplicate in found} | {application.id}
    elsewhere = ledger.cases_of(db, application.household_id, sorted(people), OPEN, _MOST)
    found += [_far(row) for row in elsewhere if row["application_id"] not in known]
    found.sort(key=lambda d: (not d.same_household, bool(d.elsewhere)))
    return tuple(found[:_MOST])


def _far(row: Mapping[str, Any]) -> Duplicate:
    return Duplicate(
        row["application_id"],
        CaseState(row["state"]),
        bool(row["same_household"]),
        bool(row["same_person"]),
        "",
        " ".join(row["place"].split()),
        row["type_code"],
        row["receipt_number"],
        row["device_code"],
    )


def _of_household(db: Database, application: Application) -> Iterable[int]:
    if not application.household_id:
        return
    sql = (
        "SELECT seq FROM applications WHERE household_id = ? AND id <> ?"
        " AND state IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT ?"
    )
    for row in rows(db, sql, (application.household_id, application.id, compact_json(list(OPEN)), _MOST)):
        yield row["seq"]


def _of_people(db: Database, application: Application) -> Iterable[int]:
    for party in application.parties:
        wanted = search.whole_number(party.document_number)
        if wanted is None:
            continue
        sql = "SELECT rowid AS seq FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 50"
        for row in rows(db, sql, (wanted,)):
            yield row["seq"]


def _own(
    db: Database, seqs: Iterable[int], application: Application, people: frozenset[str]
) -> Iterable[Duplicate]:
    """Judge the candidates of this device by their own facts: an index may mean another number."""
    sql = (
        "SELECT a.id, a.state, a.household_id, a.applicant_name, a.property_label, a.type_code,"
        " a.receipt_number, b.body FROM applications a JOIN application_bodies b ON b.application = a.seq"
        " WHERE a.seq IN (SELECT value FROM json_each(?)) AND a.id <> ?"
        " AND a.state IN (SELECT value FROM json_each(?)) ORDER BY a.seq DESC LIMIT 50"
    )
    params = (compact_json(list(seqs)), application.id, compact_json(list(OPEN)))
    for row in rows(db, sql, params):
        other = people_of(application_from_json(json.loads(row["body"])))
        yield Duplicate(
            row["id"],
            CaseState(row["state"]),
            bool(application.household_id) and row["household_id"] == application.household_id,
            not people.isdisjoint(other),
            row["applicant_name"],
            row["property_label"],
            row["type_code"],
            row["receipt_number"] or "",
        )
