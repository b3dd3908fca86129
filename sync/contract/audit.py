"""POST /v1/audit: a device's audit log travels after its facts, and the centre swears how far it holds it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sync.contract import Digest, Wire

PURPOSE = "audit-held"  # of the signature over an AuditStatement
MOST_ROWS = 500

_Text = Annotated[str, Field(max_length=200)]


class AuditRow(Wire):
    """One row as the device wrote it; registration.audit_chain says what its hash covers.

    Names staff, ids and codes, never an applicant. `details` is a text that holds JSON.
    """

    seq: int = Field(ge=1, le=2**53)
    at: _Text
    operator_id: _Text
    operator_name: _Text
    device_code: _Text
    action: _Text
    subject: _Text
    details: str = Field(max_length=100_000)
    previous: Digest
    hash: Digest
    session_id: _Text | None = None
    compound_id: _Text | None = None
    machine_at: _Text | None = None


class AuditBatch(Wire):
    """Rows in their order, and the number of the newest row that the device has."""

    rows: list[AuditRow] = Field(max_length=MOST_ROWS)
    head: int = Field(ge=0, le=2**53)


class AuditStatement(Wire):
    """What the centre swears: it holds this device's log through `seq`, whose row has this hash."""

    device_id: str
    seq: int
    hash: Digest
    server_time: float


class AuditAnswer(Wire):
    """`faults` counts what the centre has ever found wrong with this device's log, `forks` where its story
    has two ends: it was put back to an older state, or two machines go by its name.
    """

    statement: AuditStatement
    signature: str
    faults: int = 0
    forks: int = 0
    server_time: float
