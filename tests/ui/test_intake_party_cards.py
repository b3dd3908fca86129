"""A card fills whoever is in hand; where it says something else than the entries, a key decides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from capture.imaging import ImagingPool
from registration.documents import DocumentKind
from registration.identifiers import id_check_character
from registration.parties import Party
from tests.capture.devices.simulated_reader import SimulatedCard, SimulatedReader, citizen, foreigner
from tests.driving import press, tend, wait_until, write
from tests.storage.evening import Evening
from tests.ui.intake_walk import PERSON, read_card, reading, with_reader
from tests.ui.window import services_over
from ui.intake.applicant import ApplicantPage
from ui.intake.card import Said
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.services import Services
from ui.settings import Settings
from ui.signals import Signals

NUMBER = "62010219860307123" + id_check_character("62010219860307123")
CHILD = "620102201506071231"
HONG_KONG = "81000019900101771" + id_check_character("81000019900101771")


@pytest.fixture
def services(
    evening: Evening, settings: Settings, signals: Signals, imaging: ImagingPool, reader: SimulatedReader
) -> Services:
    return with_reader(services_over(evening, settings, signals, imaging), reader)


@pytest.fixture
def screen(window: MainWindow) -> Iterator[IntakeScreen]:
    with reading(window) as found:
        yield found


@pytest.fixture
def page(screen: IntakeScreen) -> ApplicantPage:
    return screen.applicant_page


def parties(screen: IntakeScreen) -> tuple[Party, ...]:
    case = screen.case()
    assert case is not None
    return case.application.parties


def first(page: ApplicantPage) -> None:
    for text in (PERSON["name"], PERSON["id_number"], PERSON["phone"]):
        write(text)
        press("Return")


def test_a_card_is_read_into_the_second_party(
    screen: IntakeScreen, page: ApplicantPage, reader: SimulatedReader
):
    first(page)
    press("F3")
    assert screen.card_side.panel.person.text() == "填给 第 2 位"
    reader.lay(SimulatedCard(citizen(NUMBER)))
    read_card(screen)
    press("F2", page)
    before, second = parties(screen)
    assert (before.name, before.document_number, before.machine_read) == (
        PERSON["name"],
        PERSON["id_number"],
        False,
    )
    assert (second.name, second.document_number, second.machine_read) == ("赵明远", NUMBER, True)
    assert second.name_raw == "赵明远"
    wait_until(page.editors["phone"].hasFocus, "the hand on what is still to be typed")
    assert page.index == 1


def test_a_card_is_read_into_the_guardian_and_the_agent_in_hand(
    screen: IntakeScreen, page: ApplicantPage, reader: SimulatedReader
):
    page.enter("name", "赵小宝")
    page.enter("id_number", CHILD)
    page.form.focus("guardian_name")
    reader.lay(SimulatedCard(citizen(NUMBER)))
    read_card(screen)
    assert screen.card_side.panel.person.text().endswith("监护人")
    assert not screen.card_side.panel.values["address"].isVisible()  # a guardian's is not asked for
    press("F2", page)
    guardian = parties(screen)[0].guardian
    assert guardian is not None
    assert (guardian.name, guardian.document_number) == ("赵明远", NUMBER)
    assert (parties(screen)[0].name, parties(screen)[0].document_number) == ("赵小宝", CHILD)
    wait_until(page.form.editors["guardian_phone"].hasFocus, "the hand on the guardian's telephone")
    press("F7")
    reader.lay(SimulatedCard(citizen(NUMBER, name="钱佳")))
    press("F2", page)
    wait_until(lambda: screen.card_side.panel.values["name"].text() == "钱佳", "the next card")
    press("F2", page)
    agent = parties(screen)[0].agent
    assert agent is not None and agent.name == "钱佳"
    assert parties(screen)[0].guardian == guardian


def test_another_number_is_shown_beside_and_escape_keeps_the_entries(
    screen: IntakeScreen, page: ApplicantPage, reader: SimulatedReader
):
    first(page)
    reader.lay(SimulatedCard(citizen(NUMBER)))
    read_card(screen)
    panel = screen.card_side.panel
    assert panel.values["id_number"].text() == NUMBER
    assert panel.entered["id_number"].text() == PERSON["id_number"]
    assert panel.keep_button.isVisible()
    before = parties(screen)
    press("Esc", page)
    assert parties(screen) == before
    assert not panel.values["name"].isVisible()
    assert screen.step() is Step.APPLICANT


def test_only_what_is_empty_is_filled_by_shift_and_the_key(
    screen: IntakeScreen, page: ApplicantPage, reader: SimulatedReader
):
    first(page)
    reader.lay(SimulatedCard(citizen(NUMBER)))
    read_card(screen)
    press("Shift+F2", page)
    party = parties(screen)[0]
    assert (party.name, party.document_number) == (PERSON["name"], PERSON["id_number"])
    assert party.address == "甘肃省兰州市城关区示范路1号"
    assert not party.machine_read


def test_a_number_edited_after_the_reading_was_typed(
    screen: IntakeScreen, page: ApplicantPage, reader: SimulatedReader
):
    reader.lay(SimulatedCard(citizen(NUMBER)))
    read_card(screen)
    press("F2", page)
    assert parties(screen)[0].machine_read
    assert "读卡" in page.editors["id_number"].accessibleDescription()
    page.form.focus("name")
    write("X")
    assert parties(screen)[0].machine_read  # the number is still the card's
    page.form.focus("id_number")
    press("Backspace")
    assert not parties(screen)[0].machine_read


def test_a_residence_permit_and_a_foreigners_card_bring_their_kind(
    screen: IntakeScreen, page: ApplicantPage, reader: SimulatedReader
):
    reader.lay(SimulatedCard(citizen(HONG_KONG, mark="J", pass_number="H12345678", issues="01")))
    read_card(screen)
    press("F2", page)
    assert parties(screen)[0].document_kind is DocumentKind.RESIDENCE_PERMIT
    assert page.form.fields["document_kind"].isVisible()
    press("F3")
    reader.lay(SimulatedCard(foreigner()))
    press("F2", page)
    wait_until(lambda: screen.card_side.panel.values["name"].text() == "穆斯特", "the next card")
    press("F2", page)
    assert parties(screen)[1].document_kind is DocumentKind.PERMANENT_RESIDENCE
    assert page.fields["id_number"].problem() is None


def test_a_chips_private_use_character_is_shown_in_unicode_and_kept_raw(
    screen: IntakeScreen, page: ApplicantPage, reader: SimulatedReader
):
    reader.lay(SimulatedCard(citizen(NUMBER, name="陈\ue863")))
    read_card(screen)
    assert screen.card_side.panel.values["name"].text() == "陈䶮"
    press("F2", page)
    party = parties(screen)[0]
    assert (party.name, party.name_raw) == ("陈䶮", "陈\ue863")
    assert page.rare.isVisible()
    assert "U+E863" in page.rare._said.text()


def test_a_photographed_card_is_held_against_the_person_with_its_number(
    screen: IntakeScreen, page: ApplicantPage
):
    first(page)
    press("F3")
    page.enter("name", "赵明原")
    page.enter("id_number", NUMBER)
    side, case = screen.card_side, screen.case()
    assert case is not None
    press("PgDown", page)
    same = Said(PERSON["name"], PERSON["id_number"], "")
    assert not side.suggest(case.id, same)  # it is the first party's, and says no more
    other = Said("赵明远", NUMBER, "")
    assert side.suggest(case.id, other)
    assert side.contradicts(other)
    page.turn_to(0)
    press("Alt+1", screen)
    wait_until(side.panel.values["name"].isVisible, "the card")
    assert page.index == 1
    assert side.panel.entered["name"].text() == "赵明原"
    assert not side.panel.entered["id_number"].isVisible()
    press("F2", page)
    assert [party.name for party in parties(screen)] == [PERSON["name"], "赵明远"]
    assert not parties(screen)[1].machine_read  # a photograph is no chip


def test_two_photographed_cards_are_offered_to_two_parties_without_numbers(
    screen: IntakeScreen, page: ApplicantPage
):
    press("F3")
    press("Ctrl+PgUp")
    press("PgDown", page)
    side, case = screen.card_side, screen.case()
    assert case is not None
    assert side.suggest(case.id, Said("赵明远", NUMBER, ""))
    assert side.suggest(case.id, Said("张立群", PERSON["id_number"], ""))
    press("Alt+1", screen)
    wait_until(side.panel.values["name"].isVisible, "the first card")
    press("F2", page)
    press("Ctrl+PgDown")
    wait_until(lambda: side.panel.values["name"].text() == "张立群", "the second card")
    press("F2", page)
    assert [party.name for party in parties(screen)] == ["赵明远", "张立群"]


def test_a_card_of_a_case_that_was_put_aside_is_not_offered_to_the_next(
    screen: IntakeScreen, page: ApplicantPage
):
    first(page)
    case = screen.case()
    assert case is not None
    press("PgDown", page)
    assert screen.card_side.suggest(case.id, Said("赵明远", NUMBER, ""))
    press("Ctrl+Shift+N")
    wait_until(lambda: screen.case() is not case, "the next case")
    tend()
    assert not screen.card_side.panel.values["name"].isVisible()
    assert not screen.card_side.suggest(case.id, Said("赵明远", NUMBER, ""))
