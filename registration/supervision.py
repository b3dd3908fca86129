"""Supervision (督查督促跟进) and inspections (实地查访): who was asked what, and what was seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
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

    def level(self, code: str) -> Level | None:
        """Return a level by its code, None for one that this pack does not have."""
        return next((one for one in self.levels if one.code == code), None)

    def next_level(self, code: str) -> Level | None:
        """Return the level above, None at the top and above one that this pack does not have."""
        after = [*self.levels[1:], None]
        return next((up for one, up in zip(self.levels, after, strict=True) if one.code == code), None)

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
    """What was found at a home of a sample; `agrees` with what is claimed, `photos` digests of files."""

    household_id: str
    agrees: bool
    words: str
    at: str
    by: str
    photos: tuple[str, ...] = ()


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


def matter_from(facts: Sequence[Fact]) -> Matter | None:
    """Return what a matter's facts say of it; None without the one that began it.

    Level and day stand in the facts: laptops with other packs make the same of them. What began it is the
    first entry that says what it is about, whatever a slow clock put before it. What a newer program says by
    other verbs is passed over.
    """
    known = [fact for fact in in_order(facts) if fact.verb in (NOTED, ESCALATED, SETTLED)]
    first = next((fact for fact in known if fact.verb == NOTED and fact.body.get("about")), None)
    if first is None:
        return None
    level, due, settled, steps = "", "", False, list[Step]()
    for fact in known:
        said = {key: _text(fact, key) for key in ("level", "due", "kind", "words")}
        level, due = said["level"] or level, said["due"] or due
        settled = fact.verb == SETTLED or (settled and fact.verb != NOTED)  # a later entry opens it again
        steps.append(Step(fact.at.isoformat(), fact.operator_name, fact.verb, said["kind"], said["words"]))
    about = (_text(first, "department"), _text(first, "about"))
    return Matter(first.subject, first.compound_id, *about, level, due, settled, tuple(steps))


def inspection_from(facts: Sequence[Fact]) -> Inspection | None:
    """Return what an inspection's facts say; the first sample counts, a second one is not looked at.

    A body that is not one of a sample, or of a home that was not drawn, is passed over.
    """
    known = in_order(facts)
    first = next((fact for fact in known if fact.verb == SAMPLED and _is_sample(fact)), None)
    if first is None:
        return None
    chosen, seen = tuple(map(str, first.body["chosen"])), dict[str, Seen]()
    for fact in known:
        home = _text(fact, "household_id")
        if fact.verb == VISITED and home in chosen:
            agrees = fact.body.get("agrees") is True
            seen.pop(home, None)
            said = (agrees, _text(fact, "words"), fact.at.isoformat(), fact.operator_name)
            seen[home] = Seen(home, *said, tuple(one.digest for one in fact.attachments))
    drawn = (first.at.isoformat(), first.operator_name, tuple(seen.values()))
    size = first.body["pool"]
    return Inspection(first.subject, first.compound_id, _text(first, "seed"), size, chosen, *drawn)


def due_after(day: date, level: Level) -> str:
    """Return the ISO day by which something must have come of a matter that reaches a level on `day`."""
    return (day + timedelta(days=level.days)).isoformat()


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
    seen = tuple(Seen(**{**one, "photos": tuple(one.get("photos", ()))}) for one in value["seen"])
    return Inspection(**{**value, "chosen": tuple(value["chosen"]), "seen": seen})


def _text(fact: Fact, key: str) -> str:
    return str(fact.body.get(key) or "")


def _is_sample(fact: Fact) -> bool:
    return isinstance(fact.body.get("chosen"), list) and isinstance(fact.body.get("pool"), int)
