"""What the centre knows about the subjects of a batch, read at once, and its verdict on each event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection, select

from registration.application import CaseState, may_become
from registration.checklist import Checklist
from registration.property_unit import Compound, Household
from server.config import MAX_PAGE_BYTES
from server.store import reference, schema
from server.store.devices import Device
from server.store.intake_rules import Refusal, Submission, check_rules
from sync.contract import Digest, Event

_PACK = "registration_types"


@dataclass(frozen=True)
class Standing:
    """An application as the centre has it before an event."""

    revision: int
    state: CaseState


@dataclass(frozen=True)
class Verdict:
    """What shall become of an event; `revision` is the centre's, 0 where it has none."""

    result: Literal["applied", "already_had", "refused", "conflict"]
    refusal: Refusal | None = None
    revision: int | None = None


@dataclass
class Known:
    """Facts of one transaction. What the batch itself applies is noted, so that later events see it."""

    device: Device
    events: dict[str, tuple[str, int, str]]  # id -> body digest, revision, application
    standings: dict[str, Standing]
    owners: dict[str, str]  # receipt number -> application
    blocks: list[tuple[int, int]]
    compounds: dict[str, Compound]
    households: dict[str, Household]
    checklists: dict[tuple[str, str], Checklist | None]
    sizes: dict[Digest, set[int]]

    def judge(self, event: Event, submission: Submission | Refusal, *, today: date) -> Verdict:
        """Decide on one event. An id that was seen with other content is refused before anything else."""
        seen = self.events.get(event.id)
        if seen is not None:
            if seen != (event.body_digest, event.revision, event.application_id):
                return Verdict("refused", Refusal("id_reused"))
            return Verdict("already_had", revision=seen[1])
        if isinstance(submission, Refusal):
            return Verdict("refused", submission)
        standing = self.standings.get(event.application_id)
        have = standing.revision if standing else 0
        if event.base_revision != have or event.revision <= have:
            return Verdict("conflict", Refusal("conflict"), have)
        refusal = (
            _check_state(standing)
            or self._check_place(submission, today)
            or self._check_number(submission)
            or self._check_sizes(submission)
        )
        return Verdict("refused", refusal, have) if refusal else Verdict("applied", revision=event.revision)

    def note(self, event: Event, submission: Submission) -> None:
        """Count an event as applied."""
        self.events[event.id] = (event.body_digest, event.revision, event.application_id)
        self.standings[event.application_id] = Standing(event.revision, CaseState.RECEIVED)
        self.owners[submission.body.receipt_number] = event.application_id
        for digest, size in submission.sizes.items():
            self.sizes.setdefault(digest, set()).add(size)

    def _check_place(self, submission: Submission, today: date) -> Refusal | None:
        body = submission.body
        compound = self.compounds.get(body.compound_id)
        if compound is None:
            return Refusal("unknown_site")
        if not self.device.may_serve(compound.id):
            return Refusal("site_forbidden")
        household = self.households.get(body.household_id)
        if body.household_id and (household is None or household.compound_id != compound.id):
            return Refusal("unknown_household")
        checklist = self.checklists[_checklist_of(submission)]
        if checklist is None:
            return Refusal("unknown_type")
        return check_rules(submission, checklist, household, compound, today=today)

    def _check_number(self, submission: Submission) -> Refusal | None:
        """A receipt number is the device's own, reserved for it, and of one application only."""
        number = submission.body.receipt_number
        owner = self.owners.get(number)
        if owner is not None:
            return None if owner == submission.application.id else Refusal("receipt_number_used")
        _, device_code, _, sequence = number.split("-")
        if device_code != self.device.code:
            return Refusal("receipt_number_foreign")
        if not any(first <= int(sequence) <= last for first, last in self.blocks):
            return Refusal("receipt_number_block")
        return None

    def _check_sizes(self, submission: Submission) -> Refusal | None:
        """One digest has one size: the first one that was announced or held."""
        if any(not 0 < size <= MAX_PAGE_BYTES for size in submission.sizes.values()):
            return Refusal("page_size")
        if any(self.sizes.get(digest, {size}) != {size} for digest, size in submission.sizes.items()):
            return Refusal("page_size_differs")
        return None


def _check_state(standing: Standing | None) -> Refusal | None:
    if standing is None or may_become(standing.state, CaseState.RECEIVED):
        return None
    return Refusal("state_forbids")


def _checklist_of(submission: Submission) -> tuple[str, str]:
    application = submission.application
    return application.type_code, application.pack_versions.get(_PACK, "")


def read_known(
    connection: Connection, device: Device, events: Sequence[Event], submissions: Sequence[Submission]
) -> Known:
    """Read what bears on these events; the applications' rows stay locked until the transaction ends.

    `submissions` are those of the events that could be read; ids of others may be anything.
    """
    seen, cases = schema.events.c, schema.applications.c
    owners, blocks = schema.receipt_numbers.c, schema.number_blocks.c
    ids = sorted({event.id for event in events})
    applications = sorted({s.application.id for s in submissions})
    numbers = {s.body.receipt_number for s in submissions}
    return Known(
        device=device,
        events={
            row.id: (row.body_digest, row.revision, row.application_id)
            for row in connection.execute(
                select(seen.id, seen.body_digest, seen.revision, seen.application_id).where(seen.id.in_(ids))
            )
        },
        standings={
            row.id: Standing(row.revision, CaseState(row.state))
            for row in connection.execute(
                select(cases.id, cases.revision, cases.state)
                .where(cases.id.in_(applications))
                .order_by(cases.id)
                .with_for_update()
            )
        },
        owners={
            row.number: row.application_id
            for row in connection.execute(
                select(owners.number, owners.application_id).where(owners.number.in_(numbers))
            )
        },
        blocks=[
            (row.first, row.last)
            for row in connection.execute(
                select(blocks.first, blocks.last).where(blocks.device_id == device.id)
            )
        ],
        compounds=reference.compounds(connection, {s.body.compound_id for s in submissions}),
        households=reference.households(connection, {s.body.household_id for s in submissions}),
        checklists={
            wanted: reference.checklist(connection, *wanted)
            for wanted in sorted({_checklist_of(s) for s in submissions})
        },
        sizes=_sizes(connection, {digest for s in submissions for digest in s.sizes}),
    )


def _sizes(connection: Connection, digests: set[Digest]) -> dict[Digest, set[int]]:
    needs, files = schema.page_needs.c, schema.page_files.c
    wanted = sorted(digests)
    known = select(needs.digest, needs.size).where(needs.digest.in_(wanted))
    held = select(files.digest, files.size).where(files.digest.in_(wanted))
    found: dict[Digest, set[int]] = {}
    for digest, size in connection.execute(known.union(held)):
        found.setdefault(digest, set()).add(size)
    return found
