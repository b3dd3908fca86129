"""The applicant's entries: judged while they are typed, by the rules of registration, in short words."""

from __future__ import annotations

import pytest

from tests.driving import press, tend, wait_until, write
from tests.ui.intake_walk import begin
from ui.intake.applicant import ApplicantPage
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow


@pytest.fixture
def screen(window: MainWindow) -> IntakeScreen:
    return begin(window)


@pytest.fixture
def page(screen: IntakeScreen) -> ApplicantPage:
    screen.applicant_page.editors["id_number"].setFocus()
    return screen.applicant_page


def code(page: ApplicantPage, entry: str) -> str:
    problem = page.fields[entry].problem()
    return problem.code if problem else ""


def below(page: ApplicantPage, entry: str) -> str:
    return page.editors[entry].accessibleDescription()


def test_the_number_is_counted_while_it_is_typed_and_judged_when_it_is_whole(page: ApplicantPage):
    write("6201021985")
    assert code(page, "id_number") == ""
    assert "10" in below(page, "id_number")
    write("03071231")
    assert code(page, "id_number") == ""
    assert page.read_card._values[0].text() == "男"
    assert page.read_card._values[1].text() == "1985-03-07"
    assert page.read_card._values[2].text().startswith("41")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("620102198503071230", "id_number_check"),
        ("620102198513071231", "id_number_birth"),
        ("990102198503071231", "id_number_check"),
        ("62010219850307123A", "id_number_characters"),
        ("620102299903071231", "id_number_future"),
    ],
)
def test_a_wrong_number_says_what_is_wrong_at_the_last_digit(page: ApplicantPage, typed: str, problem: str):
    write(typed)
    assert code(page, "id_number") == problem
    assert len(below(page, "id_number")) > 8


def test_a_short_number_is_a_problem_only_once_the_hand_has_left(page: ApplicantPage):
    write("6201021985")
    assert code(page, "id_number") == ""
    press("Tab")
    assert code(page, "id_number") == "id_number_length"


def test_full_width_digits_spaces_and_a_small_x_become_one_form(page: ApplicantPage, screen: IntakeScreen):
    page.editors["id_number"].setText("")
    write("11010519491231002x")
    press("Tab")
    wait_until(lambda: page.editors["id_number"].text() == "11010519491231002X", "the one form")
    page.editors["phone"].setFocus()
    write("138 9310 4567")
    press("Tab")
    wait_until(lambda: page.editors["phone"].text() == "13893104567", "digits alone")
    case = screen.case()
    assert case is not None
    party = case.application.first_applicant
    assert (party.document_number, party.phone) == ("11010519491231002X", "13893104567")


def test_empty_entries_are_not_scolded_before_the_review(page: ApplicantPage, screen: IntakeScreen):
    page.editors["name"].setFocus()
    press("Tab")
    press("Tab")
    press("Tab")
    assert [code(page, entry) for entry in page.fields] == ["", "", "", ""]
    press("Alt+8")
    press("Alt+1")
    tend()
    assert [code(page, entry) for entry in page.fields] == [
        "name_missing", "id_number_missing", "phone_missing", "",
    ]  # fmt: skip


def test_the_rail_shows_the_person_masked(page: ApplicantPage, screen: IntakeScreen):
    page.editors["name"].setFocus()
    write("张立群")
    press("Tab")
    write("620102198503071231")
    summary = screen.rail.news_of(Step.APPLICANT).summary
    assert summary == "张*群 · 1231"
