"""The progress rail: the eight parts of an intake, what stands in each, and whether it is on the disk."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from registration.checklist import Need
from registration.fees import total
from registration.identifiers import mask_name
from ui.intake.case import IntakeCase, Keeping
from ui.intake.counts import answered, signed
from ui.intake.fees import lines_of
from ui.intake.steps import Step, of_step
from ui.messages import language
from ui.theme import Tone, look, paint_icon
from ui.widgets import QuietButton, Text

_WIDE, _COMPACT = 202, 60
_DONE_UNSEEN = (Step.APPLICANT, Step.PROPERTY, Step.MATERIALS)  # the rest have an answer to begin with


@dataclass(frozen=True)
class StepNews:
    """What the rail says of one step: a short summary, whether it is done, and how much is open."""

    summary: str = ""
    done: bool = False
    open_points: int = 0
    warned: bool = False  # open points are shown only once the operator has been there


class StepButton(QAbstractButton):
    """One step: its number or a check, its name, one line of what is in it."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self._news = StepNews()
        self._compact = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt and its number go there; Tab stays in the entries
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def nextCheckState(self) -> None:
        """A press asks for the step; the mark moves once the intake has turned there."""
        if self.isChecked():  # a sibling was checked
            self.setChecked(False)

    def show_news(self, news: StepNews) -> None:
        if news != self._news:
            self._news = news
            self.setToolTip(f"{self.text()}  {news.summary}")
            self.setAccessibleDescription(news.summary)
            self.update()

    def news(self) -> StepNews:
        return self._news

    def sizeHint(self) -> QSize:
        return QSize(look().px(_COMPACT) - 4 if self._compact else look().px(200), look().px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, look().px(40))  # eight stand below one another at every text size

    def set_compact(self, on: bool) -> None:
        """Show the mark alone; the words are in the tool tip."""
        self._compact = on
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, news, here = look(), self._news, self.isChecked()
        if here:
            painter.fillRect(self.rect(), t.color("primary_soft"))
        elif self.underMouse():
            painter.fillRect(self.rect(), t.color("raised"))
        self._paint_mark(painter)
        if self._compact:
            return
        left = t.px(54)
        room = self.width() - left - t.px(12)
        name_font = t.font(14.5, QFont.Weight.DemiBold if here else QFont.Weight.Medium)
        painter.setFont(name_font)
        painter.setPen(t.color("primary" if here else "ink"))
        middle = self.height() / 2
        name = QRectF(left, middle - t.px(20 if news.summary else 11), room, t.px(22))
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        if news.summary:
            painter.setFont(t.font(12.5))
            painter.setPen(t.color("muted"))
            words = QFontMetricsF(painter.font()).elidedText(news.summary, Qt.TextElideMode.ElideRight, room)
            line = QRectF(left, middle + t.px(1), room, t.px(18))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _paint_mark(self, painter: QPainter) -> None:
        t, news, here = look(), self._news, self.isChecked()
        centre, radius = QPointF(t.px(29), self.height() / 2), t.px(11)
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        if news.done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("primary"))
            painter.drawEllipse(box)
            inset = radius * 0.42
            check = box.adjusted(inset, inset, -inset, -inset)
            paint_icon(painter, check, "check", t.color("on_primary"), stroke=3)
            return
        warned = news.warned and news.open_points > 0
        edge = t.ink(Tone.AMBER) if warned else t.color("primary" if here else "edge")
        painter.setPen(QPen(edge, 1.6))
        painter.setBrush(t.soft(Tone.AMBER) if warned else t.color("surface"))
        painter.drawEllipse(box)
        painter.setPen(edge if warned or here else t.color("muted"))
        painter.setFont(t.font(12.5, QFont.Weight.DemiBold))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.step.number))


class StepRail(QFrame):
    """StepRail(): `step_wanted(Step)` on a press, `aside_wanted` to put this case aside for another."""

    step_wanted = Signal(object)
    aside_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self._compact = self._offered = self._mending = False
        self.setFixedWidth(look().px(_WIDE))
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 8, 1, 8)
        box.setSpacing(0)
        self._here: Step | None = None
        self._buttons = {step: StepButton(step) for step in Step}
        for step, button in self._buttons.items():
            button.clicked.connect(lambda _=False, step=step: self.step_wanted.emit(step))
            # A screen reader toggles a checkable button, and that is no click
            button.toggled.connect(lambda on, step=step: self._toggled(step, on))
            box.addWidget(button)
        box.addStretch(1)
        self._kept = Text("", "small", wrap=True)
        self._kept.setContentsMargins(18, 0, 12, 4)
        box.addWidget(self._kept)
        self.aside_button = QuietButton("", "")
        self.aside_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.aside_button.clicked.connect(self.aside_wanted)
        box.addWidget(self.aside_button)
        self.discard_button = QuietButton("")
        self.discard_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.discard_button.clicked.connect(self.discard_wanted)
        box.addWidget(self.discard_button)
        self.retranslate()

    def show_step(self, step: Step) -> None:
        self._here = step
        self._buttons[step].setChecked(True)

    def show_case(self, case: IntakeCase, visited: Set[Step]) -> None:
        """Sum up a case, names masked; open points are amber on the steps that were visited."""
        missing = case.missing()
        party = case.application.first_applicant
        tail = party.document_number[-4:] if len(party.document_number) >= 4 else ""
        required = [item for item in case.checklist.items if item.need is Need.REQUIRED]
        here = sum(bool(case.pages_of(item.code)) for item in required)
        self._mending = case.application.revision > 1
        self._name_discard()
        count, due = len(missing), total(lines_of(case))
        summaries = {
            Step.APPLICANT: " · ".join(part for part in (mask_name(party.name), tail) if part),
            Step.PROPERTY: case.household.label if case.household else "",
            Step.TYPE: case.checklist.name(language()),
            Step.MATERIALS: self.tr("{here} of {all}").format(here=here, all=len(required)),
            Step.INQUIRY: "{} / {}".format(*answered(case)),
            Step.SIGNATURES: "{} / {}".format(*signed(case)),
            Step.FEES: self.tr("{amount} yuan").format(amount=due) if due else self.tr("Free of charge"),
            Step.REVIEW: self.tr("%n point(s) open", "", count) if count else self.tr("Ready"),
        }
        for step, button in self._buttons.items():
            opened = count if step is Step.REVIEW else len(of_step(missing, step))
            seen = step in visited
            done = not opened and step is not Step.REVIEW and (seen or step in _DONE_UNSEEN)
            button.show_news(StepNews(summaries[step], done, opened, seen))

    def news_of(self, step: Step) -> StepNews:
        return self._buttons[step].news()

    def show_keeping(self, keeping: Keeping) -> None:
        """Say how the draft stands to the disk; what is stored can be put aside or discarded."""
        words, tone = {
            Keeping.NEW: ("", None),
            Keeping.KEPT: (self.tr("Draft stored on this disk"), None),
            Keeping.UNSAVED: (self.tr("Storing…"), None),
            Keeping.FAILED: (self.tr("Not stored; trying again"), Tone.SEAL),
        }[keeping]
        self._kept.set_text(words)
        self._kept.set_tone(tone)
        self._offered = keeping is not Keeping.NEW
        self._show_buttons()

    def retranslate(self) -> None:
        names = {
            Step.APPLICANT: self.tr("Applicant"),
            Step.PROPERTY: self.tr("Property"),
            Step.TYPE: self.tr("Type and category"),
            Step.MATERIALS: self.tr("Materials"),
            Step.INQUIRY: self.tr("Inquiry"),
            Step.SIGNATURES: self.tr("Signatures"),
            Step.FEES: self.tr("Fees"),
            Step.REVIEW: self.tr("Review and submit"),
        }
        for step, button in self._buttons.items():
            button.setText(names[step])
            button.setAccessibleName(f"{step.number}. {names[step]}")
        self.aside_button.set_text(self.tr("Put aside, take the next"))
        self._name_discard()

    def _name_discard(self) -> None:
        mending = self.tr("Give this correction up")
        self.discard_button.set_text(mending if self._mending else self.tr("Discard this draft"))

    def set_compact(self, on: bool) -> None:
        """Give most of the room to the step: marks alone, the draft's buttons only by their keys."""
        self._compact = on
        self.setFixedWidth(look().px(_COMPACT if on else _WIDE))
        for button in self._buttons.values():
            button.set_compact(on)
        self._kept.setVisible(not on)
        self._show_buttons()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.set_compact(self._compact)
        super().changeEvent(event)

    def _toggled(self, step: Step, on: bool) -> None:
        if on and step is not self._here:
            self.step_wanted.emit(step)

    def _show_buttons(self) -> None:
        for button in (self.aside_button, self.discard_button):
            button.setVisible(self._offered and not self._compact)
