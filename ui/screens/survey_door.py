"""One door of the survey: where it is, how far it is, what is asked, and the ways in which a knock ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from registration.property_unit import Household
from registration.survey import Answers, Survey, SurveyState
from ui.theme import Tone, look
from ui.widgets import (
    Card,
    Chip,
    InlineProblem,
    PrimaryButton,
    QuietButton,
    RevealButton,
    ScrollArea,
    SecondaryButton,
    Text,
)
from ui.widgets.survey_form import SurveyForm

_WIDE = 430  # px at 100 %


class SurveyDoor(Card):
    """`show_door(path, household, survey, draft)`; the screen gives the buttons their work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._known = Survey()
        self.blank = SecondaryButton("", "Ctrl P", "printer")
        self.header.addStretch(1)
        self.header.addWidget(self.blank)
        self._where, self._state = Text("", "muted", wrap=True), Chip()
        self._last = Text("", "small", wrap=True)
        self.drop_button, self.reveal = QuietButton("", "X"), RevealButton("")
        line = QHBoxLayout()
        line.addWidget(self._state)
        line.addStretch(1)
        line.addWidget(self.drop_button)
        line.addWidget(self.reveal)
        self.form = SurveyForm()
        self.problem = InlineProblem()
        self.keep_button = PrimaryButton("", "Ctrl Enter")
        self.missed, self.refused = SecondaryButton("", "H"), SecondaryButton("", "R")
        pair = QHBoxLayout()
        pair.setSpacing(12)
        for button in (self.missed, self.refused):
            pair.addWidget(button, 1)
        area = ScrollArea()
        area.column.addWidget(self.form)
        area.column.addStretch(1)
        self.body.addWidget(self._where)
        self.body.addLayout(line)
        self.body.addWidget(self._last)
        self.body.addWidget(area, 1)
        for widget in (self.problem, self.keep_button):
            self.body.addWidget(widget)
        self.body.addLayout(pair)
        self.setFixedWidth(look().px(_WIDE))
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(look().px(_WIDE))

    def show_door(self, path: Sequence[str], home: Household, found: Survey, draft: Answers | None) -> None:
        """Show a household below `path` (street, community, compound) with what is known or was typed."""
        self._known = found
        self.set_title(home.room)
        steps = (*path, home.building, home.entrance, home.room)
        self._where.set_text(" › ".join(filter(None, steps)))
        self.reveal.setVisible(bool(found.answers.owner or found.answers.phone))
        self.problem.clear()
        self.show_draft(draft)

    def show_draft(self, draft: Answers | None) -> None:
        """Show what was typed over what is known, or what is known alone."""
        self.form.show_answers(self._known.answers, draft)
        self.say_state()

    def say_state(self) -> None:
        """Say how far the door is, and first of all whether something in the form is not kept."""
        found, unkept = self._known, self.form.draft() is not None
        self.drop_button.setVisible(unkept)
        words, tone = {
            SurveyState.OPEN: (self.tr("Nobody was here yet"), Tone.PLAIN),
            SurveyState.PLANNED: (self.tr("Planned for {day}").format(day=found.day), Tone.BLUE),
            SurveyState.NOT_HOME: (self.tr("Not home, again {day}").format(day=found.day), Tone.AMBER),
            SurveyState.REFUSED: (self.tr("Does not answer"), Tone.AMBER),
            SurveyState.SURVEYED: (self.tr("Surveyed"), Tone.PRIMARY),
        }[found.state]
        self._state.set_chip(*((self.tr("Not kept yet"), Tone.AMBER) if unkept else (words, tone)))
        knocks = self.tr("%n knock(s)", "", found.tries)
        self._last.set_text(" · ".join((knocks, found.by, found.at[:10])) if found.tries else "")
        self._last.setVisible(bool(found.tries))

    def retranslate(self) -> None:
        self.reveal.set_text(self.tr("Hold to show"))
        self.keep_button.set_text(self.tr("Keep, next door"))
        self.missed.set_text(self.tr("Not home"))
        self.refused.set_text(self.tr("Refused"))
        self.drop_button.set_text(self.tr("Throw away"))
        self.blank.set_text(self.tr("Blanks"))
        self.form.retranslate()
        self.say_state()
