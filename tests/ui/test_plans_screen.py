"""Planned sessions at the window: planned for weeks, called off, and today's opened with two Enters."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from registration.facts import Fact, Topic, fact_to_json
from registration.session_plan import Plan, PlanState
from registration.session_team import Member
from storage import facts, session_plans, sessions, site_sessions
from storage.ids import new_id
from tests.storage.evening import Evening, end_session
from tests.ui import accessible
from ui.main_window import MainWindow
from ui.ready_result import Point, ReadyResult, keep_ready, last_ready, ready_words
from ui.screens.plans import PlansScreen
from ui.screens.session_parts import PartsSheet
from ui.screens.tonight import TonightScreen
from ui.services import Services
from ui.theme import Tone
from ui.widgets import SecondaryButton, Sheet


@pytest.fixture
def closed(window: MainWindow, evening: Evening) -> TonightScreen:
    """Tonight in the window where no session runs."""
    evening.discard(evening.sql("SELECT id FROM applications WHERE state = 'draft'")[0][0], "群众改日再来")
    end_session(evening)
    return cast(TonightScreen, window.go("tonight"))


def planned(evening: Evening, services: Services) -> str:
    plan_id = new_id(services.clock())
    plan = Plan(
        services.clock().astimezone().date().isoformat(), "19:00", "21:30", "冬夜场", "property_office",
        "2号楼一层", (Member("李小兰", "helper"), Member("赵国强", "leader")),
    )  # fmt: skip
    changes = evening.write(
        session_plans.plan_sessions, evening.who, services.clock(), compound_id="c1", plans=[plan],
        ids=[(new_id(services.clock()), plan_id)],
    )  # fmt: skip
    services.signals.changed.emit(changes)
    return plan_id


def test_weeks_are_planned_and_one_is_called_off_with_a_reason(
    window: MainWindow, evening: Evening, services: Services, qtbot: QtBot
) -> None:
    window.resize(1180, 700)
    qtbot.keyClick(window.screen_of("tonight"), Qt.Key.Key_F7)
    screen = window.screen_of("plans")
    assert isinstance(screen, PlansScreen) and window.place() == "plans"
    qtbot.waitUntil(lambda: screen._known is not None, timeout=10_000)
    qtbot.keyClick(screen.table, Qt.Key.Key_N)
    form = screen.form
    qtbot.waitUntil(form.isVisible)
    form.day.setText("2020-01-01")
    form.weeks.setText("3")
    form.fields.team.first.setText("李小兰")
    qtbot.keyClick(form.weeks, Qt.Key.Key_Return)
    qtbot.waitUntil(form.problem.isVisible, timeout=10_000)
    first = services.clock().astimezone().date() + timedelta(days=4)
    form.day.setText(f"{first:%Y%m%d}")
    qtbot.keyClick(form.day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.table.line_count() == 3, timeout=10_000)
    qtbot.keyClick(screen.table, Qt.Key.Key_D)
    (sheet,) = window.findChildren(Sheet)
    (reason,) = sheet.findChildren(QLineEdit)
    qtbot.keyClick(reason, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    today = first - timedelta(days=4)
    qtbot.waitUntil(
        lambda: evening.read(session_plans.coming, today)[0].state is PlanState.CALLED_OFF, timeout=10_000
    )
    found = evening.read(session_plans.coming, today)
    assert [one.plan.day for one in found] == [str(first + timedelta(weeks=n)) for n in range(3)]
    assert found[0].reason == "场地不能用" and found[1].plan.team == (Member("李小兰", "helper"),)
    qtbot.keyClick(screen.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.place() == "tonight")


def test_todays_plan_fills_the_form_and_the_session_is_the_plans(
    closed: TonightScreen, evening: Evening, services: Services, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1180, 700)
    plan_id = planned(evening, services)
    form = closed._form
    qtbot.waitUntil(lambda: len(form._offers) == 1, timeout=10_000)
    window.show()
    assert form._open.mapTo(window, form._open.rect().bottomLeft()).y() < window.height()
    form.shown()
    qtbot.keyClick(form._offers[0], Qt.Key.Key_Return)
    assert form._name.text() == "冬夜场" and form._open.hasFocus()
    assert form._fields.kind.currentData() == "property_office"
    with qtbot.waitSignal(closed.session_changed, timeout=10_000):
        qtbot.keyClick(form._open, Qt.Key.Key_Return)
    session = evening.read(sessions.current)
    plan = evening.read(session_plans.planned, plan_id)
    assert session is not None and plan is not None
    assert (session.id, session.title, session.helper_name) == (plan.session_id, "冬夜场", "李小兰")
    assert plan.state is PlanState.BEGUN
    site = evening.read(site_sessions.site, session.id)
    assert site is not None and (site.kind, site.place) == ("property_office", "2号楼一层")
    assert Member("赵国强", "leader") in site.team
    assert evening.read(lambda db: facts.of_subject(db, Topic.PLAN, plan_id))[-1].verb == "begun"


def test_enter_in_the_list_leads_to_the_filled_form(
    closed: TonightScreen, evening: Evening, services: Services, window: MainWindow, qtbot: QtBot
) -> None:
    planned(evening, services)
    screen = cast(PlansScreen, window.go("plans"))
    qtbot.waitUntil(lambda: screen.table.line_count() == 1, timeout=10_000)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.place() == "tonight", timeout=10_000)
    assert closed._form._name.text() == "冬夜场"
    assert [one for one in closed._form.findChildren(SecondaryButton) if "冬夜场" in one.text()]


def test_what_was_never_closed_elsewhere_leads_to_its_laptops(
    window: MainWindow, evening: Evening, services: Services, qtbot: QtBot
) -> None:
    at = services.clock() - timedelta(days=2)
    told = Fact(
        new_id(at), Topic.SESSION, "s-9", "opened", "c1", at, "A07", "o-2", "李雪梅", {"title": "夜场"}
    )
    evening.write(facts.take, services.clock(), fact_to_json(told))
    planned(evening, services)
    window.show()
    screen = cast(PlansScreen, window.go("plans"))
    qtbot.waitUntil(lambda: screen.table.line_count() == 2, timeout=10_000)
    assert screen.table.currentIndex().row() == 1  # today's plan, not what is over
    assert "A07" in screen.table.line(0)[4]
    screen.table.selectRow(0)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    (sheet,) = window.findChildren(PartsSheet)
    assert sheet.end.isVisible()
    for root in (screen, screen.form, sheet):
        assert accessible.nameless(root) == [] and accessible.small(root) == []


def test_the_form_says_how_the_check_before_leaving_ended(
    closed: TonightScreen, services: Services, window: MainWindow, qtbot: QtBot
) -> None:
    now, folder = services.clock(), services.data_dir
    assert ready_words(None, now)[0] is Tone.AMBER
    keep_ready(folder, ReadyResult(now, (Point.PRINTER,), (Point.READER,)))
    closed.shown()
    assert "打印机" in closed._form._ready.text() and "身份证读卡器" in closed._form._ready.text()
    assert ready_words(last_ready(folder), now)[0] is Tone.SEAL
    assert ready_words(last_ready(folder), now + timedelta(days=1))[0] is Tone.AMBER
    assert ready_words(ReadyResult(now), now)[0] is Tone.PRIMARY
    (folder / "ready.json").write_text('{"at": 1}', "utf-8")
    assert last_ready(folder) is None
    qtbot.keyClick(closed._form._ready, Qt.Key.Key_Return)
    assert window.place() == "ready"
    qtbot.waitUntil(lambda: last_ready(folder) is not None, timeout=30_000)  # looking at everything keeps it
