"""The codewords of a QR code, data and error correction, by whole integers instead of bit by bit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

_MODE_BITS = 4
_PADS = (0xEC, 0x11)  # ISO/IEC 18004 section 7.4.10


def smallest_version(parts: Sequence[Any], level: int) -> int:
    """Return the first version, 1 to 40, that holds the library's `parts`. ValueError where none does."""
    from qrcode import util

    for version in range(1, 41):
        if _packed(parts, version)[1] <= util.BIT_LIMIT_TABLE[level][version]:
            return version
    raise ValueError("too much for a QR code")


def codewords(parts: Sequence[Any], version: int, level: int) -> list[int]:
    """Return the bytes of a symbol in the order in which they are placed: data, then error correction."""
    from qrcode import base

    blocks = base.rs_blocks(version, level)
    room = sum(block.data_count for block in blocks)
    value, length = _packed(parts, version)
    end = min(room * 8, length + 4)
    end += -end % 8
    filled = (value << (end - length)).to_bytes(end // 8, "big")
    filled += bytes(_PADS[n % 2] for n in range(room - len(filled)))
    data, corrections, at = [], [], 0
    for block in blocks:
        data.append(filled[at : at + block.data_count])
        corrections.append(_correction(data[-1], block.total_count - block.data_count))
        at += block.data_count
    return [*_interleaved(data), *_interleaved(corrections)]


class _Bits:
    """What the library's data writes itself into: one long integer."""

    def __init__(self) -> None:
        self.value = 0
        self.length = 0

    def put(self, number: int, length: int) -> None:
        self.value = self.value << length | number
        self.length += length


def _packed(parts: Sequence[Any], version: int) -> tuple[int, int]:
    from qrcode import util

    bits = _Bits()
    for part in parts:
        bits.put(part.mode, _MODE_BITS)
        bits.put(len(part), util.length_in_bits(part.mode, version))
        part.write(bits)
    return bits.value, bits.length


def _interleaved(blocks: Sequence[bytes]) -> list[int]:
    longest = max(len(block) for block in blocks)
    return [block[n] for n in range(longest) for block in blocks if n < len(block)]


def _correction(data: bytes, count: int) -> bytes:
    """Return the remainder of the data by the generator polynomial of that degree (section 7.5.2)."""
    top, whole, rest = 8 * (count - 1), (1 << 8 * count) - 1, 0
    for byte in data:
        rest = (rest << 8 & whole) ^ _multiple(count, byte ^ rest >> top)
    return rest.to_bytes(count, "big")


@lru_cache(maxsize=4096)
def _multiple(count: int, factor: int) -> int:
    """Return the generator polynomial without its first term, times a number of GF(256), as one integer."""
    from qrcode.base import EXP_TABLE, LOG_TABLE

    if not factor:
        return 0
    return int.from_bytes(
        bytes(
            EXP_TABLE[(LOG_TABLE[term] + LOG_TABLE[factor]) % 255] if term else 0
            for term in _generator(count)
        ),
        "big",
    )


@lru_cache(maxsize=64)
def _generator(count: int) -> tuple[int, ...]:
    from qrcode.base import EXP_TABLE, LOG_TABLE

    terms = [1]
    for power in range(count):
        times = [EXP_TABLE[(LOG_TABLE[term] + power) % 255] if term else 0 for term in terms]
        terms = [a ^ b for a, b in zip([*terms, 0], [0, *times], strict=True)]
    return tuple(terms[1:])
