"""A pad to sign on: pen with pressure, finger or mouse, kept as strokes with their time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from registration.signatures import PAD_RATIO, Point
from ui.theme import Tone, look

Strokes = tuple[tuple[Point, ...], ...]
_MOST_POINTS = 20_000


class SignaturePad(QWidget):
    """SignaturePad(): `strokes()` are those drawn since `clear()`; `drawn` after each stroke.

    `show_strokes(strokes, faded)` shows a signature that was accepted before; the next stroke begins anew.
    A pen's pressure shows in the line's width while it is drawn; what is kept is where and when.
    """

    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[Point]] = []
        self._widths: list[list[float]] = []
        self._kept: Strokes = ()
        self._faded = self._drawing = False
        self._words = ""
        self._clock = QElapsedTimer()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the hand that signs leaves the keys to the operator
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(look().px(600), look().px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(96))

    def set_words(self, words: str) -> None:
        """Say under the line what belongs there; shown until somebody draws."""
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def show_strokes(self, strokes: Strokes, *, faded: bool = False) -> None:
        """Show a signature that was accepted, `faded` where it does not hold any more."""
        self.clear()
        self._kept, self._faded = strokes, faded
        self.update()

    def strokes(self) -> Strokes:
        """Return what was drawn: x and y from 0 to 1 of the pad, milliseconds since the first point."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def clear(self) -> None:
        """Forget what was drawn."""
        self._strokes, self._widths, self._kept = [], [], ()
        self._drawing = self._faded = False
        self._clock.invalidate()
        self.update()

    def field(self) -> QRectF:
        """Return the part of the widget that is the pad, in its coordinates."""
        width = min(float(self.width()), self.height() * PAD_RATIO) - 2
        height = width / PAD_RATIO
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    # -- drawing -------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), 0.5)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(event.position(), 0.5)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position(), event.pressure())
        elif event.type() == QEvent.Type.TabletMove and event.pressure() > 0:
            self._go_on(event.position(), event.pressure())
        elif event.type() == QEvent.Type.TabletRelease:
            self._end()
        event.accept()  # no mouse is made of it

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        event.accept()
        if event.type() in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel):
            self._end()
        elif event.points():
            point = event.points()[0]  # a second finger or the ball of the hand draws nothing
            if event.type() == QEvent.Type.TouchBegin:
                self._begin(point.position(), point.pressure() or 0.5)
            else:
                self._go_on(point.position(), point.pressure() or 0.5)

    def _begin(self, at: QPointF, pressure: float) -> None:
        if self._kept:
            self.clear()
        if not self._clock.isValid():
            self._clock.start()
        self._drawing = True
        self._strokes.append([])
        self._widths.append([])
        self._put(at, pressure)

    def _go_on(self, at: QPointF, pressure: float) -> None:
        if self._drawing:
            self._put(at, pressure)

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.drawn.emit()

    def _put(self, at: QPointF, pressure: float) -> None:
        if sum(map(len, self._strokes)) >= _MOST_POINTS:
            return
        box = self.field()
        x = min(max((at.x() - box.left()) / box.width(), 0.0), 1.0)
        y = min(max((at.y() - box.top()) / box.height(), 0.0), 1.0)
        self._strokes[-1].append((round(x, 4), round(y, 4), self._clock.elapsed()))
        self._widths[-1].append(1.4 + 2.4 * pressure)
        self.update()

    # -- showing -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, box = look(), self.field()
        painter.setPen(QPen(t.color("edge"), 1.5))
        painter.setBrush(t.color("surface"))
        painter.drawRoundedRect(box, 10, 10)
        base = box.top() + box.height() * 0.78
        painter.setPen(QPen(t.color("edge"), 1.2, Qt.PenStyle.DashLine))
        inset = box.width() * 0.06
        painter.drawLine(QPointF(box.left() + inset, base), QPointF(box.right() - inset, base))
        if not self._strokes and not self._kept:
            painter.setPen(t.color("muted"))
            painter.setFont(t.font(14))
            room = QRectF(box.left(), base, box.width(), box.bottom() - base)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._words)
        ink = t.ink(Tone.PLAIN) if self._faded else t.color("ink")
        for kept in self._kept:
            painter.setPen(_pen(ink, t.px(2.6)))
            painter.drawPath(_path(kept, box))
        for stroke, widths in zip(self._strokes, self._widths, strict=True):
            self._paint_stroke(painter, box, stroke, widths)
        painter.end()

    def _paint_stroke(
        self, painter: QPainter, box: QRectF, stroke: Sequence[Point], widths: Sequence[float]
    ) -> None:
        points = [_at(point, box) for point in stroke]
        for before, after, width in zip(points, points[1:], widths[1:], strict=False):
            painter.setPen(_pen(look().color("ink"), width))
            painter.drawLine(before, after)


def _pen(ink: QColor, width: float) -> QPen:
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _at(point: Point, box: QRectF) -> QPointF:
    return QPointF(box.left() + point[0] * box.width(), box.top() + point[1] * box.height())


def _path(stroke: Sequence[Point], box: QRectF) -> QPainterPath:
    path = QPainterPath()
    for index, point in enumerate(stroke):
        (path.lineTo if index else path.moveTo)(_at(point, box))
    return path
