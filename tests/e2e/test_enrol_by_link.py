"""From the administrator's link to an enrolled machine: a centre behind TLS that no authority vouches for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from main import make_office
from registration.link import read_enrol_link
from storage import device, link
from tests.centre import Centre, start_centre
from tests.certificates import authority, write_server
from ui.backend import NewVault
from ui.command_line import arguments
from ui.settings import Settings
from ui.signals import Signals

pytestmark = pytest.mark.e2e


@pytest.fixture
def behind_tls(tmp_path: Path) -> Iterator[tuple[Centre, Path]]:
    cert, key, _ = write_server(tmp_path, authority())
    words = ("--tls-certificate", str(cert), "--tls-key", str(key))
    with start_centre(tmp_path, arguments=words) as centre:
        yield centre, cert


def test_the_link_is_all_that_a_new_machine_needs(
    behind_tls: tuple[Centre, Path], tmp_path: Path, qapp: QApplication
) -> None:
    centre, cert = behind_tls
    said = centre.admin("enrol-code", "--new-operators", "--url", centre.url, "--certificate", str(cert))
    assert isinstance(said, dict)
    given = read_enrol_link(said["link"])
    assert given is not None and given.pin
    found = arguments(["--data-dir", str(tmp_path / "window"), "--centre", centre.url])
    settings = Settings(tmp_path / "window" / "settings.json")
    office = make_office(found, settings, Signals())
    office.start()
    try:
        wish = NewVault("wang", "王海燕", "long enough password", given.centre_url, given.code, given.pin)
        services = office.create_vault(wish).services
        deadline = time.monotonic() + 60
        identity = services.store.read(device.read_device)
        while identity is None or identity.device_code is None:
            assert time.monotonic() < deadline, services.courier.status
            time.sleep(0.1)
            identity = services.store.read(device.read_device)
        assert services.store.read(link.link_settings).pin == given.pin
    finally:
        office.close()
