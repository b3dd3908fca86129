"""What the system knows of the network: back again, and paid by volume or not; the courier is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance
from PySide6.QtNetwork import QNetworkInformation

from ui.services import Courier

Reachability = QNetworkInformation.Reachability
SAVING_MS = 60_000  # between two wakings while the battery is saved


class Network(Protocol):
    """The part of QNetworkInformation that is watched."""

    @property
    def reachabilityChanged(self) -> SignalInstance: ...

    @property
    def isMeteredChanged(self) -> SignalInstance: ...

    def isMetered(self) -> bool: ...


def system_network() -> Network | None:
    """Return the system's own account of its network (NetworkManager's), None where it gives none."""
    features = QNetworkInformation.Feature
    wanted = features.Reachability | features.Metered
    if not QNetworkInformation.loadBackendByFeatures(wanted):
        QNetworkInformation.loadDefaultBackend()
    return QNetworkInformation.instance()


class NetworkWatch(QObject):
    """`follow(courier)` once the vault is open; without the system's word the courier's own pace stays.

    While `saving()`, a network that comes and goes on the stairs wakes the courier once a minute at most.
    """

    def __init__(
        self,
        network: Network | None = None,
        parent: QObject | None = None,
        *,
        saving: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._saving = saving
        self._missed = False
        self._rest = QTimer(self, singleShot=True, interval=SAVING_MS)
        self._rest.timeout.connect(self._rested)
        self._network = network
        self._courier: Courier | None = None

    def follow(self, courier: Courier) -> None:
        """Tell this courier from now on; what the network is now is told soon, not while a screen opens."""
        first = self._courier is None
        self._courier = courier
        QTimer.singleShot(0, self, self._begin if first else self._tell_metered)

    def _begin(self) -> None:
        if self._network is None:
            self._network = system_network()
        if self._network is None:
            return
        self._network.reachabilityChanged.connect(self._reached)
        self._network.isMeteredChanged.connect(self._tell_metered)
        self._tell_metered()

    def _reached(self, reach: Reachability) -> None:
        # A site without the internet is a usual place: any road that comes up is worth a try.
        if self._courier is not None and reach not in (Reachability.Disconnected, Reachability.Unknown):
            self._wake()

    def _wake(self) -> None:
        if self._courier is None:
            return
        if self._rest.isActive() and self._saving():
            self._missed = True
            return
        self._courier.wake()
        self._rest.start()

    def _rested(self) -> None:
        if self._missed:
            self._missed = False
            self._wake()

    def _tell_metered(self) -> None:
        if self._courier is not None and self._network is not None:
            self._courier.set_metered(bool(self._network.isMetered()))
