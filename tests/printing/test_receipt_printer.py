"""Receipt printers: the picture that comes out is the paper, and no trouble of the device is passed over."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from PIL import ImageChops

from printing import escpos, raster, receipt_printer, receipt_roll, samples
from printing.escpos import Status, Trouble
from printing.raster import Dots
from printing.receipt_words import qr_text, section
from registration.errors import MachineError
from tests.printing import paper
from tests.printing.receipt_printer_model import Model, Plugged

URL = samples.VERIFY_URL


def roll(receipt, width_mm=80) -> bytes:
    return receipt_roll.render(receipt, width_mm=width_mm, verify_url=URL)


@pytest.mark.parametrize(("width_mm", "dots"), [(80, 576), (58, 384)])
@pytest.mark.parametrize("name", ["ordinary", "hardest"])
def test_the_dots_that_come_out_are_the_paper(name, width_mm, dots):
    pdf = roll(samples.RECEIPTS[name](), width_mm)
    model = Model(dots=dots)
    model.feed(escpos.encode(pdf, width_mm))
    assert model.strays == b""
    assert model.cuts == 1
    out = model.paper()
    (page,) = paper.images(pdf, 203.2)
    left = (page.width - dots) // 2
    expected = page.crop((left, 0, left + dots, page.height)).point(lambda value: 0 if value < 128 else 255)
    difference = ImageChops.difference(out.crop((0, 0, dots, page.height)), expected).histogram()
    assert difference[255] <= 20  # dots that were moved away from orders
    assert paper.codes(out) == [qr_text(samples.RECEIPTS[name](), URL)]


def test_the_code_is_read_from_a_worn_head():
    model = Model()
    model.feed(escpos.encode(roll(samples.ordinary())))
    lost = random.Random(7)
    out = model.paper()
    out.frombytes(bytes(255 if lost.random() < 0.1 else value for value in out.tobytes()))
    assert paper.codes(out) == [qr_text(samples.ordinary(), URL)]


@pytest.mark.parametrize(("width_mm", "dots"), [(80, 576), (58, 384)])
def test_the_code_may_be_the_printer_s_own(width_mm, dots):
    receipt = samples.ordinary()
    pdf = receipt_roll.render(receipt, width_mm=width_mm, verify_url=URL, code_follows=True)
    assert paper.codes(paper.images(pdf, 203.2)[0]) == []
    model = Model(dots=dots)
    model.feed(escpos.encode(pdf, width_mm, code=qr_text(receipt, URL)))
    assert model.strays == b""
    assert model.cuts == 1
    assert paper.codes(model.paper()) == [qr_text(receipt, URL)]
    with pytest.raises(ValueError, match="ASCII"):
        escpos.encode(pdf, width_mm, code="收件")


@pytest.mark.parametrize("order", [b"\x10\x04\x01", b"\x10\x05\x01", b"\x10\x14\x01\x00\x08"])
def test_a_picture_never_holds_an_order_that_opens_a_drawer(order, monkeypatch):
    rows = (order * 100)[: 72 * 4]
    monkeypatch.setattr(raster, "dots", lambda pdf, width: [Dots(576, 4, rows)])
    commands = escpos.encode(b"")
    body = commands[commands.index(b"\x1dv0") + 8 :]
    assert not any(pair in ((0x10, 4), (0x10, 5), (0x10, 0x14)) for pair in pairwise(body))
    model = Model()
    model.feed(commands)
    assert model.drawer_openings == 0
    assert model.strays == b""


def test_what_is_not_a_roll_is_refused():
    with pytest.raises(ValueError, match="not a PDF"):
        escpos.encode(b"hello")
    with pytest.raises(ValueError, match="narrower"):
        escpos.encode(roll(samples.ordinary(), 58), 80)
    with pytest.raises(KeyError):
        escpos.encode(roll(samples.ordinary()), 76)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (b"\x12\x12\x12\x12", Status(())),
        (b"\x1a\x32\x12\x72", Status((Trouble.PAPER_OUT,))),
        (b"\x1a\x16\x12\x12", Status((Trouble.COVER_OPEN,))),
        (b"\x1a\x36\x1a\x72", Status((Trouble.PAPER_OUT, Trouble.COVER_OPEN, Trouble.CUTTER))),
        (b"\x12\x12\x32\x12", Status((Trouble.FAULT,))),
        (b"\x1a\x12\x12\x12", Status((Trouble.OFFLINE,))),
        (b"\x12\x12\x12\x1e", Status((), paper_low=True)),
        (b"", Status((Trouble.OFFLINE,))),
        (b"\x12\x12\x12", Status((Trouble.OFFLINE,))),
        (b"\xff\xff\xff\xff", Status((Trouble.OFFLINE,))),
    ],
)
def test_the_four_status_bytes_are_read(answers, expected):
    assert escpos.read_status(answers) == expected


def test_every_trouble_has_words():
    for language in ("zh", "en"):
        assert {trouble.value for trouble in Trouble} <= set(section("printer_states", language))


@pytest.mark.parametrize("kind", ["tcp", "serial"])
def test_a_receipt_goes_over_a_real_line_and_is_printed_whole(kind):
    commands = escpos.encode(roll(samples.ordinary()))
    with Plugged(Model(), kind) as printer:
        assert receipt_printer.status(printer.address).ready
        receipt_printer.print_receipt(commands, printer.address)
        assert paper.codes(printer.model.paper()) == [qr_text(samples.ordinary(), URL)]
        assert printer.model.cuts == 1
        assert printer.model.strays == b""


def failure(commands: bytes, address: str, **options) -> MachineError:
    with pytest.raises(MachineError) as caught:
        receipt_printer.print_receipt(commands, address, **options)
    return caught.value


def test_no_paper_at_the_start_sends_nothing():
    with Plugged(Model(rows_of_paper=0), "tcp") as printer:
        error = failure(escpos.encode(roll(samples.ordinary())), printer.address)
        assert (error.code, error.problem.params["state"]) == ("print_failed", "缺纸")
        assert printer.model.rows == []


def test_paper_that_ends_in_the_middle_is_not_taken_for_printed():
    with Plugged(Model(rows_of_paper=400), "tcp") as printer:
        error = failure(escpos.encode(roll(samples.ordinary())), printer.address, timeout=0.5, language="en")
        assert (error.code, error.problem.params["state"]) == ("print_unfinished", "out of paper")
        assert printer.model.cuts == 0


def test_an_open_cover_is_said():
    with Plugged(Model(cover_open=True), "serial") as printer:
        error = failure(escpos.encode(roll(samples.ordinary())), printer.address)
        assert error.problem.params["state"] == "机盖打开"


def test_a_printer_that_never_says_it_is_done_is_not_believed_to_be():
    with Plugged(Model(keeps_turns=False), "tcp") as printer:
        error = failure(escpos.encode(roll(samples.ordinary())), printer.address, timeout=0.5)
        assert (error.code, error.problem.params["state"]) == ("print_unfinished", "打印机没有应答")


def test_a_one_way_cable_counts_as_off_line(monkeypatch):
    monkeypatch.setattr(receipt_printer, "_STATUS_SECONDS", 0.2)
    with Plugged(Model(silent=True), "tcp") as printer:
        assert receipt_printer.status(printer.address) == Status((Trouble.OFFLINE,))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "/nowhere/lp0", "serial:/nowhere/tty?baud=9600"])
def test_a_line_that_cannot_be_opened_is_a_printer_that_refused(address):
    assert failure(b"x", address, timeout=0.5).code == "printer_refused"
    with pytest.raises(MachineError) as caught:
        receipt_printer.status(address)
    assert caught.value.code == "printer_refused"


def test_previews_show_the_bytes_that_are_printed():
    pdf = roll(samples.ordinary())
    (picture,) = raster.pictures(pdf, 101.6)
    assert (picture.width, picture.height) == (320, round(870 * 1.0))
    assert len(picture.pixels) == picture.width * picture.height * 3
    assert set(picture.pixels) >= {0, 255}
    with pytest.raises(ValueError, match="not a PDF"):
        raster.pictures(b"%PDF-oops", 72)
