"""Shared widgets: fields that say what is wrong, details for support, keys that do what they say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from registration.application import Delivery
from registration.errors import CentreError, InputError, MachineError, Problem
from tests.ui.accessible import act
from ui.app import dress
from ui.settings import Preferences
from ui.theme import Tone
from ui.widgets import (
    Chip,
    EmptyState,
    Field,
    InlineProblem,
    Lamps,
    PrimaryButton,
    RevealButton,
    SearchBox,
    Segmented,
    Sheet,
    Text,
    Toast,
)
from ui.widgets.pills import Pill, Pills


def _to_front(host: QWidget, qtbot: QtBot) -> None:
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)


def test_a_field_says_what_is_wrong_and_takes_it_back(qtbot: QtBot):
    field = Field("证件号", QLineEdit(), hint="18 位")
    qtbot.addWidget(field)
    assert field._below.text_whole() == "18 位"
    field.show_problem(Problem("id_number_check"))
    assert field.editor.property("invalid") is True and "校验" in field._below.text_whole()
    assert "校验" in field.editor.accessibleDescription()
    field.show_problem(None)
    assert field.editor.property("invalid") is False and field._below.text_whole() == "18 位"


def test_a_fields_problem_changes_language(qapp: QApplication, qtbot: QtBot):
    field = Field("证件号", QLineEdit())
    qtbot.addWidget(field)
    field.show()
    field.show_problem(Problem("id_number_check"))
    dress(qapp, Preferences(language="en"))
    qtbot.waitUntil(lambda: field._below.text_whole().isascii())


@pytest.mark.parametrize(
    ("error", "tone"),
    [
        (InputError("unlock_failed"), Tone.SEAL),
        (MachineError("disk_full"), Tone.AMBER),
        (CentreError("offline"), Tone.AMBER),
    ],
)
def test_a_problem_is_red_only_when_it_cannot_go_on(qtbot: QtBot, error: InputError, tone: Tone):
    problem = InlineProblem()
    qtbot.addWidget(problem)
    problem.show_problem(error)
    assert problem.property("tone") == tone
    assert problem._title.text() and problem._remedy.text()


def test_the_details_hold_code_and_both_languages(qtbot: QtBot):
    problem = InlineProblem()
    qtbot.addWidget(problem)
    problem.show_problem(MachineError("number_block_empty", last="0200"))
    problem._copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "number_block_empty" in copied and "0200" in copied and "收件号已用完" in copied
    assert "No receipt numbers left" in copied


def test_retry_is_offered_only_where_it_can_help(qtbot: QtBot):
    problem = InlineProblem()
    qtbot.addWidget(problem)
    problem.show_words("标题", "内容", can_retry=True)
    assert problem._retry.isVisible() and not problem._copy.isVisible()
    with qtbot.waitSignal(problem.retried):
        problem._retry.click()
    problem.show_problem(Problem("offline"))
    assert not problem._retry.isVisible()


def test_search_tells_once_when_typing_rests_and_at_once_on_enter(qtbot: QtBot):
    box = SearchBox("找")
    qtbot.addWidget(box)
    box.show()
    told: list[str] = []
    box.searched.connect(told.append)
    qtbot.keyClicks(box, "zlq")
    assert told == []
    qtbot.waitUntil(lambda: told == ["zlq"])
    qtbot.keyClicks(box, "x")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told == ["zlq", "zlqx"]
    qtbot.wait(120)
    assert told == ["zlq", "zlqx"]


def test_text_is_never_markup(qtbot: QtBot):
    text = Text("<b>张</b>&amp;")
    qtbot.addWidget(text)
    assert text.textFormat() is Qt.TextFormat.PlainText


def test_elided_text_keeps_the_whole_in_its_tool_tip(qtbot: QtBot):
    text = Text("金河湾三号楼二单元一千二百零一室的很长的坐落", elide=True)
    qtbot.addWidget(text)
    text.resize(80, 20)
    text.show()
    assert text.text().endswith("…") and text.toolTip() == text.text_whole()
    text.resize(900, 20)
    assert text.text() == text.text_whole() and not text.toolTip()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_buttons_answer_to_enter_and_space(qtbot: QtBot, key: Qt.Key):
    button = PrimaryButton("提交", "Enter")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)
    button.set_busy("正在提交…")
    assert not button.isEnabled()


def test_holding_reveals_and_losing_the_focus_hides(qtbot: QtBot):
    button, other = RevealButton("按住查看"), QLineEdit()
    host = QWidget()
    qtbot.addWidget(host)
    for widget in (button, other):
        widget.setParent(host)
    host.show()
    _to_front(host, qtbot)
    seen: list[bool] = []
    button.revealed.connect(seen.append)
    button.setFocus()
    qtbot.keyPress(button, Qt.Key.Key_Return)
    qtbot.keyPress(button, Qt.Key.Key_Return)  # repeats say nothing new
    other.setFocus()
    assert seen == [True, False]


def test_what_is_revealed_hides_by_itself_and_on_leaving(qtbot: QtBot):
    button = RevealButton("按住查看", longest=50)
    qtbot.addWidget(button)
    button.show()
    seen: list[bool] = []
    button.revealed.connect(seen.append)
    button.set_revealed(True)  # and nobody lets go
    qtbot.waitUntil(lambda: seen == [True, False])
    lasting = RevealButton("按住查看")
    qtbot.addWidget(lasting)
    lasting.show()
    lasting.revealed.connect(seen.append)
    lasting.set_revealed(True)
    lasting.hide()
    assert seen == [True, False, True, False]


def test_a_choice_moves_by_arrows_and_by_mouse(qtbot: QtBot):
    choice = Segmented([("a", "甲"), ("b", "乙"), ("c", "丙")])
    qtbot.addWidget(choice)
    choice.resize(choice.sizeHint())
    told: list[str] = []
    choice.chosen.connect(told.append)
    qtbot.keyClick(choice, Qt.Key.Key_Left)
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton, pos=choice.rect().center())
    assert told == ["c", "b"] and choice.value() == "b"


def test_lamps_say_in_words_what_they_show(qtbot: QtBot):
    lamps = Lamps(Delivery.ON_DISK, False)
    qtbot.addWidget(lamps)
    assert lamps.toolTip() == "已存本机 · 没有副本 · 还没送到中心"
    lamps.set_lamps(Delivery.HELD, True)
    assert lamps.toolTip() == "已存本机 · 已有副本 · 中心已签收"


@pytest.mark.parametrize("delivery", Delivery)
def test_each_delivery_looks_different(qtbot: QtBot, delivery: Delivery):
    """Not by colour alone: in one ink every two states differ, but for those that mean the same."""
    pictures = {}
    for other in Delivery:
        lamps = Lamps(other, False)
        qtbot.addWidget(lamps)
        lamps.resize(lamps.sizeHint())
        pictures[other] = lamps.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    same = {other for other in Delivery if pictures[other] == pictures[delivery]}
    alike = {Delivery.DRAFT, Delivery.ON_DISK}  # both are on this disk and not yet at the centre
    assert same == (alike if delivery in alike else {delivery})


def test_an_empty_place_offers_the_next_step_or_no_button(qtbot: QtBot):
    empty = EmptyState("inbox", "没有", "先做这个", "开始")
    qtbot.addWidget(empty)
    empty.show()
    with qtbot.waitSignal(empty.acted):
        empty._button.click()
    empty.set_words("没有", "什么也不用做")
    assert not empty._button.isVisible()


def test_a_closed_sheet_is_freed_and_gives_the_focus_back(qtbot: QtBot):
    host = QWidget()
    edit = QLineEdit(host)
    qtbot.addWidget(host)
    host.resize(800, 600)
    host.show()
    _to_front(host, qtbot)
    edit.setFocus()
    sheet = Sheet(host, "问")
    sheet.open()
    assert not edit.hasFocus()
    sheet.close_sheet()
    assert edit.hasFocus()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(sheet)


def test_a_toast_leaves_by_itself_and_takes_no_focus(qtbot: QtBot):
    host = QWidget()
    edit = QLineEdit(host)
    qtbot.addWidget(host)
    host.show()
    _to_front(host, qtbot)
    edit.setFocus()
    toast = Toast(host)
    toast.show_text("已保存", seconds=0.05)
    assert toast.isVisible() and edit.hasFocus()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_chip_has_room_for_its_words(qtbot: QtBot):
    chip = Chip("已收件", Tone.PRIMARY)
    qtbot.addWidget(chip)
    before = chip.sizeHint().width()
    chip.set_chip("已收件，待中心签收", Tone.BLUE, "check")
    assert chip.sizeHint().width() > before and chip.accessibleName() == "已收件，待中心签收"


def test_each_pill_has_a_name_a_state_and_an_action_for_a_screen_reader(qtbot: QtBot):
    one, several = Pills(), Pills(several=True)
    chosen: list[str] = []
    one.chosen.connect(chosen.append)
    for pills in (one, several):
        qtbot.addWidget(pills)
        pills.setAccessibleName("3. 有共有人吗？")
        pills.show()
    one.show_pills([Pill("yes", "是"), Pill("no", "否")], {"no"})
    several.show_pills([Pill("a", "甲", fixed=True), Pill("b", "乙")], {"a"})

    def boxes(pills: Pills) -> dict[str, QAbstractButton]:
        return {box.accessibleName(): box for box in pills.findChildren(QAbstractButton) if box.isVisible()}

    yes, no = boxes(one).values()
    assert list(boxes(one)) == ["3. 有共有人吗？: 是", "3. 有共有人吗？: 否"]
    assert (yes.isChecked(), no.isChecked()) == (False, True)
    assert yes.geometry().contains(one.box("yes").center().toPoint())
    act(yes)
    assert chosen == ["yes"] and (yes.isChecked(), no.isChecked()) == (True, False)
    act(yes)  # an answer is changed, not taken away
    assert chosen == ["yes"] and yes.isChecked()
    for box in boxes(several).values():
        act(box)
    assert several.values() == ("a", "b") and all(box.isChecked() for box in boxes(several).values())
    one.show_pills([Pill("yes", "是")], set())
    assert not yes.isChecked() and not no.isVisible()
