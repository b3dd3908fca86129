"""The change feed and enrolment: applied with the cursor or not at all, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from registration.application import CaseState
from registration.errors import CentreError
from registration.property_unit import ProjectRegistration
from storage import applications, device, facts, feed, line, link, outbox, packs, reference
from storage.rows import rows, scalar
from storage.trust import read_trust, trusted_keys, write_trust
from tests.storage.evening import COMPOUND, NOW, Evening, b64, enrol_answer


def apply(evening: Evening, *items: tuple[int, str, Any], cursor: int | None = None) -> Any:
    facts = [{"seq": seq, "kind": kind, "body": body} for seq, kind, body in items]
    last = cursor if cursor is not None else max(item[0] for item in items)
    return evening.write(lambda db: feed.apply_feed(db, NOW, facts, last))


def status(application_id: str, state: str, **more: Any) -> dict[str, Any]:
    blank = (
        "receipt_number",
        "acceptance_number",
        "accepted_at",
        "reason_zh",
        "reason_en",
        "certificate_number",
    )
    body = {"application_id": application_id, "revision": 1, "state": state, "items": []}
    return {**body, **dict.fromkeys(blank, ""), **more}


def kept(evening: Evening) -> list[tuple[int, str]]:
    return [(row[0], row[1]) for row in evening.sql("SELECT seq, kind FROM feed_kept ORDER BY seq")]


def test_acceptance_comes_back_and_can_be_searched(evening: Evening) -> None:
    case = evening.submitted().application_id
    accepted = status(
        case, "accepted", acceptance_number="202611240017", accepted_at="2026-11-24T20:01:02+08:00"
    )
    changes = apply(evening, (2, "status", accepted))
    assert changes.applications == {case}
    detail = evening.read(lambda db: applications.detail(db, case))
    assert detail is not None and detail.state is CaseState.ACCEPTED
    assert detail.acceptance_number == "202611240017"
    assert detail.accepted_at is not None and detail.accepted_at.isoformat() == "2026-11-24T12:01:02+00:00"
    assert detail.history[0].action == "status_accepted"
    for text in ("202611240017", "40017"):
        assert [row.id for row in evening.read(applications.rows, search=text)] == [case]
    assert evening.read(lambda db: applications.count(db, state="accepted")) == 1
    assert evening.read(lambda db: applications.count(db, state="received")) == 0


def test_a_returned_case_says_what_the_centre_wants(evening: Evening) -> None:
    case = evening.submitted().application_id
    items = [{"item_code": "invoice", "zh": "发票不清楚", "en": "Invoice is blurred"}]
    apply(
        evening,
        (2, "status", status(case, "returned", items=items, reason_zh="请补正", reason_en="Please correct")),
    )
    (row,) = evening.read(lambda db: applications.rows(db, state=CaseState.RETURNED))
    assert (row.problem_zh, row.problem_en) == ("请补正；发票不清楚", "Please correct; Invoice is blurred")
    apply(evening, (3, "status", status(case, "withdrawn")))
    (row,) = evening.read(applications.rows)
    assert (row.state, row.problem_zh) == (CaseState.WITHDRAWN, "")


def test_the_cursor_moves_with_the_facts_or_not_at_all(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = evening.submitted().application_id
    with monkeypatch.context() as patched:

        def full(*_: Any) -> None:
            raise OSError(28, "no space")

        patched.setattr(packs, "put", full)
        with pytest.raises(Exception, match="disk_full"):
            apply(evening, (2, "status", status(case, "accepted", acceptance_number="1")), (3, "pack", {}))
    assert evening.read(feed.cursor) == 1
    detail = evening.read(lambda db: applications.detail(db, case))
    assert detail is not None and detail.state is CaseState.RECEIVED
    apply(evening, (2, "status", status(case, "accepted", acceptance_number="1")), cursor=7)
    assert evening.read(feed.cursor) == 7


def test_a_page_of_the_feed_twice_counts_once(evening: Evening) -> None:
    case = evening.submitted().application_id
    apply(evening, (2, "status", status(case, "accepted")), (3, "status", status(case, "registered")))
    assert not apply(evening, (2, "status", status(case, "accepted")))
    detail = evening.read(lambda db: applications.detail(db, case))
    assert detail is not None and detail.state is CaseState.REGISTERED
    assert evening.read(feed.cursor) == 3


def test_what_this_program_cannot_take_in_is_kept_and_the_rest_goes_on(evening: Evening) -> None:
    case = evening.submitted().application_id
    draft = evening.start().id
    apply(
        evening,
        (2, "certificate_hologram", {"new": "kind"}),
        (3, "status", {"application_id": case}),
        (4, "status", status("another window's", "accepted")),
        (5, "status", status(case, "a state of next year")),
        (6, "status", status(draft, "accepted")),
        (7, "status", status(case, "accepted", revision=2)),
        (8, "compound", {**COMPOUND, "id": "c9", "division": "not six digits"}),
        (9, "number_block", {"first": 900, "last": 1200}),  # overlaps
        (10, "compound", {**COMPOUND, "id": "c2", "name": "淀粉厂家属院", "households": []}),
    )
    assert [seq for seq, _ in kept(evening)] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert {c.id for c in evening.read(reference.compounds)} == {"c1", "c2"}
    assert evening.read(feed.cursor) == 10
    detail = evening.read(lambda db: applications.detail(db, case))
    assert detail is not None and detail.state is CaseState.RECEIVED
    assert [block.first for block in evening.read(device.number_blocks)] == [1]


def test_a_compound_is_replaced_but_a_household_with_a_case_stays(evening: Evening) -> None:
    draft = evening.start("h-2-101")
    changed = {
        **COMPOUND,
        "name": "金河湾二期",
        "project_registration": "together",
        "arrears_separation": True,
    }
    changed["households"] = [{"id": "h-new", "building": "4号楼", "entrance": "", "floor": 1, "room": "101"}]
    assert apply(evening, (2, "compound", changed)).reference
    compound = evening.read(lambda db: reference.compound(db, "c1"))
    assert compound is not None
    assert (compound.name, compound.arrears_separation) == ("金河湾二期", True)
    assert compound.project_registration is ProjectRegistration.TOGETHER
    assert compound.categories == ("D02",)
    cells = evening.read(lambda db: reference.households(db, "c1"))
    assert {cell.household.id for cell in cells} == {"h-2-101", "h-new"}
    assert {cell.application_id for cell in cells} == {"", draft.id}


def test_operators_keys_and_numbers_arrive_by_the_feed(evening: Evening) -> None:
    other = {"key_id": "ab" * 8, "public_key": b64(b"k" * 32), "device_code": "B07", "status": "active"}
    apply(
        evening,
        (2, "operator", {"id": "o-2", "account": "Li", "name": "李小兰", "role": "helper", "active": True}),
        (
            3,
            "operator",
            {"id": "o-1", "account": "wang", "name": "王海燕", "role": "operator", "active": False},
        ),
        (4, "device_key", other),
        (5, "device_key", {**other, "status": "revoked"}),
        (6, "number_block", {"first": 2001, "last": 2100}),
    )
    who = evening.read(lambda db: device.who_for(db, "li"))
    assert who is not None and (who.operator_id, who.operator_name, who.device_code) == (
        "o-2",
        "李小兰",
        "A03",
    )
    assert evening.read(lambda db: device.who_for(db, "wang")) is None, "a suspended operator"
    assert evening.read(trusted_keys)["ab" * 8]["status"] == "revoked"
    assert evening.read(device.numbers_left) == 1100


def test_enrolment_brings_ids_keys_numbers_and_can_be_repeated(evening: Evening) -> None:
    identity = evening.read(device.read_device)
    assert identity is not None
    assert (identity.device_id, identity.device_code, identity.server_key) == ("d-1", "A03", b"s" * 32)
    assert identity.enrolled_at == NOW and identity.clock_offset == 0
    who = evening.read(lambda db: device.who_for(db, "WANG"))
    assert who is not None and who.operator_id == "o-1", "the provisional operator gives way to the centre's"
    assert [operator.id for operator in evening.read(device.operators)] == ["o-1"]
    before = evening.read(lambda db: scalar(db, "SELECT count(*) FROM number_blocks"))
    evening.write(lambda db: device.apply_enrolment(db, NOW, enrol_answer()))
    assert evening.read(lambda db: scalar(db, "SELECT count(*) FROM number_blocks")) == before
    with pytest.raises(CentreError):
        evening.write(lambda db: device.apply_enrolment(db, NOW, enrol_answer(device_id="d-2")))
    with pytest.raises(ValueError, match="already"):
        evening.write(lambda db: device.create_device(db, NOW, "x", "u", "c", "a", "n"))
    evening.reopen()
    again = evening.read(device.read_device)
    assert again is not None
    assert again.signing_key.private_bytes_raw() == identity.signing_key.private_bytes_raw()


def test_this_device_s_own_key_is_trusted_and_goes_to_the_file(evening: Evening) -> None:
    identity = evening.read(device.read_device)
    assert identity is not None
    keys = evening.read(trusted_keys)
    (entry,) = keys.values()
    assert entry["public_key"] == b64(identity.signing_key.public_key().public_bytes_raw())
    assert (entry["device_code"], entry["status"]) == ("A03", "active")
    assert read_trust(evening.folder) == {}
    write_trust(evening.folder, keys)
    assert read_trust(evening.folder) == keys
    (evening.folder / "trust.json").write_text('{"keys": [1]}')
    assert read_trust(evening.folder) == {}


def test_an_unsent_event_survives_the_centre_s_answer_about_another(evening: Evening) -> None:
    sent, waiting = evening.submitted().application_id, evening.submitted().application_id
    apply(evening, (2, "status", status(sent, "accepted")))
    rows = evening.write(lambda db: outbox.claim(db, NOW, 10))
    assert {row.application_id for row in rows} == {sent, waiting}


def test_home_visit_orders_are_kept_by_their_id(evening: Evening) -> None:
    first = {"id": "order-1", "household_id": "h-1", "day": "2026-12-01"}
    items = [
        {"seq": 901, "kind": "order", "body": first},
        {"seq": 902, "kind": "order", "body": {"id": "order-2"}},
        {"seq": 903, "kind": "order", "body": {**first, "day": "2026-12-02"}},
        {"seq": 904, "kind": "order", "body": {"household_id": "without an id"}},
    ]
    evening.write(lambda db: feed.apply_feed(db, NOW, items, 904))
    kept = evening.read(link.orders)
    assert [(order.id, order.body.get("day")) for order in kept] == [
        ("order-1", "2026-12-02"),
        ("order-2", None),
    ]
    assert evening.read(lambda db: [row["seq"] for row in rows(db, "SELECT seq FROM feed_kept")]) == [904]


def again(evening: Evening, program: str) -> Any:
    return evening.write(lambda db: feed.try_again(db, NOW, program))


def test_what_was_set_aside_is_tried_again_once_the_program_is_another(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, other = evening.submitted().application_id, evening.submitted().application_id
    again(evening, "1.0")
    slip = {"id": "f-1", "topic": "queue", "subject": "ap-1", "verb": "booked", "compound_id": "c1",
            "at": NOW.isoformat(), "device_code": "", "operator_id": "", "operator_name": "",
            "body": {"day": "2026-11-24", "time": "20:00", "name": "一位"}, "attachments": []}  # fmt: skip
    second = {**COMPOUND, "id": "c2", "name": "淀粉厂家属院", "households": []}
    key = {"key_id": "ab" * 8, "public_key": b64(b"k" * 32), "device_code": "B07"}

    def too_old(*_: Any, **__: Any) -> None:
        raise ValueError("a shape of next year")

    with monkeypatch.context() as patched:
        patched.setattr(facts, "take", too_old)
        patched.setattr(reference, "put_compound", too_old)
        patched.setattr(feed, "_device_key", too_old)
        patched.setattr(feed, "write_status", too_old)
        apply(
            evening,
            (2, "fact", slip),
            (3, "compound", {**second, "name": "旧名"}),
            (4, "device_key", {**key, "status": "active"}),
            (5, "status", status(case, "accepted")),
            (6, "status", status(other, "accepted")),
            (7, "certificate_hologram", {"new": "kind"}),
        )
    apply(
        evening,
        (8, "compound", second),
        (9, "device_key", {**key, "status": "revoked"}),
        (10, "status", status(other, "rejected")),
    )
    assert [seq for seq, _ in kept(evening)] == [2, 3, 4, 5, 6, 7]
    assert not again(evening, "1.0"), "the same program would stumble as before"
    changes = again(evening, "1.1")
    assert "queue" in changes.topics and changes.applications == {case}
    # what a later item replaced stays where it is, and so does what is strange still
    assert [seq for seq, _ in kept(evening)] == [3, 4, 6, 7]
    assert {c.id: c.name for c in evening.read(reference.compounds)}["c2"] == "淀粉厂家属院"
    assert evening.read(trusted_keys)["ab" * 8]["status"] == "revoked"
    assert evening.read(line.slip, "ap-1") is not None
    states = {one: evening.read(applications.detail, one) for one in (case, other)}
    assert [found.state for found in states.values() if found] == [CaseState.ACCEPTED, CaseState.REJECTED]
    assert not again(evening, "1.1") and evening.read(feed.cursor) == 10
