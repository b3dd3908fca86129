"""The copy room: keeps up by itself, tells of trouble once, stops and goes on, and leaves a whole copy."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from registration.changes import Changes
from registration.errors import MachineError, Problem
from storage.connections import connect
from storage.copying import copy_folder, noted_copy_folder
from storage.rows import scalar
from storage.second_copy import uncovered
from tests.storage.evening import Evening
from ui import copy_room
from ui.caretaker import Caretaker, Rooms
from ui.chores import CHORES
from ui.copy_room import CopyRoom, CopyState, CopyStatus
from ui.services import Services


@pytest.fixture
def told() -> list[CopyStatus]:
    return []


@pytest.fixture
def room(evening: Evening, told: list[CopyStatus]) -> CopyRoom:
    made = CopyRoom(evening.store, evening.pages, evening.folder, lambda: evening.now, told.append)
    evening.closing = (*evening.closing, made.finish)
    return made


def state(room: CopyRoom) -> str:
    return room.status.state.value


def test_without_a_folder_there_is_nothing_to_keep_up(room: CopyRoom, told: list[CopyStatus]) -> None:
    assert room.keep_up() == [] and room.status.state is CopyState.NONE and told == []
    with pytest.raises(MachineError):
        room.verify(lambda _done, _whole: True)
    room.finish()


def test_a_folder_is_chosen_and_copied_to_at_once(room: CopyRoom, evening: Evening, tmp_path: Path) -> None:
    evening.submitted()
    room.choose(evening.who, tmp_path / "usb")
    assert room.status == CopyStatus(CopyState.GOOD, tmp_path / "usb")
    assert room.status.good_at == evening.now
    assert evening.read(uncovered) == 0
    assert evening.read(copy_folder) == noted_copy_folder(evening.folder) == tmp_path / "usb"
    room.choose(evening.who, None)
    assert room.status.state is CopyState.NONE and evening.read(copy_folder) is None


@pytest.mark.parametrize("inside", ["", "pages/of/mine"])
def test_the_data_folder_is_refused(room: CopyRoom, evening: Evening, inside: str) -> None:
    with pytest.raises(MachineError) as refused:
        room.choose(evening.who, evening.folder / inside)
    assert refused.value.code == "copy_inside"
    assert evening.read(copy_folder) is None


def test_a_drive_pulled_out_is_told_once_and_found_again(
    room: CopyRoom, evening: Evening, tmp_path: Path
) -> None:
    usb, bag = tmp_path / "usb", tmp_path / "bag"
    room.choose(evening.who, usb)
    usb.rename(bag)
    evening.submitted()
    assert [problem.code for problem in room.keep_up()] == ["copy_gone"]
    assert room.keep_up() == [] and state(room) == "trouble"
    bag.rename(usb)
    assert room.keep_up() == [] and state(room) == "good"
    assert evening.read(uncovered) == 0
    usb.rename(bag)
    assert [problem.code for problem in room.keep_up()] == ["copy_gone"], "the next time is told again"


def test_a_long_run_says_how_far_it_is_and_can_be_stopped(
    room: CopyRoom, evening: Evening, tmp_path: Path, told: list[CopyStatus], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_room, "_LONG", 1000)
    evening.submitted()

    def stop_early(status: CopyStatus) -> None:
        told.append(status)
        if status.state is CopyState.COPYING:
            room.stop()

    room._announce = stop_early
    room.choose(evening.who, tmp_path / "usb")
    assert [status.state for status in told] == [CopyState.WAITING, CopyState.COPYING, CopyState.STOPPED]
    assert 0 < told[1].done < told[1].whole
    room._announce = told.append
    assert room.keep_up() == [] and state(room) == "stopped", "what a person stopped rests"
    room.keep_up(asked=True)
    assert state(room) == "good" and evening.read(uncovered) == 0


def test_at_the_end_the_copy_gets_the_last_of_the_evening(
    room: CopyRoom, evening: Evening, tmp_path: Path
) -> None:
    room.choose(evening.who, tmp_path / "usb")
    receipt = evening.submitted()
    room.close()
    assert room.keep_up() == [], "nothing begins any more"
    room.finish()
    there = connect(tmp_path / "usb" / "jilai.db", evening.key, read_only=True)
    assert scalar(there, "SELECT count(*) FROM receipts WHERE number = ?", (receipt.number,)) == 1
    there.close()
    evening.store.close()
    assert evening.path.read_bytes() != b""


def test_verifying_mends_the_copy(room: CopyRoom, evening: Evening, tmp_path: Path) -> None:
    evening.submitted()
    room.choose(evening.who, tmp_path / "usb")
    page = next((tmp_path / "usb" / "pages").glob("??/*.page"))
    page.write_bytes(b"x" * page.stat().st_size)
    proof = room.verify(lambda _done, _whole: True)
    assert proof is not None and proof.bad_pages == 1
    again = room.verify(lambda _done, _whole: True)
    assert again is not None and again.bad == 0
    room.close()
    assert room.verify(lambda _done, _whole: True) is None, "a window that closes does not wait for it"


def test_the_chores_bring_a_receipt_to_the_copy(services: Services, evening: Evening, tmp_path: Path) -> None:
    room = services.copy_room
    room.choose(evening.who, tmp_path / "usb")
    covered = threading.Event()
    rooms = Rooms(
        services.store, services.pages, evening.folder, services.settings, services.signals, services.guard,
        services.who_now, room,
    )  # fmt: skip
    caretaker = Caretaker(rooms, CHORES)
    caretaker.start()
    try:
        evening.submitted()

        def look(_: Changes) -> None:
            if not evening.read(uncovered):
                covered.set()

        evening.store.add_listener(look)
        assert evening.read(uncovered) == 0 or covered.wait(60)
    finally:
        assert caretaker.stop()
        room.finish()


def test_a_backup_is_made_and_news_are_told_once(room: CopyRoom, evening: Evening) -> None:
    assert room.back_up() is not None
    assert len(list((evening.folder / "backups").glob("rolling-*.db"))) == 1
    assert room.take_news() == ()
    later = CopyRoom(evening.store, evening.pages, evening.folder, lambda: evening.now, print,
                     [Problem("database_mended")])  # fmt: skip
    assert [problem.code for problem in later.take_news()] == ["database_mended"]
    assert later.take_news() == ()
