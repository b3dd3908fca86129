"""The machine: its centre and link, how the window looks, its printers, and what data it works by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.packs import Body
from storage import device, packs, reference
from storage.device import DeviceIdentity
from sync.status import SyncStatus
from ui.run import aside
from ui.screens.about_facts import program_version
from ui.services import Services
from ui.settings import TEXT_SIZES, Preferences
from ui.theme import ThemeName, Tone
from ui.widgets import (
    Card,
    Chip,
    Choice,
    Field,
    InlineProblem,
    Screen,
    ScrollArea,
    SecondaryButton,
    Segmented,
    Text,
)
from ui.widgets.capture_card import CaptureCard
from ui.widgets.layouts import clear
from ui.widgets.link_card import LinkCard
from ui.widgets.paper_card import PaperCard

if TYPE_CHECKING:
    from printing.spool import Printer

_PACKS = (reference.TYPES_PACK,)


class DevicesScreen(Screen):
    """Reads and changes `services.settings`; the centre's address and code go through an operation."""

    ready_wanted = Signal()
    about_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.link = LinkCard(services)
        self._packs: list[Body] = []
        self._printers: list[Printer] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 12, 20)
        scroll = ScrollArea()
        outer.addWidget(scroll)
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(16)
        left, right = QVBoxLayout(), QVBoxLayout()
        self._papers = PaperCard(services)
        for column, cards in (
            (left, (self.link, self._build_capture(), self._build_about())),
            (right, (self._build_look(), self._build_printers(), self._papers)),
        ):
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            columns.addLayout(column, 1)
        scroll.column.addLayout(columns)
        scroll.column.addStretch(1)
        services.signals.sync_status.connect(self._link_changed)
        services.signals.changed.connect(self._changed)
        services.settings.changed.connect(self._show_preferences)
        self._reload()
        self.retranslate()

    def shown(self) -> None:
        self.link.set_status(self._services.courier.status)
        self._reload()
        self._find_printers()

    def retranslate(self) -> None:
        self.link.retranslate()
        self._look.set_title(self.tr("Language and look"))
        self._language_label.set_text(self.tr("Language"))
        self._theme_label.set_text(self.tr("Theme"))
        self._size_label.set_text(self.tr("Text size"))
        self._language.set_options([("zh", "中文"), ("en", "English")])
        self._theme.set_options(
            [
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
                ("contrast", self.tr("High contrast")),
            ]
        )
        self._size.set_options([(str(size), f"{size} %") for size in TEXT_SIZES])
        self._press.set_title(self.tr("Printers"))
        self._a4_field.set_label(self.tr("A4 receipts"))
        self._roll_field.set_label(self.tr("Roll receipts"))
        self._look_again.set_text(self.tr("Look again"))
        self._capture.retranslate()
        self._papers.retranslate()
        self._about.set_title(self.tr("About"))
        self._all_about.set_text(self.tr("Rules, sources, licences"))
        self._show_preferences(self._services.settings.value)
        self._show_about()
        self._show_printers(self._printers)

    def keys(self) -> list[tuple[str, str]]:
        return [("Tab", self.tr("Next control")), ("← →", self.tr("Change a choice"))]

    def _build_look(self) -> Card:
        settings = self._services.settings
        self._look = Card("·")
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(2, 1)
        self._language, self._theme, self._size = Segmented(), Segmented(), Segmented()
        self._language_label, self._theme_label, self._size_label = Text(), Text(), Text()
        pairs = (
            (self._language_label, self._language),
            (self._theme_label, self._theme),
            (self._size_label, self._size),
        )
        for line, (label, control) in enumerate(pairs):
            grid.addWidget(label, line, 0)
            grid.addWidget(control, line, 1)
        self._language.chosen.connect(lambda value: settings.change(language=value))
        self._theme.chosen.connect(lambda value: settings.change(theme=ThemeName(value)))
        self._size.chosen.connect(lambda value: settings.change(text_percent=int(value)))
        self._look.body.addLayout(grid)
        return self._look

    def _build_printers(self) -> Card:
        settings = self._services.settings
        self._press = Card("·")
        self._a4, self._roll = Choice(), Choice()
        self._a4_field, self._roll_field = Field("", self._a4, line=False), Field("", self._roll, line=False)
        self._a4.activated.connect(lambda _: settings.change(a4_printer=self._a4.currentData()))
        self._roll.activated.connect(lambda _: settings.change(roll_printer=self._roll.currentData()))
        self._no_printer = InlineProblem()
        self._look_again = SecondaryButton("", icon="refresh-cw")
        self._look_again.clicked.connect(self._find_printers)
        for widget in (self._a4_field, self._roll_field, self._no_printer):
            self._press.body.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self._look_again)
        row.addStretch(1)
        self._press.body.addLayout(row)
        return self._press

    def _build_capture(self) -> CaptureCard:
        self._capture = CaptureCard(self._services)
        self._capture.ready_wanted.connect(self.ready_wanted)
        return self._capture

    def _build_about(self) -> Card:
        self._about = Card("·")
        self._about_rows = QVBoxLayout()
        self._about_rows.setSpacing(10)
        self._about.body.addLayout(self._about_rows)
        self._all_about = SecondaryButton("", "Ctrl F1", "info")
        self._all_about.clicked.connect(self.about_wanted)
        row = QHBoxLayout()
        row.addWidget(self._all_about)
        row.addStretch(1)
        self._about.body.addLayout(row)
        return self._about

    def _reload(self) -> None:
        def look(db: Any) -> tuple[DeviceIdentity | None, int, list[Body]]:
            return device.read_device(db), device.numbers_left(db), [packs.pack(db, n) for n in _PACKS]

        identity, numbers, self._packs = self._services.store.read(look)
        self.link.show_identity(identity, numbers)
        self._show_about()

    def _show_about(self) -> None:
        clear(self._about_rows)
        self._about_rows.addWidget(Text(f"Jilai 即来 {program_version()}", "strong"))
        self._about_rows.addWidget(Text(self.tr("Data that the rules come from"), "muted"))
        names = {reference.TYPES_PACK: self.tr("Registration types and checklists")}
        for pack in self._packs:
            line = QHBoxLayout()
            name = names.get(pack.get("name", ""), pack.get("name", ""))
            line.addWidget(Text(f"{name} {pack.get('version', '')}", elide=True), 1)
            verified = bool(pack.get("verified"))
            line.addWidget(
                Chip(self.tr("Verified"), Tone.PRIMARY, "check")
                if verified
                else Chip(self.tr("Not yet verified"), Tone.AMBER, "triangle-alert")
            )
            self._about_rows.addLayout(line)
            since = self.tr("In force from {day}").format(day=pack.get("effective_from", "—"))
            self._about_rows.addWidget(Text(f"{since} · {pack.get('source', '')}", "small", wrap=True))
        self._about_rows.addWidget(Text(self.tr("Data folder"), "muted"))
        self._about_rows.addWidget(Text(str(self._services.data_dir), "small", wrap=True, selectable=True))

    def _show_preferences(self, preferences: Preferences) -> None:
        self._language.set_value(preferences.language)
        self._theme.set_value(preferences.theme.value)
        self._size.set_value(str(preferences.text_percent))

    def _find_printers(self) -> None:
        aside(
            self,
            self._services.signals,
            self._services.press.printers,
            self._show_printers,
            self._printers_failed,
        )

    def _show_printers(self, printers: list[Printer]) -> None:
        self._printers = printers
        preferences = self._services.settings.value
        if printers:
            self._no_printer.clear()
        for choice, chosen in ((self._a4, preferences.a4_printer), (self._roll, preferences.roll_printer)):
            choice.clear()
            choice.addItem(self.tr("The system's default"), "")
            for printer in printers:
                choice.addItem(printer.name, printer.name)
            if chosen and choice.findData(chosen) < 0:
                choice.addItem(self.tr("{name} (not connected)").format(name=chosen), chosen)
            choice.setCurrentIndex(max(choice.findData(chosen), 0))

    def _printers_failed(self, error: JilaiError) -> None:
        self._show_printers([])
        self._no_printer.show_problem(error)

    def _link_changed(self, status: SyncStatus) -> None:
        if self.isVisible():
            self.link.set_status(status)

    def _changed(self, changes: Changes) -> None:
        if (changes.account or changes.reference) and self.isVisible():
            self._reload()
