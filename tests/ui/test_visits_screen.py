"""Home visits at the window: by phone and by order, two at the door, in the tablet layout, to the promise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from capture.imaging import ImagingPool
from registration.packs import shipped
from registration.visits import VisitState, papers_to_bring, rules_from
from storage import feed, reference, visits
from tests.capture.devices.fed_camera import FedLens, FedLenses
from tests.storage.evening import NOW, TYPE, Evening
from tests.storage.test_visits import BOOKING, CHECKLIST
from tests.ui.intake_walk import SAMPLES
from tests.ui.window import NOTHING_PLUGGED_IN, services_over
from ui.main_window import MainWindow
from ui.screens.visit_photo import PhotoSheet
from ui.screens.visits import VisitsScreen
from ui.services import Services
from ui.settings import Settings
from ui.signals import Signals
from ui.theme import look
from ui.widgets import Sheet

CARD = (SAMPLES / "id_card_front-007-00.jpg").read_bytes()


@pytest.fixture
def lens(qtbot: QtBot) -> FedLens:
    return FedLens("usb-1-2:1.0-0ac8:3450", "Document camera", CARD)


@pytest.fixture
def services(
    evening: Evening, settings: Settings, signals: Signals, imaging: ImagingPool, lens: FedLens
) -> Services:
    found = services_over(evening, settings, signals, imaging)
    return replace(found, devices=replace(NOTHING_PLUGGED_IN, lenses=lambda: FedLenses(lens)))


@pytest.fixture
def screen(window: MainWindow, evening: Evening, services: Services, qtbot: QtBot) -> Any:
    for number, (name, hour) in enumerate((("马玉兰", "20:00"), ("丁秀英", "20:20")), start=1):
        booking = replace(BOOKING, name=name, time=hour, day=services.clock().date().isoformat())
        evening.write(
            visits.book, evening.who, evening.now, fact_id=f"b-{number}", visit_id=f"v-{number}",
            booking=booking, rules=rules_from(shipped()), checklist=CHECKLIST,
        )  # fmt: skip
    order = {
        "id": "w-1", "compound_id": "c1", "household_id": "h-10-101", "name": "白占魁",
        "phone": "13893104568", "address": "10号楼2单元101", "reason": "elderly",
        "type_code": TYPE, "day": "2026-11-30", "time": "",
        "note": "听力不好", "made_at": "2026-11-24T10:00:00+08:00",
    }  # fmt: skip
    evening.write(feed.apply_feed, NOW, [{"seq": 900, "kind": "order", "body": order}], 900)
    found = window.go("visits")
    assert isinstance(found, VisitsScreen)
    qtbot.waitUntil(lambda: found.table.line_count() == 3)
    yield found
    found.set_tablet(False)


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    where = QApplication.focusWidget()
    assert where is not None
    qtbot.keyClick(where, key, modifier)


def choose(screen: VisitsScreen, words: str) -> None:
    row = next(n for n in range(screen.table.line_count()) if words in " ".join(screen.table.line(n)))
    screen.table.selectRow(row)
    screen.table.setFocus()


def test_the_list_says_what_waits_and_hides_who_it_is(screen: VisitsScreen, qtbot: QtBot) -> None:
    lines = [" ".join(screen.table.line(n)) for n in range(3)]
    assert "中心派单" in lines[0] and "时间冲突" in lines[1] and "时间冲突" in lines[2]
    assert not any(name in " ".join(lines) for name in ("马玉兰", "丁秀英", "白占魁"))
    choose(screen, "20:00")
    qtbot.keyPress(screen.table, Qt.Key.Key_F8)
    assert screen.side._who.text() == "马玉兰" and "13893104567" in screen.side._phone.text()
    qtbot.keyRelease(screen.table, Qt.Key.Key_F8)
    assert screen.side._who.text() != "马玉兰"


def test_an_order_is_taken_in_once_the_papers_are_asked(
    screen: VisitsScreen, evening: Evening, qtbot: QtBot
) -> None:
    choose(screen, "中心派单")
    press(qtbot, Qt.Key.Key_Return)
    assert (screen.form.name.text(), screen.form.note.text()) == ("白占魁", "听力不好")
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(screen.form.problem.isVisible)  # nothing is at hand yet
    for check in screen.form._checks.values():
        check.setChecked(True)
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: evening.read(visits.waiting_orders) == [])
    found = evening.read(visits.visit, "w-1")
    assert found is not None and set(found.booking.papers) == {i.code for i in papers_to_bring(CHECKLIST)}


def test_the_order_of_the_day_is_changed_by_key(
    screen: VisitsScreen, evening: Evening, services: Services, qtbot: QtBot
) -> None:
    choose(screen, "20:20")
    press(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    today = services.clock().date()
    qtbot.waitUntil(lambda: [v.id for v in evening.read(visits.of_days, today, today)] == ["v-2", "v-1"])


def test_a_visit_from_the_door_to_the_promise(
    screen: VisitsScreen, window: MainWindow, evening: Evening, services: Services, qtbot: QtBot
) -> None:
    choose(screen, "20:00")
    press(qtbot, Qt.Key.Key_Return)
    sheet = window.findChildren(Sheet)[0]
    name = sheet.findChild(QLineEdit)
    assert name is not None and name.hasFocus()
    name.setText("李小兰")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.door.isVisible)
    assert look().px(44) >= 56 and screen.tablet.on
    assert not screen.door.intake.isVisible()  # not before the person agreed
    press(qtbot, Qt.Key.Key_F9)
    qtbot.waitUntil(screen.door.intake.isVisible)
    screen.door.intake.click()
    assert window.place() == "intake"
    case = window.screen_of("intake").case()  # type: ignore[attr-defined]
    assert (case.household.id, case.application.first_applicant.name) == (BOOKING.household_id, "马玉兰")
    assert case.application.type_code == TYPE
    case.save()
    qtbot.waitUntil(lambda: case.keeping.value == "kept")
    window.go("visits")
    screen.door.note.setText("材料齐，已受理")
    screen.door.due.setText("2026-12-10")
    screen.door.add.click()
    screen.door.done.click()

    def over() -> bool:
        found = evening.read(visits.visit, "v-1")
        return found is not None and found.state is VisitState.DONE

    qtbot.waitUntil(over)
    found = evening.read(visits.visit, "v-1")
    assert found is not None and found.application_id == case.id
    assert [p.due for p in found.promises] == ["2026-12-10"]
    qtbot.waitUntil(lambda: not screen.tablet.on)
    assert look().px(44) == 44


def test_the_witness_photo_is_taken_looked_at_and_sealed(
    screen: VisitsScreen, lens: FedLens, evening: Evening, services: Services, qtbot: QtBot
) -> None:
    choose(screen, "20:00")
    screen._begin("v-1", "李小兰")
    qtbot.waitUntil(screen.door.isVisible)
    qtbot.keyClick(screen.door, Qt.Key.Key_F7)
    assert not screen.findChildren(PhotoSheet)  # not before the person agreed
    press(qtbot, Qt.Key.Key_F9)
    qtbot.waitUntil(screen.door.photo.isVisible)
    qtbot.keyClick(screen.door, Qt.Key.Key_F7)
    (sheet,) = screen.findChildren(PhotoSheet)
    qtbot.waitUntil(lambda: not sheet.view.picture().isNull(), timeout=20_000)
    for again in (True, False):
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        qtbot.waitUntil(sheet.again.isVisible, timeout=20_000)
        if again:
            qtbot.keyClick(sheet, Qt.Key.Key_Backspace)
            assert not sheet.again.isVisible()
    qtbot.keyClick(sheet, Qt.Key.Key_Return)

    def kept() -> bool:
        found = evening.read(visits.visit, "v-1")
        return found is not None and len(found.photos) == 1

    qtbot.waitUntil(kept)
    found = evening.read(visits.visit, "v-1")
    assert found is not None and services.pages.get(found.photos[0])[:2] == b"\xff\xd8"
    qtbot.waitUntil(lambda: not lens.running())


def test_a_visit_asked_for_by_phone_knows_its_home(
    screen: VisitsScreen, evening: Evening, qtbot: QtBot
) -> None:
    screen.new()
    form = screen.form
    home = evening.read(reference.households, "c1")[0].household
    qtbot.waitUntil(lambda: form.home._cells is not None)
    form.address.setFocus()
    qtbot.keyClicks(form.address, "99-9-9999")
    assert "楼盘表" in form.home.text() and form.booking().household_id == ""
    form.address.clear()
    number = "".join(c for c in home.building if c.isdigit())
    entrance = "".join(c for c in home.entrance if c.isdigit())
    qtbot.keyClicks(form.address, f"{number}-{entrance}-{home.room}")
    assert home.label in form.home.text()
    qtbot.keyClick(form.address, Qt.Key.Key_Return)
    assert form.address.text() == home.label and form.day.hasFocus()
    assert form.booking().household_id == home.id
    form.address.setFocus()
    qtbot.keyClicks(form.address, " (shed)")
    assert form.booking().household_id == ""  # another address is another home


def test_the_tablet_layout_is_turned_on_from_the_intake_and_leaves_one_column(
    screen: VisitsScreen, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(2200, 1000)
    window.new_intake(BOOKING.household_id)
    page = window.screen_of("intake").pages.here()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not page.narrow)
    qtbot.keyClick(page, Qt.Key.Key_F10, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.narrow and not page.beside.isVisible())
    assert window.place() == "intake" and look().px(44) >= 56
    qtbot.keyClick(page, Qt.Key.Key_F10, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.narrow and page.beside.isVisible())
    assert look().px(44) == 44
