"""Data packs: which are shipped, which is newer, and the set of versions that an application is judged by."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from registration.errors import InputError

TYPES = "registration_types"
CATEGORIES = "problem_categories"
DEPARTMENTS = "departments"
POLICIES = "policies"
DEFERRAL = "deferral_policy"
INQUIRY = "inquiry"
CHECKS = "central_checks"
FEES = "fees"
LISTS = "code_lists"
DIVISIONS = "divisions"
AGES = "data_ages"
RARE_CHARACTERS = "rare_characters"
HANDOVER = "handover_sheet"
LEDGER_SHEET = "ledger_sheet"
PROGRESS = "progress_targets"
RATING = "rating_levels"
SESSIONS = "session_kinds"
SUPERVISION = "supervision_kinds"
QUEUE = "queue_priorities"
VISITS = "visit_reasons"

RULE_PACKS = (TYPES, CATEGORIES, POLICIES, DEFERRAL, INQUIRY)
"""What an application is judged by; its versions are kept with the application."""
OTHER_PACKS = (
    DEPARTMENTS,
    CHECKS,
    FEES,
    LISTS,
    DIVISIONS,
    AGES,
    RARE_CHARACTERS,
    HANDOVER,
    LEDGER_SHEET,
    PROGRESS,
    RATING,
    SESSIONS,
    SUPERVISION,
    QUEUE,
    VISITS,
)

Body = Mapping[str, Any]


def version_key(version: str) -> tuple[tuple[int, str], ...]:
    """Return what a version sorts by: 2026.9.1 before 2026.10.1; text parts sort after numbers."""
    return tuple((int(part), "") if part.isdecimal() else (10**9, part) for part in version.split("."))


@dataclass(frozen=True)
class PackSet:
    """Packs by name, one version of each. A set is a value: `with_pack` returns another."""

    bodies: Mapping[str, Body] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bodies", MappingProxyType(dict(self.bodies)))

    def __getitem__(self, name: str) -> Body:
        """Return a pack's body. KeyError where the set has none of this name."""
        return self.bodies[name]

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.versions().items())))

    def versions(self) -> Mapping[str, str]:
        """Return name -> version of all packs in the set."""
        return {name: str(body["version"]) for name, body in self.bodies.items()}

    def rule_versions(self) -> Mapping[str, str]:
        """Return the versions that a new application keeps (`Application.pack_versions`)."""
        return {name: str(self.bodies[name]["version"]) for name in RULE_PACKS if name in self.bodies}

    def with_pack(self, body: Body) -> PackSet:
        """Return the set with this pack in place of its other version, older or newer."""
        return PackSet({**self.bodies, str(body["name"]): body})

    def renewed_by(self, body: Body) -> PackSet:
        """Return the set with this pack where it is newer than the set's own, else the set as it is.

        Raises InputError code pack_malformed where it is no pack.
        """
        envelope = ("name", "version", "source", "effective_from")
        if any(not isinstance(body.get(key), str) or not body[key] for key in envelope):
            raise InputError("pack_malformed", name=str(body.get("name", "")))
        own = self.bodies.get(body["name"])
        if own is not None and version_key(str(own["version"])) >= version_key(body["version"]):
            return self
        return self.with_pack(body)


@lru_cache(maxsize=1)
def shipped() -> PackSet:
    """Return the packs that this program ships with."""
    folder = resources.files("registration.reference")
    found = {}
    for name in (*RULE_PACKS, *OTHER_PACKS):
        body: Body = json.loads(folder.joinpath(f"{name}.json").read_text("utf-8"))
        found[name] = body
    return PackSet(found)


def label(packs: PackSet, name: str, code: str, language: str = "zh") -> str:
    """Return the words of an entry of the pack `code_lists`: label(packs, "document_kinds", "passport").

    The code itself where the list has no such entry. KeyError for an unknown list.
    """
    entry = packs[LISTS][name].get(code)
    if entry is None:
        return code
    return str(entry["en" if language.startswith("en") else "zh"])


def unverified(body: Body) -> Iterator[str]:
    """Yield the places of a pack that nobody has checked against the official text yet, as a/b/c.

    An entry is verified unless it, or the pack around it, says `"verified": false`; a pack that says it as a
    whole comes back as "".
    """
    if body.get("verified") is False:
        yield ""
        return
    yield from _unverified(body, "")


def _unverified(value: Any, path: str) -> Iterator[str]:
    entries = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, entry in entries:
        if not isinstance(entry, Mapping | list | tuple):
            continue
        place = f"{path}/{key}".lstrip("/")
        if isinstance(entry, Mapping) and entry.get("verified") is False:
            yield place
        else:
            yield from _unverified(entry, place)
