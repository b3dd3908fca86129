"""The fees: what this registration costs by the table, who owes it, and that no money is taken here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from registration.fees import FeeLine, Use, fees_for, payer_of, total
from ui.intake.case import IntakeCase
from ui.intake.page import StepPage
from ui.intake.steps import Step
from ui.messages import language
from ui.theme import look
from ui.widgets import Card, Text
from ui.widgets.pills import Pill, Pills

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FeeTable(QWidget):
    """FeeTable().show_lines(lines): item, price, number and amount, ruled between."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[tuple[str, str, str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[tuple[str, str, str, str]]) -> None:
        self._lines = tuple(lines)
        self.setAccessibleName("; ".join(" ".join(line) for line in lines))
        self.updateGeometry()
        self.update()

    def lines(self) -> tuple[tuple[str, str, str, str], ...]:
        return self._lines

    def sizeHint(self) -> QSize:
        return QSize(look().px(400), look().px(48) * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(300), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        t, height = look(), look().px(48)
        shares = (0.52, 0.16, 0.14, 0.18)
        for row, line in enumerate(self._lines):
            left = 0.0
            for column, (words, share) in enumerate(zip(line, shares, strict=True)):
                wide = share * self.width()
                box = QRectF(left, row * height, wide, height)
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                weight = QFont.Weight.DemiBold if column in (0, 3) else QFont.Weight.Normal
                painter.setFont(t.font(14, weight))
                painter.setPen(t.color("ink" if column in (0, 3) else "muted"))
                painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, words)
                left += wide
            painter.setPen(t.color("line"))
            painter.drawLine(0, (row + 1) * height - 1, self.width(), (row + 1) * height - 1)
        painter.end()


class FeesPage(StepPage):
    """The seventh step: 1 to 3 say what the property is used for, Enter goes on. Declared only."""

    step = Step.FEES

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(side_width=320, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._use_label = Text("", "strong")
        self.content.addWidget(self._use_label)
        self.uses = Pills()
        self.uses.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.uses.chosen.connect(self._use)
        self.content.addWidget(self.uses)
        self.table = FeeTable()
        self.content.addWidget(self.table)
        self.sum = Text("", "plate")
        self.content.addWidget(self.sum)
        self._free = Text("", "muted", wrap=True)
        self.content.addWidget(self._free)
        self.content.addStretch(1)
        self._who = Card(" ")
        self._payer = Text("", "body", wrap=True)
        self._arrears = Text("", "muted", wrap=True)
        self._who.body.addWidget(self._payer)
        self._who.body.addWidget(self._arrears)
        self.side.addWidget(self._who)
        self.side.addStretch(1)
        self.retranslate()

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        case.facts_changed.connect(self._changed)
        self.shown()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown()

    def focus_entry(self, entry: str) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keys(self) -> list[tuple[str, str]]:
        return [("1–3", self.tr("What the property is used for")), ("Enter", self.tr("Go on"))]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1.value
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif Qt.Key(event.key()) in _ENTER:
            self.went_on.emit()
        elif 0 <= number < len(Use) and lines_of(self.case):
            self._use(tuple(Use)[number].value)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Fees"))
        self.setAccessibleName(self.tr("Fees"))
        self.on_button.set_text(self.tr("Go on: review"))
        self._use_label.set_text(self.tr("The property is used as"))
        self._who.set_title(self.tr("Who pays"))
        self.shown()

    def shown(self) -> None:
        case = self.case
        if case is None:
            return
        names = {
            Use.HOUSING: self.tr("Housing"),
            Use.OTHER: self.tr("Other than housing"),
            Use.PARKING: self.tr("Garage or parking space"),
        }
        lines, english = lines_of(case), language() == "en"
        self.uses.show_pills([Pill(use.value, words) for use, words in names.items()], {case.application.use})
        self.table.show_lines(
            [
                (
                    line.en if english else line.zh,
                    f"{line.price}",
                    f"{line.quantity} {line.unit_en if english else line.unit_zh}",
                    self.tr("{amount} yuan").format(amount=line.amount),
                )
                for line in lines
            ]
        )
        self.sum.set_text(self.tr("{amount} yuan").format(amount=total(lines)))
        self._free.set_text(
            self.tr("By the table of fees; a reduction is decided where the fee is paid.")
            if lines
            else self.tr("This registration is free of charge.")
        )
        for widget in (self._use_label, self.uses, self.table):
            widget.setVisible(bool(lines))
        obligor = any(payer_of(line, case.packs) == "obligor" for line in lines)
        side = self.tr("the obligor") if obligor else self.tr("the right holder")
        self._payer.set_text(
            self.tr(
                "Owed by {who}, paid to the registration body before the certificate is handed out. "
                "No money is taken at this window."
            ).format(who=side)
            if lines
            else self.tr("Nothing is owed for the registration itself.")
        )
        apart = case.file.arrears_separation
        self._arrears.set_text(
            self.tr("The developer's arrears are kept apart: they never hold up this household.")
        )
        self._arrears.setVisible(apart)

    def _changed(self) -> None:
        if self.isVisible():
            self.shown()

    def _use(self, value: str) -> None:
        if self.case is not None:
            self.case.edit(lambda a: replace(a, use=Use(value)))


def lines_of(case: IntakeCase | None) -> tuple[FeeLine, ...]:
    """Return what a case costs, line by line; nothing where it is free."""
    if case is None:
        return ()
    facts = case.application
    return fees_for(
        case.checklist,
        facts.use,
        case.packs,
        holders=len(facts.right_holders),
        separate_certificates=facts.separate_certificates,
    )
