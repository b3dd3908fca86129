"""Beside the paper: the receipt's number, where the case's facts are, and the token that proves it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from registration.application import CaseState, Delivery
from registration.identifiers import mask_name
from registration.receipt import Receipt
from storage.values import ApplicationDetail
from ui.messages import language
from ui.moments import full_time
from ui.states import state_tone, state_words
from ui.theme import Tone
from ui.widgets import Card, Chip, Lamps, QuietButton, Text
from ui.widgets.lamps import lamps_words
from ui.widgets.qr_view import QrView


class ReceiptCard(Card):
    """The receipt in four lines: its number large, then when, for whom, and for which household."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._receipt: Receipt | None = None
        self._state = CaseState.RECEIVED
        self._chip = Chip("", Tone.PRIMARY)
        self.number = Text("", "title", selectable=True)
        self._time = Text("", "muted")
        self._who = Text("", "body", elide=True)
        self._what = Text("", "muted", elide=True)
        self.body.setSpacing(4)
        for widget in (self._chip, self.number, self._time, self._who, self._what):
            self.body.addWidget(widget)

    def show_receipt(self, receipt: Receipt, state: CaseState = CaseState.RECEIVED) -> None:
        """Show a receipt, and what its case is by now."""
        self._receipt, self._state = receipt, state
        self.retranslate()

    def retranslate(self) -> None:
        receipt = self._receipt
        if receipt is None:
            return
        self._chip.set_chip(state_words(self._state), state_tone(self._state))
        self.number.set_text(receipt.number)
        self._time.set_text(f"{receipt.received_at:%Y-%m-%d %H:%M}")  # its own zone, as on the paper
        names = "、".join(mask_name(name) for name in receipt.applicant.split("、"))
        self._who.set_text(f"{names} · {receipt.property_label}")
        self._what.set_text(receipt.type_en if language() == "en" else receipt.type_zh)


class WhereCard(Card):
    """Where the facts are, as lamps and words; the acceptance number once it came; the token's QR code."""

    case_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._detail: ApplicationDetail | None = None
        self.lamps = Lamps()
        self.header.addStretch(1)
        self.header.addWidget(self.lamps)
        self._words = Text("", "muted", wrap=True)
        self.body.addWidget(self._words)
        numbered = QHBoxLayout()
        numbered.setSpacing(16)
        self._number_label = Text("", "muted")
        self.acceptance = Text("", "strong", wrap=True, selectable=True)
        numbered.addWidget(self._number_label, 0, Qt.AlignmentFlag.AlignTop)
        numbered.addWidget(self.acceptance, 1)
        self.body.addLayout(numbered)
        row = QHBoxLayout()
        row.setSpacing(14)
        self.qr = QrView(132)
        row.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        self._proof = Text("", "small", wrap=True)
        beside.addWidget(self._proof)
        beside.addStretch(1)
        self._open = QuietButton("", "O")
        self._open.clicked.connect(self.case_wanted)
        beside.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(beside, 1)
        self.body.addLayout(row)
        self.retranslate()

    def show_case(self, detail: ApplicationDetail | None, token: str) -> None:
        """Show where a case stands; None while it is read."""
        self._detail = detail
        self.qr.show_text(token)
        self._fill()

    def retranslate(self) -> None:
        self.set_title(self.tr("Where it is"))
        self._number_label.set_text(self.tr("Acceptance"))
        self._proof.set_text(
            self.tr("This code proves the receipt without a network. It holds no name and no number.")
        )
        self._open.set_text(self.tr("Open the case"))
        self._fill()

    def _fill(self) -> None:
        detail = self._detail
        delivery = detail.delivery if detail is not None else Delivery.ON_DISK
        second = detail.second_copy if detail is not None else False
        self.lamps.set_lamps(delivery, second)
        self._words.set_text(lamps_words(delivery, second))
        if detail is not None and detail.acceptance_number:
            when = full_time(detail.accepted_at) if detail.accepted_at else ""
            self.acceptance.set_text(f"{detail.acceptance_number}\n{when}".strip())
        else:
            self.acceptance.set_text(self.tr("Comes from the centre by itself; nothing to do."))
