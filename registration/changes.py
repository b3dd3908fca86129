"""What an operation changed, so that screens can decide whether it concerns them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Changes:
    """The kinds of facts one transaction touched; empty means nothing changed."""

    applications: frozenset[str] = field(default_factory=frozenset)  # application ids
    sessions: bool = False
    reference: bool = False
    outbox: bool = False
    receipts: bool = False
    account: bool = False  # device, operators, enrolment
    topics: frozenset[str] = field(default_factory=frozenset)  # of facts, registration.facts.Topic

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.applications | other.applications,
            self.sessions or other.sessions,
            self.reference or other.reference,
            self.outbox or other.outbox,
            self.receipts or other.receipts,
            self.account or other.account,
            self.topics | other.topics,
        )

    def __bool__(self) -> bool:
        return (
            bool(self.applications)
            or self.sessions
            or self.reference
            or self.outbox
            or self.receipts
            or self.account
            or bool(self.topics)
        )
