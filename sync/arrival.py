"""The certificate that everything from this device has arrived: asked for, proved, kept."""

from __future__ import annotations

from functools import partial
from typing import Any

from registration.changes import Changes
from registration.errors import CentreError
from storage import arrivals
from storage.arrivals import Arrival, Submitted
from storage.device import DeviceIdentity
from sync.books import Books
from sync.contract import verify
from sync.contract.arrival import (
    MOST_ENTRIES,
    PURPOSE,
    ArrivalAnswer,
    ArrivalClaim,
    ArrivalEntry,
    ArrivalStatement,
    bucket_digests,
    bucketed,
    pages_digest,
    set_digest,
)
from sync.transport import Transport


async def ask_arrival(transport: Transport, device: DeviceIdentity, books: Books) -> Arrival:
    """Have the centre compare what it holds of this device with what was submitted here; keep its answer.

    A statement has to carry the signature of the key from enrolment and say exactly what was claimed. What
    the centre lacks is offered to it again. Raises CentreError like every call, code arrival_wrong where the
    statement does not hold.
    """

    def look(db: Any) -> tuple[list[Submitted], str]:
        return arrivals.submitted(db), arrivals.audit_head(db)

    ours, head = await books.ask(look)
    entries = [
        ArrivalEntry(
            application_id=one.application_id, revision=one.revision, pages=pages_digest(one.digests)
        )
        for one in ours
    ]
    numbers = sorted(one.receipt_number for one in ours)
    claim = ArrivalClaim(
        count=len(entries),
        digest=set_digest(entries),
        buckets=bucket_digests(entries),
        first_receipt=numbers[0] if numbers else "",
        last_receipt=numbers[-1] if numbers else "",
        audit_head=head,
    )
    answer = await transport.arrival(claim)
    if answer.differing:
        answer = await transport.arrival(_shown(claim, entries, answer.differing))
    if answer.statement is not None and not _holds(answer.statement, answer.signature, claim, device):
        raise CentreError("arrival_wrong")
    if answer.statement is None and not answer.lacking:
        raise CentreError("not_the_centre")
    await books.ask(partial(_keep, now=books.clock(), answer=answer))
    kept = await books.ask(arrivals.last_arrival)
    assert kept is not None
    return kept


def _shown(claim: ArrivalClaim, entries: list[ArrivalEntry], differing: list[int]) -> ArrivalClaim:
    """Return the claim with the entries of the buckets that differ, as many whole ones as may go at once."""
    buckets, shown = bucketed(entries), list[ArrivalEntry]()
    for number in differing:
        if 0 <= number < len(buckets) and len(shown) + len(buckets[number]) <= MOST_ENTRIES:
            shown += buckets[number]
    return claim.model_copy(update={"entries": shown})


def _holds(said: ArrivalStatement, signature: str, claim: ArrivalClaim, device: DeviceIdentity) -> bool:
    return (
        device.server_key is not None
        and verify(device.server_key, PURPOSE, said.model_dump(), signature)
        and (said.device_id, said.device_code) == (device.device_id, device.device_code)
        and (said.count, said.digest, said.audit_head) == (claim.count, claim.digest, claim.audit_head)
        and (said.first_receipt, said.last_receipt) == (claim.first_receipt, claim.last_receipt)
    )


def _keep(db: Any, *, now: Any, answer: ArrivalAnswer) -> Changes:
    statement = {} if answer.statement is None else answer.statement.model_dump()
    kept = arrivals.put_arrival(db, now, statement, answer.signature, answer.lacking)
    return kept | arrivals.offer_lacking(db, now, answer.lacking)
