"""Good files of every kind, damaged by seed at every kind of place, by accident or on purpose."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from tests.hostile.make_hostile import encoded, exif, pdf, picture

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
Rng = np.random.Generator
Mutation = Callable[[Rng, bytes, Sequence[bytes]], bytes]
HEADER = 512  # bytes in which a file says what it is and how large
EXTREMES = (
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"\xff\xff",
    b"\x80\x00",
    b"\x00\x00",
)


def sound_files() -> dict[str, bytes]:
    """One good file of every kind and colour that is read, by a name with its extension."""
    image = picture()
    grey = image.convert("L")
    frames = {"save_all": True, "append_images": [image.rotate(90), image.rotate(180)]}
    return {
        "photo.jpg": encoded(image, "JPEG", quality=85),
        "progressive.jpg": encoded(image, "JPEG", quality=85, progressive=True),
        "grey.jpg": encoded(grey, "JPEG"),
        "cmyk.jpg": encoded(image.convert("CMYK"), "JPEG"),
        "notes.jpg": encoded(image, "JPEG", exif=exif(6), comment=b"x" * 600, icc_profile=bytes(3000)),
        "colour.png": encoded(image, "PNG"),
        "palette.png": encoded(image.quantize(16), "PNG"),
        "sixteen.png": encoded(Image.fromarray(np.asarray(grey, np.uint16) * 257), "PNG"),
        "alpha.png": encoded(image.convert("RGBA"), "PNG"),
        "pages.tif": encoded(image, "TIFF", compression="tiff_lzw", **frames),
        "fax.tif": encoded(image.convert("1"), "TIFF", compression="group4"),
        "deflate.tif": encoded(image, "TIFF", compression="tiff_deflate"),
        "jpeg.tif": encoded(image, "TIFF", compression="jpeg"),
        "plain.bmp": encoded(image, "BMP"),
        "film.gif": encoded(image.quantize(32), "GIF", save_all=True, append_images=[image.quantize(8)] * 4),
        "lossy.webp": encoded(image, "WEBP", quality=70),
        "lossless.webp": encoded(image, "WEBP", lossless=True),
        "film.webp": encoded(image, "WEBP", **frames),
        "phone.heic": (SAMPLES / "id_card_front-008-00.heic").read_bytes(),
        "text.pdf": pdf(3),
        "locked.pdf": pdf(2, "geheim"),
        "scan.pdf": encoded(image, "PDF", **frames),
    }


def _place(rng: Rng, data: bytes, most: int | None = None) -> int:
    return int(rng.integers(0, max(1, min(len(data), most or len(data)))))


def _patched(data: bytes, place: int, piece: bytes) -> bytes:
    return data[:place] + piece + data[place + len(piece) :]


def cut_anywhere(rng: Rng, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: _place(rng, data)]


def cut_in_the_header(rng: Rng, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: _place(rng, data, HEADER)]


def cut_near_the_end(rng: Rng, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: len(data) - int(rng.integers(1, 64))]


def flip_bits(rng: Rng, data: bytes, _: Sequence[bytes], most: int | None = None) -> bytes:
    bent = bytearray(data)
    for _bit in range(int(rng.choice([1, 2, 8, 64]))):
        bent[_place(rng, data, most)] ^= 1 << int(rng.integers(0, 8))
    return bytes(bent)


def flip_bits_of_the_header(rng: Rng, data: bytes, others: Sequence[bytes]) -> bytes:
    return flip_bits(rng, data, others, HEADER)


def claim_an_extreme(rng: Rng, data: bytes, _: Sequence[bytes]) -> bytes:
    """Some length, count or offset near the beginning becomes as large, small or negative as it can be."""
    return _patched(data, _place(rng, data, HEADER), EXTREMES[int(rng.integers(0, len(EXTREMES)))])


def claim_another_size(rng: Rng, data: bytes, _: Sequence[bytes]) -> bytes:
    """Width and height where this kind of file has them say something else; a PNG's checksum agrees."""
    width, height = (int(rng.choice([0, 1, 3, 9_000, 16_383, 65_535, 2**31 - 1])) for _ in range(2))
    if data.startswith(b"\x89PNG"):
        head = struct.pack(">II", width, height) + data[24:29]
        return _patched(data, 16, head + struct.pack(">I", zlib.crc32(b"IHDR" + head)))
    if data.startswith(b"\xff\xd8"):
        frame = max(data.find(b"\xff\xc0"), data.find(b"\xff\xc2"))
        return _patched(data, frame + 5, struct.pack(">HH", height & 0xFFFF, width & 0xFFFF))
    if data.startswith(b"GIF"):
        return _patched(data, 6, struct.pack("<HH", width & 0xFFFF, height & 0xFFFF))
    if data.startswith(b"BM"):
        return _patched(data, 18, struct.pack("<II", width, height))
    if data.startswith(b"RIFF"):
        return _patched(data, 24, struct.pack("<I", width)[:3] + struct.pack("<I", height)[:3])
    if data.startswith(b"%PDF"):
        place = data.find(b"/MediaBox")
        return _patched(data, place, f"/MediaBox [0 0 {width} {height}]".encode().ljust(34))
    return claim_an_extreme(rng, data, ())


def blank_a_stretch(rng: Rng, data: bytes, _: Sequence[bytes]) -> bytes:
    return _patched(data, _place(rng, data), bytes(int(rng.integers(1, 2000))))[: len(data)]


def noise_over_a_stretch(rng: Rng, data: bytes, _: Sequence[bytes]) -> bytes:
    return _patched(data, _place(rng, data), rng.bytes(int(rng.integers(1, 2000))))[: len(data)]


def leave_out_a_stretch(rng: Rng, data: bytes, _: Sequence[bytes]) -> bytes:
    place = _place(rng, data)
    return data[:place] + data[place + int(rng.integers(1, 2000)) :]


def repeat_a_stretch(rng: Rng, data: bytes, _: Sequence[bytes]) -> bytes:
    place = _place(rng, data)
    piece = data[place : place + int(rng.integers(1, 2000))]
    return data[:place] + piece * int(rng.choice([2, 3, 200])) + data[place:]


def swap_the_halves(rng: Rng, data: bytes, _: Sequence[bytes]) -> bytes:
    place = _place(rng, data)
    return data[:16] + data[place:] + data[16:place]


def go_on_as_another(rng: Rng, data: bytes, others: Sequence[bytes]) -> bytes:
    other = others[int(rng.integers(0, len(others)))]
    return data[: _place(rng, data)] + other[_place(rng, other) :]


def carry_another_behind(rng: Rng, data: bytes, others: Sequence[bytes]) -> bytes:
    return data + others[int(rng.integers(0, len(others)))]


def carry_another_in_front(rng: Rng, data: bytes, others: Sequence[bytes]) -> bytes:
    return others[int(rng.integers(0, len(others)))][: int(rng.integers(1, 600))] + data


MUTATIONS: tuple[Mutation, ...] = (
    cut_anywhere,
    cut_in_the_header,
    cut_near_the_end,
    flip_bits,
    flip_bits_of_the_header,
    claim_an_extreme,
    claim_another_size,
    blank_a_stretch,
    noise_over_a_stretch,
    leave_out_a_stretch,
    repeat_a_stretch,
    swap_the_halves,
    go_on_as_another,
    carry_another_behind,
    carry_another_in_front,
)


def mutated(count: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """`count` damaged files with their names, every mutation on every kind in turn; a fifth is misnamed."""
    sound = sound_files()
    names, bodies = list(sound), list(sound.values())
    for number in range(count):
        rng = np.random.default_rng((seed, number))
        base = number % len(names)
        mutate = MUTATIONS[(number // len(names) + number) % len(MUTATIONS)]
        data = mutate(rng, bodies[base], bodies)
        worn = names[int(rng.integers(0, len(names)))] if rng.random() < 0.2 else names[base]
        yield f"{number:04}-{mutate.__name__}-{worn}", data
