"""Before the window opens: first run, unlock, the growing wait, the recovery key, the lock; a real vault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from capture.imaging import ImagingPool
from registration.changes import Changes
from registration.errors import InputError, Problem
from registration.link import EnrolLink
from storage.values import Who
from storage.vault import Vault
from tests.storage.evening import NOW
from tests.ui.vault_door import PASSWORD, VaultDoor, shown_desk
from ui.backend import NewVault
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.password_strength import Strength, strength_of
from ui.recovery_sheet import recovery_sheet
from ui.screens.first_run import FirstRunScreen
from ui.screens.unlock import UnlockScreen
from ui.settings import Settings
from ui.signals import Signals
from ui.widgets import InlineProblem


@pytest.fixture
def door(tmp_path: Path, settings: Settings, signals: Signals, imaging: ImagingPool) -> Iterator[VaultDoor]:
    made = VaultDoor(tmp_path / "data", settings, signals, imaging)
    yield made
    if made.evening is not None:
        made.evening.close()


@pytest.fixture
def desk(door: VaultDoor, settings: Settings, signals: Signals, qtbot: QtBot) -> Iterator[Desk]:
    yield from shown_desk(door, settings, signals, qtbot)


@pytest.fixture
def locked_desk(
    door: VaultDoor, settings: Settings, signals: Signals, qtbot: QtBot
) -> Iterator[tuple[Desk, str]]:
    """A desk in front of a vault that exists, and that vault's recovery key."""
    vault, key = Vault.create(door.folder, "wang", PASSWORD)
    vault.confirm_recovery()
    for made in shown_desk(door, settings, signals, qtbot):
        yield made, key


def typed(qtbot: QtBot, text: str) -> None:
    """Type into what has the focus and press Enter."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QLineEdit)
    qtbot.keyClicks(widget, text)
    qtbot.keyClick(widget, Qt.Key.Key_Return)


def shown_problem(desk: Desk) -> str:
    found = [p for p in desk.findChildren(InlineProblem) if p.isVisible()]
    problem = found[0].problem() if found else None
    return problem.code if problem else ""


def first_run(desk: Desk) -> FirstRunScreen:
    return desk.findChildren(FirstRunScreen)[0]


def test_the_first_run_by_keys_alone_shows_the_recovery_key_once(desk: Desk, door: VaultDoor, qtbot: QtBot):
    for text in ("wang", "wang hai yan", PASSWORD, PASSWORD, "https://centre.example", "CODE-1"):
        typed(qtbot, text)
    screen = first_run(desk)
    qtbot.waitUntil(lambda: not screen._go.isHidden() and screen._pages.currentIndex() == 1, timeout=10000)
    assert door.wish == NewVault("wang", "wang hai yan", PASSWORD, "https://centre.example", "CODE-1")
    shown = "-".join(label.text() for label in screen._groups)
    assert Vault.unlock_with_recovery(door.folder, shown)
    assert not screen._go.isEnabled()  # not before it is put away
    assert desk.window_open() is None
    screen._safe.click()
    screen._go.click()
    qtbot.waitUntil(lambda: desk.window_open() is not None and not desk.locked(), timeout=10000)
    assert Vault.unlock(door.folder, "wang", PASSWORD).recovery_confirmed
    assert shown not in {label.text() for label in desk.findChildren(type(screen._title))}


def test_an_enrolment_link_is_taken_apart_at_the_first_run(desk: Desk, door: VaultDoor, qtbot: QtBot):
    link = EnrolLink("https://centre.example", "CODE-1", "ab" * 32)
    for text in ("wang", "wang hai yan", PASSWORD, PASSWORD, link.text(), ""):
        typed(qtbot, text)
    qtbot.waitUntil(lambda: door.wish is not None, timeout=10000)
    assert door.wish == NewVault("wang", "wang hai yan", PASSWORD, link.centre_url, link.code, link.pin)


def test_what_is_wrong_is_said_at_its_field(desk: Desk, door: VaultDoor, qtbot: QtBot):
    screen = first_run(desk)
    screen._send()
    assert screen._account_field.problem() and screen._name_field.problem()
    screen._account.setText("wang")
    screen._name.setText("王海燕")
    screen._password.setText(PASSWORD)
    screen._again.setText(PASSWORD + "x")
    screen._send()
    assert screen._again_field.problem()
    screen._password.setText("short")
    screen._again.setText("short")
    screen._send()
    qtbot.waitUntil(lambda: screen._password_field.problem() is not None, timeout=10000)
    assert screen._password_field.problem().code == "password_short"  # type: ignore[union-attr]
    assert screen._create.isEnabled() and not door.has_vault()


def test_a_centre_that_main_knows_is_not_asked_for(
    door: VaultDoor, settings: Settings, signals: Signals, qtbot: QtBot
):
    door.centre_given = True
    for desk in shown_desk(door, settings, signals, qtbot):
        assert first_run(desk)._url_field.isHidden() and first_run(desk)._code_field.isHidden()


def test_the_recovery_key_goes_to_paper_or_a_file_and_a_refusal_is_said(
    desk: Desk, door: VaultDoor, qtbot: QtBot, tmp_path: Path
):
    screen = first_run(desk)
    screen.show_recovery("7K3M-9QTX-VB2H-4NCE-8RWD-1YZA-6GJP")
    screen._print.click()
    qtbot.waitUntil(lambda: bool(door.tray.jobs))
    qtbot.waitUntil(screen._print.isEnabled)
    text = pypdfium2.PdfDocument(door.tray.jobs[0][1])[0].get_textpage().get_text_bounded()
    assert "7K3M" in text and "6GJP" in text
    for place, said in ((tmp_path / "key.pdf", "saved"), (tmp_path / "none" / "key.pdf", "")):
        screen._done = ""
        screen.save_wanted.emit(screen._sheet(), str(place))
        qtbot.waitUntil(lambda: screen._done == "saved" or shown_problem(desk) == "save_failed")
        assert (screen._done, place.exists()) == (said, bool(said))
    door.tray.refuse = True
    screen._print.click()
    qtbot.waitUntil(lambda: shown_problem(desk) == "printer_refused")


def test_the_sheet_names_no_other_secret():
    page = pypdfium2.PdfDocument(recovery_sheet("AAAA-BBBB", "wang", NOW)())[0]
    text = page.get_textpage().get_text_bounded()
    assert "wang" in text and "AAAA" in text and PASSWORD not in text
    assert (round(page.get_width()), round(page.get_height())) == (595, 842)


def test_unlock_by_keys_and_the_password_does_not_stay_in_its_field(
    locked_desk: tuple[Desk, str], qtbot: QtBot
):
    desk, _ = locked_desk
    typed(qtbot, "wang")
    typed(qtbot, PASSWORD)
    assert desk.findChildren(UnlockScreen)[0]._password.text() == ""
    qtbot.waitUntil(lambda: not desk.locked(), timeout=10000)


def test_wrong_words_are_the_same_whichever_is_wrong(locked_desk: tuple[Desk, str], qtbot: QtBot):
    desk, _ = locked_desk
    unlock = desk.findChildren(UnlockScreen)[0]
    seen = []
    for account, password in (("wang", "wrong-one"), ("nobody", PASSWORD)):
        unlock._problem.clear()
        unlock.unlock_wanted.emit(account, password)
        qtbot.waitUntil(lambda: bool(shown_problem(desk)), timeout=10000)
        seen.append((shown_problem(desk), unlock._problem.accessibleName()))
    assert seen[0] == seen[1] and seen[0][0] == "unlock_failed"


def test_the_wait_counts_down_and_lets_in_again(locked_desk: tuple[Desk, str], qtbot: QtBot):
    desk, _ = locked_desk
    unlock = desk.findChildren(UnlockScreen)[0]
    unlock.show_failure(InputError("unlock_delayed", seconds="2"))
    assert not unlock._unlock.isEnabled()
    first = unlock._problem.accessibleName()
    qtbot.waitUntil(lambda: unlock._problem.accessibleName() != first, timeout=3000)
    qtbot.waitUntil(unlock._unlock.isEnabled, timeout=4000)
    assert not unlock._problem.isVisible()


def test_the_recovery_key_opens_and_sets_the_new_password(locked_desk: tuple[Desk, str], qtbot: QtBot):
    desk, key = locked_desk
    unlock = desk.findChildren(UnlockScreen)[0]
    unlock._account.setText("wang")
    unlock._forgot.click()
    unlock._new.setText("another-password")
    unlock._again.setText("another-password")
    unlock._key.setText("0000-1111")
    unlock._recover.click()
    qtbot.waitUntil(lambda: shown_problem(desk) == "recovery_wrong", timeout=10000)
    unlock._key.setText(key.lower().replace("-", " "))
    unlock._recover.click()
    qtbot.waitUntil(lambda: not desk.locked(), timeout=10000)
    desk.lock()
    unlock.unlock_wanted.emit("wang", "another-password")
    qtbot.waitUntil(lambda: not desk.locked(), timeout=10000)


def test_the_lock_keeps_the_work(locked_desk: tuple[Desk, str], door: VaultDoor, qtbot: QtBot):
    desk, _ = locked_desk
    unlock = desk.findChildren(UnlockScreen)[0]
    unlock.unlock_wanted.emit("wang", PASSWORD)
    qtbot.waitUntil(lambda: not desk.locked(), timeout=10000)
    window = desk.window_open()
    assert window is not None
    window.go("queue")
    window._screens["queue"]._search.setText("魏")  # type: ignore[attr-defined]
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert desk.locked() and door.locked == 1
    assert unlock._password.text() == ""
    assert not window.isVisible()
    unlock.unlock_wanted.emit("wang", PASSWORD)
    qtbot.waitUntil(lambda: not desk.locked(), timeout=10000)
    assert desk.window_open() is window and window.place() == "queue"
    assert window._screens["queue"]._search.text() == "魏"  # type: ignore[attr-defined]


def test_another_operator_gets_a_window_of_their_own(
    locked_desk: tuple[Desk, str], door: VaultDoor, qtbot: QtBot
):
    desk, _ = locked_desk
    unlock = desk.findChildren(UnlockScreen)[0]
    unlock.unlock_wanted.emit("wang", PASSWORD)
    qtbot.waitUntil(lambda: not desk.locked(), timeout=10000)
    before = desk.window_open()
    desk.lock()
    assert door.evening is not None
    Vault.unlock(door.folder, "wang", PASSWORD).add_operator("bai", PASSWORD)
    door.evening.who = Who("o-2", "白雪", "A03")
    unlock.unlock_wanted.emit("bai", PASSWORD)
    qtbot.waitUntil(lambda: not desk.locked(), timeout=10000)
    assert desk.window_open() is not before
    assert isinstance(desk.window_open(), MainWindow)


@pytest.fixture
def unconfirmed_desk(
    door: VaultDoor, settings: Settings, signals: Signals, qtbot: QtBot
) -> Iterator[tuple[Desk, str]]:
    """A desk whose program was ended on the page that shows the recovery key, and that key."""
    _, key = Vault.create(door.folder, "wang", PASSWORD)
    for made in shown_desk(door, settings, signals, qtbot):
        yield made, key


def test_a_recovery_key_that_nobody_put_away_is_asked_about_again(
    unconfirmed_desk: tuple[Desk, str], door: VaultDoor, qtbot: QtBot
):
    desk, lost = unconfirmed_desk
    desk.findChildren(UnlockScreen)[0].unlock_wanted.emit("wang", PASSWORD)
    qtbot.waitUntil(lambda: bool(desk.findChildren(FirstRunScreen)), timeout=10000)
    screen = first_run(desk)
    assert desk.window_open() is None and screen._pages.currentIndex() == 1
    shown = "-".join(label.text() for label in screen._groups)
    screen._safe.click()
    screen._go.click()
    qtbot.waitUntil(lambda: desk.window_open() is not None and not desk.locked(), timeout=10000)
    assert Vault.unlock_with_recovery(door.folder, shown)
    with pytest.raises(InputError):
        Vault.unlock_with_recovery(door.folder, lost)


def test_an_untouched_window_locks_and_a_capture_keeps_it_open(
    locked_desk: tuple[Desk, str], settings: Settings, signals: Signals, qtbot: QtBot
):
    desk, _ = locked_desk
    time = [0.0]
    desk._idle._clock = lambda: time[0]
    desk.findChildren(UnlockScreen)[0].unlock_wanted.emit("wang", PASSWORD)
    qtbot.waitUntil(lambda: not desk.locked(), timeout=10000)
    handle = desk.windowHandle()
    assert handle is not None

    def after(minutes: float) -> bool:
        time[0] += minutes * 60
        desk._idle.look()
        return desk.locked()

    assert not after(4.9)
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    assert not after(4.9)
    signals.changed.emit(Changes(applications=frozenset({"a-1"})))  # a page was stored
    assert not after(4.9)
    signals.changed.emit(Changes(outbox=True))  # the link's work is nobody's touch
    assert after(0.2)
    desk._open(desk._window._services)  # type: ignore[union-attr]
    settings.change(lock_minutes=0)
    assert not after(600)


def test_another_person_takes_the_place_by_keys_alone(locked_desk: tuple[Desk, str], qtbot: QtBot):
    desk, _ = locked_desk
    unlock = desk.findChildren(UnlockScreen)[0]
    unlock._account.setText("wang")
    unlock.unlock_wanted.emit("wang", PASSWORD)
    qtbot.waitUntil(lambda: not desk.locked(), timeout=10000)
    qtbot.keyClick(desk, Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    assert desk.locked() and unlock._other.isVisible()
    qtbot.waitUntil(unlock._account.hasFocus, timeout=3000)
    assert unlock._account.text() == ""
    unlock._account.setText("wang")
    qtbot.keyClick(desk, Qt.Key.Key_F6)
    assert unlock._account.text() == "" and unlock._account.hasFocus()


def test_who_may_not_go_on_is_told_why(locked_desk: tuple[Desk, str], signals: Signals, qtbot: QtBot):
    desk, _ = locked_desk
    desk.findChildren(UnlockScreen)[0].unlock_wanted.emit("wang", PASSWORD)
    qtbot.waitUntil(lambda: not desk.locked(), timeout=10000)
    signals.shut.emit(Problem("vault_sealed"))
    assert desk.locked() and shown_problem(desk) == "vault_sealed"


def test_the_end_of_rights_is_said_at_the_unlock(
    locked_desk: tuple[Desk, str], door: VaultDoor, signals: Signals, qtbot: QtBot
):
    desk, _ = locked_desk
    heard: list[Problem] = []
    signals.failed.connect(heard.append)
    door._open(Vault.unlock(door.folder, "wang", PASSWORD))
    assert door.evening is not None
    door.evening.now = NOW + timedelta(days=25, hours=1)
    desk.findChildren(UnlockScreen)[0].unlock_wanted.emit("wang", PASSWORD)
    qtbot.waitUntil(lambda: bool(heard), timeout=10000)
    assert (heard[0].code, heard[0].params) == ("rights_ending", {"days": "4"})


@pytest.mark.parametrize(
    ("password", "judged"),
    [
        ("", Strength.EMPTY),
        ("abc", Strength.SHORT),
        ("12345678", Strength.WEAK),
        ("aaaaaaaaaaaa", Strength.WEAK),
        ("qwertyui", Strength.WEAK),
        ("黄河边上的老茶馆", Strength.STRONG),
        ("Lanzhou-2026-beef", Strength.STRONG),
    ],
)
def test_strength_is_judged_by_surprise(password: str, judged: Strength):
    assert strength_of(password) is judged
