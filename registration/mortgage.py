"""The facts of a mortgage as the form has them; its rank is the centre's, by the time of acceptance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from registration.documents import PartyKind
from registration.errors import InputError, Problem
from registration.folding import to_ascii
from registration.parties import Party, Role
from registration.representation import read_day

_LARGEST = Decimal(10) ** 13


@dataclass(frozen=True)
class Mortgage:
    """What is secured, how much and until when. Amounts in yuan as typed, days ISO dates."""

    amount: str = ""  # 被担保债权数额, or 最高债权数额
    maximum: bool = False  # 最高额抵押
    starts: str = ""  # 债务履行期限, or 债权确定期间
    ends: str = ""
    scope: str = ""  # 担保范围
    transfer_ban: str = ""  # "yes" or "no": 是否存在禁止或限制转让抵押不动产的约定
    works: str = ""  # 在建建筑物抵押范围
    bank_site: str = ""  # the bank's point of service that took it in, may be empty


def parse_amount(text: str) -> Decimal:
    """Read an amount of money in yuan: 500000, 500,000.00, ５０万 as 500000.

    Returns it with two decimals. Raises InputError code amount.
    """
    value = re.sub(r"[\s,，元¥￥]", "", to_ascii(text))
    found = re.fullmatch(r"([0-9]{1,14})(\.[0-9]{1,6})?(万?)", value)
    if found is None:
        raise InputError("amount", field="amount")
    amount = Decimal(found[1] + (found[2] or "")) * (10000 if found[3] else 1)
    if not 0 < amount < _LARGEST or amount != round(amount, 2):
        raise InputError("amount", field="amount")
    return round(amount, 2)


def problems_of_mortgage(
    mortgage: Mortgage | None, subtype: str, parties: Sequence[Party]
) -> tuple[Problem, ...]:
    """Return what is missing or contradictory in a mortgage's facts.

    The window gives no rank: registration goes by the order of acceptance, which is the centre's.
    Source: 实施细则 arts. 66 to 68 (papers, order of acceptance, changes); 民法典 arts. 400 and 406 (content
    of the contract; transfer of mortgaged property may be forbidden or limited by agreement), 420 (maximum
    amount); production systems check that the term's start lies before its end.
    """
    if subtype == "cancel":
        return ()
    if mortgage is None:
        return (Problem("mortgage_missing", "type.mortgage.amount"),)
    found: list[Problem] = []
    try:
        parse_amount(mortgage.amount)
    except InputError as error:
        found.append(Problem(error.code, "type.mortgage.amount"))
    found += _term(mortgage)
    if mortgage.transfer_ban not in ("yes", "no"):
        found.append(Problem("mortgage_transfer_ban", "type.mortgage.transfer_ban"))
    if mortgage.maximum != (subtype == "first_maximum") and subtype in ("first", "first_maximum"):
        found.append(Problem("mortgage_maximum", "type.mortgage.maximum"))
    if subtype == "construction" and not mortgage.works.strip():
        found.append(Problem("mortgage_works", "type.mortgage.works"))
    if mortgage.bank_site.strip():
        lenders = [party for party in parties if party.role is Role.RIGHT_HOLDER]
        if not any(party.kind is PartyKind.LEGAL for party in lenders):
            found.append(Problem("mortgage_lender", "applicant.id_number"))
    return tuple(found)


def _term(mortgage: Mortgage) -> list[Problem]:
    starts, ends = read_day(mortgage.starts), read_day(mortgage.ends)
    found = [
        Problem("date_malformed", f"type.mortgage.{name}", {"date": text})
        for name, text, day in (("starts", mortgage.starts, starts), ("ends", mortgage.ends, ends))
        if day is None
    ]
    if starts is not None and ends is not None and starts >= ends:
        words = {"starts": starts.isoformat(), "ends": ends.isoformat()}
        found.append(Problem("mortgage_term", "type.mortgage.ends", words))
    return found
