"""The look: text can be read in every theme, icons exist and are used, sizes follow the text size."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.app import dress
from ui.settings import Preferences
from ui.theme import THEMES, ThemeName, Tokens, Tone, look, pixmap
from ui.widgets import PrimaryButton, Text

UI = Path(__file__).resolve().parent.parent.parent / "ui"
ICONS = UI / "theme" / "icons"


def luminance(color: str) -> float:
    channels = (QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, success criterion 1.4.3."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ThemeName)
def test_text_has_the_contrast_that_reading_needs(name: ThemeName):
    t: Tokens = THEMES[name]
    least = 7.0 if name is ThemeName.CONTRAST else 4.5
    pairs = [(t.ink, t.surface), (t.ink, t.bg), (t.ink, t.raised), (t.ink, t.primary_soft)]
    pairs += [
        (t.muted, t.surface),
        (t.muted, t.bg),
        (t.on_primary, t.primary),
        (t.on_primary, t.primary_hover),
    ]
    pairs += [(t.ink_of(tone), t.surface) for tone in Tone]
    pairs += [(t.ink_of(tone), t.soft_of(tone)) for tone in Tone if tone is not Tone.PLAIN]
    low = [(a, b, round(contrast(a, b), 2)) for a, b in pairs if contrast(a, b) < least]
    assert not low


def test_every_icon_that_is_named_exists_and_every_one_kept_is_used():
    kept = {path.stem for path in ICONS.glob("*.svg")}
    source = "\n".join(path.read_text("utf-8") for path in UI.rglob("*.py"))
    quoted = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', source))
    assert not kept - quoted, f"kept for nothing: {sorted(kept - quoted)}"
    asked = set(re.findall(r'(?:icon=|IconButton\(|EmptyState\(|set_icon\()\s*"([a-z0-9-]+)"', source))
    assert asked <= kept


def test_icons_are_drawn_in_the_colour_of_the_theme():
    image = pixmap("check", QColor("#ff0000"), 24).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    drawn = {
        image.pixelColor(x, y).name()
        for x in range(24)
        for y in range(24)
        if image.pixelColor(x, y).alpha() > 250
    }
    assert drawn == {"#ff0000"}


def test_the_bundled_face_is_the_one_in_use():
    assert "Noto Sans SC" in QFontDatabase.families()
    assert QApplication.font().families()[0] == "Noto Sans SC"


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_text_and_controls_grow_together(qapp: QApplication, qtbot: QtBot, percent: int):
    dress(qapp, Preferences(text_percent=percent))
    text, button = Text("收件"), PrimaryButton("提交")
    qtbot.addWidget(text)
    qtbot.addWidget(button)
    text.ensurePolished()
    assert text.font().pixelSize() == look().px(14)
    assert button.sizeHint().height() == round(52 * percent / 100)


def test_a_change_of_theme_reaches_what_is_open(qapp: QApplication, qtbot: QtBot):
    text = Text("收件", "muted")
    qtbot.addWidget(text)
    text.show()
    seen = []
    for name in (ThemeName.LIGHT, ThemeName.DARK):
        dress(qapp, Preferences(theme=name))
        seen.append(text.palette().windowText().color().name())
    assert seen == [THEMES[ThemeName.LIGHT].muted.lower(), THEMES[ThemeName.DARK].muted.lower()]
