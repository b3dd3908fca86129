"""Without CUPS the window system prints: pages at true size, and nobody claims that they came out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from printing import receipt_a4, receipt_roll, samples, spool
from printing.forms import archive, sample_facts
from printing.receipt_words import qr_text
from registration.errors import MachineError
from tests.printing import paper

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def no_cups(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "none.sock"))


def into_file(file: Path) -> QPrinter:
    """Return a device of Qt's print support that prints into a file, as "Print to PDF" does."""
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(file))
    return device


@pytest.mark.parametrize("width_mm", [0, 80, 58])
def test_a_receipt_comes_out_at_its_size_with_a_code_that_scans(no_cups, monkeypatch, tmp_path, width_mm):
    receipt, file = samples.ordinary(), tmp_path / "out.pdf"
    monkeypatch.setattr(spool, "_qt_device", lambda name: into_file(file))
    pdf = (
        receipt_roll.render(receipt, width_mm=width_mm, verify_url=samples.VERIFY_URL)
        if width_mm
        else receipt_a4.render(receipt, verify_url=samples.VERIFY_URL)
    )
    job = spool.print_pdf(pdf, "Office", receipt.number)
    printed = file.read_bytes()
    for printed_size, size in zip(paper.sizes_mm(printed), paper.sizes_mm(pdf), strict=True):
        assert printed_size == pytest.approx(size, abs=0.5)
    (page,) = paper.images(printed, 203.2)
    assert paper.codes(page) == [qr_text(receipt, samples.VERIFY_URL)]
    state = spool.job_state(job)
    assert (state.ended, state.printed, state.phase) == (True, False, spool.Phase.HANDED_OVER)
    assert "不反馈" in state.say("zh")
    assert not spool.forget(job)


def test_every_page_of_an_archive_comes_in_its_own_orientation(no_cups, monkeypatch, tmp_path):
    file = tmp_path / "out.pdf"
    monkeypatch.setattr(spool, "_qt_device", lambda name: into_file(file))
    parts: list[archive.Part] = [
        archive.CapturedPart(
            "身份证", "复印件", [lambda: samples.captured_page(shade=90, width=900, height=600)]
        ),
        archive.FormPart("备考表", "archive_remarks", sample_facts.ordinary()),
    ]
    pdf = archive.render(sample_facts.ordinary(), parts, made_at=samples.ordinary().received_at)
    spool.print_pdf(pdf, "Office", "1")
    sizes = [(round(w), round(h)) for w, h in paper.sizes_mm(file.read_bytes())]
    assert sizes == [(round(w), round(h)) for w, h in paper.sizes_mm(pdf)]
    assert (297, 210) in sizes


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_device_that_does_not_take_the_paper_refused(no_cups, monkeypatch, tmp_path):
    monkeypatch.setattr(spool, "_qt_device", lambda name: into_file(tmp_path / "no" / "such" / "out.pdf"))
    with pytest.raises(MachineError) as caught:
        spool.print_pdf(receipt_a4.render(samples.ordinary()), "Office", "1")
    assert (caught.value.code, caught.value.problem.params["printer"]) == ("printer_refused", "Office")


def test_where_qt_has_no_printer_either_there_is_none(no_cups):
    with pytest.raises(MachineError) as caught:
        spool.printers()
    assert caught.value.code == "printer_none"
    with pytest.raises(MachineError) as caught:
        spool.print_pdf(receipt_a4.render(samples.ordinary()), "Office", "1")
    assert caught.value.code == "printer_none"


def test_a_program_without_a_window_needs_no_qt_to_hear_that_there_is_no_printer(tmp_path):
    program = (
        "from printing import spool\nfrom registration.errors import MachineError\n"
        "try:\n    spool.printers()\nexcept MachineError as error:\n    print(error.code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "CUPS_SERVER": str(tmp_path / "none.sock")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "printer_none"
