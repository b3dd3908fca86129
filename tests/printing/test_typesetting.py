"""Lines break where Chinese and Latin readers expect them to, and never outside the room they have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing import fonts
from printing import typesetting as t

FACE = t.regular(10)
MIXED = st.text(
    st.sampled_from("一丁七万丈三上下不与（）《》，。、；：！？“” abcXYZ0123456789-·/"), max_size=120
)


@given(MIXED, st.floats(25, 300))
def test_no_line_is_wider_than_its_room_and_no_text_is_lost(text, room):
    lines = t.wrap(text, FACE, room)
    assert all(t.width(line, FACE) <= room + 0.02 for line in lines)
    assert "".join(lines).replace(" ", "") == t.readable(text).replace(" ", "")


@pytest.mark.parametrize("room", range(40, 200, 7))
def test_closing_marks_never_begin_a_line_and_opening_ones_never_end_it(room):
    text = (
        "本凭证（复印件）只证明窗口收到《申请书》、“合同”等材料；办理时限，自受理之日起算。"
        "请妥善保管！真的？是的：好。"
    )
    for line in t.wrap(text, FACE, room):
        assert line[0] not in "，。、；：！？）》”"
        assert line[-1] not in "（《“"


def test_words_and_numbers_stay_whole():
    lines = t.wrap("凭本凭证 620102-A03-261107-0042 办理 registration later", FACE, 130)
    assert any("620102-A03-261107-0042" in line for line in lines)
    assert any("registration" in line for line in lines)


def test_names_are_broken_between_not_within():
    names = ["张立群", "阿卜杜热合曼·买买提艾力", "欧阳静怡", "马哈三"]
    lines = t.wrap_list(names, "、", FACE, 140)
    assert len(lines) > 1
    for name in names:
        assert any(name in line for line in lines)
    assert all(line.endswith("、") for line in lines[:-1])


def test_a_name_longer_than_a_line_is_broken_and_stays_complete():
    lines = t.wrap_list(["长" * 40, "短"], "、", FACE, 100)
    assert "".join(lines) == "长" * 40 + "、短"
    assert all(t.width(line, FACE) <= 100.01 for line in lines)


def test_an_empty_text_is_one_empty_line():
    assert t.wrap("", FACE, 100) == [""]
    assert t.wrap_list([], "、", FACE, 100) == [""]


def test_what_is_too_long_for_its_place_ends_with_an_ellipsis():
    short = t.shorten("兰州新区黄河生态走廊", FACE, 60)
    assert short.endswith("…")
    assert t.width(short, FACE) <= 60
    assert t.shorten("短", FACE, 60) == "短"


def test_bold_and_regular_are_measured_with_their_own_advances():
    assert t.width("Wide", t.bold(10)) > t.width("Wide", t.regular(10))
    assert t.width("宽", FACE) == 10
    assert t.bold(10).name == fonts.BOLD
