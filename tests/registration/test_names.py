"""A name is kept as the card has it, compared in one form, and never turned into question marks."""

from __future__ import annotations

import pytest
from hypothesis import given

from registration.names import (
    characters_that_do_not_belong,
    in_unicode,
    may_be_cut,
    normalise_name,
    rare_characters,
    same_name,
    unmapped_private_use,
)
from tests.registration.strategies import nasty_text


@pytest.mark.parametrize("dot", "·•‧・･∙⋅.．")
def test_every_kind_of_dot_between_characters_is_one(dot: str):
    assert normalise_name(f"阿依古丽{dot}买买提") == "阿依古丽·买买提"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张 立群", "张  立群"),
        ("ＺＨＡＮＧ Ｌｉ", "zhang li"),
        ("张立群\u200b", "张立群"),
        ("陈\ue863", "陈\u4dae"),
        ("王\ue816", "王\U00020087"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str):
    assert same_name(one, other)


def test_different_names_stay_different():
    assert not same_name("张立群", "张丽群")
    assert not same_name("吉野", "𠮷野")
    assert normalise_name("J. Smith") == "J. SMITH"


def test_rare_characters_are_told_and_common_ones_are_not():
    assert rare_characters("张立群·龘") == ()
    assert rare_characters("𠮷野㛃") == ("𠮷", "㛃")
    assert rare_characters("陈\ue863") == ("\ue863",)
    assert unmapped_private_use("陈\ue863\ue000") == ("\ue000",)


def test_a_name_that_fills_the_chip_may_be_cut():
    assert not may_be_cut("阿" * 14)
    assert may_be_cut("阿" * 15)
    assert may_be_cut("𠮷" * 8)  # two units each


def test_what_does_not_belong_into_a_name():
    assert characters_that_do_not_belong("张?2\n群\ufffd") == "?2\n\ufffd"
    assert characters_that_do_not_belong("第3建筑公司", digits_allowed=True) == ""
    assert characters_that_do_not_belong("𱁬\U0003134f") == ""  # newer than this Python's tables


@given(nasty_text)
def test_normalising_again_changes_nothing(name: str):
    once = normalise_name(name)
    assert normalise_name(once) == once
    rare_characters(name)
    may_be_cut(name)
    characters_that_do_not_belong(name)


def test_a_chips_name_is_shown_in_unicode_and_otherwise_as_the_card_has_it():
    assert in_unicode("陈\ue863 j.Smith") == "陈䶮 j.Smith"
    assert in_unicode("陈\ue000") == "陈\ue000"  # what no table explains stays
