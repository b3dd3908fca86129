"""The look in force: tokens and text size together, applied to the whole application at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.fonts import FAMILIES
from ui.theme.style import stylesheet
from ui.theme.tokens import LIGHT, Tokens, Tone


@dataclass(frozen=True)
class Look:
    """One theme at one text size. Sizes are device-independent pixels."""

    tokens: Tokens = field(default=LIGHT)
    percent: int = 100  # 100, 125 or 150
    one_column: bool = False  # the tablet layout: nothing beside a card that can do without

    def px(self, size: float) -> int:
        """Return a size at 100 % as it is at this text size: for text, controls and what holds them."""
        return round(size * self.percent / 100)

    def color(self, name: str) -> QColor:
        """Return a token by its name, for painting."""
        return QColor(getattr(self.tokens, name))

    def ink(self, tone: Tone) -> QColor:
        return QColor(self.tokens.ink_of(tone))

    def soft(self, tone: Tone) -> QColor:
        return QColor(self.tokens.soft_of(tone))

    def font(self, size: float = 14, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the text face at `size` px (at 100 %), for painting; widgets get theirs by style sheet."""
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        return font


_current = Look()


def look() -> Look:
    """Return the look in force. Painted widgets read it while painting, so a change needs no wiring."""
    return _current


def apply_look(app: QApplication, new: Look) -> None:
    """Put a look in force; every widget receives StyleChange and repaints."""
    global _current
    _current = new
    app.setPalette(_palette(new.tokens))
    app.setFont(new.font())
    app.setStyleSheet(stylesheet(new.tokens, new.px))


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    for role, value in (
        (QPalette.ColorRole.Window, tokens.bg),
        (QPalette.ColorRole.WindowText, tokens.ink),
        (QPalette.ColorRole.Base, tokens.surface),
        (QPalette.ColorRole.AlternateBase, tokens.bg),
        (QPalette.ColorRole.Text, tokens.ink),
        (QPalette.ColorRole.Button, tokens.surface),
        (QPalette.ColorRole.ButtonText, tokens.ink),
        (QPalette.ColorRole.BrightText, tokens.seal),
        (QPalette.ColorRole.Highlight, tokens.primary),
        (QPalette.ColorRole.HighlightedText, tokens.on_primary),
        (QPalette.ColorRole.PlaceholderText, tokens.muted),
        (QPalette.ColorRole.ToolTipBase, tokens.ink),
        (QPalette.ColorRole.ToolTipText, tokens.surface),
        (QPalette.ColorRole.Link, tokens.primary),
        (QPalette.ColorRole.Mid, tokens.line),
    ):
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return palette
