"""The page behind a receipt's QR code, on a telephone: the token leaves the fragment by its form alone."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import expect
from sqlalchemy import Engine

from printing.signed_token import sign_receipt
from registration.application import CaseState
from server.store.database import transaction
from server.store.review import Decision, ItemToMend, decide
from tests.browser.conftest import NewPage
from tests.server.test_resident import paper_of, submitted
from tests.server.window import Window


def test_a_scanned_code_shows_the_way_of_the_case(new_page: NewPage, window: Window, engine: Engine) -> None:
    paper = paper_of(window)
    application_id = submitted(window, paper)
    token = sign_receipt(paper.receipt, window.key)
    asked: list[str] = []
    page = new_page(wide=412)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/r#{token}")
    expect(page.get_by_role("status")).to_have_text("已收件")
    assert not any(token in url for url in (*asked, page.url))
    size = page.locator(".state").evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 32
    assert page.evaluate("document.documentElement.scrollWidth") <= 412

    items = (ItemToMend("invoice", "购房发票", "Purchase invoice"),)
    with transaction(engine) as connection:
        decide(
            connection, datetime.now(UTC), application_id, Decision(CaseState.RETURNED, "test", items=items)
        )
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("status")).to_have_text("Something has to be mended")
    expect(page.get_by_role("listitem")).to_have_text(["Purchase invoice"])
    assert "张立群" not in page.content() and "1201" not in page.content()


def test_anything_else_gets_the_neutral_page(new_page: NewPage) -> None:
    page = new_page(lang="en", wide=412)
    page.goto("/r#ABCDEFGHIJKLMNOP")
    expect(page.get_by_role("status")).to_have_text("This receipt cannot be looked up")
    page.goto("/r")
    page.get_by_role("textbox").fill("whatever")
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_role("status")).to_have_text("This receipt cannot be looked up")
