"""About this window: its version, the packs of rules it works by and what is not confirmed, and licences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.changes import Changes
from ui.licences import OURS, THIRD_PARTY
from ui.messages import language
from ui.moments import day_and_time
from ui.run import read_aside
from ui.screens import about_facts
from ui.screens.about_facts import AboutFacts, PackFacts
from ui.theme import Tone
from ui.widgets import Card, Chip, Screen, Segmented, Text
from ui.widgets.layouts import clear
from ui.widgets.plain_table import PlainTable
from ui.widgets.side_column import SideColumn

if TYPE_CHECKING:
    from ui.services import Services

_RULES, _LICENCES = "rules", "licences"


class AboutScreen(Screen):
    """Reads when it is shown; `left()` out. The arrows choose a pack, L turns to the licences and back."""

    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._facts: AboutFacts | None = None
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        self._card = Card(" ", margins=0)
        self.part = Segmented()
        self.part.set_value(_RULES)
        self._card.header.addStretch(1)
        self._card.header.addWidget(self.part)
        self.packs = PlainTable((2.3, 1.55, 1.8, 1.45, 1.5), height=44)
        self.licences = PlainTable((1.2, 1.0), height=60, narrow_height=88)
        self._pile = QStackedWidget()
        self._pile.addWidget(self.packs)
        self._pile.addWidget(self.licences)
        self._note = Text("", "muted", wrap=True)
        above = QVBoxLayout()
        above.setContentsMargins(20, 4, 20, 8)
        above.addWidget(self._note)
        self._card.body.setSpacing(0)
        self._card.body.addLayout(above)
        self._card.body.addWidget(self._pile, 1)
        outer.addWidget(self._card, 1)
        side = SideColumn(310)
        self._program = Card(" ")
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(16)
        self._lines.setVerticalSpacing(8)
        self._lines.setColumnStretch(1, 1)
        self._program.body.addLayout(self._lines)
        self._pack = Card(" ")
        self._of_pack = QVBoxLayout()
        self._of_pack.setSpacing(8)
        self._pack.body.addLayout(self._of_pack)
        side.column.addWidget(self._pack)
        side.column.addWidget(self._program)
        side.column.addStretch(1)
        outer.addWidget(side)
        self.part.chosen.connect(self._turn_to)
        self.packs.chosen.connect(lambda _: self._show_pack())
        services.signals.changed.connect(self._changed)
        turn = QShortcut(QKeySequence("L"), self)
        turn.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        turn.activated.connect(self._turn)
        self.retranslate()

    def shown(self) -> None:
        self._reload()
        self._pile.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> bool:
        self.left.emit()
        return True

    def retranslate(self) -> None:
        self.part.set_options([(_RULES, self.tr("Rules and words")), (_LICENCES, self.tr("Licences"))])
        self._program.set_title(self.tr("This program"))
        self.licences.show_lines((self.tr("What"), self.tr("Licence")), THIRD_PARTY)
        self._turn_to(self.part.value())
        self._show_facts()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", self.tr("Choose a pack")),
            ("L", self.tr("Licences, and back")),
        ]

    def _turn(self) -> None:
        self._turn_to(_RULES if self.part.value() == _LICENCES else _LICENCES)
        self._pile.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, part: str) -> None:
        self.part.set_value(part)
        self._pile.setCurrentIndex(1 if part == _LICENCES else 0)
        self._card.set_title(self.tr("About Jilai"))
        if part == _LICENCES:
            said = self.tr("Jilai itself is under {licence}. It uses what others made, under these licences:")
            self._note.set_text(said.format(licence=OURS))
        else:
            self._say_count()

    def _reload(self) -> None:
        today = self._services.clock().date()
        read_aside(self, self._services, lambda db: about_facts.read_facts(db, today), self._arrived)

    def _arrived(self, facts: AboutFacts) -> None:
        self._facts = facts
        self._show_facts()

    def _changed(self, changes: Changes) -> None:
        if changes.reference and self.isVisible():
            self._reload()

    # -- what is shown -------------------------------------------------------------------------------------

    def _show_facts(self) -> None:
        if self._facts is None:
            return
        row = max(self.packs.currentIndex().row(), 0)
        headings = (
            self.tr("Pack"),
            self.tr("Version"),
            self.tr("In force from"),
            self.tr("Came from"),
            self.tr("Not confirmed"),
        )
        self.packs.show_lines(headings, [self._line(pack) for pack in self._facts.packs])
        self.packs.selectRow(row)
        self._show_pack()
        self._show_program()
        if self.part.value() == _RULES:
            self._say_count()

    def _line(self, pack: PackFacts) -> tuple[str, ...]:
        return (
            about_facts.pack_title(pack.name),
            str(pack.body["version"]),
            str(pack.body["effective_from"]),
            self.tr("the centre") if pack.received_at else self.tr("the program"),
            self._unconfirmed(pack),
        )

    def _unconfirmed(self, pack: PackFacts) -> str:
        if not pack.places:
            return "—"
        return self.tr("as a whole") if "" in pack.places else self.tr("%n place(s)", "", len(pack.places))

    def _say_count(self) -> None:
        if self._facts is None:
            return
        open_packs = sum(bool(pack.places) for pack in self._facts.packs)
        said = self.tr(
            "{open} of {all} packs hold what the registration body has not confirmed. They stand where the"
            " official text is not known, and say where they come from."
        ).format(open=open_packs, all=len(self._facts.packs))
        aside = self._facts.origins.set_aside
        if aside:
            said += " " + self.tr("%n pack(s) of the centre could not be used and were set aside.", "", aside)
        self._note.set_text(said)

    def _show_pack(self) -> None:
        clear(self._of_pack)
        row = self.packs.currentIndex().row()
        if self._facts is None or not 0 <= row < len(self._facts.packs):
            return
        pack, now = self._facts.packs[row], self._services.clock()
        self._pack.set_title(about_facts.pack_title(pack.name))
        chip = (
            Chip(self.tr("Not confirmed by the registration body"), Tone.AMBER, "triangle-alert")
            if pack.places
            else Chip(self.tr("Confirmed"), Tone.PRIMARY, "check")
        )
        self._of_pack.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        version = self.tr("Version {version}, in force from {day}").format(
            version=pack.body["version"], day=pack.body["effective_from"]
        )
        self._of_pack.addWidget(Text(version, wrap=True))
        if pack.received_at is not None:
            when = day_and_time(pack.received_at.astimezone(now.tzinfo), now)
            said = self.tr("Came from the centre {when}").format(when=when)
            self._of_pack.addWidget(Text(said, "muted", wrap=True))
        for coming in pack.coming:
            said = self.tr("Version {version} is here and takes effect on {day}")
            self._of_pack.addWidget(
                Text(said.format(version=coming.version, day=coming.effective_from), "muted", wrap=True)
            )
        self._of_pack.addWidget(Text(self.tr("Source"), "strong"))
        self._of_pack.addWidget(Text(str(pack.body["source"]), "small", wrap=True, selectable=True))
        if pack.places:
            self._of_pack.addWidget(Text(self.tr("Not confirmed"), "strong"))
            tongue = language()
            places = [about_facts.place_words(pack.body, place, tongue) for place in pack.places]
            self._of_pack.addWidget(Text("\n".join(places), "small", wrap=True, selectable=True))

    def _show_program(self) -> None:
        clear(self._lines)
        if self._facts is None:
            return
        origins = self._facts.origins
        database = f"SQLCipher {origins.cipher} (SQLite {origins.sqlite})"
        lines = [
            *about_facts.program_facts(),
            (self.tr("Database"), database),
            (self.tr("Schema"), origins.schema),
            (self.tr("Data folder"), str(self._services.data_dir)),
        ]
        for number, (name, value) in enumerate(lines):
            self._lines.addWidget(Text(name, "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(Text(value, wrap=True, selectable=True), number, 1)
