"""Every page of the centre, light and dark, in both languages: no violation, nothing too wide."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sqlalchemy import Engine

from printing.signed_token import sign_receipt
from registration.application import CaseState
from server.store import devices
from server.store.database import transaction
from server.store.review import Decision, ItemToMend, decide
from tests.browser.conftest import NewPage, hand_in
from tests.server.desk import address, new_ticket
from tests.server.test_resident import paper_of, submitted
from tests.server.window import Window


def faults(page: Page, name: str) -> list[str]:
    """Return what axe has against a page, and whether it is wider than its window or a telephone."""
    found = Axe().run(page).response["violations"]
    told = [f"{name}: {v['id']}: {[node['html'][:160] for node in v['nodes'][:3]]}" for v in found]
    shape = page.viewport_size
    assert shape is not None
    for width in (shape["width"], 412):
        page.set_viewport_size({**shape, "width": width})
        across = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        told += [f"{name}: {across} px too wide for {width}"] if across > 0 else []
    page.set_viewport_size(shape)
    return told


@pytest.mark.parametrize(("dark", "lang", "wide"), [(False, "zh", 1366), (True, "en", 1180)])
def test_no_page_has_a_violation(
    new_page: NewPage, window: Window, engine: Engine, dark: bool, lang: str, wide: int
) -> None:
    now = datetime.now(UTC)
    sent, _ = hand_in(window, remarks="门禁坏了")
    hand_in(window)  # a double of the first
    issued, _ = hand_in(window, household="demo-jinhewan-2-1-301")
    paper = paper_of(window)
    returned = submitted(window, paper)
    account = f"admin-{uuid.uuid4().hex}"
    with transaction(engine) as connection:
        devices.add_operator(connection, now, account, "安管理", "administrator")
        for state in (CaseState.ACCEPTED, CaseState.REGISTERED, CaseState.CERTIFICATE_ISSUED):
            decision = Decision(state, "test", certificate_number="甘第3号")
            decide(connection, now, issued["application_id"], decision)
        items = (ItemToMend("invoice", "购房发票", "Purchase invoice"),)
        decide(connection, now, returned, Decision(CaseState.RETURNED, "test", items=items))
    told: list[str] = []
    look = {"dark": dark, "lang": lang, "wide": wide}

    outside = new_page(**look)
    for path in (
        "/desk/sign-in",
        f"/desk/password?ticket={new_ticket(engine, for_password=True)}",
        "/desk/nowhere",
        "/r",
        f"/r#{sign_receipt(paper.receipt, window.key)}",
        "/r#NOTHING",
    ):
        outside.goto("about:blank")
        outside.goto(path)
        outside.wait_for_load_state("load")
        if "#" in path:
            outside.wait_for_selector(".state")
        told += faults(outside, path.partition("?")[0].partition("#")[0])

    for person, paths in (
        (
            "ma",
            (
                f"/desk?lang={lang}",
                address(sent["application_id"], f"?lang={lang}&plain=1"),
                address(issued["application_id"], f"?lang={lang}"),
                f"/desk/reports?lang={lang}",
                f"/desk/evenings?lang={lang}",
            ),
        ),
        (
            account,
            tuple(
                f"/desk/{name}?lang={lang}"
                for name in ("devices", "people", "packs", "ledgers", "ledgers/demo-longfang", "audit")
            ),
        ),
    ):
        page = new_page(person, **look)
        for path in paths:
            answer = page.goto(path)
            assert answer is not None and answer.status == 200, path
            assert page.locator("html").get_attribute("lang") == ("zh-CN" if lang == "zh" else "en")
            told += faults(page, path)
    assert told == []
