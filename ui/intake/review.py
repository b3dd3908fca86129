"""The review: the case in a few lines, what is missing in plain words, and the one button that submits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from registration.errors import JilaiError, Problem
from registration.outcomes import Outcome, outcome_of
from registration.rights import Act, may
from ui.intake.case import IntakeCase
from ui.intake.page import StepPage
from ui.intake.review_facts import ReviewFacts, gathered, worth_minding
from ui.intake.steps import Step
from ui.messages import words
from ui.role_words import who_may
from ui.theme import Tone, look, paint_icon
from ui.widgets import Card, Chip, InlineProblem, QuietButton, ScrollArea, Text
from ui.widgets.problem_notes import ProblemNotes


class MissingLine(QAbstractButton):
    """One thing that is missing, and the way to it: a press or Enter goes there."""

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = problem
        said = words(problem)
        self._title, self._remedy = said.title, said.remedy
        self.setText(said.title)
        self.setAccessibleName(f"{said.title}. {said.what} {said.remedy}")
        self.setToolTip(said.what)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(300), look().px(56))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, rect = look(), QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5)
        painter.setPen(QPen(t.color("primary"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(t.soft(Tone.AMBER))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        side = t.px(18)
        mark = QRectF(rect.left() + 14, rect.center().y() - side / 2, side, side)
        paint_icon(painter, mark, "triangle-alert", t.ink(Tone.AMBER))
        left = mark.right() + 12
        room = rect.right() - left - t.px(36)
        for words_, y, font, ink in (
            (self._title, -t.px(10), t.font(14, QFont.Weight.DemiBold), t.color("ink")),
            (self._remedy, t.px(10), t.font(12.5), t.color("muted")),
        ):
            painter.setFont(font)
            painter.setPen(ink)
            line = QRectF(left, rect.center().y() + y - t.px(10), room, t.px(20))
            shown = QFontMetricsF(font).elidedText(words_, Qt.TextElideMode.ElideRight, room)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        arrow = QRectF(rect.right() - t.px(30), rect.center().y() - side / 2, side, side)
        paint_icon(painter, arrow, "chevron-right", t.color("ink" if self.underMouse() else "muted"))
        painter.end()


class ReviewPage(StepPage):
    """The last step. `submit_wanted` on the button or Ctrl+Enter; `jump_wanted(Problem)` from a line.

    `refuse_wanted` on F9: the case is not accepted. F7 lets a draft of older rules take the newest.
    """

    step = Step.REVIEW
    submit_wanted = Signal()
    jump_wanted = Signal(object)
    step_wanted = Signal(object)
    refuse_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(side_width=400, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lines: list[MissingLine] = []
        self._problems: tuple[Problem, ...] | None = None
        self._waiting = False
        self._failed = False  # the last submission failed for a reason that no entry mends
        self._area = ScrollArea(spacing=16)
        self.content.addWidget(self._area, 1)
        self._facts = ReviewFacts()
        self.notes = ProblemNotes()
        self._area.column.addWidget(self.notes)
        self._area.column.addWidget(self._facts)
        self._area.column.addStretch(1)
        self.problem = InlineProblem()
        self.side.addWidget(self.problem)
        self.verdict = Card(" ")
        self.verdict.body.setSpacing(4)
        self._words = Text("", "muted", wrap=True)
        self.verdict.body.addWidget(self._words)
        self._list = ScrollArea(spacing=0)
        self._list.column.addStretch(1)
        self.verdict.body.addWidget(self._list, 1)
        self.side.addWidget(self.verdict, 1)
        self.on_button.clicked.disconnect()
        self.on_button.clicked.connect(self.submit_wanted)
        self.on_button.set_key_hint("Ctrl Enter")
        self.renew_button = QuietButton("", "F7", "refresh-cw")
        self.renew_button.clicked.connect(self.renew)
        self.refuse_button = QuietButton("", "F9", "x")
        self.refuse_button.clicked.connect(self.refuse_wanted)
        other_ways = QHBoxLayout()  # not in the foot, whose width decides whether the side has room
        other_ways.addStretch(1)
        other_ways.addWidget(self.renew_button)
        other_ways.addWidget(self.refuse_button)
        self.content.addLayout(other_ways)
        for key, act in (("F7", self.renew), ("F9", self.refuse_wanted.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.confirmed = Chip()
        self.confirmed.hide()
        self.card.header.addStretch(1)
        self.card.header.addWidget(self.confirmed)
        stops = (self._area, self.renew_button, self.refuse_button, self.back_button, self.on_button)
        for here, there in pairwise(stops):
            self.setTabOrder(here, there)  # the foot is made before what stands above it
        self.retranslate()

    def set_narrow(self, on: bool) -> None:
        """What is missing is never left out: where it does not fit beside the facts, it stands over them."""
        box = self.layout()
        assert isinstance(box, QBoxLayout)
        box.setDirection(QBoxLayout.Direction.BottomToTop if on else QBoxLayout.Direction.LeftToRight)
        wide = look().px(400)
        self.beside.setMinimumWidth(0 if on else wide)
        self.beside.setMaximumWidth(16777215 if on else wide)
        self.beside.setMaximumHeight(look().px(230) if on else 16777215)

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        self.problem.clear()
        self._failed = False
        self.set_waiting("")
        self.refresh()

    def refresh(self, *, adding: bool = False) -> None:
        """Show the case and what is missing as they stand now; `adding`: files are still on their way."""
        if self.case is None:
            return
        self._facts.show_case(self.case)
        self.notes.show_problems(worth_minding(self.case), Tone.AMBER)
        self.renew_button.setVisible(bool(self.case.newer))
        self.refuse_button.setVisible(self.case.application.revision == 1)
        self.refuse_button.setEnabled(may(self.case.role(), Act.END_CASE))
        self._show_missing(self.case.missing(), adding=adding)

    def renew(self) -> None:
        """Let a draft that began with older rules go on in the newest."""
        if self.case is not None and self.case.newer and not self._waiting:
            self.case.renew()

    def refuse(self, error: JilaiError, problems: Sequence[Problem]) -> None:
        """Say why the submission was not taken, and go to the first line that mends it."""
        self.set_waiting("")
        self._failed = not problems
        self.problem.show_problem(error, tone=Tone.AMBER if problems else None)
        if problems:
            self._show_missing(tuple(problems), adding=False)
            self.focus_entry("")

    def show_confirmed(self, holds: bool, *, known: bool) -> None:
        """Say whether the applicant has confirmed the facts on the other screen, and whether that holds."""
        self.confirmed.setVisible(known)
        words = self.tr("Confirmed by the applicant") if holds else self.tr("Changed since it was confirmed")
        self.confirmed.set_chip(words, Tone.PRIMARY if holds else Tone.AMBER)

    def set_waiting(self, text: str) -> None:
        """Show that the submission is under way; "" ends it."""
        self._waiting = bool(text)
        if text:
            self._failed = False
            self.problem.clear()
        self.on_button.set_busy(text)

    def waiting(self) -> bool:
        return self._waiting

    def focus_entry(self, entry: str) -> None:
        # Not on the button: one Enter too many must not submit, Ctrl+Enter is a decision.
        target: QWidget = self.lines[0] if self.lines else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.submit_wanted.emit()
            elif self.lines:
                self.lines[0].click()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Review and submit"))
        self.setAccessibleName(self.tr("Review and submit"))
        self.on_button.set_text(self.tr("Submit"))
        self.renew_button.set_text(self.tr("Take the newest rules"))
        self.refuse_button.set_text(self.tr("Refuse…"))
        self._problems = None
        self.refresh()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl Enter", self.tr("Submit")),
            ("Enter", self.tr("Go to what is missing")),
            ("↑ ↓", self.tr("Choose a line")),
            ("F9", self.tr("Not accepted: end the case with its notice")),
            ("F7", self.tr("Take the newest rules, where the draft began with older ones")),
        ]

    def _show_missing(self, problems: tuple[Problem, ...], *, adding: bool) -> None:
        if problems != self._problems:
            self._problems = problems
            in_hand = any(line.hasFocus() for line in self.lines)
            for line in self.lines:
                self._list.column.removeWidget(line)
                line.hide()
                line.deleteLater()
            self.lines = [MissingLine(problem) for problem in gathered(problems)]
            for place, line in enumerate(self.lines):
                self._list.column.insertWidget(place, line)
                line.clicked.connect(lambda _=False, p=line.problem: self.jump_wanted.emit(p))
            if in_hand:
                self.focus_entry("")
        if problems:
            self.verdict.set_title(self.tr("%n point(s) still open", "", len(problems)))
            self._words.set_text(
                self.tr("Enter goes to the first. What cannot be had today: F9 prints the notice of it all.")
                if outcome_of(problems) is Outcome.REFUSE
                else self.tr("Enter goes to the first; each line leads to its entry.")
            )
        else:
            if not self._failed:  # a failure of the machine stays until the next try
                self.problem.clear()
            self.verdict.set_title(self.tr("Everything is here"))
            self._words.set_text(
                self.tr(
                    "Submitting gives the receipt number and freezes the case. "
                    "It works without a network; the centre is told as soon as it can be reached."
                )
            )
        if adding:
            self._words.set_text(self.tr("Files are still being added; submit when they are there."))
        for refusal in who_may(self.case.role(), Act.SUBMIT) if self.case is not None else ():
            self._words.set_text(refusal)
        if not self._waiting:
            able = self.case is None or may(self.case.role(), Act.SUBMIT)
            self.on_button.setEnabled(able and not adding)
