"""What the centre knows about the subjects of a batch, read at once, and its verdict on each event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection, select

from registration.application import CaseState, may_become
from registration.checklist import checklist_from_pack
from registration.compound_file import CompoundFile
from registration.packs import TYPES, PackSet
from registration.property_unit import Compound, Household
from server.config import MAX_PAGE_BYTES
from server.store import acknowledgements, reference, schema
from server.store.devices import Device
from server.store.facts import FactNote, judge_fact, unrightful
from server.store.intake_rules import Refusal, Submission, check_rules
from server.store.notices import Notice
from server.store.packs import Versions, pack_set, versions_of
from sync.contract import Digest, Event


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

    events: dict[str, tuple[str, int, str]]  # id -> body digest, revision, application
    standings: dict[str, Standing]
    owners: dict[str, str]  # receipt number -> application
    blocks: dict[str, list[tuple[int, int]]]  # by device
    compounds: dict[str, Compound]
    households: dict[str, Household]
    files: dict[str, CompoundFile]
    packs: dict[Versions, PackSet | None]
    senders: set[tuple[str, str]]  # application and device: who has delivered its content
    sizes: dict[Digest, set[int]]
    unrightful: frozenset[str]  # facts that their operator's role did not allow

    def judge(
        self,
        event: Event,
        submission: Submission | Notice | FactNote | Refusal,
        device: Device,
        *,
        today: date,
    ) -> Verdict:
        """Decide on a device's event. An id that was seen with other content is refused before all else."""
        seen = self.events.get(event.id)
        if seen is not None:
            if seen != (event.body_digest, event.revision, event.application_id):
                return Verdict("refused", Refusal("id_reused"))
            return Verdict("already_had", revision=seen[1])
        if isinstance(submission, Refusal):
            return Verdict("refused", submission)
        if isinstance(submission, FactNote):
            if event.application_id in self.standings:  # its files would become that application's
                return Verdict("refused", Refusal("id_reused"))
            refusal = judge_fact(submission, device, self.compounds, self.unrightful) or self._check_sizes(
                submission.sizes
            )
            return Verdict("refused", refusal) if refusal else Verdict("applied", revision=1)
        standing = self.standings.get(event.application_id)
        have = standing.revision if standing else 0
        if isinstance(submission, Notice):
            return self._judge_notice(event, submission, device, standing)
        if event.base_revision != have or event.revision <= have:
            return Verdict("conflict", Refusal("conflict"), have)
        refusal = (
            _check_state(standing)
            or self._check_place(submission, device, today)
            or self._check_number(submission, device)
            or self._check_sizes(submission.sizes)
        )
        return Verdict("refused", refusal, have) if refusal else Verdict("applied", revision=event.revision)

    def _judge_notice(
        self, event: Event, notice: Notice, device: Device, standing: Standing | None
    ) -> Verdict:
        """Only who has delivered a case withdraws it or voids its receipt, at its newest revision."""
        if standing is None or (event.application_id, device.id) not in self.senders:
            return Verdict("refused", Refusal("unknown_application"))
        if event.revision != standing.revision:
            return Verdict("conflict", Refusal("conflict"), standing.revision)
        if self.owners.get(notice.body.receipt_number) != event.application_id:
            return Verdict("refused", Refusal("receipt_mismatch"), standing.revision)
        gone = CaseState.WITHDRAWN
        if notice.withdraws and standing.state is not gone and not may_become(standing.state, gone):
            return Verdict("refused", Refusal("withdrawal_forbidden"), standing.revision)
        return Verdict("applied", revision=standing.revision)

    def note_fact(self, event: Event, note: FactNote) -> None:
        """Count a fact as applied."""
        self.events[event.id] = (event.body_digest, event.revision, event.application_id)
        for digest, size in note.sizes.items():
            self.sizes.setdefault(digest, set()).add(size)

    def note_notice(self, event: Event, notice: Notice) -> None:
        """Count a notice as applied."""
        self.events[event.id] = (event.body_digest, event.revision, event.application_id)
        if notice.withdraws:
            self.standings[event.application_id] = Standing(event.revision, CaseState.WITHDRAWN)

    def note(self, event: Event, submission: Submission, device: Device) -> None:
        """Count an event as applied."""
        self.events[event.id] = (event.body_digest, event.revision, event.application_id)
        self.standings[event.application_id] = Standing(event.revision, CaseState.RECEIVED)
        self.senders.add((event.application_id, device.id))
        self.owners[submission.body.receipt_number] = event.application_id
        for digest, size in submission.sizes.items():
            self.sizes.setdefault(digest, set()).add(size)

    def _check_place(self, submission: Submission, device: Device, today: date) -> Refusal | None:
        body = submission.body
        compound = self.compounds.get(body.compound_id)
        if compound is None:
            return Refusal("unknown_site")
        if not device.may_serve(compound.id):
            return Refusal("site_forbidden")
        household = self.households.get(body.household_id)
        if body.household_id and (household is None or household.compound_id != compound.id):
            return Refusal("unknown_household")
        packs = self.packs[versions_of(submission.application.pack_versions)]
        if packs is None:
            return Refusal("unknown_pack_version")
        try:
            checklist = checklist_from_pack(packs[TYPES], submission.application.type_code)
        except KeyError:
            return Refusal("unknown_type")
        return check_rules(
            submission,
            checklist,
            household,
            compound,
            today=today,
            packs=packs,
            file=self.files[compound.id],
        )

    def _check_number(self, submission: Submission, device: Device) -> Refusal | None:
        """A receipt number is the device's own, reserved for it, and of one application only."""
        number = submission.body.receipt_number
        owner = self.owners.get(number)
        if owner is not None:
            return None if owner == submission.application.id else Refusal("receipt_number_used")
        _, device_code, _, sequence = number.split("-")
        if device_code != device.code:
            return Refusal("receipt_number_foreign")
        if not any(first <= int(sequence) <= last for first, last in self.blocks.get(device.id, ())):
            return Refusal("receipt_number_block")
        return None

    def _check_sizes(self, sizes: Mapping[Digest, int]) -> Refusal | None:
        """One digest has one size: the first one that was announced or held."""
        if any(not 0 < size <= MAX_PAGE_BYTES for size in sizes.values()):
            return Refusal("page_size")
        if any(self.sizes.get(digest, {size}) != {size} for digest, size in sizes.items()):
            return Refusal("page_size_differs")
        return None


def _check_state(standing: Standing | None) -> Refusal | None:
    """A returned case is mended, and one that nobody has accepted yet is supplemented."""
    if standing is None or standing.state is CaseState.RECEIVED:
        return None
    if may_become(standing.state, CaseState.RECEIVED):
        return None
    return Refusal("state_forbids")


def read_known(
    connection: Connection,
    devices: Iterable[str],
    events: Sequence[Event],
    read: Sequence[Submission | Notice | FactNote],
    today: date,
) -> Known:
    """Read what bears on these events; the applications' rows stay locked until the transaction ends.

    `read` is what could be read of the events; ids of others may be anything.
    """
    submissions = [each for each in read if isinstance(each, Submission)]
    noted = [each for each in read if isinstance(each, FactNote)]
    seen, cases, owners = schema.events.c, schema.applications.c, schema.receipt_numbers.c
    of_devices = sorted(set(devices))
    ids = sorted({event.id for event in events})
    applications = sorted(
        {s.application.id for s in submissions}
        | {each.body.application_id for each in read if isinstance(each, Notice)}
        | {each.id for each in noted}
    )
    numbers = {each.body.receipt_number for each in read if not isinstance(each, FactNote)}
    digests = {digest for s in submissions for digest in s.sizes}
    digests |= {digest for each in noted for digest in each.sizes}
    places = {s.body.compound_id for s in submissions} | {each.compound_id for each in noted}
    return Known(
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
        blocks=_blocks(connection, of_devices),
        compounds=reference.compounds(connection, places),
        households=reference.households(connection, {s.body.household_id for s in submissions}),
        files=reference.compound_files(connection, {s.body.compound_id for s in submissions}),
        packs={
            versions: pack_set(connection, versions, today)
            for versions in {versions_of(s.application.pack_versions) for s in submissions}
        },
        senders=acknowledgements.senders(connection, of_devices, applications),
        sizes=_sizes(connection, digests),
        unrightful=unrightful(connection, noted),
    )


def _blocks(connection: Connection, devices: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    blocks = schema.number_blocks.c
    found: dict[str, list[tuple[int, int]]] = {}
    for row in connection.execute(
        select(blocks.device_id, blocks.first, blocks.last).where(blocks.device_id.in_(devices))
    ):
        found.setdefault(row.device_id, []).append((row.first, row.last))
    return found


def _sizes(connection: Connection, digests: set[Digest]) -> dict[Digest, set[int]]:
    needs, files = schema.page_needs.c, schema.page_files.c
    wanted = sorted(digests)
    known = select(needs.digest, needs.size).where(needs.digest.in_(wanted))
    held = select(files.digest, files.size).where(files.digest.in_(wanted))
    found: dict[Digest, set[int]] = {}
    for digest, size in connection.execute(known.union(held)):
        found.setdefault(digest, set()).add(size)
    return found
