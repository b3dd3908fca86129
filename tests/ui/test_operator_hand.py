"""How many keys an intake takes, by a scripted operator with card reader and camera in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from capture.imaging import ImagingPool
from registration.application import CaseState
from tests.capture.devices.fed_camera import FedLens, FedLenses
from tests.capture.devices.simulated_reader import SimulatedReader
from tests.driving import tend, wait_until
from tests.storage.evening import Evening
from tests.ui.intake_walk import stored
from tests.ui.operator_hand import PAPER, Operator
from tests.ui.window import NOTHING_PLUGGED_IN, services_over
from ui.main_window import MainWindow
from ui.screens.tonight import TonightScreen
from ui.services import Services
from ui.settings import Settings
from ui.signals import Signals


@pytest.fixture
def lens(qtbot: QtBot) -> FedLens:
    return FedLens("usb-1-2:1.0-0ac8:3450", "Document camera", PAPER)


@pytest.fixture
def services(
    evening: Evening,
    settings: Settings,
    signals: Signals,
    imaging: ImagingPool,
    reader: SimulatedReader,
    lens: FedLens,
) -> Services:
    settings.change(camera_on=True)  # as the case before left it
    found = services_over(evening, settings, signals, imaging)
    lenses = FedLenses(lens)
    devices = replace(NOTHING_PLUGGED_IN, ports=lambda: (reader.port,), lenses=lambda: lenses)
    return replace(found, devices=devices)


@pytest.fixture
def operator(window: MainWindow, reader: SimulatedReader, lens: FedLens) -> Iterator[Operator]:
    tonight = window.screen_of("tonight")
    assert isinstance(tonight, TonightScreen)
    wait_until(lambda: tonight.session() is not None and window.isActiveWindow(), "the open session")
    yield Operator(window, reader, lens)
    window.go("tonight")  # lets go of reader and camera
    tend(0.8)


@pytest.mark.timeout(180)
def test_a_typical_intake_takes_forty_keys_and_three_minutes_at_most(operator: Operator, evening: Evening):
    case = operator.intake("new_housing_transfer")
    assert operator.open_points == ()
    assert stored(evening, case).state is CaseState.RECEIVED
    assert operator.keys <= 40
    assert operator.seconds <= 180
