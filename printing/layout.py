"""Pages out of blocks: each block knows its height and draws itself, pages are filled from the top."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from printing import fonts

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)

# The window's own colours, chosen so that a monochrome laser keeps the order of importance.
INK = (0x1A, 0x24, 0x29)
MUTED = (0x5A, 0x66, 0x6E)
LINE = (0xC9, 0xCF, 0xCB)
PRIMARY = (0x0E, 0x6B, 0x5B)
AMBER = (0xA8, 0x69, 0x0A)
AMBER_SOFT = (0xFB, 0xF0, 0xDC)
BLACK = (0, 0, 0)
Colour = tuple[int, int, int]

Draw = Callable[[Any, float], None]


@dataclass(frozen=True)
class Block:
    """Something `height` points tall. `draw(canvas, top)` paints it below the line y = top.

    A `header` block is repeated at the head of a page that begins inside its group; `keep` binds a block
    to the one after it, so that a heading never stands alone at a page's foot.
    """

    height: float
    draw: Draw
    keep: bool = False
    header: Block | None = None


def space(points: float) -> Block:
    """Return a block that only keeps its neighbours apart."""
    return Block(points, lambda _canvas, _top: None)


def paginate(blocks: Sequence[Block], first_room: float, later_room: float) -> list[list[Block]]:
    """Deal blocks to pages that have so many points of room; at least one page.

    A run of kept blocks moves as one while it fits on a page of its own; a longer one is broken.
    """
    pages: list[list[Block]] = [[]]
    left = first_room
    for run in _runs(blocks, later_room):
        tall = sum(block.height for block in run)
        if tall > left and pages[-1]:
            pages.append([])
            left = later_room
            if run[0].header is not None:
                pages[-1].append(run[0].header)
                left -= run[0].header.height
        pages[-1] += run
        left -= tall
    return pages


def _runs(blocks: Sequence[Block], room: float) -> list[list[Block]]:
    runs: list[list[Block]] = [[]]
    for block in blocks:
        if runs[-1] and sum(b.height for b in runs[-1]) + block.height > room:
            runs.append([])
        runs[-1].append(block)
        if not block.keep:
            runs.append([])
    return [run for run in runs if run]


def kept(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks bound to each other, and the last to whatever comes next."""
    return [replace(block, keep=True) for block in blocks]


def stack(canvas: Any, blocks: Sequence[Block], top: float) -> float:
    """Draw blocks under each other from y = top; return the y below the last."""
    for block in blocks:
        block.draw(canvas, top)
        top -= block.height
    return top


def fill(canvas: Any, colour: Colour) -> None:
    canvas._code.append(f"{_operands(colour)} rg")  # the library's own call takes ten times as long


@lru_cache(maxsize=32)
def _operands(colour: Colour) -> str:
    return " ".join(f"{part / 255:.4g}" for part in colour)


def rule(canvas: Any, x1: float, x2: float, y: float, *, colour: Colour = LINE, weight: float = 0.5) -> None:
    ends = f"{x1:.3f} {y:.3f} m {x2:.3f} {y:.3f} l"
    canvas._code.append(f"{_operands(colour)} RG {weight:g} w {ends} S")


def new_canvas(
    size: tuple[float, float], *, title: str, language: str, made_at: datetime
) -> tuple[Any, io.BytesIO]:
    """Return a canvas of (width, height) points and the buffer it saves to.

    Everything in the file follows from the arguments and what is drawn, so the same facts give the same
    bytes: `made_at` (aware) stands as the date, and viewers are told to print at true size.
    """
    fonts.register()
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=size,
        pageCompression=1,
        invariant=1,
        lang="en" if language == "en" else "zh-CN",
        initialFontName=fonts.REGULAR,
    )
    canvas.setTitle(title)
    for stated in (canvas.setAuthor, canvas.setCreator, canvas.setProducer):
        stated("Jilai")
    canvas.setSubject("")
    canvas.setViewerPreference("PrintScaling", "None")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    # The library takes the date from the clock or the environment, and begins the file's identity with it.
    canvas._doc._timeStamp.YMDhms = tuple(made_at.astimezone(UTC).timetuple())[:6]
    canvas._doc.signature = hashlib.md5(usedforsecurity=False)
    return canvas, buffer
