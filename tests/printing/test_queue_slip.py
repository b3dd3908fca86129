"""The queue slip: a number seen from afar, who has to be here, and nobody's name."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from printing import queue_slip, samples
from printing.roll import PRINTABLE_MM
from tests.printing import paper

SLIP = samples.queue_slip_facts()


@pytest.mark.parametrize("width_mm", [80, 58])
def test_it_says_the_number_and_what_to_bring(width_mm):
    (text,) = paper.page_texts(queue_slip.render(SLIP, width_mm=width_mm))
    for words in (
        "排队号",
        "A012",
        "7 人",
        "2026年11月7日 19:36",
        "新建商品房转移登记",
        "全体权利人",
        "身份证件原件",
    ):
        assert words in text.replace("\n", "")


def test_the_number_is_the_largest_thing_on_it():
    pdf = queue_slip.render(SLIP)
    boxes = paper.text_boxes(pdf)[0]
    tallest = max(boxes, key=lambda box: box[3] - box[1])
    assert tallest[3] - tallest[1] > 35  # points: over a centimetre


@pytest.mark.parametrize("width_mm", [80, 58])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_long_words_stay_where_the_head_reaches(width_mm, language):
    long = dataclasses.replace(
        SLIP,
        number="W-261107-0123456",
        site="兰州新区黄河生态走廊国际文化旅游度假区职工经济适用住房小区（二期）",
        type_name="国有建设用地使用权及房屋所有权转移登记（新建商品房）",
        present="张*群、马*兰及其未成年子女的监护人",
    )
    (page,) = paper.images(queue_slip.render(long, width_mm=width_mm, language=language), 203.2)
    margin = (width_mm - PRINTABLE_MM[width_mm]) // 2 * 8
    levels = np.asarray(page)
    assert levels[:, : margin - 1].min() > 250
    assert levels[:, width_mm * 8 - margin + 1 :].min() > 250


def test_the_same_slip_gives_the_same_bytes_and_an_unknown_width_none():
    assert queue_slip.render(SLIP) == queue_slip.render(SLIP)
    with pytest.raises(KeyError):
        queue_slip.render(SLIP, width_mm=76)
