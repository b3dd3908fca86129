"""An administrator's pages in a real browser: a code, a person, a ledger with a fault, a pack for some."""

from __future__ import annotations

import io
import json
import uuid
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect
from sqlalchemy import Engine

from registration.packs import shipped
from server.ledger_form import empty_ledger
from server.store import devices
from server.store.database import transaction
from tests.browser.conftest import NewPage
from tests.server.window import Window


@pytest.fixture
def administrator(engine: Engine) -> str:
    account = f"admin-{uuid.uuid4().hex}"
    with transaction(engine) as connection:
        devices.add_operator(connection, datetime.now(UTC), account, "安管理", "administrator")
    return account


def test_an_administrators_round(
    new_page: NewPage, administrator: str, window: Window, tmp_path: Path
) -> None:
    page = new_page(administrator)
    page.goto("/desk/devices?lang=zh")
    page.get_by_role("checkbox", name="陇纺家属院").check()
    page.get_by_role("button", name="生成登记码").click()
    expect(page.get_by_role("img", name="登记码的二维码")).to_be_visible()
    code = page.locator(".plate").inner_text()
    assert Window(window.url).enrol(code).status == 200

    page.get_by_role("link", name="人员").click()
    page.get_by_role("textbox", name="姓名").fill("新审核")
    page.get_by_role("textbox", name="账号").fill(f"new-{uuid.uuid4().hex[:6]}")
    page.get_by_label("角色", exact=True).select_option("reviewer")
    page.get_by_role("button", name="新增人员").click()
    row = page.get_by_role("row").filter(has_text="新审核")
    row.get_by_role("button", name="密码链接").click()
    link = page.locator(".link").inner_text()
    newcomer = new_page()
    newcomer.goto(link)
    expect(newcomer.get_by_role("heading", name="设置密码")).to_be_visible()

    page.get_by_role("link", name="楼盘台账").click()
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(empty_ledger())
    book = openpyxl.load_workbook(io.BytesIO(empty_ledger()))
    book["房屋"]["G2"] = "大概九十"
    book.save(bad)
    page.locator("input[type=file]").set_input_files(bad)
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="建筑面积")).to_contain_text("不是面积")
    page.locator("input[type=file]").set_input_files(good)
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_role("status")).to_contain_text("已导入")

    page.get_by_role("link", name="数据包").click()
    version = f"2034.{int(datetime.now(UTC).timestamp())}.1"
    pack = tmp_path / "pack.json"
    pack.write_text(
        json.dumps({**shipped()["fees"], "version": version, "effective_from": "2099-01-01"}), "utf-8"
    )
    page.locator("input[type=file]").set_input_files(pack)
    page.get_by_label("设备比例（%）").fill("20")
    page.get_by_role("button", name="发布数据包").click()
    row = page.get_by_role("row").filter(has_text=version)
    expect(row).to_contain_text("试点")
    row.get_by_role("button", name="扩大到全部").click()
    expect(page.get_by_role("row").filter(has_text=version)).to_contain_text("全部窗口")

    page.get_by_role("link", name="审计").click()
    expect(page.locator("main")).to_contain_text("pack_rolled_out")
