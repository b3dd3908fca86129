"""The bundled fonts are there with their licence, and cost nothing to whoever only wants the files."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

from printing import fonts, receipt_a4, samples
from printing.font_tables import Face
from registration.errors import MachineError


def test_the_files_are_true_type_and_come_with_their_licence():
    files = fonts.font_files()
    assert [file.name for file in files] == ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"]
    assert all(file.read_bytes()[:4] == b"\0\1\0\0" for file in files)
    assert "SIL Open Font License, Version 1.1" in (files[0].parent / "OFL.txt").read_text()


def test_asking_for_the_files_does_not_load_the_pdf_library():
    program = (
        "import sys; from printing import fonts; fonts.font_files(); "
        "sys.exit(any(name.split('.')[0] in ('reportlab', 'PIL', 'qrcode', 'numpy') for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_missing_files_are_a_problem_of_the_machine(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "_FOLDER", tmp_path)
    with pytest.raises(MachineError) as caught:
        fonts.font_files()
    assert caught.value.code == "font_missing"


@pytest.mark.parametrize("index", [0, 1])
def test_tables_read_whole_say_what_the_library_reads_number_by_number(index):
    file = fonts.font_files()[index]
    ours, theirs = Face(file), TTFontFace(str(file))
    assert ours.charToGlyph == theirs.charToGlyph
    assert ours.charWidths == theirs.charWidths
    assert ours.defaultWidth == theirs.defaultWidth
    assert list(ours.glyphPos) == theirs.glyphPos
    assert all(ours.hmetrics[n] == theirs.hmetrics[n] for n in range(theirs.numGlyphs))
    text = [0, *map(ord, "即来Jilai，ǹ䶮龑𬭎")]
    assert ours.makeSubset(text) == theirs.makeSubset(text)


def test_two_papers_at_once_do_not_mix_their_letters():
    receipts = [samples.RECEIPTS[name]() for name in ("ordinary", "co-owners", "many-materials")] * 4
    alone = [receipt_a4.render(receipt) for receipt in receipts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(receipt_a4.render, receipts)) == alone
