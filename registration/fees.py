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


def payer_of(line: FeeLine, packs: PackSet) -> str:
    """Return who owes a line: "right_holder" or "obligor". Source: the pack `fees`."""
    return str(packs[FEES]["fees"][line.code].get("payer", "right_holder"))


def amount_in_words(amount: Decimal) -> str:
    """Return an amount in yuan as it stands on a form of account: 壹佰零伍元贰角, 捌拾元整.

    Amounts from 0 to 99,999,999.99. Source: 正确填写票据和结算凭证的基本规定.
    """
    whole, cents = divmod(int((amount * 100).to_integral_value()), 100)
    said = (_group(whole // 10_000) + "万" if whole >= 10_000 else "") + (
        ("零" if 0 < whole % 10_000 < 1_000 and whole >= 10_000 else "") + _group(whole % 10_000)
    )
    jiao, fen = divmod(cents, 10)
    rest = (f"{_DIGITS[jiao]}角" if jiao else "零" if fen and whole else "") + (
        f"{_DIGITS[fen]}分" if fen else ""
    )
    yuan = f"{said}元" if whole else "" if rest else "零元"
    return yuan + (rest if fen else rest + "整")


_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def _group(number: int) -> str:
    """Return up to four digits in words, inner zeros once, none at the ends."""
    said, zero = "", False
    for place, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if digit:
            said += ("零" if zero and said else "") + _DIGITS[digit] + unit
        zero = not digit
    return said


def total(lines: tuple[FeeLine, ...]) -> Decimal:
    """Return the sum in yuan."""
    return sum((line.amount for line in lines), Decimal(0))


def _line(code: str, quantity: int, packs: PackSet) -> FeeLine:
    fee = packs[FEES]["fees"][code]
    return FeeLine(
        code, fee["zh"], fee["en"], Decimal(fee["price"]), quantity, fee["unit_zh"], fee["unit_en"]
    )
