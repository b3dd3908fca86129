"""What a case waits for, and the way out of it: whatever stands parked says what a person can do."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from registration.application import CaseState
from registration.collection import CollectionState
from registration.outcomes import Outcome
from storage.collecting import ToHandOver
from storage.values import ApplicationDetail, Closing, OutboxProblem
from ui.moments import day_and_time

_SUBMITTED = "application_submitted"
# The centre's codes that nobody at the window can mend: its reference data, or its numbers.
_ADMINISTRATOR = frozenset(
    {
        "unknown_site",
        "site_forbidden",
        "unknown_household",
        "unknown_pack_version",
        "unknown_type",
        "numbers_exhausted",
        "receipt_number_foreign",
        "receipt_number_block",
        "receipt_number_used",
        "id_reused",
        "event_failed",
    }
)
_COMPARE = frozenset({"conflict", "state_forbids"})


class Way(StrEnum):
    """What Enter does on a case."""

    DRAFT = "draft"  # go on with the draft, or with the correction
    MEND = "mend"  # make the next revision
    COMPARE = "compare"  # set both revisions side by side
    RECEIPT = "receipt"
    NONE = "none"


def parked_submission(detail: ApplicationDetail) -> OutboxProblem | None:
    """Return the submission that the centre did not take, or None."""
    return next((p for p in detail.problems if p.parked and p.kind == _SUBMITTED), None)


def parked(detail: ApplicationDetail) -> OutboxProblem | None:
    """Return what is parked, the submission before what follows it, or None."""
    return parked_submission(detail) or next((p for p in detail.problems if p.parked), None)


def way_of(detail: ApplicationDetail) -> Way:
    """Return what the case waits for."""
    if detail.state is CaseState.DRAFT:
        return Way.DRAFT
    stopped = parked_submission(detail)
    if stopped is not None:
        reason = stopped.refusal or stopped.code
        if reason in _COMPARE:
            return Way.COMPARE
        if reason not in _ADMINISTRATOR and stopped.code == "centre_refused":
            return Way.MEND
    elif detail.state is CaseState.RETURNED and detail.delivery != "superseded":
        return Way.MEND
    return Way.RECEIPT if detail.receipt is not None else Way.NONE


def may_supplement(detail: ApplicationDetail) -> bool:
    """Say whether a received case may still be changed here: the centre has not accepted it yet."""
    quiet = parked(detail) is None and detail.delivery != "superseded"
    return detail.state is CaseState.RECEIVED and quiet


def way_words(detail: ApplicationDetail) -> str:
    """Return what Enter does, for its button."""
    translate = QCoreApplication.translate
    if detail.mending:
        return translate("CaseWays", "Go on with the correction")
    return {
        Way.DRAFT: translate("CaseWays", "Go on with this draft"),
        Way.MEND: translate("CaseWays", "Mend this case"),
        Way.COMPARE: translate("CaseWays", "Compare the two revisions"),
        Way.RECEIPT: translate("CaseWays", "Receipt"),
        Way.NONE: "",
    }[way_of(detail)]


def remedy_words(detail: ApplicationDetail, stopped: OutboxProblem) -> str:
    """Return what a person can do about something that is parked."""
    translate, reason = QCoreApplication.translate, stopped.refusal or stopped.code
    if stopped.kind == "application_withdrawn":
        return translate(
            "CaseWays", "What the centre says of the case counts; ask it where the applicant wants otherwise."
        )
    if reason in _ADMINISTRATOR:
        return translate(
            "CaseWays", "Ask the centre's administrator to set this right, then try again. Nothing is lost."
        )
    if reason in _COMPARE:
        return translate("CaseWays", "Enter sets both revisions side by side; then decide which one counts.")
    if reason == "page_lost":
        return translate("CaseWays", "Bring the page back from the second copy, then try again.")
    if way_of(detail) is Way.MEND:
        return translate("CaseWays", "Enter opens it to be put right; where it was right, try again.")
    return translate("CaseWays", "Try again; if it is refused again, ask the centre's administrator.")


def standing_words(detail: ApplicationDetail, certificate: ToHandOver | None, now: datetime) -> list[str]:
    """Return what a case says first: where its certificate is, that its receipt is void, how it ended."""
    translate, said = QCoreApplication.translate, list[str]()
    if certificate is not None:
        said.append(_certificate_words(certificate, now))
    if detail.void is not None:
        said.append(translate("CaseWays", "Receipt void: {reason}").format(reason=detail.void.reason))
    if detail.closing is not None:
        said.append(_closing_words(detail.closing))
    return said


def _closing_words(closing: Closing) -> str:
    translate = QCoreApplication.translate
    said = {
        Outcome.REFUSE.value: translate("CaseWays", "Not accepted: {reason}"),
        Outcome.ELSEWHERE.value: translate("CaseWays", "Registered by another body: {reason}"),
        "withdrawn": translate("CaseWays", "Withdrawn by the applicant: {reason}"),
        "discarded": translate("CaseWays", "Draft given up: {reason}"),
    }[closing.outcome]
    return said.format(reason=closing.reason or "—")


def _certificate_words(certificate: ToHandOver, now: datetime) -> str:
    translate, number = QCoreApplication.translate, certificate.certificate_number
    if certificate.state is not CollectionState.IN_HAND:
        return translate("CaseWays", "Certificate {number} waits for its owner.").format(number=number)
    moment = day_and_time(certificate.moved_at, now) if certificate.moved_at is not None else "—"
    said = translate("CaseWays", "Certificate {number} is in the owner's hand since {moment}.")
    return said.format(number=number, moment=moment)
