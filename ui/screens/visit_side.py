"""One visit beside the list: whom, where, why, what is at hand, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from registration.identifiers import mask_name, mask_tail
from registration.visits import Promise, Visit, VisitState
from ui.screens.visit_list import Known
from ui.theme import Tone
from ui.visit_words import promise_words, state_words
from ui.widgets import (
    Card,
    InlineProblem,
    PrimaryButton,
    QuietButton,
    RevealButton,
    Screen,
    ScrollArea,
    SecondaryButton,
    Text,
)
from ui.widgets.layouts import clear


class VisitSide(Screen):
    """`show_visit(known, visit, clashing, revealed)` in; its buttons are the screen's to connect.

    `kept(visit id, promise id)`: what was promised is done.
    """

    kept = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._again: Callable[[], None] = lambda: None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card(margins=0)
        outer.addWidget(card)
        area = ScrollArea(spacing=10)
        area.column.setContentsMargins(20, 18, 20, 12)
        card.body.addWidget(area, 1)
        self._who, self._state = Text("", "heading", wrap=True), Text("", "strong", wrap=True)
        self._phone = Text("", "strong", selectable=True)
        self.reveal = RevealButton("", "F8")
        phone = QHBoxLayout()
        phone.addWidget(self._phone, 1)
        phone.addWidget(self.reveal)
        self._where, self._about = Text("", "muted", wrap=True), Text("", wrap=True)
        self._clash = Text("", wrap=True)
        self._clash.set_tone(Tone.AMBER)
        self._papers = QVBoxLayout()
        self._papers.setSpacing(4)
        self._note, self._result = Text("", "muted", wrap=True), Text("", wrap=True)
        self._promises = QVBoxLayout()
        self.problem = InlineProblem()
        area.column.addWidget(self._who)
        area.column.addLayout(phone)
        for widget in (self._state, self._where, self._about, self._clash):
            area.column.addWidget(widget)
        area.column.addLayout(self._papers)
        area.column.addWidget(self._note)
        area.column.addWidget(self._result)
        area.column.addLayout(self._promises)
        area.column.addWidget(self.problem)
        area.column.addStretch(1)
        self.change, self.later = SecondaryButton("", "E"), SecondaryButton("", "P")
        self.refuse, self.go = QuietButton("", "R"), PrimaryButton("", "Enter")
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 0, 20, 18)
        foot.setSpacing(8)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self.change, 1)
        pair.addWidget(self.later, 1)
        foot.addWidget(self.refuse)
        foot.addLayout(pair)
        foot.addWidget(self.go)
        card.body.addLayout(foot)
        self.retranslate()

    def show_visit(self, known: Known, visit: Visit, clashing: frozenset[str], *, revealed: bool) -> None:
        """Show a visit or an order; name and phone whole while it is held open."""
        self._again = lambda: self.show_visit(known, visit, clashing, revealed=False)
        booking, order = visit.booking, known.is_order(visit)
        self._who.set_text(booking.name if revealed else mask_name(booking.name))
        self._phone.set_text((booking.phone if revealed else mask_tail(booking.phone[-8:])) or "—")
        when = " ".join(filter(None, (booking.day, booking.time or self.tr("any time"))))
        said = self.tr("ordered by the centre") if order else state_words(visit.state)
        self._state.set_text(f"{when} · {said}")
        self._where.set_text(" ".join(filter(None, (known.compound(booking), booking.address))))
        self._about.set_text(known.about(booking))
        self._clash.set_text(self.tr("Its time leaves no way from or to the visit beside it."))
        self._clash.setVisible(visit.id in clashing)
        clear(self._papers)
        for name in known.at_hand(booking):
            self._papers.addWidget(Text(self.tr("At hand: {paper}").format(paper=name), "small", wrap=True))
        for name in known.missing(booking):
            text = Text(self.tr("Missing: {paper}").format(paper=name), wrap=True)
            text.set_tone(Tone.AMBER)
            self._papers.addWidget(text)
        if booking.accepted_missing:
            self._papers.addWidget(Text(booking.accepted_missing, "small", wrap=True))
        self._note.set_text(booking.note)
        self._note.setVisible(bool(booking.note))
        team = " · ".join(filter(None, (visit.operator_name, visit.second_name)))
        took = self.tr("%n minute(s)", "", visit.minutes) if visit.ended_at else ""
        self._result.set_text("\n".join(filter(None, (team, took, visit.result))))
        self._show_promises(visit)
        self._show_acts(visit, order)

    def retranslate(self) -> None:
        self.reveal.set_text(self.tr("Hold to show"))
        self.change.set_text(self.tr("Change"))
        self.later.set_text(self.tr("Postpone"))
        self.refuse.set_text(self.tr("Refuse"))
        self._again()

    def _show_acts(self, visit: Visit, order: bool) -> None:
        planned = visit.state is VisitState.PLANNED
        underway = visit.state is VisitState.UNDERWAY
        self.change.setVisible(planned and not order)
        self.later.setVisible((planned and not order) or visit.state is VisitState.NOT_MET)
        self.refuse.setVisible(planned)
        self.go.setVisible(planned or underway)
        if order:
            self.go.set_text(self.tr("Take it in"))
        else:
            self.go.set_text(self.tr("Go on with the visit") if underway else self.tr("Begin the visit"))

    def _show_promises(self, visit: Visit) -> None:
        clear(self._promises)
        for promise in visit.promises:
            self._promises.addWidget(Text(self._promise(promise), "strong", wrap=True))
            if not promise.kept:
                done = QuietButton(self.tr("Done"), icon="check")
                done.setAccessibleName(self.tr("Done: {promise}").format(promise=self._promise(promise)))
                done.clicked.connect(lambda _=False, this=promise: self.kept.emit(visit.id, this.id))
                self._promises.addWidget(done)

    def _promise(self, promise: Promise) -> str:
        state = self.tr("kept") if promise.kept else self.tr("by {day}").format(day=promise.due)
        return " · ".join(filter(None, (promise_words(promise.kind), state, promise.note)))
