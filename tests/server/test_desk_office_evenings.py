"""The desk's page of the evenings: what is ordered there goes to the windows, what they did is summed."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from registration.facts import Fact, Topic, fact_from_json
from registration.property_unit import Compound, Household, ProjectRegistration
from server.config import CHINA
from server.store import devices, evenings, facts, obstacles, plans, reference
from server.store.database import transaction
from tests.server.desk import Browser, new_ticket
from tests.server.window import Window

NOW = datetime.now(UTC)
TOMORROW = (NOW.astimezone(CHINA) + timedelta(days=2)).date().isoformat()


@pytest.fixture
def place(engine: Engine) -> str:
    """A compound that no other test knows."""
    name = f"evening-{uuid.uuid4().hex}"
    made = Compound(name, name, "620103", "某路1号", "某公司", ProjectRegistration.REGISTERED, ("C4",))
    home = Household(
        f"{name}-1", name, "1号楼", "", 1, "101", "620103001012GB00188F00010001", "80.00", "某路1号101室"
    )
    with transaction(engine) as connection:
        reference.add_compound(connection, NOW, made, [home])
    return name


def browser_of(engine: Engine, window: Window, role: str) -> Browser:
    account = f"{role}-{uuid.uuid4().hex}"
    with transaction(engine) as connection:
        devices.add_operator(connection, NOW, account, f"某{role}", role)
    browser = Browser(window)
    assert browser.enter(new_ticket(engine, account)).status == 303
    return browser


def put(engine: Engine, place: str, topic: Topic, subject: str, verb: str, **body: Any) -> None:
    put_at(engine, place, NOW, topic, subject, verb, body)


def put_at(
    engine: Engine, place: str, at: datetime, topic: Topic, subject: str, verb: str, body: dict[str, Any]
) -> None:
    fact = Fact(str(uuid.uuid4()), topic, f"{place}-{subject}", verb, place, at, "", "", "", body)
    with transaction(engine) as connection:
        facts.put_own(connection, NOW, fact, "test")


def row_of(page: str, place: str, card: str) -> list[str]:
    """Return the cells of the compound's line in the card of this title."""
    line = page.partition(f"<h2>{card}</h2>")[2].partition("</section>")[0]
    line = next(row for row in line.split("<tr>") if f"<td>{place}</td>" in row)
    return [cell.partition("</td>")[0] for cell in line.split("<td>")[1:]]


def test_a_visit_and_an_appointment_are_ordered_masked_and_audited(
    engine: Engine, window: Window, place: str
) -> None:
    browser = browser_of(engine, window, "reviewer")
    browser.get("/desk/evenings")
    given = {"compound": place, "name": "张立群", "phone": "13893100000", "day": TOMORROW, "time": "19:30"}
    for action in ("visit", "book"):
        more = {"reason": "elderly"} if action == "visit" else {}
        answer = browser.post("/desk/evenings?lang=zh", action=action, **given, **more)
        assert answer.status == 303, answer.body
    page = browser.get("/desk/evenings?lang=zh").body.decode()
    at = f"{TOMORROW} 19:30"
    visit = row_of(page, place, "上门任务")
    assert visit == [place, at, "张*群", "高龄老人，出门不便", "等窗口接"]
    assert row_of(page, place, "预约") == [place, at, "张*群"]
    assert "张立群" not in page and "13893100000" not in page
    with engine.connect() as connection:
        sent = connection.execute(
            text("SELECT kind FROM feed WHERE audience = :place ORDER BY seq"), {"place": place}
        )
        assert [kind for kind in sent.scalars() if kind in {"order", "fact"}] == ["order", "fact"]
        by = "SELECT actor FROM audit WHERE action = 'visit_ordered' AND details ->> 'compound' = :place"
        assert str(connection.execute(text(by), {"place": place}).scalar_one()).startswith("reviewer:")
    assert "Home visits ordered" in browser.get("/desk/evenings?lang=en").body.decode()


def test_what_cannot_be_ordered_says_why_and_a_foreign_form_does_nothing(
    engine: Engine, window: Window, place: str
) -> None:
    browser = browser_of(engine, window, "reviewer")
    browser.get("/desk/evenings")
    given = {"compound": place, "name": "张立群", "time": "19:30", "action": "book"}
    for day in ("2020-01-01", TOMORROW.replace("-", ""), ""):
        wrong = browser.post("/desk/evenings?lang=zh", day=day, **given)
        assert wrong.status == 400 and "日期要在今天或以后" in wrong.body.decode()
    browser.form_key = "0" * 64
    assert browser.post("/desk/evenings", day=TOMORROW, **given).status == 403
    reader = browser_of(engine, window, "auditor")
    assert 'name="action"' not in reader.get("/desk/evenings").body.decode()
    assert reader.post("/desk/evenings", day=TOMORROW, **given).status == 403
    with engine.connect() as connection:
        told = "SELECT count(*) FROM feed WHERE audience = :place AND kind IN ('order', 'fact')"
        assert connection.execute(text(told), {"place": place}).scalar_one() == 0


def test_the_evening_is_counted_from_the_facts(engine: Engine, window: Window, place: str) -> None:
    put(engine, place, Topic.SESSION, "s", "opened")
    put(engine, place, Topic.SESSION, "s", "joined")
    for sheet in ([{"count": "receipts", "expected": 7, "counted": 7}], "of a newer window"):
        put(engine, place, Topic.SESSION, "s", "closed", lines=sheet)
    for slip in ("1", "2", "3"):
        put(engine, place, Topic.QUEUE, slip, "issued", number=slip)
    put(engine, place, Topic.QUEUE, "1", "served")
    for number, level in enumerate(("5", "5", "2")):
        put(engine, place, Topic.RATING, f"r{number}", "given", level=level, reasons=[])
    page = browser_of(engine, window, "auditor").get(f"/desk/evenings?lang=zh&compound={place}").body.decode()
    day = f"{NOW.astimezone(CHINA).date()}"
    assert row_of(page, place, "场次") == [place, day, "1", "2", "3", "1", "7"]
    assert row_of(page, place, "群众评价（只有合计）") == [place, day, "2", "0", "0", "1", "0"]


def test_an_obstacle_counts_for_its_department_until_it_is_cleared(
    engine: Engine, window: Window, place: str
) -> None:
    about = {"household_id": "h", "category": "tax_owed", "department": "tax"}
    put(engine, place, Topic.LEDGER, "o1", "blocked", **about)
    put(engine, place, Topic.LEDGER, "o2", "blocked", **about)
    put(engine, place, Topic.LEDGER, "o2", "cleared", **about)
    browser = browser_of(engine, window, "reviewer")
    for _ in range(2):
        page = browser.get(f"/desk/evenings?lang=zh&compound={place}").body.decode()
        assert f"<td>税务部门</td><td>{place}</td><td>1</td>" in page
    later = NOW + timedelta(minutes=1)  # what comes later is counted, too
    for subject, verb in (("o1", "cleared"), ("o2", "reopened"), ("o3", "blocked")):
        put_at(engine, place, later, Topic.LEDGER, subject, verb, about)
    page = browser.get(f"/desk/evenings?lang=zh&compound={place}").body.decode()
    assert f"<td>税务部门</td><td>{place}</td><td>2</td>" in page


def test_a_list_that_is_taken_back_leaves_what_somebody_worked_on(engine: Engine, place: str) -> None:
    def counted() -> list[tuple[str, str, int]]:
        with transaction(engine) as connection:
            return obstacles.open_counts(connection, place)

    what = {"household_id": "h", "category": "tax_owed", "department": "tax"}
    rows = [{"obstacle_id": f"{place}-{name}", **what} for name in ("r1", "r2", "r3")]
    put(engine, place, Topic.LEDGER, "r2", "assigned", **{**what, "department": "court"})  # before its list
    assert counted() == [("court", place, 1)]
    put(engine, place, Topic.LEDGER, "list", "listed", rows=rows)
    assert counted() == [("tax", place, 2), ("court", place, 1)]
    put(engine, place, Topic.LEDGER, "list", "unlisted")
    assert counted() == [("court", place, 1)]


def test_older_evenings_are_on_another_page(engine: Engine, place: str) -> None:
    for days in range(3):
        put_at(engine, place, NOW - timedelta(days=days), Topic.SESSION, f"s{days}", "opened", {})
    with engine.connect() as connection:
        first = evenings.evenings(connection, NOW + timedelta(hours=1), place, limit=2)
        rest = evenings.evenings(connection, NOW + timedelta(hours=1), place, limit=2, offset=2)
    today = NOW.astimezone(CHINA).date()
    assert [one.day for one in (*first, *rest)] == [today - timedelta(days=days) for days in range(3)]
    assert [one.sessions for one in (*first, *rest)] == [1, 1, 1]


def test_sessions_are_planned_for_weeks_told_to_the_windows_and_called_off(
    engine: Engine, window: Window, place: str
) -> None:
    browser = browser_of(engine, window, "reviewer")
    browser.get("/desk/evenings")
    given = {
        "compound": place, "day": TOMORROW, "starts": "18:30", "ends": "21:00", "title": "晚间场",
        "kind": "gate", "place": "东门", "weeks": "3", "action": "plan",
    }  # fmt: skip
    assert browser.post("/desk/evenings?lang=zh", **given).status == 303
    for wrong, words in (
        ({"weeks": "2"}, "同一时间已有一场"),
        ({"day": "2020-01-01"}, "今天或以后"),
        ({"ends": "18:00"}, "结束要在开始之后"),
        ({"weeks": "400"}, "1 到 26"),
        ({"compound": "nowhere"}, "没有这个小区"),
    ):
        answer = browser.post("/desk/evenings?lang=zh", **{**given, **wrong})
        assert answer.status in (400, 409) and words in answer.body.decode()
    page = browser.get("/desk/evenings?lang=zh").body.decode()
    cells = row_of(page, place, "场次计划")
    assert cells[:4] == [place, f"{TOMORROW} 18:30–21:00", "晚间场", "小区门口 · 东门"]
    with engine.connect() as connection:
        told = "SELECT body FROM feed WHERE audience = :place AND kind = 'fact' ORDER BY seq"
        sent = list(connection.execute(text(told), {"place": place}).scalars())
        found = plans.coming(connection, NOW.astimezone(CHINA).date(), place)
    assert [one["topic"] for one in sent] == ["plan"] * 3 and len(found) == 3
    assert fact_from_json(sent[0]).body["kind"] == "gate"
    assert (
        browser.post("/desk/evenings?lang=zh", action="call_off", plan=found[0].id, reason="").status == 400
    )
    for status in (303, 409):
        answer = browser.post("/desk/evenings?lang=zh", action="call_off", plan=found[0].id, reason="停电")
        assert answer.status == status
    page = browser.get("/desk/evenings?lang=en").body.decode()
    assert "停电" in row_of(page, place, "Planned sessions")[4]
