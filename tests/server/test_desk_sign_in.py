"""Signing in to the desk: links, passwords, guesses, sessions that end, and what each role may open."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from server.errors import RefusedError
from server.store import desk_sessions, devices, passwords
from server.store.database import transaction
from tests.server.desk import Browser, new_ticket
from tests.server.window import Window

GOOD = "七里河 correct horse 电池"
_COUNT = itertools.count(1)
NewPerson = Callable[[str], str]


@pytest.fixture
def new_person(engine: Engine) -> NewPerson:
    """Add a person of a role; return the account."""

    def add(role: str) -> str:
        account = f"{role}-{next(_COUNT)}-{datetime.now(UTC).timestamp()}"
        with transaction(engine) as connection:
            devices.add_operator(connection, datetime.now(UTC), account, f"某{role}", role)
        return account

    return add


def choose(engine: Engine, window: Window, account: str, password: str = GOOD) -> Browser:
    browser = Browser(window)
    ticket = new_ticket(engine, account, for_password=True)
    assert browser.get(f"/desk/password?ticket={ticket}").status == 200
    answer = browser.post("/desk/password", ticket=ticket, password=password, again=password)
    assert answer.status == 303, answer.body
    return browser


def sign_in(window: Window, account: str, password: str) -> tuple[Browser, int]:
    browser = Browser(window)
    return browser, browser.post("/desk/sign-in", account=account, password=password).status


def test_a_password_is_chosen_behind_a_link_and_opens_the_desk(
    engine: Engine, window: Window, new_person: NewPerson
) -> None:
    account = new_person("reviewer")
    assert choose(engine, window, account).get("/desk").status == 200
    browser, status = sign_in(window, f"  {account.upper()} ", GOOD)
    assert status == 303
    assert browser.get("/desk").status == 200
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT hash FROM passwords")).scalars().all()
    assert all(found.startswith("$argon2id$") and GOOD not in found for found in kept)


@pytest.mark.parametrize("password", ["short", "password1234", "aaaaaaaaaaaaaa", "x" * 129])
def test_a_weak_password_is_refused_and_the_link_stays_good(
    engine: Engine, window: Window, new_person: NewPerson, password: str
) -> None:
    account = new_person("reviewer")
    ticket, browser = new_ticket(engine, account, for_password=True), Browser(window)
    answer = browser.post("/desk/password", ticket=ticket, password=password, again=password)
    assert answer.status == 400
    assert ticket in answer.body.decode()  # the form is there again
    assert browser.post("/desk/password", ticket=ticket, password=GOOD, again=GOOD + "x").status == 400
    assert browser.post("/desk/password", ticket=ticket, password=GOOD, again=GOOD).status == 303
    assert browser.post("/desk/password", ticket=ticket, password=GOOD, again=GOOD).status == 403


def test_a_link_for_one_thing_does_not_do_the_other(
    engine: Engine, window: Window, new_person: NewPerson
) -> None:
    account = new_person("reviewer")
    assert Browser(window).enter(new_ticket(engine, account, for_password=True)).status == 403
    ticket = new_ticket(engine, account)
    answer = Browser(window).post("/desk/password", ticket=ticket, password=GOOD, again=GOOD)
    assert answer.status == 403


def test_a_new_password_ends_the_other_sessions(
    engine: Engine, window: Window, new_person: NewPerson
) -> None:
    account = new_person("reviewer")
    before = choose(engine, window, account)
    choose(engine, window, account, GOOD + "!")
    assert before.get("/desk").status == 403
    assert sign_in(window, account, GOOD)[1] == 403


def test_guesses_are_slowed_whether_the_account_exists_or_not(
    engine: Engine, window: Window, new_person: NewPerson
) -> None:
    account = new_person("reviewer")
    choose(engine, window, account)
    for name in (account, f"nobody-{account}"):
        answers = [Browser(window).post("/desk/sign-in", account=name, password="x" * 14) for _ in range(6)]
        assert [answer.status for answer in answers] == [403] * 5 + [429]
        assert int(answers[-1].headers["retry-after"]) >= 1
    assert sign_in(window, account, GOOD)[1] == 429  # a right one waits as well: it tells a guesser nothing
    now = datetime.now(UTC)
    with transaction(engine) as connection:
        assert passwords.begin_try(connection, now, account) > timedelta()
        assert passwords.begin_try(connection, now + timedelta(minutes=16), account) == timedelta()


def test_many_guesses_at_once_are_no_way_round(window: Window) -> None:
    account = f"crowd-{datetime.now(UTC).timestamp()}"
    with ThreadPoolExecutor(12) as pool:
        found = pool.map(lambda n: sign_in(window, account, f"guess number {n}")[1], range(12))
        assert sorted(found) == [403] * 5 + [429] * 7


def test_what_was_typed_as_an_account_is_written_nowhere(
    engine: Engine, window: Window, new_person: NewPerson
) -> None:
    typed = f"my-own-password-{datetime.now(UTC).timestamp()}"
    assert sign_in(window, typed, "whatever it was")[1] == 403
    with engine.connect() as connection:
        for table in ("audit", "sign_in_failures"):
            rows = connection.execute(text(f"SELECT CAST(t.* AS text) FROM {table} t")).scalars()
            assert not any(typed in row for row in rows)


def test_a_session_left_alone_ends(engine: Engine, new_person: NewPerson) -> None:
    account, now = new_person("reviewer"), datetime.now(UTC)
    with transaction(engine) as connection:
        ticket = desk_sessions.issue_ticket(connection, now, account, actor="test")
        session = desk_sessions.open_session(connection, now, ticket)
        for minutes in (25, 50, 75):  # used, it goes on
            desk_sessions.reviewer_of(connection, now + timedelta(minutes=minutes), session)
        with pytest.raises(RefusedError, match="desk_closed"):
            desk_sessions.reviewer_of(connection, now + timedelta(minutes=106), session)


def test_a_session_ends_with_the_day_however_much_it_is_used(engine: Engine, new_person: NewPerson) -> None:
    account, now = new_person("reviewer"), datetime.now(UTC)
    with transaction(engine) as connection:
        session = desk_sessions.open_session(
            connection, now, desk_sessions.issue_ticket(connection, now, account, actor="test")
        )
        for quarter in range(1, 36):
            desk_sessions.reviewer_of(connection, now + timedelta(minutes=15 * quarter), session)
        with pytest.raises(RefusedError, match="desk_closed"):
            desk_sessions.reviewer_of(connection, now + timedelta(hours=9, minutes=1), session)


def test_a_form_from_another_site_signs_nobody_in(
    engine: Engine, window: Window, new_person: NewPerson
) -> None:
    body = b"account=ma&password=x"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "cross-site"}
    assert window.plain("POST", "/desk/sign-in", body, headers).status == 400


def test_the_cookie_is_for_tls_alone_behind_a_proxy_that_ends_it(
    engine: Engine, window: Window, new_person: NewPerson
) -> None:
    account = new_person("reviewer")
    for headers, secure in (({}, False), ({"X-Forwarded-Proto": "https"}, True)):
        path = f"/desk/enter?ticket={new_ticket(engine, account)}"
        answer = window.plain("GET", path, b"", headers)
        attributes = {part.strip() for part in answer.headers["set-cookie"].split(";")}
        assert ("Secure" in attributes) is secure
        assert {"HttpOnly", "SameSite=strict", "Path=/desk"} <= attributes


@pytest.mark.parametrize("role", ["operator", "helper"])
def test_others_have_no_business_at_the_desk(engine: Engine, new_person: NewPerson, role: str) -> None:
    with pytest.raises(RefusedError, match="not_a_reviewer"):
        new_ticket(engine, new_person(role))
