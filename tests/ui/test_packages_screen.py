"""Sealed packages in the real window: written by keys, others' carried and handed on, failures in place."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from storage.device import read_device
from storage.trust import TrustEntry
from sync.contract import key_id
from sync.contract import package_format as form
from sync.package.desk import PackageDesk
from sync.status import Phase, SyncStatus
from tests.driving import wait_until
from tests.storage.evening import Evening, enrol_answer
from tests.ui.window import Nobody, ToldCourier
from ui.main_window import MainWindow
from ui.screens.packages import PackagesScreen
from ui.services import Services


@pytest.fixture
def screen(window: MainWindow) -> PackagesScreen:
    place = window.go("devices")
    found = place.open_tab("packages")  # type: ignore[attr-defined]
    assert isinstance(found, PackagesScreen)
    wait_until(lambda: found._plan is not None, "the plan")
    return found


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    folder = tmp_path / "drive"
    folder.mkdir()
    return folder


def idle(screen: PackagesScreen) -> None:
    wait_until(lambda: screen._under_way is None, "the end of it")


def test_what_is_unsent_is_said_and_written(screen: PackagesScreen, drive: Path, evening: Evening):
    assert screen._left.text() == "1 件未送达" and screen._go.isEnabled()
    assert "退回" in screen._note.text_whole()  # the parked one stays
    screen.write_into(str(drive))
    idle(screen)
    files = sorted(path.name for path in drive.iterdir())
    assert len(files) == 1 and files[0] in screen._done.text_whole()
    device = evening.read(read_device)
    assert device is not None
    own = device.signing_key.public_key().public_bytes_raw()
    assert form.verify_part(form.read_part(drive / files[0]), own)
    wait_until(lambda: screen._back_card.made.line_count() == 1, "the table")
    assert screen._back_card.made.line(0)[3] == "等中心的回执"


def other_package(tmp_path: Path, folder: Path) -> tuple[Path, TrustEntry, str]:
    """A package of another laptop, and what the centre tells all of its key."""
    other = Evening(tmp_path / "other", enrolled=False)
    answer = enrol_answer(device_id="d-2", device_code="B07")
    from storage import device

    other.write(device.apply_enrolment, other.now, answer)
    other.open_session()
    application = other.complete()
    other.submit(application.id)
    desk = PackageDesk(
        other.store, other.pages, tmp_path / "none", lambda: other.now, lambda: other.who, Nobody()
    )
    written = desk.export(folder, 650 << 20, lambda *_: True)
    assert written is not None
    identity = other.read(read_device)
    assert identity is not None
    public = identity.signing_key.public_key().public_bytes_raw()
    other.store.close()
    entry = TrustEntry(
        public_key=base64.urlsafe_b64encode(public).rstrip(b"=").decode(), device_code="B07", status="active"
    )
    return written.files[0], entry, key_id(public)


def test_another_laptops_package_is_proved_carried_and_handed_on(
    screen: PackagesScreen, services: Services, evening: Evening, drive: Path, tmp_path: Path
):
    file, entry, key = other_package(tmp_path, drive)
    screen.take_files([str(file)])
    idle(screen)
    problem = screen._problem.problem()
    assert problem is not None and problem.code == "package_unknown_maker"
    evening.sql(
        "INSERT INTO trusted_keys VALUES (?, ?, ?, 'active')", key, entry["public_key"], entry["device_code"]
    )
    screen.take_files([str(file)])
    idle(screen)
    wait_until(lambda: screen._back_card.carried.line_count() == 1, "the carried one")
    assert screen._problem.isHidden()
    assert (
        screen._back_card.carried.line(0)[0] == "B07" and screen._back_card.carried.line(0)[3] == "带给中心"
    )
    target = tmp_path / "to"
    target.mkdir()
    screen._back_card.carried.selectRow(0)
    assert screen._back_card.hand.isEnabled()
    screen.hand_into(services.packages.carried()[0], str(target))
    idle(screen)
    assert (target / file.name).read_bytes() == file.read_bytes()
    wait_until(lambda: screen._back_card.carried.line(0)[3] == "已转交", "handed on")


def test_sending_needs_a_link_and_a_failure_is_told_in_place(
    screen: PackagesScreen, services: Services, evening: Evening, drive: Path, tmp_path: Path
):
    file, entry, key = other_package(tmp_path, drive)
    evening.sql("INSERT INTO trusted_keys VALUES (?, ?, 'B07', 'active')", key, entry["public_key"])
    screen.take_files([str(file)])
    idle(screen)
    wait_until(lambda: screen._back_card.carried.line_count() == 1, "the carried one")
    screen._back_card.carried.selectRow(0)
    assert not screen._back_card.send.isEnabled(), "no link"
    assert isinstance(services.courier, ToldCourier)
    services.courier.status = SyncStatus(Phase.CONNECTED)
    services.signals.sync_status.emit(services.courier.status)
    assert screen._back_card.send.isEnabled()
    screen.send()
    idle(screen)
    problem = screen._problem.problem()
    assert problem is not None and problem.code == "offline"


def test_a_stop_leaves_nothing_half_and_says_so(
    screen: PackagesScreen, services: Services, drive: Path, qtbot: QtBot
):
    class Impatient:
        done = whole = 0

        def __call__(self, done: int, whole: int) -> bool:
            return False

    assert services.packages.export(drive, 650 << 20, Impatient()) is None
    assert list(drive.iterdir()) == []
    screen.write_into(str(drive / "nowhere"))
    idle(screen)
    assert screen._problem.problem() is not None, "a folder that is not there is told, not raised"


def test_files_that_are_none_are_refused_in_place(screen: PackagesScreen, drive: Path):
    (drive / "x.jilai").write_bytes(b"holiday.jpg")
    screen.take_files([str(drive / "x.jilai")])
    idle(screen)
    problem = screen._problem.problem()
    assert problem is not None and problem.code == "package_foreign"
    assert screen._problem.isVisible()
