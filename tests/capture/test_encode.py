"""What is stored of a page: true proportions, even light, its colours, and few bytes."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from capture import encode


def page_under_a_lamp(width: int = 827, height: int = 1169) -> np.ndarray:
    page = np.full((height, width, 3), 245, np.uint8)
    for y in range(100, 800, 40):
        cv2.putText(page, "Sample text 0123456789", (80, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (40, 40, 40), 2)
    cv2.circle(page, (600, 950), 100, (50, 50, 205), 12)
    light = np.linspace(0.55, 1.0, width)[None, :, None] * np.array([0.88, 1.0, 1.0])
    return (page * light).astype(np.uint8)


@pytest.mark.parametrize(
    ("corners", "paper"),
    [
        ([[100, 50], [700, 60], [695, 905], [95, 900]], encode.Format.A4),
        ([[50, 60], [900, 50], [905, 650], [45, 655]], encode.Format.A4),
        ([[100, 100], [957, 100], [957, 640], [100, 640]], encode.Format.ID_1),
        ([[100, 100], [900, 100], [900, 300], [100, 300]], None),
    ],
)
def test_proportions_snap_to_the_paper_that_they_fit(corners, paper):
    found, ratio = encode.proportions(np.array(corners, np.float32), 1000, 1000)
    assert found is paper
    if paper is not None:
        assert ratio == pytest.approx(paper.value[1] / paper.value[0])


def test_a_tilted_sheet_keeps_the_proportions_that_it_has_in_space():
    # An A4 sheet, tilted by 45 degrees away from a camera with an ordinary lens.
    focal, turn = encode.FOCAL * 2000, np.deg2rad(45)
    sheet = np.array([[-105, -148.5], [105, -148.5], [105, 148.5], [-105, 148.5]])
    depth = 700 + sheet[:, 1] * np.sin(turn)
    corners = np.stack([sheet[:, 0], sheet[:, 1] * np.cos(turn)], axis=1) / depth[:, None] * focal
    found, ratio = encode.proportions((corners + np.array([1000, 750])).astype(np.float32), 2000, 1500)
    assert found is encode.Format.A4
    assert ratio == pytest.approx(1.4143, abs=0.001)


def test_light_is_evened_out_and_a_stamp_stays_red():
    page = page_under_a_lamp()
    improved = encode.improve(page)
    left, right = improved[20:80, 20:60].mean(), improved[20:80, -60:-20].mean()
    before = page[20:80, -60:-20].mean() - page[20:80, 20:60].mean()
    assert before > 80
    assert abs(right - left) < 12
    blue, green, red = (float(channel) for channel in improved[948:953, 498:503].reshape(-1, 3).mean(axis=0))
    assert red > 170
    assert max(blue, green) < 0.5 * red


def test_a_portrait_on_a_card_gets_no_halo():
    card = np.full((540, 857, 3), 225, np.uint8)
    cv2.rectangle(card, (590, 280), (790, 380), (110, 90, 90), -1)
    improved = encode.improve(card, encode.Format.ID_1).astype(np.float32)
    beside, far = improved[330, 570:585].mean(), improved[330, 100:200].mean()
    assert abs(beside - far) < 3


def test_tinted_paper_keeps_its_tint():
    pink = np.full((1169, 827, 3), (190, 195, 240), np.uint8)
    blue, _, red = encode.improve(pink).reshape(-1, 3).mean(axis=0)
    assert red / blue == pytest.approx(240 / 190, rel=0.03)


def test_an_a4_page_of_text_stays_within_its_bytes():
    page = cv2.resize(encode.improve(page_under_a_lamp()), (1654, 2339))
    rng = np.random.default_rng(3)
    grainy = np.clip(page + rng.normal(0, 6, page.shape), 0, 255).astype(np.uint8)
    for picture in (page, grainy):
        data = encode.page_jpeg(picture)
        assert len(data) <= encode.MOST_BYTES
        assert Image.open(io.BytesIO(data)).size == (1654, 2339)


def test_large_pages_are_stored_at_print_resolution_and_small_ones_never_enlarged():
    picture = np.full((4000, 3000, 3), 200, np.uint8)
    large = encode.square(
        picture, np.array([[100, 100], [2800, 100], [2800, 3918], [100, 3918]], np.float32), 1.0
    )
    assert large.picture.shape == (2339, 1654, 3)
    assert large.dots_per_inch == pytest.approx(326.5, abs=1)
    small = encode.square(
        picture, np.array([[100, 100], [520, 100], [520, 694], [100, 694]], np.float32), 1.0
    )
    assert small.picture.shape == (594, 420, 3)


def test_what_lies_beyond_the_picture_comes_out_white():
    picture = np.full((800, 600, 3), 100, np.uint8)
    page = encode.square(
        picture, np.array([[-60, 100], [500, 100], [500, 892], [-60, 892]], np.float32), 1.0
    ).picture
    assert page[100, 5].tolist() == [255, 255, 255]
    assert page[100, 300].tolist() == [100, 100, 100]


def test_a_thumbnail_is_small():
    data = encode.thumbnail_jpeg(page_under_a_lamp())
    assert max(Image.open(io.BytesIO(data)).size) == encode.THUMBNAIL_SIDE
