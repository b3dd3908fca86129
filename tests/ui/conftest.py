"""Fixtures of the window's tests: a dressed application, an evening, and services over a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from capture.imaging import ImagingPool
from tests.capture.devices.simulated_reader import SimulatedReader
from tests.storage.evening import Evening
from tests.ui.window import PicturedEvening, fill_evening, reopened, services_over
from ui.app import dress
from ui.intake.case import IntakeCase
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.services import Services
from ui.settings import Preferences, Settings
from ui.signals import Signals
from ui.theme.fonts import load_fonts


@pytest.fixture(scope="session")
def _fonts(qapp: QApplication) -> None:
    load_fonts()


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, _fonts: None) -> QApplication:
    """The application as it starts: Chinese, light, 100 %."""
    dress(qapp, Preferences())
    return qapp


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evening") / "data"
    evening = PicturedEvening(folder)
    fill_evening(evening)
    evening.close()
    return folder


@pytest.fixture
def evening(_filled: Path, tmp_path: Path) -> Iterator[Evening]:
    """An open session with three cases (held, parked, on its way) and a draft: a copy, on disk."""
    shutil.copytree(_filled, tmp_path / "data")
    found = reopened(tmp_path / "data")
    yield found
    found.close()


@pytest.fixture
def signals(qapp: QApplication) -> Signals:
    return Signals()


@pytest.fixture
def settings(qapp: QApplication, tmp_path: Path) -> Settings:
    found = Settings(tmp_path / "settings.json")
    found.changed.connect(lambda preferences: dress(qapp, preferences))
    return found


@pytest.fixture
def imaging() -> Iterator[ImagingPool]:
    """The real pool; its processes start with the first file."""
    pool = ImagingPool()
    yield pool
    pool.close()


@pytest.fixture
def services(evening: Evening, settings: Settings, signals: Signals, imaging: ImagingPool) -> Services:
    return services_over(evening, settings, signals, imaging)


@pytest.fixture
def window(services: Services, qtbot: QtBot) -> Iterator[MainWindow]:
    """The open window at the size of the smallest laptop; freed before the store closes."""
    made = MainWindow(services)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.take_focus()
    yield made
    services.signals.blockSignals(True)  # a commit that is still under way finds nobody to tell
    QCoreApplication.processEvents()
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def reader() -> Iterator[SimulatedReader]:
    """A card reader on a pseudo-terminal; plug it in by the port that `services` names."""
    made = SimulatedReader()
    yield made
    made.close()


@pytest.fixture
def case(screen: IntakeScreen) -> IntakeCase:
    """The case that the module's own `screen` has in hand."""
    found = screen.case()
    assert found is not None
    return found
