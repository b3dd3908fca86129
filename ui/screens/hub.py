"""A place of several pages, turned by tabs: the machine and what else an office looks after, the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.services import Services
from ui.widgets import Screen, Segmented

translate = QCoreApplication.translate

_WISHES = (
    "ready_wanted",
    "about_wanted",
    "case_wanted",
    "papers_wanted",
    "corrections_wanted",
    "intake_requested",
    "compound_wanted",
    "visit_wanted",
    "queue_wanted",
    "left",
)


@dataclass(frozen=True)
class Tab:
    """One page: its key in the program, its English words (in the context of its place), what makes it."""

    key: str
    words: str
    make: Callable[[Services], Screen]


class HubScreen(Screen):
    """Tabs by Alt+1, Alt+2, …; `open_tab(key)` turns to one. What a page wishes is passed on,
    except `tab_wanted(key)` and `thing_wanted(key, id, compound)`, which lead to another page.

    `context` is that of the tabs' words in the translations.
    """

    ready_wanted = Signal()
    about_wanted = Signal()
    case_wanted = Signal(str)
    papers_wanted = Signal(object)
    corrections_wanted = Signal()
    intake_requested = Signal(str)  # a household
    compound_wanted = Signal(str)  # its building table
    visit_wanted = Signal(str)  # a home visit
    queue_wanted = Signal()
    left = Signal()  # Esc on a page that is a screen of its own elsewhere

    def __init__(
        self, services: Services, tabs: tuple[Tab, ...], context: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tabs, self._context = services, tabs, context
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
        for number, tab in enumerate(tabs if tabs[1:] else (), start=1):
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

    def open_thing(self, key: str, thing_id: str, compound_id: str) -> None:
        """Turn to a page and to one thing on it."""
        page: Any = self.open_tab(key)
        page.show_thing(thing_id, compound_id)

    def take_receipt(self, number: str) -> bool:
        """Hand a scanned receipt to the page in view; False where it has no use for one."""
        take = getattr(self.page(), "take_receipt", None)
        return take is not None and bool(take(number))

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
        self._strip.set_name(self.tr("Pages of this place"))
        self._strip.set_options([(tab.key, translate(self._context, tab.words)) for tab in self._tabs])

    def keys(self) -> list[tuple[str, str]]:
        turns = [(f"Alt 1 … {len(self._tabs)}", self.tr("Another page"))] if self._tabs[1:] else []
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
            if hasattr(page, "tab_wanted"):
                page.tab_wanted.connect(self.open_tab)
            if hasattr(page, "thing_wanted"):
                page.thing_wanted.connect(self.open_thing)
        self._key = key
        self._strip.set_value(key)
        self._stack.setCurrentWidget(page)
        return page
