"""When a page lies still, and what becomes of a camera's frame on its way to a file."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from capture.sources.jpeg_bytes import standing_alone
from capture.sources.still import HEIGHT, STILL_SECONDS, WIDTH, StillPage

NOTES = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"


def scene(page_at: int | None, *, light: int = 0, seed: int = 1) -> bytes:
    """A dark table, grey and noisy, with a bright page from a column on."""
    noise = random.Random(seed)
    cells = []
    for cell in range(WIDTH * HEIGHT):
        column = cell % WIDTH
        lies = page_at is not None and page_at <= column < page_at + 24
        cells.append(min(255, (220 if lies else 70) + light + noise.randint(-4, 4)))
    return bytes(cells)


def shown(page: StillPage, pictures: list[bytes], start: float, *, sight: bool = True) -> list[int]:
    """Show pictures 0.1 s apart; return the places at which the page was said to lie still."""
    return [i for i, grey in enumerate(pictures) if page.feed(grey, start + i * 0.1, sight)]


def test_a_page_laid_down_is_said_once_after_it_has_been_still():
    page = StillPage()
    arriving = [scene(at) for at in (40, 32, 24, 16)]
    lying = [scene(16, seed=s) for s in range(30)]
    (place,) = shown(page, arriving + lying, 0.0)
    assert place * 0.1 >= 0.3 + STILL_SECONDS
    (again,) = shown(page, [scene(4, seed=s) for s in range(12)], 10.0)  # the next page
    assert again * 0.1 >= STILL_SECONDS


def test_a_lamp_switched_on_is_no_new_page():
    page = StillPage()
    assert len(shown(page, [scene(16, seed=s) for s in range(12)], 0.0)) == 1
    assert shown(page, [scene(16, light=25, seed=s) for s in range(12)], 5.0) == []


def test_a_page_taken_by_hand_is_not_taken_again():
    page = StillPage()
    page.feed(scene(16), 0.0, True)
    page.taken()
    assert shown(page, [scene(16, seed=s) for s in range(20)], 0.1) == []


def test_nothing_is_taken_while_no_page_is_in_sight():
    assert shown(StillPage(), [scene(None, seed=s) for s in range(20)], 0.0, sight=False) == []


def test_a_picture_of_another_size_is_refused():
    with pytest.raises(ValueError, match="size"):
        StillPage().feed(b"\0" * 10, 0.0, True)


def jpeg(**options: object) -> bytes:
    noise = random.Random(3)
    image = Image.new("RGB", (160, 120))
    image.putdata([tuple(noise.randint(0, 255) for _ in range(3)) for _ in range(160 * 120)])
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70, **options)
    return out.getvalue()


def without_tables(data: bytes) -> bytes:
    """The same picture as motion-JPEG sends it, with no Huffman tables."""
    out, at = bytearray(data[:2]), 2
    while data[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] != 0xC4:
            out += data[at:end]
        at = end
    return bytes(out) + data[at:]


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).tobytes()


def test_notes_go_and_the_picture_stays_bit_for_bit():
    own = jpeg(exif=NOTES, comment=b"made in a certain room")
    alone = standing_alone(own)
    assert b"Exif" not in alone
    assert b"certain room" not in alone
    assert pixels(alone) == pixels(own)


def test_a_motion_jpeg_frame_gets_the_tables_that_it_takes_for_granted():
    own = jpeg()
    bare = without_tables(own)
    assert b"\xff\xc4" not in bare[: bare.index(b"\xff\xda")]
    alone = standing_alone(bare)
    assert b"\xff\xc4" in alone[: alone.index(b"\xff\xda")]
    assert pixels(alone) == pixels(own)


def test_what_follows_the_picture_in_the_buffer_is_cut_off():
    own = jpeg()
    assert standing_alone(memoryview(own + b"\0" * 5000 + b"\xff\xd9")) == standing_alone(own)


def test_a_progressive_picture_keeps_all_its_scans():
    own = jpeg(progressive=True)
    assert pixels(standing_alone(own)) == pixels(own)


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 7, 20, 200, 400, 0.5, 0.999])
def test_a_frame_cut_anywhere_is_refused(cut: float):
    own = jpeg()
    length = int(cut * len(own)) if isinstance(cut, float) else cut
    with pytest.raises(ValueError, match=r"JPEG|missing"):
        standing_alone(own[:length])


def test_random_bytes_are_refused_and_never_loop():
    noise = random.Random(11)
    for _ in range(300):
        data = b"\xff\xd8" + noise.randbytes(noise.randint(0, 300))
        with pytest.raises(ValueError, match=r"JPEG|missing"):
            standing_alone(data)
