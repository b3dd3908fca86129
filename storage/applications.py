"""Applications as the screens read them: rows of the queue, one case whole, the draft to go on with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from registration.application import Application, CaseState, Delivery, application_from_json
from registration.central_checks import checks_for, with_outcomes
from storage import (
    audit,
    closing,
    corrections,
    news,
    outbox,
    packs,
    receipts,
    reference,
    revisions,
    search,
    voiding,
)
from storage.page_rows import pages_of
from storage.rows import from_micros, maybe_from_micros, one, scalar
from storage.rows import rows as select
from storage.sessions import WAITING
from storage.values import ApplicationDetail, ApplicationRow, HistoryRow, Lamps, OutboxProblem

__all__ = ["ApplicationDetail", "ApplicationRow", "HistoryRow", "Lamps", "OutboxProblem"]

COUNTED_AT_MOST = 1000  # matches of a search; the queue shows "1000+"

_ORDERS = {  # and the same backwards: a jump beyond the middle walks the index from its other end
    "updated": ("updated_at DESC, seq DESC", "updated_at, seq"),
    "received": ("received_at DESC, seq DESC", "received_at, seq"),
    "receipt": ("receipt_number DESC, seq DESC", "receipt_number, seq"),
    "applicant": ("applicant_key, seq", "applicant_key DESC, seq DESC"),
}
_FOUND = "seq DESC"


def rows(
    db: Database,
    *,
    search: str = "",
    state: CaseState | str | None = None,
    session_id: str | None = None,
    limit: int = 50,
    offset: int = 0,
    order: str = "updated",
) -> list[ApplicationRow]:
    """Return one page of the queue.

    `order`: updated, received, receipt (newest first) or applicant (by pinyin). With `search`, what was
    started last comes first whatever the order: the index answers in that order without sorting. A search
    that holds nothing to look for, such as "-", finds nothing.
    """
    by = walk = _FOUND
    if not search.strip():
        by, backwards = _ORDERS[order]
        walk = by
        total = count(db, state=state, session_id=session_id)
        if offset > total // 2:
            limit = max(min(limit, total - offset), 0)
            walk, offset = backwards, max(total - offset - limit, 0)
    wanted = _wanted(search, state, session_id, walk)
    if wanted is None or not limit:
        return []
    sql, params = wanted
    found = select(
        db,
        f"SELECT * FROM application_rows WHERE seq IN ({sql} LIMIT :limit OFFSET :offset) ORDER BY {by}",  # noqa: S608
        {**params, "limit": limit, "offset": offset},
    )
    return [_row(row) for row in found]


def count(
    db: Database, *, search: str = "", state: CaseState | str | None = None, session_id: str | None = None
) -> int:
    """Return how many rows `rows` has in all; of a search at most COUNTED_AT_MOST."""
    if not search.strip() and session_id is None:
        sql = "SELECT coalesce(sum(applications), 0) FROM state_counts WHERE :state IS NULL OR state = :state"
        return int(scalar(db, sql, {"state": None if state is None else str(state)}))
    wanted = _wanted(search, state, session_id, None)
    if wanted is None:
        return 0
    sql, params = wanted
    most = COUNTED_AT_MOST if search.strip() else -1
    return int(scalar(db, f"SELECT count(*) FROM ({sql} LIMIT :most)", {**params, "most": most}))  # noqa: S608


def detail(db: Database, application_id: str) -> ApplicationDetail | None:
    """Return one case with everything a screen shows of it, or None."""
    row = one(
        db,
        "SELECT r.*, b.body FROM application_rows r JOIN application_bodies b ON b.application = r.seq"
        " WHERE r.id = ?",
        (application_id,),
    )
    if row is None:
        return None
    compound = reference.compound(db, row["compound_id"])
    assert compound is not None  # a foreign key says so
    shown = _row(row)
    receipt = receipts.receipt_for_application(db, application_id)
    application = application_from_json(json.loads(row["body"]))
    in_force = packs.pack_set(db)
    return ApplicationDetail(
        application=application,
        state=shown.state,
        receipt=receipt,
        pages=tuple(pages_of(db, application_id)),
        household=reference.household(db, row["household_id"]) if row["household_id"] else None,
        compound=compound,
        acceptance_number=shown.acceptance_number,
        accepted_at=maybe_from_micros(row["accepted_at"]),
        certificate_number=row["certificate_number"] or "",
        problem_zh=shown.problem_zh,
        problem_en=shown.problem_en,
        delivery=shown.delivery,
        second_copy=shown.second_copy,
        history=audit.history(db, application_id),
        problems=outbox.problems(db, application_id),
        closing=closing.closing(db, application_id),
        checks=with_outcomes(checks_for(application.type_code, in_force), news.checks(db, application_id)),
        tracks=news.tracks(db, application_id, application.tracks),
        void=voiding.voided(db, receipt.number) if receipt is not None else None,
        correction=corrections.correction(db, application_id),
        revisions=revisions.former_revisions(db, application_id),
        created_at=from_micros(row["created_at"]),
        updated_at=shown.updated_at,
    )


def application(db: Database, application_id: str) -> Application | None:
    """Return an application's facts alone, or None."""
    body = scalar(
        db,
        "SELECT b.body FROM application_bodies b JOIN applications a ON a.seq = b.application WHERE a.id = ?",
        (application_id,),
    )
    return None if body is None else application_from_json(json.loads(body))


def latest_draft(db: Database) -> tuple[Application, str] | None:
    """Return the draft worked on last in the open session, with its screen text; None without one.

    A case that is being mended is one, whatever session it is of. Drafts of a batch that
    nobody has worked on yet are not meant.
    """
    row = one(
        db,
        "SELECT body, screen FROM application_bodies WHERE application = (SELECT a.seq FROM applications a"  # noqa: S608
        " JOIN sessions s ON s.id = a.session_id WHERE a.state = 'draft'"
        " AND (s.closed_at IS NULL OR a.revision > 1)"
        f" AND NOT ({WAITING}) ORDER BY a.updated_at DESC LIMIT 1)",
    )
    return None if row is None else (application_from_json(json.loads(row["body"])), row["screen"])


def draft(db: Database, application_id: str) -> tuple[Application, str] | None:
    """Return one draft with its screen text, or None where there is no such draft."""
    row = one(
        db,
        "SELECT b.body, b.screen FROM applications a JOIN application_bodies b ON b.application = a.seq"
        " WHERE a.id = ? AND a.state = 'draft'",
        (application_id,),
    )
    return None if row is None else (application_from_json(json.loads(row["body"])), row["screen"])


def lamps(db: Database, application_id: str) -> Lamps:
    """Return where a case's facts are; all dark for an unknown id."""
    row = one(db, "SELECT delivery, second_copy FROM delivery WHERE application_id = ?", (application_id,))
    if row is None:
        return Lamps(False, False, False)
    return Lamps(True, bool(row["second_copy"]), row["delivery"] == Delivery.HELD)


def thumbnail(db: Database, page_id: str) -> bytes:
    """Return a page's thumbnail (JPEG). KeyError for an unknown page."""
    image = scalar(db, "SELECT image FROM thumbnails WHERE page_id = ?", (page_id,))
    if image is None:
        raise KeyError(page_id)
    return bytes(image)


def _wanted(
    text: str, state: CaseState | str | None, session_id: str | None, by: str | None
) -> tuple[str, dict[str, Any]] | None:
    """Return the query for the wanted row numbers, without its limit; None where nothing can match."""
    state = None if state is None else str(state)
    if text.strip():
        terms = search.expression(text, state=state, session_id=session_id)
        ordered = " ORDER BY rowid DESC" if by else ""
        if terms is None:
            return None
        sql = f"SELECT rowid FROM search WHERE search MATCH :terms{ordered}"  # noqa: S608
        return sql, {"terms": terms}
    parts = [f"{name} = :{name}" for name, value in (("state", state), ("session_id", session_id)) if value]
    where = f" WHERE {' AND '.join(parts)}" if parts else ""
    ordered = f" ORDER BY {by}" if by else ""
    sql = f"SELECT seq FROM applications{where}{ordered}"  # noqa: S608
    return sql, {"state": state, "session_id": session_id}


def _row(row: Mapping[str, Any]) -> ApplicationRow:
    failed = row["delivery"] == Delivery.PARKED
    return ApplicationRow(
        id=row["id"],
        state=CaseState(row["state"]),
        delivery=Delivery(row["delivery"]),
        second_copy=bool(row["second_copy"]),
        receipt_number=row["receipt_number"] or "",
        acceptance_number=row["acceptance_number"] or "",
        applicant_name=row["applicant_name"],
        property_label=row["property_label"],
        type_zh=row["type_zh"],
        type_en=row["type_en"],
        updated_at=from_micros(row["updated_at"]),
        received_at=maybe_from_micros(row["received_at"]),
        problem_zh=(failed and row["error_zh"]) or row["problem_zh"],
        problem_en=(failed and row["error_en"]) or row["problem_en"],
        voided=bool(row["voided"]),
        revision=row["revision"],
    )
