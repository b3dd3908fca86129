"""Ending a case in the queue: F9, a reason, and its paper waits to be printed; F7 takes the newest rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from registration.application import CaseState
from registration.packs import TYPES
from storage import applications, feed, outbox, print_queue
from storage.closing import WITHDRAWN_EVENT
from tests.driving import press, wait_until, write
from tests.storage.evening import Evening
from tests.storage.test_packs import newer, wanting_a_proof
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.papers import case_facts
from ui.screens.case_detail import CaseDetail
from ui.screens.queue import QueueScreen
from ui.screens.refusal_sheet import RefusalSheet
from ui.widgets import Chip, Sheet


@pytest.fixture
def detail(window: MainWindow, qtbot: QtBot) -> CaseDetail:
    screen = window.go("queue")
    assert isinstance(screen, QueueScreen)
    window.activateWindow()
    qtbot.waitUntil(lambda: screen._model.rowCount() == 4 and screen._table.hasFocus())
    return screen._detail


def queue_of(detail: CaseDetail) -> QueueScreen:
    above = detail.parentWidget()
    assert isinstance(above, QueueScreen)
    return above


def show(detail: CaseDetail, evening: Evening, name: str) -> str:
    row = evening.read(applications.rows, search=name)[0]
    queue_of(detail).show_case(row.id)
    wait_until(lambda: detail._loaded is not None and detail._loaded[0].application.id == row.id, "the case")
    return row.id


def state_of(evening: Evening, case: str) -> CaseState:
    found = evening.read(applications.detail, case)
    assert found is not None
    return found.state


def sheet(detail: CaseDetail) -> Sheet:
    found: list[Sheet] = []

    def opened() -> bool:
        found[:] = [each for each in detail.window().findChildren(Sheet) if each.isVisible()]
        return bool(found)

    wait_until(opened, "the question")
    return found[0]


def shown(detail: CaseDetail) -> str:
    return "\n".join(label.text() for label in detail.findChildren(QLabel) if label.isVisible())


def paper_of(evening: Evening, case: str) -> Any:
    (paper,) = evening.read(print_queue.papers, application_id=case)
    return paper.wish


def test_f9_and_enter_refuse_a_draft_with_everything_that_is_missing(detail: CaseDetail, evening: Evening):
    case = show(detail, evening, "赵玉兰")
    press("F9")
    asked = sheet(detail)
    assert isinstance(asked, RefusalSheet) and asked._points
    press("Return")
    wait_until(lambda: state_of(evening, case) is CaseState.REJECTED, "the refusal")
    wish = paper_of(evening, case)
    assert wish.document == "refusal" and "incomplete" in wish.facts["grounds"]
    assert {"购房发票", "商品房买卖合同"} <= {item["name"] for item in wish.facts["items"]} or wish.facts[
        "items"
    ]
    wait_until(lambda: "未予受理" in shown(detail), "how it ended")
    again = evening.read(lambda db: case_facts(db, "refusal", case, language="zh", now=evening.now))
    assert (again["grounds"], again["items"]) == (wish.facts["grounds"], wish.facts["items"])


def test_a_property_of_another_body_names_it_on_the_notice(detail: CaseDetail, evening: Evening):
    case = show(detail, evening, "赵玉兰")
    press("F9")
    asked = sheet(detail)
    press("Alt+2")
    assert isinstance(asked, RefusalSheet) and not asked._go.isEnabled(), "its name is needed"
    write("皋兰县不动产登记中心")
    press("Return")
    wait_until(lambda: state_of(evening, case) is CaseState.REJECTED, "the refusal")
    facts = paper_of(evening, case).facts
    assert (facts["grounds"], facts["competent"]) == (["scope"], "皋兰县不动产登记中心")


def test_a_submitted_case_is_withdrawn_with_its_form_and_the_centre_is_told(
    detail: CaseDetail, evening: Evening
):
    case = show(detail, evening, "丁博")
    press("F9")
    sheet(detail)
    press("Alt+1")
    press("Return")
    wait_until(lambda: state_of(evening, case) is CaseState.WITHDRAWN, "the withdrawal")
    wish = paper_of(evening, case)
    assert wish.document == "withdrawal" and wish.facts["withdrawal_reason"]
    kinds = evening.sql("SELECT kind FROM outbox WHERE application_id = ? ORDER BY seq", case)
    assert kinds == [(outbox.SUBMITTED,), (WITHDRAWN_EVENT,)]
    wait_until(lambda: not detail._end.isVisible(), "nothing more to end")
    press("F9")
    assert not [each for each in detail.window().findChildren(Sheet) if each.isVisible()]


def test_esc_leaves_the_case_as_it_is(detail: CaseDetail, evening: Evening):
    case = show(detail, evening, "赵玉兰")
    press("F9")
    asked = sheet(detail)
    press("Escape")
    wait_until(lambda: not asked.isVisible(), "the case again")
    assert state_of(evening, case) is CaseState.DRAFT
    assert evening.read(print_queue.papers) == []


def test_a_draft_of_older_rules_takes_the_newest_by_one_key(detail: CaseDetail, evening: Evening):
    case = show(detail, evening, "赵玉兰")
    assert not detail._renew.isVisible()
    item = {"seq": 20, "kind": "pack", "body": newer(TYPES, wanting_a_proof)}
    evening.write(feed.apply_feed, evening.now, [item], 20)
    queue_of(detail).show_case(case)
    wait_until(detail._renew.isVisible, "the offer")
    press("F7")
    wait_until(lambda: not detail._renew.isVisible(), "the newest rules")
    application = evening.read(applications.application, case)
    assert application is not None and application.pack_versions[TYPES] == "2099.1"
    wait_until(lambda: "草稿改用新规则" in shown(detail), "the history")


def test_checks_and_tracks_of_the_centre_stand_in_the_case(detail: CaseDetail, evening: Evening):
    case = show(detail, evening, "魏秀英")

    def chips() -> list[str]:
        return [chip.text() for chip in detail._checks.findChildren(Chip) if chip.isVisible()]

    wait_until(lambda: chips() and set(chips()) == {"待联网核验"}, "all waiting")
    body = {
        "application_id": case, "revision": 1, "state": "accepted",
        "checks": [{"code": "seizure", "result": "stops", "note": "城关法院预查封"}],
        "tracks": [{"track": "tax", "state": "held_up", "owed_by": "developer", "note": "欠缴"}],
    }  # fmt: skip
    evening.write(feed.apply_feed, evening.now, [{"seq": 20, "kind": "status", "body": body}], 20)
    wait_until(lambda: "城关法院预查封" in shown(detail) and chips()[0] == "有障碍", "what was found")
    wait_until(lambda: "开发企业欠缴 · 欠缴" in shown(detail), "whose debt it is")


# -- in the intake ------------------------------------------------------------------------------------------


def test_f9_at_the_review_refuses_the_case_in_hand_as_it_stands_on_the_screen(
    window: MainWindow, evening: Evening
):
    draft = evening.read(applications.rows, search="赵玉兰")[0].id
    screen = window.go("intake")
    assert isinstance(screen, IntakeScreen)
    screen.open_draft(draft)
    case = screen.case()
    assert case is not None
    case.edit(lambda application: replace(application, remarks="刚刚写的"))
    screen.go(Step.REVIEW)
    wait_until(screen.review_page.refuse_button.isVisible, "the review")
    press("F9")
    wait_until(lambda: any(s.isVisible() for s in window.window().findChildren(RefusalSheet)), "the ground")
    press("Return")
    wait_until(lambda: state_of(evening, draft) is CaseState.REJECTED, "the refusal")
    wait_until(lambda: window.place() == "tonight" and screen.case() is None, "tonight")
    wish = paper_of(evening, draft)
    assert wish.document == "refusal" and wish.facts["remarks"] == "刚刚写的"


def test_f7_at_the_review_takes_the_newest_rules_and_asks_for_what_they_want(
    window: MainWindow, evening: Evening
):
    draft = evening.read(applications.rows, search="赵玉兰")[0].id
    screen = window.go("intake")
    assert isinstance(screen, IntakeScreen)
    screen.open_draft(draft)
    screen.go(Step.REVIEW)
    case = screen.case()
    assert case is not None and not case.newer
    item = {"seq": 20, "kind": "pack", "body": newer(TYPES, wanting_a_proof)}
    evening.write(feed.apply_feed, evening.now, [item], 20)
    wait_until(screen.review_page.renew_button.isVisible, "the offer")
    assert "materials.heating_proof" not in {problem.field for problem in case.missing()}
    press("F7")
    wait_until(lambda: not screen.review_page.renew_button.isVisible(), "the newest rules")
    assert "materials.heating_proof" in {problem.field for problem in case.missing()}
    assert any("供热" in line.text() for line in screen.review_page.lines)
    stored = evening.read(applications.application, draft)
    assert stored is not None and stored.pack_versions == case.application.pack_versions
