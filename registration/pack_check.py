"""Whether a data pack can be used by this program: it keeps to its schema, and its rules can be read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from registration.checklist import checklist_from_pack
from registration.errors import InputError
from registration.packs import TYPES

_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "object": Mapping,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def check_pack(body: Mapping[str, Any]) -> None:
    """Refuse a pack that this program's rules would stumble over.

    It has to keep to its schema (registration/reference/schemas; entries that are newer than the schema are
    let pass), and every checklist in it has to be readable, with conditions on facts that there are. A pack
    that this program has no schema of needs only its name, version, source and day.
    Raises InputError code pack_malformed.
    """
    name = body.get("name")
    schema = _schema(name) if isinstance(name, str) else None
    if not _fits(body, schema or _ENVELOPE, schema or _ENVELOPE):
        raise InputError("pack_malformed", name=str(name or ""))
    if name == TYPES:
        try:
            for type_code in body["types"]:
                checklist_from_pack(body, type_code)
        except (KeyError, ValueError, TypeError, AttributeError, AssertionError):
            raise InputError("pack_malformed", name=str(name)) from None


_ENVELOPE: Mapping[str, Any] = {
    "type": "object",
    "required": ["name", "version", "source", "effective_from"],
    "properties": {
        key: {"type": "string", "minLength": 1} for key in ("name", "version", "source", "effective_from")
    },
}


@lru_cache(maxsize=32)
def _schema(name: str) -> Mapping[str, Any] | None:
    if not name.isidentifier():
        return None
    file = resources.files("registration.reference").joinpath("schemas", f"{name}.schema.json")
    if not file.is_file():
        return None
    schema: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    return schema


def _fits(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    """Say whether a JSON value keeps to a schema, as far as the schemas of packs go."""
    return all(rule(value, schema[word], schema, root) for word, rule in _RULES.items() if word in schema)


def _kind(value: Any, wanted: str, *_: Any) -> bool:
    if isinstance(value, bool) and wanted != "boolean":
        return False
    return isinstance(value, _KINDS[wanted])


def _reference(value: Any, name: str, _schema: Any, root: Mapping[str, Any]) -> bool:
    return _fits(value, root["$defs"][name.rpartition("/")[2]], root)


def _properties(value: Any, wanted: Mapping[str, Any], _schema: Any, root: Mapping[str, Any]) -> bool:
    if not isinstance(value, Mapping):
        return True
    return all(_fits(value[key], each, root) for key, each in wanted.items() if key in value)


def _others(value: Any, wanted: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    if not isinstance(value, Mapping) or not isinstance(wanted, Mapping):
        return True  # `false` keeps slips out of the shipped packs; a newer pack may say more
    known = schema.get("properties", {})
    return all(_fits(each, wanted, root) for key, each in value.items() if key not in known)


def _names(value: Any, wanted: Mapping[str, Any], _schema: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, Mapping) or all(_fits(key, wanted, root) for key in value)


def _items(value: Any, wanted: Mapping[str, Any], _schema: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, list) or all(_fits(each, wanted, root) for each in value)


def _if(value: Any, wanted: Mapping[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    return not _fits(value, wanted, root) or _fits(value, schema.get("then", {}), root)


def _one_of(value: Any, wanted: list[Mapping[str, Any]], _schema: Any, root: Mapping[str, Any]) -> bool:
    return any(_fits(value, each, root) for each in wanted)


def _sized(kind: Any) -> Callable[..., bool]:
    return lambda value, least, *_: not isinstance(value, kind) or len(value) >= least


def _number(compare: Callable[[float, float], bool]) -> Callable[..., bool]:
    return lambda value, limit, *_: not isinstance(value, int | float) or compare(value, limit)


def _required(value: Any, wanted: list[str], *_: Any) -> bool:
    return not isinstance(value, Mapping) or all(key in value for key in wanted)


def _dependent(value: Any, wanted: Mapping[str, list[str]], *_: Any) -> bool:
    return not isinstance(value, Mapping) or all(
        other in value for key, others in wanted.items() if key in value for other in others
    )


def _unique(value: Any, wanted: bool, *_: Any) -> bool:
    if not wanted or not isinstance(value, list):
        return True
    return len({json.dumps(each, sort_keys=True) for each in value}) == len(value)


_RULES: Mapping[str, Callable[..., bool]] = {
    "type": _kind,
    "const": lambda value, wanted, *_: value == wanted,
    "enum": lambda value, wanted, *_: value in wanted,
    "pattern": lambda value, wanted, *_: not isinstance(value, str) or bool(re.search(wanted, value)),
    "minLength": _sized(str),
    "minItems": _sized(list),
    "minProperties": _sized(Mapping),
    "minimum": _number(lambda value, least: value >= least),
    "maximum": _number(lambda value, most: value <= most),
    "uniqueItems": _unique,
    "required": _required,
    "dependentRequired": _dependent,
    "properties": _properties,
    "additionalProperties": _others,
    "propertyNames": _names,
    "items": _items,
    "$ref": _reference,
    "oneOf": _one_of,
    "allOf": lambda value, wanted, _schema, root: all(_fits(value, each, root) for each in wanted),
    "not": lambda value, wanted, _schema, root: not _fits(value, wanted, root),
    "if": _if,
}
