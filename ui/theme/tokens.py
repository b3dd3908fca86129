"""The colours of the window, by theme: names say what a colour is for, never what it looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ThemeName(StrEnum):
    """The themes an operator can choose."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Tone(StrEnum):
    """What a coloured thing means; words always say it too."""

    PLAIN = "plain"
    PRIMARY = "primary"  # action, done, ours
    SEAL = "seal"  # returned, blocked, missing
    AMBER = "amber"  # waiting, deferred, offline
    BLUE = "blue"  # accepted by the centre, facts


@dataclass(frozen=True)
class Tokens:
    """One theme. Every value is #RRGGBB; `*_soft` is the ground on which its own colour is written.

    `amber` fills and draws; `amber_ink` writes, because the amber of the palette is too light for small
    text on its soft ground (4.5:1 is kept by a test).
    """

    dark: bool
    bg: str
    surface: str
    raised: str  # hovered rows, key caps, plain chips
    ink: str
    muted: str
    line: str  # hairlines
    edge: str  # outlines of editors and secondary buttons
    primary: str
    primary_hover: str
    primary_soft: str
    on_primary: str
    seal: str
    seal_soft: str
    amber: str
    amber_ink: str
    amber_soft: str
    blue: str
    blue_soft: str

    def ink_of(self, tone: Tone) -> str:
        """Return the colour that text of this tone is written in."""
        return {
            Tone.PLAIN: self.muted,
            Tone.PRIMARY: self.primary,
            Tone.SEAL: self.seal,
            Tone.AMBER: self.amber_ink,
            Tone.BLUE: self.blue,
        }[tone]

    def soft_of(self, tone: Tone) -> str:
        """Return the ground of this tone."""
        return {
            Tone.PLAIN: self.raised,
            Tone.PRIMARY: self.primary_soft,
            Tone.SEAL: self.seal_soft,
            Tone.AMBER: self.amber_soft,
            Tone.BLUE: self.blue_soft,
        }[tone]


LIGHT = Tokens(
    dark=False,
    bg="#F5F6F3",
    surface="#FFFFFF",
    raised="#F1F3F0",
    ink="#1A2429",
    muted="#5D6971",
    line="#E2E6E1",
    edge="#C3CBC6",
    primary="#0E6B5B",
    primary_hover="#0B5A4C",
    primary_soft="#E1F0EC",
    on_primary="#FFFFFF",
    seal="#C23B2B",
    seal_soft="#FBE9E6",
    amber="#A8690A",
    amber_ink="#8F5806",
    amber_soft="#FBF0DC",
    blue="#2C5D9E",
    blue_soft="#E5EDF8",
)

DARK = Tokens(
    dark=True,
    bg="#12181B",
    surface="#1A2226",
    raised="#222C31",
    ink="#E8ECEA",
    muted="#93A0A6",
    line="#2B363B",
    edge="#45535A",
    primary="#3FB59E",
    primary_hover="#57C6B0",
    primary_soft="#16352F",
    on_primary="#08201B",
    seal="#E87C6C",
    seal_soft="#3A201D",
    amber="#E0A94A",
    amber_ink="#E0A94A",
    amber_soft="#352A16",
    blue="#7CA8E0",
    blue_soft="#1B2A3E",
)

CONTRAST = Tokens(
    dark=False,
    bg="#FFFFFF",
    surface="#FFFFFF",
    raised="#EDEFEC",
    ink="#000000",
    muted="#33393D",
    line="#5A6368",
    edge="#000000",
    primary="#004A3D",
    primary_hover="#00332A",
    primary_soft="#E6F4F0",
    on_primary="#FFFFFF",
    seal="#8E1A0D",
    seal_soft="#FFF0EE",
    amber="#6B4200",
    amber_ink="#5A3700",
    amber_soft="#FFF6E5",
    blue="#123E78",
    blue_soft="#EEF4FD",
)

THEMES: Mapping[ThemeName, Tokens] = MappingProxyType(
    {ThemeName.LIGHT: LIGHT, ThemeName.DARK: DARK, ThemeName.CONTRAST: CONTRAST}
)
