"""The laptops of a session on the closing sheet: a dead one is asked for at the centre, and ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from registration.closing_sheet import Count
from registration.errors import Problem
from registration.facts import Fact, Topic, fact_to_json
from registration.packs import shipped
from registration.queue import rules_from
from storage import facts, line, session_closing, session_papers, site_sessions
from storage.ids import new_id
from tests.storage.evening import Evening
from ui.main_window import MainWindow
from ui.screens.closing import ClosingScreen
from ui.screens.session_parts import PartsSheet
from ui.services import Services
from ui.widgets import Sheet

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def services(services: Services, evening: Evening) -> Services:
    """A colleague's laptop has joined, and somebody waits with a number that this one gave."""
    at = evening.now + timedelta(minutes=1)
    fact = Fact(new_id(at), Topic.SESSION, "s-1", "joined", "c1", at, "A07", "o-2", "李雪梅", {"code": ""})
    evening.write(facts.take, at, fact_to_json(fact))
    evening.write(
        line.issue, evening.who, at, fact_id=new_id(at), slip_id="slip", rules=rules_from(shipped())
    )
    return services


@pytest.fixture
def closing(window: MainWindow, qtbot: QtBot) -> ClosingScreen:
    window.resize(1180, 700)
    window.show()
    screen = window.go("closing")
    assert isinstance(screen, ClosingScreen)
    qtbot.waitUntil(lambda: screen._sheet is not None, timeout=10_000)
    return screen


def receipt(number: str, device_code: str, **other: Any) -> dict[str, Any]:
    return {
        "application_id": number, "revision": 1, "device_code": device_code, "receipt_number": number,
        "voided": False, "state": "received", "submitted_at": "2026-11-24T19:00:00+08:00", "files": 4,
        "files_held": 4, **other,
    }  # fmt: skip


def sheet_of(window: MainWindow) -> PartsSheet:
    (found,) = window.findChildren(PartsSheet)
    return found


def test_who_waits_is_left_to_the_colleague_with_one_key(
    closing: ClosingScreen, evening: Evening, window: MainWindow, qtbot: QtBot
) -> None:
    closing.table.selectRow(list(Count).index(Count.SLIPS))
    assert window.height() == 700  # what is open is scrolled, and the button that closes stays in sight
    assert closing._leave.isVisible() and "李雪梅" in closing._leave.text()
    qtbot.keyClick(closing, Qt.Key.Key_1, ALT)
    said = closing._said().reasons[Count.SLIPS]
    assert "李雪梅" in said and "A07" in said
    found = evening.read(lambda db: session_closing.sheet(db, "s-1", closing._said()))
    assert Count.SLIPS not in [line.count for line in found.mismatches]


def test_a_dead_laptops_part_is_asked_for_and_ended(
    closing: ClosingScreen, services: Services, evening: Evening, window: MainWindow, qtbot: QtBot
) -> None:
    assert "2" in closing._parts.text()
    qtbot.keyClick(closing, Qt.Key.Key_O, CTRL)
    sheet = sheet_of(window)
    sheet.table.selectRow(1)
    qtbot.keyClick(sheet.table, Qt.Key.Key_Return)  # no network
    qtbot.waitUntil(sheet.problem.isVisible, timeout=10_000)
    assert sheet.problem.problem() == Problem("session_not_asked") and not sheet.receipts.isVisible()
    services.courier.session = {  # type: ignore[attr-defined]
        "session_id": "s-1", "server_time": 0.0,
        "receipts": [
            receipt("202611240-A07-0001", "A07"), receipt("202611240-A07-0002", "A07", files_held=3),
        ],
    }  # fmt: skip
    qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.receipts.isVisible, timeout=10_000)
    assert sheet.receipts.line_count() == 2 and sheet.receipts.line(1)[2:] == ("3 / 4", "否")
    assert "2 件" in sheet.said.text() and not sheet.explain.isVisible()
    qtbot.keyClick(sheet.table, Qt.Key.Key_E)
    (asked,) = (one for one in window.findChildren(Sheet) if one is not sheet and not one.isHidden())
    (reason,) = asked.findChildren(QLineEdit)
    qtbot.keyClick(reason, Qt.Key.Key_1, ALT)
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "1 " in closing._parts.text(), timeout=10_000)
    site = evening.read(site_sessions.site, "s-1")
    assert site is not None
    (dead,) = (part for part in site.parts if part.device_code == "A07")
    assert (dead.closed, dead.receipts, dead.words) == (True, 2, "电脑坏了")
    qtbot.waitUntil(lambda: not sheet.end.isVisible(), timeout=10_000)


def test_receipts_that_only_the_centre_has_become_the_reason_of_their_numbers(
    closing: ClosingScreen, services: Services, evening: Evening, window: MainWindow, qtbot: QtBot
) -> None:
    here = evening.read(lambda db: session_papers.issued(db, "s-1"))[0].number
    code = services.who.device_code
    gone = here[:-4] + "0091"
    services.courier.session = {  # type: ignore[attr-defined]
        "session_id": "s-1", "server_time": 0.0, "receipts": [receipt(here, code), receipt(gone, code)],
    }  # fmt: skip
    closing.open_parts()
    sheet = sheet_of(window)
    sheet.table.selectRow(0)
    assert sheet._part() == replace(sheet._site.parts[0], device_code=code)
    sheet.ask()
    qtbot.waitUntil(sheet.explain.isVisible, timeout=10_000)
    qtbot.keyClick(sheet.table, Qt.Key.Key_R)
    assert closing._said().reasons[Count.NUMBERS] == f"中心存有：{gone}"
