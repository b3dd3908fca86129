"""How far the homes that could not be registered have come: two ratios, from evidence and never typed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from registration.packs import PROGRESS, PackSet


class Denominator(StrEnum):
    """Which homes of a project are counted against."""

    ALL = "all"  # every home of its building table
    SOLD = "sold"  # those that its ledger says were sold


@dataclass(frozen=True)
class Targets:
    """Per cents, of the pack `progress_targets`; `types` are the registrations that transfer a home."""

    project_threshold: int
    resolution_target: int
    completion_target: int
    denominator: Denominator
    types: tuple[str, ...]
    version: str
    source: str


def targets_from(packs: PackSet) -> Targets:
    """Return the targets in force."""
    body: Any = packs[PROGRESS]
    return Targets(
        body["project_threshold"],
        body["resolution_target"],
        body["completion_target"],
        Denominator(body["denominator"]),
        tuple(body["types"]),
        str(body["version"]),
        str(body["source"]),
    )


@dataclass(frozen=True)
class Counts:
    """One project's homes: all, sold (None: not said), with a case, certified with and without evidence."""

    homes: int
    sold: int | None
    received: int
    proved: int
    unproved: int

    def counted(self, targets: Targets) -> int:
        """Return how many homes are counted against; a home with a proved certificate always counts."""
        sold = targets.denominator is Denominator.SOLD and self.sold is not None
        return max((self.sold or 0) if sold else self.homes, self.proved)


@dataclass(frozen=True)
class Progress:
    """One project's progress, or that of many: homes counted, received, transferred, resolved."""

    counted: int = 0
    received: int = 0
    done: int = 0
    unproved: int = 0
    resolved: int = 0
    projects: int = 0
    resolved_projects: int = 0

    @property
    def resolution(self) -> float | None:
        """Share of homes whose project is resolved (化解率), 0 to 1; None where no home is counted."""
        return self.resolved / self.counted if self.counted else None

    @property
    def completion(self) -> float | None:
        """Share of homes whose buyers have their certificate (完成转移登记比例), 0 to 1; None likewise."""
        return self.done / self.counted if self.counted else None


def progress_of(counts: Counts, targets: Targets) -> Progress:
    """Return a project's progress.

    It is resolved when more than the threshold of its homes are transferred, each with a certificate and
    evidence of it; then all of its homes count as resolved, before that none.
    Source: 将项目转移登记率大于25%作为化解考核指标 (strictly greater); 上报化解增量时提供必要的佐证材料.
    """
    counted = counts.counted(targets)
    resolved = counts.proved * 100 > targets.project_threshold * counted
    return Progress(
        counted=counted,
        received=counts.received,
        done=counts.proved,
        unproved=counts.unproved,
        resolved=counted if resolved else 0,
        projects=1,
        resolved_projects=int(resolved),
    )


def together(parts: Iterable[Progress]) -> Progress:
    """Return the progress of many projects as one: homes are added up, never ratios."""
    found = list(parts)
    return Progress(
        counted=sum(part.counted for part in found),
        received=sum(part.received for part in found),
        done=sum(part.done for part in found),
        unproved=sum(part.unproved for part in found),
        resolved=sum(part.resolved for part in found),
        projects=sum(part.projects for part in found),
        resolved_projects=sum(part.resolved_projects for part in found),
    )


def reached(part: int, whole: int, target: int) -> bool:
    """Say whether part of whole has reached a target in per cent (以上 includes the target itself)."""
    return whole > 0 and part * 100 >= target * whole
