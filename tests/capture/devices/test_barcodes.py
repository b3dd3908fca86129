"""Codes in pictures, through the real imaging process, and scanners that type."""

from __future__ import annotations

import io

import numpy as np
import pytest
import qrcode
from PIL import Image

from capture.barcodes import QUICKEST_HAND_SECONDS, Code, TypedScans, read_codes
from capture.errors import CaptureCode, CaptureError
from capture.imaging import ImagingPool

TOKEN = "https://centre.example/r#" + "AEBA4QZ7" * 22


def picture_with(text: str, *, turn: float = 0.0) -> bytes:
    """A grey table with a sheet of paper on it, which bears a QR code of the text."""
    sheet = Image.new("RGB", (620, 876), "white")
    sheet.paste(qrcode.make(text, box_size=4).convert("RGB").resize((330, 330)), (140, 300))
    table = Image.new("RGB", (1280, 960), (70, 74, 78))
    table.paste(sheet.resize((560, 791)), (300, 70))
    turned = table.rotate(turn, fillcolor=(70, 74, 78), resample=Image.Resampling.BICUBIC)
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.mark.parametrize("turn", [0.0, 12.0, 180.0])
def test_a_receipts_code_and_the_outline_are_seen_in_one_look(pool: ImagingPool, turn: float):
    seen = pool.submit_look(picture_with(TOKEN, turn=turn)).result(30)
    assert seen.codes == (Code(TOKEN, "QRCode"),)
    assert seen.corners is not None
    assert all(0 <= share <= 1 for corner in seen.corners for share in corner)
    width = max(x for x, _ in seen.corners) - min(x for x, _ in seen.corners)
    assert width > 0.4


def test_an_empty_table_has_neither_page_nor_code(pool: ImagingPool):
    noise = np.random.default_rng(7).normal(96, 2, (720, 960, 3)).clip(0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "JPEG")
    seen = pool.submit_look(out.getvalue()).result(30)
    assert (seen.corners, seen.codes) == (None, ())


def test_what_is_no_picture_is_refused_and_the_next_look_works(pool: ImagingPool):
    with pytest.raises(CaptureError) as caught:
        pool.submit_look(b"\xff\xd8\xffno picture").result(30)
    assert caught.value.capture_code in (CaptureCode.NOT_AN_IMAGE, CaptureCode.TRUNCATED_IMAGE)
    assert pool.submit_look(picture_with(TOKEN)).result(30).codes


def test_a_look_waits_behind_what_the_operator_waits_for(pool: ImagingPool):
    picture = picture_with(TOKEN)
    order: list[str] = []
    first = pool.submit_look(picture)  # already in hand when the others come
    looks = [pool.submit_look(picture) for _ in range(3)]
    page = pool.submit_file(picture, "page.jpg")
    for look in looks:
        look.add_done_callback(lambda _: order.append("look"))
    page.add_done_callback(lambda _: order.append("page"))
    for look in (first, *looks):
        look.result(60)
    page.result(60)
    assert order.index("page") <= 1


def test_codes_that_cannot_be_a_scan_are_left_out():
    blank = np.full((200, 200), 255, np.uint8)
    assert read_codes(blank) == ()
    bell = np.asarray(qrcode.make("a\x07b").convert("L").resize((300, 300)), np.uint8)
    assert read_codes(bell) == ()  # a control character would act in the entry it lands in


def typed(scans: TypedScans, text: str, step: float, start: float = 10.0) -> list[str]:
    """Type a text with so many seconds between the keys; return the scans found."""
    found = [scans.key(character, start + number * step) for number, character in enumerate(text)]
    return [scan for scan in found if scan is not None]


def test_a_scanner_that_types_is_told_from_a_hand():
    assert typed(TypedScans(), "LZ01-20261124-0007\r", 0.004) == ["LZ01-20261124-0007"]
    assert typed(TypedScans(), "LZ01-20261124-0007\r", QUICKEST_HAND_SECONDS * 2) == []


def test_typing_before_a_scan_is_no_part_of_it():
    scans = TypedScans()
    assert typed(scans, "abc", 0.2, start=1.0) == []
    assert typed(scans, "R-00012345\n", 0.003, start=5.0) == ["R-00012345"]
    assert typed(scans, "R-00012346\n", 0.003, start=6.0) == ["R-00012346"]


def test_enter_alone_after_a_quick_word_is_a_persons_enter():
    scans = TypedScans()
    assert typed(scans, "LZ01-20261124-0007", 0.004) == []
    assert scans.key("\r", 11.5) is None


def test_a_scanners_shift_keys_do_not_break_the_scan():
    scans = TypedScans()
    at = 3.0
    for character in "QR-778812":
        scans.key("", at)
        scans.key(character, at + 0.001)
        at += 0.004
    assert scans.key("\r", at) == "QR-778812"


def test_a_short_burst_is_no_scan():
    assert typed(TypedScans(), "12\r", 0.002) == []
