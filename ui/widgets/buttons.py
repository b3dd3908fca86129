"""Buttons: one filled for what the screen is for, outlined, quiet and dangerous ones beside it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import look, paint_icon
from ui.widgets.key_hint import key_size, paint_key

TARGET = 44
"""The least height and width, in px, of what a finger presses: at every size of type."""


@dataclass(frozen=True)
class Paint:
    """What a button is painted with."""

    ground: QColor | None
    edge: QColor | None
    ink: QColor


class _Button(QAbstractButton):
    """A button that draws icon, words and key. `key_hint` is shown, the shortcut is the screen's to make."""

    _HEIGHT = 44.0
    _TEXT = 15.0
    _PAD = 18.0

    def __init__(
        self, text: str = "", key_hint: str = "", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._key = key_hint
        self._icon = icon
        self._busy = ""
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_key_hint(self, key: str) -> None:
        self._key = key
        self.updateGeometry()
        self.update()

    def set_busy(self, words: str) -> None:
        """Show `words` and refuse presses while work runs; "" ends it."""
        self._busy = words
        self.setEnabled(not words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self._content_width() + 2 * look().px(self._PAD)
        return QSize(round(width), max(look().px(self._HEIGHT), TARGET))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint = self._colors()
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(paint.edge, 1) if paint.edge else Qt.PenStyle.NoPen)
        painter.setBrush(paint.ground or Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 8, 8)
        if self.hasFocus():
            self._paint_focus(painter, rect, paint)
        self._paint_content(painter, paint.ink)
        painter.end()

    def _paint_focus(self, painter: QPainter, rect: QRectF, paint: Paint) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        filled = paint.ground is not None and paint.edge is None
        painter.setPen(QPen(paint.ink if filled else look().color("primary"), 2))
        inset = 3.5 if filled else 0.5
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 8 - inset / 2, 8 - inset / 2)

    def _words(self) -> str:
        return self._busy or self.text()

    def _font(self) -> QFont:
        return look().font(self._TEXT, QFont.Weight.Medium)

    def _content_width(self) -> float:
        width = QFontMetricsF(self._font()).horizontalAdvance(self._words())
        if self._icon:
            width += look().px(18) + (look().px(8) if self._words() else 0)
        if self._key and not self._busy:
            width += key_size(self._key).width() + look().px(8)
        return width

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        middle = self.height() / 2
        x = max((self.width() - self._content_width()) / 2, 4.0)
        if self._icon:
            side = look().px(18)
            paint_icon(painter, QRectF(x, middle - side / 2, side, side), self._icon, ink)
            x += side + (look().px(8) if self._words() else 0)
        painter.setFont(self._font())
        painter.setPen(ink)
        metrics = QFontMetricsF(self._font())
        painter.drawText(QPointF(x, middle + (metrics.ascent() - metrics.descent()) / 2), self._words())
        x += metrics.horizontalAdvance(self._words()) + look().px(8)
        if self._key and not self._busy:
            size = key_size(self._key)
            paint_key(
                painter, QRectF(x, middle - size.height() / 2, size.width(), size.height()), self._key, ink
            )

    def _hovered(self) -> bool:
        return self.isEnabled() and self.underMouse()

    def _colors(self) -> Paint:
        raise NotImplementedError


class PrimaryButton(_Button):
    """The one filled button of a screen, 52 px high, with its key on it: PrimaryButton("Submit", "Enter")."""

    _HEIGHT = 52.0
    _PAD = 24.0

    def _font(self) -> QFont:
        return look().font(15.5, QFont.Weight.DemiBold)

    def _colors(self) -> Paint:
        t = look()
        if not self.isEnabled():
            return Paint(t.color("line"), None, t.color("muted"))
        ground = t.color("primary_hover" if self._hovered() or self.isDown() else "primary")
        return Paint(ground, None, t.color("on_primary"))


class SecondaryButton(_Button):
    """An outlined button, 44 px high."""

    def _colors(self) -> Paint:
        t = look()
        if not self.isEnabled():
            return Paint(t.color("surface"), t.color("line"), t.color("muted"))
        ground = t.color("raised" if self._hovered() or self.isDown() else "surface")
        return Paint(ground, t.color("edge"), t.color("ink"))


class QuietButton(_Button):
    """Words alone, for what is seldom needed; no lower than a finger."""

    _HEIGHT = 36.0
    _TEXT = 14.0
    _PAD = 10.0

    def _colors(self) -> Paint:
        t = look()
        if not self.isEnabled():
            return Paint(None, None, t.color("muted"))
        return Paint(t.color("primary_soft") if self._hovered() else None, None, t.color("primary"))


class DangerButton(_Button):
    """An outlined button for what cannot be taken back."""

    def _colors(self) -> Paint:
        t = look()
        ink = t.color("seal" if self.isEnabled() else "muted")
        ground = t.color("seal_soft" if self._hovered() or self.isDown() else "surface")
        return Paint(ground, t.color("edge"), ink)


class IconButton(_Button):
    """An icon alone, 44 px square; `set_text` gives its tool tip and its name for screen readers."""

    _HEIGHT = 36.0

    def __init__(self, icon: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", "", icon, parent)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self.setToolTip(text)
        self.setAccessibleName(text)

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        side = max(look().px(self._HEIGHT), TARGET)
        return QSize(side, side)

    def _colors(self) -> Paint:
        t = look()
        ground = t.color("raised") if self._hovered() or self.isDown() else None
        return Paint(ground, None, t.color("ink" if self._hovered() else "muted"))
