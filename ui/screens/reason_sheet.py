"""Why: asked before a copy is printed again, a receipt declared void, a case withdrawn or discarded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets import DangerButton, Field, PrimaryButton, QuietButton, SecondaryButton, Sheet, Text


class _Reason(QLineEdit):
    """The line for the reason; Alt and a number fills in a usual one."""

    def __init__(self, usual: Sequence[str]) -> None:
        super().__init__()
        self._usual = usual
        self.setMaxLength(120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1.value
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and 0 <= number < len(self._usual):
            self.setText(self._usual[number])
            return
        super().keyPressEvent(event)


def ask_reprint(host: QWidget, reprint: Callable[[str], None]) -> Sheet:
    """Ask over `host` why a paper is printed again; call `reprint(reason)` once that is said."""
    translate = QCoreApplication.translate
    return _ask(
        host,
        translate("Reason", "Print another copy?"),
        translate("Reason", "It is marked as a reprint, with its count and your name. The reason is kept."),
        [
            translate("Reason", "The paper jammed or is damaged"),
            translate("Reason", "The applicant lost it"),
            translate("Reason", "The applicant asks for another copy"),
        ],
        PrimaryButton(translate("Reason", "Print again"), "Enter"),
        reprint,
    )


def ask_void(host: QWidget, void: Callable[[str], None]) -> Sheet:
    """Ask over `host` why a receipt no longer counts; call `void(reason)` once that is said."""
    translate = QCoreApplication.translate
    return _ask(
        host,
        translate("Reason", "Declare this receipt void?"),
        translate(
            "Reason", "This cannot be taken back. The case stays; take the paper back from the applicant."
        ),
        [
            translate("Reason", "Facts were entered wrongly"),
            translate("Reason", "The applicant withdraws"),
            translate("Reason", "Issued twice"),
        ],
        DangerButton(translate("Reason", "Declare void"), "Enter", "trash-2"),
        void,
    )


def ask_discard(host: QWidget, discard: Callable[[str], None]) -> Sheet:
    """Ask over `host` why a draft is given up; call `discard(reason)` once that is said: it is what stays."""
    translate = QCoreApplication.translate
    return _ask(
        host,
        translate("Discard", "Discard this draft?"),
        translate(
            "Discard",
            "It leaves the list of drafts. Its entries and pages stay on this disk, frozen and readable.",
        ),
        [],
        DangerButton(translate("Discard", "Discard"), "Enter", "trash-2"),
        discard,
        translate("Discard", "Keep it"),
    )


def ask_withdraw(host: QWidget, withdraw: Callable[[str], None]) -> Sheet:
    """Ask over `host` why a submitted case is withdrawn; call `withdraw(reason)` once that is said."""
    translate = QCoreApplication.translate
    return _ask(
        host,
        translate("Withdraw", "Withdraw this application?"),
        translate(
            "Withdraw",
            "The applicant signs the withdrawal, which goes into the print queue. The centre is told. "
            "It is possible until the property is in the register.",
        ),
        [
            translate("Withdraw", "The applicant does not want it any more"),
            translate("Withdraw", "It will be filed again with other papers"),
            translate("Withdraw", "It was filed twice"),
        ],
        DangerButton(translate("Withdraw", "Withdraw and print"), "Enter", "printer"),
        withdraw,
    )


def ask_call_off(host: QWidget, call_off: Callable[[str], None]) -> Sheet:
    """Ask over `host` why a planned session is called off; call `call_off(reason)` once that is said."""
    translate = QCoreApplication.translate
    return _ask(
        host,
        translate("CallOff", "Call this session off?"),
        translate("CallOff", "It stays in the list as called off. Colleagues and the centre see the reason."),
        [
            translate("CallOff", "The place cannot be had"),
            translate("CallOff", "Bad weather"),
            translate("CallOff", "Nobody can go that day"),
        ],
        DangerButton(translate("CallOff", "Call off"), "Enter", "x"),
        call_off,
    )


def ask_end_part(host: QWidget, device_code: str, end: Callable[[str], None]) -> Sheet:
    """Ask over `host` why the part of another laptop is ended from here; call `end(reason)` then."""
    translate = QCoreApplication.translate
    return _ask(
        host,
        translate("EndPart", "End the part of {code}?").format(code=device_code),
        translate(
            "EndPart",
            "Only where that laptop cannot close it. Who waits there is left to those who go on. Should it"
            " work again, its own closing sheet counts.",
        ),
        [
            translate("EndPart", "The laptop is broken"),
            translate("EndPart", "The laptop was lost"),
            translate("EndPart", "It was taken away without being closed"),
        ],
        DangerButton(translate("EndPart", "End this part"), "Enter", "door-closed"),
        end,
    )


def _ask(
    host: QWidget,
    title: str,
    what: str,
    usual: Sequence[str],
    go: PrimaryButton | DangerButton,
    act: Callable[[str], None],
    stay: str = "",
) -> Sheet:
    sheet = Sheet(host, title)
    sheet.body.addWidget(Text(what, "muted", wrap=True))
    reason = _Reason(usual)
    sheet.body.addWidget(Field(QCoreApplication.translate("Reason", "Reason"), reason, line=False))
    for number, words in enumerate(usual, start=1):
        choice = QuietButton(words, f"Alt {number}")
        choice.clicked.connect(lambda _=False, words=words: reason.setText(words))
        sheet.body.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
    keep = SecondaryButton(stay or QCoreApplication.translate("Reason", "Back"), "Esc")
    go.setEnabled(False)
    reason.textChanged.connect(lambda text: go.setEnabled(bool(text.strip())))

    def confirmed() -> None:
        if reason.text().strip():
            sheet.close_sheet()
            act(reason.text().strip())

    keep.clicked.connect(sheet.close_sheet)
    go.clicked.connect(confirmed)
    reason.returnPressed.connect(confirmed)
    sheet.buttons.addWidget(keep)
    sheet.buttons.addWidget(go)
    sheet.open()
    reason.setFocus()
    return sheet
