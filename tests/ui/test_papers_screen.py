"""All papers of a case: seen as they are printed, printed by the queue, reprinted and voided with reasons."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from registration.errors import Problem
from storage import applications, audit, print_queue
from storage.device import put_operator
from storage.print_queue import PaperState
from tests.driving import press, wait_until
from tests.printing import paper
from tests.storage.evening import Evening
from tests.ui.window import PaperTray, with_tray
from ui.history_words import action_words
from ui.main_window import MainWindow
from ui.papers import ARCHIVE
from ui.screens.papers import ROLL, PapersScreen
from ui.screens.queue import QueueScreen
from ui.services import Services
from ui.widgets import Sheet


@pytest.fixture
def tray() -> PaperTray:
    return PaperTray()


@pytest.fixture
def case(evening: Evening) -> str:
    """The case that the centre has accepted."""
    row = next(row for row in evening.read(applications.rows) if row.acceptance_number)
    return row.id


@pytest.fixture
def screen(services: Services, tray: PaperTray, evening: Evening, case: str, qtbot: QtBot) -> PapersScreen:
    made = PapersScreen(with_tray(services, tray, evening))
    qtbot.addWidget(made)
    made.resize(1266, 690)
    made.show()
    made.activateWindow()
    made.show_papers(case)
    wait_until(lambda: made.pdf() and made.isActiveWindow(), "the receipt", 30)
    return made


def choose(screen: PapersScreen, document: str) -> bytes:
    """Choose a paper by its code; return its bytes once they are in view."""
    before = screen.pdf()
    screen.documents._choose(document)
    wait_until(lambda: screen.pdf() not in (b"", before), document, 30)
    return screen.pdf()


def give_reason(screen: PapersScreen, words: str) -> None:
    sheet = screen.findChild(Sheet)
    reason = sheet.findChild(QLineEdit) if sheet is not None else None
    assert reason is not None
    reason.setText(words)
    press("Return", reason)


def texts(pdf: bytes) -> str:
    return "".join(paper.page_texts(pdf))


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (ROLL, "收件凭证"),
        ("acceptance_certificate", "202611240001"),
        ("application_form", "不动产登记申请书"),
        ("inquiry_record", "真实意思表示"),
        ("checklist", "材料清单"),
        ("correction_notice", "一次性告知"),
        ("privacy_notice", "个人信息告知"),
    ],
)
def test_a_paper_in_view_has_the_facts_of_the_case(screen: PapersScreen, document: str, words: str):
    found = texts(choose(screen, document))
    assert words in found
    assert "{" not in found
    if document in ("application_form", "checklist"):
        assert "魏秀英" in found


def test_what_is_printed_are_the_bytes_in_view_and_it_is_recorded(
    screen: PapersScreen, tray: PaperTray, evening: Evening, case: str
):
    shown = choose(screen, "checklist")
    press("P", screen)
    wait_until(lambda: tray.jobs, "the paper")
    assert tray.jobs == [("HP-M404", shown)]
    wait_until(
        lambda: evening.read(lambda db: print_queue.papers(db, PaperState.PRINTED)), "the queue's word"
    )
    assert evening.read(lambda db: audit.history(db, case))[0].action == "paper_printed"
    wait_until(lambda: "补打" in texts(screen.pdf()) if screen.pdf() else False, "the next copy in view", 30)

    press("P", screen)
    assert len(tray.jobs) == 1
    give_reason(screen, "申请人遗失")
    wait_until(lambda: len(tray.jobs) == 2, "the reprint", 30)
    assert "补打（第 2 次打印） · 补打人 王海燕" in texts(tray.jobs[1][1])
    wait_until(
        lambda: evening.read(lambda db: audit.history(db, case))[0].action == "paper_reprinted", "the audit"
    )


def test_the_whole_case_is_one_file_with_its_captured_pages(screen: PapersScreen):
    pdf = choose(screen, ARCHIVE)
    found = paper.page_texts(pdf)
    assert "卷内目录" in found[1]
    assert "魏秀英" in found[0]
    assert any("1 / 1" in text for text in found)  # a captured page with its caption
    assert "本卷共" in found[-1]
    assert len(found) > 8
    first = screen.view.picture().copy()
    press("PgDown", screen)
    wait_until(lambda: screen._page == 1 and screen.view.picture() != first, "the second page", 10)


def test_a_void_receipt_keeps_its_reason_and_prints_no_code(
    screen: PapersScreen, evening: Evening, case: str, tray: PaperTray
):
    press("V", screen)
    give_reason(screen, "申请人信息录入有误")
    card = screen.second
    wait_until(card.reason.isVisible, "nobody else who could confirm")
    press("Return", card.reason)
    assert card.isVisible() and card.problem.problem() == Problem("alone_reason_missing", "reason")
    card.reason.setText("一人值守")
    press("Return", card.reason)
    wait_until(lambda: "已作废" in texts(screen.pdf()) if screen.pdf() else False, "the void receipt", 30)
    assert "申请人信息录入有误" in texts(screen.pdf())
    assert paper.codes(paper.images(screen.pdf(), 150)[0]) == []
    detail = evening.read(lambda db: applications.detail(db, case))
    assert detail is not None and detail.void is not None
    said = detail.history[0]
    assert (said.action, said.details["alone"]) == ("receipt_voided", "一人值守")
    assert action_words(said.action, said.details).endswith("一人值守")
    assert not screen.void_button.isEnabled()


def test_where_another_operator_has_a_password_they_confirm_the_void(
    screen: PapersScreen, evening: Evening, services: Services, case: str
):
    evening.write(put_operator, {"id": "o-3", "account": "zhao", "name": "赵敏", "role": "operator"})
    services.door.admit("zhao", "a password of his")
    card = screen.second
    press("V", screen)
    give_reason(screen, "重复开具")
    wait_until(card.password.isVisible, "the question")
    assert card.account.text() == "zhao" and not card.reason.isVisible()
    assert not screen.print_button.isVisible()
    card.password.setText("half a pass")
    screen.hide()
    screen.show()
    assert card.isVisible() and card.password.text() == ""
    screen.activateWindow()
    card.password.setFocus()
    press("Esc", card.password)
    assert not card.isVisible() and screen.print_button.isVisible()
    press("V", screen)
    give_reason(screen, "重复开具")
    wait_until(card.password.isVisible, "the question again")
    card.password.setText("not his password")
    press("Return", card.password)
    wait_until(card.problem.isVisible, "the refusal")
    detail = evening.read(lambda db: applications.detail(db, case))
    assert detail is not None and detail.void is None
    card.password.setText("a password of his")
    press("Return", card.password)
    wait_until(lambda: not screen.void_button.isEnabled() and not card.isVisible(), "the void receipt", 30)
    detail = evening.read(lambda db: applications.detail(db, case))
    assert detail is not None and detail.void is not None
    assert (detail.void.operator_name, detail.history[0].details["second"]) == ("王海燕", "o-3")
    assert action_words(detail.history[0].action, detail.history[0].details).endswith("赵敏")


def test_escape_leaves(screen: PapersScreen, qtbot: QtBot):
    with qtbot.waitSignal(screen.left):
        assert screen.back()


def test_the_window_leads_from_the_case_to_its_papers_and_back(
    window: MainWindow, evening: Evening, case: str
):
    queue = window.go("queue")
    assert isinstance(queue, QueueScreen)
    queue.show_case(case)
    wait_until(lambda: queue._detail._loaded is not None, "the case")
    press("Ctrl+P", queue)
    wait_until(lambda: window.place() == "papers", "the papers")
    papers = window.screen_of("papers")
    assert isinstance(papers, PapersScreen)
    wait_until(papers.pdf, "the receipt", 30)
    press("Esc", papers)
    assert window.place() == "queue"
