"""What a print system says: its printers, the papers it has taken, and where each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from printing.receipt_words import section


@dataclass(frozen=True)
class Printer:
    """One queue of the print system."""

    name: str
    description: str
    location: str
    default: bool
    ready: bool  # takes jobs and is not stopped
    reasons: tuple[str, ...]  # IPP keywords such as "media-empty", without severity; empty when all is well


@dataclass(frozen=True)
class Job:
    """A paper that a queue has taken; `number` 0 where the system gives none to ask by."""

    printer: str
    number: int


class Phase(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    HELD = "held"
    PRINTING = "printing"
    STOPPED = "stopped"
    PRINTED = "printed"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"  # the queue has forgotten it: nobody can say that it was printed
    HANDED_OVER = "handed-over"  # to a system that does not tell what becomes of a paper


_ENDS = frozenset({Phase.PRINTED, Phase.CANCELLED, Phase.FAILED, Phase.UNKNOWN, Phase.HANDED_OVER})


@dataclass(frozen=True)
class JobState:
    """What the queue says of a job; `reasons` are the printer's IPP keywords without their severity."""

    phase: Phase
    reasons: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        return self.phase in _ENDS

    @property
    def printed(self) -> bool:
        """Say whether the queue says so. What was only handed over is not known to be printed."""
        return self.phase is Phase.PRINTED

    def say(self, language: str = "zh") -> str:
        """Return the state in words: what hinders the printer where something does, else the phase."""
        words = section("printer_states", language)
        known = dict.fromkeys(words[reason] for reason in self.reasons if reason in words)
        if known and not self.ended:
            return "、".join(known) if language.startswith("zh") else ", ".join(known)
        return str(words[self.phase.value])
