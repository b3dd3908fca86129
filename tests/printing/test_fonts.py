"""The bundled fonts are there with their licence, and cost nothing to whoever only wants the files."""

from __future__ import annotations

import subprocess
import sys

import pytest

from printing import fonts
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
