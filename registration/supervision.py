"""Supervision (督查督促跟进) and inspections (实地查访): who was asked what, and what was seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import Any

from registration.errors import InputError
from registration.facts import Fact, in_order
from registration.packs import SUPERVISION, PackSet

NOTED, ESCALATED, SETTLED = "noted", "escalated", "settled"
SAMPLED, VISITED = "sampled", "visited"


@dataclass(frozen=True)
class Level:
    """One step of escalation; after `days` without an end the next is due."""

    code: str
    zh: str
    en: str
    days: int


@dataclass(frozen=True)
class SupervisionRules:
    """The pack `supervision_kinds`: kinds as (code, zh, en), levels from the mildest, the size of samples."""

    kinds: tuple[tuple[str, str, str], ...]
    levels: tuple[Level, ...]
    share: float  # per cent of the homes
    least: int
    most: int

    def level(self, code: str) -> Level:
        """Return a level by its code, the first one for a code that the pack does not have."""
        return next((one for one in self.levels if one.code == code), self.levels[0])

    def next_level(self, code: str) -> Level | None:
        """Return the level above, None at the top."""
        place = self.levels.index(self.level(code))
        return self.levels[place + 1] if place + 1 < len(self.levels) else None

    def sample_size(self, homes: int) -> int:
        """Return how many of so many homes are looked at."""
        return min(homes, self.most, max(self.least, ceil(homes * self.share / 100)))


def rules_from(packs: PackSet) -> SupervisionRules:
    """Return the rules in force."""
    body: Any = packs[SUPERVISION]
    return SupervisionRules(
        tuple((row["code"], row["zh"], row["en"]) for row in body["kinds"]),
        tuple(Level(row["code"], row["zh"], row["en"], row["days"]) for row in body["levels"]),
        float(body["sample"]["share"]),
        body["sample"]["least"],
        body["sample"]["most"],
    )


@dataclass(frozen=True)
class Step:
    """One entry of a matter's log; `kind` is a code of the pack, "" for an escalation or the end."""

    at: str  # ISO 8601
    by: str
    verb: str
    kind: str = ""
    words: str = ""


@dataclass(frozen=True)
class Matter:
    """What is followed up with a department about a compound; `due` an ISO date, `settled` with words."""

    id: str
    compound_id: str
    department: str
    about: str
    level: str
    due: str
    settled: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What was found at one home of a sample; `agrees` with what is claimed of it."""

    household_id: str
    agrees: bool
    words: str
    at: str
    by: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inspection:
    """A sample of a compound's homes, drawn once and never again, and what was seen at each."""

    id: str
    compound_id: str
    seed: str
    pool: int
    chosen: tuple[str, ...]
    drawn_at: str
    drawn_by: str
    seen: tuple[Seen, ...] = ()

    @property
    def left(self) -> tuple[str, ...]:
        """Return the homes where nobody was yet."""
        known = {one.household_id for one in self.seen}
        return tuple(home for home in self.chosen if home not in known)


def draw(pool: Iterable[str], size: int, seed: str) -> tuple[str, ...]:
    """Return a sample that anybody can draw again: the homes whose SHA-256 of seed and id is the least."""
    return tuple(
        sorted(set(pool), key=lambda home: hashlib.sha256(f"{seed}\0{home}".encode()).hexdigest())[:size]
    )


def matter_from(facts: Sequence[Fact], rules: SupervisionRules) -> Matter | None:
    """Return what a matter's facts say of it; None without the one that began it."""
    matter: Matter | None = None
    for fact in in_order(facts):
        said, at = fact.body, fact.at.isoformat()
        if matter is None and fact.verb != NOTED:
            continue
        if matter is None:
            level = rules.levels[0]
            matter = Matter(
                fact.subject,
                fact.compound_id,
                str(said.get("department", "")),
                str(said.get("about", "")),
                level.code,
                str(said.get("due", "")) or _after(fact.at.date(), level.days),
            )
        step = Step(at, fact.operator_name, fact.verb, str(said.get("kind", "")), str(said.get("words", "")))
        matter = replace(matter, steps=(*matter.steps, step))
        if fact.verb == ESCALATED:
            level = rules.level(str(said.get("level", "")))
            matter = replace(
                matter, level=level.code, due=str(said.get("due", "")) or _after(fact.at.date(), level.days)
            )
        elif fact.verb == NOTED:
            matter = replace(matter, due=str(said.get("due", "")) or matter.due, settled=False)
        elif fact.verb == SETTLED:
            matter = replace(matter, settled=True)
    return matter


def inspection_from(facts: Sequence[Fact]) -> Inspection | None:
    """Return what an inspection's facts say; the first sample counts, a second one is not looked at."""
    found: Inspection | None = None
    for fact in in_order(facts):
        said = fact.body
        if fact.verb == SAMPLED and found is None:
            found = Inspection(
                fact.subject,
                fact.compound_id,
                str(said["seed"]),
                int(said["pool"]),
                tuple(map(str, said["chosen"])),
                fact.at.isoformat(),
                fact.operator_name,
            )
        elif fact.verb == VISITED and found is not None:
            seen = Seen(
                str(said["household_id"]),
                bool(said["agrees"]),
                str(said.get("words", "")),
                fact.at.isoformat(),
                fact.operator_name,
                tuple(one.digest for one in fact.attachments),
            )
            kept = tuple(one for one in found.seen if one.household_id != seen.household_id)
            found = replace(found, seen=(*kept, seen))
    return found


def require_words(words: str) -> str:
    """Return the words of an entry; InputError supervision_words where there are none."""
    if not words.strip():
        raise InputError("supervision_words", field="words")
    return words.strip()


def to_json(value: Matter | Inspection) -> dict[str, Any]:
    """Return a matter or an inspection as plain JSON values."""
    return asdict(value)


def matter_from_json(value: dict[str, Any]) -> Matter:
    """Inverse of `to_json`."""
    return Matter(**{**value, "steps": tuple(Step(**one) for one in value["steps"])})


def inspection_from_json(value: dict[str, Any]) -> Inspection:
    """Inverse of `to_json`."""
    seen = tuple(Seen(**{**one, "files": tuple(one["files"])}) for one in value["seen"])
    return Inspection(**{**value, "chosen": tuple(value["chosen"]), "seen": seen})


def _after(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()
