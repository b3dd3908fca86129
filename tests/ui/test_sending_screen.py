"""Sending: each item in plain words with cause and next try, and the link as a person steers it, by keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from registration.errors import Problem
from registration.link import LinkMode, MeteredRule
from storage import link, outbox, sending
from storage.arrivals import Arrival
from storage.sending import SendingCounts, SendingRow, Standing
from sync.status import Holding, PagesHeld, Phase, SyncStatus
from tests.storage.evening import NOW, Evening
from tests.ui.window import PaperTray, ToldCourier, with_tray
from ui.screens.case_detail import CaseDetail
from ui.screens.sending import SendingScreen
from ui.sending_words import item_words, link_cause
from ui.services import Services
from ui.theme import Tone


def courier_of(services: Services) -> ToldCourier:
    assert isinstance(services.courier, ToldCourier)
    return services.courier


@pytest.fixture
def screen(services: Services, qtbot: QtBot) -> SendingScreen:
    courier_of(services).status = SyncStatus(Phase.CONNECTED, waiting=1, parked=1)
    return opened(services, qtbot)


def opened(services: Services, qtbot: QtBot) -> SendingScreen:
    made = SendingScreen(services)
    qtbot.addWidget(made)
    made.resize(1200, 680)
    made.show()
    made.activateWindow()
    made.shown()
    qtbot.waitUntil(lambda: made._model.counts().whole == 3 and made._item.isVisible())
    return made


def settings(evening: Evening) -> tuple[LinkMode, int, MeteredRule]:
    found = evening.read(link.link_settings)
    return found.mode, found.limit_kbit, found.metered


def test_what_needs_a_person_is_first_and_says_why(screen: SendingScreen, services: Services, qtbot: QtBot):
    row = screen._table.chosen_row()
    assert row is not None and row.standing is Standing.PARKED
    words = item_words(row, services.courier.status, services.clock())
    assert (words.state, words.tone) == ("需要处理", Tone.SEAL)
    assert words.cause == "中心没有这一户，请核对楼盘表。" and "R" in words.again
    with qtbot.waitSignal(screen.case_wanted) as wanted:
        qtbot.keyClick(screen._table, Qt.Key.Key_Return)
    assert wanted.args == [row.application_id]


def test_r_lets_it_go_again(screen: SendingScreen, services: Services, evening: Evening, qtbot: QtBot):
    qtbot.keyClick(screen._table, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: courier_of(services).woken == 1)
    assert evening.read(sending.counts) == SendingCounts(parked=0, failed=1, waiting=1, held=1)


def test_control_r_retries_all(screen: SendingScreen, services: Services, evening: Evening, qtbot: QtBot):
    qtbot.keyClick(screen._table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: courier_of(services).woken == 1)
    assert evening.read(outbox.pending_counts).parked == 0


def test_keys_pause_and_keep_to_facts_and_back(screen: SendingScreen, evening: Evening, qtbot: QtBot):
    for key, mode in (
        (Qt.Key.Key_P, LinkMode.PAUSED),
        (Qt.Key.Key_O, LinkMode.FACTS_ONLY),
        (Qt.Key.Key_P, LinkMode.PAUSED),
        (Qt.Key.Key_P, LinkMode.RUNNING),
    ):
        qtbot.keyClick(screen._table, key)
        qtbot.waitUntil(lambda mode=mode: screen._road.settings().mode is mode)  # type: ignore[misc]
        assert settings(evening)[0] is mode


def test_a_limit_is_typed_and_a_wrong_one_is_said(screen: SendingScreen, evening: Evening, qtbot: QtBot):
    qtbot.keyClick(screen._table, Qt.Key.Key_L)
    field = screen._road._limit
    assert field.hasFocus()
    qtbot.keyClicks(field, "256")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settings(evening)[1] == 256)
    field.setText("3")
    field.editingFinished.emit()
    screen._road.set_status(SyncStatus(Phase.CONNECTED))  # the link's news come meanwhile
    assert screen._road._problem.isVisible() and settings(evening)[1] == 256
    assert screen.back() and screen._table.hasFocus()  # Esc leaves the field


def test_a_link_paid_by_volume_asks_and_y_answers(screen: SendingScreen, services: Services, qtbot: QtBot):
    assert not screen._road._ask.isVisible()
    qtbot.keyClick(screen._table, Qt.Key.Key_Y)
    assert courier_of(services).allowed == 0
    held = SyncStatus(Phase.CONNECTED, bytes_waiting=2_500_000, metered=True, pages_held=PagesHeld.METERED)
    services.signals.sync_status.emit(held)
    assert screen._road._ask.isVisible() and "2.5 MB" in screen._road._question.text()
    qtbot.keyClick(screen._table, Qt.Key.Key_Y)
    assert courier_of(services).allowed == 1


def test_speed_and_time_left_are_said_while_pages_travel(screen: SendingScreen, services: Services):
    moving = SyncStatus(Phase.SENDING, pages_waiting=8, bytes_waiting=3_000_000, rate=50_000.0)
    services.signals.sync_status.emit(moving)
    assert "50 kB" in screen._road._speed.text() and "1 分 0 秒" in screen._road._speed.text()
    services.signals.sync_status.emit(SyncStatus(Phase.CONNECTED))
    assert screen._road._speed.text() == ""


def test_the_centre_is_asked_what_it_holds(screen: SendingScreen, services: Services, qtbot: QtBot):
    row = screen._table.chosen_row()
    assert row is not None
    courier = courier_of(services)
    courier.holding = Holding(row.application_id, known=True, whole=False, lacking=3, bytes_there=120_000)
    qtbot.keyClick(screen._table, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: "3" in screen._item._holding.text())
    assert "120 kB" in screen._item._holding.text()
    courier.holding = Problem("offline")
    qtbot.keyClick(screen._table, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: "120 kB" not in screen._item._holding.text())


def test_arrival_is_asked_for_and_printed(
    services: Services, evening: Evening, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    tray = PaperTray()
    services = with_tray(services, tray, evening)
    screen = opened(services, qtbot)
    panel = screen._arrival
    assert not panel._print.isVisible()
    courier_of(services).arrival = Arrival(NOW, {}, "", ("a", "b"))
    qtbot.keyClick(screen._table, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: "2" in panel._answer.text())
    assert not panel._print.isVisible()
    statement = {
        "device_id": "d-1",
        "device_code": "A03",
        "count": 3,
        "digest": "0" * 64,
        "first_receipt": "1",
        "last_receipt": "3",
        "audit_head": "",
        "server_time": NOW.timestamp(),
    }
    courier_of(services).arrival = Arrival(NOW, statement, "A" * 86, ())
    qtbot.keyClick(screen._table, Qt.Key.Key_A)
    qtbot.waitUntil(panel._print.isVisible)
    assert "3" in panel._answer.text()
    qtbot.keyClick(screen._table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(tray.jobs) == 1 and panel._print.isEnabled())
    assert tray.jobs[0][1].startswith(b"%PDF")
    assert evening.read(link.link_settings).mode is LinkMode.RUNNING  # Ctrl P is not P


def test_a_hundred_thousand_rows_are_read_where_they_are_looked_at(
    screen: SendingScreen, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
):
    read: list[int] = []
    real = screen._table.chosen_row()
    assert real is not None

    def page(_db: object, offset: int, limit: int, _totals: SendingCounts) -> list[SendingRow]:
        read.append(offset)
        return [real] * limit

    monkeypatch.setattr(sending, "counts", lambda _db: SendingCounts(waiting=100_000))
    monkeypatch.setattr(sending, "page", page)
    screen._model.reload()
    qtbot.waitUntil(lambda: screen._model.rowCount() == 100_000)
    screen._table.scrollToBottom()
    screen.repaint()
    qtbot.waitUntil(lambda: screen._model.row_at(99_999) is not None)
    assert len(read) < 12


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (SyncStatus(Phase.PAUSED), "链路已暂停"),
        (SyncStatus(Phase.OFFLINE, problem=Problem("offline")), "连不上中心"),
        (SyncStatus(Phase.CONNECTED, problem=Problem("centre_error")), None),
        (SyncStatus(Phase.CONNECTED), None),
    ],
)
def test_the_links_cause_is_the_items_cause(status: SyncStatus, cause: str | None, screen: SendingScreen):
    said = link_cause(status)
    assert (said[0] if said else None) == cause


def test_the_next_try_is_said_in_seconds_and_by_the_clock(screen: SendingScreen, services: Services):
    row = screen._table.chosen_row()
    now = services.clock()
    assert row is not None
    offline = SyncStatus(Phase.OFFLINE, problem=Problem("offline"), next_try_at=now + timedelta(seconds=12))
    failed = SendingRow(**{**vars(row), "standing": Standing.FAILED, "error_code": "offline"})
    assert item_words(failed, offline, now).again == "12 秒后"
    late = SyncStatus(Phase.OFFLINE, next_try_at=now + timedelta(minutes=10))
    assert ":" in item_words(failed, late, now).again
    assert item_words(failed, SyncStatus(Phase.PAUSED), now).again == "恢复后"


def test_a_case_says_why_it_has_not_gone_and_when_it_goes_again(
    services: Services, evening: Evening, qtbot: QtBot
):
    (row,) = evening.write(outbox.claim, evening.now, 1)
    later = evening.now + timedelta(seconds=30)
    evening.write(outbox.reschedule, evening.now, row.id, "offline", later)
    detail = CaseDetail(services)
    qtbot.addWidget(detail)
    detail.show()
    detail.show_case(row.application_id)
    qtbot.waitUntil(detail._problem.isVisible)
    said = " ".join(label.text() for label in detail._problem.findChildren(QLabel))
    assert "连不上中心" in said and "下次尝试" in said
