"""How a household's state looks in the building table: a colour, a mark and a word, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from registration.application import CaseState
from registration.standing import Standing
from storage.values import HouseholdCell
from ui.obstacle_words import obstacle_words
from ui.states import state_words as of_case
from ui.theme import look

BLOCKED = Standing.BLOCKED.value
UNTOUCHED = Standing.UNTOUCHED.value


class Mark(StrEnum):
    """The small sign in a cell's corner."""

    NONE = "none"
    RING = "ring"
    DOT = "dot"
    CORNER = "corner"
    CROSS = "cross"
    TICK = "tick"
    CLOCK = "clock"
    BAR = "bar"


@dataclass(frozen=True)
class CellLook:
    """The colours of a cell; `dashed` and `hatched` speak to eyes that do not see colour."""

    fill: QColor
    edge: QColor
    ink: QColor
    mark: Mark = Mark.NONE
    dashed: bool = False
    hatched: bool = False


def cell_look(state: str) -> CellLook:
    """Return how a state is drawn in the theme in force; an unknown state is drawn as untouched."""
    now = look()
    colour, clear = now.color, QColor(0, 0, 0, 0)
    plain = CellLook(colour("bg"), colour("line"), colour("muted"))
    looks = {
        CaseState.DRAFT.value: CellLook(colour("surface"), colour("primary"), colour("primary"), dashed=True),
        CaseState.RECEIVED.value: CellLook(colour("primary_soft"), clear, colour("primary"), Mark.RING),
        CaseState.ACCEPTED.value: CellLook(colour("blue_soft"), clear, colour("blue"), Mark.DOT),
        CaseState.RETURNED.value: CellLook(colour("amber_soft"), clear, colour("amber_ink"), Mark.CORNER),
        CaseState.REJECTED.value: CellLook(colour("seal_soft"), clear, colour("seal"), Mark.CROSS),
        CaseState.REGISTERED.value: CellLook(colour("blue"), clear, colour("surface"), Mark.DOT),
        CaseState.CERTIFICATE_ISSUED.value: CellLook(colour("primary"), clear, colour("on_primary")),
        Standing.IN_HAND.value: CellLook(colour("primary"), clear, colour("on_primary"), Mark.TICK),
        Standing.SURVEYED.value: CellLook(colour("surface"), colour("edge"), colour("ink"), Mark.BAR),
        Standing.BOOKED.value: CellLook(colour("surface"), colour("blue"), colour("blue"), Mark.CLOCK),
        BLOCKED: CellLook(colour("surface"), colour("seal"), colour("seal"), hatched=True),
    }
    return looks.get(state, plain)


def state_words(state: str) -> str:
    """Return the word for a household's state in the language of the window."""
    match state:
        case Standing.BLOCKED.value:
            return QCoreApplication.translate("BuildingGrid", "Blocked")
        case Standing.SURVEYED.value:
            return QCoreApplication.translate("BuildingGrid", "Surveyed")
        case Standing.BOOKED.value:
            return QCoreApplication.translate("BuildingGrid", "Booked")
        case Standing.IN_HAND.value:
            return QCoreApplication.translate("BuildingGrid", "In hand")
    if state in set(CaseState):
        return of_case(CaseState(state))
    return QCoreApplication.translate("BuildingGrid", "Not surveyed")


def cell_words(cell: HouseholdCell) -> str:
    """Return what is said of a household where the hand is: place, standing, bookings, obstacles."""
    parts = [cell.household.label, state_words(cell.standing.value)]
    if cell.booked:
        parts.append(cell.booked)
    return " · ".join((*parts, *held_up_words(cell)))


def held_up_words(cell: HouseholdCell) -> tuple[str, ...]:
    """Return by what a household is held up: its obstacles, or what the whole project lacks."""
    if cell.standing is Standing.BLOCKED and not cell.obstacles:
        return (QCoreApplication.translate("BuildingGrid", "No first registration of the project"),)
    return tuple(obstacle_words(one) for one in cell.obstacles)


def paint_selected(painter: QPainter, rect: QRectF) -> None:
    """Draw that a cell is chosen for a batch: a thick frame and a filled corner."""
    ink = look().color("primary")
    painter.setPen(QPen(ink, 2.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    x, y = rect.left() + 1, rect.bottom() - 1
    painter.drawPolygon(QPolygonF([QPointF(x, y - 10), QPointF(x, y), QPointF(x + 10, y)]))


def paint_hover(painter: QPainter, rect: QRectF) -> None:
    """Draw that the hand is over a cell."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_veil(look().color("ink"), 20))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)


def paint_cell(painter: QPainter, rect: QRectF, how: CellLook, room: str) -> None:
    """Draw one household's cell with its room number; the painter's font is used as it is."""
    pen = QPen(how.edge, 1.2 if how.dashed or how.hatched else 1.0)
    if how.dashed:
        pen.setDashPattern([3, 2.4])
    painter.setPen(pen if how.edge.alpha() else Qt.PenStyle.NoPen)
    painter.setBrush(how.fill)
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, 5, 5)
    if how.hatched:
        painter.setBrush(QBrush(_hatching(_veil(how.edge, 70).name(QColor.NameFormat.HexArgb))))
        painter.drawRoundedRect(box, 5, 5)
    _paint_mark(painter, box, how)
    painter.setPen(how.ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, room)


def _paint_mark(painter: QPainter, box: QRectF, how: CellLook) -> None:
    at = QPointF(box.right() - 6, box.top() + 6)
    match how.mark:
        case Mark.RING | Mark.DOT:
            painter.setPen(QPen(how.ink, 1.1))
            painter.setBrush(how.ink if how.mark is Mark.DOT else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, 2.0, 2.0)
        case Mark.CORNER:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(how.ink)
            x, y = box.right() - 2, box.top() + 2
            painter.drawPolygon(QPolygonF([QPointF(x - 7, y), QPointF(x, y), QPointF(x, y + 7)]))
        case Mark.CROSS:
            painter.setPen(QPen(how.ink, 1.2))
            for dx in (-2.2, 2.2):
                painter.drawLine(at + QPointF(dx, -2.2), at + QPointF(-dx, 2.2))
        case Mark.TICK:
            painter.setPen(QPen(how.ink, 1.4))
            painter.drawPolyline([at + QPointF(-3, 0), at + QPointF(-1, 2), at + QPointF(3, -2.4)])
        case Mark.CLOCK:
            painter.setPen(QPen(how.ink, 1.1))
            painter.drawEllipse(at, 3.0, 3.0)
            painter.drawPolyline([at + QPointF(0, -2), at, at + QPointF(1.6, 0)])
        case Mark.BAR:
            painter.setPen(QPen(how.ink, 1.4))
            painter.drawLine(at + QPointF(-3, -1), at + QPointF(2, -1))
        case Mark.NONE:
            pass


@lru_cache(maxsize=8)
def _hatching(color: str) -> QPixmap:
    """Return a tile of slanted bands that repeats without a seam."""
    side = 8
    tile = QPixmap(side, side)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(color), 2.4))
    for shift in (-side, 0, side):
        painter.drawLine(QPointF(shift - 2, side + 2), QPointF(shift + side + 2, -2))
    painter.end()
    return tile


def _veil(color: QColor, alpha: int) -> QColor:
    veiled = QColor(color)
    veiled.setAlpha(alpha)
    return veiled
