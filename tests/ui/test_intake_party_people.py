"""Minors, agents, bodies, foreign documents and rare names: what the form asks for, and when."""

from __future__ import annotations

from datetime import date

import pytest

from registration.documents import DocumentKind
from registration.identifiers import id_check_character
from registration.parties import Guardian, Party, Role
from registration.representation import Agent, Mandate, MandateKind, Relation
from tests.driving import press, tend, wait_until, write
from tests.storage.evening import Evening
from tests.ui.intake_walk import PERSON, begin, enter, stored
from ui.intake.applicant import ApplicantPage
from ui.intake.case import Keeping
from ui.intake.party_entries import ENTRIES, Section, agent_for, shown_entries, tidied
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow

CHILD, MOTHER = "620102201506071231", "620102198603071247"
AGENT = "62010219900101771" + id_check_character("62010219900101771")
FIRM = "91620100MA71UB8K9P"
TODAY = date(2026, 12, 1)


@pytest.fixture
def screen(window: MainWindow) -> IntakeScreen:
    return begin(window)


@pytest.fixture
def page(screen: IntakeScreen) -> ApplicantPage:
    return screen.applicant_page


def party(page: ApplicantPage) -> Party:
    assert page.case is not None
    return page.case.application.parties[page.index]


def codes(page: ApplicantPage) -> set[str]:
    assert page.case is not None
    return {p.code for p in page.case.missing() if p.field.startswith("applicant")}


def code(page: ApplicantPage, entry: str) -> str:
    problem = page.form.fields[entry].problem()
    return problem.code if problem else ""


def choose(page: ApplicantPage, kind: DocumentKind) -> None:
    """Choose a kind of document by its key and the arrows."""
    press("F4")
    editor = page.form.editors["document_kind"]
    wait_until(editor.hasFocus, "the hand on the kind of document")
    for _ in range(tuple(DocumentKind).index(kind)):
        press("Down")
    assert page.form.text("document_kind") == kind.value


# -- minors ------------------------------------------------------------------------------------------------


def test_a_minors_number_asks_for_the_guardian_by_itself(screen: IntakeScreen, page: ApplicantPage):
    enter("张小宝")
    write(CHILD[:-1])
    assert not page.form.fields["guardian_name"].isVisible()
    write(CHILD[-1])
    assert page.form.fields["guardian_name"].isVisible()
    assert "guardian_missing" in codes(page)
    press("Return")
    enter("13893104567", "")
    wait_until(page.form.editors["guardian_name"].hasFocus, "the hand on the guardian")
    enter("王小梅", MOTHER, "13893104568")
    assert page.form.in_focus() == "guardian_relation"
    press("Return")
    assert screen.step() is Step.PROPERTY
    assert codes(page) == set()
    assert party(page).guardian == Guardian("王小梅", DocumentKind.ID_CARD, MOTHER, "13893104568")
    assert page.presence.names() == ("张小宝", "王小梅")


def test_another_number_takes_an_empty_guardian_away_and_keeps_an_entered_one(page: ApplicantPage):
    page.enter("id_number", CHILD)
    page.enter("id_number", PERSON["id_number"])
    assert not page.form.fields["guardian_name"].isVisible()
    page.enter("id_number", CHILD)
    page.enter("guardian_name", "王小梅")
    page.enter("id_number", PERSON["id_number"])
    assert page.form.fields["guardian_name"].isVisible()
    assert page.form.text("guardian_name") == "王小梅"


def test_a_guardian_who_is_a_minor_and_a_wrong_number_are_told_in_their_place(page: ApplicantPage):
    page.enter("id_number", CHILD)
    page.enter("guardian_number", CHILD)
    assert code(page, "guardian_number") == "other_is_minor"
    page.enter("guardian_number", MOTHER[:-1] + "8")
    assert code(page, "guardian_number") == "id_number_check"
    assert code(page, "guardian_name") == ""  # empty, and not looked at yet
    page.show_missing(True)
    assert code(page, "guardian_name") == "other_name_missing"


def test_an_adult_ward_gets_a_guardian_by_its_key(page: ApplicantPage):
    enter(PERSON["name"], PERSON["id_number"])
    press("F6")
    wait_until(page.form.editors["guardian_name"].hasFocus, "the hand on the guardian")
    enter("王小梅", MOTHER, "")
    press("Down")
    found = party(page).guardian
    assert found is not None and found.relation is Relation.SPOUSE
    press("Alt+Delete")
    assert party(page).guardian is None
    assert not page.form.fields["guardian_name"].isVisible()
    press("Ctrl+Z")
    assert party(page).guardian == found


# -- agents ------------------------------------------------------------------------------------------------


def test_an_agent_with_a_witnessed_mandate(screen: IntakeScreen, page: ApplicantPage, evening: Evening):
    enter(PERSON["name"], PERSON["id_number"], PERSON["phone"])
    press("F7")
    enter("李明", AGENT, "13893104569", "")
    wait_until(page.form.editors["agent_mandate"].hasFocus, "the hand on the mandate")
    press("2")
    assert page.form.fields["agent_mandate_witnesses"].isVisible()
    assert not page.form.fields["agent_mandate_number"].isVisible()
    assert {"mandate_scope", "mandate_witness"} <= codes(page)
    press("Return")
    enter("2027年6月30日", "王海燕，李小兰、", "申请登记、领取证书")
    assert screen.step() is Step.PROPERTY
    assert codes(page) == set()
    mandate = Mandate(MandateKind.WITNESSED, "", "申请登记、领取证书", "2027-06-30", ("王海燕", "李小兰"))
    assert party(page).agent == Agent("李明", DocumentKind.ID_CARD, AGENT, "13893104569", "", mandate)
    assert page.form.text("agent_mandate_witnesses") == "王海燕、李小兰"
    assert page.presence.names() == ("李明",)  # the agent comes in the applicant's place
    case = screen.case()
    assert case is not None
    assert "witness_photo" in {row.item.code for row in case.board()}
    wait_until(lambda: case.keeping is Keeping.KEPT, "the draft kept")
    assert stored(evening, case.id).application.parties == case.application.parties


def test_an_expired_mandate_and_an_unreadable_day(page: ApplicantPage):
    press("F7")
    page.enter("agent_mandate_until", "2020-01-01")
    assert code(page, "agent_mandate_until") == "mandate_expired"
    page.enter("agent_mandate_until", "2027-02-30")
    assert code(page, "agent_mandate_until") == "date_malformed"
    page.enter("agent_mandate_until", "")
    assert code(page, "agent_mandate_until") == ""


def test_a_notarised_mandate_has_its_number(page: ApplicantPage):
    press("F7")
    page.form.focus("agent_mandate")
    press("1")
    assert page.form.fields["agent_mandate_number"].isVisible()
    page.show_missing(True)
    assert code(page, "agent_mandate_number") == "mandate_number"
    page.enter("agent_mandate_number", "（2026）甘兰公证字第12号")
    assert code(page, "agent_mandate_number") == ""


@pytest.mark.parametrize(
    ("of", "kind"),
    [
        (Party(), MandateKind.PLAIN),
        (Party(role=Role.OBLIGOR), MandateKind.WITNESSED),
        (Party(document_kind=DocumentKind.BUSINESS_LICENCE), MandateKind.CORPORATE),
        (Party(document_kind=DocumentKind.PASSPORT, role=Role.OBLIGOR), MandateKind.NOTARISED),
    ],
)
def test_a_new_mandate_is_of_the_kind_that_the_applicant_needs(of: Party, kind: MandateKind):
    assert agent_for(of).mandate.kind is kind


def test_the_same_agent_for_the_second_party_by_a_key(page: ApplicantPage):
    enter(PERSON["name"], PERSON["id_number"], PERSON["phone"])
    press("F7")
    enter("李明", AGENT, "13893104569", "")
    page.enter("agent_mandate_scope", "申请登记")
    first = party(page).agent
    press("F3")
    enter("王小梅", MOTHER, "13893104568")
    press("F10")  # there is no agent's entry in hand: nothing is taken
    assert party(page).agent is None
    press("F7")
    assert page.form._sames[Section.AGENT].text() == "与 张*群 相同"
    press("F10")
    assert party(page).agent == first
    assert page.form.text("agent_name") == "李明"
    assert not page.form._sames[Section.AGENT].isVisible()
    press("F10")
    assert party(page).agent == first
    page.enter("agent_name", "李亮")
    page.turn_to(0)
    assert party(page).agent == first  # a copy, not the same entry twice


# -- bodies and other documents ----------------------------------------------------------------------------


def test_a_company_with_its_agent(screen: IntakeScreen, page: ApplicantPage):
    choose(page, DocumentKind.BUSINESS_LICENCE)
    assert page.form.fields["name"].editor.accessibleName() == "单位名称"
    page.form.focus("name")
    enter("兰州安居置业有限公司", FIRM[:-1] + ("1" if FIRM[-1] != "1" else "2"))
    assert code(page, "id_number") == "credit_code_check"
    page.enter("id_number", FIRM)
    assert code(page, "id_number") == ""
    enter("0931-8765432", "")
    wait_until(page.form.editors["representative"].hasFocus, "the hand on the representative")
    assert codes(page) == {"representative_missing"}
    write("周远")
    assert codes(page) == set()
    assert page.presence.names() == ("周远",)
    press("F6")  # a body has no guardian
    assert not page.form.fields["guardian_name"].isVisible()
    press("F7")
    assert page.form.text("agent_mandate") == MandateKind.CORPORATE
    enter("李明", AGENT, "13893104569", "")
    page.form.focus("agent_mandate")
    press("4")
    assert code(page, "agent_mandate") == "mandate_corporate"
    press("3")
    page.enter("agent_mandate_scope", "申请登记")
    assert codes(page) == set()
    assert page.presence.names() == ("李明",)
    page.form.focus("name")
    assert not page.read_card.isVisible()  # a body's code tells no birth
    page.form.focus("agent_name")
    assert page.read_card.isVisible()


def test_a_passport_asks_for_the_day_of_birth(page: ApplicantPage):
    choose(page, DocumentKind.PASSPORT)
    page.form.focus("name")
    enter("SMITH JOHN", "E12345678", "13893104567", "")
    wait_until(page.form.editors["birth"].hasFocus, "the hand on the day of birth")
    assert codes(page) == {"birth_missing"}
    write("20150607")
    press("Tab")
    assert page.form.text("birth") == "2015-06-07"
    assert page.form.fields["guardian_name"].isVisible()  # a minor by the day that was entered
    page.enter("birth", "1985-03-07")
    assert codes(page) == set()


def test_another_kind_of_document_judges_the_same_number_anew(page: ApplicantPage):
    page.enter("id_number", "H12345678")
    assert code(page, "id_number") == "id_number_length"
    choose(page, DocumentKind.HONG_KONG_MACAO_PERMIT)
    assert code(page, "id_number") == ""


def test_the_wheel_turns_no_choice_that_it_rolls_over(page: ApplicantPage):
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    press("F4")
    editor = page.form.editors["document_kind"]
    middle = QPointF(editor.rect().center())
    wheel = QWheelEvent(
        middle,
        QPointF(editor.mapToGlobal(editor.rect().center())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor, wheel)
    tend()
    assert page.form.text("document_kind") == DocumentKind.ID_CARD


# -- names -------------------------------------------------------------------------------------------------


def test_rare_characters_stand_large_with_their_code_points(page: ApplicantPage):
    enter("陈䶮")
    assert page.rare.isVisible()
    shown = [text.text() for row in page.rare._rows for text in row if text.isVisible()]
    assert shown[:2] == ["䶮", "U+4DAE"]
    page.enter("name", "陈群")
    assert not page.rare.isVisible()


def test_a_private_use_character_that_was_typed_becomes_its_unicode_one(page: ApplicantPage):
    enter("陈\ue863")
    assert party(page).name == "陈䶮"
    page.enter("name", "陈\ue000")
    press("Tab")
    assert party(page).name == "陈\ue000"  # no table knows it: it is kept, and said
    assert "图形" in page.form.fields["name"].editor.accessibleDescription()


# -- values ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if not entry.choices])
def test_what_is_written_into_an_entry_is_read_from_it(name: str):
    entry = ENTRIES[name]
    of = Party(document_kind=DocumentKind.OTHER)
    written = entry.write(of, "王海燕")
    assert entry.read(written) == "王海燕"
    others = [n for n, e in ENTRIES.items() if not e.choices and n != name]
    assert [ENTRIES[n].read(written) for n in others] == [ENTRIES[n].read(of) for n in others]


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if entry.choices])
def test_every_choice_can_be_taken(name: str):
    entry = ENTRIES[name]
    for value in entry.choices:
        assert entry.read(entry.write(Party(), value)) == value


def test_a_number_changed_by_hand_was_not_read_by_the_machine():
    read = Party(document_number=MOTHER, machine_read=True, name="王小梅", name_raw="王小梅")
    assert ENTRIES["id_number"].write(read, MOTHER).machine_read
    assert not ENTRIES["id_number"].write(read, CHILD).machine_read
    assert not ENTRIES["document_kind"].write(read, DocumentKind.PASSPORT).machine_read
    assert ENTRIES["name"].write(read, "王小梅 ").name_raw == "王小梅"
    assert ENTRIES["name"].write(read, "王晓梅").name_raw == ""


@pytest.mark.parametrize(
    ("entry", "typed", "tidy"),
    [
        ("name", " 王海燕 ", "王海燕"),
        ("phone", "138 9310 4567", "13893104567"),
        ("phone", "12", "12"),
        ("id_number", "11010519491231002x", "11010519491231002X"),
        ("guardian_number", "６２０１０２198603071247", MOTHER),
        ("birth", "2015/6/7", "2015-06-07"),
        ("agent_mandate_witnesses", "王海燕；李小兰 、", "王海燕、李小兰"),
    ],
)
def test_entries_are_written_in_their_one_form(entry: str, typed: str, tidy: str):
    assert tidied(ENTRIES[entry], Party(), typed, TODAY) == tidy


def test_only_what_a_case_needs_is_shown():
    def names(of: Party, minor: bool = False, *unfolded: Section) -> set[str]:
        return set(shown_entries(of, minor=minor, unfolded=set(unfolded)))

    simple = {"name", "id_number", "phone", "address"}
    assert names(Party()) == simple
    assert names(Party(), False, Section.PERSON) == simple | {"role", "document_kind"}
    assert names(Party(role=Role.OBLIGOR)) == simple | {"role", "document_kind"}
    guardian = {"guardian_name", "guardian_number", "guardian_phone", "guardian_relation"}
    assert names(Party(), True) == simple | guardian
    assert names(Party(), True, Section.GUARDIAN) == simple | guardian | {"guardian_kind"}
    body = Party(document_kind=DocumentKind.CREDIT_CODE)
    assert names(body) == simple | {"role", "document_kind", "representative"}
