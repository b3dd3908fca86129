"""Invented facts for the tests of registration: valid numbers, persons, pages and whole applications."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from registration.application import Application, PageRef
from registration.checklist import Form, Material, Track
from registration.deferral import Deferral, Flaw
from registration.fees import Use
from registration.filing import SingleReason
from registration.inquiry import Answer
from registration.legacy import CaseSource, GreenChannel, NoFault, Substitution
from registration.mortgage import Mortgage
from registration.parties import DocumentKind, Party, Role
from registration.representation import Agent, Guardian, Mandate, MandateKind, Relation
from registration.shares import CoOwnership
from registration.signatures import Signature

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

days = st.one_of(st.sampled_from(["", "2026-11-24", "2027-01-01", "1999-12-31"]), any_text)
guardians = st.builds(
    Guardian, any_text, st.sampled_from(DocumentKind), any_text, any_text, st.sampled_from(Relation)
)
mandates = st.builds(
    Mandate, st.sampled_from(MandateKind), any_text, any_text, days, st.lists(any_text, max_size=2).map(tuple)
)
agents = st.builds(Agent, any_text, st.sampled_from(DocumentKind), any_text, any_text, any_text, mandates)
parties = st.builds(
    Party,
    st.sampled_from(Role),
    any_text,
    st.sampled_from(DocumentKind),
    any_text,
    any_text,
    any_text,
    any_text,
    any_text,
    days,
    any_text,
    st.none() | guardians,
    st.none() | agents,
    st.booleans(),
)
CATEGORIES = [f"C{n}" for n in range(1, 11)]
rows = st.one_of(codes, st.sampled_from(["invoice", "identity", "purchase_contract", "deferral_promise"]))
unit = st.floats(-1, 2, allow_nan=False)
milliseconds = st.integers(0, 10**6)
T = TypeVar("T")


def _few(each: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(each, max_size=2).map(tuple)


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
    subtype=st.one_of(st.just(""), any_text, st.sampled_from(["purchase", "sale", "first", "lost"])),
    source=st.sampled_from(CaseSource),
    categories=st.lists(st.one_of(any_text, st.sampled_from(CATEGORIES)), max_size=3).map(tuple),
    single_reason=st.none() | st.sampled_from(SingleReason),
    co_ownership=st.none() | st.sampled_from(CoOwnership),
    separate_certificates=st.booleans(),
    certificate_number=any_text,
    cross_province=st.booleans(),
    tracks=st.lists(st.sampled_from(Track), max_size=4, unique=True).map(tuple),
    answers=_few(
        st.builds(
            Answer,
            st.one_of(any_text, st.sampled_from(["co_owned", "mortgaged", "other"])),
            st.one_of(any_text, st.sampled_from(["yes", "no"])),
            st.sampled_from(Role),
            any_text,
        )
    ),
    deferrals=_few(st.builds(Deferral, rows, st.sampled_from(Flaw), days, days, any_text, days)),
    substitutions=_few(
        st.builds(
            Substitution,
            rows,
            st.sampled_from(CATEGORIES),
            st.one_of(any_text, st.sampled_from(["housing", "tax"])),
            any_text,
            any_text,
            days,
        )
    ),
    no_fault=st.none() | st.builds(NoFault, any_text, days, any_text),
    green_channel=st.none() | st.builds(GreenChannel, any_text, any_text, any_text),
    mortgage=st.none()
    | st.builds(Mortgage, any_text, st.booleans(), days, days, any_text, any_text, any_text, any_text),
    signatures=_few(
        st.builds(
            Signature,
            st.integers(0, 3),
            codes,
            any_text,
            days,
            _few(_few(st.tuples(unit, unit, milliseconds))),
            st.booleans(),
        )
    ),
    use=st.sampled_from(Use),
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
