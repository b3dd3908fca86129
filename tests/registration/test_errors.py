"""Problems and their words: nothing personal in a log line, nothing that cannot be said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.changes import Changes
from registration.errors import CentreError, InputError, JilaiError, Kind, MachineError, Problem, RuleError
from registration.wording import LANGUAGES, catalogue, say
from tests.registration.strategies import any_text, codes


def test_an_error_shows_its_code_alone():
    error = InputError("id_number_birth", field="id_number", birth="19000230")
    assert str(error) == "id_number_birth"
    assert "19000230" not in repr(error)
    assert error.problem == Problem("id_number_birth", "id_number", {"birth": "19000230"})


def test_whose_move_it_is():
    kinds = [kind("x").kind for kind in (JilaiError, InputError, MachineError, CentreError)]
    assert kinds == [Kind.BUG, Kind.INPUT, Kind.MACHINE, Kind.CENTRE]


def test_a_refusal_by_rules_carries_all_of_them():
    problems = (Problem("name_missing", "applicant.name"), Problem("household_missing"))
    error = RuleError(problems)
    assert (error.problems, error.code, error.kind) == (problems, "rules_not_met", Kind.INPUT)
    assert "2" in say(error.problem, "en").what


def test_a_problem_is_a_value():
    params = {"item": "a"}
    first = Problem("material_missing", "materials.a", params)
    params["item"] = "b"
    assert first.params["item"] == "a"
    assert first == Problem("material_missing", "materials.a", {"item": "a"})
    assert len({first, Problem("material_missing", "materials.a", {"item": "a"})}) == 1
    with pytest.raises(TypeError):
        first.params["item"] = "c"  # type: ignore[index]


@given(codes, st.dictionaries(codes, any_text, max_size=3), st.sampled_from(["zh", "en", "en_GB", "fr", ""]))
def test_any_problem_can_be_said(code: str, params: dict[str, str], language: str):
    words = say(Problem(code, params=params), language)
    assert words.title
    assert words.what
    assert words.remedy


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_entry_can_be_said_with_and_without_its_parameters(code: str):
    for language in LANGUAGES:
        words = say(Problem(code), language)
        assert words.title
        assert "{" not in words.title + words.what + words.remedy


def test_an_unknown_code_shows_itself_for_support():
    assert "no_such_code" in say(Problem("no_such_code")).what


def test_braces_in_what_a_person_typed_are_just_text():
    assert "{0.__class__}" in say(Problem("centre_refused", params={"reason": "{0.__class__}"}), "en").what


flags = st.booleans()
changes = st.builds(Changes, st.frozensets(codes, max_size=3), flags, flags, flags, flags, flags)


@given(changes, changes, changes)
def test_changes_add_up(a: Changes, b: Changes, c: Changes):
    assert a | b == b | a
    assert (a | b) | c == a | (b | c)
    assert a | Changes() == a
    assert bool(a | b) == (bool(a) or bool(b))
    assert not Changes()
