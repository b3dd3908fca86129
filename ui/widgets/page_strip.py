"""The pages of one checklist row as a strip of thumbnails, with the place where the next one goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QFont,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from storage.values import StoredPage
from ui.page_faults import names_of, open_faults
from ui.theme import Tone, look, paint_icon
from ui.widgets.thumbnails import Thumbnails

PAGE_MIME = "application/x-jilai-page"
_GAP = 6


@dataclass(frozen=True)
class Underway:
    """A file being prepared: pages done of total (0 of 0: not begun, or not counted)."""

    name: str
    done: int
    total: int


class PageStrip(QWidget):
    """Paints any number of pages; a press chooses one, a drag carries it, the last tile asks for more."""

    page_chosen = Signal(str)
    page_opened = Signal()
    add_asked = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._pages: tuple[StoredPage, ...] = ()
        self._underway: tuple[Underway, ...] = ()
        self._current = ""
        self._caret: int | None = None  # where a dragged page would go
        self._scroll = 0.0
        self._press: QPointF | None = None
        self._hover_add = False
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        thumbnails.arrived.connect(self.update)

    def show_pages(self, pages: Sequence[StoredPage], underway: Sequence[Underway], current: str) -> None:
        self._pages, self._underway, self._current = tuple(pages), tuple(underway), current
        self._keep_in_view()
        self.update()

    def show_caret(self, index: int | None) -> None:
        """Show where a dragged page would be let go: before the page at `index`, or nowhere."""
        if index != self._caret:
            self._caret = index
            self.update()

    def index_at(self, x: float) -> int:
        """Return before which page (0 is the first) something dropped at x would go."""
        pitch = self._tile().width() + _GAP
        return max(0, min(round((x + self._scroll) / pitch), len(self._pages)))

    def tile_center(self, index: int) -> QPointF:
        """Return the middle of a page's tile; the index after the last page is the adding tile."""
        return (self._add_rect() if index >= len(self._pages) else self._rect(index)).center()

    def sizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(52))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(52))

    # -- where tiles are -----------------------------------------------------------------------------------

    def _tile(self) -> QSize:
        return QSize(look().px(38), look().px(50))

    def _rect(self, index: int) -> QRectF:
        tile = self._tile()
        return QRectF(1 + index * (tile.width() + _GAP) - self._scroll, 1, tile.width(), tile.height())

    def _add_rect(self) -> QRectF:
        tile = self._tile()
        count = len(self._pages) + len(self._underway)
        left = min(1 + count * (tile.width() + _GAP), self.width() - tile.width() - 1)
        return QRectF(left, 1, tile.width(), tile.height())

    def _room(self) -> float:
        return self.width() - self._tile().width() - _GAP - 2

    def _most_scroll(self) -> float:
        count = len(self._pages) + len(self._underway)
        return max(0.0, count * (self._tile().width() + _GAP) - _GAP - self._room())

    def _keep_in_view(self) -> None:
        index = next((i for i, page in enumerate(self._pages) if page.id == self._current), None)
        pitch = self._tile().width() + _GAP
        if self._underway:
            self._scroll = self._most_scroll()
        elif index is not None:
            least = (index + 1) * pitch - _GAP - self._room()
            self._scroll = min(max(self._scroll, least), float(index * pitch))
        self._scroll = max(0.0, min(self._scroll, self._most_scroll()))

    def _page_at(self, at: QPointF) -> StoredPage | None:
        if at.x() >= self._add_rect().left():
            return None
        return next((page for i, page in enumerate(self._pages) if self._rect(i).contains(at)), None)

    # -- the hand ------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_in_view()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._most_scroll() or not event.angleDelta().x():
            event.ignore()  # up and down belong to the list
            return
        self._scroll = max(0.0, min(self._scroll - event.angleDelta().x(), self._most_scroll()))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        page = self._page_at(event.position())
        self._press = event.position() if page is not None else None
        if page is not None:
            self.page_chosen.emit(page.id)
        elif not self._add_rect().contains(event.position()):
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._page_at(event.position()) is not None:
            self.page_opened.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if self._add_rect().contains(event.position()):
            self.add_asked.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self._add_rect().contains(event.position())
        if hover != self._hover_add:
            self._hover_add = hover
            self.update()
        touches = hover or self._page_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if touches else Qt.CursorShape.ArrowCursor)
        if self._press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position() - self._press).manhattanLength() >= QApplication.startDragDistance():
            page, self._press = self._page_at(self._press), None
            if page is not None:
                self._carry(page)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover_add = False
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = ""
            if self._add_rect().contains(QPointF(event.pos())):
                words = self.tr("Add files to this row")
            for i, page in enumerate(self._pages):
                if self._rect(i).contains(QPointF(event.pos())):
                    words = self.tr("Page {number} of {count}").format(number=i + 1, count=len(self._pages))
                    if not page.page_found:
                        words += " · " + self.tr("edges not found, whole picture kept")
                    elif faults := open_faults(page):
                        words += " · " + names_of(faults)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _carry(self, page: StoredPage) -> None:
        mime = QMimeData()
        mime.setData(PAGE_MIME, QByteArray(page.id.encode("ascii")))
        drag = QDrag(self)
        drag.setMimeData(mime)
        picture = self._thumbnails.get(page)
        if picture is not None:
            drag.setPixmap(picture.scaledToHeight(look().px(72), Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.MoveAction)

    # -- the picture ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.save()
        painter.setClipRect(QRectF(0, 0, self._add_rect().left() - 2, self.height()))
        for i, page in enumerate(self._pages):
            rect = self._rect(i)
            if rect.right() >= 0 and rect.left() <= self.width():
                self._paint_page(painter, rect, page)
        for i, work in enumerate(self._underway, len(self._pages)):
            self._paint_work(painter, self._rect(i), work)
        if self._caret is not None:
            x = self._rect(self._caret).left() - _GAP / 2
            painter.setPen(QPen(look().color("primary"), 3))
            painter.drawLine(QPointF(max(x, 2), 3), QPointF(max(x, 2), self.height() - 3))
        painter.restore()
        self._paint_add(painter, self._add_rect())
        painter.end()

    def _paint_page(self, painter: QPainter, rect: QRectF, page: StoredPage) -> None:
        t, here = look(), page.id == self._current
        shape = QPainterPath()
        shape.addRoundedRect(rect, 4, 4)
        painter.fillPath(shape, t.color("raised"))
        picture = self._thumbnails.get(page)
        if picture is not None:
            painter.save()
            painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
            if picture.width() > picture.height():
                painter.drawPixmap(_fitting(picture, rect), picture, QRectF(picture.rect()))
            else:
                painter.drawPixmap(rect, picture, _filling(picture, rect))
            painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(t.color("primary" if here else "edge"), 2.5 if here else 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        faults = open_faults(page)
        if faults or not page.page_found:
            badge = QRectF(rect.right() - t.px(15), rect.top() + 2, t.px(13), t.px(13))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("surface"))
            painter.drawEllipse(badge)
            ink = t.color("seal" if Tone.SEAL in faults.values() else "amber")
            paint_icon(painter, badge.adjusted(2, 2, -2, -2), "triangle-alert", ink, stroke=2.4)

    def _paint_work(self, painter: QPainter, rect: QRectF, work: Underway) -> None:
        t = look()
        painter.setPen(QPen(t.color("line"), 1))
        painter.setBrush(t.color("raised"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        side = rect.width() * 0.5
        ring = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(t.color("line"), 3))
        painter.drawEllipse(ring)
        share = work.done / work.total if work.total else 0.08
        painter.setPen(QPen(t.color("primary"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, -round(360 * 16 * share))
        if work.total > 1:
            painter.setPen(t.color("muted"))
            painter.setFont(t.font(9.5, QFont.Weight.DemiBold))
            words = QRectF(rect.left(), ring.bottom(), rect.width(), rect.bottom() - ring.bottom())
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, f"{work.done}/{work.total}")

    def _paint_add(self, painter: QPainter, rect: QRectF) -> None:
        t = look()
        pen = QPen(t.color("primary"), 1.2)
        pen.setDashPattern([3, 2.4])
        painter.setPen(pen)
        painter.setBrush(t.color("primary_soft") if self._hover_add else t.color("surface"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        side = t.px(16)
        at = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        paint_icon(painter, at, "plus", t.color("primary"), stroke=2)


def _filling(picture: QPixmap, rect: QRectF) -> QRectF:
    """Return the part of a picture, from its top, that fills a tile without distortion."""
    width, height = float(picture.width()), float(picture.height())
    scale = max(rect.width() / width, rect.height() / height)
    shown_width, shown_height = rect.width() / scale, rect.height() / scale
    return QRectF((width - shown_width) / 2, 0, shown_width, shown_height)


def _fitting(picture: QPixmap, rect: QRectF) -> QRectF:
    """Return where a lying page fits whole into a standing tile."""
    height = rect.width() * picture.height() / picture.width()
    return QRectF(rect.left(), rect.center().y() - height / 2, rect.width(), height)
