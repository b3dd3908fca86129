"""The Qt application before any window: its name, style, text face, look and language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QStyleFactory

from ui.language import speak
from ui.settings import Preferences, Settings
from ui.theme import THEMES, Look, apply_look
from ui.theme.fonts import load_fonts


def build_application(argv: Sequence[str], settings: Settings) -> QApplication:
    """Make the application, in the look and language of `settings`, and let both follow its changes."""
    app = QApplication(list(argv))
    app.setApplicationName("jilai")
    app.setApplicationDisplayName("Jilai 即来")
    app.setDesktopFileName("jilai")
    style = QStyleFactory.create("Fusion")
    if style is not None:
        app.setStyle(style)
    load_fonts()
    dress(app, settings.value)
    settings.changed.connect(lambda preferences: dress(app, preferences))
    return app


def dress(app: QApplication, preferences: Preferences) -> None:
    """Put language, theme and text size in force."""
    apply_look(app, Look(THEMES[preferences.theme], preferences.text_percent))
    speak(app, preferences.language)
