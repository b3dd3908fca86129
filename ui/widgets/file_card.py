"""A compound's file at a glance: its task force, its last meeting, what stops it, and a flagged developer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from registration.dossier import Defaulter
from registration.standing import Obstacle
from storage.dossiers import FileSummary
from storage.values import HouseholdCell
from ui.messages import language
from ui.obstacle_words import department_words, obstacle_words
from ui.theme import Tone
from ui.widgets.buttons import QuietButton
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layouts import clear
from ui.widgets.text import Text

_SHOWN = 6


class FileCard(Card):
    """FileCard().show_file(summary, defaulter, obstacles, cells): `opened()` where the file is wanted."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._summary = FileSummary()
        self._defaulter: Defaulter | None = None
        self._own: tuple[Obstacle, ...] = ()
        self._blocked: Counter[str] = Counter()
        self._where, self._team, self._count = (
            Text("", "muted", wrap=True),
            Text("", "body"),
            Text("", "muted"),
        )
        self._flag = Chip("", Tone.SEAL, "triangle-alert")
        self._measures = Text("", "small", wrap=True)
        self._chips = QVBoxLayout()
        self._chips.setSpacing(6)
        self.open_button = QuietButton("", "M", "clipboard-list")
        self.open_button.clicked.connect(self.opened)
        for widget in (self._where, self._team, self._flag, self._measures, self._count):
            self.body.addWidget(widget)
        self.body.addLayout(self._chips)
        self.body.addWidget(self.open_button)
        self.retranslate()

    def show_file(
        self,
        summary: FileSummary,
        defaulter: Defaulter | None,
        own: Iterable[Obstacle],
        cells: Iterable[HouseholdCell],
    ) -> None:
        """Show the file's summary; `own` are the obstacles of the whole compound."""
        self._summary, self._defaulter, self._own = summary, defaulter, tuple(own)
        self._blocked = Counter(
            department for cell in cells for department in {one.department for one in cell.obstacles}
        )
        self._fill()

    def retranslate(self) -> None:
        self.set_title(self.tr("One compound, one plan"))
        self.open_button.set_text(self.tr("Open its file"))
        self._fill()

    def _fill(self) -> None:
        said, flag = self._summary, self._defaulter
        between = ", " if language() == "en" else "、"
        self._where.set_text(" › ".join(filter(None, (said.street, said.community))))
        self._where.setVisible(bool(said.street or said.community))
        team = self.tr("Task force: %n person(s)", "", said.team)
        met = self.tr("last met {day}").format(day=said.last_meeting) if said.last_meeting else ""
        self._team.set_text(" · ".join(filter(None, (team, met))))
        self._flag.setVisible(flag is not None)
        self._measures.setVisible(flag is not None)
        if flag is not None:
            self._flag.set_chip(self.tr("Developer on the list of defaulters"), Tone.SEAL)
            self._measures.set_text(between.join((flag.source, *flag.measures)))
        held = sum(self._blocked.values()) or len(self._own)
        self._count.set_text(self.tr("Held up by"))
        self._count.setVisible(bool(held))
        clear(self._chips)
        for department, homes in self._blocked.most_common(_SHOWN):
            self._chips.addWidget(Chip(f"{department_words(department) or '—'} {homes}", Tone.SEAL))
        for one in self._own[:_SHOWN]:
            words = self.tr("Whole compound: {what}").format(what=obstacle_words(one))
            self._chips.addWidget(Text(words, "small", wrap=True))
