"""What a child said to be durable, and the proof that it is still there, once and whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from registration.application import Delivery
from storage import applications, audit
from storage.database import Store
from storage.page_check import check_pages
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.rows import rows, scalar

Said: TypeAlias = Mapping[str, Sequence[tuple[str, ...]]]
"""Kind -> what was told of it: vault, device, trust, draft, page, receipt, held, copied."""


def by_kind(told: Iterable[tuple[str, ...]]) -> Said:
    """Sort what was told; a kind of which nothing was told is empty."""
    said: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for kind, *words in told:
        said[kind].append(tuple(words))
    return said


def faults_of_store(store: Store, pages: PageFiles, said: Said) -> list[str]:
    """Return what is half there, doubled, or gone though it had been told. MachineError: damage."""
    wrong: list[str] = []
    store.check()
    if check_pages(store, pages).missing:
        wrong.append("a row has no page file")
    known = store.read(known_digests)
    for digest in known:
        pages.get(digest)
    if {pages.name_of(digest) for digest in known} != set(pages.names()):
        wrong.append("strays are left")
    if store.read(audit.verify) is not None:
        wrong.append("the audit chain is broken")
    if said["device"] and store.read(lambda db: scalar(db, "SELECT count(*) FROM device")) != 1:
        wrong.append("the device is gone")
    stored = store.read(lambda db: {row["id"]: row for row in rows(db, "SELECT * FROM pages")})
    for name, *digests in said["page"]:
        row = stored.get(name)
        if row is None or [row["digest"], row["original_digest"]] != digests:
            wrong.append("a page that was shown is gone")
    receipts = store.read(
        lambda db: {row["number"]: row["application_id"] for row in rows(db, "SELECT * FROM receipts")}
    )
    for number, application in said["receipt"]:
        if receipts.get(number) != application:
            wrong.append("a receipt that was given is gone")
    for (application,) in said["held"]:
        detail = store.read(lambda db, name=application: applications.detail(db, name))  # type: ignore[misc]
        if detail is None or detail.delivery is not Delivery.HELD:
            wrong.append("an acknowledgement is gone")
    for application, remarks in said["draft"]:
        facts = store.read(lambda db, name=application: applications.application(db, name))  # type: ignore[misc]
        if facts is None or facts.remarks != remarks:
            wrong.append("a draft that was kept is gone")
    counts = (
        "SELECT (SELECT count(*) FROM receipts), (SELECT count(*) FROM outbox WHERE kind <> 'fact_noted'),"
        " (SELECT coalesce(max(next) - 1, 0) FROM number_blocks)"
    )
    if len(set(store.read(lambda db: db.execute(counts).fetchone()))) != 1:
        wrong.append("one number, one receipt, one event: not so")
    alone = (
        "SELECT (SELECT count(*) FROM outbox WHERE kind = 'fact_noted' AND id NOT IN (SELECT id FROM facts))"
        " + (SELECT count(*) FROM facts WHERE device_code = (SELECT device_code FROM device)"
        "    AND id NOT IN (SELECT id FROM outbox))"
    )
    if store.read(lambda db: scalar(db, alone)):
        wrong.append("a fact without its event, or an event without its fact")
    return wrong
