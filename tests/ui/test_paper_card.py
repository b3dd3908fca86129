"""How papers come out is chosen once: the roll's width, a printer on a cable, labels in two languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from printing import receipt_printer
from storage import applications, print_queue, receipts
from storage.print_queue import PaperState
from tests.driving import wait_until
from tests.printing import paper
from tests.printing.receipt_printer_model import Model, Plugged
from tests.storage.evening import Evening
from tests.ui.window import PaperTray, with_tray
from ui.papers import receipt_wish
from ui.services import Services
from ui.settings import Settings
from ui.widgets.paper_card import PaperCard


@pytest.fixture
def card(services: Services, qtbot: QtBot) -> Iterator[PaperCard]:
    host = QWidget()
    qtbot.addWidget(host)
    made = PaperCard(services, host)
    host.show()
    yield made  # while its window is held here


def test_choices_are_kept(card: PaperCard, services: Services, tmp_path):
    card.roll._choose("58")
    card.address.setText(" tcp://192.0.2.7 ")
    card.address.editingFinished.emit()
    card.own_code.setChecked(True)
    card.second.setCurrentIndex(card.second.findData("bo"))
    card.second.activated.emit(card.second.currentIndex())
    kept = Settings(tmp_path / "settings.json").value
    assert (kept.roll_width, kept.roll_address, kept.roll_own_code) == (58, "tcp://192.0.2.7", True)
    assert kept.second_labels == "bo"


def test_the_receipt_printer_says_how_it_is(card: PaperCard):
    with Plugged(Model(cover_open=True), "tcp") as printer:
        card.address.setText(printer.address)
        card.ask_printer()
        wait_until(lambda: card.said.text_whole() == "机盖打开", "its trouble")
        printer.model.cover_open = False
        card.ask_printer()
        wait_until(lambda: card.said.text_whole() == "就绪", "that it is ready")
    card.address.setText("tcp://127.0.0.1:1")
    card.ask_printer()
    wait_until(card.problem.isVisible, "that nobody answers")


def thermal_at_once(commands: bytes, address: str, language: str) -> None:
    """The window's own way to a receipt printer, with less patience."""
    receipt_printer.print_receipt(commands, address, timeout=1.0, language=language)


@pytest.mark.parametrize(("width", "own"), [(80, False), (58, True)])
def test_a_roll_goes_to_the_receipt_printer_and_is_recorded_when_it_has_printed(
    services: Services, evening: Evening, width: int, own: bool
):
    tray = PaperTray()
    tray.thermal = thermal_at_once  # type: ignore[method-assign]
    services = with_tray(services, tray, evening)
    row = next(row for row in evening.read(applications.rows) if row.receipt_number)
    receipt = evening.read(lambda db: receipts.receipt(db, row.receipt_number))
    assert receipt is not None
    with Plugged(Model(dots=576 if width == 80 else 384), "tcp") as printer:
        services.settings.change(roll_width=width, roll_address=printer.address, roll_own_code=own)
        wish = receipt_wish(services, receipt, "roll", "zh")
        evening.write(lambda db: print_queue.queue_paper(db, evening.who, evening.now, wish))
        services.print_room.wake()
        wait_until(lambda: evening.read(lambda db: receipts.prints(db, receipt.number)), "the record", 30)
        assert paper.codes(printer.model.paper()) == [receipt.token]
        assert printer.model.strays == b""

        printer.model.rows_of_paper = len(printer.model.rows) + 300  # the paper ends half way
        again = receipt_wish(services, receipt, "roll", "zh", "纸张损坏")
        evening.write(lambda db: print_queue.queue_paper(db, evening.who, evening.now, again))
        services.print_room.wake()
        wait_until(lambda: evening.read(lambda db: print_queue.papers(db, PaperState.UNKNOWN)), "half", 60)
    assert len(evening.read(lambda db: receipts.prints(db, receipt.number))) == 1
