"""A receipt survives its trip through JSON text, and nothing half-readable is taken for one."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from registration.checklist import Form
from registration.receipt import Receipt, ReceiptLine
from registration.receipt_json import receipt_from_json, receipt_to_json

RECEIPT = Receipt(
    number="620102-A03-261107-0042",
    application_id="app-1",
    revision=2,
    received_at=datetime(2026, 11, 7, 19, 30, 5, 123456, timezone(timedelta(hours=8))),
    applicant="张立群、𠮷野龑",
    id_tail="371X",
    phone_tail="0021",
    compound="雁滩花园",
    property_label="3号楼 2单元 1201",
    property_address="城关区雁滩路 18 号 3 号楼",
    unit_code="620102001002GB00003F00010001",
    type_zh="新建商品房转移登记",
    type_en="New commodity housing transfer",
    lines=(
        ReceiptLine("identity", "申请人身份证明", "Identity document", Form.COPY, 1, 2),
        ReceiptLine("invoice", "购房发票", "Invoice", Form.ORIGINAL, 2, 1),
    ),
    site="雁滩花园",
    session_title="晚间场",
    operator="王海燕",
    device_code="A03",
    materials_digest="ab" * 32,
    token="TOKEN",
    clock_note="慢 4 秒",
)


def test_every_field_comes_back_through_json_text():
    back = receipt_from_json(json.loads(json.dumps(receipt_to_json(RECEIPT))))
    assert back == RECEIPT
    assert back.received_at.utcoffset() == timedelta(hours=8)


def test_every_field_is_written():
    written = receipt_to_json(RECEIPT)
    assert set(written) == {f.name for f in dataclasses.fields(Receipt)}
    assert set(written["lines"][0]) == {f.name for f in dataclasses.fields(ReceiptLine)}


def test_a_time_without_offset_is_refused_both_ways():
    with pytest.raises(ValueError, match="offset"):
        receipt_to_json(dataclasses.replace(RECEIPT, received_at=datetime(2026, 11, 7, 19, 30)))
    with pytest.raises(ValueError, match="offset"):
        receipt_from_json({**receipt_to_json(RECEIPT), "received_at": "2026-11-07T19:30:00"})


def test_a_missing_or_wrong_field_is_refused():
    written = receipt_to_json(RECEIPT)
    without = {k: v for k, v in written.items() if k != "materials_digest"}
    with pytest.raises(KeyError):
        receipt_from_json(without)
    with pytest.raises(TypeError):
        receipt_from_json({**written, "applicant": 5})
    with pytest.raises(ValueError, match="fax"):
        receipt_from_json({**written, "lines": [{**written["lines"][0], "form": "fax"}]})


def test_fields_of_a_newer_program_and_fields_not_yet_known_are_tolerated():
    written = receipt_to_json(dataclasses.replace(RECEIPT, received_at=datetime(2026, 1, 1, tzinfo=UTC)))
    older = {k: v for k, v in written.items() if k not in ("token", "clock_note")}
    back = receipt_from_json({**older, "colour": "green"})
    assert (back.token, back.clock_note) == ("", "")
