"""Which pages of a file are wanted: all of them at first, one key takes one out or in again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from storage.values import StoredPage
from ui.theme import look, paint_icon
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.screen import ScrollArea
from ui.widgets.sheet import Sheet
from ui.widgets.text import Text
from ui.widgets.thumbnails import Thumbnails

_ACROSS = 6


class PageChoice(Sheet):
    """`left_out(list[StoredPage])` with the pages that are not wanted; nothing where all are, or on Esc."""

    left_out = Signal(object)

    def __init__(
        self, host: QWidget, title: str, pages: Sequence[StoredPage], at: int, thumbnails: Thumbnails
    ) -> None:
        super().__init__(host, title, width=640)
        self.body.addWidget(Text(self.tr("Arrows choose a page, Space takes it out or in again."), "muted"))
        self.tiles = _Tiles(pages, at, thumbnails)
        area = ScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.column.addWidget(self.tiles)
        area.column.addStretch(1)
        area.setMinimumHeight(min(self.tiles.sizeHint().height(), look().px(380)))
        self._area = area
        self.body.addWidget(area, 1)
        back = SecondaryButton(self.tr("All of them"), "Esc")
        back.clicked.connect(self.close_sheet)
        self.accept_button = PrimaryButton("", "Enter")
        self.accept_button.clicked.connect(self._accept)
        for button in (back, self.accept_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.buttons.addWidget(button)
        self.tiles.turned.connect(self._say)
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_ACROSS,
            Qt.Key.Key_Down: _ACROSS,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.tiles.step(steps[key])
            middle = self.tiles.rect_of(self.tiles.at).center()
            self._area.ensureVisible(round(middle.x()), round(middle.y()), 0, look().px(80))
        elif key == Qt.Key.Key_Space:
            self.tiles.toggle(self.tiles.at)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        wanted = self.tiles.wanted()
        self.accept_button.set_text(self.tr("Keep %n page(s)", "", len(wanted)))
        self.accept_button.setEnabled(bool(wanted))

    def _accept(self) -> None:
        if not self.tiles.wanted():
            return
        unwanted = [page for page in self.tiles.pages if page not in self.tiles.wanted()]
        if unwanted:
            self.left_out.emit(unwanted)
        self.close_sheet()


class _Tiles(QWidget):
    """The pages with their numbers; what is taken out is pale and has no tick."""

    turned = Signal()

    def __init__(self, pages: Sequence[StoredPage], at: int, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.pages, self.at = tuple(pages), at
        self._thumbnails = thumbnails
        self._out: set[int] = set()
        thumbnails.arrived.connect(self.update)
        self.setMinimumHeight(self.sizeHint().height())

    def wanted(self) -> list[StoredPage]:
        return [page for i, page in enumerate(self.pages) if i not in self._out]

    def step(self, by: int) -> None:
        self.at = max(0, min(self.at + by, len(self.pages) - 1))
        self.update()

    def toggle(self, index: int) -> None:
        self._out ^= {index}
        self.update()
        self.turned.emit()

    def sizeHint(self) -> QSize:
        rows = (len(self.pages) + _ACROSS - 1) // _ACROSS
        return QSize(look().px(_ACROSS * 92), look().px(rows * 124))

    def rect_of(self, index: int) -> QRectF:
        width, height = look().px(92), look().px(124)
        return QRectF(index % _ACROSS * width + 4, index // _ACROSS * height + 4, width - 12, height - 12)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index in range(len(self.pages)):
            if self.rect_of(index).contains(event.position()):
                self.at = index
                self.toggle(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        t = look()
        for index, page in enumerate(self.pages):
            rect, out, here = self.rect_of(index), index in self._out, index == self.at
            picture = self._thumbnails.get(page)
            painter.setOpacity(0.35 if out else 1.0)
            painter.fillRect(rect, t.color("raised"))
            if picture is not None:
                scale = min(rect.width() / picture.width(), rect.height() / picture.height())
                shown = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
                shown.moveCenter(rect.center())
                painter.drawPixmap(shown, picture, QRectF(picture.rect()))
            painter.setOpacity(1.0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.color("primary" if here else "edge"), 2.5 if here else 1))
            painter.drawRoundedRect(rect, 4, 4)
            badge = QRectF(rect.left() + 4, rect.top() + 4, t.px(22), t.px(22))
            painter.setPen(QPen(t.color("edge" if out else "primary"), 1.2))
            painter.setBrush(t.color("surface" if out else "primary"))
            painter.drawEllipse(badge)
            if not out:
                paint_icon(painter, badge.adjusted(4, 4, -4, -4), "check", t.color("on_primary"), stroke=3)
            painter.setPen(t.color("ink"))
            painter.setFont(t.font(12, QFont.Weight.DemiBold))
            foot = QRectF(rect.right() - t.px(30), rect.bottom() - t.px(22), t.px(28), t.px(20))
            painter.fillRect(foot, t.color("surface"))
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, str(page.page_index + 1))
        painter.end()
