"""The queue: search, the case beside the list, masked data, the way out of a refusal, large lists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from registration.application import CaseState, Delivery
from registration.identifiers import mask_name
from registration.receipt import Receipt
from storage import applications, audit, voiding
from storage.second_person import Alone
from tests.storage.evening import Evening
from tests.ui.window import CHEN, DING, REASON_EN, REASON_ZH, WEI, ZHAO, ToldCourier
from ui.main_window import MainWindow
from ui.models.application_list import BLOCK, ApplicationList, Query
from ui.screens.queue import QueueScreen
from ui.services import Services
from ui.settings import Settings
from ui.states import row_chip
from ui.theme import Tone
from ui.widgets.page_viewer import PageViewer


@pytest.fixture
def queue(window: MainWindow, qtbot: QtBot) -> QueueScreen:
    screen = window.go("queue")
    assert isinstance(screen, QueueScreen)
    qtbot.waitUntil(lambda: screen._model.rowCount() == 4)
    window.activateWindow()
    qtbot.waitUntil(screen._table.hasFocus)
    return screen


def opened(queue: QueueScreen, evening: Evening, qtbot: QtBot, name: str) -> str:
    """Open the case of a person and wait until it is shown."""
    row = evening.read(applications.rows, search=name)[0]
    queue.show_case(row.id)
    masked = mask_name(row.applicant_name)
    qtbot.waitUntil(lambda: masked in read(queue) and "经过" in read(queue) and "开始受理" in read(queue))
    return row.id


def read(queue: QueueScreen) -> str:
    return "\n".join(label.text() for label in queue._detail.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("魏", ["魏秀英"]),
        ("db", ["丁博"]),
        (CHEN.document_number[-4:], ["陈卫东"]),
        (DING.phone[-4:], ["丁博"]),
        ("102", ["陈卫东"]),
        ("nobody at all", []),
    ],
)
def test_search_as_you_type(queue: QueueScreen, qtbot: QtBot, typed: str, names: list[str]):
    asked: list[str] = []
    queue._search.searched.connect(asked.append)
    qtbot.keyClick(queue, Qt.Key.Key_Slash)
    if typed.isascii():
        qtbot.keyClicks(queue._search, typed)
    else:
        queue._search.insert(typed)  # as an input method commits it
    qtbot.waitUntil(lambda: queue._model.rowCount() == len(names))
    qtbot.waitUntil(lambda: asked[-1:] == [typed])
    assert len(asked) < max(len(typed), 2)  # not at every key
    rows = [queue._model.row_at(i) for i in range(queue._model.rowCount())]
    assert [row.applicant_name for row in rows if row] == names
    assert queue._stack.currentIndex() == (0 if names else 1)


def test_the_filter_shows_one_state(queue: QueueScreen, qtbot: QtBot):
    queue._filter.chosen.emit("draft")
    qtbot.waitUntil(lambda: queue._model.rowCount() == 1)
    row = queue._model.row_at(0)
    assert row is not None and row.state is CaseState.DRAFT


def test_names_and_numbers_are_masked_everywhere(queue: QueueScreen, evening: Evening, qtbot: QtBot):
    opened(queue, evening, qtbot, "魏秀英")
    shown = read(queue)
    cells = [str(queue._model.index(row, column).data()) for row in range(4) for column in range(6)]
    for secret in (WEI.name, WEI.document_number, WEI.phone, WEI.document_number[:14]):
        assert secret not in shown
        assert not any(secret in cell for cell in cells)
    assert "魏*英" in shown and WEI.document_number[-4:] in shown


def test_holding_f8_shows_them_letting_go_hides_them_and_the_look_is_audited(
    queue: QueueScreen, evening: Evening, qtbot: QtBot
):
    case = opened(queue, evening, qtbot, "魏秀英")
    qtbot.keyPress(queue._table, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: WEI.name in read(queue) and WEI.document_number in read(queue))
    qtbot.keyRelease(queue._table, Qt.Key.Key_F8)
    assert WEI.name not in read(queue)
    qtbot.waitUntil(lambda: "魏*英" in read(queue))

    def audited() -> bool:
        return evening.read(audit.history, case)[0].action == "personal_data_shown"

    qtbot.waitUntil(audited)
    assert evening.read(audit.verify) is None


def test_the_button_held_by_the_mouse_does_the_same(queue: QueueScreen, evening: Evening, qtbot: QtBot):
    opened(queue, evening, qtbot, "丁博")
    qtbot.mousePress(queue._detail._reveal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: DING.name in read(queue))
    qtbot.mouseRelease(queue._detail._reveal, Qt.MouseButton.LeftButton)
    assert DING.name not in read(queue)


def test_an_accepted_case_shows_the_centres_number(queue: QueueScreen, evening: Evening, qtbot: QtBot):
    opened(queue, evening, qtbot, "魏秀英")
    assert "202611240001" in read(queue) and "中心已签收" in read(queue)
    assert queue._detail._lamps._delivery is Delivery.HELD
    assert not queue._detail._problem.isVisible()


def test_a_refused_case_says_why_and_can_be_sent_again(
    queue: QueueScreen, evening: Evening, services: Services, qtbot: QtBot, settings: Settings
):
    case = opened(queue, evening, qtbot, "陈卫东")
    assert REASON_ZH in read(queue)
    settings.change(language="en")
    qtbot.waitUntil(lambda: REASON_EN in read(queue))
    queue._detail._problem._retry.click()
    courier = services.courier
    assert isinstance(courier, ToldCourier)
    qtbot.waitUntil(lambda: courier.woken == 1)
    qtbot.waitUntil(lambda: not queue._detail._problem._retry.isVisible())
    assert queue._detail._problem.property("tone") == "amber"  # waiting again, with the last reason
    found = evening.read(applications.detail, case)
    assert found is not None and found.delivery is Delivery.ON_DISK


def test_the_pages_are_listed_by_paper_and_open_whole(queue: QueueScreen, evening: Evening, qtbot: QtBot):
    opened(queue, evening, qtbot, "魏秀英")
    assert "材料 · 5 页" in read(queue) and "商品房买卖合同" in read(queue)
    assert queue._detail._loaded is not None
    page = queue._detail._loaded[0].pages[0]
    queue._detail._view(page.id)
    viewer = queue.window().findChildren(PageViewer)[0]
    qtbot.waitUntil(lambda: not viewer._image.isNull())
    before = viewer._image
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not viewer._image.isNull() and viewer._image != before)
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not queue.window().findChildren(PageViewer))


def test_the_receipt_and_the_draft_are_one_key_away(queue: QueueScreen, evening: Evening, qtbot: QtBot):
    receipts: list[Receipt] = []
    drafts: list[str] = []
    queue.receipt_wanted.disconnect()
    queue.draft_wanted.disconnect()
    queue.receipt_wanted.connect(receipts.append)
    queue.draft_wanted.connect(drafts.append)
    opened(queue, evening, qtbot, "魏秀英")
    qtbot.keyClick(queue._table, Qt.Key.Key_Return)
    case = opened(queue, evening, qtbot, "赵玉兰")
    qtbot.keyClick(queue._table, Qt.Key.Key_Return)
    assert [receipt.applicant for receipt in receipts] == [WEI.name] and drafts == [case]
    assert ZHAO.name not in read(queue)


def test_esc_closes_the_case_then_leaves(
    queue: QueueScreen, window: MainWindow, evening: Evening, qtbot: QtBot
):
    opened(queue, evening, qtbot, "丁博")
    qtbot.keyClick(queue._table, Qt.Key.Key_Escape)
    assert queue._detail.application_id() == "" and window.place() == "queue"
    qtbot.keyClick(queue._table, Qt.Key.Key_Escape)
    assert window.place() == "tonight"


def test_a_commit_refreshes_the_list_and_keeps_the_selection(
    queue: QueueScreen, evening: Evening, qtbot: QtBot
):
    case = opened(queue, evening, qtbot, "丁博")
    evening.start()
    qtbot.waitUntil(lambda: queue._model.rowCount() == 5)
    row = queue._table.chosen_row()
    assert row is not None and row.id == case


def test_on_a_narrow_window_the_case_takes_the_lists_place(
    queue: QueueScreen, window: MainWindow, evening: Evening, qtbot: QtBot
):
    qtbot.waitUntil(lambda: queue._detail.application_id() != "")
    queue.back()
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: queue._list.isVisible() and not queue._detail.isVisible())
    opened(queue, evening, qtbot, "丁博")
    assert not queue._list.isVisible() and queue._detail.isVisible()
    qtbot.keyClick(queue, Qt.Key.Key_Escape)
    assert queue._list.isVisible() and not queue._detail.isVisible()


def test_a_long_list_reads_only_the_blocks_that_are_looked_at(
    services: Services, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    """100,000 rows, as the model sees them; the store's own speed at that size is measured elsewhere."""
    real = applications.rows
    asked: list[int] = []

    def many(db: object, **wish: object) -> list[applications.ApplicationRow]:
        asked.append(int(wish["offset"]))  # type: ignore[call-overload]
        found = real(db, limit=4)  # type: ignore[arg-type]
        return [replace(found[0], id=f"a{wish['offset']}-{i}") for i in range(BLOCK)]

    monkeypatch.setattr(applications, "rows", many)
    monkeypatch.setattr(applications, "count", lambda db, **_: 100_000)
    model = ApplicationList(services)
    model.show_query(Query())
    qtbot.waitUntil(lambda: model.rowCount() == 100_000)
    assert asked == [0]
    far = model.index(90_000, 0)
    assert far.data() is None  # not here yet, and nobody waits for it
    qtbot.waitUntil(lambda: far.data() is not None)
    assert asked == [0, 90_000 // BLOCK * BLOCK]


def test_turning_to_the_queue_shows_the_newest_case_unless_one_was_asked_for(
    queue: QueueScreen, window: MainWindow, evening: Evening, qtbot: QtBot
):
    qtbot.waitUntil(lambda: mask_name(ZHAO.name) in read(queue))  # the draft was touched last
    window.go("tonight")
    wanted = evening.read(applications.rows, search="魏秀英")[0].id
    window.screen_of("tonight").case_wanted.emit(wanted)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: mask_name(WEI.name) in read(queue))
    qtbot.wait(200)
    assert queue._detail.application_id() == wanted


def test_a_void_receipt_shows_in_the_list_and_in_the_case(window: MainWindow, evening: Evening, qtbot: QtBot):
    queue = window.go("queue")
    assert isinstance(queue, QueueScreen)
    row = next(row for row in evening.read(applications.rows) if row.acceptance_number)
    queue.show_case(row.id)
    qtbot.waitUntil(lambda: queue._detail._loaded is not None)
    evening.write(
        voiding.void_receipt,
        evening.who,
        evening.now,
        row.receipt_number,
        "重复开具",
        "v-1",
        Alone("一人值守"),
    )
    qtbot.waitUntil(lambda: "收件凭证已作废：重复开具" in queue._detail._where.text_whole())
    (changed,) = [found for found in evening.read(applications.rows) if found.id == row.id]
    assert row_chip(changed.state, changed.delivery, voided=changed.voided) == ("凭证作废", Tone.SEAL)
