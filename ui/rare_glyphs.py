"""Rare characters by the window system's own search for a font, where the paper's own search found none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QGuiApplication, QPainterPath, QTextLayout

if TYPE_CHECKING:
    from printing.installed_fonts import Glyph

_EM = 1000


def glyph_of(char: str, bold: bool) -> Glyph | None:
    """Return the outline that Qt has for a character in any font it falls back to, or None. Any thread."""
    from printing.installed_fonts import Glyph

    if QGuiApplication.instance() is None:
        return None
    font = QFont()
    font.setPixelSize(_EM)
    font.setBold(bold)
    layout = QTextLayout(char, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    whole, advance = QPainterPath(), line.horizontalAdvance()
    for run in layout.glyphRuns():
        raw = run.rawFont()
        for index, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            if not index:
                return None  # the empty box
            outline = raw.pathForGlyph(index)
            outline.translate(place.x(), 0)
            whole.addPath(outline)
    if whole.isEmpty():
        return None
    polygons = tuple(
        tuple((round(point.x() / _EM, 4), round(-point.y() / _EM, 4)) for point in polygon.toList())
        for polygon in whole.simplified().toSubpathPolygons()
    )
    return Glyph(polygons, advance / _EM)


def lend_glyphs() -> None:
    """Let papers ask Qt for what no font file on this machine gave them."""
    from printing import installed_fonts

    installed_fonts.set_last_resort(glyph_of)
