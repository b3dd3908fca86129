"""Deferral (容缺): a paper that is promised for later. Not to be confused with an opinion in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from registration.checklist import Checklist, ChecklistItem, MaterialClass
from registration.errors import Problem
from registration.packs import DEFERRAL, PackSet
from registration.representation import read_day


class Flaw(StrEnum):
    """What is the matter with the paper."""

    MISSING = "missing"
    FLAWED = "flawed"  # here, but not in its due form


@dataclass(frozen=True)
class Deferral:
    """One paper promised for later. Days are ISO dates; `promise` is the SHA-256 of the signed promise."""

    item_code: str
    flaw: Flaw = Flaw.MISSING
    promised_on: str = ""
    due: str = ""
    promise: str = ""
    delivered_on: str = ""  # "" until the paper came


@dataclass(frozen=True)
class DeferralPolicy:
    """What the local list allows."""

    max_days: int
    limit: int  # most papers in one case, 0: any number

    def last_day(self, today: date) -> date:
        """Return the latest day that may be promised today."""
        return today + timedelta(days=self.max_days)


def policy_from(packs: PackSet) -> DeferralPolicy:
    """Return the deferral policy of a set of packs."""
    body = packs[DEFERRAL]
    return DeferralPolicy(int(body["max_days"]), int(body.get("limit", 0)))


def may_defer(item: ChecklistItem) -> bool:
    """Say whether a row may be deferred at all.

    Source: local rules of 三亚 and 牡丹江: only non-critical papers, from a published list. Critical ones are
    what proves the right's source, the change, the transfer, the extinction, the death and the heirs.
    """
    return item.deferrable and item.material_class is not MaterialClass.CRITICAL


def problems_of_deferrals(
    deferrals: Sequence[Deferral], checklist: Checklist, policy: DeferralPolicy, *, today: date
) -> tuple[Problem, ...]:
    """Return what is wrong with the papers promised for later; one that has come is no promise any more.

    A deferral holds only with a class that allows it, a day within the policy and a signed promise.
    Source: local rules of 三亚 (容缺受理: 非关键性申请材料, 书面承诺, 登簿 only after the paper arrives);
    the days are data of the pack `deferral_policy`.
    """
    found: list[Problem] = []
    for deferral in deferrals:
        item = checklist.item(deferral.item_code)
        place = f"materials.{deferral.item_code}"
        words = words_of(item, deferral.item_code)
        if item is None or not may_defer(item):
            found.append(Problem("deferral_not_allowed", place, words))
            continue
        if deferral.delivered_on:
            continue
        due, promised = read_day(deferral.due), read_day(deferral.promised_on)
        last = policy.last_day(promised or today)
        if due is None:
            found.append(Problem("deferral_due_missing", place, {**words, "days": str(policy.max_days)}))
        elif due < today:
            found.append(Problem("deferral_overdue", place, {**words, "date": due.isoformat()}))
        elif due > last or (promised is not None and promised > today):
            limit = policy.last_day(min(promised or today, today))
            found.append(
                Problem(
                    "deferral_due_late", place, {**words, "date": due.isoformat(), "last": limit.isoformat()}
                )
            )
        if not _is_digest(deferral.promise):
            found.append(Problem("deferral_unsigned", place, words))
    open_ones = [d for d in deferrals if not d.delivered_on]
    if policy.limit and len(open_ones) > policy.limit:
        found.append(
            Problem("deferral_limit", "materials", {"limit": str(policy.limit), "count": str(len(open_ones))})
        )
    return tuple(found)


def open_deferrals(deferrals: Sequence[Deferral]) -> tuple[Deferral, ...]:
    """Return those whose paper has not come. While there is one, nothing is entered in the register."""
    return tuple(deferral for deferral in deferrals if not deferral.delivered_on)


def overdue(deferrals: Sequence[Deferral], *, today: date) -> tuple[Deferral, ...]:
    """Return the promises that were broken: their day has passed and the paper has not come."""
    return tuple(d for d in open_deferrals(deferrals) if (due := read_day(d.due)) is not None and due < today)


def words_of(item: ChecklistItem | None, code: str) -> dict[str, str]:
    """Return the parameters by which a problem names a row."""
    zh, en = (item.zh, item.en) if item is not None else (code, code)
    return {"item": zh, "item_zh": zh, "item_en": en}


def _is_digest(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")
