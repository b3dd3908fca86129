"""Three lamps that say where a case's facts are: on this disk, on a second copy, held by the centre."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from registration.application import Delivery
from ui.theme import Tone, look

_SIDE, _GAP = 10.0, 5.0


def lamps_size() -> QSize:
    return QSize(look().px(3 * _SIDE + 2 * _GAP + 2), look().px(_SIDE + 4))


def lamps_words(delivery: Delivery, second_copy: bool) -> str:
    """Return what the lamps say, in the language of the window."""
    held = {
        Delivery.DRAFT: QCoreApplication.translate("Lamps", "not submitted yet"),
        Delivery.ON_DISK: QCoreApplication.translate("Lamps", "not yet sent to the centre"),
        Delivery.SENDING: QCoreApplication.translate("Lamps", "being sent to the centre"),
        Delivery.HELD: QCoreApplication.translate("Lamps", "held by the centre"),
        Delivery.PARKED: QCoreApplication.translate("Lamps", "not accepted by the centre"),
        Delivery.SUPERSEDED: QCoreApplication.translate("Lamps", "the centre's own revision counts"),
    }[delivery]
    copy = (
        QCoreApplication.translate("Lamps", "on a second copy")
        if second_copy
        else QCoreApplication.translate("Lamps", "no second copy")
    )
    return " · ".join((QCoreApplication.translate("Lamps", "on this disk"), copy, held))


def paint_lamps(painter: QPainter, left_middle: QPointF, delivery: Delivery, second_copy: bool) -> None:
    """Draw the lamps from their left middle: filled is lit, a cross refused, a dash not counted any more."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side, gap = look().px(_SIDE), look().px(_GAP)
    lit = (True, second_copy, delivery is Delivery.HELD)
    for index, on in enumerate(lit):
        box = QRectF(
            left_middle.x() + 1 + index * (side + gap), left_middle.y() - side / 2, side, side
        ).adjusted(0.75, 0.75, -0.75, -0.75)
        tone = Tone.PRIMARY if on else Tone.PLAIN
        if index == 2 and delivery is Delivery.PARKED:
            painter.setPen(QPen(look().color("seal"), 2))
            painter.drawLine(box.topLeft(), box.bottomRight())
            painter.drawLine(box.topRight(), box.bottomLeft())
            continue
        if index == 2 and delivery is Delivery.SUPERSEDED:
            painter.setPen(QPen(look().color("muted"), 2))
            painter.drawLine(box.center() - QPointF(side / 2, 0), box.center() + QPointF(side / 2, 0))
            continue
        painter.setPen(QPen(look().ink(tone), 1.5))
        painter.setBrush(look().ink(tone) if on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        if index == 2 and delivery is Delivery.SENDING:
            painter.setBrush(look().ink(Tone.AMBER))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPie(box, 90 * 16, 180 * 16)
    painter.restore()


class Lamps(QWidget):
    """Lamps(delivery, second_copy); `set_lamps` changes them. The tool tip says the same in words."""

    def __init__(
        self,
        delivery: Delivery = Delivery.DRAFT,
        second_copy: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._delivery, self._second_copy = delivery, second_copy
        self._say()

    def set_lamps(self, delivery: Delivery, second_copy: bool) -> None:
        self._delivery, self._second_copy = delivery, second_copy
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        return lamps_size()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        elif event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_lamps(painter, QPointF(0, self.height() / 2), self._delivery, self._second_copy)
        painter.end()

    def _say(self) -> None:
        words = lamps_words(self._delivery, self._second_copy)
        self.setToolTip(words)
        self.setAccessibleName(words)
