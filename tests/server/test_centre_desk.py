"""The review desk: who gets in, what is shown, what a form may do."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from sqlalchemy import Engine, text

from server.desk.queue_page import PAGE_ROWS
from server.errors import RefusedError
from server.store.database import transaction
from server.store.review import case
from tests.server.desk import Browser, address, new_ticket, submit
from tests.server.window import Window, id_number, wrap


@pytest.fixture
def desk(engine: Engine, window: Window) -> Browser:
    browser = Browser(window)
    assert browser.enter(new_ticket(engine)).status == 303
    return browser


def test_a_ticket_opens_the_desk_once(engine: Engine, window: Window) -> None:
    ticket = new_ticket(engine)
    browser = Browser(window)
    entered = browser.enter(ticket)
    assert (entered.status, entered.headers["location"]) == (303, "/desk")
    for rule in ("HttpOnly", "SameSite=strict", "Path=/desk"):
        assert rule in entered.headers["set-cookie"]
    assert browser.get("/desk").status == 200
    second = Browser(window).enter(ticket)
    assert second.status == 403
    assert "set-cookie" not in second.headers


def test_only_reviewers_in_good_standing_get_a_ticket(engine: Engine) -> None:
    for account, code in (("wang", "not_a_reviewer"), ("nobody", "unknown_operator")):
        with pytest.raises(RefusedError, match=code):
            new_ticket(engine, account)


def test_an_old_ticket_opens_nothing(engine: Engine, window: Window) -> None:
    assert Browser(window).enter(new_ticket(engine, minutes=-1)).status == 403


@pytest.mark.parametrize("path", ["/desk", "/desk/cases/x", "/desk/cases/x/pages/y", "/desk/nowhere"])
def test_without_a_session_there_is_only_a_page_that_says_so(window: Window, path: str) -> None:
    answer = Browser(window).get(path, **{"Accept-Language": "en-GB"})
    assert answer.status in {403, 404}
    assert answer.headers["content-type"].startswith("text/html")
    assert 'lang="en"' in answer.body.decode()


def test_the_list_shows_numbers_and_places_but_nobodys_name(desk: Browser, window: Window) -> None:
    application_id = submit(window)
    page, offset = "", 0  # the centre is shared: other tests' cases may come before
    while address(application_id) not in page:
        page = desk.get(f"/desk?state=received&offset={offset}").body.decode()
        assert "/desk/cases/" in page, "it is in the list"
        offset += PAGE_ROWS
    assert "3号楼 2单元 1201" in page
    assert "张立群" not in page


def test_a_case_is_masked_until_asked_and_every_look_is_audited(
    desk: Browser, window: Window, engine: Engine
) -> None:
    application_id = submit(window)
    masked = desk.get(address(application_id)).body.decode()
    assert "张*群" in masked
    assert "金河湾3号楼2单元1201室" in masked
    rows = re.findall(r'data-words="([^"]+)"', masked)
    assert [row.split()[0] for row in rows][:3] == ["不动产登记申请书", "申请人身份证明", "商品房买卖合同"]
    assert "张立群" not in masked
    assert id_number() not in masked
    full = desk.get(address(application_id, "?plain=1")).body.decode()
    assert "张立群" in full
    assert id_number() in full
    with engine.connect() as connection:
        actions = connection.execute(
            text("SELECT action FROM audit WHERE subject = :id AND actor = 'reviewer:demo-ma' ORDER BY seq"),
            {"id": application_id},
        ).scalars()
        assert list(actions) == ["case_viewed", "case_viewed_in_full"]


def test_pages_are_shown_as_what_they_are_and_only_with_their_case(desk: Browser, window: Window) -> None:
    one, two = submit(window), submit(window)
    sources = re.findall(r'<img src="([^"]+)" alt="" loading', desk.get(address(one)).body.decode())
    assert len(sources) == 5
    answer = desk.get(sources[0])
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.body.startswith(b"\xff\xd8\xff") or len(answer.body) == 60
    assert desk.get(sources[0].replace(quote(one, safe=""), quote(two, safe=""))).status == 404


def test_a_page_kept_in_spite_of_the_gate_says_so(desk: Browser, window: Window) -> None:
    pages = window.pages(size=60)
    event = window.event(pages)
    body = event["body"]
    kept = {
        "reasons": ["blurred", "glare"],
        "by": "u1",
        "name": "王<海>燕",
        "at": "2026-11-24T19:30:00+08:00",
    }
    body["pages"][1]["kept"] = kept
    again = wrap(body, event["application_id"])
    assert window.outcome(again)["result"] == "applied"
    page = desk.get(address(event["application_id"])).body.decode()
    assert page.count('class="kept"') == 1
    assert "模糊、反光" in page and "王&lt;海&gt;燕" in page and "<海>" not in page


def test_a_decision_goes_down_to_the_window(desk: Browser, window: Window, engine: Engine) -> None:
    _, cursor = window.all_changes()
    application_id = submit(window)
    desk.get(address(application_id))
    decided = desk.post(
        address(application_id, "/decision"),
        decision="return",
        item=["purchase_contract", "invoice", "no_such_row"],
        reason="缺签章页",
        revision=1,
    )
    assert decided.status == 303, decided.body
    (body,) = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "status"]
    assert (body["state"], body["reason_zh"]) == ("returned", "缺签章页")
    assert [item["item_code"] for item in body["items"]] == ["purchase_contract", "invoice"]
    with transaction(engine) as connection:
        assert case(connection, application_id)["history"][-1]["actor"] == "reviewer:demo-ma"
    assert "缺签章页" in desk.get(address(application_id)).body.decode()


def test_a_case_goes_from_acceptance_to_certificate(desk: Browser, window: Window, engine: Engine) -> None:
    application_id = submit(window)
    for decision, more in (("accept", {}), ("register", {}), ("certificate", {"number": "甘（2026）第1号"})):
        page = desk.get(address(application_id)).body.decode()
        assert f'value="{decision}"' in page
        answer = desk.post(address(application_id, "/decision"), decision=decision, revision=1, **more)
        assert answer.status == 303, answer.body
    assert 'name="decision"' not in desk.get(address(application_id)).body.decode()
    with transaction(engine) as connection:
        found = case(connection, application_id)
    assert (found["state"], found["certificate_number"]) == ("certificate_issued", "甘（2026）第1号")


def test_a_form_from_elsewhere_or_of_an_older_revision_does_nothing(
    desk: Browser, window: Window, engine: Engine
) -> None:
    application_id = submit(window)
    desk.get(address(application_id))
    own = desk.form_key
    target = address(application_id, "/decision")
    desk.form_key = "0" * 32
    assert desk.post(target, decision="accept", revision=1).status == 403
    desk.form_key = own
    assert desk.post(target, decision="accept", revision=2).status == 409
    assert desk.post(target, decision="burn", revision=1).status == 400
    assert desk.post(target, decision="reject", revision=1).status == 400  # no reason
    with transaction(engine) as connection:
        assert case(connection, application_id)["state"] == "received"


def test_what_a_window_sent_cannot_run_in_the_reviewers_browser(desk: Browser, window: Window) -> None:
    attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    application_id = submit(window, remarks=attack)
    answer = desk.get(address(application_id, "?plain=1"))
    page = answer.body.decode()
    assert page.count("<script") == page.count('<script src="/desk/script.js" defer></script>') == 1
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_leaving_ends_the_session(desk: Browser) -> None:
    desk.get("/desk")
    assert desk.post("/desk/leave").status == 303
    assert desk.get("/desk").status == 403


def test_both_languages_are_complete(desk: Browser, window: Window) -> None:
    application_id = submit(window)
    english = desk.get(address(application_id, "?lang=en")).body.decode()
    assert "Return for correction" in english
    assert "Purchase contract" in english
    chinese = desk.get(address(application_id, "?lang=zh")).body.decode()
    assert "退回补正" in chinese
    assert "商品房买卖合同" in chinese
    assert f"{address(application_id)}?lang=zh" in english  # one step to the other language
