"""What a registration costs, and the sum in the words of a form of account."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registration.fees import Use, amount_in_words, fees_for, total
from registration.packs import shipped
from tests.registration.cases import checklist


@pytest.mark.parametrize(
    ("type_code", "use", "holders", "separate", "due"),
    [
        ("new_housing_transfer", Use.HOUSING, 1, False, 80),
        ("new_housing_transfer", Use.OTHER, 1, False, 550),
        ("new_housing_transfer", Use.PARKING, 1, False, 80),
        ("new_housing_transfer", Use.HOUSING, 3, True, 100),
        ("new_housing_transfer", Use.HOUSING, 3, False, 80),
        ("correction", Use.HOUSING, 1, False, 0),
        ("cancellation", Use.OTHER, 2, True, 0),
    ],
)
def test_what_is_due(type_code: str, use: Use, holders: int, separate: bool, due: int):
    lines = fees_for(checklist(type_code), use, shipped(), holders=holders, separate_certificates=separate)
    assert total(lines) == due


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("80", "捌拾元整"),
        ("550", "伍佰伍拾元整"),
        ("0", "零元整"),
        ("105.20", "壹佰零伍元贰角整"),
        ("1005.03", "壹仟零伍元零叁分"),
        ("10000", "壹万元整"),
        ("20080.56", "贰万零捌拾元伍角陆分"),
        ("1230000", "壹佰贰拾叁万元整"),
        ("0.05", "伍分"),
    ],
)
def test_an_amount_in_words(amount: str, words: str):
    assert amount_in_words(Decimal(amount)) == words
