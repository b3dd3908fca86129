"""The picture of a building in tiles: each drawn once, then only put in its place while one scrolls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from ui.widgets.building_plan import Plan

SIDE = 8  # cells along a tile
AT_ONCE = 128  # cells drawn in one turn: what a hand does in between is heard
_MOST_BYTES = 48 << 20

Key = tuple[int, int]


@dataclass(frozen=True)
class Measures:
    """Where cells lie, unscrolled: the left of each column, a cell's width and height, and a row's pitch."""

    lefts: Sequence[int]
    width: int
    height: int
    pitch: int


@dataclass
class _Tile:
    picture: QPixmap
    fresh: bool = True


class GridTiles:
    """GridTiles(paint): `paint(painter, rect, index)` draws the cell of a place, without what moves.

    `forget()` where the cells lie elsewhere; `outdate(places)` where they look otherwise, None for all: an
    old tile is shown until the new one is drawn.
    """

    def __init__(self, paint: Callable[[QPainter, QRectF, int], None]) -> None:
        self._paint = paint
        self._tiles: dict[Key, _Tile] = {}
        self._ratio = 1.0

    def forget(self) -> None:
        self._tiles.clear()

    def outdate(self, places: Sequence[tuple[int, int]] | None = None) -> None:
        """Have the tiles of these (row, column) drawn anew, or all."""
        keys = (
            self._tiles.keys()
            if places is None
            else {(row // SIDE, column // SIDE) for row, column in places}
        )
        for key in keys:
            if key in self._tiles:
                self._tiles[key].fresh = False

    def draw(self, painter: QPainter, plan: Plan, how: Measures, clip: QRectF, ratio: float) -> bool:
        """Draw what `clip` shows, unscrolled; True where some of it is still to be drawn in another turn."""
        if ratio != self._ratio:
            self._ratio = ratio
            self.forget()
        drawn, waiting, seen = 0, False, set[Key]()
        for key in self._shown(plan, how, clip):
            seen.add(key)
            tile = self._tiles.get(key)
            if tile is None or not tile.fresh:
                if drawn < AT_ONCE:
                    tile = self._tiles[key] = _Tile(self._drawn(plan, how, key))
                    drawn += SIDE * SIDE
                else:
                    waiting = True
            if tile is not None:
                painter.drawPixmap(QPointF(how.lefts[key[1] * SIDE], key[0] * SIDE * how.pitch), tile.picture)
        self._drop(seen)
        return waiting

    def _shown(self, plan: Plan, how: Measures, clip: QRectF) -> Iterator[Key]:
        high = SIDE * how.pitch
        first = max(int(clip.top() // high), 0)
        last = min(int(clip.bottom() // high), (len(plan.floors) - 1) // SIDE)
        for column in range(0, len(how.lefts), SIDE):
            end = how.lefts[min(column + SIDE, len(how.lefts)) - 1] + how.width
            if how.lefts[column] <= clip.right() and end >= clip.left():
                for row in range(first, last + 1):
                    yield row, column // SIDE

    def _drawn(self, plan: Plan, how: Measures, key: Key) -> QPixmap:
        columns = range(key[1] * SIDE, min((key[1] + 1) * SIDE, len(how.lefts)))
        rows = range(key[0] * SIDE, min((key[0] + 1) * SIDE, len(plan.floors)))
        origin = how.lefts[columns[0]]
        wide = how.lefts[columns[-1]] + how.width - origin
        high = (len(rows) - 1) * how.pitch + how.height
        picture = QPixmap(round(wide * self._ratio), round(high * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in rows:
            for column in columns:
                index = plan.at(row, column)
                if index is not None:
                    top = (row - rows[0]) * how.pitch
                    self._paint(
                        painter, QRectF(how.lefts[column] - origin, top, how.width, how.height), index
                    )
        painter.end()
        return picture

    def _drop(self, seen: set[Key]) -> None:
        """Keep what is in view, and beside it as much as has room."""
        held = sum(4 * tile.picture.width() * tile.picture.height() for tile in self._tiles.values())
        for key in list(self._tiles):
            if held <= _MOST_BYTES:
                return
            if key not in seen:
                picture = self._tiles.pop(key).picture
                held -= 4 * picture.width() * picture.height()
