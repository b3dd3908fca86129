"""The inquiry: what the law and the local form ask the parties, and what they answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from registration.application import Application
from registration.case_facts import facts_of
from registration.conditions import ANSWER, named
from registration.errors import Problem
from registration.identifiers import mask_name
from registration.inquiry import NO, YES, Answer, entry_of_answer, questions_for, usual_answer
from registration.materials import Standing
from registration.packs import INQUIRY, LISTS
from registration.parties import Role
from registration.signed_documents import hand_of
from ui.intake.case import IntakeCase
from ui.intake.page import StepPage
from ui.intake.steps import Step, entry_of, of_step
from ui.messages import language, words
from ui.theme import Tone
from ui.widgets import Card, Chip, ScrollArea, SecondaryButton, Text
from ui.widgets.question_row import Asked, QuestionRow

Question = tuple[str, Role]
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class InquiryPage(StepPage):
    """The fifth step: the questions of this type, for each side that is present.

    Y and N (or 1 and 2) answer and go to the next question, a number chooses, words are typed. U answers the
    rest as usual, save what is put to the person every time. Enter goes to what is open, and then on.
    """

    step = Step.INQUIRY

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(side_width=300, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._strict = False
        self._asked: tuple[Question, ...] = ()
        self._here: Question | None = None
        self.rows: dict[Question, QuestionRow] = {}
        self._heads: dict[Role, Text] = {}
        self._count = Chip("", Tone.PLAIN)
        self.card.header.addStretch(1)
        self.card.header.addWidget(self._count)
        self._area = ScrollArea(spacing=0)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.column.addStretch(1)
        self.content.addWidget(self._area, 1)
        self._keys = Card(" ")
        self._how = Text("", "muted", wrap=True)
        self._keys.body.addWidget(self._how)
        self.usual_button = SecondaryButton("", "U", "check")
        self.usual_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.usual_button.clicked.connect(self.answer_as_usual)
        self._keys.body.addWidget(self.usual_button)
        self.side.addWidget(self._keys)
        self._papers = Card(" ")
        self._paper_words = Text("", "body", wrap=True)
        self._papers.body.addWidget(self._paper_words)
        self.side.addWidget(self._papers)
        self.side.addStretch(1)
        self.retranslate()

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        self._strict, self._here = False, None
        case.facts_changed.connect(self._changed)
        case.pages_changed.connect(self._changed)
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _changed(self) -> None:
        if self.isVisible():  # what changes on another page is read when this one is turned to
            self._refresh()

    def shown(self) -> None:
        if self.case is not None:
            self.case.edit(self._only_asked)  # an answer to what is asked no more would be judged unseen
            self._refresh()

    def show_missing(self, on: bool) -> None:
        self._strict = on
        self._refresh()

    def focus_entry(self, entry: str) -> None:
        named_ = {entry_of_answer(*question).partition(".")[2]: question for question in self._asked}
        self._go(named_.get(entry) or self.open_question() or (self._asked[0] if self._asked else None))

    def entry_in_focus(self) -> str:
        inside = self._here is not None and self.isAncestorOf(self.window().focusWidget() or self.window())
        return entry_of_answer(*self._here).partition(".")[2] if inside and self._here else ""

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Y N", self.tr("Answer yes or no, and go to the next question")),
            ("1–9", self.tr("Choose an answer by its number")),
            ("↑ ↓", self.tr("Former and next question")),
            ("B", self.tr("A note to the answer")),
            ("U", self.tr("The rest as usual")),
            ("Del", self.tr("Take the answer back")),
            ("Enter", self.tr("Go to what is open, and then on")),
        ]

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Inquiry"))
        self.setAccessibleName(self.tr("Inquiry"))
        self.on_button.set_text(self.tr("Go on: signatures"))
        self._keys.set_title(self.tr("Ask, and press the answer"))
        self._how.set_text(
            self.tr(
                "Y is yes, N is no, a number chooses. B adds a note. What is put to the person every time "
                "is never answered as usual."
            )
        )
        self.usual_button.set_text(self.tr("The rest as usual"))
        self._papers.set_title(self.tr("Papers that the answers ask for"))
        self._refresh()

    # -- answering -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = Qt.Key(event.key()), self._here
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or here is None:
            super().keyPressEvent(event)
            return
        values = [value for value, _ in self.rows[here].asked().options]
        letters = {Qt.Key.Key_Y: YES, Qt.Key.Key_N: NO}
        number = event.key() - Qt.Key.Key_1.value
        if letters.get(key) in values:
            self._answer(here, letters[key])
        elif 0 <= number < len(values):
            self._answer(here, values[number])
        elif key in _ENTER:
            self._on_or_to_what_is_open()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_B:
            self.rows[here].take_note()
        elif key == Qt.Key.Key_U:
            self.answer_as_usual()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._put(here, value="")
        else:
            super().keyPressEvent(event)

    def answer_as_usual(self) -> None:
        """Answer what is open and has a usual answer, a question that appears by that too."""
        case = self.case
        if case is None:
            return

        def filled(a: Application) -> Application:
            while True:
                before = a
                for code, role in self._asked_of(a):
                    if not _given(a, (code, role)).value:
                        said = usual_answer(
                            code, a.parties, a.co_ownership, a.separate_certificates, case.packs
                        )
                        a = _with(a, replace(_given(a, (code, role)), value=said)) if said else a
                if a == before:
                    return a

        case.edit(filled)
        self._go(self.open_question() or self._last_optional())

    def _answer(self, question: Question, value: str) -> None:
        self._put(question, value=value)
        at = self._asked.index(question) if question in self._asked else -1
        later = [each for each in self._asked[at + 1 :] if not self._value(each)]
        required = [each for each in later if not self._optional(each)]
        self._go((required or [q for q in [self.open_question()] if q] or later or [question])[0])

    def _put(self, question: Question, *, value: str | None = None, note: str | None = None) -> None:
        """Set what is given of an answer, and drop what is asked no more because of it."""
        if self.case is None:
            return
        given = _given(self.case.application, question)
        answer = replace(
            given,
            value=given.value if value is None else value,
            note=given.note if note is None else note,
        )
        self.case.edit(lambda a: self._only_asked(_with(a, answer)))

    def _worded(self, question: Question, text: str) -> None:
        if self.rows[question].wants_words():
            self._put(question, value=text)
        else:
            self._put(question, note=text)

    def _on_or_to_what_is_open(self) -> None:
        to = self.open_question()
        if to is None:
            self.went_on.emit()
        else:
            self._go(to)

    def _left(self, question: Question, by: int) -> None:
        """A line of words was left: Enter goes on from there, the arrows to the neighbours."""
        if by:
            self._move(by)
        elif self.rows[question].wants_words():
            self._on_or_to_what_is_open()
        else:
            self._go(question)

    def _move(self, by: int) -> None:
        if self._here in self._asked:
            at = self._asked.index(self._here) + by
            self._go(self._asked[max(0, min(at, len(self._asked) - 1))])

    def _go(self, question: Question | None) -> None:
        self._here = question
        self._refresh()
        row = self.rows.get(question) if question is not None else None
        if row is not None and row.wants_words():
            row.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if row is not None:
            QTimer.singleShot(0, row, lambda: self._area.ensureWidgetVisible(row, 0, 60))

    # -- what is asked -------------------------------------------------------------------------------------

    def _asked_of(self, a: Application) -> tuple[Question, ...]:
        case = self.case
        if case is None:
            return ()
        facts = facts_of(a, case.checklist, case.household, case.file, today=case.today())
        asked = questions_for(case.checklist, a.parties, facts, case.packs)
        return tuple(sorted(asked, key=lambda question: tuple(Role).index(question[1])))

    def _only_asked(self, a: Application) -> Application:
        """Drop answers to what is asked no more; one that goes may take the next with it."""
        while True:
            asked = set(self._asked_of(a))
            kept = tuple(answer for answer in a.answers if (answer.question, answer.role) in asked)
            if kept == a.answers:
                return a
            a = replace(a, answers=kept)

    def _value(self, question: Question) -> str:
        return _given(self.case.application, question).value.strip() if self.case is not None else ""

    def _optional(self, question: Question) -> bool:
        return bool(self._known(question[0]).get("optional"))

    def _known(self, code: str) -> Any:
        return self.case.packs[INQUIRY]["questions"].get(code, {}) if self.case is not None else {}

    def open_question(self) -> Question | None:
        """Return the first question that has to be answered and is not."""
        return next((q for q in self._asked if not self._value(q) and not self._optional(q)), None)

    def _last_optional(self) -> Question | None:
        return next((q for q in reversed(self._asked) if self._optional(q)), self._here)

    # -- showing -------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        case = self.case
        if case is None:
            return
        asked = self._asked_of(case.application)
        if asked != self._asked:
            self._lay_out(asked)
        problems = {entry_of(problem): problem for problem in of_step(case.missing(), Step.INQUIRY)}
        number = dict.fromkeys(Role, 0)
        for question in asked:
            number[question[1]] += 1
            content = self._content(question, number[question[1]], problems)
            self.rows[question].show_question(content, here=question == self._here)
        for role, head in self._heads.items():
            people = "、".join(mask_name(hand_of(p)) for p in case.application.parties if p.role is role)
            side = self.tr("Right holder") if role is Role.RIGHT_HOLDER else self.tr("Obligor")
            head.set_text(f"{side}  {people}".strip())
        needed = [question for question in asked if not self._optional(question)]
        done = sum(bool(self._value(question)) for question in needed)
        self._count.set_chip(
            self.tr("{done} of {all} answered").format(done=done, all=len(needed)),
            Tone.PRIMARY if done == len(needed) else Tone.PLAIN,
        )
        lines = list(self._papers_asked_for(case))
        self._paper_words.set_text("\n".join(lines))
        self._papers.setVisible(bool(lines))

    def _content(self, question: Question, number: int, problems: dict[str, Problem]) -> Asked:
        assert self.case is not None
        known, english = self._known(question[0]), language() == "en"
        answer = _given(self.case.application, question)
        problem = problems.get(entry_of_answer(*question).partition(".")[2])
        told = problem is not None and (self._strict or problem.code != "inquiry_unanswered")
        said = words(problem) if problem is not None and told else None
        text = known["kind"] == "text"
        hint = self.tr("Note") if not text else self.tr("May stay empty") if known.get("optional") else ""
        return Asked(
            number,
            known["en" if english else "zh"],
            () if text else tuple((value, self._said(value)) for value in known.get("options", (YES, NO))),
            answer.value,
            answer.note,
            hint,
            f"{said.what} {said.remedy}" if said is not None else "",
        )

    def _said(self, value: str) -> str:
        assert self.case is not None
        own = {YES: self.tr("Yes"), NO: self.tr("No"), "none": self.tr("None")}
        kinds = self.case.packs[LISTS]["co_ownership"]
        return own.get(value) or str(kinds.get(value, {}).get(language(), value))

    def _papers_asked_for(self, case: IntakeCase) -> Iterator[str]:
        for row in case.board():
            condition = row.item.condition
            if condition is not None and any(name.startswith(ANSWER) for name in named(condition)):
                here = row.standing in (Standing.HERE, Standing.DEFERRED, Standing.REPLACED)
                mark = "✓" if here else self.tr("still missing")
                yield f"{row.item.name(language())}  {mark}"

    def _lay_out(self, asked: tuple[Question, ...]) -> None:
        """Make rows for what is asked, in order; those that stay are kept, with what is being typed."""
        for question in [question for question in self.rows if question not in asked]:
            row = self.rows.pop(question)
            row.hide()
            row.deleteLater()
        heads = {role: self._heads.get(role) or Text("", "strong") for role in Role}
        place = 0
        for role in Role:
            head, own = heads[role], [question for question in asked if question[1] is role]
            if own:
                head.setContentsMargins(14, 10, 0, 6)
                self._area.column.insertWidget(place, head)
                head.show()  # only now: a widget shown without a parent is a window of its own
                self._heads[role] = head
                place += 1
            else:
                self._heads.pop(role, None)
                head.hide()
                head.deleteLater()
            for question in own:
                row = self.rows.get(question) or self._new_row(question)
                self._area.column.insertWidget(place, row)
                row.show()
                place += 1
        self._asked = asked
        if self._here not in asked:
            self._here = self.open_question() or (asked[0] if asked else None)

    def _new_row(self, question: Question) -> QuestionRow:
        row = self.rows[question] = QuestionRow()
        row.answered.connect(lambda value: self._answer(question, value))
        row.worded.connect(lambda text: self._worded(question, text))
        row.left.connect(lambda by: self._left(question, by))
        row.taken.connect(lambda: self._go(question))
        return row


def _given(a: Application, question: Question) -> Answer:
    code, role = question
    found = next((each for each in a.answers if (each.question, each.role) == question), None)
    return found or Answer(code, role=role)


def _with(a: Application, answer: Answer) -> Application:
    """Put an answer in the place of the one before; one that says nothing goes."""
    others = tuple(x for x in a.answers if (x.question, x.role) != (answer.question, answer.role))
    said = (answer,) if answer.value or answer.note else ()
    return replace(a, answers=(*others, *said))
