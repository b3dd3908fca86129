"""Who serves: a line with name and role for each, and always one more that is empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.session_team import HELPER, Kind, Member
from ui.widgets.check import Choice
from ui.widgets.text import Text

_MOST = 8
_NAME_LENGTH = 40


class TeamEdit(QWidget):
    """`set_roles(roles, language)` first; `team()` and `set_team(team)`; `entered()` on Enter in a name."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles: Sequence[Kind] = ()
        self._language = "zh"
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._title = Text("", "strong")
        self._column.addWidget(self._title)
        self._rows: list[tuple[QLineEdit, Choice]] = []
        self._add()
        self._retranslate()

    @property
    def first(self) -> QLineEdit:
        """The name of the first line."""
        return self._rows[0][0]

    def set_roles(self, roles: Sequence[Kind], language: str) -> None:
        self._roles, self._language = tuple(roles), language
        for number, (_, choice) in enumerate(self._rows):
            self._fill(choice, choice.currentData() or self._usual(number))

    def team(self) -> tuple[Member, ...]:
        """Return who has a name, each once."""
        found = [
            Member(name.text().strip(), str(choice.currentData() or HELPER))
            for name, choice in self._rows
            if name.text().strip()
        ]
        return tuple(dict.fromkeys(found))

    def set_team(self, team: Sequence[Member]) -> None:
        for number in range(len(self._rows)):
            self._rows[number][0].setText("")
        for number, one in enumerate(team[:_MOST]):
            if number == len(self._rows):
                self._add()
            name, choice = self._rows[number]
            self._fill(choice, one.role)
            name.setText(one.name)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _add(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        name, choice = QLineEdit(), Choice()
        name.setMaxLength(_NAME_LENGTH)
        name.returnPressed.connect(self.entered)
        name.textChanged.connect(lambda _: self._grow())
        row.addWidget(name, 1)
        row.addWidget(choice, 1)
        self._column.addLayout(row)
        self._rows.append((name, choice))
        self._fill(choice, self._usual(len(self._rows) - 1))
        self._retranslate()

    def _grow(self) -> None:
        if self._rows[-1][0].text().strip() and len(self._rows) < _MOST:
            self._add()

    def _usual(self, number: int) -> str:
        """A helper first; from there on the roles that nobody has."""
        if number == 0:
            return HELPER
        taken = {str(choice.currentData()) for _, choice in self._rows[:number]}
        return next((one.code for one in self._roles[1:] if one.code not in taken), HELPER)

    def _fill(self, choice: Choice, code: str) -> None:
        choice.set_entries([(one.name(self._language), one.code) for one in self._roles])
        choice.setCurrentIndex(max(choice.findData(code), 0) if self._roles else -1)

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Team"))
        for number, (name, choice) in enumerate(self._rows, start=1):
            name.setAccessibleName(self.tr("Team member {n}: name").format(n=number))
            choice.setAccessibleName(self.tr("Team member {n}: role").format(n=number))
            name.setPlaceholderText(self.tr("Name, may be left empty"))
