"""Copies: a card's two sides on one page in true size, and words across that hide nothing."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from capture.compose import card_copy, joined, watermarked
from capture.encode import MOST_BYTES
from capture.imaging import ImagingPool
from tests.capture.conftest import SAMPLES

FONT = Path(__file__).resolve().parents[2] / "printing/fonts_data/NotoSansSC-Regular.ttf"
WORDS = "仅供办理不动产登记使用"


def test_both_sides_stand_in_true_size_on_a4():
    page = card_copy(
        np.full((540, 857, 3), (0, 0, 200), np.uint8), np.full((270, 428, 3), (200, 0, 0), np.uint8)
    )
    assert page.shape == (3508, 2480, 3)
    for channel in (2, 0):
        rows, columns = np.where((page[..., channel] > 150) & (page.sum(axis=2) < 300))
        assert columns.max() - columns.min() + 1 == pytest.approx(85.6 / 25.4 * 300, abs=1.5)
        assert rows.max() - rows.min() + 1 == pytest.approx(53.98 / 25.4 * 300, abs=1.5)
        assert abs(columns.min() - (2479 - columns.max())) <= 1


def test_two_standing_pages_stand_side_by_side_and_two_lying_ones_below_each_other():
    red, blue = (np.full((400, 300, 3), colour, np.uint8) for colour in ((0, 0, 200), (200, 0, 0)))
    small = cv2.resize(blue, (150, 200))
    side_by_side = joined(red, np.asarray(small, np.uint8))
    assert side_by_side.shape == (400, 600, 3)  # the smaller one grows to the other's height
    assert tuple(side_by_side[200, 150]) == (0, 0, 200) and tuple(side_by_side[200, 450]) == (200, 0, 0)
    lying = joined(red.transpose(1, 0, 2), blue.transpose(1, 0, 2))
    assert lying.shape == (600, 400, 3)
    assert tuple(lying[150, 200]) == (0, 0, 200) and tuple(lying[450, 200]) == (200, 0, 0)


def test_two_stored_pages_are_joined_in_the_imaging_process(pool: ImagingPool):
    pages = [
        pool.submit_file((SAMPLES / name).read_bytes(), name).result(60).pages[0]
        for name in ("id_card_front-007-00.jpg", "id_card_back-007-02.jpg")
    ]
    sheet = pool.submit_join(*(page.improved_jpeg for page in pages)).result(60)
    width, height = Image.open(io.BytesIO(sheet)).size
    assert width == max(page.width for page in pages)
    assert height == pytest.approx(sum(page.height * width / page.width for page in pages), abs=2)


def test_a_watermark_darkens_paper_everywhere_and_leaves_ink_as_it_is():
    page = np.full((1754, 1240, 3), 250, np.uint8)
    cv2.putText(page, "0123456789", (200, 900), cv2.FONT_HERSHEY_SIMPLEX, 3, (20, 20, 20), 8)
    marked = watermarked(page, WORDS, FONT)
    assert 200 <= int(marked[page == 250].min()) < 225  # seen, and far from black
    assert np.abs(marked[page < 40].astype(int) - page[page < 40]).max() <= 7
    fields = [part for band in np.array_split(marked, 4) for part in np.array_split(band, 3, axis=1)]
    assert all((field < 240).mean() > 0.005 for field in fields)
    assert watermarked(page, WORDS, FONT).tobytes() == marked.tobytes()


def test_a_copy_with_a_watermark_is_a_page_whose_fields_are_still_read(pool: ImagingPool, truth):
    sides = ["id_card_front-007-00.jpg", "id_card_back-007-02.jpg"]
    front, back = (
        pool.submit_file((SAMPLES / name).read_bytes(), name).result(60).pages[0].improved_jpeg
        for name in sides
    )
    copy = pool.submit_card_copy(front, back, WORDS, FONT).result(60)
    assert len(copy) <= MOST_BYTES
    assert Image.open(io.BytesIO(copy)).size == (2480, 3508)
    page = pool.submit_file(copy, "copy.jpg").result(60).pages[0]
    assert page.page_found
    assert page.corners == ((0, 0), (2480, 0), (2480, 3508), (0, 3508))
    reading = pool.submit_recognise(page.improved_jpeg).result(60)
    read = {name: field.value for name, field in reading.fields.items()}
    assert read["id_number"] == truth[sides[0]]["fields"]["id_number"]
    assert reading.item_codes == ("identity",)


def test_any_page_can_be_marked(pool: ImagingPool):
    sheet = io.BytesIO()
    Image.new("RGB", (827, 1169), (250, 250, 250)).save(sheet, "JPEG")
    marked = Image.open(io.BytesIO(pool.submit_watermark(sheet.getvalue(), WORDS, FONT).result(60)))
    assert marked.size == (827, 1169)
    assert np.asarray(marked.convert("L")).min() < 225
