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
