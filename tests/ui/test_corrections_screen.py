"""Walk 4 in the window: returned, called, mended at the row that was named, submitted; two revisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from registration.application import CaseState, Delivery, application_to_json
from registration.deferral import Deferral
from registration.receipt import Receipt
from storage import applications, corrections, operations, outbox, todo
from tests.storage.evening import Evening
from tests.storage.test_revisions import ITEMS, status, tell
from tests.ui.window import PaperTray, with_tray
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.screens.case_ways import Way, remedy_words, way_of
from ui.screens.conflict import ConflictScreen
from ui.screens.corrections import CorrectionsScreen
from ui.screens.queue import QueueScreen
from ui.services import Services
from ui.settings import Settings
from ui.widgets import DangerButton, Sheet


def held(evening: Evening) -> Receipt:
    """Return the receipt of the evening's case that the centre has; it is accepted."""
    [row] = evening.read(lambda db: applications.rows(db, state=CaseState.ACCEPTED))
    detail = evening.read(applications.detail, row.id)
    assert detail is not None and detail.receipt is not None
    return detail.receipt


@pytest.fixture
def returned(evening: Evening) -> Receipt:
    receipt = held(evening)
    tell(evening, status(receipt, "returned", items=ITEMS, reason_zh="请补正", reason_en="Mend it",
                         due="2026-11-20"))  # fmt: skip
    return receipt


def queue_of(window: MainWindow, qtbot: QtBot, case: str) -> QueueScreen:
    queue = window.go("queue")
    assert isinstance(queue, QueueScreen)
    queue.show_case(case)
    qtbot.waitUntil(lambda: queue._detail._loaded is not None, timeout=20_000)
    return queue


def intake_of(window: MainWindow, qtbot: QtBot, case: str) -> IntakeScreen:
    qtbot.waitUntil(lambda: window.place() == "intake", timeout=20_000)
    intake = window.screen_of("intake")
    assert isinstance(intake, IntakeScreen)
    qtbot.waitUntil(lambda: intake.case() is not None and intake.case().id == case)  # type: ignore[union-attr]
    return intake


def test_a_returned_case_is_mended_from_the_queue(
    qtbot: QtBot, services: Services, evening: Evening, returned: Receipt
) -> None:
    window = MainWindow(services)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    queue = queue_of(window, qtbot, returned.application_id)
    queue._detail.go()
    intake = intake_of(window, qtbot, returned.application_id)
    qtbot.waitUntil(intake.mending.isVisible, timeout=20_000)
    assert intake.mending.open_items() == ("invoice",)
    assert intake.step() is Step.MATERIALS  # begun where the work is
    intake.go(Step.APPLICANT)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert intake.step() is Step.MATERIALS
    board = intake.materials_page.board
    assert board.current_row() == "invoice"
    assert "发票看不清" in board.row("invoice").second_line()
    page = evening.add(returned.application_id, "invoice")
    case = intake.case()
    assert case is not None
    case.reload_pages()
    qtbot.waitUntil(lambda: any(each.id == page.id for each in case.pages), timeout=20_000)
    qtbot.waitUntil(lambda: intake.mending.open_items() == (), timeout=20_000)
    intake.submit()
    qtbot.waitUntil(lambda: window.place() == "receipt", timeout=20_000)
    detail = evening.read(applications.detail, returned.application_id)
    assert detail is not None and detail.receipt is not None
    assert (detail.state, detail.receipt.revision) == (CaseState.RECEIVED, 2)
    assert detail.receipt.number == returned.number


def test_a_promised_paper_has_come_with_its_first_new_page(
    qtbot: QtBot, window: MainWindow, services: Services, evening: Evening, returned: Receipt
) -> None:
    queue_of(window, qtbot, returned.application_id)._detail.go()
    intake = intake_of(window, qtbot, returned.application_id)
    qtbot.waitUntil(intake.mending.isVisible, timeout=20_000)
    case, wanted = intake.case(), intake.mending._wanted
    assert case is not None and wanted is not None
    promises = (Deferral("invoice", due="2026-12-01", promise="d" * 64),)
    former = replace(wanted.former, application=replace(wanted.former.application, deferrals=promises))
    intake.mending._wanted = replace(wanted, former=former)
    case.edit(lambda a: replace(a, deferrals=promises))
    page = evening.add(returned.application_id, "invoice")
    case.reload_pages()
    today = case.today().isoformat()
    qtbot.waitUntil(lambda: case.application.deferrals[0].delivered_on == today, timeout=20_000)
    evening.write(lambda db: operations.remove_page(db, evening.who, evening.now, page.id))
    case.reload_pages()
    qtbot.waitUntil(lambda: case.application.deferrals[0].delivered_on == "", timeout=20_000)


def test_a_correction_is_given_up_and_the_case_is_what_it_was(
    qtbot: QtBot, window: MainWindow, services: Services, evening: Evening, returned: Receipt
) -> None:
    queue_of(window, qtbot, returned.application_id)._detail.go()
    intake = intake_of(window, qtbot, returned.application_id)
    assert intake.review_page.refuse_button.isHidden()  # a case with a receipt is not refused at the window
    case = intake.case()
    assert case is not None
    case.edit(lambda a: replace(a, remarks="没写完"))
    intake._discard()
    sheet = window.findChild(Sheet)
    assert sheet is not None
    sheet.findChild(DangerButton).click()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: intake.case() is None, timeout=20_000)
    detail = evening.read(applications.detail, returned.application_id)
    assert detail is not None
    assert (detail.state, detail.application.remarks) == (CaseState.RETURNED, "")
    assert detail.revisions[0].application.remarks == "没写完"  # kept beside it


def test_the_phone_list_masks_reveals_one_notes_and_prints(
    qtbot: QtBot, services: Services, evening: Evening, returned: Receipt
) -> None:
    tray = PaperTray()
    screen = CorrectionsScreen(with_tray(services, tray, evening))
    qtbot.addWidget(screen)
    screen.show()
    screen.shown()
    qtbot.waitUntil(lambda: screen.table.line_count() == 1, timeout=20_000)
    assert "魏秀英" not in " ".join(screen.table.line(0))
    assert "3893" not in screen._phone.text_whole()
    screen._reveal.set_revealed(True)
    assert screen._phone.text_whole() == "13893104567"
    screen._reveal.set_revealed(False)
    assert "3893" not in screen._phone.text_whole()
    screen.words.setText("周五来")
    screen.note(corrections.CallOutcome.REACHED)
    qtbot.waitUntil(lambda: "周五来" in screen.table.line(0)[3], timeout=20_000)
    screen.print_list(masked=True)
    qtbot.waitUntil(lambda: len(tray.jobs) == 1, timeout=20_000)
    screen.print_list(masked=False)
    qtbot.waitUntil(lambda: len(tray.jobs) == 2, timeout=20_000)
    looks = [row for row in evening.read(applications.detail, returned.application_id).history  # type: ignore[union-attr]
             if row.action == "personal_data_shown"]  # fmt: skip
    assert len(looks) == 2  # held open once, printed whole once; the masked sheet shows nobody


def test_what_is_due_stands_over_the_evening_and_on_the_rail(
    qtbot: QtBot, window: MainWindow, services: Services, evening: Evening, returned: Receipt
) -> None:
    tonight: Any = window.go("tonight")
    qtbot.waitUntil(tonight.reminders.isVisible, timeout=20_000)
    all_of_it = len(evening.read(todo.listed, evening.now.date()))
    qtbot.waitUntil(lambda: window._rail["tonight"]._count == all_of_it > 1, timeout=20_000)
    tonight.reminders.calls.click()
    assert window.place() == "corrections"


def conflicting(evening: Evening, services: Services) -> str:
    """Make the parked case a conflict, and have the courier tell what the centre has."""
    [row] = [r for r in evening.read(applications.rows) if r.delivery is Delivery.PARKED]
    detail = evening.read(applications.detail, row.id)
    assert detail is not None
    evening.write(outbox.park, evening.now, detail.problems[0].outbox_id, "conflict", "", "", 1,
                  refusal="conflict")  # fmt: skip
    theirs = application_to_json(replace(detail.application, remarks="中心的备注"))
    services.courier.case = {  # type: ignore[attr-defined]
        "application_id": row.id, "revision": 1, "device_code": "B07", "receipt_number": row.receipt_number,
        "submitted_at": evening.now.isoformat(), "received_at": evening.now.isoformat(),
        "application": theirs, "pages": [], "server_time": 0.0,
        "status": {"application_id": row.id, "revision": 1, "state": "received", "items": []},
    }  # fmt: skip
    return row.id


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_revisions_stand_side_by_side_until_a_person_decides(
    qtbot: QtBot, window: MainWindow, services: Services, evening: Evening, choice: str
) -> None:
    case = conflicting(evening, services)
    queue_of(window, qtbot, case)._detail.go()
    qtbot.waitUntil(lambda: window.place() == "conflict", timeout=20_000)
    screen = window.screen_of("conflict")
    assert isinstance(screen, ConflictScreen)
    qtbot.waitUntil(screen.mine.isEnabled, timeout=20_000)
    lines = {screen.table.line(n)[0]: screen.table.line(n) for n in range(screen.table.line_count())}
    assert "中心的备注" in [line[2] for line in lines.values()]
    (screen.keep_mine if choice == "mine" else screen.keep_theirs)()
    qtbot.waitUntil(lambda: window.place() == ("intake" if choice == "mine" else "queue"), timeout=20_000)
    detail = evening.read(applications.detail, case)
    assert detail is not None
    assert detail.mending if choice == "mine" else detail.delivery is Delivery.SUPERSEDED


def test_english_fits_the_narrow_window_and_reads_as_a_sentence(
    window: MainWindow, services: Services, settings: Settings, evening: Evening, qtbot: QtBot
) -> None:
    tell(evening, status(held(evening), "returned", items=ITEMS, due="2026-11-20"))
    case = conflicting(evening, services)
    settings.change(language="en")
    calls = window.go("corrections")
    assert isinstance(calls, CorrectionsScreen)
    qtbot.waitUntil(lambda: calls.table.line_count() == 1, timeout=20_000)
    qtbot.waitUntil(lambda: window.minimumSizeHint().width() <= 1180, timeout=20_000)
    window.go("conflict").show_case(case)  # type: ignore[attr-defined]
    screen = window.screen_of("conflict")
    assert isinstance(screen, ConflictScreen)
    qtbot.waitUntil(screen.mine.isEnabled, timeout=20_000)
    assert "by window B07 and received there" in screen._what.text_whole()


def test_without_the_centre_nothing_is_decided(qtbot: QtBot, services: Services, evening: Evening) -> None:
    case = conflicting(evening, services)
    from registration.errors import Problem

    services.courier.case = Problem("offline")  # type: ignore[attr-defined]
    screen = ConflictScreen(services)
    qtbot.addWidget(screen)
    screen.show_case(case)
    assert not screen.problem.isHidden() and not screen.mine.isEnabled()
    screen.keep_theirs()
    detail = evening.read(applications.detail, case)
    assert detail is not None and detail.delivery is Delivery.PARKED


@pytest.mark.parametrize(
    ("code", "refusal", "way"),
    [
        ("conflict", "conflict", Way.COMPARE),
        ("centre_refused", "state_forbids", Way.COMPARE),
        ("centre_refused", "rules_not_met", Way.MEND),
        ("centre_refused", "unknown_household", Way.RECEIPT),
        ("acknowledgement_wrong", "", Way.RECEIPT),
    ],
)
def test_whatever_is_parked_has_its_way_out(evening: Evening, code: str, refusal: str, way: Way) -> None:
    [row] = [r for r in evening.read(applications.rows) if r.delivery is Delivery.PARKED]
    detail = evening.read(applications.detail, row.id)
    assert detail is not None
    evening.write(outbox.park, evening.now, detail.problems[0].outbox_id, code, "不行", "No", 0,
                  refusal=refusal)  # fmt: skip
    detail = evening.read(applications.detail, row.id)
    assert detail is not None and way_of(detail) is way
    assert remedy_words(detail, detail.problems[0])


def test_a_long_wait_is_a_reminder(evening: Evening) -> None:
    from storage import reminders

    receipt = held(evening)
    tell(evening, status(receipt, "returned", items=ITEMS))
    today = evening.now.date()
    assert evening.read(reminders.reminders, today) == []
    assert evening.read(reminders.reminders, today + timedelta(days=8))
