"""When a row of a checklist is asked for: conditions as data, evaluated over the facts of an application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Fact = bool | str | frozenset[str]
Facts = Mapping[str, Fact]

FACTS: Mapping[str, str] = {
    "subtype": "the sub-type of the registration",
    "filing": "joint or single",
    "single_reason": "which of the seven reasons of art. 14 (empty if joint)",
    "legal_person": "a party is no natural person",
    "legal_obligor": "who gives the right is no natural person",
    "agent": "somebody applies through an agent",
    "mandates": "the kinds of mandate that agents bring",
    "minor": "a party is under 18 or has a guardian",
    "minor_obligor": "a minor, or somebody under guardianship, gives a right away",
    "foreign_document": "a party is identified by a document from outside the mainland",
    "shared": "two or more right holders",
    "co_ownership": "sole, joint, by_shares or other",
    "separate_certificates": "each co-owner wants a certificate",
    "surveyed": "the household has a whole property unit code",
    "categories": "problem categories of the compound",
    "legacy": "the case belongs to the legacy policies",
    "on_delivery": "the case comes from certificates at the handing over of keys (交房即交证)",
    "project": "first registration of the project: registered, together or missing",
    "developer_gone": "the developer was dissolved, or cannot be found",
    "arrears_separated": "the developer's arrears are kept apart (证缴分离)",
    "tracks": "the tracks that were asked for: registration, transaction, tax, fee",
    "cross_province": "the application is for another province's register",
    "deferred": "at least one paper is promised for later",
    "substituted": "a department's opinion stands in for a project's paper",
    "green_channel": "the green channel was opened",
    "maximum_mortgage": "the mortgage secures a maximum amount",
    "mortgage_change": "what changes about a mortgage",
    "signed_on_paper": "the documents that somebody signed on paper",
    "signed_on_pad": "the documents that were signed on the pad alone",
    "land": "state, collective or unknown",
}
"""The facts that a condition may ask for; answers of the inquiry come beside them as answer.<question>."""

ANSWER = "answer."


@dataclass(frozen=True)
class Is:
    """The fact has one of these values; a set of values has at least one of them; a flag is set."""

    fact: str
    values: frozenset[str] = frozenset()

    def holds(self, facts: Facts) -> bool:
        value = facts.get(self.fact, "")
        if not self.values:
            return bool(value)
        return not self.values.isdisjoint(value) if isinstance(value, frozenset) else value in self.values


@dataclass(frozen=True)
class Every:
    """All parts hold; of none it holds."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool:
        return all(part.holds(facts) for part in self.parts)


@dataclass(frozen=True)
class Some:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool:
        return any(part.holds(facts) for part in self.parts)


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition

    def holds(self, facts: Facts) -> bool:
        return not self.part.holds(facts)


Condition = Is | Every | Some | Not


def condition_from_data(data: Any) -> Condition:
    """Read a condition of a data pack.

    {"fact": "agent"} the flag is set; {"fact": "subtype", "in": ["gift", "sale"]} one of the values;
    {"answer": "mortgaged", "is": "yes"} an answer of the inquiry; {"all": […]}, {"any": […]}, {"not": …}.
    What is not known yet does not hold. ValueError for anything else, and for a fact that is not in `FACTS`.
    """
    if not isinstance(data, Mapping):
        raise ValueError(f"not a condition: {data!r}")
    keys = set(data)
    if keys == {"all"}:
        return Every(tuple(condition_from_data(part) for part in data["all"]))
    if keys == {"any"}:
        return Some(tuple(condition_from_data(part) for part in data["any"]))
    if keys == {"not"}:
        return Not(condition_from_data(data["not"]))
    subject, values = keys & {"fact", "answer"}, keys - {"fact", "answer"}
    if len(subject) != 1 or values not in (set(), {"is"}, {"in"}):
        raise ValueError(f"not a condition: {sorted(keys)}")
    kind = subject.pop()
    name = str(data[kind])
    if kind == "fact" and name not in FACTS:
        raise ValueError(f"no such fact: {name}")
    wanted = data["in"] if "in" in values else [data["is"]] if "is" in values else []
    if not all(isinstance(value, str) for value in wanted):
        raise ValueError("values of a condition are text")
    return Is(name if kind == "fact" else ANSWER + name, frozenset(wanted))


def named(condition: Condition) -> frozenset[str]:
    """Return the facts and answers that a condition depends on."""
    if isinstance(condition, Is):
        return frozenset({condition.fact})
    if isinstance(condition, Not):
        return named(condition.part)
    return frozenset[str]().union(*(named(part) for part in condition.parts))
