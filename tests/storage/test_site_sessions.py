"""One session on two laptops: announced, joined from the feed or by its code, each part closed by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from registration.closing_sheet import Count, Said
from registration.errors import InputError
from registration.facts import Topic, fact_to_json
from registration.packs import shipped
from registration.queue import rules_from
from registration.session import new_code, session_id_of
from storage import (
    device,
    facts,
    line,
    operations,
    session_closing,
    session_parts,
    sessions,
    site_sessions,
)
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


def waiting(evening: Evening) -> list[str]:
    found = evening.read(lambda db: session_closing.sheet(db, SESSION, Said())).line(Count.SLIPS)
    return [item.label for item in found.items]


def close_with(evening: Evening, who: Who, reasons: dict[Count, str]) -> None:
    evening.now += timedelta(hours=1)
    evening.write(
        session_closing.close_session, who, evening.now, session_id=SESSION, fact_id=new_id(evening.now),
        said=Said(reasons=reasons),
    )  # fmt: skip


def test_a_laptop_answers_for_the_numbers_it_gave_until_it_says_to_whom_they_are_left(
    closed: Evening, second: Evening
) -> None:
    open_here(closed)
    tell(closed, second)
    join(second)
    tell(second, closed)
    assert [number(closed, closed.who), number(second, LI)] == ["A001", "AA02-001"]
    tell(second, closed)
    tell(closed, second)
    assert (waiting(closed), waiting(second)) == (["A001"], ["AA02-001"])  # the other table goes on calling
    with pytest.raises(InputError, match="session_mismatch"):
        close_with(closed, closed.who, {})
    close_with(closed, closed.who, {Count.SLIPS: "交给李雪梅，已告知"})
    tell(closed, second)
    assert parts(second) == [("A03", True), ("A02", False)]
    site = second.read(site_sessions.site, SESSION)
    assert site is not None
    assert (site.parts[0].left, site.parts[0].words, site.parts[0].receipts) == (1, "交给李雪梅，已告知", 0)
    assert waiting(second) == ["A001", "AA02-001"]  # the last one sees to all


def test_two_that_close_without_hearing_of_each_other_leave_nobody_to_the_other(
    closed: Evening, second: Evening
) -> None:
    open_here(closed)
    tell(closed, second)
    join(second)
    tell(second, closed)
    number(closed, closed.who)
    number(second, LI)
    for evening, who, own in ((closed, closed.who, "A001"), (second, LI, "AA02-001")):
        assert waiting(evening) == [own]  # each its own, though each takes the other to go on
        with pytest.raises(InputError, match="session_mismatch"):
            close_with(evening, who, {})
        close_with(evening, who, {Count.SLIPS: "明晚第一个办，已登记电话"})
    tell(closed, second)
    tell(second, closed)
    for evening in (closed, second):
        site = evening.read(site_sessions.site, SESSION)
        assert site is not None and not site.running
        assert [(part.left, part.words) for part in site.parts] == [(1, "明晚第一个办，已登记电话")] * 2


def test_the_part_of_a_dead_laptop_is_ended_by_a_colleague_and_its_own_sheet_stands_if_it_lives(
    closed: Evening, second: Evening
) -> None:
    open_here(closed)
    tell(closed, second)
    join(second)
    number(closed, closed.who)
    tell(closed, second)
    tell(second, closed)
    assert second.read(session_parts.unended, second.now) == []  # it runs here

    def end(device_code: str, reason: str = "摔坏了") -> None:
        second.now += timedelta(minutes=1)
        second.write(
            session_parts.end_part, LI, second.now, session_id=SESSION, device_code=device_code,
            fact_id=new_id(second.now), reason=reason, held=7,
        )  # fmt: skip

    for device_code, reason, code in (("A03", " ", "part_reason"), ("A02", "x", "part_own")):
        with pytest.raises(InputError, match=code):
            end(device_code, reason)
    assert waiting(second) == []  # the dead one gave it, and goes on as far as is known
    end("A03")
    site = second.read(site_sessions.site, SESSION)
    assert site is not None
    (dead, _) = site.parts
    assert (dead.closed, dead.receipts, dead.words, dead.ended_by) == (True, 7, "摔坏了", "李雪梅")
    assert waiting(second) == ["A001"]
    with pytest.raises(InputError, match="part_closed"):
        end("A03")
    close_with(closed, closed.who, {Count.SLIPS: "改日"})  # it was not dead
    tell(closed, second)
    tell(second, closed)
    for evening in (closed, second):
        found = evening.read(site_sessions.site, SESSION)
        assert found is not None
        assert (found.parts[0].words, found.parts[0].ended_by) == ("改日", "")


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
