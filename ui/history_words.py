"""What the audited actions of a case are called on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.document_titles import document_title
from ui.page_faults import names_of


def action_words(action: str, details: Mapping[str, Any]) -> str:
    """Return one line for an action; what a newer centre calls otherwise is shown by its code."""
    template = _templates().get(action)
    if template is None:
        return action.replace("_", " ")
    reasons = details.get("reasons", ())
    known = {
        "title": document_title(str(details.get("document", ""))),
        "faults": names_of(map(str, reasons if isinstance(reasons, list) else ())),
    }
    said = template.format_map(_Lenient(details, **known))
    if "second_name" in details:
        confirmed = QCoreApplication.translate("History", "{what} · confirmed by {second_name}")
    elif "alone" in details:
        confirmed = QCoreApplication.translate("History", "{what} · alone: {alone}")
    else:
        return said
    return confirmed.format_map({**details, "what": said})


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"


def _templates() -> dict[str, str]:
    return {
        "application_started": QCoreApplication.translate("History", "Started"),
        "application_submitted": QCoreApplication.translate("History", "Submitted, receipt issued"),
        "correction_begun": QCoreApplication.translate(
            "History", "Opened for correction, revision {revision}"
        ),
        "correction_given_up": QCoreApplication.translate(
            "History", "Correction given up, back to revision {back_to}"
        ),
        "conflict_decided": QCoreApplication.translate(
            "History", "Two revisions compared, decided which one counts"
        ),
        "call_noted": QCoreApplication.translate("History", "Called about the case, or a note made"),
        "offered_again": QCoreApplication.translate("History", "Offered again: the centre was restored"),
        "draft_moved": QCoreApplication.translate("History", "Draft brought into this session"),
        "draft_discarded": QCoreApplication.translate("History", "Draft discarded"),
        "application_refused": QCoreApplication.translate("History", "Not accepted, notice queued: {reason}"),
        "application_withdrawn": QCoreApplication.translate("History", "Applicant withdrew: {reason}"),
        "draft_renewed": QCoreApplication.translate("History", "Draft goes on in the newest rules"),
        "status_news": QCoreApplication.translate("History", "The centre reports on checks and tracks"),
        "session_part_ended": QCoreApplication.translate("History", "Part of a dead laptop ended"),
        "plan_planned": QCoreApplication.translate("History", "Session planned"),
        "plan_changed": QCoreApplication.translate("History", "Planned session changed"),
        "plan_called_off": QCoreApplication.translate("History", "Planned session called off"),
        "plan_begun": QCoreApplication.translate("History", "Planned session opened"),
        "visit_booked": QCoreApplication.translate("History", "Home visit booked"),
        "visit_changed": QCoreApplication.translate("History", "Home visit changed"),
        "visit_placed": QCoreApplication.translate("History", "Home visit put into another place of the day"),
        "visit_postponed": QCoreApplication.translate("History", "Home visit put to another day"),
        "visit_begun": QCoreApplication.translate("History", "Home visit begun with two persons"),
        "visit_consented": QCoreApplication.translate("History", "Consent given at the home visit"),
        "visit_witnessed": QCoreApplication.translate("History", "Home visit photographed"),
        "visit_ended": QCoreApplication.translate("History", "Home visit ended"),
        "visit_refused": QCoreApplication.translate("History", "Home visit refused, with words"),
        "visit_cancelled": QCoreApplication.translate("History", "Home visit given up by the applicant"),
        "visit_promise_kept": QCoreApplication.translate("History", "Promise of a home visit kept"),
        "collection_notified": QCoreApplication.translate("History", "Told that the certificate is ready"),
        "collection_handed_out": QCoreApplication.translate("History", "Certificate handed out"),
        "collection_hand_over_taken_back": QCoreApplication.translate("History", "Hand-over taken back"),
        "supervision_noted": QCoreApplication.translate("History", "Followed up with a department"),
        "supervision_escalated": QCoreApplication.translate("History", "Matter taken one level up"),
        "supervision_settled": QCoreApplication.translate("History", "Matter settled"),
        "supervision_sampled": QCoreApplication.translate("History", "Sample of homes drawn"),
        "supervision_visited": QCoreApplication.translate("History", "Home of a sample looked at"),
        "ledger_blocked": QCoreApplication.translate("History", "Obstacle written down"),
        "ledger_listed": QCoreApplication.translate("History", "Several obstacles written down"),
        "ledger_assigned": QCoreApplication.translate("History", "Obstacle given to a department"),
        "ledger_due_set": QCoreApplication.translate("History", "Day set for an obstacle"),
        "ledger_noted": QCoreApplication.translate("History", "Note on an obstacle"),
        "ledger_cleared": QCoreApplication.translate("History", "Obstacle cleared on evidence"),
        "ledger_reopened": QCoreApplication.translate("History", "Obstacle reopened"),
        "ledger_track_set": QCoreApplication.translate("History", "Track of a department set"),
        "ledger_track_done": QCoreApplication.translate("History", "Track done on evidence"),
        "ledger_track_reopened": QCoreApplication.translate("History", "Track taken up again"),
        "ledger_track_dropped": QCoreApplication.translate("History", "Track dropped"),
        "ledger_exported": QCoreApplication.translate("History", "List of obstacles written into a file"),
        "ledger_unlisted": QCoreApplication.translate("History", "Several obstacles taken back"),
        "ledger_batch_taken": QCoreApplication.translate("History", "Ledger's sheet taken in"),
        "ledger_batch_taken_back": QCoreApplication.translate("History", "Ledger's sheet taken back"),
        "survey_visited": QCoreApplication.translate("History", "A door of the survey"),
        "survey_planned": QCoreApplication.translate("History", "Survey planned"),
        "survey_draft_dropped": QCoreApplication.translate("History", "Unkept answers thrown away"),
        "compound_plan_written": QCoreApplication.translate("History", "Plan of the compound written"),
        "compound_placed": QCoreApplication.translate("History", "Street and community of the compound"),
        "compound_contact_kept": QCoreApplication.translate("History", "Contact of the compound kept"),
        "compound_contact_dropped": QCoreApplication.translate(
            "History", "Contact of the compound taken out"
        ),
        "compound_paper_kept": QCoreApplication.translate("History", "Paper put into the compound's file"),
        "compound_paper_dropped": QCoreApplication.translate(
            "History", "Paper taken out of the compound's file"
        ),
        "compound_developer_flagged": QCoreApplication.translate(
            "History", "Developer marked as a defaulter"
        ),
        "compound_developer_cleared": QCoreApplication.translate("History", "Developer's mark taken away"),
        "compound_alias_added": QCoreApplication.translate("History", "Other name of the compound added"),
        "compound_alias_dropped": QCoreApplication.translate(
            "History", "Other name of the compound taken out"
        ),
        "compound_proposed": QCoreApplication.translate("History", "Change proposed to the centre"),
        "compound_proposal_withdrawn": QCoreApplication.translate("History", "Proposal taken back"),
        "receipt_printed": QCoreApplication.translate("History", "Receipt printed, copy {copy}"),
        "receipt_reprinted": QCoreApplication.translate("History", "Reprinted, copy {copy}: {reason}"),
        "receipt_voided": QCoreApplication.translate("History", "Receipt declared void: {reason}"),
        "paper_printed": QCoreApplication.translate("History", "Paper printed: {title}"),
        "paper_reprinted": QCoreApplication.translate("History", "Paper reprinted, copy {copy}: {title}"),
        "print_failed": QCoreApplication.translate("History", "Not printed: {title}"),
        "print_cancelled": QCoreApplication.translate("History", "Printing cancelled: {title}"),
        "print_given_up": QCoreApplication.translate("History", "Not printed and given up: {title}"),
        "page_added": QCoreApplication.translate("History", "Page captured"),
        "page_replaced": QCoreApplication.translate("History", "Page squared anew"),
        "page_moved": QCoreApplication.translate("History", "Page moved"),
        "page_marked": QCoreApplication.translate("History", "Watermark put on a page"),
        "page_unmarked": QCoreApplication.translate("History", "Watermark taken off a page"),
        "page_kept": QCoreApplication.translate("History", "Page kept in spite of: {faults}"),
        "page_retaken": QCoreApplication.translate("History", "Page taken again, the former one kept"),
        "page_split": QCoreApplication.translate("History", "Page split in two"),
        "page_joined": QCoreApplication.translate("History", "Two pages joined on one sheet"),
        "page_card_sheet": QCoreApplication.translate("History", "Both sides of the card put on one sheet"),
        "pages_brought_back": QCoreApplication.translate("History", "Former pages brought back"),
        "reading_confirmed": QCoreApplication.translate("History", "Read by machine, decided by hand"),
        "page_removed": QCoreApplication.translate("History", "Page removed"),
        "privacy_notice_given": QCoreApplication.translate("History", "Privacy notice {version} given"),
        "facts_confirmed": QCoreApplication.translate("History", "Confirmed by the applicant on the screen"),
        "queue_issued": QCoreApplication.translate("History", "Queue number given"),
        "queue_called": QCoreApplication.translate("History", "Number called"),
        "queue_begun": QCoreApplication.translate("History", "Intake of a number begun"),
        "queue_skipped": QCoreApplication.translate("History", "Number passed over"),
        "queue_put_back": QCoreApplication.translate("History", "Number waits again"),
        "queue_served": QCoreApplication.translate("History", "Number served"),
        "queue_left": QCoreApplication.translate("History", "Gone without being served"),
        "queue_cancelled": QCoreApplication.translate("History", "Number taken back"),
        "queue_booked": QCoreApplication.translate("History", "Appointment made"),
        "rating_given": QCoreApplication.translate("History", "A resident rated the service"),
        "personal_data_shown": QCoreApplication.translate("History", "Name and numbers looked at"),
        "event_parked": QCoreApplication.translate("History", "Not taken by the centre"),
        "event_retried": QCoreApplication.translate("History", "Sent again"),
        "acknowledged": QCoreApplication.translate("History", "Held by the centre, {pages} files verified"),
        "status_received": QCoreApplication.translate("History", "Received by the centre"),
        "status_accepted": QCoreApplication.translate("History", "Accepted, number {acceptance_number}"),
        "status_returned": QCoreApplication.translate("History", "Returned for correction"),
        "status_rejected": QCoreApplication.translate("History", "Refused by the centre"),
        "status_registered": QCoreApplication.translate("History", "Registered"),
        "status_certificate_issued": QCoreApplication.translate("History", "Certificate issued"),
        "status_withdrawn": QCoreApplication.translate("History", "Withdrawn"),
    }
