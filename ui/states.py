"""How the states of a case are said and coloured, the same on every screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from registration.application import CaseState, Delivery
from ui.theme import Tone


def state_words(state: CaseState) -> str:
    """Return what a case is, in the language of the window."""
    return {
        CaseState.DRAFT: QCoreApplication.translate("States", "Draft"),
        CaseState.RECEIVED: QCoreApplication.translate("States", "Received"),
        CaseState.ACCEPTED: QCoreApplication.translate("States", "Accepted"),
        CaseState.RETURNED: QCoreApplication.translate("States", "Returned"),
        CaseState.REJECTED: QCoreApplication.translate("States", "Refused"),
        CaseState.REGISTERED: QCoreApplication.translate("States", "Registered"),
        CaseState.CERTIFICATE_ISSUED: QCoreApplication.translate("States", "Certificate issued"),
        CaseState.WITHDRAWN: QCoreApplication.translate("States", "Withdrawn"),
    }[state]


def state_tone(state: CaseState) -> Tone:
    return {
        CaseState.DRAFT: Tone.AMBER,
        CaseState.RECEIVED: Tone.PRIMARY,
        CaseState.ACCEPTED: Tone.BLUE,
        CaseState.RETURNED: Tone.SEAL,
        CaseState.REJECTED: Tone.PLAIN,
        CaseState.REGISTERED: Tone.BLUE,
        CaseState.CERTIFICATE_ISSUED: Tone.PRIMARY,
        CaseState.WITHDRAWN: Tone.PLAIN,
    }[state]


def row_chip(
    state: CaseState, delivery: Delivery, *, voided: bool = False, mending: bool = False
) -> tuple[str, Tone]:
    """Return the chip of a list row: what the case is, unless it needs a person or its receipt is void."""
    if mending:
        return QCoreApplication.translate("States", "Being mended"), Tone.AMBER
    if voided:
        return QCoreApplication.translate("States", "Receipt void"), Tone.SEAL
    if delivery is Delivery.PARKED:
        return QCoreApplication.translate("States", "Needs attention"), Tone.SEAL
    return state_words(state), state_tone(state)
