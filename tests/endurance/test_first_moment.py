"""A program that ends in its very first moments is no locked door at the next start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import main
from storage import vault
from storage.database import Store
from storage.device import read_device
from storage.vault import Vault
from ui.command_line import arguments
from ui.office import Office
from ui.settings import Settings
from ui.signals import Signals

PASSWORD = "lanzhou cold evening"


@pytest.fixture
def office(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(vault, "_KDF", {"memory_kib": 64, "time": 1, "lanes": 1})
    found = arguments(
        ["--data-dir", str(tmp_path / "data"), "--centre", "http://127.0.0.1:9", "--enrol", "code"]
    )
    opened = main.make_office(found, Settings(tmp_path / "settings.json"), Signals())
    yield opened
    opened.close()


def test_ended_between_vault_and_database_it_opens_with_the_account(office: Office) -> None:
    Vault.create(office.data_dir, "wang", PASSWORD)
    office.start()
    services = office.unlock("wang", PASSWORD)
    device = services.store.read(read_device)
    assert device is not None
    assert (device.centre_url, device.enrolment_code) == ("http://127.0.0.1:9", "code")
    assert services.who.operator_name == "wang"


def test_ended_before_the_database_had_its_first_row_it_opens_too(office: Office) -> None:
    made, _ = Vault.create(office.data_dir, "wang", PASSWORD)
    folder = office.data_dir
    Store.open(folder / "jilai.db", made.database_key, backups=folder / "backups").close()
    office.start()
    assert office.unlock("wang", PASSWORD).who.operator_name == "wang"
