"""The team of a machine: rights end without a word from the centre, and what is begun is never lost by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from registration.errors import InputError
from registration.rights import OFFLINE_DAYS, WARN_DAYS, Role
from storage import people
from storage.device import put_operator, who_for
from storage.values import Who
from tests.storage.evening import Evening, end_session

DAY = timedelta(days=1)


def opens(evening: Evening) -> None:
    end_session(evening)
    evening.open_session("s-2")


def me(evening: Evening) -> people.Member:
    found = evening.read(people.member, evening.who.operator_id)
    assert found is not None
    return found


def test_rights_hold_for_some_days_without_the_centre_and_only_new_sessions_are_refused(
    evening: Evening,
) -> None:
    heard = evening.now
    evening.write(people.note_contact, heard)
    assert me(evening).ends == heard + OFFLINE_DAYS * DAY
    application = evening.complete()
    evening.now = heard + OFFLINE_DAYS * DAY
    assert me(evening).ended(evening.now)
    assert evening.submit(application.id).number, "the session that runs is brought to its end"
    with pytest.raises(InputError) as refused:
        opens(evening)
    assert (refused.value.code, refused.value.problem.params) == ("rights_ended", {"days": "30"})
    evening.write(people.note_contact, evening.now)
    evening.open_session("s-2")


def test_the_end_is_said_some_days_before(evening: Evening) -> None:
    evening.write(people.note_contact, evening.now)
    mine = me(evening)
    assert mine.ends is not None
    assert mine.days_left(mine.ends - WARN_DAYS * DAY - timedelta(seconds=1)) is None
    assert mine.days_left(mine.ends - WARN_DAYS * DAY) == WARN_DAYS
    assert mine.days_left(mine.ends - timedelta(hours=1)) == 0
    assert mine.days_left(mine.ends + DAY) == 0


def test_the_centre_may_end_somebodys_rights_on_a_day(evening: Evening) -> None:
    until = evening.now + 3 * DAY
    fact = {"id": evening.who.operator_id, "account": "wang", "name": "王海燕", "role": "operator"}
    evening.write(put_operator, fact | {"valid_until": until.isoformat()})
    assert me(evening).ends == until
    evening.write(people.note_contact, evening.now)
    assert me(evening).ends == until, "the sooner of both"
    evening.write(put_operator, fact)
    assert me(evening).ends == evening.now + OFFLINE_DAYS * DAY


def test_contact_counts_from_enrolment_and_a_clock_set_back_takes_nothing(evening: Evening) -> None:
    (enrolled,) = evening.sql("SELECT enrolled_at FROM device")[0]
    assert evening.read(people.last_contact) == datetime.fromisoformat(enrolled)
    evening.write(people.note_contact, datetime.fromisoformat(enrolled) - 900 * DAY)
    assert evening.read(people.last_contact) == datetime.fromisoformat(enrolled)


def test_whom_the_centre_refuses_has_no_rights_until_it_says_otherwise(evening: Evening) -> None:
    fact = {"id": "o-9", "account": "zhao", "name": "赵敏", "role": "helper"}
    evening.write(put_operator, fact)
    assert evening.write(people.note_refused, "o-9").account
    assert not evening.write(people.note_refused, "o-9").account
    assert evening.read(who_for, "zhao") is None
    evening.write(put_operator, fact)
    assert evening.read(who_for, "zhao") is not None


def test_only_people_whom_the_centre_named_are_admitted_and_every_change_is_on_record(
    evening: Evening,
) -> None:
    evening.write(put_operator, {"id": "o-9", "account": "zhao", "name": "赵敏", "role": "helper"})
    who, now = evening.who, evening.now
    evening.write(people.note_admitted, who, now, "ZHAO ")
    with pytest.raises(InputError) as refused:
        evening.write(people.note_admitted, who, now, "nobody")
    assert refused.value.code == "person_unknown"
    evening.write(put_operator, {"id": "o-8", "account": "qian", "name": "钱进", "role": "operator"})
    evening.write(people.note_dismissed, who, now, "zhao", Who("o-8", "钱进", "A03"))
    evening.write(people.note_recovery, who, now)
    evening.write(people.note_password, replace(who, role=Role.AUDITOR), now)
    evening.write(people.note_sealed, now, "device_revoked")
    rows = evening.sql("SELECT action, subject FROM audit ORDER BY seq DESC LIMIT 5")
    assert [tuple(row) for row in rows[::-1]] == [
        ("person_admitted", "o-9"),
        ("person_dismissed", "o-9"),
        ("recovery_renewed", "device"),
        ("password_changed", who.operator_id),
        ("vault_sealed", "device"),
    ]
