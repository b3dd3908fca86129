"""The reviewer's evening in a real browser: sign in, find, look, return, accept, register, certificate."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from tests.browser.conftest import NewPage, hand_in, picture
from tests.server.desk import PDF, address, new_ticket
from tests.server.window import Page as Paper
from tests.server.window import Window

WORDS = {
    "zh": {
        "sign_in": "登录",
        "show": "查看",
        "return": "退回补正",
        "returned": "待补正",
        "accept": "受理",
        "accepted": "已受理",
        "register": "登簿",
        "certificate": "发证",
        "issued": "已发证",
        "password": "密码",
        "account": "账号",
        "again": "再输入一次",
        "choose": "设置密码",
        "next": "下一页",
        "invoice": "购房发票",
        "why": "购房发票: 原因",
        "number": "不动产权证号",
        "leave": "离开",
    },
    "en": {
        "sign_in": "Sign in",
        "show": "Show",
        "return": "Return for correction",
        "returned": "Returned",
        "accept": "Accept",
        "accepted": "Accepted",
        "register": "Enter in the register",
        "certificate": "Issue certificate",
        "issued": "Certificate issued",
        "password": "Password",
        "account": "Account",
        "again": "Once more",
        "choose": "Choose a password",
        "next": "Next page",
        "invoice": "Purchase invoice",
        "why": "Purchase invoice: Reason",
        "number": "Certificate number",
        "leave": "Leave",
    },
}


def shown_picture(page: Page) -> tuple[str, int]:
    """Return the big picture's source and its width as the browser decoded it."""
    big = page.locator("[data-view] img")
    expect(big).to_be_visible()
    page.wait_for_function("() => document.querySelector('[data-view] img').naturalWidth > 0")
    found = big.evaluate("image => [image.src, image.naturalWidth]")
    return found[0], found[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_the_queue_to_the_certificate(
    new_page: NewPage, window: Window, engine: Engine, tmp_path: Path, language: str
) -> None:
    words = WORDS[language]
    home = {
        "compound": "demo-longfang",
        "household": f"demo-longfang-1-1-{'2' if language == 'zh' else '3'}01",
    }
    sent, pages = hand_in(window, remarks="门禁坏了", **home)
    number = sent["body"]["receipt_number"]
    page = new_page(lang=language)

    # a link from the administrator, a password, out, and in again
    page.goto(f"/desk/password?ticket={new_ticket(engine, for_password=True)}")
    password = "河边的路灯 lantern 7 号"
    page.get_by_label(words["password"], exact=True).fill(password)
    page.get_by_label(words["again"]).fill(password)
    page.get_by_role("button", name=words["choose"]).click()
    page.get_by_role("button", name=words["leave"]).click()
    page.get_by_label(words["account"]).fill("ma")
    page.get_by_label(words["password"]).fill("not this one, surely")
    page.get_by_role("button", name=words["sign_in"]).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label(words["account"]).fill("ma")
    page.get_by_label(words["password"]).fill(password)
    page.keyboard.press("Enter")

    # found by its number, opened, leafed through with the keyboard
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=number).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    first, width = shown_picture(page)
    assert width == 420
    page.keyboard.press("ArrowRight")
    second, width = shown_picture(page)
    assert second != first and width == 420
    page.get_by_role("link", name=words["next"]).click()
    third, _ = shown_picture(page)
    assert len({first, second, third}) == 3
    page.keyboard.press("ArrowLeft")
    assert shown_picture(page)[0] == second
    assert "张立群" not in page.content()

    # returned with a reason for one paper; the window brings it again
    page.get_by_role("checkbox", name=words["invoice"]).check()
    page.get_by_label(words["why"]).fill("章不清楚")
    page.get_by_role("button", name=words["return"]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["returned"])
    expect(page.locator("main")).to_contain_text("章不清楚")
    new_invoice = Paper("invoice", picture("invoice again"), b"original again" + language.encode())
    again = window.event(
        [*pages[:3], new_invoice, pages[4]],
        application_id=sent["application_id"],
        revision=2,
        base_revision=1,
        receipt_number=number,
        remarks="已重拍",
        **home,
    )
    assert window.outcome(again)["result"] == "applied"
    window.upload_all([new_invoice])
    page.reload()
    expect(page.locator("main")).to_contain_text("已重拍")
    expect(page.locator(".strip img")).to_have_count(2)

    # accepted, registered, and a certificate with its scan
    page.get_by_role("button", name=words["accept"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["accepted"])
    expect(page.locator("main")).to_contain_text(re.compile(r"621121-20\d\d-\d{6}"))
    page.get_by_role("button", name=words["register"], exact=True).click()
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(PDF)
    page.get_by_label(words["number"]).fill("甘（2026）通渭县不动产权第0000001号")
    page.locator("input[type=file]").set_input_files(scan)
    page.get_by_role("button", name=words["certificate"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["issued"])
    with page.expect_download() as waiting:
        page.locator("a[href*='/evidence/']").click()
    assert Path(waiting.value.path()).read_bytes() == PDF

    page.get_by_role("button", name=words["leave"]).click()
    answer = page.goto(address(sent["application_id"]))
    assert answer is not None and answer.status == 403


def test_the_desk_works_without_its_script(new_page: NewPage, window: Window) -> None:
    sent, _ = hand_in(window, compound="demo-longfang", household="demo-longfang-1-1-401")
    page = new_page("ma")
    page.route("**/script.js", lambda route: route.abort())
    page.goto(address(sent["application_id"]))
    first, _ = shown_picture(page)
    page.get_by_role("link", name="下一页").click()
    second, width = shown_picture(page)
    assert second != first and width == 420
    page.get_by_role("navigation", name="页面目录").get_by_role("link").nth(4).click()
    assert shown_picture(page)[0] not in {first, second}
