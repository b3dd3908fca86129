"""The places to sign as a row of tiles: document, person, and whether the signature holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from registration.signatures import entry_of_signature
from ui.theme import Tone, look, paint_icon

_GAP = 8


class Standing(StrEnum):
    """How one place to sign stands."""

    OPEN = "open"
    SIGNED = "signed"
    OUTDATED = "outdated"


@dataclass(frozen=True)
class Where:
    """One place to sign: the document's code and the party's index."""

    document: str
    signer: int

    @property
    def entry(self) -> str:
        """Return the name of its entry on the page."""
        return entry_of_signature(self.document, self.signer).partition(".")[2]


@dataclass(frozen=True)
class Place:
    """One tile."""

    document: str
    who: str
    standing: Standing


class PlaceList(QWidget):
    """PlaceList().show_places(places, here): `chosen(index)` by hand."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: list[Place] = []
        self._here = 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_places(self, places: Sequence[Place], here: int) -> None:
        self._places, self._here = list(places), here
        self._name()
        self._fit()

    def places(self) -> tuple[Place, ...]:
        return tuple(self._places)

    def standings(self) -> tuple[Standing, ...]:
        return tuple(place.standing for place in self._places)

    def sizeHint(self) -> QSize:
        rows = -(-max(len(self._places), 1) // self._across())
        return QSize(look().px(320), rows * look().px(52) + (rows - 1) * _GAP)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index in range(len(self._places)):
            if self._box(index).contains(event.position()):
                self.chosen.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, place in enumerate(self._places):
            self._paint(painter, self._box(index), place, here=index == self._here)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def _name(self) -> None:
        said = {
            Standing.OPEN: self.tr("to be signed"),
            Standing.SIGNED: self.tr("signed"),
            Standing.OUTDATED: self.tr("to be signed again"),
        }
        self.setAccessibleName("; ".join(f"{p.document} {p.who}: {said[p.standing]}" for p in self._places))

    def _across(self) -> int:
        return max(1, min(3, self.width() // look().px(180)))

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)
        self.update()

    def _box(self, index: int) -> QRectF:
        across, height = self._across(), look().px(52)
        width = (self.width() - (across - 1) * _GAP) / across
        row, column = divmod(index, across)
        return QRectF(column * (width + _GAP), row * (height + _GAP), width, height)

    def _paint(self, painter: QPainter, box: QRectF, place: Place, *, here: bool) -> None:
        t = look()
        painter.setPen(QPen(t.color("primary" if here else "edge"), 2 if here else 1))
        painter.setBrush(t.color("primary_soft" if here else "surface"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)
        side = t.px(18)
        mark = QRectF(box.left() + t.px(12), box.center().y() - side / 2, side, side)
        if place.standing is Standing.SIGNED:
            paint_icon(painter, mark, "circle-check", t.ink(Tone.PRIMARY))
        elif place.standing is Standing.OUTDATED:
            paint_icon(painter, mark, "triangle-alert", t.ink(Tone.AMBER))
        else:
            painter.setPen(QPen(t.color("edge"), 1.6))
            painter.setBrush(t.color("surface"))
            painter.drawEllipse(mark.center(), side / 2 - 1, side / 2 - 1)
        left, room = mark.right() + t.px(10), box.right() - mark.right() - t.px(18)
        for words, up, font, ink in (
            (place.document, -t.px(10), t.font(14, QFont.Weight.DemiBold), t.color("ink")),
            (place.who, t.px(10), t.font(12.5), t.color("muted")),
        ):
            painter.setFont(font)
            painter.setPen(ink)
            line = QRectF(left, box.center().y() + up - t.px(10), room, t.px(20))
            shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
