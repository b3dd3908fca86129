"""The ledger that windows get: which households and persons have a case, wherever it was taken in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from registration.application import application_from_json
from registration.person_key import people_of
from server.store import feed, schema


def tell(connection: Connection, now: datetime, case: Any) -> None:
    """Tell the windows that serve a case's compound how it stands; `case` is its row of `applications`.

    Persons go as the keys of their documents' numbers, never as names or numbers.
    """
    revisions, devices = schema.revisions.c, schema.devices.c
    facts = connection.execute(
        select(revisions.facts).where(
            revisions.application_id == case.id, revisions.revision == case.revision
        )
    ).scalar_one()
    code = connection.execute(select(devices.code).where(devices.id == case.device_id)).scalar_one()
    body = {
        "application_id": case.id,
        "household_id": case.household_id,
        "type_code": case.type_code,
        "state": case.state,
        "receipt_number": case.receipt_number,
        "device_code": code,
        "people": list(people_of(application_from_json(facts))),
    }
    feed.append(connection, now, "ledger", body, feed.site(case.compound_id))
