"""Corners and rotation say the same thing in two ways, and stay in step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.pages import rotation_of, turned

UPRIGHT = ((10.0, 20.0), (110.0, 25.0), (108.0, 160.0), (8.0, 155.0))
ORDERS = st.permutations(UPRIGHT).map(tuple)


@given(ORDERS)
def test_dragged_handles_come_out_clockwise_from_the_top_left(points):
    assert turned(points, 0) == UPRIGHT


@given(ORDERS, st.sampled_from([0, 90, 180, 270]))
def test_passing_a_page_s_own_corners_and_rotation_changes_nothing(points, rotation):
    own = turned(points, rotation)
    assert rotation_of(own) == rotation
    assert turned(own, rotation_of(own)) == own


def test_a_page_that_needs_a_turn_right_has_its_top_at_the_picture_s_left():
    assert turned(UPRIGHT, 90)[0] == UPRIGHT[3]


def test_other_rotations_are_refused():
    with pytest.raises(ValueError, match="rotation"):
        turned(UPRIGHT, 45)
