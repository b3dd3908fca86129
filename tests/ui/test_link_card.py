"""The centre's card: a link fills everything, and by what the centre is known is set in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from capture.imaging import ImagingPool
from registration.errors import Problem
from registration.link import EnrolLink
from storage import device, link
from storage.device import DeviceIdentity
from sync.status import Phase, SyncStatus
from tests.certificates import authority
from tests.storage.evening import Evening
from tests.ui.window import services_over
from ui.screens.devices import DevicesScreen
from ui.services import Services
from ui.settings import Settings
from ui.signals import Signals
from ui.widgets.link_card import LinkCard

LINK = EnrolLink("https://centre.example:8460", "AB12-CD34", "ab" * 32)


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Evening]:
    evening = Evening(tmp_path / "new", enrolled=False)
    yield evening
    evening.close()


@pytest.fixture
def newcomers(newcomer: Evening, settings: Settings, signals: Signals, imaging: ImagingPool) -> Services:
    return services_over(newcomer, settings, signals, imaging)


@pytest.fixture
def card(newcomers: Services, qtbot: QtBot) -> LinkCard:
    screen = DevicesScreen(newcomers)
    qtbot.addWidget(screen)
    screen.resize(1200, 900)
    screen.show()
    screen.shown()
    screen.activateWindow()
    return screen.link


def machine(evening: Evening) -> DeviceIdentity:
    found = evening.read(device.read_device)
    assert found is not None
    return found


def test_a_code_under_the_camera_fills_address_code_and_key(
    card: LinkCard, newcomers: Services, newcomer: Evening, qtbot: QtBot
):
    newcomers.signals.code_seen.emit("https://elsewhere.example/r#TOKEN")
    assert card.code.text() == ""
    newcomers.signals.code_seen.emit(LINK.text())
    assert (card.url.text(), card.code.text(), card.pin.text()) == (LINK.centre_url, LINK.code, LINK.pin)
    qtbot.waitUntil(card.keep.hasFocus)
    qtbot.keyClick(card.keep, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: newcomers.courier.woken == 1)  # type: ignore[attr-defined]
    found = machine(newcomer)
    assert (found.centre_url, found.enrolment_code) == (LINK.centre_url, LINK.code)
    assert newcomer.read(link.link_settings).pin == LINK.pin


@pytest.mark.parametrize("field", ["url", "code"])
def test_a_link_that_a_scanner_types_into_either_entry_is_taken_apart(
    field: str, card: LinkCard, newcomer: Evening, newcomers: Services, qtbot: QtBot
):
    edit = getattr(card, field)
    edit.clear()
    qtbot.keyClicks(edit, LINK.text())
    qtbot.keyClick(edit, Qt.Key.Key_Return)  # a scanner ends with it
    qtbot.waitUntil(lambda: newcomers.courier.woken == 1)  # type: ignore[attr-defined]
    found = machine(newcomer)
    assert (found.centre_url, found.enrolment_code) == (LINK.centre_url, LINK.code)
    assert newcomer.read(link.link_settings).pin == LINK.pin


def test_an_enrolled_machine_takes_no_link(services: Services, evening: Evening, qtbot: QtBot):
    screen = DevicesScreen(services)
    qtbot.addWidget(screen)
    screen.show()
    screen.shown()
    before = screen.link.url.text()
    services.signals.code_seen.emit(LINK.text())
    assert (screen.link.url.text(), screen.link.code.text()) == (before, "")


def test_without_a_camera_it_says_so_and_the_entries_stay(card: LinkCard, qtbot: QtBot):
    card.show_camera.click()
    qtbot.waitUntil(card.problem.isVisible)
    card.set_status(SyncStatus(Phase.UNENROLLED))
    card.set_status(SyncStatus(Phase.UNENROLLED, waiting=1))
    assert card.problem.isVisible(), "the link's news do not take it away"
    assert not card.view.isVisible() and card.url.isEnabled()


def test_what_keeps_the_link_from_going_is_said_when_the_card_is_opened(newcomers: Services, qtbot: QtBot):
    newcomers.courier.status = SyncStatus(Phase.OFFLINE, problem=Problem("offline"))  # type: ignore[misc]
    screen = DevicesScreen(newcomers)
    qtbot.addWidget(screen)
    screen.show()
    screen.shown()
    assert screen.link.problem.isVisible()
    screen.link.set_status(SyncStatus(Phase.CONNECTED))
    assert not screen.link.problem.isVisible()


def test_a_proxy_is_kept_and_a_wrong_one_is_said_at_its_field(
    card: LinkCard, newcomer: Evening, qtbot: QtBot
):
    card.more.click()
    assert card.trust.isVisible() and card.proxy.hasFocus()
    qtbot.keyClicks(card.proxy, "http://10.0.0.1:3128")
    qtbot.keyClick(card.proxy, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: newcomer.read(link.link_settings).proxy == "http://10.0.0.1:3128")
    card.proxy.setText("10.0.0.1")
    card.keep_trust.click()
    assert card._proxy_field._problem is not None and card._proxy_field._problem.code == "proxy_address"
    assert newcomer.read(link.link_settings).proxy == "http://10.0.0.1:3128"
    card.proxy.clear()
    card.pin.setText("not a fingerprint")
    card.keep_trust.click()
    assert card._pin_field._problem is not None and card._pin_field._problem.code == "centre_pin"


def test_an_authoritys_file_is_read_once_and_the_systems_can_come_back(
    card: LinkCard, newcomer: Evening, tmp_path: Path, qtbot: QtBot
):
    card.more.click()
    file = tmp_path / "county.pem"
    file.write_text(authority().pem, "ascii")
    card.take_file(str(file))
    qtbot.waitUntil(lambda: bool(newcomer.read(link.link_settings).authorities))
    qtbot.waitUntil(card._forget.isVisible)
    file.unlink()
    assert "1" in card._authorities.text()
    card._forget.click()
    qtbot.waitUntil(lambda: not newcomer.read(link.link_settings).authorities)


@pytest.mark.parametrize("content", [b"no certificate", b"\xff\xfe\x00", None])
def test_a_file_that_is_none_is_said(
    content: bytes | None, card: LinkCard, newcomer: Evening, tmp_path: Path, qtbot: QtBot
):
    file = tmp_path / "wrong.pem"
    if content is not None:
        file.write_bytes(content)
    card.take_file(str(file))
    qtbot.waitUntil(card.problem.isVisible)
    assert newcomer.read(link.link_settings).authorities == ""
