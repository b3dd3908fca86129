"""Papers without a window: the commands write files, and say plainly when they cannot."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from printing import receipt_a4, samples
from printing.__main__ import main
from registration.receipt_json import receipt_to_json
from tests.printing import paper
from tests.printing.receipt_printer_model import Model


def facts(tmp_path):
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(receipt_to_json(samples.ordinary()), ensure_ascii=False), "utf-8")
    return file


def test_one_receipt_is_written_as_the_window_would_print_it(tmp_path):
    out = tmp_path / "receipt.pdf"
    command = [sys.executable, "-m", "printing", "receipt", facts(tmp_path), "--out", out]
    subprocess.run([*command, "--verify-url", samples.VERIFY_URL], check=True)
    assert out.read_bytes() == receipt_a4.render(samples.ordinary(), verify_url=samples.VERIFY_URL)


def test_a_roll_a_language_and_a_reprint_can_be_asked_for(tmp_path):
    out = tmp_path / "receipt.pdf"
    options = ["--roll", "58", "--language", "en", "--copy", "2"]
    assert main(["receipt", str(facts(tmp_path)), "--out", str(out), *options]) == 0
    assert round(paper.sizes_mm(out.read_bytes())[0][0]) == 58
    (text,) = paper.page_texts(out.read_bytes())
    assert "Reprint" in text


def test_a_roll_can_be_written_as_the_commands_of_a_receipt_printer(tmp_path):
    out = tmp_path / "receipt.bin"
    assert main(["receipt", str(facts(tmp_path)), "--out", str(out), "--roll", "80", "--escpos"]) == 0
    model = Model()
    model.feed(out.read_bytes())
    assert paper.codes(model.paper()) == [samples.ordinary().token]


def test_commands_of_a_receipt_printer_need_a_roll(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["receipt", str(facts(tmp_path)), "--out", str(tmp_path / "x"), "--escpos"])
    assert "--roll" in capsys.readouterr().err


def test_facts_that_are_none_are_refused_without_repeating_them(tmp_path, capsys):
    file = tmp_path / "facts.json"
    for content in ("张立群", "{}", "[]", '{"received_at": "张立群"}'):
        file.write_text(content, "utf-8")
        assert main(["receipt", str(file), "--out", str(tmp_path / "x.pdf")]) == 2
        said = capsys.readouterr()
        assert "facts of a receipt" in said.err
        assert "张立群" not in said.err + said.out
    assert not (tmp_path / "x.pdf").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path, capsys):
    assert main(["receipt", str(facts(tmp_path)), "--out", str(tmp_path / "no" / "x.pdf")]) == 1
    assert "cannot write" in capsys.readouterr().err


def test_samples_are_every_paper_in_both_languages(tmp_path, capsys):
    assert main(["samples", str(tmp_path / "out")]) == 0
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert capsys.readouterr().out.count("\n") == len(names)
    for kind in samples.RECEIPTS:
        for paper_name in ("a4-zh", "a4-en", "80mm-zh", "58mm-en"):
            assert f"receipt-{kind}-{paper_name}.pdf" in names
        facts_file = tmp_path / "out" / f"receipt-{kind}.json"
        assert json.loads(facts_file.read_text("utf-8"))["number"]
