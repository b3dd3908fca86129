"""Several applicants in the real window: by keys alone, each with its own entries, kept and restored."""

from __future__ import annotations

import pytest

from registration.filing import SingleReason
from registration.parties import Party, Role
from registration.shares import CoOwnership
from tests.driving import press, tend, wait_until, write
from tests.storage.evening import Evening
from tests.ui.intake_walk import PERSON, begin, enter, stored, type_applicant
from ui.intake.applicant import ApplicantPage
from ui.intake.case import Keeping
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.settings import Settings

WIFE = ("王小梅", "620102198603071247", "13893104568", "")


@pytest.fixture
def screen(window: MainWindow) -> IntakeScreen:
    return begin(window)


@pytest.fixture
def page(screen: IntakeScreen) -> ApplicantPage:
    return screen.applicant_page


def parties(screen: IntakeScreen) -> tuple[Party, ...]:
    case = screen.case()
    assert case is not None
    return case.application.parties


def codes(screen: IntakeScreen, prefix: str) -> set[str]:
    case = screen.case()
    assert case is not None
    return {problem.code for problem in case.missing() if problem.field.startswith(prefix)}


def couple(page: ApplicantPage) -> None:
    """Two right holders, the hand on how they file."""
    enter(PERSON["name"], PERSON["id_number"], PERSON["phone"])
    press("F3")
    enter(*WIFE)


def test_one_applicant_takes_four_entries_and_sees_no_tabs(screen: IntakeScreen, page: ApplicantPage):
    assert not page.strip.isVisible()
    assert page.form.shown() == ("name", "id_number", "phone", "address")
    type_applicant(screen)  # four entries, four times Enter
    assert screen.step() is Step.PROPERTY
    assert len(parties(screen)) == 1


def test_a_couple_with_shares_by_keys_alone(screen: IntakeScreen, page: ApplicantPage):
    couple(page)
    assert page.filing_in_hand()
    wait_until(page.filing.kind.hasFocus, "the hand on the kind of co-ownership")
    press("2")
    enter("")
    wait_until(page.filing.shares[0].hasFocus, "the hand on the first share")
    enter("1/2")
    write("1/3")
    assert page.filing.sum.text() == "1/2 + 1/3 = 5/6，还差 1/6"
    assert codes(screen, "applicant") == {"share_sum"}
    for _ in range(3):
        press("Backspace")
    write("50%")
    assert page.filing.sum.text() == "1/2 + 1/2 = 1"
    assert codes(screen, "applicant") == set()
    case = screen.case()
    assert case is not None
    assert case.application.co_ownership is CoOwnership.BY_SHARES
    assert [party.share for party in parties(screen)] == ["1/2", "50%"]
    enter("")
    press("Space")  # a certificate for each
    assert case.application.separate_certificates
    enter("")
    assert screen.step() is Step.PROPERTY


def test_what_was_not_chosen_yet_is_not_scolded_before_the_hand_has_left(
    screen: IntakeScreen, page: ApplicantPage
):
    couple(page)
    assert codes(screen, "applicant") == {"co_ownership_missing"}
    assert page.filing.kind_field.problem() is None
    press("Tab")
    problem = page.filing.kind_field.problem()
    assert problem is not None and problem.code == "co_ownership_missing"


def test_shares_over_one_are_told_and_equal_ones_made(screen: IntakeScreen, page: ApplicantPage):
    couple(page)
    press("2")
    press("Return")
    enter("2/3")
    write("1/2")
    assert page.filing.sum.text() == "2/3 + 1/2 = 7/6，多出 1/6"
    page.filing.equal.click()
    assert [party.share for party in parties(screen)] == ["1/2", "1/2"]
    assert page.filing.shares[0].text() == "1/2"
    assert codes(screen, "applicant") == set()


def test_joint_owners_have_no_shares_and_a_slip_of_the_key_loses_none(
    screen: IntakeScreen, page: ApplicantPage
):
    couple(page)
    press("2")
    page.filing.focus("share")
    enter("1/4")
    write("3/4")
    page.filing.focus("co_ownership")
    press("1")
    assert [party.share for party in parties(screen)] == ["", ""]
    assert codes(screen, "applicant") == set()
    press("2")
    assert [party.share for party in parties(screen)] == ["1/4", "3/4"]


def test_tabs_show_masked_names_sides_and_what_is_open(screen: IntakeScreen, page: ApplicantPage):
    couple(page)
    first, second, filing = page.strip.tabs()
    assert (first.words, first.second, first.done) == ("张*群", "权利人 · 1231", True)
    assert (second.words, second.second, second.done) == ("王*梅", "权利人 · 1247", True)
    assert not filing.done  # the kind of co-ownership is still to be chosen
    press("Ctrl+PgUp")
    assert page.strip.current() == 1
    assert page.editors["name"].text() == "王小梅"
    press("Ctrl+PgUp")
    assert page.editors["name"].text() == "张立群"
    page.enter("phone", "12")
    press("Ctrl+PgDown")
    assert page.strip.tabs()[0].warned


def test_each_party_has_its_own_errors(screen: IntakeScreen, page: ApplicantPage):
    couple(page)
    press("Ctrl+PgUp")
    page.enter("id_number", "620102198603071240")
    press("Tab")
    problem = page.fields["id_number"].problem()
    assert problem is not None and problem.field == "applicant.1.id_number"
    press("Ctrl+PgUp")
    assert page.fields["id_number"].problem() is None
    page.enter("name", "")
    press("Ctrl+PgDown")
    assert page.fields["name"].problem() is None
    assert codes(screen, "applicant.1") == {"id_number_check"}


def test_the_same_person_twice_is_told_at_the_second(screen: IntakeScreen, page: ApplicantPage):
    enter(PERSON["name"], PERSON["id_number"], PERSON["phone"])
    press("Shift+F3")
    enter(PERSON["name"], PERSON["id_number"])
    problem = page.fields["id_number"].problem()
    assert problem is not None and problem.code == "party_on_both_sides"


def test_a_removed_party_comes_back_with_ctrl_z(screen: IntakeScreen, page: ApplicantPage):
    couple(page)
    press("2")
    press("Return")
    enter("1/3", "2/3")
    before = parties(screen)
    press("Ctrl+PgUp")
    assert page.strip.current() == 1
    press("Alt+Delete")
    assert [party.name for party in parties(screen)] == ["张立群"]
    assert codes(screen, "applicant") == set()  # alone, without share and kind
    wait_until(page.editors["name"].hasFocus, "the hand on the name")
    press("Ctrl+Z")
    assert parties(screen) == before
    case = screen.case()
    assert case is not None and case.application.co_ownership is CoOwnership.BY_SHARES


def test_the_only_party_cannot_be_removed(screen: IntakeScreen, page: ApplicantPage):
    enter("张立群")
    press("Alt+Delete")
    assert [party.name for party in parties(screen)] == ["张立群"]


def test_ctrl_z_takes_typing_back_where_nothing_was_removed(screen: IntakeScreen, page: ApplicantPage):
    write("AB")
    press("Ctrl+Z")
    assert page.editors["name"].text() == ""
    assert parties(screen)[0].name == ""


def test_a_resale_asks_for_an_obligor_and_can_be_filed_alone_with_a_reason(
    screen: IntakeScreen, page: ApplicantPage
):
    case = screen.case()
    assert case is not None
    enter(PERSON["name"], PERSON["id_number"], PERSON["phone"])
    case.choose_type(case.checklist_of("second_hand_transfer"))
    assert codes(screen, "applicant") == {"obligor_missing"}
    press("F9")
    assert page.filing.obligor_missing.isVisible()
    page.filing.focus("filing")
    press("2")
    assert case.application.single_reason is SingleReason.LEGAL_DOCUMENT
    assert codes(screen, "applicant") == set()
    assert not page.filing.obligor_missing.isVisible()
    press("1")
    press("Shift+F3")
    assert parties(screen)[1].role is Role.OBLIGOR
    assert "role" in page.form.shown()
    enter("赵玉兰", "620102195512304427", "13609310000")
    assert codes(screen, "applicant") == set()
    assert page.presence.names() == ("张立群", "赵玉兰")


def test_where_the_developer_is_the_other_side_nobody_is_asked_for(screen: IntakeScreen, page: ApplicantPage):
    case = screen.case()
    assert case is not None
    press("F9")
    assert case.file.developer
    assert case.file.developer in page.filing.filing.accessibleDescription()
    assert not page.filing.obligor.isVisible()


def test_a_party_changes_its_side_by_a_key(screen: IntakeScreen, page: ApplicantPage):
    couple(page)
    press("Ctrl+PgUp")
    press("F4")
    page.form.focus("role")
    press("2")
    assert parties(screen)[1].role is Role.OBLIGOR
    assert page.strip.tabs()[1].second.startswith("义务人")


@pytest.mark.parametrize(
    ("entry", "party", "place"),
    [
        ("1.guardian_name", 1, "guardian_name"),
        ("1.id_number", 1, "id_number"),
        ("phone", 0, "phone"),
        ("1.guardian", 1, "guardian_name"),
        ("nowhere", 0, "name"),
        ("7.name", 0, "name"),
    ],
)
def test_the_hand_is_brought_to_any_entry(
    screen: IntakeScreen, page: ApplicantPage, entry: str, party: int, place: str
):
    couple(page)
    page.turn_to(1)
    page.enter("id_number", "620102201506071231")  # a child: the guardian's entries are there
    page.turn_to(0)
    screen.go(Step.APPLICANT, entry)
    assert page.index == party
    assert page.form.in_focus() == place


@pytest.mark.parametrize("entry", ["co_ownership", "1.share", "filing", "separate_certificates"])
def test_the_hand_is_brought_to_what_concerns_all(screen: IntakeScreen, page: ApplicantPage, entry: str):
    couple(page)
    press("2")
    page.turn_to(0)
    screen.go(Step.APPLICANT, entry)
    assert page.filing_in_hand()
    assert page.filing.in_focus() == entry
    assert page.entry_in_focus() == entry


def test_a_problem_in_the_review_leads_to_its_party(screen: IntakeScreen, page: ApplicantPage):
    couple(page)
    press("1")
    page.turn_to(1)
    page.enter("phone", "")
    case = screen.case()
    assert case is not None
    press("Alt+8")
    problem = next(p for p in case.missing() if p.field == "applicant.1.phone")
    screen.review_page.jump_wanted.emit(problem)
    wait_until(page.editors["phone"].hasFocus, "the hand on the telephone")
    assert page.index == 1
    shown = page.fields["phone"].problem()
    assert shown is not None and shown.code == "phone_missing"


def test_a_draft_keeps_everybody_and_the_place_of_the_hand(
    screen: IntakeScreen, page: ApplicantPage, evening: Evening
):
    couple(page)
    press("2")
    press("Return")
    enter("1/3", "2/3")
    page.turn_to(1)
    page.form.focus("phone")
    case = screen.case()
    assert case is not None
    before = case.application
    screen.save()
    wait_until(lambda: case.keeping is Keeping.KEPT, "the draft kept")
    kept = stored(evening, case.id).application
    assert kept.parties == before.parties
    assert kept.co_ownership is CoOwnership.BY_SHARES
    press("Ctrl+Shift+N")
    wait_until(lambda: screen.case() is not case, "another case")
    assert not page.strip.isVisible()
    assert page.editors["name"].text() == ""
    screen.open_draft(before.id)
    wait_until(page.editors["phone"].hasFocus, "the hand where it was")
    assert page.index == 1
    assert page.editors["name"].text() == "王小梅"
    assert [tab.words for tab in page.strip.tabs()] == ["张*群", "王*梅", "申请与共有"]


def test_many_parties_take_more_lines_of_tabs_and_none_is_cut(screen: IntakeScreen, page: ApplicantPage):
    for _ in range(11):
        press("F3")
    tend()
    assert len(page.strip.tabs()) == 13
    boxes = [page.strip.box(index) for index in range(13)]
    assert max(box.right() for box in boxes) <= page.strip.width()
    assert boxes[-1].bottom() <= page.strip.height()
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_the_words_are_english_where_the_window_is(
    screen: IntakeScreen, page: ApplicantPage, settings: Settings
):
    couple(page)
    press("2")
    settings.change(language="en")
    tend()
    assert page.strip.tabs()[2].words == "Filing and shares"
    assert page.filing.kind_field.editor.accessibleName() == "Kind of co-ownership"
    page.turn_to(1)
    assert page.form.fields["name"].editor.accessibleName() == "Name"


def test_esc_leads_back_to_the_first_party_and_only_then_out(
    screen: IntakeScreen, page: ApplicantPage, window: MainWindow
):
    couple(page)
    wait_until(page.filing_in_hand, "how they file")
    press("Escape")
    assert window.place() == "intake" and not page.filing_in_hand()
    assert page.entry_in_focus() == "name" and page.party().name == PERSON["name"]
    press("Escape")
    wait_until(lambda: window.place() == "tonight", "tonight")
    assert len(parties(screen)) == 2
