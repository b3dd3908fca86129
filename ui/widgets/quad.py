"""The geometry of four corners that a hand moves over a photograph: always inside, always convex."""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]

_LEAST_SIDE = 0.02
"""A page is never squeezed below this share of the photograph's shorter side."""


def is_page(quad: Quad, size: tuple[float, float]) -> bool:
    """Say whether four corners, in order round the page, enclose one: convex and not a sliver."""
    least = _LEAST_SIDE * min(size)
    turns = []
    for i in range(4):
        before, here, after = quad[i - 1], quad[i], quad[(i + 1) % 4]
        if math.dist(here, after) < least:
            return False
        turns.append(_cross(before, here, after))
    if not (all(t > 0 for t in turns) or all(t < 0 for t in turns)):
        return False
    return all(_distance(quad[i], quad[i - 2], quad[i - 1]) >= least for i in range(4))


def nearest_corner(quad: Quad, point: Point, reach: float) -> int | None:
    """Return the corner within `reach` of a point, the closest one; None where no corner is that near."""
    index = min(range(4), key=lambda i: math.dist(quad[i], point))
    return index if math.dist(quad[index], point) <= reach else None


def nearest_side(quad: Quad, point: Point, reach: float) -> int | None:
    """Return the side (from corner i to corner i+1) whose middle third passes within `reach` of a point."""
    best, found = reach, None
    for i in range(4):
        start, end = quad[i], quad[(i + 1) % 4]
        length = math.dist(start, end)
        if not length:
            continue
        along = _dot(start, end, point) / length**2
        distance = abs(_cross(start, end, point)) / length
        if 1 / 6 <= along <= 5 / 6 and distance <= best:
            best, found = distance, i
    return found


def moved_corner(quad: Quad, index: int, to: Point, size: tuple[float, float]) -> Quad:
    """Return the quad with one corner at `to`, held inside; the old quad if that breaks the page."""
    corners = list(quad)
    corners[index] = held_inside(to, size)
    moved = _quad(corners)
    return moved if is_page(moved, size) else quad


def moved_side(quad: Quad, index: int, by: Point, size: tuple[float, float]) -> Quad:
    """Return the quad with one side shifted as a whole; the old quad if that breaks the page."""
    corners = list(quad)
    for i in (index, (index + 1) % 4):
        corners[i] = held_inside((corners[i][0] + by[0], corners[i][1] + by[1]), size)
    moved = _quad(corners)
    return moved if is_page(moved, size) else quad


def halves(quad: Quad, *, across: bool) -> tuple[Quad, Quad]:
    """Return the two halves of a page seen at a slant: left and right (`across`), or upper and lower.

    Corners run clockwise from the page's own top-left. The middle of the paper is where its diagonals cross;
    the cut runs through it and through the point where the two uncut sides meet far away.
    """
    first, second, third, fourth = quad if across else (quad[3], quad[0], quad[1], quad[2])
    middle = _crossing(first, third, second, fourth)
    far = _crossing(first, fourth, second, third)
    if middle is None:
        middle = ((first[0] + third[0]) / 2, (first[1] + third[1]) / 2)
    # Where the sides run alongside each other they meet nowhere: the cut runs alongside them too.
    through = far or (middle[0] + fourth[0] - first[0], middle[1] + fourth[1] - first[1])
    upper = _crossing(middle, through, first, second) or _between(first, second)
    lower = _crossing(middle, through, fourth, third) or _between(fourth, third)
    one, other = (first, upper, lower, fourth), (upper, second, third, lower)
    if across:
        return one, other
    # Turned a quarter above, so that the left half is the lower one: turn both back.
    return (other[1], other[2], other[3], other[0]), (one[1], one[2], one[3], one[0])


def _between(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _crossing(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Return where the line through a and b meets the one through c and d, None for parallels."""
    ab, cd = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    turn = ab[0] * cd[1] - ab[1] * cd[0]
    if abs(turn) < 1e-6 * math.hypot(*ab) * math.hypot(*cd) or not turn:
        return None
    t = ((c[0] - a[0]) * cd[1] - (c[1] - a[1]) * cd[0]) / turn
    return a[0] + t * ab[0], a[1] + t * ab[1]


def held_inside(point: Point, size: tuple[float, float]) -> Point:
    return min(max(point[0], 0.0), size[0]), min(max(point[1], 0.0), size[1])


def scaled(quad: Quad, x: float, y: float) -> Quad:
    return _quad([(px * x, py * y) for px, py in quad])


def _quad(corners: Sequence[Point]) -> Quad:
    first, second, third, fourth = corners
    return first, second, third, fourth


def _cross(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def _dot(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[0] - a[0]) + (b[1] - a[1]) * (c[1] - a[1])


def _distance(point: Point, start: Point, end: Point) -> float:
    length = math.dist(start, end)
    return abs(_cross(start, end, point)) / length if length else 0.0
