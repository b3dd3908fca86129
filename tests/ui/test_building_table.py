"""The building table screen: states from the store, keys to a case, and a compound that is not tonight's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from registration.application import CaseState
from registration.facts import Fact, Topic, fact_to_json
from storage import dossiers, facts, feed, line, surveys
from tests.driving import press, tend, wait_until, words_on, write
from tests.printing.paper import page_texts
from tests.storage.evening import COMPOUND, Evening
from tests.ui.window import PaperTray
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.screens.building_table import BuildingTableScreen
from ui.widgets import Sheet
from ui.widgets.cell_look import BLOCKED
from ui.widgets.chip import Chip


@pytest.fixture
def table(window: MainWindow) -> BuildingTableScreen:
    wait_until(window.isActiveWindow, "the window")
    press("Ctrl+4", window)
    screen = window.screen_of("table")
    assert isinstance(screen, BuildingTableScreen)
    wait_until(lambda: screen.picker.grid.current_cell() is not None, "the households")
    return screen


def state_of(table: BuildingTableScreen, household_id: str) -> str:
    cell = table.picker.cell(household_id)
    assert cell is not None
    return cell.state


def another_compound(evening: Evening, **changes: Any) -> None:
    fact = {**COMPOUND, "id": "c2", "name": "陇纺家属院", **changes}
    fact["households"] = [
        {**unit, "id": f"x-{unit['id']}", "unit_code": ""} for unit in COMPOUND["households"][:4]
    ]
    evening.write(feed.apply_feed, evening.now, [{"seq": 700, "kind": "compound", "body": fact}], 700)


def test_the_cells_show_where_the_cases_stand_and_follow_them(table: BuildingTableScreen, evening: Evening):
    states = {cell.household.id: cell.state for cell in table.picker._cells}
    assert sorted(filter(None, states.values())) == ["accepted", "draft", "received", "received"]
    free = next(household for household, state in states.items() if not state)
    evening.start(free)
    wait_until(lambda: state_of(table, free) == "draft", "the new draft in the picture")


def test_the_share_counts_what_was_taken_in(table: BuildingTableScreen):
    assert table.taken_in.text().endswith("3 / 12")
    assert table.issued.text().endswith("0 / 12")


def test_the_share_of_all_compounds_that_is_resolved_follows_certificates(
    table: BuildingTableScreen, evening: Evening
):
    another_compound(evening)
    cell = next(cell for cell in table.picker.cells() if not cell.application_id)
    evening.submitted(household_id=cell.household.id)
    evening.sql(
        "UPDATE applications SET state = 'certificate_issued', certificate_number = id"
        " WHERE receipt_number IS NOT NULL"
    )
    table.shown()
    wait_until(lambda: table.resolved_share.text().endswith("12 / 16"), "the share of all compounds")
    assert "95" in table.resolved_share.accessibleDescription()


def test_enter_on_a_free_household_starts_its_intake(
    table: BuildingTableScreen, window: MainWindow, evening: Evening
):
    table.search()
    write("10-1202")
    press("Return")
    wait_until(lambda: window.place() == "intake", "the intake")
    screen = window.screen_of("intake")
    assert isinstance(screen, IntakeScreen)
    case = screen.case()
    assert case is not None and case.household is not None
    assert case.household.label == "10号楼 2单元 1202"


def test_enter_on_a_household_with_a_case_opens_that(table: BuildingTableScreen, window: MainWindow):
    cell = next(c for c in table.picker._cells if c.state == CaseState.ACCEPTED.value)
    table.picker.go_to(cell.household.id)
    table.picker.grid.setFocus()
    press("Return")
    wait_until(lambda: window.place() == "queue", "the case in the queue")


def test_a_click_on_a_draft_goes_on_with_it(table: BuildingTableScreen, window: MainWindow, qtbot: QtBot):
    cell = next(c for c in table.picker._cells if c.state == CaseState.DRAFT.value)
    table.picker.go_to(cell.household.id)
    tend()
    where = table.picker.grid.cell_rect(cell.household.id).center()
    qtbot.mouseClick(table.picker.grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    wait_until(lambda: window.place() == "intake", "the intake")
    screen = window.screen_of("intake")
    assert isinstance(screen, IntakeScreen)
    found = screen.case()
    assert found is not None and found.id == cell.application_id


def test_a_household_of_another_compound_is_not_taken_in_tonight(
    table: BuildingTableScreen, window: MainWindow, evening: Evening
):
    another_compound(evening)
    wait_until(lambda: table._choice.count() == 2, "both compounds")
    table._choice.setCurrentIndex(table._choice.findData("c2"))
    table._choice.activated.emit(table._choice.currentIndex())
    wait_until(lambda: table.picker.cell("x-h-2-101") is not None, "the other compound")
    table.picker.grid.setFocus()
    press("Return")
    assert table._problem.isVisible()
    assert window.place() == "table"


def test_a_compound_without_first_registration_is_hatched(table: BuildingTableScreen, evening: Evening):
    another_compound(evening, project_registration="missing")
    wait_until(lambda: table._choice.count() == 2, "both compounds")
    table._choice.setCurrentIndex(table._choice.findData("c2"))
    table._choice.activated.emit(table._choice.currentIndex())
    wait_until(lambda: table.picker.cell("x-h-2-101") is not None, "the other compound")
    assert {cell.standing.value for cell in table.picker._cells} == {BLOCKED}


def test_a_compounds_file_and_its_other_names_stand_beside_the_picture(
    table: BuildingTableScreen, evening: Evening
):
    file = {"land": "state", "listed": True, "substitute_applicant": "清算组"}
    another_compound(evening, aliases=["纺织厂家属院"], file=file)
    wait_until(lambda: table._choice.count() == 2, "both compounds")
    table._choice.setCurrentIndex(table._choice.findData("c2"))
    table._choice.activated.emit(table._choice.currentIndex())
    wait_until(lambda: "纺织厂家属院" in " ".join(words_on(table._facts)), "its other name")
    said = " ".join(words_on(table._facts))
    assert "清算组" in said and "国有" in said and "已纳入" in said


def test_what_is_chosen_is_planned_for_the_survey(table: BuildingTableScreen, evening: Evening):
    table.picker.grid.setFocus()
    assert not table.many.isVisible()
    press("U")
    assert table.many.isVisible() and len(table.picker.selected()) == 4
    press("S")
    write("2026-11-28")
    press("Return")
    wait_until(lambda: evening.read(surveys.to_go, date(2026, 11, 28)), "the plan")
    assert len(evening.read(surveys.to_go, date(2026, 11, 28))) == 4
    table.back()
    assert not table.picker.selected() and not table.many.isVisible()


def test_what_is_chosen_is_booked_and_its_doors_get_a_notice(
    table: BuildingTableScreen, evening: Evening, monkeypatch: pytest.MonkeyPatch
):
    tray = PaperTray()
    monkeypatch.setattr(table.many, "_services", replace(table._services, press=tray.press()))
    table.picker.grid.setFocus()
    press("U")
    chosen = [cell.household.id for cell in table.picker.selected()]
    press("A")
    write("2026-11-28")
    press("Return")
    wait_until(lambda: evening.read(line.appointments, "c1", date(2026, 11, 28)), "the appointments")
    booked = evening.read(line.appointments, "c1", date(2026, 11, 28))
    assert [one.time for one in booked] == ["19:00", "19:10", "19:20", "19:30"]
    assert [one.household_id for one in booked] == chosen
    wait_until(lambda: not table.window().findChildren(Sheet), "the sheet to close")
    press("D", table.picker.grid)
    (sheet,) = table.window().findChildren(Sheet)
    where = sheet.findChildren(QLineEdit)[-1]
    wait_until(lambda: bool(where.text()), "the place")
    place = where.text()
    write("2026-11-28")
    press("Return")
    wait_until(lambda: tray.jobs, "the notices")
    (page,) = page_texts(tray.jobs[0][1])
    assert all(time in page for time in ("19:00", "19:10", "19:20", "19:30"))
    assert place in page and "张" not in page


def test_a_number_lights_one_standing_and_zero_all(table: BuildingTableScreen):
    table.picker.grid.setFocus()
    number = table.picker.legend.states().index("received") + 1
    press("W")
    press(str(number))
    assert [cell.standing.value for cell in table.picker.in_view()] == ["received"] * 2
    press("0")
    assert len(table.picker.in_view()) == 12


def test_the_table_is_printed_on_a3_without_names(
    table: BuildingTableScreen, evening: Evening, monkeypatch: pytest.MonkeyPatch
):
    tray = PaperTray()
    monkeypatch.setattr(table.many, "_services", replace(table._services, press=tray.press()))
    table.picker.grid.setFocus()
    press("Ctrl+P")
    wait_until(lambda: tray.jobs, "the sheet")
    (page,) = page_texts(tray.jobs[0][1])
    assert "2号楼" in page and "1202" in page and "张" not in page
    assert table.picker.whole() is False


def test_a_flagged_developer_and_an_obstacle_stand_beside_the_picture(
    table: BuildingTableScreen, evening: Evening
):
    flag = {"developer": "金河置业", "source": "市住建局第一批名单", "measures": ["暂停预售"]}
    evening.write(
        dossiers.change, evening.who, evening.now, fact_id="f-1", compound_id="c1",
        verb="developer_flagged", body=flag,
    )  # fmt: skip
    named = {"household_id": "h-3-1201", "category": "C9", "department": "court"}
    fact = Fact("f-2", Topic.LEDGER, "o-1", "blocked", "c1", evening.now, "B01", "o", "李", named)
    evening.write(facts.take, evening.now, fact_to_json(fact))
    chips = lambda: [chip.accessibleName() for chip in table.file_card.findChildren(Chip)]  # noqa: E731
    wait_until(lambda: "人民法院 1" in chips(), "the obstacle")
    said = " ".join(words_on(table.file_card))
    assert "市住建局第一批名单" in said and "暂停预售" in said
    table.picker.go_to("h-3-1201")
    assert "查封" in " ".join(words_on(table._household))
