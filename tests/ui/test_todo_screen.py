"""The to-do list: everything that is due in one list, the most urgent first, opened by Enter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pytestqt.qtbot import QtBot

from storage import line, todo
from storage.todo import Kind
from tests.printing.paper import page_texts
from tests.storage.evening import Evening
from tests.storage.test_collecting import NUMBER
from tests.storage.test_obstacles import LAND, block
from tests.storage.test_revisions import status, tell
from tests.ui.test_corrections_screen import held
from tests.ui.window import PaperTray, with_tray
from ui.screens.todo import ToDoScreen
from ui.services import Services

BOOKED: dict[str, Any] = {
    "compound_id": "c1", "day": "2026-11-24", "time": "20:00", "name": "张立群", "phone": "13893104567",
}  # fmt: skip


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
    with qtbot.waitSignal(screen.thing_wanted, timeout=20_000) as asked:
        screen.open_line()
    assert asked.args == ["collection", receipt.application_id, "c1"]


def test_each_line_leads_where_it_is_done_and_a_compound_narrows_the_list(
    qtbot: QtBot, services: Services, evening: Evening
) -> None:
    block(evening, "o-1", replace(LAND, due="2026-11-20"))
    evening.write(line.book, evening.who, evening.now, fact_id="f-a", slip_id="ap-1", **BOOKED)
    screen = ToDoScreen(services)
    qtbot.addWidget(screen)
    screen.show()
    screen.shown()
    qtbot.waitUntil(lambda: screen.table.line_count() == 3, timeout=20_000)  # one is parked already
    assert "20:00" in screen.table.line(1)[2]
    screen.table.selectRow(1)
    with qtbot.waitSignal(screen.queue_wanted, timeout=20_000):
        screen.open_line()
    screen.table.selectRow(2)
    with qtbot.waitSignal(screen.thing_wanted, timeout=20_000) as asked:
        screen.open_line()
    assert asked.args == ["obstacles", "o-1", "c1"]
    screen.compound.setCurrentIndex(screen.compound.findData("c1"))
    assert screen.table.line_count() == 3
    screen._found = [*screen._found[:2], replace(screen._found[2], compound_id="elsewhere")]
    screen._fill()
    assert screen.table.line_count() == 2


def test_the_list_is_printed_with_phones_and_that_is_audited_or_masked(
    qtbot: QtBot, services: Services, evening: Evening
) -> None:
    evening.write(line.book, evening.who, evening.now, fact_id="f-a", slip_id="ap-1", **BOOKED)
    tray = PaperTray()
    screen = ToDoScreen(with_tray(services, tray, evening))
    qtbot.addWidget(screen)
    screen.show()
    screen.shown()
    qtbot.waitUntil(lambda: screen.table.line_count() == 2, timeout=20_000)
    screen.print_list(masked=True)
    qtbot.waitUntil(lambda: len(tray.jobs) == 1, timeout=20_000)
    text = "".join(page_texts(tray.jobs[0][1]))
    assert "张立群" not in text and "13893104567" not in text and "4567" in text
    audited = "SELECT count(*) FROM audit WHERE action = 'personal_data_shown'"
    before = evening.sql(audited)
    screen.print_list(masked=False)
    qtbot.waitUntil(lambda: len(tray.jobs) == 2, timeout=20_000)
    text = "".join(page_texts(tray.jobs[1][1]))
    assert "张立群" in text and "13893104567" in text and "销毁" in text
    assert evening.sql(audited)[0][0] == before[0][0] + 2
