"""The resident's screen: follows the intake, masked; confirms, signs, rates; silent about everybody else."""

from __future__ import annotations

import json
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from storage.confirmations import confirmed
from tests import driving, walks
from tests.driving import press, wait_until
from tests.storage.evening import Evening
from tests.ui.intake_walk import at_materials, begin, type_applicant, type_property
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.resident.face import ResidentFace
from ui.resident.room import ResidentRoom, room_of
from ui.resident.spoken import spoken
from ui.resident.voice import Voice


def turned(window: MainWindow) -> ResidentRoom:
    """Turn the laptop round by its key."""
    press("Ctrl+F2", window)
    room = room_of(window, window._services)
    wait_until(room.face.isVisible, "the resident's face")
    return room


def shown(face: ResidentFace) -> list[str]:
    return [label.text() for label in face.findChildren(QLabel) if label.isVisible() and label.text()]


def test_it_follows_what_is_entered_and_masks_it_from_bystanders(window: MainWindow):
    screen = begin(window)
    type_applicant(screen)
    room = turned(window)
    words = shown(room.face)
    assert "张*群" in words and not any("620102198503071231" in text for text in words)
    room.face.entered.whole_button.held.emit(True)
    wait_until(lambda: "张立群" in shown(room.face), "the whole name")
    room.face.entered.whole_button.held.emit(False)
    assert "张立群" not in shown(room.face)
    press("Ctrl+F2", room.face.window())
    wait_until(lambda: not room.face.isVisible() and window.isActiveWindow(), "the operator's window")


def test_no_key_of_the_operators_works_while_the_laptop_is_turned(window: MainWindow):
    screen = at_materials(window)
    room = turned(window)
    for keys in ("Esc", "Ctrl+1", "F12", "Ctrl+N", "Return", "Alt+F4"):
        press(keys, room.face.window())
    room.face.window().close()
    assert room.turned() or window.place() == "intake"
    assert window.place() == "intake" and screen.step() is Step.MATERIALS


def test_a_locked_window_leaves_nobodys_facts_in_view(window: MainWindow):
    type_applicant(begin(window))
    room = turned(window)
    window.hide()
    wait_until(lambda: not room.face.isVisible(), "the face is gone")
    assert not any("张" in label.text() for label in room.face.message.findChildren(QLabel))


def test_a_confirmation_counts_until_the_facts_change(window: MainWindow, evening: Evening):
    screen = at_materials(window)
    case = screen.case()
    assert case is not None
    screen.go(Step.REVIEW)
    room = turned(window)
    assert room.face.entered.confirm_button.isVisible()
    QTest.mouseClick(room.face.entered.confirm_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: evening.read(lambda db: confirmed(db, case.id)) is not None, "the confirmation")
    wait_until(lambda: screen.review_page.confirmed.text() == "申请人已确认", "the chip")
    assert not room.face.entered.confirm_button.isEnabled()
    press("Ctrl+F2", room.face.window())
    screen.applicant_page.editors["phone"].setText("13893104568")
    screen.applicant_page.editors["phone"].textEdited.emit("13893104568")
    screen.go(Step.APPLICANT)
    screen.go(Step.REVIEW)
    assert screen.review_page.confirmed.text() == "确认之后有改动"


def test_the_resident_signs_on_the_own_side(window: MainWindow):
    screen = begin(window)
    type_applicant(screen)
    type_property(screen)
    screen.go(Step.SIGNATURES)
    room = turned(window)
    case = screen.case()
    assert case is not None
    before = len(case.application.signatures)
    signing = room.face.signing
    wait_until(signing.isVisible, "the text to sign")
    assert "张立群" in signing.words() and not signing.sign_button.isEnabled()
    driving.draw(signing.pad, walks.HAND)
    assert signing.sign_button.isEnabled()
    QTest.mouseClick(signing.sign_button, Qt.MouseButton.LeftButton)
    assert len(case.application.signatures) == before + 1
    assert case.application.signatures[-1].strokes


def test_a_rating_is_kept_without_the_case(window: MainWindow, evening: Evening, qtbot: QtBot):
    begin(window)
    room = turned(window)
    room._ask_rating()
    assert room.face.asks()
    worst = room.face.rating.choices()[-1]
    QTest.mouseClick(worst, Qt.MouseButton.LeftButton)
    assert not room.face.rating.done_button.isEnabled()
    QTest.mouseClick(room.face.rating.choices()[0], Qt.MouseButton.LeftButton)
    QTest.mouseClick(room.face.rating.done_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: bool(evening.sql("SELECT 1 FROM facts WHERE topic = 'rating'")), "the rating")
    ((body,),) = evening.sql("SELECT body FROM facts WHERE topic = 'rating'")
    assert json.loads(body) == {"level": "1", "reasons": ["waited"], "scale": "2026.12.1"}
    assert "谢谢" in shown(room.face)


def test_numbers_are_not_called_out() -> None:
    text = "申请人：张*群\n证件号码：62010219850307123X\n电话 13893104567，3号楼 1201"
    said = spoken(text, "zh")
    assert "62010219850307" not in said and "尾号1 2 3 X" in said and "尾号4 5 6 7" in said
    assert "1201" in said and "张某群" in said


@pytest.mark.parametrize(("engines", "speaks"), [(("mock",), True), (("nothing",), False)])
def test_a_voice_reads_in_a_process_of_its_own(qtbot: QtBot, engines: tuple[str, ...], speaks: bool) -> None:
    voice = Voice(engines)
    with qtbot.waitSignal(voice.languages_found, timeout=20_000):
        voice.prepare()
    assert voice.can_speak("en") is speaks
    if speaks:
        with qtbot.waitSignal(voice.speaking_changed, timeout=10_000):
            voice.say("Please check what is entered", "en")
        assert voice.speaking()
    started = time.monotonic()
    voice.close()
    assert time.monotonic() - started < 5
    QApplication.processEvents()


def test_on_a_second_screen_it_stands_while_there_is_something_for_a_resident(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.resident.room.other_screen", lambda _: window.screen())
    press("Ctrl+F2", window)
    room = room_of(window, window._services)
    assert room.beside() and not room.face.isVisible()  # nobody at the table: the board has the screen
    type_applicant(begin(window))
    wait_until(lambda: room.face.isVisible() and "张*群" in shown(room.face), "the case on the second screen")
    assert window.isActiveWindow()  # the operator goes on typing
    monkeypatch.setattr("ui.resident.room.other_screen", lambda _: None)
    room._show()
    assert not room.beside() and not room.face.isVisible()  # it was pulled out
