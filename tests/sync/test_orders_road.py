"""What the centre asks of an evening arrives: a visit that it ordered, an appointment that it made."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from registration.facts import Topic
from server.admin.evenings import COMMANDS
from server.errors import RefusedError
from server.store.database import transaction
from storage import facts, visits
from tests.sync.archive import Archive
from tests.sync.counter import COMPOUND, HOUSEHOLD, Open

TOMORROW = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
BLANK = {
    "phone": "",
    "household": "",
    "type": "",
    "day": "",
    "time": "",
    "note": "",
    "reason": "",
    "address": "",
}


def command(archive: Archive, command: str, **given: Any) -> Any:
    asked: Any = SimpleNamespace(**{**BLANK, "compound": COMPOUND, "name": "张立群", **given})
    with transaction(archive._engine) as connection:
        return COMMANDS[command](connection, asked)


def test_an_ordered_visit_waits_at_the_windows_of_its_site(open_counter: Open, archive: Archive) -> None:
    counter = open_counter()
    made = command(
        archive, "order-visit", household=HOUSEHOLD, phone="13893100000", reason="elderly", day=TOMORROW,
        time="19:30", note="敲门要响",
    )  # fmt: skip
    asyncio.run(counter.one_pass())
    waiting = dict(counter.store.read(visits.waiting_orders))
    booking = waiting[made["order"]]
    assert (booking.name, booking.household_id, booking.day) == ("张立群", HOUSEHOLD, TOMORROW)
    assert (booking.time, booking.reason, booking.note) == ("19:30", "elderly", "敲门要响")
    ordered = "SELECT count(*) FROM audit WHERE action = 'visit_ordered' AND subject = :id"
    assert archive.count(ordered, id=made["order"]) == 1


def test_an_appointment_of_the_centre_is_a_fact_of_the_line(open_counter: Open, archive: Archive) -> None:
    counter = open_counter()
    made = command(archive, "book", day=TOMORROW, time="20:00", type="new_housing_transfer")
    asyncio.run(counter.one_pass())
    (fact,) = counter.store.read(lambda db: facts.of_subject(db, Topic.QUEUE, made["appointment"]))
    assert (fact.verb, fact.device_code, fact.body["time"], fact.body["name"]) == (
        "booked",
        "",
        "20:00",
        "张立群",
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"compound": "nowhere"}, "unknown_site"),
        ({"household": "nobody"}, "unknown_household"),
        ({"name": " "}, "order_name"),
        ({"day": "2020-01-01"}, "order_time"),
        ({"time": "25:10"}, "order_time"),
    ],
)
def test_what_cannot_be_done_is_refused(archive: Archive, given: dict[str, str], code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        command(archive, "book", **{"day": TOMORROW, "time": "19:00", **given})
    assert refused.value.code == code
