"""The roll receipt as a thermal printer has it: on whole dots, read through missing ones, names masked."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
import zxingcpp

from printing import receipt_roll, samples
from printing.receipt_words import qr_text
from tests.printing import paper

DPI = 203.2  # 8 dots a millimetre


def rendered(receipt, width_mm=80, **options) -> bytes:
    return receipt_roll.render(receipt, width_mm=width_mm, verify_url=samples.VERIFY_URL, **options)


@pytest.mark.parametrize("width_mm", [80, 58])
def test_facts_are_found_and_names_are_masked(width_mm):
    receipt = samples.ordinary()
    (text,) = paper.page_texts(rendered(receipt, width_mm))
    for fact in (
        "收件凭证", receipt.number, "2026年11月7日 19:36", "张*群", "371X", "材料已收到，尚未受理",
        "新建商品房转移登记", "雁滩花园 3号楼 2单元 1201", "热敏纸会褪色，请及时拍照保存", "王海燕",
        "第 1 次打印",
        *(line.zh for line in receipt.lines),
    ):  # fmt: skip
        assert fact in text
    assert receipt.applicant not in text


def test_no_co_owner_is_named_in_full():
    receipt = samples.co_owners()
    (text,) = paper.page_texts(rendered(receipt))
    assert "申请人 12 人" in text
    assert all(name not in text for name in receipt.applicant.split("、"))


@pytest.mark.parametrize("width_mm", [80, 58])
@pytest.mark.parametrize("seed", range(4))
def test_the_code_is_read_from_the_printed_dots_with_a_tenth_of_them_missing(width_mm, seed):
    receipt = samples.ordinary()
    (page,) = paper.images(rendered(receipt, width_mm), DPI)
    dots = page.point(lambda value: 255 if value >= 128 else 0)
    lost = random.Random(seed)
    pixels = bytes(255 if lost.random() < 0.1 else value for value in dots.tobytes())
    dots.frombytes(pixels)
    assert paper.codes(dots) == [qr_text(receipt, samples.VERIFY_URL)]


@pytest.mark.parametrize("width_mm", [80, 58])
def test_the_modules_of_the_code_fall_on_whole_dots(width_mm):
    """Where edges fall between dots a head prints ragged modules: here each dot is black or white."""
    pdf = rendered(samples.ordinary(), width_mm)
    (page,) = paper.images(pdf, DPI)
    symbol = zxingcpp.read_barcodes(page)[0].position
    box = (symbol.top_left.x + 2, symbol.top_left.y + 2, symbol.bottom_right.x - 2, symbol.bottom_right.y - 2)
    levels = page.crop(box).histogram()
    assert sum(levels[8:248]) == 0


@pytest.mark.parametrize("name", samples.RECEIPTS)
@pytest.mark.parametrize("width_mm", [80, 58])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_drawn_where_the_head_does_not_reach(name, width_mm, language):
    pdf = rendered(
        samples.RECEIPTS[name](), width_mm, language=language, copy_number=2, reprinted_by="王海燕"
    )
    (page,) = paper.images(pdf, DPI)
    margin = (width_mm - receipt_roll.PRINTABLE_MM[width_mm]) // 2 * 8
    levels = np.asarray(page)
    assert levels[:, : margin - 1].min() > 250
    assert levels[:, width_mm * 8 - margin + 1 :].min() > 250
    assert paper.images(pdf, 40, grey=False)[0].convert("RGB").getcolors(256) is not None
    for boxes in paper.text_boxes(pdf):
        ordered = sorted(boxes, key=lambda box: -box[3])
        for upper, lower in pairwise(ordered):
            across = min(upper[2], lower[2]) - max(upper[0], lower[0])
            assert across <= 1 or min(upper[3], lower[3]) - max(upper[1], lower[1]) <= 1.5


def test_only_black_is_used():
    (page,) = paper.images(rendered(samples.hardest()), 60, grey=False)
    levels = np.asarray(page.convert("RGB"))
    assert (levels.min(axis=2) == levels.max(axis=2)).all()


@pytest.mark.parametrize("width_mm", [80, 58])
def test_the_page_is_as_wide_as_the_roll_and_as_long_as_its_text(width_mm):
    short = paper.sizes_mm(rendered(samples.ordinary(), width_mm))
    long = paper.sizes_mm(rendered(samples.many_materials(), width_mm))
    assert [round(w, 2) for w, _ in short + long] == [width_mm, width_mm]
    assert long[0][1] > short[0][1] + 100
    assert abs(short[0][1] * 8 - round(short[0][1] * 8)) < 0.01  # whole dots


def test_a_reprint_is_marked_in_a_band():
    (text,) = paper.page_texts(rendered(samples.ordinary(), copy_number=2, reprinted_by="李帮办"))
    assert text.index("补打") < text.index(samples.ordinary().number)
    assert "补打人 李帮办" in text


def test_a_width_that_no_roll_has_is_refused():
    with pytest.raises(KeyError):
        rendered(samples.ordinary(), 72)


def test_the_same_facts_give_the_same_bytes():
    assert rendered(samples.hardest(), 58) == rendered(samples.hardest(), 58)
    assert rendered(samples.hardest(), 58) != rendered(samples.hardest(), 80)
