"""The desk's queue and cases: filters, search, doubles, what a revision changed, evidence."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError

from registration.application import CaseState
from registration.identifiers import id_check_character
from server.store import queue
from server.store.database import transaction
from server.store.queue import Filter
from server.store.review import Decision, case, decide
from tests.server.desk import PDF, Browser, address, new_ticket, submit
from tests.server.window import PHONE, Window

MILL: dict[str, Any] = {"compound": "demo-longfang", "household": "demo-longfang-1-1-101"}


@pytest.fixture
def desk(engine: Engine, window: Window) -> Browser:
    browser = Browser(window)
    assert browser.enter(new_ticket(engine)).status == 303
    return browser


def new_name() -> str:
    """Return an invented name that no other case of this run has."""
    return "欧阳" + "".join(
        chr(0x4E00 + int(letters, 16)) for letters in re.findall("...", uuid.uuid4().hex[:6])
    )


def person(name: str, digits: str) -> list[dict[str, str]]:
    body = f"620102{digits}"[:17].ljust(17, "1")
    return [
        {
            "role": "right_holder",
            "name": name,
            "document_kind": "id_card",
            "document_number": body + id_check_character(body),
            "phone": PHONE,
            "address": "",
            "share": "",
        }
    ]


def issued(engine: Engine, application_id: str) -> None:
    with transaction(engine) as connection:
        for state in (CaseState.ACCEPTED, CaseState.REGISTERED, CaseState.CERTIFICATE_ISSUED):
            decide(
                connection,
                datetime.now(UTC),
                application_id,
                Decision(state, "test", certificate_number="甘（2026）第7号"),
            )


def test_the_queue_is_narrowed_by_county_compound_and_state(desk: Browser, window: Window) -> None:
    river, mill = submit(window), submit(window, **MILL)
    for query, river_there, mill_there in (
        ("state=received", True, True),
        ("state=received&division=620102", True, False),
        ("state=received&compound=demo-longfang", False, True),
        ("state=accepted", False, False),
    ):
        seen = set()
        for offset in range(0, 100_000, 50):
            page = desk.get(f"/desk?{query}&offset={offset}").body.decode()
            seen |= set(re.findall(r"/desk/cases/([0-9a-f-]{36})", page))
            if f"offset={offset + 50}" not in page:
                break
        assert (river in seen, mill in seen) == (river_there, mill_there), query


def test_what_waits_for_the_desk_comes_oldest_first(window: Window, engine: Engine) -> None:
    one, two = submit(window, **MILL), submit(window, **MILL)
    with transaction(engine) as connection:
        waiting = [row["id"] for row in queue.rows(connection, Filter("received"), limit=10_000)]
        newest = [row["id"] for row in queue.rows(connection, Filter(), limit=10_000)]
    assert waiting.index(one) < waiting.index(two)
    assert newest.index(two) < newest.index(one)


def test_a_case_is_found_by_its_numbers_and_by_a_whole_name_or_document(
    desk: Browser, window: Window, engine: Engine
) -> None:
    name = new_name()
    holder = person(name, "19800101" + str(uuid.uuid4().int)[:3])
    application_id = submit(window, parties=holder, **MILL)
    with transaction(engine) as connection:
        decide(connection, datetime.now(UTC), application_id, Decision(CaseState.ACCEPTED, "test"))
        found = case(connection, application_id)
    for words in (
        found["receipt_number"].lower(),
        found["acceptance_number"],
        name,
        f" {holder[0]['document_number']} ",
    ):
        with transaction(engine) as connection:
            rows = queue.rows(connection, Filter(words=words), limit=10)
        assert [row["id"] for row in rows] == [application_id], words
    for words in (name[:-1], "%", "' OR true --"):
        with transaction(engine) as connection:
            assert not queue.rows(connection, Filter(words=words), limit=10)
    page = desk.get(f"/desk?q={found['receipt_number']}").body.decode()
    assert address(application_id) in page
    with engine.connect() as connection:
        plan = connection.execute(
            text(
                "SELECT count(*) FROM audit WHERE action = 'cases_searched' AND CAST(details AS text) LIKE :n"
            ),
            {"n": f"%{name}%"},
        ).scalar_one()
    assert plan == 0  # a name that was looked for is written nowhere


def test_a_search_for_a_person_goes_by_an_index(engine: Engine, window: Window) -> None:
    submit(window)
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with engine.connect() as connection:
        event.listen(connection, "before_cursor_execute", note)
        queue.rows(connection, Filter(words="张立群"), limit=5)
        event.remove(connection, "before_cursor_execute", note)
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        (statement, parameters) = asked[0]
        plan = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars().all()
    assert any("revisions_people_idx" in line for line in plan), plan


def test_other_cases_of_the_same_home_and_person_are_shown(desk: Browser, window: Window, new_window) -> None:
    unit: dict[str, Any] = {"compound": "demo-longfang", "household": "demo-longfang-1-2-402"}
    same = person(new_name(), "19790909" + str(uuid.uuid4().int)[:3])
    other = person(new_name(), "19690909" + str(uuid.uuid4().int)[:3])
    first = submit(window, parties=same, **unit)
    double = submit(new_window(), parties=same, **unit)
    neighbour = submit(window, parties=other, **unit)
    elsewhere = submit(window, parties=same, **MILL)
    page = desk.get(address(first)).body.decode()
    for found, words in ((double, "疑似重复"), (neighbour, "同一房屋"), (elsewhere, "同一申请人")):
        after = page.partition(f'href="{address(found)}')[2].partition("</p>")[0]
        assert words in after
    assert "疑似重复" not in desk.get(address(elsewhere)).body.decode()


def test_a_revision_shows_what_it_changed(desk: Browser, window: Window) -> None:
    pages = window.pages(size=60)
    sent = window.event(pages, remarks="门禁坏了", **MILL)
    assert window.outcome(sent)["result"] == "applied"
    window.upload_all(pages)
    application_id = str(sent["application_id"])
    desk.get(address(application_id))
    desk.post(address(application_id, "/decision"), decision="return", reason="发票不清", revision=1)
    replaced = window.pages(size=60)
    again = window.event(
        [*pages[:3], replaced[3], pages[4]],
        application_id=application_id,
        revision=2,
        base_revision=1,
        receipt_number=sent["body"]["receipt_number"],
        remarks="已重拍",
        parties=[{**sent["body"]["application"]["parties"][0], "phone": "13893100099"}],
        **MILL,
    )
    assert window.outcome(again)["result"] == "applied"
    window.upload_all([replaced[3]])
    page = desk.get(address(application_id)).body.decode()
    changed = page.partition("第 2 版与第 1 版的差别")[2].partition("</section>")[0]
    assert "门禁坏了" in changed and "已重拍" in changed
    assert "13893100099" not in changed and "0099" in changed  # masked like everything else
    assert changed.count("<figure>") == 2  # one invoice came, one went
    assert "13893100099" in desk.get(address(application_id, "?plain=1")).body.decode()
    old = re.findall(r'<img src="([^"]+)"', changed)
    assert [desk.get(source).status for source in old] == [200, 200]


def test_reasons_go_with_the_papers_that_are_to_come_again(desk: Browser, window: Window) -> None:
    _, cursor = window.all_changes()
    application_id = submit(window)
    desk.get(address(application_id))
    answer = desk.post_parts(
        address(application_id, "/decision"),
        {"evidence": b""},
        decision="return",
        item="invoice",
        why_invoice="章不清楚",
        why_identity="没有勾选",
        reason="",
        revision=1,
    )
    assert answer.status == 303, answer.body
    (body,) = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "status"]
    assert [(item["item_code"], "章不清楚" in item["zh"]) for item in body["items"]] == [("invoice", True)]


def test_a_return_may_name_the_day_by_which_to_mend(desk: Browser, window: Window) -> None:
    _, cursor = window.all_changes()
    application_id = submit(window)
    desk.get(address(application_id))
    wanted = {"decision": "return", "reason": "发票不清", "revision": 1}
    for wrong in ("2020-01-01", "tomorrow"):
        answer = desk.post(address(application_id, "/decision?lang=en"), **wanted, due=wrong)
        assert answer.status == 400 and "today or later" in answer.body.decode()
    assert desk.post(address(application_id, "/decision"), **wanted, due="2097-12-31").status == 303
    (body,) = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "status"]
    assert body["due"] == "2097-12-31"


def test_a_refused_decision_leaves_the_case_on_the_screen_with_the_reason(
    desk: Browser, window: Window, engine: Engine
) -> None:
    application_id = submit(window)
    desk.get(address(application_id))
    answer = desk.post(address(application_id, "/decision?lang=en"), decision="reject", reason="", revision=1)
    assert answer.status == 400
    page = answer.body.decode()
    assert 'role="alert"' in page and "A reason" in page and 'value="reject"' in page
    with engine.connect() as connection:
        looks = connection.execute(
            text("SELECT count(*) FROM audit WHERE action = 'case_viewed' AND subject = :id"),
            {"id": application_id},
        ).scalar_one()
    assert looks == 2  # what a refused form shows is a look as well


def test_a_certificate_is_issued_with_its_evidence_in_one_step(
    desk: Browser, window: Window, engine: Engine
) -> None:
    application_id = submit(window)
    target = address(application_id, "/decision")
    desk.get(address(application_id))
    for decision in ("accept", "register"):
        assert desk.post(target, decision=decision, revision=1).status == 303
    refused = desk.post_parts(target, {"evidence": PDF}, decision="certificate", number="", revision=1)
    assert refused.status == 400
    wrong = desk.post_parts(target, {"evidence": b"MZ"}, decision="certificate", number="1", revision=1)
    assert wrong.status == 400 and "PDF" in wrong.body.decode()
    done = desk.post_parts(target, {"evidence": PDF}, decision="certificate", number="甘第9号", revision=1)
    assert done.status == 303, done.body
    page = desk.get(address(application_id)).body.decode()
    (link,) = re.findall(r'href="(/desk/cases/[^"]+/evidence/[0-9a-f]{64})"', page)
    fetched = desk.get(link)
    assert (fetched.status, fetched.body) == (200, PDF)
    assert fetched.headers["content-disposition"].startswith("attachment")
    with engine.connect() as connection:
        actions = connection.execute(
            text("SELECT action FROM audit WHERE subject = :id AND action LIKE 'evidence%' ORDER BY seq"),
            {"id": application_id},
        ).scalars()
        assert list(actions) == ["evidence_added", "evidence_viewed"]


def test_evidence_can_follow_later_and_never_changes(desk: Browser, window: Window, engine: Engine) -> None:
    application_id = submit(window)
    issued(engine, application_id)
    assert "还没有佐证" in desk.get(address(application_id)).body.decode()
    target = address(application_id, "/evidence")
    for _ in range(2):  # a repeat changes nothing
        assert desk.post_parts(target, {"evidence": PDF}).status == 303
    assert desk.post_parts(target, {"evidence": b"\xff\xd8\xff" + b"x" * 11_000_000}).status == 413
    page = desk.get(address(application_id)).body.decode()
    assert len(re.findall(r"/evidence/[0-9a-f]{64}", page)) == 1
    for statement in ("DELETE FROM evidence", "UPDATE evidence SET size = 1"):
        with engine.connect() as connection, pytest.raises(DBAPIError, match="frozen"):
            connection.execute(text(statement))


def test_what_is_found_is_a_form_while_the_case_is_open_and_a_table_afterwards(
    desk: Browser, window: Window, engine: Engine
) -> None:
    application_id = submit(window)
    desk.get(address(application_id))
    page = desk.get(address(application_id)).body.decode()
    assert 'name="check_' in page and 'name="track_' in page
    assert desk.post(address(application_id, "/findings"), revision=1).status == 303
    issued(engine, application_id)
    page = desk.get(address(application_id)).body.decode()
    assert 'name="check_' not in page and "待核验" in page
