"""Co-ownership (共有): its kinds, shares as exact fractions, and that counts and sums agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from registration.errors import InputError, Problem
from registration.folding import to_ascii

_LONGEST = 40  # a number with more characters is a slip, and would only cost time


class CoOwnership(StrEnum):
    """共有方式; the codes 0 to 3 of lists outside are in the pack `code_lists`."""

    SOLE = "sole"  # 单独所有
    JOINT = "joint"  # 共同共有
    BY_SHARES = "by_shares"  # 按份共有
    OTHER = "other"  # 其他共有


def parse_share(text: str) -> Fraction:
    """Read a share as an exact fraction: 1/2, 50%, 0.5, full width or not, 二分之一 not.

    Returns a fraction over 0 and up to 1. Raises InputError code share_malformed or share_range.
    """
    value = re.sub(r"\s", "", to_ascii(text))
    if len(value) > _LONGEST:
        raise InputError("share_malformed", field="share")
    if found := re.fullmatch(r"([0-9]+)/([0-9]+)", value):
        if not int(found[2]):
            raise InputError("share_malformed", field="share")
        share = Fraction(int(found[1]), int(found[2]))
    elif found := re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(%?)", value):
        share = Fraction(found[1]) / (100 if found[2] else 1)
    else:
        raise InputError("share_malformed", field="share")
    if not 0 < share <= 1:
        raise InputError("share_range", field="share")
    return share


def problems_of_shares(
    kind: CoOwnership | None,
    shares: Sequence[str],
    *,
    separate_certificates: bool = False,
    where: Sequence[str] = (),
) -> tuple[Problem, ...]:
    """Return where the kind of co-ownership, the number of right holders and their shares disagree.

    `shares` are those of the right holders as typed, `where` the fields' prefixes in the same order. One
    right holder alone needs no kind.
    Source: 民法典 arts. 297 to 300; registration systems check 共有比例之和为 1 and 共有方式与人数一致; sole
    ownership has one holder, joint ownership at least two and no shares, ownership by shares at least two
    and all of them. Separate certificates: 不动产登记暂行条例实施细则 art. 20.
    """
    count, place = len(shares), "applicant.co_ownership"
    places = [*where, *[f"applicant.{i}" if i else "applicant" for i in range(len(where), count)]]
    if kind is None:
        found = [Problem("co_ownership_missing", place, {"count": str(count)})] if count > 1 else []
    elif kind is CoOwnership.SOLE and count > 1:
        found = [Problem("co_ownership_sole", place, {"count": str(count)})]
    elif kind is not CoOwnership.SOLE and count < 2:
        found = [Problem("co_ownership_count", place, {"count": str(count)})]
    elif kind is CoOwnership.JOINT:
        found = [
            Problem("share_not_wanted", f"{at}.share")
            for at, share in zip(places, shares, strict=True)
            if share.strip()
        ]
    elif kind is CoOwnership.BY_SHARES:
        found = _sum_to_one(shares, places)
    else:
        found = _readable(shares, places)
    if separate_certificates and count < 2:
        found.append(Problem("separate_certificates", "applicant.separate_certificates"))
    return tuple(found)


def _readable(shares: Sequence[str], places: Sequence[str]) -> list[Problem]:
    found = []
    for at, text in zip(places, shares, strict=True):
        try:
            if text.strip():
                parse_share(text)
        except InputError as error:
            found.append(Problem(error.code, f"{at}.share"))
    return found


def _sum_to_one(shares: Sequence[str], places: Sequence[str]) -> list[Problem]:
    missing = [
        Problem("share_missing", f"{at}.share")
        for at, text in zip(places, shares, strict=True)
        if not text.strip()
    ]
    found = missing + _readable(shares, places)
    if found:
        return found
    total = sum((parse_share(text) for text in shares), Fraction(0))
    if total != 1:
        return [Problem("share_sum", f"{places[-1]}.share", {"sum": str(total)})]
    return []
