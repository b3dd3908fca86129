"""Where the page lies: right on sample photographs, and honest where there is none or more than one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from capture.card_on_sheet import find_document
from capture.page_finder import find_page, overlap
from tests.capture.conftest import SAMPLES

PHOTOS = sorted(path.name for path in SAMPLES.glob("*.jpg"))


def table(width: int = 1600, height: int = 1200, level: int = 90, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    light = np.linspace(0.8, 1.1, width)[None, :, None]
    noise = rng.normal(0, 5, (height, width, 3))
    return np.clip(np.full((height, width, 3), level) * light + noise, 0, 255).astype(np.uint8)


def lay(picture: np.ndarray, quad: list[list[int]], level: int = 235, lines: bool = True) -> np.ndarray:
    """Put a sheet with lines of text on the table; corners clockwise from its own top-left."""
    sheet = np.full((1000, 700, 3), level, np.uint8)
    for y in range(120, 700, 40) if lines else ():
        cv2.putText(sheet, "Sample text 0123456789", (80, y), cv2.FONT_HERSHEY_SIMPLEX, 1, (40, 40, 40), 2)
    matrix = cv2.getPerspectiveTransform(
        np.array([[0, 0], [700, 0], [700, 1000], [0, 1000]], np.float32), np.array(quad, np.float32)
    )
    size = (picture.shape[1], picture.shape[0])
    mask = cv2.warpPerspective(np.full(sheet.shape, 255, np.uint8), matrix, size)
    laid = cv2.warpPerspective(sheet, matrix, size)
    return np.where(mask > 127, laid, picture)


@pytest.mark.parametrize("name", PHOTOS)
def test_the_page_in_a_photograph(name: str, truth):
    picture = cv2.imread(str(SAMPLES / name))
    assert picture is not None
    found = find_page(np.asarray(picture))
    assert found.found
    assert overlap(found.corners, np.array(truth[name]["corners"], np.float32)) > 0.98


def test_a_page_larger_than_the_picture_is_found_and_reported_cut_off():
    quad = [[300, -60], [1300, -40], [1320, 1100], [280, 1080]]
    found = find_page(lay(table(), quad))
    assert found.found
    assert found.cut_off
    seen = np.array([[300, 0], [1300, 0], [1320, 1100], [280, 1080]], np.float32)
    assert overlap(found.corners, seen) > 0.97


@pytest.mark.parametrize("seed", range(3))
def test_an_empty_table_holds_no_page(seed: int):
    found = find_page(table(seed=seed))
    assert not found.found
    assert found.corners.tolist() == [[0, 0], [1600, 0], [1600, 1200], [0, 1200]]


def test_two_pages_side_by_side_are_not_silently_cut_down_to_one():
    picture = lay(table(), [[120, 200], [680, 210], [670, 1000], [110, 990]])
    picture = lay(picture, [[880, 210], [1440, 200], [1450, 990], [890, 1000]])
    found = find_page(picture)
    assert not found.found
    assert found.second_sheet > 0.8


def test_a_sheet_that_peeks_out_from_under_the_page_is_said():
    upper = [[600, 150], [1180, 160], [1170, 1000], [590, 990]]
    picture = lay(table(), [[340, 240], [920, 250], [910, 1090], [330, 1080]], level=222)
    shadow = cv2.GaussianBlur(
        cv2.fillPoly(np.zeros((1200, 1600), np.uint8), [np.array(upper)], 255), (0, 0), 6
    )
    picture = (picture * (1 - 0.3 * shadow[..., None] / 255.0)).astype(np.uint8)
    found = find_page(lay(picture, upper))
    assert found.second_sheet > 0.4
    alone = find_page(lay(table(), upper))
    assert alone.found
    assert alone.second_sheet == 0.0


def test_two_sheets_lying_across_each_other_are_not_taken_for_one():
    picture = lay(table(), [[480, 160], [1060, 170], [1050, 1010], [470, 1000]], level=228)
    upper = [[560, 230], [1140, 240], [1130, 1080], [550, 1070]]
    found = find_page(lay(picture, upper))
    seen = np.array(upper, np.float32)
    assert found.second_sheet > 0.4 or overlap(found.corners, seen) > 0.95


def test_a_coloured_card_beside_the_page_is_not_a_second_page():
    picture = lay(table(), [[120, 200], [680, 210], [670, 1000], [110, 990]])
    picture = lay(picture, [[880, 210], [1440, 200], [1450, 990], [890, 1000]], level=150, lines=False)
    assert find_page(picture).second_sheet == 0.0


def test_white_paper_on_a_white_table_is_right_or_refused():
    quad = [[420, 150], [1150, 170], [1140, 1090], [400, 1080]]
    for level in (238, 226, 214, 200):
        found = find_page(lay(table(level=level), quad))
        assert not found.found or overlap(found.corners, np.array(quad, np.float32)) > 0.95


def test_a_flat_scan_is_the_page_itself():
    scan = np.full((1754, 1240, 3), 250, np.uint8)
    cv2.rectangle(scan, (200, 300), (1000, 800), (60, 60, 60), 4)  # a copied card's outline is not the page
    cv2.rectangle(scan, (204, 304), (996, 796), (215, 225, 230), -1)
    found = find_page(scan)
    assert found.found
    assert found.corners.tolist() == [[0, 0], [1240, 0], [1240, 1754], [0, 1754]]


def test_a_framed_form_is_taken_to_the_paper_s_edge_and_not_to_its_frame():
    quad = [[420, 100], [1180, 110], [1170, 1120], [410, 1110]]
    picture = lay(table(), quad)
    frame = np.array([[480, 180], [1120, 190], [1110, 1040], [470, 1030]], np.int32)
    cv2.polylines(picture, [frame], True, (30, 30, 30), 5)
    found = find_page(picture)
    assert found.found
    assert overlap(found.corners, np.array(quad, np.float32)) > 0.97


def striped(seed: int) -> np.ndarray:
    """A cloth in stripes of two strong colours."""
    rng = np.random.default_rng(seed)
    stripe = (np.arange(1600) // int(rng.integers(25, 60)) % 2)[None, :, None]
    return np.where(stripe, (60, 150, 90), (70, 50, 80)).repeat(1200, 0).astype(np.uint8)


def strewn(seed: int) -> np.ndarray:
    """A table with other written papers on it, none of them whole in the middle."""
    rng = np.random.default_rng(seed)
    picture = table(seed=seed, level=70)
    for x, y in ((100, 150), (1500, 200), (150, 1100), (1450, 1050)):
        turn = np.deg2rad(rng.uniform(0, 90))
        half = np.array([[-230, -320], [230, -320], [230, 320], [-230, 320]])
        spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        picture = lay(picture, (half @ spin + (x, y)).astype(int).tolist(), level=225)
    return picture


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("background", [striped, strewn])
def test_a_page_on_a_busy_table(background: Callable[[int], np.ndarray], seed: int):
    quad = [[520, 130], [1120, 160], [1090, 1050], [480, 1010]]
    found = find_page(lay(background(seed), quad))
    assert found.found
    assert overlap(found.corners, np.array(quad, np.float32)) > 0.97


def test_a_hand_on_one_edge_does_not_hide_the_page():
    quad = [[420, 100], [1180, 110], [1170, 1120], [410, 1110]]
    picture = lay(table(level=190), quad)
    cv2.line(picture, (1500, 640), (1120, 600), (120, 150, 200), 90)
    found = find_page(picture)
    assert found.found
    assert overlap(found.corners, np.array(quad, np.float32)) > 0.97


SHEET = [[250, 130], [1370, 150], [1360, 930], [240, 910]]  # A4, lying across


def with_card(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Put a card, in true size, on the sheet at SHEET; and its corners."""
    card = np.array([[700, 420], [1023, 428], [1020, 632], [697, 624]], np.int32)
    cv2.fillPoly(picture, [card], (225, 214, 200))
    for y in range(450, 600, 30):
        cv2.putText(picture, "62010219", (720, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (50, 50, 50), 2)
    cv2.rectangle(picture, (900, 460), (990, 580), (120, 110, 100), -1)
    return picture, card.astype(np.float32)


def test_a_card_on_a_blank_sheet_is_what_is_meant():
    picture, card = with_card(lay(table(), SHEET, lines=False))
    found = find_document(picture)
    assert found.found
    assert overlap(found.corners, card) > 0.96


def test_a_sheet_with_a_card_and_a_note_stays_a_sheet():
    picture, _ = with_card(lay(table(), SHEET, lines=False))
    cv2.putText(picture, "copy of the original", (330, 850), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (30, 30, 30), 3)
    found = find_document(picture)
    assert overlap(found.corners, np.array(SHEET, np.float32)) > 0.97


def test_a_written_sheet_stays_a_sheet():
    quad = [[420, 100], [1180, 110], [1170, 1120], [410, 1110]]
    picture = lay(table(), quad)
    assert find_document(picture).corners.tolist() == find_page(picture).corners.tolist()


def test_any_size_is_answered(tmp_path: Path):
    for height, width in ((1, 1), (2, 4000), (63, 63), (64, 64), (90, 3000)):
        assert find_page(np.full((height, width, 3), 128, np.uint8)).corners.shape == (4, 2)
