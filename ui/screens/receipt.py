"""The receipt: the very bytes that go to paper, where the case's facts are, and the next applicant."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.receipt import Receipt
from storage import applications, print_queue
from storage.print_queue import Wish
from storage.values import ApplicationDetail
from ui.messages import language
from ui.papers import receipt_wish
from ui.run import aside, read_aside
from ui.screens.paper_printing import PaperPrinting
from ui.screens.paper_saving import ask_where, write_whole
from ui.screens.reason_sheet import ask_reprint
from ui.screens.receipt_side import ReceiptCard, WhereCard
from ui.theme import Tone
from ui.widgets import (
    Card,
    InlineProblem,
    PrimaryButton,
    Screen,
    SecondaryButton,
    Segmented,
    Text,
)
from ui.widgets.paper_view import PaperView, picture_of
from ui.widgets.side_column import SideColumn

if TYPE_CHECKING:
    from ui.services import Services

A4, ROLL = "a4", "roll"


class ReceiptScreen(Screen):
    """`show_receipt(receipt, fresh=…)` in; `next_requested()`, `case_requested(id)` and `left()` out."""

    next_requested = Signal()
    case_requested = Signal(str)
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._receipt: Receipt | None = None
        self._fresh = False
        self._paper = A4
        self._copy = 0  # which copy is in view; 0 while that is read
        self._spent = False  # the copy in view went to paper: the next one is a reprint
        self._pdf = b""
        self._round = 0  # a rendering that was overtaken is not shown
        self._print_when_made = False
        self._reason = ""  # why the copy in view is printed, where it is a reprint
        self._printing = PaperPrinting(services, self)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addWidget(self._build_paper(), 1)
        outer.addWidget(self._build_side())
        self._connect()
        self.retranslate()

    def _build_paper(self) -> QWidget:
        self._card = Card(" ", margins=12)
        self.paper = Segmented()
        self._card.header.addStretch(1)
        self._card.header.addWidget(self.paper)
        self.view = PaperView()
        self._card.body.addWidget(self.view, 1)
        return self._card

    def _build_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.facts = ReceiptCard()
        self.where = WhereCard()
        self.problem = InlineProblem()
        self._said = Text("", "muted", wrap=True)
        self.print_button = SecondaryButton("", "P", "printer")
        self.save_button = SecondaryButton("", "S", "save")
        self.next_button = PrimaryButton("", "Enter")
        upper = SideColumn(380)
        upper.column.addWidget(self.facts)
        upper.column.addWidget(self.where)
        upper.column.addStretch(1)
        column.addWidget(upper, 1)
        column.addWidget(self.problem)
        column.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.print_button, 1)
        row.addWidget(self.save_button, 1)
        column.addLayout(row)
        column.addWidget(self.next_button)
        return side

    def _connect(self) -> None:
        self.paper.chosen.connect(self._turn_paper)
        self.print_button.clicked.connect(self.print_copy)
        self.save_button.clicked.connect(self.ask_where)
        self.next_button.clicked.connect(self._go_on)
        self.problem.retried.connect(self.print_copy)
        self.where.case_wanted.connect(self._ask_case)
        self._printing.moved.connect(self._say)
        self._printing.printed.connect(self._printed)
        self._printing.failed.connect(self._not_printed)
        self._services.signals.changed.connect(self._changed)
        for key, act in (
            ("P", self.print_copy),
            ("S", self.ask_where),
            ("A", partial(self._choose_paper, A4)),
            ("R", partial(self._choose_paper, ROLL)),
            ("O", self._ask_case),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- which receipt -------------------------------------------------------------------------------------

    def show_receipt(self, receipt: Receipt, *, fresh: bool = False) -> None:
        """Show a receipt. `fresh`: it was issued this moment, and the way on is the next applicant."""
        self._receipt, self._fresh = receipt, fresh
        self.problem.clear()
        self._say("")
        self._copy, self._spent, self._pdf, self._reason = 0, False, b"", ""
        self._printing.forget()
        self.facts.show_receipt(receipt)
        self.where.show_case(None, receipt.token)
        self._say_way_on()
        self._read()
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def receipt(self) -> Receipt | None:
        return self._receipt

    def pdf(self) -> bytes:
        """Return the bytes in view, b"" while they are made."""
        return self._pdf

    def shown(self) -> None:
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> bool:
        self.left.emit()
        return True

    def retranslate(self) -> None:
        self._card.set_title(self.tr("Intake receipt"))
        self.paper.set_options([(A4, self.tr("A4")), (ROLL, self.tr("80 mm roll"))])
        self.paper.set_value(self._paper)
        self.paper.setAccessibleName(self.tr("Paper"))
        self.print_button.set_text(self.tr("Print"))
        self.save_button.set_text(self.tr("Save PDF…"))
        self._say_way_on()
        self.facts.retranslate()
        self.where.retranslate()
        if self._receipt is not None:
            self._render()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Next applicant") if self._fresh else self.tr("Back")),
            ("Space", self.tr("Call the next number")),
            ("P", self.tr("Print")),
            ("S", self.tr("Save as PDF")),
            ("A R", self.tr("A4, or the 80 mm roll")),
            ("O", self.tr("Open the case")),
        ]

    def _say_way_on(self) -> None:
        self.next_button.set_text(self.tr("Next applicant") if self._fresh else self.tr("Back"))

    def _go_on(self) -> None:
        if self._fresh:
            self.next_requested.emit()
        else:
            self.left.emit()

    def _read(self) -> None:
        receipt = self._receipt
        if receipt is None:
            return

        def read(db: Any) -> tuple[ApplicationDetail | None, int]:
            return (
                applications.detail(db, receipt.application_id),
                print_queue.next_copy(db, self._wish(receipt)),
            )

        def arrived(found: tuple[ApplicationDetail | None, int]) -> None:
            if receipt is self._receipt:
                self.where.show_case(found[0], receipt.token)
                if found[0] is not None:
                    self.facts.show_receipt(receipt, found[0].state)
                if not self._copy:
                    self._copy = found[1]
                    self._render()

        read_aside(self, self._services, read, arrived)

    def _changed(self, changes: Changes) -> None:
        if self._receipt is not None and self._receipt.application_id in changes.applications:
            self._read()

    # -- the paper -----------------------------------------------------------------------------------------

    def _choose_paper(self, paper: str) -> None:
        self.paper.set_value(paper)
        self._turn_paper(paper)

    def _turn_paper(self, paper: str) -> None:
        if paper != self._paper:
            self._paper = paper
            self._render()

    def _render(self) -> None:
        receipt, services = self._receipt, self._services
        if receipt is None or not self._copy:
            return
        self._pdf = b""
        self._round += 1
        wish, copy, by = self._wish(receipt), self._copy, services.who.operator_name
        aside(
            self,
            services.signals,
            lambda: _made(partial(services.papers.make, wish, copy, by)),
            partial(self._show_pdf, self._round),
            self._not_rendered,
        )

    def _show_pdf(self, number: int, made: tuple[bytes, QImage]) -> None:
        if number != self._round:
            return
        self._pdf, picture = made
        self.view.show_picture(picture, whole=self._paper == A4)
        if self._print_when_made:
            self.print_copy()

    def _not_rendered(self, error: JilaiError) -> None:
        self.problem.show_problem(error)

    def print_copy(self) -> None:
        """Send the copy in view to its printer; nothing of the case depends on how that ends."""
        if self._receipt is None or self._printing.busy():
            return
        if (self._spent or self._copy > 1) and not self._reason:
            ask_reprint(self.window(), self._print_again)
            return
        self._print_when_made = not self._pdf
        if self._receipt is None or not self._pdf or self._printing.busy():
            return
        self.problem.clear()
        self._say(self.tr("Sent to the printer…"))
        self.print_button.set_busy(self.tr("Printing…"))
        self._printing.send(self._wish(self._receipt))

    def _print_again(self, reason: str) -> None:
        self._reason = reason
        if self._spent:
            self._copy, self._spent = self._copy + 1, False
            self._render()
        self.print_copy()

    def _wish(self, receipt: Receipt) -> Wish:
        return receipt_wish(self._services, receipt, self._paper, language(), self._reason)

    def _printed(self, printer: str) -> None:
        self.print_button.set_busy("")
        self._spent, self._reason = True, ""
        self._say(self.tr("Printed on {printer}").format(printer=printer))

    def _not_printed(self, error: JilaiError) -> None:
        self.print_button.set_busy("")
        self._say("")
        self.problem.show_problem(error, tone=Tone.AMBER, can_retry=True)

    def _say(self, text: str) -> None:
        self._said.set_text(text)
        self._said.setVisible(bool(text))

    # -- the file ------------------------------------------------------------------------------------------

    def ask_where(self) -> None:
        """Ask where the PDF goes; its proposed name is the receipt number, which says nothing of a person."""
        if self._receipt is None or not self._pdf:
            return
        ask_where(self, self.tr("Save the receipt"), self._receipt.number, self.save_as)

    def save_as(self, name: str) -> None:
        """Write the bytes in view to a file, whole or not at all."""
        pdf = self._pdf

        def done(_: None) -> None:
            self._say(self.tr("Saved as {file}").format(file=Path(name).name))

        aside(self, self._services.signals, partial(write_whole, name, pdf), done, self.problem.show_problem)

    def _ask_case(self) -> None:
        if self._receipt is not None:
            self.case_requested.emit(self._receipt.application_id)


def _made(make: Callable[[], bytes]) -> tuple[bytes, QImage]:
    """Return a paper's bytes and the picture that shows these very bytes."""
    pdf = make()
    return pdf, picture_of(pdf)
