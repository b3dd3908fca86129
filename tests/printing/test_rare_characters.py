"""Rare names: drawn with their own glyph from whatever font has it, found by a search, never a box."""

from __future__ import annotations

import dataclasses

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from printing import fonts, installed_fonts, layout, receipt_a4, samples
from printing import typesetting as t
from printing.characters import standard_form
from tests.printing import paper

EM = 120  # pixels


def drawn(text: str, face_name: str = fonts.REGULAR) -> tuple[Image.Image, str]:
    """Return the pixels and the text of one character set at an em of EM pixels, baseline at 100 of 150."""
    canvas, buffer = layout.new_canvas(
        (160, 150), title="", language="zh", made_at=samples.ordinary().received_at
    )
    t.draw(canvas, 20, 50, t.readable(text), t.Face(face_name, EM, EM))
    canvas.showPage()
    canvas.save()
    return paper.images(buffer.getvalue(), 72)[0], paper.page_texts(buffer.getvalue())[0]


def reference(char: str, path: str, index: int) -> Image.Image:
    image = Image.new("L", (160, 150), 255)
    ImageDraw.Draw(image).text(
        (20, 100), char, fill=0, font=ImageFont.truetype(path, EM, index=index), anchor="ls"
    )
    return image


def likeness(a: Image.Image, b: Image.Image) -> float:
    """Return how much of the ink of either picture is ink of both, 0 to 1."""
    dark_a, dark_b = (image.point(lambda value: 255 if value < 128 else 0).convert("1") for image in (a, b))
    both = ImageChops.logical_and(dark_a, dark_b).histogram()[-1]
    either = ImageChops.logical_or(dark_a, dark_b).histogram()[-1]
    return both / either


def installed(char: str) -> tuple[str, int]:
    """Return a font of this machine with the character, found without the code under test, or skip."""
    import subprocess

    try:
        listed = subprocess.run(
            ["fc-list", f":charset={ord(char):x}:lang=zh-cn", "file", "index"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("fontconfig is not installed, so no second opinion")
    sans = [line for line in listed.splitlines() if "Sans" in line and "Regular" in line]
    if not sans:
        pytest.skip(f"no installed font has U+{ord(char):04X}")
    path, _, rest = sans[0].partition(":")
    return path, int(rest.rpartition("index=")[2] or 0)


@pytest.mark.parametrize("char", "𬭎㛃䶮龑張")
def test_a_character_of_the_bundled_font_is_drawn_with_its_glyph_and_found(char):
    picture, text = drawn(char)
    assert likeness(picture, reference(char, str(fonts.font_files()[0]), 0)) > 0.9
    assert text == char


@pytest.mark.parametrize("char", ["𠮷", "\U0002000b", "\U000201a9"])
def test_a_character_beyond_the_bundled_font_comes_from_an_installed_one(char):
    path, index = installed(char)
    assert ord(char) not in fonts.widths(fonts.REGULAR)
    picture, text = drawn(char)
    box = reference("\U0010ffff", path, index)
    assert likeness(picture, reference(char, path, index)) > 0.85
    assert likeness(picture, box) < 0.3
    assert text == char


def test_a_bold_name_gets_a_bold_outline():
    installed("𠮷")
    regular, _ = drawn("𠮷")
    bold, _ = drawn("𠮷", fonts.BOLD)
    ink = [image.point(lambda value: 255 if value < 128 else 0).histogram()[255] for image in (regular, bold)]
    assert ink[1] > ink[0] * 1.15


@pytest.mark.parametrize(
    ("private", "standard"),
    [
        ("\ue863", "䶮"),
        ("\ue816", "\U00020087"),
        ("\ue81a", "\u3473"),
        ("\ue864", "\u9fbb"),
        ("\ue78d", "\ufe10"),
    ],
)
def test_private_forms_of_older_systems_become_the_standard_character(private, standard):
    assert standard_form(private) == standard


def test_every_private_form_of_the_old_table_has_a_standard_one():
    for code in (*range(0xE78D, 0xE797), 0xE7C7, 0xE7C8, *range(0xE815, 0xE865)):
        assert standard_form(chr(code)) != chr(code)


def test_invisible_characters_are_dropped_and_line_ends_become_spaces():
    assert standard_form("张\n立\u200b群\x07\u202e") == "张 立群"
    assert standard_form("葛\U000e0100城") == "葛城"  # a variation selector


@pytest.mark.parametrize("char", ["\U000323ff", "\uf8ff", "\ue000"])
def test_what_no_font_can_draw_is_named_by_its_code_and_the_paper_says_so(char, monkeypatch):
    code = f"U+{ord(char):04X}"
    if char == "\U000323ff" and installed_fonts.glyph(char, bold=False):
        pytest.skip("this machine has a font for it")
    assert t.readable(f"赵{char}") == f"赵〔{code}〕"
    receipt = dataclasses.replace(samples.ordinary(), applicant=f"赵{char}")
    (text,) = paper.page_texts(receipt_a4.render(receipt))
    assert f"赵〔{code}〕" in text
    assert f"姓名或地址中的 {code} 在本机没有字形" in text


def test_without_any_installed_font_the_code_stands_in_place_of_the_character(monkeypatch):
    monkeypatch.setattr(installed_fonts, "_folders", list)
    for cached in (installed_fonts._glyph, installed_fonts._font_files, t._has_glyph):
        cached.cache_clear()
    try:
        assert t.readable("𠮷野") == "〔U+20BB7〕野"
    finally:
        for cached in (installed_fonts._glyph, installed_fonts._font_files, t._has_glyph):
            cached.cache_clear()


def test_a_file_that_only_looks_like_a_font_is_passed_over(tmp_path, monkeypatch):
    for name, content in {
        "empty.ttf": b"",
        "noise.otf": bytes(range(256)) * 8,
        "many.ttc": b"ttcf" + b"\xff" * 64,
        "cut.ttf": b"\0\1\0\0\0\1" + b"cmap" * 3,
    }.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(installed_fonts, "_folders", lambda: [tmp_path])
    for cached in (installed_fonts._glyph, installed_fonts._font_files):
        cached.cache_clear()
    try:
        assert installed_fonts.glyph("𠮷", bold=False) is None
    finally:
        for cached in (installed_fonts._glyph, installed_fonts._font_files):
            cached.cache_clear()
