"""The look: colour tokens, sizes, fonts and icons, and the one place that applies them to the application."""

from ui.theme.icons import icon, paint_icon, pixmap
from ui.theme.look import Look, apply_look, look
from ui.theme.tokens import THEMES, ThemeName, Tokens, Tone

__all__ = [
    "THEMES",
    "Look",
    "ThemeName",
    "Tokens",
    "Tone",
    "apply_look",
    "icon",
    "look",
    "paint_icon",
    "pixmap",
]
