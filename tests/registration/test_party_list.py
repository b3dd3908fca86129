"""The list of parties: who leaves it takes the signatures along, and comes back with them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registration.application import Application
from registration.parties import Party, Role
from registration.party_list import with_party, with_party_at, with_party_back, without_party
from registration.shares import CoOwnership
from registration.signatures import Signature

WANG, LI, ZHAO = Party(name="王海"), Party(name="李雪"), Party(role=Role.OBLIGOR, name="赵明")


def case() -> Application:
    signatures = tuple(Signature(i, "application_form", "ab", "2026-12-01T19:00:00+08:00") for i in range(3))
    return Application("a", "t", "s", parties=(WANG, LI, ZHAO), signatures=signatures)


def signers(application: Application) -> list[int]:
    return sorted(signature.signer for signature in application.signatures)


def test_a_party_is_added_at_the_end():
    assert with_party(Application("a", "t", "s", parties=(WANG,)), LI).parties == (WANG, LI)


@pytest.mark.parametrize("index", [0, 1, 2])
def test_signatures_follow_their_signers_and_come_back(index: int):
    before = case()
    after, removed = without_party(before, index)
    assert removed.party is before.parties[index]
    assert removed.party not in after.parties
    assert signers(after) == [0, 1]
    back = with_party_back(after, removed)
    assert back.parties == before.parties
    assert set(back.signatures) == set(before.signatures)


def test_a_party_comes_back_at_the_end_of_a_list_that_became_shorter():
    after, removed = without_party(case(), 2)
    shorter, _ = without_party(after, 0)
    back = with_party_back(shorter, removed)
    assert back.parties == (LI, ZHAO)
    assert signers(back) == [0, 1]


def test_a_party_that_is_not_there_cannot_be_taken_out():
    with pytest.raises(IndexError):
        without_party(case(), 3)


def test_a_changed_party_keeps_its_place_and_the_first_is_made():
    changed = with_party_at(case(), 1, Party(name="李梅"))
    assert [party.name for party in changed.parties] == ["王海", "李梅", "赵明"]
    assert with_party_at(Application("a", "t", "s", parties=()), 0, WANG).parties == (WANG,)


def test_who_is_left_alone_has_no_kind_of_co_ownership_and_no_share_until_the_other_is_back():
    before = Application(
        "a", "t", "s",
        parties=(replace(WANG, share="1/3"), replace(LI, share="2/3")),
        co_ownership=CoOwnership.BY_SHARES,
        separate_certificates=True,
    )  # fmt: skip
    after, removed = without_party(before, 1)
    assert (after.co_ownership, after.separate_certificates) == (None, False)
    assert after.parties == (WANG,)
    assert with_party_back(after, removed) == before
