"""What a resident says of an evening in five levels (好差评), and how it is kept from whoever served them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from registration.errors import InputError
from registration.packs import RATING, PackSet


@dataclass(frozen=True)
class Choice:
    """One level or reason, in both languages; `asks` where the reason is asked."""

    code: str
    zh: str
    en: str
    asks: bool = False

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class RatingScale:
    """The levels from the best to the worst, and the reasons for a bad one."""

    levels: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    version: str


def scale_from(packs: PackSet) -> RatingScale:
    """Return the scale in force. Source: the pack `rating_levels`."""
    body: Any = packs[RATING]
    return RatingScale(
        tuple(
            Choice(row["code"], row["zh"], row["en"], bool(row.get("ask", False))) for row in body["levels"]
        ),
        tuple(Choice(row["code"], row["zh"], row["en"]) for row in body["reasons"]),
        str(body["version"]),
    )


def rating_body(scale: RatingScale, level: str, reasons: tuple[str, ...]) -> dict[str, Any]:
    """Return what is told of a rating: level, reasons and the scale, nothing of person, case or hour.

    Raises InputError rating_unknown for what the scale does not have, rating_reason_missing
    where the level asks for one.
    """
    chosen = next((one for one in scale.levels if one.code == level), None)
    known = {one.code for one in scale.reasons}
    if chosen is None or not set(reasons) <= known:
        raise InputError("rating_unknown")
    if chosen.asks and not reasons:
        raise InputError("rating_reason_missing", field="reasons")
    return {"level": level, "reasons": sorted(set(reasons)) if chosen.asks else [], "scale": scale.version}
