"""The place of the machine: its devices, and what else an office looks after, page by page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.screens.machine_tabs import TABS, Tab
from ui.services import Services
from ui.widgets import Screen, Segmented

_WISHES = ("ready_wanted", "about_wanted", "case_wanted", "papers_wanted")


class MachineScreen(Screen):
    """Tabs by Alt+1, Alt+2, …; `open_tab(key)` turns to one. What a page wishes is passed on."""

    ready_wanted = Signal()
    about_wanted = Signal()
    case_wanted = Signal(str)
    papers_wanted = Signal(object)

    def __init__(
        self, services: Services, tabs: tuple[Tab, ...] = TABS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tabs = services, tabs
        self._pages: dict[str, Screen] = {}
        self._key = ""
        self._strip = Segmented([(tab.key, tab.words) for tab in tabs])
        self._strip.chosen.connect(self.open_tab)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 0)
        head.addWidget(self._strip)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self._strip.setVisible(len(tabs) > 1)
        for number, tab in enumerate(tabs, start=1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.open_tab, tab.key))
        self.retranslate()
        self._turn(tabs[0].key)

    def open_tab(self, key: str) -> Screen:
        """Turn to a page, made when it is first needed; return it. KeyError for one that is none."""
        page = self._turn(key)
        page.shown()
        return page

    def tab(self) -> str:
        """Return the key of the page in view."""
        return self._key

    def page(self) -> Screen:
        """Return the page in view."""
        return self._pages[self._key]

    def search(self) -> None:
        """Bring the hand to the page's search, where it has one."""
        search = getattr(self.page(), "search", None)
        if search is not None:
            search()

    def retranslate(self) -> None:
        self._strip.set_options(
            [(tab.key, QCoreApplication.translate("MachineTabs", tab.words)) for tab in self._tabs]
        )

    def keys(self) -> list[tuple[str, str]]:
        turns = [(f"Alt {len(self._tabs)}", self.tr("Another page, from Alt 1"))] if self._tabs[1:] else []
        return [*turns, *self.page().keys()]

    def shown(self) -> None:
        self.page().shown()

    def back(self) -> bool:
        return self.page().back()

    def _turn(self, key: str) -> Screen:
        tab = next((tab for tab in self._tabs if tab.key == key), None)
        if tab is None:
            raise KeyError(key)
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = tab.make(self._services)
            self._stack.addWidget(page)
            for wish in _WISHES:
                if hasattr(page, wish):
                    getattr(page, wish).connect(getattr(self, wish))
        self._key = key
        self._strip.set_value(key)
        self._stack.setCurrentWidget(page)
        return page
