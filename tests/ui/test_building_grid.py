"""The building table: where households stand, how house numbers are read, how keys and hand move."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from registration.property_unit import Household
from registration.standing import Obstacle, Standing
from storage.values import HouseholdCell
from ui.widgets.building_grid import BuildingGrid
from ui.widgets.building_plan import find_households, plan_building
from ui.widgets.cell_look import cell_look, cell_words, held_up_words, state_words
from ui.widgets.grid_tiles import AT_ONCE, GridTiles, Measures


def cell(
    room: str, *, floor: int = 0, entrance: str = "1单元", building: str = "3号楼", state: str = ""
) -> HouseholdCell:
    number = floor or int(room[:-2])
    home = Household(f"{building}{entrance}{room}", "c", building, entrance, number, room, "", "90", "")
    return HouseholdCell(home, state, "", standing=Standing(state))


def tower(floors: int, entrances: int, rooms: int, **more: str) -> list[HouseholdCell]:
    return [
        cell(f"{floor}{room:02d}", entrance=f"{entrance}单元", **more)  # type: ignore[arg-type]
        for floor in range(1, floors + 1)
        for entrance in range(1, entrances + 1)
        for room in range(1, rooms + 1)
    ]


def test_floors_go_down_and_rooms_of_one_stack_stand_above_each_other():
    plan = plan_building(
        [cell("101"), cell("102"), cell("1001"), cell("1003"), cell("201", entrance="2单元")]
    )
    assert plan.floors == (10, 2, 1)
    assert [(e.name, e.first, e.count) for e in plan.entrances] == [("1单元", 0, 3), ("2单元", 3, 1)]
    where = {p.cell.household.room: (p.row, p.column) for p in plan.places}
    assert where == {"1001": (0, 0), "1003": (0, 2), "201": (1, 3), "101": (2, 0), "102": (2, 1)}


def test_entrances_are_counted_not_spelled():
    plan = plan_building([cell("101", entrance=f"{n}单元") for n in (10, 2, 1)])
    assert [e.name for e in plan.entrances] == ["1单元", "2单元", "10单元"]


def test_two_households_with_one_number_both_have_a_place():
    plan = plan_building([cell("101"), cell("101", building="3号楼乙")])
    assert len({(p.row, p.column) for p in plan.places}) == 2


def test_arrows_step_over_holes_and_stop_at_the_edge():
    plan = plan_building([cell("101"), cell("104"), cell("201"), cell("301"), cell("304")])
    at = {p.cell.household.room: i for i, p in enumerate(plan.places)}
    assert plan.neighbour(at["101"], 0, 1) == at["104"]
    assert plan.neighbour(at["104"], 0, 1) == at["104"]
    assert plan.neighbour(at["104"], -1, 0) == at["201"]  # no 204: the nearest of that floor
    assert plan.neighbour(at["301"], -1, 0) == at["301"]


@pytest.mark.parametrize(
    ("typed", "rooms"),
    [
        ("1201", ["3号楼 1单元 1201", "3号楼 2单元 1201", "5号楼 1单元 1201"]),
        ("120", ["3号楼 1单元 1201", "3号楼 2单元 1201", "5号楼 1单元 1201"]),
        ("3-2-1201", ["3号楼 2单元 1201"]),
        ("3号楼2单元1201", ["3号楼 2单元 1201"]),
        ("5 1201", ["5号楼 1单元 1201"]),
        ("2-1201", ["3号楼 2单元 1201"]),
        ("3-1301", ["3号楼 1单元 1301"]),
        ("9", []),
        ("院", []),
        ("  ", []),
    ],
)
def test_a_house_number_is_found_as_people_type_it(typed: str, rooms: list[str]):
    cells = [
        cell("1201", building="5号楼"),
        cell("1201", entrance="2单元"),
        cell("1201"),
        cell("1301"),
    ]
    assert [c.household.label for c in find_households(cells, typed)] == rooms


def test_an_old_building_without_floors_in_its_numbers_is_found_by_its_words():
    odd = cell("东头甲", floor=1, entrance="", building="家属院老楼")
    assert find_households([odd, cell("101")], "老楼东头") == [odd]


@pytest.fixture
def grid(qtbot: QtBot) -> BuildingGrid:
    made = BuildingGrid()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_keys_move_and_enter_picks(grid: BuildingGrid, qtbot: QtBot):
    grid.show_building(tower(18, 2, 4))
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.current_household() == "3号楼1单元1702"
    with qtbot.waitSignal(grid.picked) as caught:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert caught.args == ["3号楼1单元1702"]


def test_a_click_picks_what_is_under_it_also_after_scrolling(grid: BuildingGrid, qtbot: QtBot):
    grid.show_building(tower(30, 1, 4))
    assert grid.set_current("3号楼1单元102")
    where = grid.cell_rect("3号楼1单元102")
    assert grid.viewport().rect().contains(where)
    with qtbot.waitSignal(grid.picked) as caught:
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where.center())
    assert caught.args == ["3号楼1单元102"]


def test_a_click_beside_the_cells_picks_nothing(grid: BuildingGrid, qtbot: QtBot):
    grid.show_building([cell("101"), cell("104")])
    with qtbot.assertNotEmitted(grid.picked):
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        hole = grid.cell_rect("3号楼1单元101").center() + QPoint(0, 200)
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=hole)


def test_new_states_keep_the_place_of_the_hand(grid: BuildingGrid):
    grid.show_building(tower(5, 1, 2))
    grid.set_current("3号楼1单元201")
    grid.show_building(tower(5, 1, 2, state="received"))
    assert grid.current_household() == "3号楼1单元201"
    assert "201" in grid.accessibleDescription()


def test_every_state_has_its_own_look_and_word(qapp: object):
    states = [standing.value for standing in Standing]
    looks = [cell_look(state) for state in states]
    shapes = {
        (look.mark, look.dashed, look.hatched, look.fill.name(), look.edge.name(look.edge.NameFormat.HexArgb))
        for look in looks
    }
    assert len(shapes) == len(states)
    assert len({state_words(state) for state in states}) == len(states)


def test_three_thousand_units_are_drawn_only_where_they_are_seen(grid: BuildingGrid, qtbot: QtBot):
    grid.show_building(tower(60, 10, 5))
    assert grid.horizontalScrollBar().maximum() > 0
    assert grid.verticalScrollBar().maximum() > 0
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_End)
    assert grid.viewport().rect().contains(grid.cell_rect(grid.current_household()))


def test_what_holds_a_household_up_is_said(qapp: object):
    stopped = cell("101", state="blocked")
    assert held_up_words(stopped) == ("项目未办首次登记",)
    assert cell_words(stopped).endswith("项目未办首次登记")
    assert "法院" in cell_words(replace(stopped, obstacles=(Obstacle("C9", "court"),)))


def test_a_large_picture_is_drawn_in_turns_and_then_only_what_changed(qapp: object):
    drawn: list[int] = []
    tiles, plan = (
        GridTiles(lambda _painter, _rect, index: drawn.append(index)),
        plan_building(tower(60, 10, 5)),
    )
    measures, clip = Measures([50 * n for n in range(50)], 46, 30, 34), QRectF(0, 0, 2600, 2100)
    canvas = QPixmap(10, 10)
    painter = QPainter(canvas)
    turns, before, waiting = 0, 0, True
    while waiting:
        waiting = tiles.draw(painter, plan, measures, clip, 1.0)
        assert len(drawn) - before <= AT_ONCE  # so long, and no longer, nobody is heard
        turns, before = turns + 1, len(drawn)
    assert sorted(drawn) == list(range(3000)) and turns > 8
    drawn.clear()
    assert not tiles.draw(painter, plan, measures, clip, 1.0)
    assert drawn == []
    last = plan.places[-1]
    tiles.outdate([(last.row, last.column)])
    tiles.draw(painter, plan, measures, clip, 1.0)
    assert 2999 in drawn and len(drawn) <= 64
    painter.end()


def test_what_was_kept_looks_as_what_is_drawn_anew(grid: BuildingGrid, qtbot: QtBot):
    lit = frozenset({"3号楼1单元1702", "3号楼2单元1803"})

    def dress(which: BuildingGrid, state: str) -> None:
        which.show_building(tower(18, 2, 4, state=state))
        which.set_lit(lit)
        which.selection.flip(["3号楼1单元1801", "3号楼2单元1602"])
        which.viewport().update()
        which.verticalScrollBar().setValue(20)

    def shown(which: BuildingGrid) -> QImage:
        for _ in range(6):  # in turns
            image = which.viewport().grab().toImage()
        return image

    grid.show_building(tower(18, 2, 4))
    plain = shown(grid)
    dress(grid, "received")
    fresh = BuildingGrid()
    qtbot.addWidget(fresh)
    fresh.resize(grid.size())
    fresh.show()
    qtbot.waitExposed(fresh)
    dress(fresh, "received")
    for one in (grid, fresh):
        one.clearFocus()
    assert shown(grid) == shown(fresh) != plain
    grid.set_lit(None)
    assert shown(grid) != shown(fresh)


@pytest.fixture
def choosing(grid: BuildingGrid) -> BuildingGrid:
    grid.selecting = True
    grid.show_building(tower(4, 1, 3))
    grid.setFocus()
    return grid


def test_many_are_chosen_by_keys(choosing: BuildingGrid, qtbot: QtBot):
    qtbot.keyClick(choosing, Qt.Key.Key_Space)
    qtbot.keyClick(choosing, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(choosing, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    rooms = {one.removeprefix("3号楼1单元") for one in choosing.selection.ids()}
    assert rooms == {"401", "402", "301", "302"}
    qtbot.keyClick(choosing, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert {one.removeprefix("3号楼1单元") for one in choosing.selection.ids()} == {"401", "402"}


def test_drawing_over_cells_chooses_them_and_picks_none(choosing: BuildingGrid, qtbot: QtBot):
    first, last = (choosing.cell_rect(f"3号楼1单元{room}").center() for room in ("402", "203"))
    view = choosing.viewport()
    with qtbot.assertNotEmitted(choosing.picked):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=first)
        qtbot.mouseMove(view, last)
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=last)
    assert len(choosing.selection.ids()) == 6
    with qtbot.assertNotEmitted(choosing.picked):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, pos=first)
    assert len(choosing.selection.ids()) == 5


def test_where_nothing_is_chosen_for_a_batch_space_does_nothing(grid: BuildingGrid, qtbot: QtBot):
    grid.show_building(tower(2, 1, 2))
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert not grid.selection.ids()


def test_several_buildings_stand_side_by_side():
    cells = [cell("101"), cell("101", building="10号楼"), cell("101", building="2号楼")]
    plan = plan_building(cells, several=True)
    assert [entrance.name for entrance in plan.entrances] == ["2号楼 1单元", "3号楼 1单元", "10号楼 1单元"]
