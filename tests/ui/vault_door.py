"""A backend over a real vault and a real store, for a desk without its office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from capture.imaging import ImagingPool
from storage.restore import Progress, Restored, restore
from storage.vault import Vault
from tests.storage.evening import NOW, Evening
from tests.ui.window import PaperTray, services_over
from ui.backend import Created, NewVault
from ui.desk import Desk
from ui.services import Press, Services
from ui.settings import Settings
from ui.signals import Signals

PASSWORD = "Lanzhou-2026"


class VaultDoor:
    """A backend over a real vault and a real encrypted store in one folder."""

    def __init__(self, folder: Path, settings: Settings, signals: Signals, imaging: ImagingPool) -> None:
        self.folder, self.settings, self.signals, self.imaging = folder, settings, signals, imaging
        self.centre_given = False
        self.tray = PaperTray()
        self.locked = 0
        self.evening: Evening | None = None
        self.wish: NewVault | None = None

    @property
    def press(self) -> Press:
        return self.tray.press()

    def has_vault(self) -> bool:
        return Vault.exists(self.folder)

    def create_vault(self, wish: NewVault) -> Created:
        self.wish = wish
        vault, key = Vault.create(self.folder, wish.account, wish.password)
        return Created(key, self._open(vault))

    def unlock(self, account: str, password: str) -> Services:
        return self._open(Vault.unlock(self.folder, account, password))

    def recover(self, recovery_key: str, account: str, password: str) -> Services:
        vault = Vault.unlock_with_recovery(self.folder, recovery_key)
        vault.add_operator(account, password)
        return self._open(vault)

    def restore(self, folder: Path, account: str, password: str, progress: Progress) -> Restored | None:
        return restore(folder, self.folder, account, password, NOW, progress)

    def lock(self) -> None:
        self.locked += 1

    def _open(self, vault: Vault) -> Services:
        if self.evening is None:
            self.evening = Evening(self.folder, vault=vault)
        return services_over(self.evening, self.settings, self.signals, self.imaging)


def shown_desk(door: VaultDoor, settings: Settings, signals: Signals, qtbot: QtBot) -> Iterator[Desk]:
    """Yield a desk that is on the screen and has the keys."""
    made = Desk(door, settings, signals)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
