"""QR codes as vectors: one filled path on a whole-number grid, so edges stay sharp at any size."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from printing.qr_codewords import codewords, smallest_version

Level = Literal["L", "M", "Q", "H"]
Matrix = list[list[bool]]
Lines = list[int]  # rows or columns of a symbol, each as an integer of one bit a module
_PERIOD = 12  # every mask repeats after as many rows and columns
QUIET_MODULES = 4  # ISO/IEC 18004: white around the symbol


def matrix(text: str, level: Level = "M") -> Matrix:
    """Return the dark modules of the smallest QR code for ASCII text, row by row from the top, no quiet zone.

    Runs of digits, upper case and " $%*+-./:" are packed in alphanumeric mode. ValueError for text that
    is not ASCII: scanners that act as keyboards garble anything else.
    """
    import qrcode

    if not text.isascii():
        raise ValueError("a QR code on paper carries ASCII only")
    levels = {
        "L": qrcode.ERROR_CORRECT_L,
        "M": qrcode.ERROR_CORRECT_M,
        "Q": qrcode.ERROR_CORRECT_Q,
        "H": qrcode.ERROR_CORRECT_H,
    }
    code = qrcode.QRCode(error_correction=levels[level], border=0)
    code.add_data(text, optimize=20)
    code.version = smallest_version(code.data_list, levels[level])
    code.data_cache = codewords(code.data_list, code.version, levels[level])
    code.makeImpl(False, 0)
    code.modules, mask = _best_masked(code.version, code.modules)
    code.setup_type_info(False, mask)
    return [[bool(module) for module in row] for row in code.modules]


def draw(canvas: Any, x: float, y: float, module: float, modules: Matrix) -> None:
    """Fill the symbol with its lower left corner at (x, y); `module` is the side of one module, in points.

    All runs are one path, so a renderer cannot leave hairlines between rows.
    """
    canvas.saveState()
    canvas.transform(module, 0, 0, -module, x, y + module * len(modules))
    operators = []
    for row, line in enumerate(modules):
        column = 0
        while column < len(line):
            start = column
            while column < len(line) and line[column]:
                column += 1
            if column > start:
                operators.append(f"{start} {row} {column - start} 1 re")
            column += 1
    canvas._code.append(" ".join((*operators, "f")))  # thousands of calls for one path are too slow
    canvas.restoreState()


def _best_masked(version: int, modules: Matrix) -> tuple[Matrix, int]:
    """Return a symbol that came under mask 0 under its best mask, and that mask's number.

    Best has the lowest penalty of ISO/IEC 18004 section 7.8.3. The library tries each mask module by
    module, which takes longer than the rest of a receipt; here a row is one integer and a rule a few shifts.
    """
    rows, columns = _as_lines(modules), _as_lines(zip(*modules, strict=True))
    size = len(rows)
    best, lowest, number = rows, 0, 0
    for mask, (row_flips, column_flips) in enumerate(_flips(version)):
        flipped = [a ^ b for a, b in zip(rows, row_flips, strict=True)]
        upright = [a ^ b for a, b in zip(columns, column_flips, strict=True)]
        penalty = _penalty(flipped, size) + _penalty(upright, size) + _blocks(flipped, size)
        dark = sum(line.bit_count() for line in flipped)
        penalty += 10 * int(abs(dark * 20 - size * size * 10) / (size * size))
        if mask == 0 or penalty < lowest:
            best, lowest, number = flipped, penalty, mask
    return [[bit == "1" for bit in f"{line:0{size}b}"] for line in best], number


def _as_lines(rows: Any) -> Lines:
    return [int("".join("1" if module else "0" for module in row), 2) for row in rows]


@lru_cache(maxsize=40)
def _flips(version: int) -> tuple[tuple[Lines, Lines], ...]:
    """Return for each mask which modules differ from mask 0, by rows and by columns."""
    import qrcode
    from qrcode.util import mask_func

    blank = qrcode.QRCode(version=version)
    blank.modules_count = version * 4 + 17
    # Writing no data marks every function module and leaves the rest None.
    blank.map_data = lambda *_: None
    blank.data_cache = []
    blank.makeImpl(True, 0)
    free = [[module is None for module in row] for row in blank.modules]
    open_rows, open_columns = _as_lines(free), _as_lines(zip(*free, strict=True))
    flips = []
    for mask in range(8):
        first, other = mask_func(0), mask_func(mask)
        differs = [[first(r, c) != other(r, c) for c in range(_PERIOD)] for r in range(_PERIOD)]
        flips.append((_tiled(differs, open_rows), _tiled(zip(*differs, strict=True), open_columns)))
    return tuple(flips)


def _tiled(pattern: Any, open_lines: Lines) -> Lines:
    """Repeat a pattern of _PERIOD lines over a whole symbol, and keep it where data may stand."""
    size = len(open_lines)
    lines = [
        int(("".join("1" if bit else "0" for bit in line) * (size // _PERIOD + 1))[:size], 2)
        for line in pattern
    ]
    return [lines[n % _PERIOD] & open_line for n, open_line in enumerate(open_lines)]


def _penalty(lines: Lines, size: int) -> int:
    """Return what rules 1 (runs of five or more) and 3 (finder-like 1:1:3:1:1) cost along these lines."""
    whole = (1 << size) - 1
    total = 0
    for line in lines:
        same = ~(line ^ (line >> 1)) & (whole >> 1)
        fives = same & (same >> 1) & (same >> 2) & (same >> 3)
        total += fives.bit_count() + 2 * (fives & ~(fives << 1)).bit_count()
        light = ~line & whole
        finder = line & light >> 1 & line >> 2 & line >> 3 & line >> 4 & light >> 5 & line >> 6
        gap = light & light >> 1 & light >> 2 & light >> 3
        total += 40 * ((finder & gap >> 7).bit_count() + (finder >> 4 & gap).bit_count())
    return total


def _blocks(rows: Lines, size: int) -> int:
    """Return what rule 2 costs: three for each 2 by 2 block of one colour."""
    half = (1 << (size - 1)) - 1
    total = 0
    for upper, lower in pairwise(rows):
        level = ~(upper ^ lower)
        total += (level & level >> 1 & ~(upper ^ (upper >> 1)) & half).bit_count()
    return 3 * total
