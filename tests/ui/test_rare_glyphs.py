"""A character whose font the paper's own search does not find is drawn by Qt's fallback, never as a box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops

from printing import fonts, installed_fonts, layout, samples
from printing import typesetting as t
from tests.printing import paper
from ui.rare_glyphs import glyph_of, lend_glyphs


def forget() -> None:
    for cached in (installed_fonts._glyph, installed_fonts._font_files, t._has_glyph):
        cached.cache_clear()


@pytest.fixture
def no_font_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which the paper's own search finds nothing; Qt's goes on as ever."""
    monkeypatch.setattr(installed_fonts, "_folders", list)
    monkeypatch.setattr(installed_fonts, "_last_resort", [])
    forget()
    yield
    forget()


def drawn(char: str) -> Image.Image:
    canvas, buffer = layout.new_canvas(
        (160, 150), title="", language="zh", made_at=samples.ordinary().received_at
    )
    t.draw(canvas, 20, 50, t.readable(char), t.Face(fonts.REGULAR, 120, 120))
    canvas.showPage()
    canvas.save()
    return paper.images(buffer.getvalue(), 72)[0]


def ink(picture: Image.Image) -> Image.Image:
    return picture.point(lambda value: 255 if value < 128 else 0).convert("1")


def test_qt_lends_the_shape_of_a_rare_name(no_font_files: None):
    if glyph_of("𠮷", bold=False) is None:
        pytest.skip("no font of this machine has the character")
    assert t.readable("𠮷") == "〔U+20BB7〕"
    forget()
    lend_glyphs()
    assert t.readable("𠮷野") == "𠮷野"
    assert ink(drawn("𠮷")).histogram()[-1] > 500


def test_the_shape_is_that_of_the_font_itself(no_font_files: None, monkeypatch: pytest.MonkeyPatch):
    lend_glyphs()
    if glyph_of("𠮷", bold=False) is None:
        pytest.skip("no font of this machine has the character")
    lent = ink(drawn("𠮷"))
    monkeypatch.undo()
    forget()
    if installed_fonts.glyph("𠮷", bold=False) is None:
        pytest.skip("no font file to compare with")
    own = ink(drawn("𠮷"))
    both = ImageChops.logical_and(lent, own).histogram()[-1]
    either = ImageChops.logical_or(lent, own).histogram()[-1]
    assert both / either > 0.6  # the same character, perhaps of another weight or family


@pytest.mark.parametrize("char", ["\U000e1234", "\U0010fffd"])
def test_what_qt_has_no_font_for_is_no_glyph_not_a_box(char: str):
    assert glyph_of(char, bold=False) is None
