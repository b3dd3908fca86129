"""The closing sheet of a session (场次日结单) in the four blocks of 四清: expected against counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Block(StrEnum):
    """The four blocks. Source: 下沉现场受理清、日常业务办理清、历史遗留任务清、登记总量底数清."""

    ON_SITE = "on_site"
    ROUTINE = "routine"
    LEGACY = "legacy"
    TOTALS = "totals"


class Count(StrEnum):
    """One line of the sheet, in its order."""

    SLIPS = "slips"  # numbers given in the waiting line, and those that were served or went
    OUTCOMES = "outcomes"  # cases begun, and those that came to an outcome
    RECEIPTS = "receipts"  # receipts issued, and those on paper
    NOTICES = "notices"  # refusals and withdrawals, and their notices on paper
    HELD = "held"  # received, and held by the centre
    COPIED = "copied"  # received, and on the second copy
    PARKED = "parked"  # not taken by the centre
    QUEUE = "queue"  # papers that the print queue still has
    HOUSEHOLDS = "households"  # of the compound, and those with a case
    ISSUED = "issued"  # households with a certificate
    NUMBERS = "numbers"  # receipt numbers from the first to the last, and those with a receipt
    VOIDED = "voided"
    REPRINTS = "reprints"
    PAGES = "pages"  # as the receipts say, and as this machine has them
    ORIGINALS = "originals"  # handed in as the receipts say, and given back as a person counted


BLOCK_OF: Mapping[Count, Block] = {
    **dict.fromkeys((Count.SLIPS, Count.OUTCOMES, Count.RECEIPTS, Count.NOTICES), Block.ON_SITE),
    **dict.fromkeys((Count.HELD, Count.COPIED, Count.PARKED, Count.QUEUE), Block.ROUTINE),
    **dict.fromkeys((Count.HOUSEHOLDS, Count.ISSUED), Block.LEGACY),
    **dict.fromkeys(
        (Count.NUMBERS, Count.VOIDED, Count.REPRINTS, Count.PAGES, Count.ORIGINALS), Block.TOTALS
    ),
}

LISTED = frozenset(
    {Count.HELD, Count.COPIED, Count.PARKED, Count.HOUSEHOLDS, Count.ISSUED, Count.VOIDED, Count.REPRINTS}
)
"""Lines that say how things stand; what is open in them goes on after the evening and is no mismatch."""

EXPLAINED = frozenset({Count.SLIPS, Count.RECEIPTS, Count.NOTICES, Count.NUMBERS, Count.ORIGINALS})
"""Lines whose mismatch may stand with a reason, which is printed: a number lost with a broken printer, an
original that stays for the archive. All others are mended before the session closes."""


class Verdict(StrEnum):
    AGREES = "agrees"
    LISTED = "listed"
    EXPLAINED = "explained"
    MISMATCH = "mismatch"


@dataclass(frozen=True)
class Item:
    """One thing that a line is about: a receipt's number or a place; "" where it leads to no case."""

    label: str
    application_id: str = ""
    draft: bool = False


@dataclass(frozen=True)
class Line:
    """`counted` None: nobody has counted yet. `items` are those that are missing or open."""

    count: Count
    expected: int
    counted: int | None
    items: tuple[Item, ...] = ()
    reason: str = ""

    @property
    def verdict(self) -> Verdict:
        if self.count in LISTED:
            return Verdict.LISTED if self.items or self.counted != self.expected else Verdict.AGREES
        if self.counted == self.expected:
            return Verdict.AGREES
        said = self.counted is not None and self.reason.strip() and self.count in EXPLAINED
        return Verdict.EXPLAINED if said else Verdict.MISMATCH


@dataclass(frozen=True)
class Said:
    """What a person adds: how many originals were given back, and reasons by line."""

    originals: int | None = None
    reasons: Mapping[Count, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ClosingSheet:
    """A session's lines in their order; `first` and `last` receipt numbers, "" where none was issued."""

    session_id: str
    first: str
    last: str
    lines: tuple[Line, ...]

    @property
    def mismatches(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.verdict is Verdict.MISMATCH)

    def line(self, count: Count) -> Line:
        return next(line for line in self.lines if line.count is count)


def sheet_to_json(sheet: ClosingSheet) -> dict[str, Any]:
    """Return a sheet as the fact of its closing has it: counts and reasons, and what is open by number."""
    return {
        "first": sheet.first,
        "last": sheet.last,
        "lines": [
            {
                "count": line.count.value,
                "expected": line.expected,
                "counted": line.counted,
                "open": [item.label for item in line.items] if line.count is not Count.OUTCOMES else [],
                "reason": line.reason,
            }
            for line in sheet.lines
        ],
    }
