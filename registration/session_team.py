"""Where a session is held and who serves it: kinds of place and roles as the pack in force has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

OPERATOR, HELPER = "operator", "helper"
"""The roles that the program itself gives: who opened a part, and who receipts name beside them."""


@dataclass(frozen=True)
class Kind:
    """An entry of the pack: a kind of place, or a role."""

    code: str
    zh: str
    en: str

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class SessionKinds:
    """The pack in force; a plan is repeated for at most `most_weeks` weeks."""

    places: tuple[Kind, ...]
    roles: tuple[Kind, ...]
    most_weeks: int

    def place_name(self, code: str, language: str) -> str:
        """Return the words of a kind of place, "" for none, the code itself where the pack lost it."""
        return _name(self.places, code, language)

    def role_name(self, code: str, language: str) -> str:
        return _name(self.roles, code, language)


@dataclass(frozen=True)
class Member:
    """Somebody of the team; `role` is a code of the pack."""

    name: str
    role: str


@dataclass(frozen=True)
class Setting:
    """What an opening says besides compound and times: kind of place, where exactly, and the team."""

    kind: str = ""
    place: str = ""
    team: tuple[Member, ...] = ()

    @property
    def helper(self) -> str:
        """Return who is named as helper on the papers, "" where nobody is."""
        return next((one.name for one in self.team if one.role == HELPER), "")


def kinds_from(body: Mapping[str, Any]) -> SessionKinds:
    """Return the kinds that a body of the pack `session_kinds` has."""
    return SessionKinds(
        tuple(Kind(one["code"], one["zh"], one["en"]) for one in body["places"]),
        tuple(Kind(one["code"], one["zh"], one["en"]) for one in body["roles"]),
        int(body["most_weeks"]),
    )


def team_to_json(team: Iterable[Member]) -> list[dict[str, str]]:
    return [asdict(one) for one in team]


def team_from_json(value: Any) -> tuple[Member, ...]:
    """Return a team as a fact has it; what is no member is passed over, each counts once."""
    found = [
        Member(str(one.get("name", "")), str(one.get("role", "")))
        for one in (value if isinstance(value, list) else ())
        if isinstance(one, Mapping) and one.get("name")
    ]
    return tuple(dict.fromkeys(found))


def _name(among: tuple[Kind, ...], code: str, language: str) -> str:
    return next((one.name(language) for one in among if one.code == code), code)
