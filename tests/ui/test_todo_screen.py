"""The to-do list: everything that is due in one list, the most urgent first, opened by Enter."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from storage import todo
from storage.todo import Kind
from tests.storage.evening import Evening
from tests.storage.test_collecting import NUMBER
from tests.storage.test_revisions import status, tell
from tests.ui.test_corrections_screen import held
from ui.screens.todo import ToDoScreen
from ui.services import Services


def test_what_is_due_stands_in_one_list_and_opens(qtbot: QtBot, services: Services, evening: Evening) -> None:
    receipt = held(evening)
    for state in ("registered", "certificate_issued"):
        tell(evening, status(receipt, state, certificate_number=NUMBER))
    found = evening.read(todo.listed, evening.now.date())
    assert [one.kind for one in found] == [Kind.PARKED, Kind.CERTIFICATE]
    screen = ToDoScreen(services)
    qtbot.addWidget(screen)
    screen.show()
    screen.shown()
    qtbot.waitUntil(lambda: screen.table.line_count() == 2, timeout=20_000)
    assert not any(one.name in text for one in found for text in screen.table.line(0))
    screen.table.selectRow(1)
    with qtbot.waitSignal(screen.case_wanted, timeout=20_000) as asked:
        screen.open_line()
    assert asked.args == [receipt.application_id]
