"""Shared widgets: what every screen is built from. Each reads the look while painting, none knows a rule.

A screen's own words live in its `retranslate()`, called from `Screen.changeEvent` on LanguageChange; give
widgets their words there (`set_text`, `set_title`, `set_placeholder`), never in the constructor alone.
"""

from ui.widgets.buttons import DangerButton, IconButton, PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.card import Card, Line
from ui.widgets.check import Check, Choice
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.key_hint import KeyHint
from ui.widgets.lamps import Lamps, paint_lamps
from ui.widgets.problem import InlineProblem
from ui.widgets.rail_button import RailButton
from ui.widgets.reveal import RevealButton
from ui.widgets.screen import Screen, ScrollArea
from ui.widgets.search_box import SearchBox
from ui.widgets.segmented import Segmented
from ui.widgets.sheet import Sheet
from ui.widgets.text import Text
from ui.widgets.toast import Toast

__all__ = [
    "Card",
    "Check",
    "Chip",
    "Choice",
    "DangerButton",
    "EmptyState",
    "Field",
    "IconButton",
    "InlineProblem",
    "KeyHint",
    "Lamps",
    "Line",
    "PrimaryButton",
    "QuietButton",
    "RailButton",
    "RevealButton",
    "Screen",
    "ScrollArea",
    "SearchBox",
    "SecondaryButton",
    "Segmented",
    "Sheet",
    "Text",
    "Toast",
    "paint_lamps",
]
