"""The place of the machine: pages by tabs and keys, and what a page wishes reaches the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.screens.closing import ClosingScreen
from ui.screens.hub import HubScreen, Tab
from ui.screens.machine_tabs import TABS
from ui.services import Services
from ui.widgets import Screen


class _Page(Screen):
    case_wanted = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.seen = 0
        self.searched = False
        QVBoxLayout(self).addWidget(QLabel(name))

    def shown(self) -> None:
        self.seen += 1

    def search(self) -> None:
        self.searched = True

    def keys(self) -> list[tuple[str, str]]:
        return [("R", "Do it again")]


@pytest.fixture
def machine(services: Services, qtbot: QtBot) -> HubScreen:
    tabs = (Tab("one", "One", lambda _: _Page("one")), Tab("two", "Two", lambda _: _Page("two")))
    made = HubScreen(services, tabs, "MachineTabs")
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def test_alt_and_a_number_turn_to_a_page_and_tell_it(machine: HubScreen, qtbot: QtBot):
    machine.activateWindow()
    machine.setFocus()
    qtbot.keyClick(machine, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert machine.tab() == "two"
    page = machine.page()
    assert isinstance(page, _Page) and page.seen == 1 and page.isVisible()
    machine.open_tab("one")
    assert not page.isVisible()
    assert machine.open_tab("two") is page  # kept as it was


def test_what_a_page_wishes_and_offers_is_the_places_own(machine: HubScreen, qtbot: QtBot):
    page = machine.open_tab("two")
    assert isinstance(page, _Page)
    with qtbot.waitSignal(machine.case_wanted) as wished:
        page.case_wanted.emit("a-1")
    assert wished.args == ["a-1"]
    machine.search()
    assert page.searched
    offered = machine.keys()
    assert ("R", "Do it again") in offered


def test_a_page_that_is_none_is_refused(machine: HubScreen):
    with pytest.raises(KeyError):
        machine.open_tab("three")


def test_every_page_of_the_product_opens(window: MainWindow):
    screen = window.go("devices")
    assert isinstance(screen, HubScreen)
    for tab in TABS:
        screen.open_tab(tab.key)
        assert screen.tab() == tab.key and screen.page().isVisible()


def test_the_links_pill_and_the_end_of_a_session_lead_to_what_is_on_its_way(window: MainWindow, qtbot: QtBot):
    window._bar._link.click()
    assert window.place() == "devices"
    assert window.screen_of("devices").tab() == "sending"  # type: ignore[attr-defined]
    tonight = window.go("tonight")
    qtbot.keyClick(tonight, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    closing = window.screen_of("closing")
    assert isinstance(closing, ClosingScreen) and window.place() == "closing"
    closing._arrived.click()
    assert window.place() == "devices"
    assert window.screen_of("devices").tab() == "sending"  # type: ignore[attr-defined]


@pytest.mark.parametrize("origin", ["queue", "ledger", "devices"])
def test_what_is_left_for_where_it_was_come_to_from_keeps_that_place_lit_on_the_rail(
    window: MainWindow, origin: str
):
    def lit() -> list[str]:
        return [place for place, button in window._rail.items() if button.isChecked()]

    for aside in ("line", "about", "corrections", "ready"):
        window.go(origin)
        window.go(aside)
        assert lit() == [origin], aside
        window._pressed("intake")  # nobody is at the table: an intake begins, and is left again
        assert lit() == ["intake"]
        window.go(origin)
        window.go(aside)
        window._back()
        while window.place() == aside:
            window._back()  # from a line for words to its list first
        assert (window.place(), lit()) == (origin, [origin]), aside


def test_from_one_aside_to_another_and_back_is_the_same_road(window: MainWindow):
    window.go("ledger")
    for place in ("line", "ready", "about"):
        window.go(place)
    seen = []
    for _ in range(4):
        window._back()
        seen.append(window.place())
    assert seen == ["ready", "line", "ledger", "tonight"]
