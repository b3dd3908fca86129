"""Taking in the centre's answer to a sealed package, by the same functions as the wire's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from registration.changes import Changes
from registration.errors import CentreError, InputError, MachineError
from storage import feed, outbox, packages
from storage.awaiting import awaiting
from storage.database import Store
from storage.device import DeviceIdentity, read_device
from storage.packages import PackageTaken
from storage.values import Who
from sync.contract import b64, key_id, unb64
from sync.contract import package_format as form
from sync.contract import package_records as records
from sync.contract.package_format import Part
from sync.contract.package_records import Answer
from sync.judgement import holds, join, lacks_and_unknown, store_outcome


def take(store: Store, who: Who, now: datetime, files: Sequence[Path]) -> PackageTaken:
    """Verify, open and apply an answer; all in one transaction. The same answer again changes nothing.

    Raises PackageError, InputError package_of_another_device, MachineError not_enrolled.
    """
    device = store.read(read_device)
    if device is None or device.device_id is None or device.server_key is None:
        raise MachineError("not_enrolled")
    parts = form.together(form.read_part(path) for path in files)
    header = parts[0].header
    if header.kind != "acknowledgement" or header.device_id != device.device_id:
        raise InputError("package_of_another_device", device=header.device_code)
    answer = _open(device, parts)
    return store.write(lambda db: _apply(db, who, now, device, header.answers, answer)).result()[1]


def _open(device: DeviceIdentity, parts: Sequence[Part]) -> Answer:
    assert device.server_key is not None
    header = parts[0].header
    if header.maker_key != key_id(device.server_key):
        raise form.PackageError("package_unknown_maker")
    for part in parts:
        form.verify_part(part, device.server_key)
    secret = form.reply_secret(device.signing_key)
    own, ephemeral = secret.public_key().public_bytes_raw(), unb64(header.ephemeral)
    if header.reply_key != b64(own):
        raise form.PackageError("package_not_for_us")
    key = form.stream_key(secret, ephemeral, ephemeral, own)
    found = None
    for record in records.records(form.unseal(key, header, form.sealed_bytes(parts))):
        if record.kind == "answer":
            found = record.value
    if not isinstance(found, Answer):
        raise form.PackageError("package_damaged")
    return found


def _apply(
    db: Any, who: Who, now: datetime, device: DeviceIdentity, package_id: str, answer: Answer
) -> tuple[Changes, PackageTaken]:
    outcomes = {outcome.id: outcome for outcome in answer.outcomes}
    missing = frozenset(digest for digests in answer.missing.values() for digest in digests)
    package = next((made for made in packages.made(db) if made.id == package_id), None)
    changed = Changes()
    if package is not None:
        # A package counts whole: but for those refused the centre holds its pages, and of a fact's files
        # no acknowledgement says so. What it lacks of a case comes after, and has the last word.
        for digest in {digest for digest, _ in package.pages} - set(answer.refused_pages):
            changed |= outbox.mark_digest_held(db, digest)
    for row in outbox.events(db, list(outcomes)):
        changed |= store_outcome(db, now, row, outcomes[row.id], missing)
    ids = [ack.statement.application_id for ack in answer.acknowledgements]
    rows = {row.application_id: row for row in awaiting(db, len(ids) + 1, ids)}
    acknowledged = wrong = 0
    for ack in answer.acknowledgements:
        waiting = rows.get(ack.statement.application_id)
        if waiting is None or ack.statement.revision < waiting.revision:
            continue
        if holds(ack, waiting, device):
            changed |= outbox.apply_acknowledgement(db, now, ack.model_dump(mode="json"))
            acknowledged += 1
        else:
            error = CentreError("acknowledgement_wrong")
            changed |= outbox.park(db, now, waiting.outbox_id, error.code, "", "")
            wrong += 1
    changed |= lacks_and_unknown(db, now, answer.missing, [])
    news = 0
    # A laptop that was put back to before the package has not read what came before these items.
    if package is not None and package.cursor <= feed.cursor(db) <= answer.cursor:
        news = len(answer.items)
        items = [item.model_dump(mode="json") for item in answer.items]
        changed |= feed.apply_feed(db, now, items, answer.cursor)
    changed |= packages.answered(db, who, now, package_id)
    refused = sum(outcome.result in {"refused", "conflict"} for outcome in answer.outcomes)
    return join([changed]), PackageTaken(package_id, acknowledged, refused, news, wrong)
