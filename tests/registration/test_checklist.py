"""Checklists come from the data pack, and the pack that is shipped is whole in both languages."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest

from registration.checklist import Form, Need, checklist_from_pack, offered_types, with_other_papers


def shipped() -> dict[str, Any]:
    text = resources.files("registration.reference").joinpath("registration_types.json").read_text("utf-8")
    pack: dict[str, Any] = json.loads(text)
    return pack


def test_the_shipped_pack_names_its_source_version_and_day():
    pack = shipped()
    assert all(pack[name] for name in ("name", "version", "source", "effective_from"))


@pytest.mark.parametrize("type_code", [code for code, _, _ in offered_types(shipped())])
def test_every_shipped_type_is_whole_in_both_languages(type_code: str):
    checklist = checklist_from_pack(shipped(), type_code)
    assert checklist.name("zh") != checklist.name("en")
    assert checklist.version == shipped()["version"]
    assert checklist.items
    assert len({item.code for item in checklist.items}) == len(checklist.items)
    for item in checklist.items:
        assert item.name("zh")
        assert item.name("en").isascii()
        assert bool(item.hint("zh")) == bool(item.hint("en"))
        assert item.copies >= 1


def test_the_transfer_of_new_housing_asks_for_what_the_specification_lists():
    checklist = checklist_from_pack(shipped(), "new_housing_transfer")
    assert checklist.needs_household
    required = [item.code for item in checklist.items if item.need is Need.REQUIRED]
    assert required == ["application_form", "identity", "purchase_contract", "invoice", "maintenance_fund"]
    tax = checklist.item("deed_tax")
    assert tax is not None
    assert (tax.need, tax.form) == (Need.SHARED, Form.ORIGINAL)
    # 关键性材料 are never deferred: the form, the identity and what proves the transfer itself.
    never = {item.code for item in checklist.items if not item.deferrable}
    assert {"application_form", "identity", "purchase_contract"} <= never
    assert checklist.item("no_such_row") is None


def test_what_a_pack_leaves_out_has_a_plain_default():
    pack = {"version": 3, "types": {"t": {"zh": "某", "en": "Some", "items": [
        {"code": "a", "zh": "甲", "en": "A", "need": "required"}]}}}  # fmt: skip
    checklist = checklist_from_pack(pack, "t")
    (item,) = checklist.items
    assert (checklist.version, checklist.needs_household) == ("3", True)
    assert (item.form, item.copies, item.deferrable, item.hint("zh")) == (Form.COPY, 1, False, "")


def test_an_unknown_type_and_an_unknown_need_are_refused():
    with pytest.raises(KeyError):
        checklist_from_pack(shipped(), "no_such_type")
    pack = {"version": "1", "types": {"t": {"zh": "某", "en": "Some", "items": [
        {"code": "a", "zh": "甲", "en": "A", "need": "perhaps"}]}}}  # fmt: skip
    with pytest.raises(ValueError, match="perhaps"):
        checklist_from_pack(pack, "t")


def test_papers_of_another_type_stay_as_rows_that_nothing_asks_for():
    change = checklist_from_pack(shipped(), "change")
    codes = ["identity", "invoice", "invoice", "no_such_row"]
    kept = with_other_papers(change, codes, shipped())
    assert kept.items[: len(change.items)] == change.items
    invoice, unknown = kept.items[len(change.items) :]
    assert (invoice.code, invoice.zh, invoice.en) == (
        "invoice",
        "其他材料：购房发票",
        "Other paper: Purchase invoice",
    )
    assert unknown.name("zh") == "其他材料：no_such_row"
    assert not invoice.wanted({}) and invoice.need is Need.CONDITIONAL
    assert with_other_papers(change, ["identity"], shipped()) is change
