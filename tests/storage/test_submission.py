"""Submission: all or nothing, once, with numbers that never repeat and a body that the wire accepts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from registration.application import CaseState, Delivery
from registration.errors import InputError, MachineError, RuleError
from registration.numbering import is_receipt_number
from registration.receipt import materials_digest
from registration.receipt_json import receipt_from_json
from storage import applications, audit, device, operations, outbox, search, sessions
from sync import contract
from tests.storage.evening import NOW, REQUIRED, Evening

TABLES = ("applications", "application_bodies", "receipts", "outbox", "page_needs", "audit", "number_blocks")


def everything(evening: Evening) -> dict[str, list[Any]]:
    found = {table: evening.sql(f"SELECT * FROM {table} ORDER BY 1") for table in TABLES}
    found["search"] = evening.sql("SELECT rowid FROM search WHERE search MATCH 'filters : sreceived'")
    return found


def test_a_complete_case_gets_its_number_and_receipt(evening: Evening) -> None:
    draft = evening.complete()
    evening.now += timedelta(minutes=4)
    receipt = evening.submit(draft.id, "event-1")
    assert receipt.number == "620102-A03-261124-0001" and is_receipt_number(receipt.number)
    assert receipt.received_at == evening.now
    assert (receipt.applicant, receipt.id_tail, receipt.phone_tail) == ("张立群", "1231", "4567")
    assert (receipt.operator, receipt.device_code, receipt.session_title) == ("王海燕", "A03", "晚间场")
    assert [line.item_code for line in receipt.lines] == list(REQUIRED)
    assert receipt.token == f"JL1.{receipt.number}"
    assert evening.signed[-1] == replace(receipt, token=""), "the token signs the facts that are frozen"
    detail = evening.read(lambda db: applications.detail(db, draft.id))
    assert detail is not None
    assert detail.state is CaseState.RECEIVED and detail.delivery is Delivery.ON_DISK
    assert detail.receipt == receipt
    assert receipt.materials_digest == materials_digest([page.ref for page in detail.pages])
    assert detail.history[0].action == "application_submitted"
    figures = evening.read(lambda db: sessions.figures(db, "s-1"))
    assert (figures.received, figures.waiting, figures.drafts, figures.held) == (1, 1, 0, 0)
    assert figures.seconds_mean == pytest.approx(240, abs=0.01)


def test_the_event_is_what_the_wire_asks_for(evening: Evening) -> None:
    """Storage may not import the wire; this test may, and holds them together."""
    evening.write(lambda db: device.set_clock_offset(db, 90.0))
    draft = evening.complete()
    receipt = evening.submit(draft.id, "event-1")
    (row,) = evening.write(lambda db: outbox.claim(db, NOW, 10))
    body = contract.SubmittedBody.model_validate(row.body)
    assert body.model_dump(exclude_unset=True) == row.body, (
        "no field too many, none too few, all of the wire's types"
    )
    assert row.body_digest == contract.sha256_hex(contract.canonical(row.body))
    event = contract.Event(
        id=row.id, kind=row.kind, application_id=row.application_id,  # type: ignore[arg-type]
        revision=row.revision, base_revision=row.base_revision, body=dict(row.body),
        body_digest=row.body_digest, digests=list(row.digests),
    )  # fmt: skip
    assert (event.id, event.kind, event.revision, event.base_revision) == (
        "event-1",
        "application_submitted",
        1,
        0,
    )
    assert receipt_from_json(body.receipt) == receipt
    assert set(row.digests) == {d for page in body.pages for d in (page.digest, page.original_digest)}
    assert list(row.digests) == sorted(row.digests)
    assert body.clock_offset == 90.0 and body.submitted_at == NOW.isoformat()
    assert receipt.received_at == NOW - timedelta(seconds=90) and receipt.clock_note == "+90 s"
    stored = evening.sql("SELECT body FROM outbox WHERE kind = 'application_submitted'")[0][0]
    assert hashlib.sha256(stored.encode()).hexdigest() == row.body_digest, (
        "the bytes kept are the canonical ones"
    )


def test_pressing_twice_gives_the_same_receipt_and_one_event(evening: Evening) -> None:
    draft = evening.complete()
    first = evening.submit(draft.id, "event-1")
    before = everything(evening)
    changes, again = evening.write(
        lambda db: operations.submit_application(
            db, evening.who, NOW + timedelta(hours=1), draft.id, sign=evening.sign, event_id="event-2"
        )
    )
    assert again == first and not changes
    assert everything(evening) == before


def test_what_is_missing_is_said_all_at_once_and_nothing_is_taken(evening: Evening) -> None:
    draft = evening.start()
    evening.add(draft.id, "identity")
    before = everything(evening)
    with pytest.raises(RuleError) as refused:
        evening.submit(draft.id)
    codes = [problem.code for problem in refused.value.problems]
    assert codes[:7] == ["name_missing", "id_number_missing", "phone_missing"] + ["material_missing"] * 4
    assert set(codes[7:]) == {"inquiry_unanswered", "signature_missing"}
    assert everything(evening) == before


def fail_in_signing(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evening, "sign", raising)


def fail_in_the_event(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "put", raising)


def fail_in_the_index(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "index", raising)


def fail_in_the_audit(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "append", raising)


def fail_at_the_commit(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deferred check lets the commit itself fail."""
    put = outbox.put

    def put_and_break(db: Any, *args: Any, **named: Any) -> str:
        db.execute("PRAGMA defer_foreign_keys = ON")
        db.execute("INSERT INTO thumbnails VALUES ('no such page', x'00')")
        return put(db, *args, **named)

    monkeypatch.setattr(outbox, "put", put_and_break)


def raising(*_: Any, **__: Any) -> Any:
    raise RuntimeError("injected")


@pytest.mark.parametrize(
    "inject",
    [fail_in_signing, fail_in_the_event, fail_in_the_index, fail_in_the_audit, fail_at_the_commit],
)
def test_a_failure_anywhere_inside_leaves_everything_as_it_was(
    evening: Evening, monkeypatch: pytest.MonkeyPatch, inject: Callable[[Evening, pytest.MonkeyPatch], None]
) -> None:
    draft = evening.complete()
    before = everything(evening)
    with monkeypatch.context() as patched:
        inject(evening, patched)
        with pytest.raises(Exception, match=r"injected|FOREIGN KEY"):
            evening.submit(draft.id)
    assert everything(evening) == before
    assert evening.submit(draft.id).number == "620102-A03-261124-0001", "and the number is not lost"


def test_numbers_are_consecutive_and_a_spent_block_is_said(tmp_path: Path) -> None:
    evening = Evening(tmp_path / "data", last=2)
    evening.open_session()
    assert [evening.submitted().number[-4:] for _ in range(2)] == ["0001", "0002"]
    assert evening.read(device.numbers_left) == 0
    draft = evening.complete()
    before = everything(evening)
    with pytest.raises(MachineError) as refused:
        evening.submit(draft.id)
    assert refused.value.code == "number_block_empty"
    assert everything(evening) == before
    evening.write(lambda db: device.add_number_block(db, NOW, {"first": 501, "last": 600}))
    assert evening.submit(draft.id).number == "620102-A03-261124-0501"
    assert evening.read(device.numbers_left) == 99
    evening.close()


def test_a_device_without_enrolment_takes_drafts_but_issues_nothing(tmp_path: Path) -> None:
    evening = Evening(tmp_path / "data", enrolled=False)
    evening.open_session()
    draft = evening.complete()
    with pytest.raises(MachineError) as refused:
        evening.submit(draft.id)
    assert refused.value.code == "not_enrolled"
    assert evening.read(applications.latest_draft) is not None
    evening.close()


def test_a_project_without_its_first_registration_holds_its_households_back(evening: Evening) -> None:
    draft = evening.complete()
    evening.sql("UPDATE compounds SET project_registration = 'missing'")
    with pytest.raises(RuleError) as refused:
        evening.submit(draft.id)
    assert [problem.code for problem in refused.value.problems] == ["project_not_registered"]


def test_an_unknown_application_is_the_caller_s_mistake(evening: Evening) -> None:
    with pytest.raises(KeyError):
        evening.submit("unknown")


def test_a_submitted_case_takes_no_draft(evening: Evening) -> None:
    draft = evening.complete()
    evening.submit(draft.id)
    with pytest.raises(InputError) as refused:
        evening.save(replace(draft, remarks="too late"))
    assert refused.value.code == "not_a_draft"
    body = json.loads(evening.sql("SELECT body FROM application_bodies")[0][0])
    assert body["remarks"] == ""
