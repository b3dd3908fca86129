"""How a case ends at the window: refused, withdrawn or discarded, and never without a paper."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration.application import CaseState, application_from_json
from registration.changes import Changes
from registration.errors import InputError
from registration.outcomes import Outcome, anybody_applied
from registration.rights import Act, require
from registration.states import Paper
from storage import audit, outbox
from storage.moves import check_move, set_state
from storage.print_queue import Wish, queue_paper
from storage.rights import needs
from storage.rows import as_moment, as_text, one, scalar
from storage.values import Closing, Who

WITHDRAWN_EVENT = "application_withdrawn"
_DOCUMENTS = {Paper.REFUSAL: "refusal", Paper.WITHDRAWAL: "withdrawal"}


@needs(Act.END_CASE)
def refuse_application(
    db: Database,
    who: Who,
    now: datetime,
    application_id: str,
    *,
    outcome: Outcome,
    reason: str,
    wish: Wish,
) -> Changes:
    """End a draft as not accepted (art. 17): its notice goes into the print queue with it.

    `outcome` is REFUSE, or ELSEWHERE where another body registers the property; `reason` is its name then.
    InputError not_a_draft, closing_reason_missing, paper_missing (the wish is not this case's notice);
    KeyError for an unknown application; ValueError for another outcome.
    """
    if outcome.paper is not Paper.REFUSAL:
        raise ValueError("an outcome without a refusal")
    row = _row(db, application_id)
    if row["state"] != CaseState.DRAFT or row["revision"] > 1:
        raise InputError("not_a_draft")
    return _close(db, who, now, row, CaseState.REJECTED, outcome.value, reason, wish, "application_refused")


@needs(Act.DRAFT)
def discard_draft(
    db: Database, who: Who, now: datetime, application_id: str, reason: str, wish: Wish | None = None
) -> Changes:
    """Withdraw a draft; its facts and pages stay readable and frozen.

    Where somebody has applied already, the paper that the applicant takes home is queued with it; an empty
    draft goes without one.
    InputError not_a_draft, paper_missing; KeyError for an unknown application.
    """
    row = _row(db, application_id)
    if row["state"] != CaseState.DRAFT or row["revision"] > 1:
        raise InputError("not_a_draft")
    return _close(db, who, now, row, CaseState.WITHDRAWN, "discarded", reason, wish, "draft_discarded")


@needs(Act.END_CASE)
def withdraw_application(
    db: Database, who: Who, now: datetime, application_id: str, *, reason: str, wish: Wish, event_id: str
) -> Changes:
    """Withdraw a submitted case at the applicant's wish, before it is in the register; the centre is told.

    InputError move_forbidden, closing_reason_missing, paper_missing, still_a_draft, withdrawal_under_way (the
    centre has one of this case, and has not followed it); KeyError for an unknown application.
    Source: 不动产登记暂行条例 art. 15.
    """
    row = _row(db, application_id)
    if row["state"] == CaseState.DRAFT:
        raise InputError("still_a_draft")
    if withdrawal_known(db, application_id):
        raise InputError("withdrawal_under_way")
    changes = _close(
        db, who, now, row, CaseState.WITHDRAWN, "withdrawn", reason, wish, "application_withdrawn"
    )
    body = {
        "application_id": application_id,
        "revision": row["revision"],
        "receipt_number": row["receipt_number"],
        "reason": reason.strip(),
        "operator_id": who.operator_id,
        "at": now.isoformat(),
    }
    outbox.put(
        db,
        now,
        event_id=event_id,
        kind=WITHDRAWN_EVENT,
        application_id=application_id,
        revision=row["revision"],
        base_revision=row["revision"],
        body=body,
    )
    return changes | Changes(outbox=True)


def closing(db: Database, application_id: str) -> Closing | None:
    """Return how the window ended a case, or None."""
    row = one(db, "SELECT * FROM closings WHERE application_id = ?", (application_id,))
    if row is None:
        return None
    return Closing(
        outcome=row["outcome"],
        reason=row["reason"],
        paper_id=row["paper_id"] or "",
        operator_name=row["operator_name"],
        closed_at=as_moment(row["closed_at"]),
    )


def withdrawal_known(db: Database, application_id: str) -> bool:
    """Say whether a case was withdrawn at this window, whatever the centre said to it."""
    sql = "SELECT 1 FROM outbox WHERE application_id = ? AND kind = ?"
    return scalar(db, sql, (application_id, WITHDRAWN_EVENT)) is not None


def withdrawal_open(db: Database, application_id: str) -> bool:
    """Say whether a withdrawal of this window is on its way to the centre, or was refused by it."""
    sql = "SELECT 1 FROM outbox WHERE application_id = ? AND kind = ? AND state <> 'told'"
    return scalar(db, sql, (application_id, WITHDRAWN_EVENT)) is not None


def _row(db: Database, application_id: str) -> dict[str, Any]:
    row = one(
        db,
        "SELECT a.id, a.seq, a.state, a.revision, a.receipt_number, b.body,"
        " (SELECT count(*) FROM pages p WHERE p.application_id = a.id) AS pages"
        " FROM applications a JOIN application_bodies b ON b.application = a.seq WHERE a.id = ?",
        (application_id,),
    )
    if row is None:
        raise KeyError(application_id)
    return row


def _close(
    db: Database,
    who: Who,
    now: datetime,
    row: dict[str, Any],
    then: CaseState,
    outcome: str,
    reason: str,
    wish: Wish | None,
    action: str,
) -> Changes:
    applied = anybody_applied(application_from_json(json.loads(row["body"])), row["pages"])
    if applied:
        require(who.role, Act.END_CASE)  # dropping it unheard would be a refusal by word of mouth
    papers = [
        paper
        for paper, document in _DOCUMENTS.items()
        if wish is not None and (wish.document, wish.application_id) == (document, row["id"])
    ]
    check_move(CaseState(row["state"]), then, papers, anybody_applied=applied)
    if applied and not reason.strip():
        raise InputError("closing_reason_missing", field="reason")
    changes = Changes(applications=frozenset({row["id"]}), sessions=True)
    if wish is not None:
        changes |= queue_paper(db, who, now, wish)[0]
    set_state(db, now, row["seq"], then)
    db.execute(
        "INSERT INTO closings VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (application_id) DO NOTHING",
        (
            row["id"],
            then,
            outcome,
            reason.strip(),
            wish.id if wish is not None else None,
            who.operator_name,
            as_text(now),
        ),
    )
    details = {"reason": reason.strip(), "outcome": outcome, "paper": wish.id if wish is not None else ""}
    audit.append(db, who, now, action, row["id"], details)
    return changes
