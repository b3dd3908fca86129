"""QR codes: what is drawn is what a scanner reads, and masks are judged by the standard's rules."""

from __future__ import annotations

import numpy as np
import pytest
import qrcode
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from qrcode import util

from printing import layout, qr, samples
from printing.qr_codewords import codewords, smallest_version
from tests.printing import paper


def picture(modules: qr.Matrix, side: int = 4, quiet: int = 4) -> Image.Image:
    count = len(modules)
    image = Image.new("L", (count + 2 * quiet, count + 2 * quiet), 255)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                image.putpixel((column + quiet, row + quiet), 0)
    return image.resize((image.width * side, image.height * side), Image.Resampling.NEAREST)


@settings(max_examples=30)
@given(
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=250),
    st.sampled_from("LMQH"),
)
def test_any_ascii_text_is_read_back(text, level):
    found = zxingcpp.read_barcodes(picture(qr.matrix(text, level)))
    assert [code.text for code in found] == [text]
    assert found[0].ec_level == level


def test_the_penalty_is_that_of_the_library_which_follows_the_standard():
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(samples.ordinary().token)
    code.best_fit()
    for mask in range(8):
        code.makeImpl(False, mask)
        rows, columns = qr._as_lines(code.modules), qr._as_lines(zip(*code.modules, strict=True))
        size = len(rows)
        ours = qr._penalty(rows, size) + qr._penalty(columns, size) + qr._blocks(rows, size)
        theirs = (
            util._lost_point_level1(code.modules, size)
            + util._lost_point_level2(code.modules, size)
            + util._lost_point_level3(code.modules, size)
        )
        assert ours == theirs


def test_what_the_path_fills_are_exactly_the_dark_modules():
    modules = qr.matrix(samples.ordinary().token)
    side = len(modules)
    canvas, buffer = layout.new_canvas(
        (side, side), title="qr", language="zh", made_at=samples.ordinary().received_at
    )
    qr.draw(canvas, 0, 0, 1, modules)
    canvas.showPage()
    canvas.save()
    (image,) = paper.images(buffer.getvalue(), 72 * 8)
    levels = np.asarray(image)
    drawn = [[bool(levels[8 * r + 4, 8 * c + 4] < 128) for c in range(side)] for r in range(side)]
    assert drawn == modules
    # No hairline between rows: the middle of every seam inside a dark area is as dark as the area.
    seams = [
        int(levels[8 * r, 8 * c + 4])
        for r in range(1, side)
        for c in range(side)
        if modules[r][c] and modules[r - 1][c]
    ]
    assert max(seams) < 16


def test_other_than_ascii_is_not_put_into_a_code():
    try:
        qr.matrix("收件")
    except ValueError as error:
        assert "ASCII" in str(error)
    else:
        raise AssertionError("a code that scanners garble was made")


@settings(max_examples=40)
@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=700),
    st.sampled_from([qrcode.ERROR_CORRECT_L, qrcode.ERROR_CORRECT_M, qrcode.ERROR_CORRECT_Q]),
)
def test_the_codewords_are_those_of_the_library(text, level):
    code = qrcode.QRCode(error_correction=level, border=0)
    code.add_data(text, optimize=20)
    code.best_fit()
    assert smallest_version(code.data_list, level) == code.version
    assert codewords(code.data_list, code.version, level) == util.create_data(
        code.version, level, code.data_list
    )


def test_what_no_symbol_holds_is_refused():
    with pytest.raises(ValueError, match="too much"):
        qr.matrix("x" * 3000)


@pytest.mark.parametrize("version", [1, 6, 7, 10, 27])
def test_a_changed_mask_is_the_symbol_that_the_library_makes_with_it(version):
    code = qrcode.QRCode(version=version, error_correction=qrcode.ERROR_CORRECT_L, border=0)
    code.add_data("JILAI")
    code.makeImpl(False, 0)
    plain = qr._as_lines(code.modules)
    for mask, (flips, _) in enumerate(qr._flips(version)):
        code.makeImpl(False, mask)
        code.setup_type_info(False, 0)
        assert [a ^ b for a, b in zip(plain, flips, strict=True)] == qr._as_lines(code.modules)
