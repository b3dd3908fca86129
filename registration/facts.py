"""What happens around the cases: facts of an evening and of a compound, each written once and never changed.

A subject (a session, a slip, a visit, an obstacle …) is what its facts, taken in the order of their time, say
of it. Laptops that know the same facts therefore know the same, in whatever order they heard of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Topic(StrEnum):
    """What a fact is about; its subject is an id within the topic."""

    SESSION = "session"  # opened, joined, handed over, closed
    QUEUE = "queue"  # a slip, an appointment
    RATING = "rating"  # what a resident said of an evening; goes to the centre alone
    VISIT = "visit"  # a home visit
    COMPOUND = "compound"  # its file: plan, team, minutes, documents
    SURVEY = "survey"  # what was heard at a door; the subject is a household
    LEDGER = "ledger"  # an obstacle, its owner, its end
    SUPERVISION = "supervision"  # calls, meetings, escalation, inspections
    COLLECTION = "collection"  # a certificate on its way into its owner's hand; an application
    PLAN = "plan"  # a session that is to be: planned, changed, called off, begun


_YEARS = range(
    1900, 2900
)  # a clock that is wrong is told; one beyond all reason has no place in any calendar

UNSHARED = frozenset({Topic.RATING})
"""Topics that go to the centre and never to other windows."""


@dataclass(frozen=True)
class Attachment:
    """A sealed file that a fact refers to; `digest` is SHA-256 hex of its plaintext, `size` bytes."""

    digest: str
    size: int
    media_type: str
    label: str = ""  # what it is, a code of its topic


@dataclass(frozen=True)
class Fact:
    """One fact. `verb` is past and a code of its topic; `at` is aware; `body` plain JSON values.

    `device_code` "" is the centre's. `compound_id` decides which windows hear of it, "" for this one alone.
    """

    id: str
    topic: Topic
    subject: str
    verb: str
    compound_id: str
    at: datetime
    device_code: str
    operator_id: str
    operator_name: str
    body: Mapping[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()

    @property
    def order(self) -> tuple[datetime, str]:
        """Return the place of this fact among those of its subject, the same on every machine."""
        return (self.at, self.id)


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: fact.order)


def fact_to_json(fact: Fact) -> dict[str, Any]:
    """Return a fact as the wire has it."""
    return {
        "id": fact.id,
        "topic": fact.topic.value,
        "subject": fact.subject,
        "verb": fact.verb,
        "compound_id": fact.compound_id,
        "at": fact.at.isoformat(),
        "device_code": fact.device_code,
        "operator_id": fact.operator_id,
        "operator_name": fact.operator_name,
        "body": dict(fact.body),
        "attachments": [
            {"digest": one.digest, "size": one.size, "media_type": one.media_type, "label": one.label}
            for one in fact.attachments
        ],
    }


def fact_from_json(value: Mapping[str, Any]) -> Fact:
    """Inverse of `fact_to_json`; unknown fields are ignored. KeyError, ValueError, TypeError for no fact."""
    at = datetime.fromisoformat(value["at"])
    if at.tzinfo is None:
        raise ValueError("a fact's time without an offset")
    if at.year not in _YEARS:
        raise ValueError("a fact's time is beyond all reason")
    body = value.get("body", {})
    if not isinstance(body, Mapping):
        raise TypeError("not a fact's body")
    texts = ("id", "subject", "verb", "compound_id", "device_code", "operator_id", "operator_name")
    if not all(isinstance(value[name], str) for name in texts) or not (value["id"] and value["subject"]):
        raise TypeError("not a fact")
    return Fact(
        topic=Topic(value["topic"]),
        at=at,
        body=dict(body),
        attachments=tuple(map(_attachment, value.get("attachments", ()))),
        **{name: value[name] for name in texts},
    )


def _attachment(value: Mapping[str, Any]) -> Attachment:
    if type(value["size"]) is not int:
        raise TypeError("not a size")  # infinity is a number too
    return Attachment(
        str(value["digest"]), value["size"], str(value["media_type"]), str(value.get("label", ""))
    )
