"""Ratings cannot be traced to who gave them or who served; confirmations are bound to what was seen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from registration.errors import InputError
from registration.packs import shipped
from registration.rating import scale_from
from storage.confirmations import confirm_facts, confirmed
from storage.ratings import rate
from tests.storage.evening import Evening

SCALE = scale_from(shipped())


def test_a_rating_goes_to_the_centre_with_the_day_and_nothing_of_who_or_when(evening: Evening) -> None:
    given: dict[str, Any] = {"compound_id": "c1", "scale": SCALE}
    evening.write(rate, evening.who, evening.now, rating_id="7f3a", level="5", **given)
    evening.write(rate, evening.who, evening.now, rating_id="09bc", level="1", reasons=["waited"], **given)
    told = "SELECT body FROM outbox WHERE json_extract(body, '$.topic') = 'rating' ORDER BY seq"
    bodies = [json.loads(text) for (text,) in evening.sql(told)]
    assert [body["body"]["level"] for body in bodies] == ["5", "1"]
    assert bodies[1]["body"]["reasons"] == ["waited"]
    for body in bodies:
        assert body["at"].startswith("2026-11-24T00:00:00")
        assert (body["operator_id"], body["operator_name"], body["topic"]) == ("", "", "rating")
    audited = evening.sql("SELECT subject, details FROM audit WHERE action = 'rating_given'")
    assert audited == [("c1", "{}"), ("c1", "{}")]  # not which of them


def test_a_bad_rating_asks_why_and_a_made_up_one_is_refused(evening: Evening) -> None:
    for level, reasons, code in (
        ("1", (), "rating_reason_missing"),
        ("6", (), "rating_unknown"),
        ("2", ("rain",), "rating_unknown"),
    ):
        with pytest.raises(InputError) as refused:
            evening.write(
                rate, evening.who, evening.now, rating_id="1", compound_id="c1", scale=SCALE, level=level,
                reasons=reasons,
            )  # fmt: skip
        assert refused.value.code == code
    assert evening.sql("SELECT count(*) FROM facts WHERE topic <> 'session'") == [(0,)]


def test_a_confirmation_holds_for_the_text_that_was_seen(evening: Evening) -> None:
    case = evening.submitted().application_id
    assert evening.read(lambda db: confirmed(db, case)) is None
    for digest in ("aa" * 32, "aa" * 32, "bb" * 32):
        evening.write(confirm_facts, evening.who, evening.now, case, digest)
    rows = evening.sql("SELECT details FROM audit WHERE action = 'facts_confirmed'")
    assert [json.loads(text)["digest"][:2] for (text,) in rows] == ["aa", "bb"]
    newest = evening.read(lambda db: confirmed(db, case))
    assert newest is not None and newest.digest == "bb" * 32
    with pytest.raises(KeyError):
        evening.write(confirm_facts, evening.who, evening.now, "nobody", "aa" * 32)
