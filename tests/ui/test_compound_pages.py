"""The survey and the compound's file in the ledger: one door after the other, one entry after the other."""

from __future__ import annotations

import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from capture.imaging import ImagingPool
from registration.errors import JilaiError
from registration.facts import Attachment
from registration.survey import Answers, SurveyState
from storage import dossiers, feed, reference, survey_drafts, surveys
from tests.driving import press, tend, wait_until, words_on, write
from tests.storage.evening import COMPOUND, NOW, Evening
from tests.ui.window import picture, reopened, services_over
from ui.main_window import MainWindow
from ui.screens.compound_entry import sealed_file
from ui.screens.compound_file import CompoundFileScreen
from ui.screens.hub import HubScreen
from ui.screens.survey import SurveyScreen
from ui.settings import Settings
from ui.signals import Signals
from ui.widgets import SecondaryButton
from ui.widgets.entry_row import EntryRow
from ui.widgets.page_viewer import PageViewer


@pytest.fixture
def ledger(window: MainWindow) -> HubScreen:
    wait_until(window.isActiveWindow, "the window")
    found = window.go("ledger")
    assert isinstance(found, HubScreen)
    return found


@pytest.fixture
def survey(ledger: HubScreen) -> SurveyScreen:
    page = ledger.open_tab("survey")
    assert isinstance(page, SurveyScreen)
    wait_until(page.ready, "the first door")
    return page


@pytest.fixture
def file(ledger: HubScreen) -> CompoundFileScreen:
    page = ledger.open_tab("file")
    assert isinstance(page, CompoundFileScreen)
    wait_until(page.ready, "the compound")
    return page


def test_a_door_is_surveyed_by_keys_and_the_next_one_comes(survey: SurveyScreen, evening: Evening):
    first = survey.picker.grid.current_household()
    press("1")
    survey.form.lines["owner"].setFocus()
    write("张立群")
    press("Tab")
    write("13893104567")
    press("Ctrl+Return")
    wait_until(lambda: survey.picker.grid.current_household() != first and survey.ready(), "the next door")
    found = evening.read(surveys.survey, first)
    assert (found.state, found.answers.owner, found.answers.phone) == (
        SurveyState.SURVEYED, "张立群", "13893104567",
    )  # fmt: skip
    wait_until(lambda: "1/12" in " ".join(words_on(survey)), "the progress")
    second = survey.picker.grid.current_household()
    press("H")
    wait_until(lambda: evening.read(surveys.survey, second).state is SurveyState.NOT_HOME, "the second door")


def test_a_second_press_is_no_second_knock(survey: SurveyScreen, evening: Evening):
    first = survey.picker.grid.current_household()
    survey.door.missed.click()
    survey.door.missed.click()
    wait_until(lambda: survey.picker.grid.current_household() != first and survey.ready(), "the next door")
    assert evening.read(surveys.survey, first).tries == 1


def test_what_was_heard_is_masked_and_kept(survey: SurveyScreen, evening: Evening):
    first = survey.picker.grid.current_household()
    press("2")
    survey.form.lines["owner"].setText("张立群")
    press("Ctrl+Return")
    wait_until(lambda: survey.picker.grid.current_household() != first and survey.ready(), "the next door")
    survey.picker.go_to(first)
    wait_until(lambda: "张*群" in words_on(survey.form), "the masked name")
    assert not any("张立群" in text for text in words_on(survey))
    assert all(line.text() == "" for line in survey.form.findChildren(QLineEdit)[:2])
    press("3")
    press("Ctrl+Return")
    wait_until(lambda: evening.read(surveys.survey, first).answers.lives == "empty", "the later answer")
    assert evening.read(surveys.survey, first).answers.owner == "张立群"


def typed(survey: SurveyScreen, evening: Evening) -> str:
    """Type a name, a number and a choice at the first door; return it once the store holds them."""
    home = survey.picker.grid.current_household()
    survey.form.lines["owner"].setFocus()
    write("张立群")
    press("Tab")
    write("1389310")
    survey.form.papers["invoice"].setFocus()
    press("Right")
    wanted = Answers(owner="张立群", phone="1389310", invoice=True)
    wait_until(lambda: evening.read(survey_drafts.held, home) == wanted, "what was typed, in the store")
    return home


def test_what_is_typed_outlives_a_kill(
    survey: SurveyScreen, evening: Evening, tmp_path: Path, settings: Settings, qtbot: QtBot
):
    home = typed(survey, evening)
    shutil.copytree(tmp_path / "data", tmp_path / "killed")  # the files of a process that ended just now
    again = reopened(tmp_path / "killed")
    signals, pool = Signals(), ImagingPool()
    after = MainWindow(services_over(again, settings, signals, pool))
    qtbot.addWidget(after)
    after.resize(1366, 768)
    after.show()
    hub = after.go("ledger")
    assert isinstance(hub, HubScreen)
    page = hub.open_tab("survey")
    assert isinstance(page, SurveyScreen)
    wait_until(page.ready, "the first door")
    page.picker.go_to(home)
    wait_until(page.door.drop_button.isVisible, "what was typed, said as such")
    assert page.form.answers() == Answers(owner="张立群", phone="1389310", invoice=True)
    signals.blockSignals(True)
    pool.close()
    again.close()


def test_what_is_typed_waits_at_its_door(survey: SurveyScreen, evening: Evening):
    home = typed(survey, evening)
    survey.form.lines["note"].setFocus()
    write("晚上来")
    following = next(one for one in survey.picker.cells() if one.household.id != home).household.id
    survey.picker.go_to(following)  # before the last words can be in the store
    wait_until(lambda: survey.ready() and survey.form.answers() == Answers(), "the other door, empty")
    survey.picker.go_to(home)
    wait_until(lambda: survey.form.answers().note == "晚上来", "the words at their door")
    survey.form.lives.setFocus()
    press("X")
    wait_until(lambda: evening.read(survey_drafts.held, home) is None, "the store to forget it")
    assert survey.form.answers() == Answers()
    press("Ctrl+Z")
    assert survey.form.answers().owner == "张立群"
    press("1")
    press("Ctrl+Return")
    wait_until(lambda: evening.read(surveys.survey, home).answers.note == "晚上来", "the answers, kept")
    assert evening.read(survey_drafts.of_compound, "c1") == frozenset()


def test_a_locked_window_loses_no_word(survey: SurveyScreen, window: MainWindow, evening: Evening):
    home = survey.picker.grid.current_household()
    survey.form.lines["note"].setFocus()
    write("晚上来")
    window.hide()  # as locking does, before any time has passed
    evening.write(lambda db: db.execute("SELECT 1"))  # behind all that was handed to the store before
    held = evening.read(survey_drafts.held, home)
    assert held is not None and held.note == "晚上来"


def test_a_door_without_who_lives_there_is_not_kept(survey: SurveyScreen, evening: Evening):
    press("Ctrl+Return")
    wait_until(survey.problem.isVisible, "the problem")
    assert evening.sql("SELECT count(*) FROM surveys") == [(0,)]


def _says(page: CompoundFileScreen, text: str) -> bool:
    return text in words_on(page)


def test_the_plan_has_versions(file: CompoundFileScreen, evening: Evening):
    for text in ("先大证", "后小证"):
        press("P")
        press("Ctrl+A")
        write(text)
        press("Tab")
        press("Space")
        wait_until(partial(_says, file, text), "the plan")
    assert [one.text for one in evening.read(dossiers.of_compound, "c1").plans] == ["后小证", "先大证"]
    assert any("2" in words and "方案" in words for words in words_on(file))


def test_a_plan_that_was_left_by_mistake_is_there_again(file: CompoundFileScreen, evening: Evening):
    press("P")
    write("先大证")
    press("Escape")
    assert not evening.sql("SELECT 1 FROM facts WHERE verb = 'plan_written'")
    press("P")
    editor = file.window().focusWidget()
    assert isinstance(editor, QPlainTextEdit) and editor.toPlainText() == "先大证"
    press("Tab")
    press("Space")
    wait_until(partial(_says, file, "先大证"), "the plan")
    press("P")
    press("Escape")
    assert not file._unkept  # what is kept is nothing that was left


def test_minutes_need_a_number_and_say_so(file: CompoundFileScreen, evening: Evening):
    press("U")
    write("专题会议")
    press("Return")
    wait_until(lambda: any("文号" in words for words in words_on(file.window())), "what is missing")
    write("〔2026〕3号")  # where it is missing the focus stands already
    press("Return")
    wait_until(lambda: evening.read(dossiers.of_compound, "c1").papers, "the minutes")
    (paper,) = evening.read(dossiers.of_compound, "c1").papers
    assert (paper.title, paper.number, paper.day) == ("专题会议", "〔2026〕3号", "2026-11-24")


def test_an_entry_is_kept_once_and_another_windows_entry_takes_no_focus(
    file: CompoundFileScreen, evening: Evening
):
    press("A")
    write("纺织厂家属院")
    editor = file.window().focusWidget()
    evening.write(
        dossiers.change, evening.who, evening.now, fact_id="f-other", compound_id="c1",
        verb="plan_written", body={"text": "先大证"},
    )  # fmt: skip
    wait_until(partial(_says, file, "先大证"), "the other entry")
    assert file.window().focusWidget() is editor
    assert isinstance(editor, QLineEdit)
    for _ in range(2):  # both before the store answers
        editor.returnPressed.emit()
    wait_until(lambda: evening.read(dossiers.of_compound, "c1").aliases, "the other name")
    tend()
    assert len(evening.sql("SELECT 1 FROM facts WHERE verb = 'alias_added'")) == 1


def keep(evening: Evening, verb: str, body: dict[str, object], *attachments: Attachment) -> None:
    evening.write(
        dossiers.change, evening.who, evening.now - timedelta(minutes=1), fact_id=f"f-{verb}",
        compound_id="c1", verb=verb, body=body, attachments=attachments,
    )  # fmt: skip


def entry(file: CompoundFileScreen, name: str) -> EntryRow:
    """Return the row of that name, with the focus, once it stands there."""

    def found() -> list[EntryRow]:
        rows = file.findChildren(EntryRow)
        return [row for row in rows if row.isVisible() and row.accessibleName() == name]

    wait_until(lambda: len(found()) == 1, f"the entry {name}")
    found()[0].setFocus()
    return found()[0]


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("contact_kept", {"id": "k-1", "name": "要去掉", "team": False}),
        ("paper_kept", {"id": "p-1", "title": "要去掉", "kind": "document"}),
        ("alias_added", {"alias": "要去掉"}),
    ],
)
def test_an_entry_goes_with_a_reason_that_the_history_shows(
    file: CompoundFileScreen, evening: Evening, verb: str, body: dict[str, object]
):
    keep(evening, verb, body)
    entry(file, "要去掉")
    press("Delete")
    press("Return")
    wait_until(
        lambda: any("档案这一项不完整" in words for words in words_on(file.window())), "a reason asked for"
    )
    write("记错了")
    press("Return")

    def kept() -> int:
        found = evening.read(dossiers.of_compound, "c1")
        return len(found.contacts) + len(found.papers) + len(found.aliases)

    wait_until(lambda: not kept(), "the entry to go")
    wait_until(lambda: any("要去掉 · 记错了" in words for words in words_on(file)), "the history")


def test_an_entry_is_corrected_by_keys_and_has_the_focus_again(file: CompoundFileScreen, evening: Evening):
    keep(evening, "contact_kept", {"id": "k-1", "name": "陈明", "phone": "0931-1"})
    entry(file, "陈明")
    press("F2")
    for _ in range(3):
        press("Tab")
    press("Ctrl+A")
    write("0931-2")
    press("Return")
    wait_until(lambda: evening.read(dossiers.of_compound, "c1").contacts[0].phone == "0931-2", "the number")
    assert len(evening.read(dossiers.of_compound, "c1").contacts) == 1

    def back() -> bool:
        row = file.focusWidget()
        return isinstance(row, EntryRow) and row.hasFocus() and "0931-2" in words_on(row)

    wait_until(back, "the corrected entry with the focus")


def test_what_the_file_speaks_for_is_proposed_by_one_key_and_not_before(
    file: CompoundFileScreen, evening: Evening
):
    unregistered = {**COMPOUND, "project_registration": "missing"}
    evening.write(feed.apply_feed, NOW, [{"seq": 700, "kind": "compound", "body": unregistered}], 700)
    paper = {
        "id": "p-1",
        "kind": "first_certificate",
        "title": "大证",
        "number": "甘2026-7",
        "day": "2026-11-20",
    }
    keep(evening, "paper_kept", {**paper})
    wait_until(lambda: any("甘2026-7 · 2026-11-20" in words for words in words_on(file)), "why")
    assert evening.read(dossiers.of_compound, "c1").proposals == ()
    press("Y")
    press("Y")
    wait_until(lambda: evening.read(dossiers.of_compound, "c1").proposals, "the proposal")
    (proposal,) = evening.read(dossiers.of_compound, "c1").proposals
    assert (proposal.field, proposal.value) == ("project_registration", "registered")
    tend()
    assert len(evening.sql("SELECT 1 FROM facts WHERE verb = 'proposed'")) == 1
    entry(file, "建议")
    wait_until(lambda: not file.findChildren(SecondaryButton, "accept"), "nothing more to propose")
    known = evening.read(reference.compound, "c1")
    assert known is not None and known.project_registration.value == "missing"  # the centre decides


def test_attached_files_open_over_the_window_and_hostile_ones_say_why(
    file: CompoundFileScreen, evening: Evening
):
    scan = (Path(__file__).parents[1] / "samples" / "contract-3-pages.pdf").read_bytes()
    files = [
        Attachment(evening.pages.put(data), len(data), kind, "document")
        for data, kind in (
            (scan, "application/pdf"),
            (picture(1), "image/jpeg"),
            (b"%PDF-1.7 x", "application/pdf"),
        )
    ]
    files.append(Attachment("ab" * 32, 9, "image/jpeg", "document"))  # another window's, on its way
    keep(evening, "paper_kept", {"id": "p-1", "title": "红头文件", "kind": "document"}, *files)
    before = set(evening.folder.rglob("*"))
    entry(file, "红头文件")
    press("Return")
    wait_until(lambda: file.window().findChildren(PageViewer), "the viewer")
    (viewer,) = file.window().findChildren(PageViewer)
    for place in range(4):  # three pages of the scan, and the photo
        wait_until(lambda: not viewer._image.isNull(), f"page {place}")
        press("Right")
    for said in ("PDF", "还没有送到"):
        wait_until(lambda said=said: said in viewer._words, said)  # type: ignore[misc]
        press("Right")
    press("Escape")
    assert not any(path.suffix in (".pdf", ".jpg") for path in set(evening.folder.rglob("*")) - before)


def test_the_file_is_printed(file: CompoundFileScreen, evening: Evening):
    keep(evening, "plan_written", {"text": "先大证\n后小证"})
    wait_until(partial(_says, file, "先大证\n后小证"), "the plan")
    press("Ctrl+P")
    wait_until(lambda: any("已送打印机" in words for words in words_on(file)), "the printer")


def test_what_nobody_could_look_at_later_is_not_attached(file: CompoundFileScreen, tmp_path: Path):
    scan = tmp_path / "scan.pdf"
    for data, code in (
        (b"", "empty_file"),
        (b"%PDF-1.7 nothing more", "pdf_broken"),
        (b"MZ program", "not_an_image"),
    ):
        scan.write_bytes(data)
        with pytest.raises(JilaiError, match=code):
            sealed_file(file._services, scan)
    scan.write_bytes(picture(1))
    assert sealed_file(file._services, scan).media_type == "image/jpeg"  # whatever it is called


def test_the_building_table_opens_the_file(window: MainWindow):
    wait_until(window.isActiveWindow, "the window")
    table = window.go("table")
    wait_until(lambda: table.picker.grid.current_cell() is not None, "the households")  # type: ignore[attr-defined]
    press("M")
    wait_until(lambda: window.place() == "ledger", "the ledger")
    tend()
    hub = window.screen_of("ledger")
    assert isinstance(hub, HubScreen) and hub.tab() == "file"
