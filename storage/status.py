"""What the centre says of a case, written into its row: numbers, times, what it wants mended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration.application import CaseState
from storage import corrections
from storage.moves import reindex
from storage.rows import as_micros, scalar


def write_status(
    db: Database,
    now: datetime,
    application_id: str,
    revision: int,
    body: Mapping[str, Any],
    *,
    before: CaseState,
    draft: bool = False,
) -> None:
    """Write a status item of the wire that has been found right; `before` is what the revision was until now.

    A `draft` that is being mended keeps its state; an item that says nothing new of it brings no reason.
    """
    seq = scalar(db, "SELECT seq FROM applications WHERE id = ?", (application_id,))
    if seq is None:
        raise KeyError(application_id)
    state = CaseState(body["state"])
    accepted_at = body.get("accepted_at")
    again = before is state and not any(body.get(name) for name in ("items", "reason_zh"))
    db.execute(
        "UPDATE applications SET state = iif(:draft, state, :state), updated_at = :now,"
        " problem_zh = iif(:again, problem_zh, :zh), problem_en = iif(:again, problem_en, :en),"
        " acceptance_number = coalesce(:number, acceptance_number), accepted_at = coalesce(:at, accepted_at),"
        " certificate_number = coalesce(:certificate, certificate_number) WHERE seq = :seq",
        {
            "draft": draft,
            "again": again,
            "state": state.value,
            "now": as_micros(now),
            "zh": _reason(body, "zh"),
            "en": _reason(body, "en"),
            "number": body.get("acceptance_number") or None,
            "at": as_micros(datetime.fromisoformat(accepted_at)) if accepted_at else None,
            "certificate": body.get("certificate_number") or None,
            "seq": seq,
        },
    )
    if state is CaseState.RETURNED and not again:
        corrections.put(db, now, application_id, revision, body)
    reindex(db, seq)


def _reason(body: Mapping[str, Any], language: str) -> str:
    """Return the centre's reason and the items it wants, in one text of one language."""
    texts = [str(body.get(f"reason_{language}") or "")]
    texts += [str(item.get(language) or "") for item in body.get("items") or ()]
    return ("；" if language == "zh" else "; ").join(text for text in texts if text)
