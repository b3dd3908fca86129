"""What home visits, their states and their promises are called on the screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from registration.visits import PromiseKind, VisitState

translate = QCoreApplication.translate


def state_words(state: VisitState) -> str:
    return {
        VisitState.PLANNED: translate("Visits", "planned"),
        VisitState.UNDERWAY: translate("Visits", "under way"),
        VisitState.DONE: translate("Visits", "done"),
        VisitState.NOT_MET: translate("Visits", "nobody met"),
        VisitState.REFUSED: translate("Visits", "refused"),
        VisitState.CANCELLED: translate("Visits", "given up"),
    }[state]


def promise_words(kind: PromiseKind) -> str:
    return {
        PromiseKind.DELIVER: translate("Visits", "Bring the certificate"),
        PromiseKind.COME_AGAIN: translate("Visits", "Come again"),
        PromiseKind.PAPER: translate("Visits", "Fetch a paper"),
        PromiseKind.OTHER: translate("Visits", "Something else"),
    }[kind]


def consent_text() -> str:
    """Return what is read to the person before anything is taken in at home."""
    return translate(
        "Visits",
        "We are two people of the registration service and have come at your wish. We take your application "
        "in here, photograph your papers and the signing, and keep both with the case. You pay nothing for "
        "this visit, and we take no money and no gifts. You may stop at any time; then nothing is handed in.",
    )
