"""POST /v1/audit: the windows' audit logs come in behind their facts."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import CentreHere, HandingOver
from server.errors import RefusedError
from server.store.database import transaction
from server.store.device_audit import fault_counts, take_in
from server.store.intake_rules import has_unstorable
from sync.contract import sign
from sync.contract.audit import PURPOSE, AuditAnswer, AuditBatch, AuditStatement

router = APIRouter(prefix="/v1")


@router.post("/audit", response_model=AuditAnswer)
def post_audit(batch: AuditBatch, caller: HandingOver, centre: CentreHere) -> AuditAnswer:
    """Keep the rows, a revoked device's too, and swear how far the log is held."""
    seqs = [row.seq for row in batch.rows]
    if seqs != sorted(set(seqs)) or has_unstorable(batch.model_dump(mode="json")):
        raise RefusedError(400, "body_malformed")
    device, now = caller.device, centre.now()
    with transaction(centre.engine) as connection:
        head = take_in(connection, now, device.id, batch.rows, batch.head)
        faults, forks = fault_counts(connection, device.id)
    statement = AuditStatement(device_id=device.id, seq=head.seq, hash=head.hash, server_time=now.timestamp())
    return AuditAnswer(
        statement=statement,
        signature=sign(centre.keys.signing, PURPOSE, statement.model_dump()),
        faults=faults,
        forks=forks,
        server_time=now.timestamp(),
    )
