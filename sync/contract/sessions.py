"""GET /v1/sessions/{id}: what the centre holds of a session, for a window that ends it for another."""

from __future__ import annotations

from sync.contract import Wire


class SessionReceipt(Wire):
    """One application that was taken in, or taken in again, in the session."""

    application_id: str
    revision: int  # the newest one of this session
    device_code: str  # of the window that sent it
    receipt_number: str
    voided: bool
    state: str  # registration.application.CaseState, as of now
    submitted_at: str  # ISO 8601 with offset, that window's clock
    files: int  # page files that the revision refers to
    files_held: int


class SessionFact(Wire):
    """The receipts of a session by device and number; none where the centre holds nothing of it.

    Only applications of compounds that the asking device serves are named.
    """

    session_id: str
    receipts: list[SessionReceipt]
    server_time: float
