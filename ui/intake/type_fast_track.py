"""The fast track of a legacy case: that the buyer bears no fault, and who opened the green channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from registration.application import Application
from registration.errors import Problem
from registration.legacy import CaseSource, GreenChannel, NoFault
from registration.packs import LISTS, label
from ui.intake.case import IntakeCase
from ui.intake.type_section import Line, TypeSection, taken_in
from ui.messages import language, words
from ui.theme import Tone
from ui.widgets import Check, Field, Text
from ui.widgets.day_edit import DayEdit
from ui.widgets.pills import Pill, Pills

if TYPE_CHECKING:
    from ui.services import Services

_READS: Mapping[str, Callable[[NoFault], str]] = {
    "decided_by": lambda d: d.decided_by,
    "decided_on": lambda d: d.decided_on,
    "basis": lambda d: d.basis,
}
_WRITES: Mapping[str, Callable[[NoFault, str], NoFault]] = {
    "decided_by": lambda d, text: replace(d, decided_by=text),
    "decided_on": lambda d, text: replace(d, decided_on=text),
    "basis": lambda d, text: replace(d, basis=text),
}
_LONGEST = {"decided_by": 60, "basis": 120}


class FastTrackSection(TypeSection):
    """Entries "green_channel", "green_channel.urgency" and "no_fault.decided_by", ".decided_on", ".basis"."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.green = Check()
        self.green.toggled.connect(self._turn_green)
        self.urgency = Pills()
        self.urgency.chosen.connect(self._choose_urgency)
        self.urgency.confirmed.connect(self.went_on)
        self.set_by = Text("", "small", wrap=True)
        self._no_fault_words = Text("", "strong", wrap=True)
        self.add_entry("green_channel", self.green)
        self.add_entry("green_channel.urgency", self.urgency)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self.fields: dict[str, Field] = {}
        for place, name in enumerate(_READS):
            self._make(name)
            if name == "basis":
                grid.addWidget(self.fields[name], 1, 0, 1, 2)
            else:
                grid.addWidget(self.fields[name], 0, place)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for widget in (self.green, self.urgency, self.set_by, self._no_fault_words):
            self.body.addWidget(widget)
        self.body.addLayout(grid)

    def applies(self, case: IntakeCase) -> bool:
        facts = case.application
        return taken_in(case) and (
            facts.source is CaseSource.LEGACY
            or facts.no_fault is not None
            or facts.green_channel is not None
            or bool(facts.substitutions)
        )

    def fill(self, case: IntakeCase) -> None:
        channel = case.application.green_channel
        self.green.blockSignals(True)
        self.green.setChecked(channel is not None)
        self.green.blockSignals(False)
        self.urgency.setVisible(channel is not None)
        self.set_by.setVisible(channel is not None)
        if channel is None:
            return
        codes = case.packs[LISTS]["urgencies"]
        pills = [Pill(code, label(case.packs, "urgencies", code, language())) for code in codes]
        self.urgency.show_pills(pills, [channel.urgency] if channel.urgency else [])
        try:
            at = datetime.fromisoformat(channel.set_at).strftime("%Y-%m-%d %H:%M")
        except ValueError:
            at = channel.set_at
        said = self.tr("Opened by {name}, {at}; it is printed and audited.")
        self.set_by.set_text(said.format(name=channel.set_by, at=at))

    def show_problems(self, found: Mapping[str, Problem], *, strict: bool) -> None:
        problem = found.get("no_fault")
        begun = self.case is not None and self.case.application.no_fault is not None
        for name, field in self.fields.items():
            editor = field.editor
            assert isinstance(editor, QLineEdit)
            wrong_day = problem is not None and problem.code == "no_fault_date"
            mine = (name == "decided_on") == wrong_day
            empty = not editor.text().strip()
            shown = problem is not None and (mine and (empty or wrong_day))
            quiet = not strict and (empty or editor.hasFocus())
            field.show_problem(problem if shown and not quiet else None)
        green = found.get("green_channel")
        said = words(green).remedy if green is not None else ""
        if not said and problem is not None and not begun:
            said = words(problem).what
        self.complaint.set_tone(Tone.SEAL if strict else Tone.AMBER)
        self.say(said)

    def retranslate(self) -> None:
        self.heading.set_text(self.tr("Fast track"))
        self.green.setText(self.tr("Green channel"))
        self.green.setAccessibleName(self.green.text())
        self.urgency.setAccessibleName(self.tr("Why it is urgent"))
        self._no_fault_words.set_text(self.tr("Determination that the buyer bears no fault"))
        for name, title, hint in (
            ("decided_by", self.tr("Decided by"), self.tr("Task force or leading group")),
            ("decided_on", self.tr("Decided on"), ""),
            ("basis", self.tr("Document"), self.tr("Its title and number")),
        ):
            self.fields[name].set_label(title)
            self.fields[name].set_hint(hint)

    def _make(self, name: str) -> None:
        editor = DayEdit() if name == "decided_on" else QLineEdit()
        if name != "decided_on":
            editor.setMaxLength(_LONGEST[name])
        read, write = _READS[name], _WRITES[name]

        def written(application: Application, text: str) -> Application:
            decision = write(application.no_fault or NoFault(), text)
            return replace(application, no_fault=decision if decision != NoFault() else None)

        line = Line(Field("", editor), lambda a: read(a.no_fault or NoFault()), written)
        self.fields[name] = self.add_line(f"no_fault.{name}", line)

    def _turn_green(self, on: bool) -> None:
        who, now = self._services.who, self._services.clock()
        channel = GreenChannel(who.operator_name, now.isoformat(timespec="minutes")) if on else None
        self.change(lambda a: replace(a, green_channel=channel))
        if on:
            self.focus("green_channel.urgency")

    def _choose_urgency(self, code: str) -> None:
        def write(application: Application) -> Application:
            channel = application.green_channel or GreenChannel()
            return replace(application, green_channel=replace(channel, urgency=code))

        self.change(write)
