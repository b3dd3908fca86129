"""One session on two laptops: announced, joined from the feed or by its code, each part closed by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from registration.closing_sheet import Count, Said
from registration.errors import InputError
from registration.facts import Topic, fact_to_json
from registration.packs import shipped
from registration.queue import rules_from
from registration.session import new_code, session_id_of
from storage import device, facts, line, operations, session_closing, sessions, site_sessions
from storage.ids import new_id
from storage.values import Who
from tests.storage.evening import Evening, end_session, enrol_answer

RULES = rules_from(shipped())
LI = Who("o-1", "李雪梅", "A02")
CODE = new_code("c1", "tonight")
SESSION = session_id_of("c1", CODE)


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Evening]:
    found = Evening(tmp_path / "first")
    yield found
    found.close()


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Evening]:
    found = Evening(tmp_path / "second", enrolled=False)
    found.write(device.apply_enrolment, found.now, enrol_answer(device_code="A02"))
    yield found
    found.close()


def open_here(evening: Evening) -> None:
    evening.write(
        lambda db: operations.open_session(
            db, evening.who, evening.now, session_id=SESSION, fact_id=new_id(evening.now), compound_id="c1",
            title="晚间场", starts="18:30", ends="21:00", helper_name="李小兰", code=CODE,
        )
    )  # fmt: skip


def tell(of: Evening, to: Evening, subject: str = SESSION) -> None:
    """Carry what one laptop knows of the session and its line to the other, as the feed does."""
    told = of.read(
        lambda db: [*facts.of_subject(db, Topic.SESSION, subject), *facts.of_topic(db, Topic.QUEUE)]
    )
    for fact in told:
        to.write(facts.take, to.now, fact_to_json(fact))


def join(evening: Evening, who: Who = LI, session_id: str = SESSION) -> None:
    evening.now += timedelta(minutes=5)
    evening.write(site_sessions.join, who, evening.now, session_id=session_id, fact_id=new_id(evening.now))


def by_code(evening: Evening, typed: str, compound_id: str = "c1") -> None:
    evening.now += timedelta(minutes=5)
    evening.write(
        site_sessions.join_by_code, LI, evening.now, compound_id=compound_id, typed=typed,
        fact_id=new_id(evening.now), title="白天场", starts="", ends="",
    )  # fmt: skip


def number(evening: Evening, who: Who) -> str:
    return evening.write(
        line.issue, who, evening.now, fact_id=new_id(evening.now), slip_id=new_id(evening.now), rules=RULES
    )[1].number


def parts(evening: Evening) -> list[tuple[str, bool]]:
    found = evening.read(site_sessions.site, SESSION)
    assert found is not None
    return [(part.device_code, part.closed) for part in found.parts]


def test_the_other_laptop_sees_the_session_and_joins_it(closed: Evening, second: Evening) -> None:
    open_here(closed)
    (fact,) = closed.read(lambda db: facts.of_subject(db, Topic.SESSION, SESSION))
    assert (fact.verb, fact.compound_id, fact.body["code"]) == ("opened", "c1", CODE)
    assert [one["role"] for one in fact.body["team"]] == ["operator", "helper"]
    assert closed.sql("SELECT kind FROM outbox") == [("fact_noted",)]
    tell(closed, second)
    (offered,) = second.read(site_sessions.running, second.now)
    assert (offered.id, offered.code, offered.title) == (SESSION, CODE, "晚间场")
    join(second)
    here = second.read(sessions.current)
    assert here is not None
    assert (here.id, here.title, here.operator_name) == (SESSION, "晚间场", "李雪梅")
    tell(second, closed)
    assert parts(closed) == [("A03", False), ("A02", False)]
    assert [number(closed, closed.who), number(second, LI)] == ["A001", "AA02-001"]


def test_the_code_is_enough_where_there_is_no_network(closed: Evening, second: Evening) -> None:
    open_here(closed)
    by_code(second, f"{CODE[:3].lower()} {CODE[3:]}")
    here = second.read(sessions.current)
    assert here is not None and here.id == SESSION
    assert number(second, LI) == "AA02-001"
    tell(closed, second)
    assert parts(second) == [("A03", False), ("A02", False)]
    found = second.read(site_sessions.site, SESSION)
    assert found is not None and found.title == "晚间场"


def test_a_wrong_code_a_second_session_and_one_that_is_over_are_refused(
    closed: Evening, second: Evening
) -> None:
    wrong = ("2" if CODE[-1] != "2" else "3").join([CODE[:-1], ""])
    with pytest.raises(InputError, match="session_code_wrong"):
        by_code(second, wrong)
    assert second.read(sessions.current) is None
    open_here(closed)
    tell(closed, second)
    with pytest.raises(InputError, match="session_open"):
        join(closed, closed.who)
    closed.now += timedelta(hours=1)
    end_session(closed, SESSION)
    tell(closed, second)
    assert second.read(site_sessions.running, second.now) == []
    for again in (lambda: join(second), lambda: by_code(second, CODE)):
        with pytest.raises(InputError, match="session_over"):
            again()


def test_each_laptop_closes_its_own_part_and_the_others_line_does_not_hold_it(
    closed: Evening, second: Evening
) -> None:
    open_here(closed)
    tell(closed, second)
    join(second)
    tell(second, closed)
    assert number(closed, closed.who) == "A001"

    def waiting(evening: Evening) -> Any:
        return evening.read(lambda db: session_closing.sheet(db, SESSION, Said())).line(Count.SLIPS)

    assert waiting(closed).items == ()  # the other table goes on calling
    closed.now += timedelta(hours=1)
    end_session(closed, SESSION)
    tell(closed, second)
    assert parts(second) == [("A03", True), ("A02", False)]
    assert [item.label for item in waiting(second).items] == ["A001"]  # the last one sees to it


def test_a_part_that_is_closed_stays_closed(closed: Evening, second: Evening) -> None:
    open_here(closed)
    tell(closed, second)
    join(second)
    tell(second, closed)
    closed.now += timedelta(hours=1)
    end_session(closed, SESSION)
    assert closed.read(site_sessions.running, closed.now) == []
    with pytest.raises(InputError, match="session_part_closed"):
        join(closed, closed.who)


def test_what_was_forgotten_yesterday_is_not_offered(closed: Evening, second: Evening) -> None:
    open_here(closed)
    tell(closed, second)
    assert second.read(site_sessions.running, second.now + timedelta(hours=17))
    assert second.read(site_sessions.running, second.now + timedelta(hours=19)) == []
