"""What an application costs: fees of a table, in exact yuan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registration.checklist import Checklist
from registration.packs import FEES, PackSet


class Use(StrEnum):
    """What the property is used for; fees differ."""

    HOUSING = "housing"
    OTHER = "other"
    PARKING = "parking"


@dataclass(frozen=True)
class FeeLine:
    """One line of the fee sheet (收费单). Amounts in yuan."""

    code: str
    zh: str
    en: str
    price: Decimal
    quantity: int
    unit_zh: str
    unit_en: str

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity


def fees_for(
    checklist: Checklist, use: Use, packs: PackSet, *, holders: int, separate_certificates: bool
) -> tuple[FeeLine, ...]:
    """Return the lines of the fee sheet; none where the registration is free.

    One fee a case; the first certificate is included, further ones are for co-owners who each want one.
    Source: 发改价格规〔2016〕2559号 (80 and 550 yuan); 财税〔2016〕79号 for what is free; the pack `fees`.
    """
    if checklist.fee in ("", "none"):
        return ()
    lines = [_line(use.value, 1, packs)]
    extra = holders - 1 if separate_certificates and checklist.fee == "ownership" else 0
    if extra > 0:
        lines.append(_line("extra_certificate", extra, packs))
    return tuple(lines)


def total(lines: tuple[FeeLine, ...]) -> Decimal:
    """Return the sum in yuan."""
    return sum((line.amount for line in lines), Decimal(0))


def _line(code: str, quantity: int, packs: PackSet) -> FeeLine:
    fee = packs[FEES]["fees"][code]
    return FeeLine(
        code, fee["zh"], fee["en"], Decimal(fee["price"]), quantity, fee["unit_zh"], fee["unit_en"]
    )
