"""A lost laptop, from the report to the last case: it seals itself, the centre opens it, nothing is lost."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from registration.errors import InputError, Problem
from storage.vault import Vault
from tests.centre import Centre, start_centre
from tests.sync.archive import Archive, archive_of
from tests.sync.counter import Counter
from ui.command_line import arguments
from ui.office import Office
from ui.settings import Settings
from ui.signals import Signals

PASSWORD = "lanzhou cold evening"


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    with start_centre(tmp_path, accept_after=3600.0) as running:
        yield running


@pytest.fixture
def archive(centre: Centre) -> Iterator[Archive]:
    opened = archive_of(centre)
    yield opened
    opened.close()


def a_laptop(folder: Path, centre: Centre, archive: Archive) -> str:
    """Leave a laptop in `folder`: enrolled, and with one case that was taken in after the last contact."""
    folder.mkdir()
    vault, _ = Vault.create(folder, "wang", PASSWORD)
    vault.confirm_recovery()
    counter = Counter(folder, centre.url, archive.code(), key=vault.database_key)
    counter.pages = vault.open_pages(folder / "pages")
    counter.worker()
    counter.wait_for(counter.has_reference)
    for worker in counter.workers:
        worker.stop()
    public = counter.identity().recovery_key
    assert public is not None and vault.entrust(public)
    case = counter.submit(contents=[b"the only copy of this page", b"and of this one"])
    counter.close()
    return case


def begin(folder: Path, centre: Centre) -> tuple[Office, list[Problem]]:
    found = arguments(["--data-dir", str(folder), "--centre", centre.url, "--enrol", "spent"])
    signals, heard = Signals(), list[Problem]()
    signals.shut.connect(heard.append)
    office = main.make_office(found, Settings(folder / "settings.json"), signals)
    office.start()
    return office, heard


def test_what_an_honest_operator_had_not_sent_reaches_the_centre_from_a_sealed_laptop(
    centre: Centre,
    archive: Archive,
    tmp_path: Path,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("storage.vault._KDF", {"memory_kib": 64, "time": 1, "lanes": 1})
    folder = tmp_path / "laptop"
    case = a_laptop(folder, centre, archive)
    (code,) = [device["code"] for device in _list(centre)]
    assert centre.admin("lost-device", code) == {"device": code, "status": "revoked", "lost": True}

    # Its next contact was cut off right after it had sealed itself: the case has not travelled.
    assert Vault.seal(folder)
    office, _ = begin(folder, centre)
    with pytest.raises(InputError) as refused:
        office.unlock("wang", PASSWORD)
    assert refused.value.code == "vault_sealed"
    assert not archive.is_whole(case)

    answer = centre.admin("open-sealed", str(folder))
    assert isinstance(answer, dict)
    _, heard = office, list[Problem]()
    office._signals.shut.connect(heard.append)
    office.recover(answer["recovery_key"], "officer", "a password for today")
    qtbot.waitUntil(lambda: archive.is_whole(case), timeout=60_000)
    qtbot.waitUntil(lambda: [problem.code for problem in heard] == ["vault_sealed"], timeout=60_000)
    office.close()
    with pytest.raises(InputError) as refused:
        Vault.unlock_with_recovery(folder, answer["recovery_key"])
    assert refused.value.code == "recovery_wrong", "a key that was read out opens once"
    with pytest.raises(InputError) as refused:
        Vault.unlock(folder, "officer", "a password for today")
    assert refused.value.code == "vault_sealed"


def test_the_centre_reads_no_key_that_was_left_for_another(centre: Centre, tmp_path: Path) -> None:
    vault, _ = Vault.create(tmp_path / "a", "wang", PASSWORD)
    for left in (None, bytes(range(1, 33))):
        if left is not None:
            vault.entrust(left)
        with pytest.raises(subprocess.CalledProcessError) as failed:
            centre.admin("open-sealed", str(tmp_path / "a" / "vault.json"))
        code = "vault_not_ours" if left else "vault_without_escrow"
        assert f'"{code}"' in failed.value.stderr


def _list(centre: Centre) -> list[dict[str, str]]:
    found = centre.admin("devices")
    assert isinstance(found, list)
    return found
