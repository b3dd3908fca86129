"""Invented facts for the tests of registration: valid numbers, persons, pages and whole applications."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from registration.application import Application, PageRef
from registration.checklist import Form, Material
from registration.parties import DocumentKind, Party, Role

TODAY = date(2026, 11, 24)


def check_character(first17: str) -> str:
    """ISO 7064 MOD 11-2 by its recurrence, independent of the weights that the program uses."""
    product = 0
    for digit in first17:
        product = (product + int(digit)) * 2 % 11
    return "0123456789X"[(12 - product) % 11]


divisions = st.sampled_from(
    ["110105", "620102", "620824", "622201", "622421", "710000", "810000", "820000", "830000", "911124"]
)
births = st.dates(date(1890, 1, 1), TODAY)


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    first17 = f"{draw(divisions)}{draw(births):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + check_character(first17)


# Everything a keyboard, a card or a broken file may bring, except lone surrogates, which no UTF-8 text holds.
any_text = st.text(max_size=40)
nasty_text = st.one_of(any_text, st.text(st.characters(), max_size=40))
codes = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)

parties = st.builds(
    Party,
    st.sampled_from(Role),
    any_text,
    st.sampled_from(DocumentKind),
    any_text,
    any_text,
    any_text,
    any_text,
)
materials = st.builds(Material, codes, st.sampled_from(Form), st.integers(0, 99), st.integers(0, 999))
applications = st.builds(
    Application,
    id=any_text,
    type_code=codes,
    session_id=any_text,
    revision=st.integers(1, 1000),
    parties=st.lists(parties, max_size=3).map(tuple),
    household_id=any_text,
    reason=any_text,
    materials=st.lists(materials, max_size=4, unique_by=lambda m: m.item_code).map(tuple),
    remarks=any_text,
    pack_versions=st.dictionaries(codes, any_text, max_size=3),
)
pages = st.builds(
    PageRef,
    codes,
    codes,
    st.integers(1, 99),
    digests,
    digests,
    *[st.integers(1, 10**7)] * 2,
    *[st.integers(1, 9999)] * 2,
)
