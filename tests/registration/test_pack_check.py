"""Packs from outside: whatever the schemas refuse is refused, whatever is merely newer is let pass."""

from __future__ import annotations

import copy
import json
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from registration.errors import InputError
from registration.pack_check import check_pack
from registration.packs import OTHER_PACKS, RULE_PACKS, TYPES, shipped

NAMES = (*RULE_PACKS, *OTHER_PACKS)


def plain(name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(json.dumps(dict(shipped()[name])))
    return body


def tolerant(schema: Any) -> Any:
    """Return a schema that lets entries pass which it does not know."""
    if isinstance(schema, dict):
        return {k: tolerant(v) for k, v in schema.items() if not (k == "additionalProperties" and v is False)}
    return [tolerant(part) for part in schema] if isinstance(schema, list) else schema


def refused(body: Any) -> bool:
    try:
        check_pack(body)
    except InputError as error:
        assert error.code == "pack_malformed"
        return True
    return False


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, each in entries:
        found += places(each, (*path, key))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_pack_can_be_used_also_with_entries_of_a_newer_one(name: str) -> None:
    assert not refused(plain(name))
    assert not refused({**plain(name), "added_later": {"any": 1}})
    assert refused({**plain(name), "effective_from": "soon"})


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_a_pack_with_any_one_value_changed_is_refused_where_its_schema_says_so(name: str, data: Any) -> None:
    text = resources.files("registration.reference").joinpath("schemas", f"{name}.schema.json").read_text()
    validator = Draft202012Validator(tolerant(json.loads(text)))
    body = plain(name)
    *way, last = data.draw(st.sampled_from(places(body)))
    inner: Any = body
    for key in way:
        inner = inner[key]
    wrong = data.draw(st.sampled_from([None, 3, -1, "", "Nowhere!", True, [], {}, [1, 1], {"a": 1}]))
    if data.draw(st.booleans()):
        inner[last] = copy.deepcopy(wrong)
    else:
        del inner[last]
    if not isinstance(body.get("name"), str) or body["name"] != name:
        return  # another pack by its name, or none
    if not validator.is_valid(body):
        assert refused(body)


@pytest.mark.parametrize(
    "when", [{"fact": "no_such_fact"}, {"all": [{"fact": "agent", "is": "yes"}, {"not": {"fact": "moon"}}]}]
)
def test_a_condition_on_a_fact_that_this_program_does_not_know_is_refused(when: Any) -> None:
    body = plain(TYPES)
    row = {"code": "x", "zh": "甲", "en": "A", "need": "conditional", "form": "copy", "class": "critical"}
    body["types"]["new_housing_transfer"]["items"].append({**row, "when": when})
    assert refused(body)


@pytest.mark.parametrize(
    "body", [{}, {"name": 3}, {"name": "x", "version": "1"}, {"name": None}, {"name": "../x"}]
)
def test_what_is_no_pack_at_all_is_refused(body: dict[str, Any]) -> None:
    assert refused(body)
