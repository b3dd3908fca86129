"""Dragging a page's corners: geometry that never breaks, and a hand on the real widget."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.widgets.crop_editor import CropEditor
from ui.widgets.quad import Quad, halves, is_page, moved_corner, moved_side, nearest_corner, nearest_side

SIZE = (4000.0, 3000.0)
PAGE: Quad = ((500.0, 400.0), (3500.0, 450.0), (3450.0, 2600.0), (520.0, 2550.0))
anywhere = st.floats(-5000, 9000, allow_nan=False)


@given(st.integers(0, 3), anywhere, anywhere)
def test_a_corner_dragged_anywhere_leaves_a_page_inside_the_picture(index: int, x: float, y: float):
    moved = moved_corner(PAGE, index, (x, y), SIZE)
    assert is_page(moved, SIZE)
    assert all(0 <= px <= SIZE[0] and 0 <= py <= SIZE[1] for px, py in moved)
    assert [moved[i] for i in range(4) if i != index] == [PAGE[i] for i in range(4) if i != index]


@given(st.integers(0, 3), anywhere, anywhere)
def test_a_side_dragged_anywhere_leaves_a_page(index: int, x: float, y: float):
    assert is_page(moved_side(PAGE, index, (x, y), SIZE), SIZE)


def test_a_bow_tie_and_a_sliver_are_no_pages():
    assert not is_page((PAGE[0], PAGE[2], PAGE[1], PAGE[3]), SIZE)
    assert not is_page(((0, 0), (4000, 0), (4000, 10), (0, 10)), SIZE)
    assert is_page(PAGE, SIZE)
    assert is_page((PAGE[3], PAGE[2], PAGE[1], PAGE[0]), SIZE)  # either way round


def test_the_halves_of_a_page_seen_at_a_slant_meet_in_the_middle_of_the_paper():
    flat: Quad = ((0.0, 0.0), (200.0, 0.0), (200.0, 100.0), (0.0, 100.0))
    left, right = halves(flat, across=True)
    assert left == ((0, 0), (100, 0), (100, 100), (0, 100)) and right == (
        (100, 0),
        (200, 0),
        (200, 100),
        (100, 100),
    )
    upper, lower = halves(flat, across=False)
    assert upper == ((0, 0), (200, 0), (200, 50), (0, 50)) and lower == (
        (0, 50),
        (200, 50),
        (200, 100),
        (0, 100),
    )
    # Its far edge is half as long: the paper's middle lies a third of the way down, not half.
    slanted: Quad = ((50.0, 0.0), (150.0, 0.0), (200.0, 90.0), (0.0, 90.0))
    upper, lower = halves(slanted, across=False)
    assert [y for _, y in upper] == pytest.approx([0, 0, 30, 30]) and upper[2:] == (lower[1], lower[0])


@given(st.lists(st.floats(-25, 25), min_size=8, max_size=8), st.booleans())
def test_the_halves_of_any_page_are_pages_and_make_it_up(by: list[float], across: bool):
    quad: Quad = (
        (50 + by[0], 50 + by[1]), (250 + by[2], 50 + by[3]),
        (250 + by[4], 350 + by[5]), (50 + by[6], 350 + by[7]),
    )  # fmt: skip
    one, other = halves(quad, across=across)
    assert is_page(one, (300, 400)) and is_page(other, (300, 400))
    assert area(one) + area(other) == pytest.approx(area(quad), rel=1e-6)
    assert {one[0], other[2]} == {quad[0], quad[2]}


def area(quad: Quad) -> float:
    return abs(sum(quad[i - 1][0] * y - x * quad[i - 1][1] for i, (x, y) in enumerate(quad))) / 2


def test_what_is_near_the_hand():
    assert nearest_corner(PAGE, (3480, 470), 60) == 1
    assert nearest_corner(PAGE, (2000, 1500), 60) is None
    assert nearest_side(PAGE, (2000, 420), 60) == 0
    assert nearest_side(PAGE, (2000, 1500), 60) is None


@pytest.fixture
def editor(qtbot: QtBot) -> CropEditor:
    made = CropEditor()
    qtbot.addWidget(made)
    made.resize(428, 328)  # 400 x 300 inside the margin: one screen pixel is ten of the original
    picture = QImage(800, 600, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGray)
    made.show_page(picture, (4000, 3000), PAGE)
    made.show()
    qtbot.waitExposed(made)
    return made


def drag(qtbot: QtBot, editor: CropEditor, start: QPoint, by: QPoint) -> None:
    qtbot.mousePress(editor, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(editor, start + QPoint(by.x() // 2, by.y() // 2))
    qtbot.mouseMove(editor, start + by)
    qtbot.mouseRelease(editor, Qt.MouseButton.LeftButton, pos=start + by)


def test_dragging_a_corner_tells_its_new_place_in_original_pixels(editor: CropEditor, qtbot: QtBot):
    with qtbot.waitSignal(editor.corners_dropped) as caught:
        drag(qtbot, editor, editor.on_screen(0).toPoint(), QPoint(-20, 10))
    corners = caught.args[0]
    assert corners[0] == pytest.approx((300, 500), abs=11)
    assert corners[1:] == PAGE[1:]


def test_dragging_a_side_moves_both_its_corners(editor: CropEditor, qtbot: QtBot):
    middle = (editor.on_screen(0) + editor.on_screen(1)) * 0.5
    with qtbot.waitSignal(editor.corners_dropped) as caught:
        drag(qtbot, editor, middle.toPoint(), QPoint(0, -12))
    moved = caught.args[0]
    assert moved[0] == pytest.approx((500, 280), abs=1)
    assert moved[1] == pytest.approx((3500, 330), abs=1)
    assert moved[2:] == PAGE[2:]


def test_a_click_that_moves_nothing_says_nothing(editor: CropEditor, qtbot: QtBot):
    with qtbot.assertNotEmitted(editor.corners_dropped):
        qtbot.mouseClick(editor, Qt.MouseButton.LeftButton, pos=QPoint(214, 164))


def test_keys_pick_a_corner_nudge_it_and_tell_once_when_the_hand_rests(editor: CropEditor, qtbot: QtBot):
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_3)
    with qtbot.waitSignal(editor.corners_dropped, timeout=2000) as caught:
        for _ in range(5):
            qtbot.keyClick(editor, Qt.Key.Key_Right)
        qtbot.keyClick(editor, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert caught.args[0][2] == pytest.approx((3500, 2500), abs=1)
    with qtbot.assertNotEmitted(editor.corners_dropped, wait=500):
        pass


def test_escape_puts_a_nudged_corner_back(editor: CropEditor, qtbot: QtBot):
    editor.setFocus()
    with qtbot.assertNotEmitted(editor.corners_dropped, wait=500):
        qtbot.keyClick(editor, Qt.Key.Key_Left)
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.corners == PAGE


def test_without_a_picture_nothing_can_be_dragged(editor: CropEditor, qtbot: QtBot):
    editor.show_words("no page")
    with qtbot.assertNotEmitted(editor.corners_dropped):
        drag(qtbot, editor, QPoint(64, 54), QPoint(30, 30))
