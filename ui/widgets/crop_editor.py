"""The untouched photograph with the page's four corners over it, to be dragged or nudged into place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.quad import Point, Quad, moved_corner, moved_side, nearest_corner, nearest_side

# A photograph keeps its surroundings in every theme: dark table, bright edge.
_TABLE = QColor("#3A4044")
_EDGE = QColor("#4FD1B8")
_SHADE = QColor(20, 26, 29, 130)
_WORDS = QColor("#D5DADB")
_MARGIN = 14
_REACH = 22.0  # how near a hand has to come, in screen pixels
_LOUPE = 58.0
_LOUPE_ZOOM = 2.5
_NUDGE_SETTLES_MS = 400


class CropEditor(QWidget):
    """An original page and its corners; emits them, in original pixels, when the hand lets go."""

    corners_dropped = Signal(object)
    corner_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 160)
        self.setAccessibleName(self.tr("Page corners on the original photograph"))
        self._picture = QImage()
        self._scaled = QPixmap()
        self._size = (1.0, 1.0)
        self._corners: Quad | None = None
        self._before: Quad | None = None
        self._words = ""
        self._held: tuple[str, int] | None = None  # what the hand holds: ("corner" or "side", index)
        self._hover: tuple[str, int] | None = None
        self._active = 0
        self._last = QPointF()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_NUDGE_SETTLES_MS)
        self._settle.timeout.connect(self._drop)

    @property
    def corners(self) -> Quad | None:
        """The corners as they stand now, in pixels of the original page."""
        return self._corners

    def show_page(self, picture: QImage, size: tuple[int, int], corners: Quad) -> None:
        """Show a preview of the original; `size` is the original's own width and height in pixels."""
        self._settle.stop()
        self._picture, self._scaled = picture, QPixmap()
        self._size = (float(size[0]), float(size[1]))
        self._corners = self._before = corners
        self._held = self._hover = None
        self._words = ""
        self.update()

    def show_words(self, words: str) -> None:
        """Show a short sentence in place of a picture."""
        self._settle.stop()
        self._picture, self._scaled, self._corners, self._before = QImage(), QPixmap(), None, None
        self._held = self._hover = None
        self._words = words
        self.update()

    def give_up(self) -> bool:
        """Put a corner that is on its way back to where it was; False where none is."""
        if self._held is None and not self._settle.isActive():
            return False
        self._settle.stop()
        self._held = None
        self._corners = self._before
        self.update()
        return True

    def sizeHint(self) -> QSize:
        return QSize(374, 160)  # it takes what room there is; what stands below must not be pushed out

    def on_screen(self, index: int) -> QPointF:
        """Return where a corner is drawn, in this widget's coordinates."""
        assert self._corners is not None
        return self._to_screen(self._corners[index])

    # -- where the picture is ------------------------------------------------------------------------------

    def _frame(self) -> QRectF:
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / self._size[0], room.height() / self._size[1])
        width, height = self._size[0] * scale, self._size[1] * scale
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)

    def _to_screen(self, point: Point) -> QPointF:
        frame = self._frame()
        return QPointF(
            frame.left() + point[0] / self._size[0] * frame.width(),
            frame.top() + point[1] / self._size[1] * frame.height(),
        )

    def _to_page(self, at: QPointF) -> Point:
        frame = self._frame()
        return (
            (at.x() - frame.left()) / frame.width() * self._size[0],
            (at.y() - frame.top()) / frame.height() * self._size[1],
        )

    def _per_pixel(self) -> float:
        """How many original pixels one screen pixel covers."""
        return self._size[0] / self._frame().width()

    # -- the hand ------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._corners is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._settle.stop()
        self._held = self._under(event.position())
        self._last = event.position()
        if self._held is not None and self._held[0] == "corner":
            self._pick(self._held[1])
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._corners is None:
            return
        if self._held is None:
            self._hover = self._under(event.position())
            self.setCursor(
                Qt.CursorShape.ArrowCursor if self._hover is None else Qt.CursorShape.OpenHandCursor
            )
        else:
            kind, index = self._held
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            if kind == "corner":
                self._corners = moved_corner(
                    self._corners, index, self._to_page(event.position()), self._size
                )
            else:
                per = self._per_pixel()
                by = (event.position() - self._last) * per
                self._corners = moved_side(self._corners, index, (by.x(), by.y()), self._size)
            self._last = event.position()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._held is not None:
            self._held = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self._drop()
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 pick a corner, arrows move it (Shift: ten times as far), Esc puts a held one back."""
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        if self._corners is None:
            super().keyPressEvent(event)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self._pick(key - Qt.Key.Key_1)
        elif key in steps:
            far = self._per_pixel() * (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            x, y = self._corners[self._active]
            to = (x + steps[key][0] * far, y + steps[key][1] * far)
            self._corners = moved_corner(self._corners, self._active, to, self._size)
            self._settle.start()
            self.update()
        elif key == Qt.Key.Key_Escape and self.give_up():
            pass
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._settle.isActive():
            self._settle.stop()
            self._drop()
        super().focusOutEvent(event)
        self.update()

    def _under(self, at: QPointF) -> tuple[str, int] | None:
        if self._corners is None:
            return None
        point, reach = self._to_page(at), _REACH * self._per_pixel()
        corner = nearest_corner(self._corners, point, reach)
        if corner is not None:
            return "corner", corner
        side = nearest_side(self._corners, point, reach / 2)
        return None if side is None else ("side", side)

    def _pick(self, index: int) -> None:
        self._active = index
        self.corner_picked.emit(index)
        self.update()

    def _drop(self) -> None:
        if self._corners is not None and self._corners != self._before:
            self._before = self._corners
            self.corners_dropped.emit(self._corners)

    # -- the picture ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scaled = QPixmap()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        table = QPainterPath()
        table.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.fillPath(table, _TABLE)
        painter.setClipPath(table)
        if self._picture.isNull() or self._corners is None:
            painter.setPen(_WORDS)
            inner = self.rect().adjusted(24, 16, -24, -16)
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
            painter.end()
            return
        frame = self._frame()
        painter.drawPixmap(frame.topLeft(), self._fitted(frame))
        outline = QPolygonF([self._to_screen(c) for c in self._corners])
        shade, page = QPainterPath(), QPainterPath()
        shade.addRect(frame)
        page.addPolygon(outline)
        page.closeSubpath()
        painter.fillPath(shade.subtracted(page), _SHADE)
        painter.setPen(
            QPen(_EDGE, 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.drawPolygon(outline)
        self._paint_sides(painter, outline)
        self._paint_corners(painter, outline)
        if self._held is not None and self._held[0] == "corner":
            self._paint_loupe(painter, outline, self._held[1])
        painter.end()

    def _fitted(self, frame: QRectF) -> QPixmap:
        if self._scaled.isNull():
            ratio = self.devicePixelRatioF()
            image = self._picture.scaled(
                (frame.size() * ratio).toSize(),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._scaled = QPixmap.fromImage(image)
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled

    def _paint_sides(self, painter: QPainter, outline: QPolygonF) -> None:
        for i in range(4):
            start, end = outline.at(i), outline.at((i + 1) % 4)
            middle, along = (start + end) * 0.5, end - start
            length = max((along.x() ** 2 + along.y() ** 2) ** 0.5, 1.0)
            half = along / length * 9
            hot = ("side", i) in (self._hover, self._held)
            color = QColor(Qt.GlobalColor.white) if hot else _EDGE
            painter.setPen(QPen(color, 6.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(middle - half, middle + half)

    def _paint_corners(self, painter: QPainter, outline: QPolygonF) -> None:
        for i in range(4):
            hot = ("corner", i) in (self._hover, self._held)
            chosen = self.hasFocus() and i == self._active
            painter.setPen(QPen(_EDGE, 3.0))
            painter.setBrush(_EDGE if hot or chosen else Qt.GlobalColor.white)
            painter.drawEllipse(outline.at(i), 8.0 if hot or chosen else 6.5, 8.0 if hot or chosen else 6.5)
            if chosen:
                painter.setPen(QPen(Qt.GlobalColor.white, 2.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(outline.at(i), 11.5, 11.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_loupe(self, painter: QPainter, outline: QPolygonF, index: int) -> None:
        at = outline.at(index)
        centre = QPointF(
            at.x() + (_LOUPE * 1.6 if at.x() < self.width() / 2 else -_LOUPE * 1.6),
            min(max(at.y(), _LOUPE + 6), self.height() - _LOUPE - 6),
        )
        glass = QPainterPath()
        glass.addEllipse(centre, _LOUPE, _LOUPE)
        painter.save()
        painter.setClipPath(glass)
        painter.fillPath(glass, _TABLE)
        painter.translate(centre)
        painter.scale(_LOUPE_ZOOM, _LOUPE_ZOOM)
        painter.translate(-at)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._frame(), self._picture)
        painter.setPen(QPen(_EDGE, 1.0))
        painter.drawPolygon(outline)
        painter.restore()
        painter.setPen(QPen(Qt.GlobalColor.white, 2.5))
        painter.drawEllipse(centre, _LOUPE, _LOUPE)
        painter.setPen(QPen(Qt.GlobalColor.white, 1.0))
        painter.drawLine(centre - QPointF(7, 0), centre + QPointF(7, 0))
        painter.drawLine(centre - QPointF(0, 7), centre + QPointF(0, 7))
