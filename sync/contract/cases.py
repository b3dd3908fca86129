"""GET /v1/applications/{id}: one case as the centre has it, for the windows that carry it."""

from __future__ import annotations

from typing import Any

from sync.contract import PageFact, Wire


class CaseFact(Wire):
    """The newest revision that the centre has of a case, whoever sent it.

    Only a device that has delivered some revision of the case, or has the right to its compound, is answered;
    any other learns no more than that the case is unknown (404).
    """

    application_id: str
    revision: int
    device_code: str  # of the window that sent this revision
    receipt_number: str
    submitted_at: str  # ISO 8601 with offset, that window's clock
    received_at: str  # ISO 8601 with offset, the centre's clock
    application: dict[str, Any]  # registration.application.application_to_json
    pages: list[PageFact]
    status: dict[str, Any]  # the body of a `status` item of the feed, as of now
    server_time: float
