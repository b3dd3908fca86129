"""Receipt numbers are consecutive, never repeated, and stop at the end of the block."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.errors import MachineError
from registration.numbering import NumberBlock, is_receipt_number, take_number
from registration.wording import say

DAY = date(2026, 11, 24)


def take(block: NumberBlock, device: str = "A03") -> tuple[str, NumberBlock]:
    return take_number(block, division="620102", device_code=device, day=DAY)


def test_what_a_number_says():
    assert take(NumberBlock(1, 9999, 42)) == ("620102-A03-261124-0042", NumberBlock(1, 9999, 43))


@given(st.integers(1, 99_000), st.integers(0, 300), st.text("ABCDEFGHJK0123456789", min_size=1, max_size=8))
def test_a_block_gives_each_of_its_numbers_once_in_order(first: int, more: int, device: str):
    block = NumberBlock(first, first + more, first)
    taken = []
    while block.left:
        number, block = take(block, device)
        assert is_receipt_number(number)
        taken.append(int(number.rsplit("-", 1)[1]))
    assert taken == list(range(first, first + more + 1))
    with pytest.raises(MachineError) as caught:
        take(block, device)
    assert caught.value.code == "number_block_empty"
    assert str(block.last) in say(caught.value.problem, "en").what


def test_a_block_beyond_its_end_has_nothing_left():
    assert NumberBlock(1, 10, 15).left == 0


@pytest.mark.parametrize(
    "text",
    ["", "620102", "620102-A03-261124-042", "62010-A03-261124-0042", "620102-a03-261124-0042",
     "620102-A03-261124-0042 ", "620102-A03-261124-0042\n", "６20102-A03-261124-0042"],
)  # fmt: skip
def test_what_is_no_receipt_number(text: str):
    assert not is_receipt_number(text)


@given(st.text())
def test_any_text_may_be_asked_about(text: str):
    is_receipt_number(text)
