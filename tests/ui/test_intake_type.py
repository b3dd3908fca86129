"""The type step: every type of the pack, by number or by typing, and what each of them asks for."""

from __future__ import annotations

import pytest

from registration.application import Application
from registration.checklist import Track
from registration.legacy import CaseSource
from storage import feed
from tests.driving import click, press, tend, wait_until, write
from tests.storage.evening import COMPOUND, Evening
from tests.ui.intake_walk import begin, stored, type_applicant
from ui.intake.case import IntakeCase
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.intake.type import TypePage
from ui.main_window import MainWindow

CERTIFICATE = "甘(2022)兰州市不动产权第0000001号"


def at_type(window: MainWindow, evening: Evening, *categories: str) -> tuple[IntakeScreen, IntakeCase]:
    """Return an intake that stands at its type, in a compound with these problem categories."""
    body = {**COMPOUND, "categories": list(categories)}
    evening.write(feed.apply_feed, evening.now, [{"seq": 40, "kind": "compound", "body": body}], 40)
    screen = begin(window)
    type_applicant(screen)
    picker = screen.property_page.picker
    wait_until(lambda: picker.grid.current_cell() is not None, "the building table")
    write("10-2-1202")
    press("Return")
    wait_until(lambda: screen.step() is Step.TYPE, "the type")
    case = screen.case()
    assert case is not None
    return screen, case


def facts(case: IntakeCase) -> Application:
    """Return the facts as they are now."""
    return case.application


def words_in(page: TypePage) -> str:
    """Return every word that the cards beside the type say."""
    return " ".join(card.words() for card in page.category_cards())


def test_the_common_case_is_one_enter(window: MainWindow, evening: Evening):
    screen, case = at_type(window, evening)
    assert facts(case).type_code == "new_housing_transfer"
    assert screen.type_page.choices.hasFocus()
    press("Return")
    wait_until(lambda: screen.step() is Step.MATERIALS, "the materials")
    assert facts(case).source is CaseSource.ORDINARY


def test_a_type_is_chosen_by_its_number_and_asks_for_its_sub_type_first(window: MainWindow, evening: Evening):
    screen, case = at_type(window, evening)
    press("3")
    assert facts(case).type_code == case.checklist.type_code == "change"
    press("Return")
    page = screen.type_page
    assert screen.step() is Step.TYPE and page.entry_in_focus() == "subtype"
    press("2")
    assert facts(case).subtype == "document"
    press("Return")
    wait_until(lambda: screen.step() is Step.MATERIALS, "the materials")
    wait_until(lambda: stored(evening, case.id).application.subtype == "document", "the sub-type kept")


@pytest.mark.parametrize(
    ("typed", "code"), [("djzl", "records_query"), ("mortgage reg", "mortgage"), ("异议", "objection")]
)
def test_typing_finds_a_type_by_its_words_and_by_pinyin_initials(
    window: MainWindow, evening: Evening, typed: str, code: str
):
    screen, case = at_type(window, evening)
    page = screen.type_page
    if not typed.isascii():
        page.search.take_focus()
    write(typed)
    assert page.search.text() == typed
    press("Return")
    assert facts(case).type_code == code
    assert page.choices.hasFocus() and not page.search.text()


def test_what_is_taken_elsewhere_says_where_and_what_to_bring(window: MainWindow, evening: Evening):
    screen, case = at_type(window, evening)
    page = screen.type_page
    press("/")
    wait_until(page.search.hasFocus, "the search")
    write("继承")
    press("Return")
    assert facts(case).type_code == "inheritance"
    assert page.route.isVisible() and page.route.route.text() == "本窗口不收件"
    assert "亲属关系材料" in page.route.papers.text()
    assert not page.subtype.isVisible() and not page.certificate.isVisible()
    codes = [problem.code for problem in case.missing()]
    assert "type_appointment" in codes
    press("Return")
    wait_until(lambda: screen.step() is Step.MATERIALS, "no dead end")


def test_the_existing_certificate_is_judged_while_it_is_typed(window: MainWindow, evening: Evening):
    screen, case = at_type(window, evening)
    press("7")
    field = screen.type_page.certificate.field
    screen.type_page.focus_entry("certificate_number")
    write("甘（2022）兰州市")
    screen.type_page.choices.setFocus()
    tend()
    problem = field.problem()
    assert problem is not None and problem.code == "certificate_number"
    screen.type_page.focus_entry("certificate_number")
    press("Ctrl+A")
    write(CERTIFICATE)
    assert field.problem() is None
    screen.type_page.choices.setFocus()
    assert facts(case).certificate_number == "甘（2022）兰州市不动产权第0000001号"


def test_a_mortgage_is_entered_line_by_line_with_enter(window: MainWindow, evening: Evening):
    screen, case = at_type(window, evening)
    page = screen.type_page
    press("4")
    press("Return")
    press("2")  # 最高额抵押权首次登记
    assert facts(case).subtype == "first_maximum"
    press("Return")
    assert page.entry_in_focus() == "mortgage.amount"
    write("50万")
    press("Return")
    write("20261201")
    press("Return")
    write("2046.11.30")
    press("Return")
    assert page.entry_in_focus() == "mortgage.transfer_ban"
    press("1")
    press("Return")
    assert page.entry_in_focus() == "mortgage.maximum"
    press("Space")
    press("Tab")
    write("本金和利息")
    press("Return")
    wait_until(lambda: screen.step() is Step.MATERIALS, "the materials")
    mortgage = facts(case).mortgage
    assert mortgage is not None
    assert (mortgage.amount, mortgage.starts, mortgage.ends) == ("50万", "2026-12-01", "2046-11-30")
    assert (mortgage.transfer_ban, mortgage.maximum, mortgage.scope) == ("no", True, "本金和利息")
    assert not [p for p in case.missing() if p.field.startswith("type")]


def test_cancelling_a_mortgage_asks_for_no_amount(window: MainWindow, evening: Evening):
    screen, case = at_type(window, evening)
    press("4")
    press("Return")
    press("6")
    assert facts(case).subtype == "cancel"
    assert not screen.type_page.mortgage.isVisible()


def test_a_compound_with_problems_suggests_a_legacy_case_and_says_why(window: MainWindow, evening: Evening):
    screen, case = at_type(window, evening, "C2", "C4")
    page = screen.type_page
    assert facts(case).source is CaseSource.LEGACY
    assert page.source.why.text() == "建议：历史遗留。小区档案记有类别 C2、C4。"
    said = words_in(page)
    assert "欠缴土地出让价款或者相关税费" in said and "自然资源部门 · 财政部门、税务部门" in said
    assert "缴纳本人的契税，保留付款凭证" in said
    assert "欠缴未分离：先缴后登，或者取得证缴分离认定" in said
    page.focus_entry("source")
    press("1")
    assert facts(case).source is CaseSource.ORDINARY


def test_a_household_has_categories_of_its_own_beside_the_projects(window: MainWindow, evening: Evening):
    screen, case = at_type(window, evening, "C2")
    page = screen.type_page
    click(page.source.more)
    assert page.entry_in_focus() == "categories"
    press("2")  # the project's stays
    press("7")
    press("8")
    press("8")
    assert facts(case).categories == ("C7",)
    click(page.source.categories, page.source.categories.box("C10").center().toPoint())
    assert facts(case).categories == ("C7", "C10")
    assert "购房关系认定意见" in words_in(page)


def test_the_green_channel_keeps_who_opened_it_and_asks_for_the_determination(
    window: MainWindow, evening: Evening
):
    screen, case = at_type(window, evening, "C2")
    page = screen.type_page
    page.focus_entry("green_channel")
    press("Space")
    assert page.entry_in_focus() == "green_channel.urgency"
    press("4")
    channel = facts(case).green_channel
    assert channel is not None
    assert (channel.set_by, channel.urgency) == ("王海燕", "medical")
    assert channel.set_at == evening.now.isoformat(timespec="minutes")
    press("Return")
    for entry, text in (
        ("no_fault.decided_by", "登记难问题化解专班"),
        ("no_fault.decided_on", "20261120"),
        ("no_fault.basis", "无过错认定书 专班〔2026〕7号"),
    ):
        assert page.entry_in_focus() == entry
        write(text)
        press("Return")
    wait_until(lambda: screen.step() is Step.MATERIALS, "the materials")
    decision = facts(case).no_fault
    assert decision is not None and decision.decided_on == "2026-11-20"
    assert not [p for p in case.missing() if p.field.startswith("type")]


def test_tracks_are_offered_as_the_type_feeds_them(window: MainWindow, evening: Evening):
    screen, case = at_type(window, evening)
    page = screen.type_page
    page.focus_entry("tracks")
    press("1")  # registration is always among them
    press("3")
    assert facts(case).tracks == (Track.REGISTRATION, Track.TAX)
    assert any(row.item.code == "housing_statement" for row in case.board())
    page.focus_entry("type")
    press("3")
    assert facts(case).tracks == (Track.REGISTRATION,)
    assert not page.tracks.isVisible()


def test_across_provinces_is_asked_of_the_three_types_alone(window: MainWindow, evening: Evening):
    screen, case = at_type(window, evening)
    page = screen.type_page
    offered = []
    for row in page.choices.shown():
        page.choices.chosen.emit(row)
        if page.tracks.cross_province.isVisible():
            offered.append(row)
    assert offered == ["mortgage", "advance_notice", "records_query"]
    press("4")
    page.focus_entry("cross_province")
    press("Space")
    assert facts(case).cross_province
    page.focus_entry("type")
    press("1")
    assert not facts(case).cross_province


def test_another_type_keeps_every_page_and_names_what_has_no_row(window: MainWindow, evening: Evening):
    screen, case = at_type(window, evening)
    case.save()
    wait_until(lambda: case.keeping.value == "kept", "the draft")
    for item in ("identity", "invoice"):
        evening.add(case.id, item)
    case.reload_pages()
    wait_until(lambda: len(case.pages) == 2, "the pages")
    press("3")
    page_of_types = screen.type_page
    assert page_of_types.notice.isVisible()
    assert len(case.pages) == 2
    other = next(row for row in case.board() if row.item.code == "invoice")
    assert (other.item.zh, other.pages) == ("其他材料：购房发票", 1)
    press("Alt+4")
    wait_until(lambda: screen.step() is Step.MATERIALS, "the materials")
    board = screen.materials_page.board
    board.choose("invoice")
    assert len(board.pages_of_row()) == 1
    press("Alt+3")
    press("1")
    assert not page_of_types.notice.isVisible()
    assert next(r for r in case.board() if r.item.code == "invoice").item.zh == "购房发票"


def test_escape_empties_the_search_before_it_goes_back(window: MainWindow, evening: Evening):
    screen, _ = at_type(window, evening)
    page = screen.type_page
    write("query")
    wait_until(lambda: page.choices.shown() == ["records_query"], "the list narrowed")
    press("Esc")
    wait_until(lambda: len(page.choices.shown()) == 13, "the whole list")
    press("Esc")
    if screen.step() is Step.TYPE:  # the first press only emptied the box
        press("Esc")
    wait_until(lambda: screen.step() is Step.PROPERTY, "the property")
