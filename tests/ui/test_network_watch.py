"""The network comes back or is paid by volume: the courier is told, by signal and without waiting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from sync.status import SyncStatus
from tests.ui.window import ToldCourier
from ui import network_watch
from ui.network_watch import NetworkWatch, system_network

Reachability = QNetworkInformation.Reachability


class _Network(QObject):
    reachabilityChanged = Signal(QNetworkInformation.Reachability)
    isMeteredChanged = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.metered = False

    def isMetered(self) -> bool:
        return self.metered


def test_a_network_that_comes_up_wakes_the_courier(qtbot: QtBot):
    network, courier = _Network(), ToldCourier(SyncStatus())
    watch = NetworkWatch(network)
    watch.follow(courier)
    qtbot.waitUntil(lambda: courier.metered == [False])
    network.reachabilityChanged.emit(Reachability.Disconnected)
    assert courier.woken == 0
    network.reachabilityChanged.emit(Reachability.Site)
    network.reachabilityChanged.emit(Reachability.Online)
    assert courier.woken == 2


def test_a_metered_network_is_told_and_another_courier_hears_it_too(qtbot: QtBot):
    network, first, second = _Network(), ToldCourier(SyncStatus()), ToldCourier(SyncStatus())
    network.metered = True
    watch = NetworkWatch(network)
    watch.follow(first)
    qtbot.waitUntil(lambda: first.metered == [True])
    network.metered = False
    network.isMeteredChanged.emit(False)
    assert first.metered == [True, False]
    watch.follow(second)
    qtbot.waitUntil(lambda: second.metered == [False])
    network.reachabilityChanged.emit(Reachability.Online)
    assert (first.woken, second.woken) == (0, 1)


def test_a_machine_that_says_nothing_of_its_network_is_no_fault(qtbot: QtBot):
    found = system_network()
    assert found is None or isinstance(found.isMetered(), bool)


def test_while_the_battery_is_saved_a_flickering_network_wakes_seldom(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(network_watch, "SAVING_MS", 200)
    network, courier = _Network(), ToldCourier(SyncStatus())
    watch = NetworkWatch(network, saving=lambda: True)
    watch.follow(courier)
    qtbot.waitUntil(lambda: courier.metered == [False])
    for _ in range(5):
        network.reachabilityChanged.emit(Reachability.Online)
    assert courier.woken == 1
    qtbot.waitUntil(lambda: courier.woken == 2)  # what came meanwhile is made up for, once
    qtbot.wait(300)
    assert courier.woken == 2
