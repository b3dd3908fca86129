"""Tibetan on paper: letters stacked as the font says, found by a search, and off until it is asked for."""

from __future__ import annotations

import json
import re
from importlib import resources

import numpy as np
import pytest
import uharfbuzz
from PIL import Image, ImageChops

from printing import fonts, layout, packs, receipt_a4, receipt_roll, samples, shaping
from printing import typesetting as t
from printing.forms import sample_facts, sheet
from registration.errors import MachineError
from tests.printing import paper

AT = samples.ordinary().received_at
STACKS = ("བརྒྱུད།", "སྐྱབས་", "རྫོགས་", "བསྒྲུབས།", "རླུང་རྟ།", "ཞུ་མཁན།")


def drawn(text: str, em: float = 100) -> tuple[Image.Image, str]:
    canvas, buffer = layout.new_canvas((700, 260), title="", language="zh", made_at=AT)
    t.draw(canvas, 20, 110, t.readable(text), t.Face(fonts.REGULAR, em, em))
    canvas.showPage()
    canvas.save()
    return paper.images(buffer.getvalue(), 72)[0], paper.page_texts(buffer.getvalue())[0]


def by_letters(text: str) -> Image.Image:
    """Return what comes out where each letter is drawn by itself, one beside the other."""
    canvas, buffer = layout.new_canvas((700, 260), title="", language="zh", made_at=AT)
    x = 20.0
    for letter in text:
        t.draw(canvas, x, 110, letter, t.Face(fonts.REGULAR, 100, 100))
        x += t.width(letter, t.Face(fonts.REGULAR, 100, 100))
    canvas.showPage()
    canvas.save()
    return paper.images(buffer.getvalue(), 72)[0]


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(picture).point(lambda value: 255 if value > 128 else 0).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("text", STACKS)
def test_letters_stack_and_the_run_is_as_wide_as_the_shaper_says(text):
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(shaping._FILE))))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    expected = sum(place.x_advance for place in buffer.glyph_positions) / 1000
    assert shaping.shape(text).advance == pytest.approx(expected)
    picture, found = drawn(text)
    assert found == text
    assert ink(picture)[2] - 20 <= expected * 100 + 2
    if len(buffer.glyph_infos) < len(text) - 1:  # consonants have gone under each other
        apart = by_letters(text)
        assert ink(picture)[2] < ink(apart)[2] - 20
        assert ink(picture)[3] > ink(apart)[3] - 2


def test_a_line_breaks_after_a_syllable_and_never_within_one():
    text = packs.shipped("paper_labels_bo")["labels"]["证件号码末四位"] * 3
    lines = t.wrap(text, t.regular(10), 100)
    assert len(lines) > 2
    assert "".join(lines) == text
    assert all(line[-1] in "་།" for line in lines)


def test_a_name_in_tibetan_is_drawn_where_names_are_drawn():
    picture, text = drawn("卓玛 སྒྲོལ་མ།", 60)
    assert text == "卓玛 སྒྲོལ་མ།"
    assert ink(picture)[2] > 200


def test_every_label_of_the_pack_has_a_glyph_for_each_letter_and_belongs_to_a_label_that_papers_have():
    pack = packs.shipped("paper_labels_bo")
    assert pack["verified"] is False
    assert pack["source"]
    known = json.dumps([packs.shipped("forms"), packs.shipped("paper_wording")], ensure_ascii=False)
    for chinese, tibetan in pack["labels"].items():
        assert all(shaping.covers(char) for char in tibetan), chinese
        assert re.search(rf'"{re.escape(chinese)}(?: \{{n\}})?"', known), chinese


def test_labels_in_a_second_language_are_off_until_they_are_asked_for():
    receipt = samples.ordinary()
    for plain in (
        receipt_a4.render(receipt),
        receipt_roll.render(receipt),
        *(sheet.render(code, sample_facts.ordinary(), made_at=AT) for code, _, _ in sheet.offered_forms()),
    ):
        assert not shaping.has_shaped("".join(paper.page_texts(plain)))


@pytest.mark.parametrize("width_mm", [0, 80, 58])
def test_a_receipt_with_tibetan_labels_says_everything_in_both(width_mm):
    receipt = samples.ordinary()
    pdf = (
        receipt_roll.render(receipt, width_mm=width_mm, second="bo", verify_url=samples.VERIFY_URL)
        if width_mm
        else receipt_a4.render(receipt, second="bo", verify_url=samples.VERIFY_URL)
    )
    (text,) = paper.page_texts(pdf)
    labels = packs.second_labels("bo")
    for chinese in ("收件凭证", "收件编号", "申请人", "坐落", "收到的材料"):
        assert chinese in text
        assert labels[chinese].replace("་", "") in text.replace("་", "")
    if width_mm:  # nothing reaches beyond the head
        (page,) = paper.images(pdf, 203.2)
        margin = (width_mm - receipt_roll.PRINTABLE_MM[width_mm]) // 2 * 8
        levels = np.asarray(page)
        assert levels[:, : margin - 1].min() > 250
        assert levels[:, width_mm * 8 - margin + 1 :].min() > 250


def test_forms_have_tibetan_labels_in_their_cells_and_heads():
    text = "".join(
        paper.page_texts(sheet.render("checklist", sample_facts.ordinary(), made_at=AT, second="bo"))
    )
    for chinese in ("收件单", "坐落", "材料清单", "份数", "权利人"):
        assert packs.second_labels("bo")[chinese] in text, chinese


def test_a_language_without_labels_is_refused():
    with pytest.raises(KeyError):
        receipt_a4.render(samples.ordinary(), second="xx")
    assert packs.second_languages() == [("bo", "藏文", "Tibetan")]


def test_without_its_font_tibetan_is_a_problem_of_the_machine(tmp_path, monkeypatch):
    monkeypatch.setattr(shaping, "_FILE", tmp_path / "gone.ttf")
    shaping._font.cache_clear()
    shaping.shape.cache_clear()
    try:
        with pytest.raises(MachineError) as caught:
            shaping.shape("ཞུ")
        assert caught.value.code == "font_missing"
    finally:
        shaping._font.cache_clear()


def test_the_font_comes_with_its_licence():
    folder = resources.files("printing").joinpath("fonts_data")
    licence = folder.joinpath("OFL-NotoSerifTibetan.txt").read_text("utf-8")
    assert "SIL Open Font License, Version 1.1" in licence
    assert "tibetan" in licence
